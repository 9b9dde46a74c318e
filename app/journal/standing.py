"""What stands of some changes, and what stood before them: what putting them back must know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection

from app.journal import log
from app.journal.change_set import Plain
from app.journal.log import Placed
from app.journal.plain import normalised


class Lineage:
    """Sees through undo and redo: an undone change leaves what stood before it standing.

    Undoing the third of three edits makes a new op that restores the second's value; for the
    undo of the second, that op *is* the second.
    """

    def __init__(self, connection: Connection, ops: Iterable[Placed]) -> None:
        self._connection = connection
        self._ops = {item.id: item for item in ops}
        self._batches: dict[bytes, dict[tuple[bytes, str], Placed]] = {}

    def known(self, wanted: Collection[bytes]) -> dict[bytes, Placed]:
        """The ops with these ids, read from the log where they are not at hand."""
        missing = set(wanted) - self._ops.keys()
        if missing:
            self._ops |= log.ops_by_id(self._connection, missing)
        return {op: self._ops[op] for op in wanted if op in self._ops}

    def own(self, heads: Iterable[bytes], inside: Collection[bytes]) -> set[bytes]:
        """Those of *heads* that say what the changes *inside* said, undo and redo apart."""
        meant = set(inside) | self._meant(inside)
        found: set[bytes] = set()
        for head in heads:
            says = self._meant({head})
            if head in inside or (says and says <= meant):
                found.add(head)
        return found

    def says_nothing(self, head: bytes) -> bool:
        """Whether *head* undid what had been said of a field of which nothing was said before."""
        return not self._meant({head})

    def before(self, items: Sequence[Placed]) -> list[Placed]:
        """What the changes to one field replaced, all in all."""
        inside = {item.id for item in items}
        cited = {parent for item in items for parent in item.op.parents} - inside
        return sorted(self.known(cited).values(), key=lambda op: (op.lamport, op.id))

    def still_wanted(self, before: Iterable[Placed], rest: Collection[bytes]) -> list[Placed]:
        """Those of *before* that nothing in *rest* has replaced."""
        waiting = {item.id: item for item in before}
        seen: set[bytes] = set()
        ahead = set(rest)
        while ahead and waiting:
            seen |= ahead
            ahead = {p for op in self.known(ahead).values() for p in op.op.parents} - seen
            for op in ahead:
                waiting.pop(op, None)
        return list(waiting.values())

    def _meant(self, ops: Collection[bytes]) -> set[bytes]:
        """What *ops* stand for: one that reverts another stands for what was before that."""
        meant: set[bytes] = set()
        for op in self.known(ops).values():
            reverted = self._reverted_by(op) if op.reverts else None
            meant |= self._meant(set(reverted.op.parents)) if reverted is not None else {op.id}
        return meant

    def _reverted_by(self, op: Placed) -> Placed | None:
        if op.reverts not in self._batches:
            sets = log.sets_of_batch(self._connection, op.reverts)
            items = [item for stored in sets for item in log.placed(stored.id, stored.read())]
            self._batches[op.reverts] = {(item.record, item.op.field): item for item in items}
        return self._batches[op.reverts].get((op.record, op.op.field))


def different(ops: Iterable[Placed]) -> list[Plain]:
    """The values of *ops*, those that say the same only once."""
    found: list[Plain] = []
    for item in ops:
        if normalised(item.op.value) not in [normalised(each) for each in found]:
            found.append(item.op.value)
    return found


def agree(one: Iterable[Placed], other: Iterable[Placed]) -> bool:
    """Whether everything in *one* says what something in *other* says."""
    said = [normalised(item.op.value) for item in other]
    return all(normalised(item.op.value) in said for item in one)
