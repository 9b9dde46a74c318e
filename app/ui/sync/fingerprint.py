"""Fingerprints as they are read over the phone."""

from __future__ import annotations


def spoken(words: str) -> str:
    """A fingerprint in groups that are easy to read out: four pairs to a line."""
    pairs = words.split()
    lines = [pairs[at : at + 4] for at in range(0, len(pairs), 4)]
    return "\n".join("   ".join(line) for line in lines)
