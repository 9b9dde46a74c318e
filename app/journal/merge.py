"""The pure core of merging: which ops are heads, whatever the order they arrive in.

An op is a head unless an op of the same field names it as a parent. Nothing here looks at a
clock, and nothing depends on the order of arrival: heads = ops − cited, per field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

Key = tuple[bytes, str]
"""A field of a record."""
_NONE: frozenset[bytes] = frozenset()


@dataclass
class Heads:
    """The heads of each field, and the parents that were cited before they arrived.

    `before` holds every field touched, and the heads that it had when it first was.
    """

    of: dict[Key, set[bytes]] = field(default_factory=dict)
    early: set[tuple[bytes, str, bytes]] = field(default_factory=set)
    before: dict[Key, frozenset[bytes]] = field(default_factory=dict)

    @property
    def touched(self) -> Collection[Key]:
        """The fields that an op has been applied to."""
        return self.before.keys()

    def apply(
        self, op: bytes, key: Key, parents: Iterable[bytes], *, is_removal: bool = False
    ) -> None:
        """Take in one op. A removal from a set cites and is never itself a head."""
        heads = self.of.get(key)
        if heads is None:
            heads = self.of[key] = set()
            self.before[key] = _NONE
        elif key not in self.before:
            self.before[key] = frozenset(heads)
        for parent in parents:
            if parent in heads:
                heads.discard(parent)
            else:
                self.early.add((*key, parent))
        if self.early and (*key, op) in self.early:
            self.early.discard((*key, op))
        elif not is_removal:
            heads.add(op)
