"""What the log's merge is held to: the definition itself."""

from __future__ import annotations

from collections.abc import Iterable

from app.journal.merge import Key


def brute_force(ops: Iterable[tuple[bytes, Key, tuple[bytes, ...], bool]]) -> dict[Key, set[bytes]]:
    """The definition itself, slow and plain: the law that `Heads` is tested against."""
    held = list(ops)
    cited = {(key, parent) for _, key, parents, _ in held for parent in parents}
    found: dict[Key, set[bytes]] = {key: set() for _, key, _, _ in held}
    for op, key, _, is_removal in held:
        if not is_removal and (key, op) not in cited:
            found[key].add(op)
    return found
