"""Named undo and redo, many levels, across restarts: read from the log itself.

Undo is an inverse change. It is refused where it would overwrite later work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from app.errors import ChangedSince
from app.journal import log, secret
from app.journal.beneath import unmask
from app.journal.change_set import ADD, LIFE, REMOVE, Plain, id_in, members_in
from app.journal.log import Placed, Stored
from app.journal.plain import Layout, layout_of
from app.journal.raw import in_parts
from app.journal.recorder import SETTLEMENTS, Settlement
from app.journal.standing import Lineage, agree, different
from app.models import DELETED, LIVE, MODELS, Record
from app.models.values import Value

DEPTH = 200
"""How many steps back the program offers."""


@dataclass(frozen=True)
class Step:
    """One action of this replica: its batch and what the clerk calls it."""

    batch: bytes
    label: str


def steps(connection: Connection) -> tuple[list[Step], list[Step]]:
    """What can be undone and what can be redone, the next one last."""
    rows = connection.exec_driver_sql(
        "SELECT min(n), batch FROM"
        " (SELECT n, batch FROM cset WHERE replica IN (SELECT n FROM replica WHERE is_mine)"
        "  ORDER BY n DESC LIMIT 20000)"
        " GROUP BY batch ORDER BY min(n) DESC LIMIT ?",
        (DEPTH,),
    ).all()
    undoable: list[Step] = []
    redoable: list[Step] = []
    hidden = secret.papers(connection)
    for n, batch in reversed(rows):
        try:
            body = next(iter(_at(connection, n))).read()
        except msgspec.MsgspecError:
            # A damaged change set must not keep the register shut: `check` names it.
            undoable.clear()
            continue
        label = secret.HIDDEN_LABEL if body.family_id in hidden else body.label
        advance(undoable, redoable, Step(batch, label), body.reverts)
    return undoable, redoable


def advance(undoable: list[Step], redoable: list[Step], step: Step, reverts: bytes) -> None:
    """Move the two stacks on by one action that has been committed."""
    if reverts and undoable and undoable[-1].batch == reverts:
        undone = undoable.pop()
        redoable.append(Step(step.batch, undone.label))
    elif reverts and redoable and redoable[-1].batch == reverts:
        redone = redoable.pop()
        undoable.append(Step(step.batch, redone.label))
    else:
        undoable.append(step)
        redoable.clear()


def revert(session: Session, step: Step) -> None:
    """Put back, through *session*, every field that *step* changed.

    Raises ChangedSince if somebody has changed one of them since.
    """
    sets = log.sets_of_batch(session.connection(), step.batch)
    if revert_sets(session, sets, strict=True).late:
        raise ChangedSince(label=step.label)


@dataclass
class Reverted:
    """What became of the changes.

    `late` no longer stand. `freed` fields were in conflict: the value of these changes was taken
    out, that beside it stands.
    """

    late: list[Placed] = field(default_factory=list)
    freed: int = 0


def revert_sets(
    session: Session, sets: Sequence[Stored], *, strict: bool, but: frozenset[str] = frozenset()
) -> Reverted:
    """Put back every field that *sets* changed to what it was before all of them.

    With *strict*, one change that no longer stands means that nothing is put back. Records of
    the kinds in *but* are left as they are.
    """
    changes = [item for item in _changes(sets) if item.entity not in but]
    reverting = _Reverting(session, changes, strict=strict)
    for record, fields in _by_field(changes).items():
        reverting.look_at(record, fields)
    if not (strict and reverting.found.late):  # a step is undone whole or not at all
        reverting.write()
    return reverting.found


Fields = dict[str, list[Placed]]


class _Reverting:
    """Decides for each field what comes back, then writes it all."""

    def __init__(self, session: Session, changes: Sequence[Placed], *, strict: bool) -> None:
        self.found = Reverted()
        self._strict = strict
        self._session = session
        self._heads = log.load_heads(session.connection(), {item.record for item in changes})
        self._by_record: dict[bytes, set[bytes]] = defaultdict(set)
        for (record, _), ops in self._heads.of.items():
            self._by_record[record] |= ops
        self._lineage = Lineage(session.connection(), changes)
        self._entities = {item.record: item.entity for item in changes}
        self._rows: list[tuple[bytes, str, list[Placed]]] = []
        self._members: list[tuple[bytes, str, bytes, bool]] = []
        self._said: list[tuple[bytes, str, Plain, set[bytes]]] = []

    def look_at(self, record: bytes, fields: Fields) -> None:
        """Decide what comes back of one record."""
        life = fields.get(LIFE, [])
        if any(item.op.value == LIVE and not item.op.parents for item in life):
            every = [item for items in fields.values() for item in items]
            if self._is_untouched(record, every):
                self._rows.append((record, LIFE, []))
                return
            if not self._rest(record, LIFE, life):
                self.found.late += every  # somebody works with it: it stays, and stays whole
                return
        for name, items in fields.items():
            if items[0].op.kind in (ADD, REMOVE):
                self._look_at_members(record, name, items)
            else:
                self._look_at_field(record, name, items)

    def write(self) -> None:
        """Put everything back through the session."""
        self._leave_what_goes()
        touched = [part[0] for part in self._rows]
        touched += [part[0] for part in self._members]
        touched += [part[0] for part in self._said]
        rows = _rows(self._session, {record: self._entities[record] for record in touched})
        unmask(self._session.connection(), rows)
        for record, name, before in self._rows:
            _put_back(rows[record], name, before)
        for record, name, element, is_back in self._members:
            members = set(getattr(rows[record], name)) - {UUID(bytes=element)}
            members |= {UUID(bytes=element)} if is_back else set()
            setattr(rows[record], name, tuple(sorted(members)))
        self._session.add_all(rows.values())
        self._session.info[SETTLEMENTS] += [
            Settlement(
                rows[record].ENTITY, rows[record].id, rows[record].aggregate(),
                name, value, tuple(sorted(seen)),
            )
            for record, name, value, seen in self._said
        ]  # fmt: skip

    def _leave_what_goes(self) -> None:
        """Of a record that is withdrawn by this, only its life is put back.

        A withdrawal names all that it has seen. What the same change said of the other fields
        it could not have seen, and would stand beside it as an edit that nobody knew of.
        """
        gone = {
            record
            for record, name, before in self._rows
            if name == LIFE and all(item.op.value != LIVE for item in before)
        }
        lives = {(record, value == LIVE) for record, name, value, _ in self._said if name == LIFE}
        gone |= {record for record, is_live in lives if not is_live and (record, True) not in lives}
        self._rows = [part for part in self._rows if part[0] not in gone or part[1] == LIFE]
        self._members = [part for part in self._members if part[0] not in gone]
        self._said = [part for part in self._said if part[0] not in gone or part[1] == LIFE]

    def _is_untouched(self, record: bytes, every: Sequence[Placed]) -> bool:
        """Whether nothing but these changes stands of a record that was born in them."""
        heads = self._by_record[record]
        inside = [item.id for item in every]
        others = heads - self._lineage.own(heads, inside)
        return bool(heads) and all(self._lineage.says_nothing(head) for head in others)

    def _rest(self, record: bytes, name: str, items: Sequence[Placed]) -> set[bytes]:
        heads = self._heads.of.get((record, name), set())
        return heads - self._lineage.own(heads, [item.id for item in items])

    def _look_at_field(self, record: bytes, name: str, items: list[Placed]) -> None:
        heads = self._heads.of.get((record, name), set())
        rest = self._rest(record, name, items)
        own, before = heads - rest, self._lineage.before(items)
        if not own:
            self.found.late += items
        elif rest:
            self._take_out(record, name, items, own, rest)
        elif len(different(before)) > 1 or (before and len(own) > 1):
            # It settled a conflict, or is one: what stood before comes back side by side.
            self._said += [(record, name, value, own) for value in different(before)]
        elif before or self._may_be_empty(record, name):
            self._rows.append((record, name, before))
        else:
            self.found.late += items

    def _take_out(
        self,
        record: bytes,
        name: str,
        items: list[Placed],
        own: set[bytes],
        rest: set[bytes],
    ) -> None:
        """Take the values *own* out of a field in conflict; those of *rest* go on standing."""
        beside = self._lineage.known(rest).values()
        back = self._lineage.still_wanted(self._lineage.before(items), rest)
        values = different(back)
        if not values:
            if agree(self._lineage.known(own).values(), beside):
                # Others say the same, unaware of it: nothing would be seen of its going.
                self.found.late += items if self._strict else []
                return
            values = [max(beside, key=lambda op: (op.lamport, op.id)).op.value]
        if name == LIFE and any(value != LIVE for value in values):
            self.found.late += items  # a withdrawal names what it had seen: only a person may
            return
        # Where all that stands beside says the same, nothing is left to decide: it is cited too,
        # and what has ended the conflict stays listed among the decisions.
        is_ended = len(different(beside)) == 1 and values == different(beside)
        seen = own | rest if is_ended else own
        self._said += [(record, name, value, seen) for value in values]
        self.found.freed += 1

    def _look_at_members(self, record: bytes, name: str, items: list[Placed]) -> None:
        inside = {item.id for item in items}
        standing = self._lineage.known(self._heads.of.get((record, name), set())).values()
        for element in dict.fromkeys(id_in(item.op.value) for item in items):
            of_it = [item for item in items if item.op.value == element]
            was_in = any(set(item.op.parents) - inside for item in of_it if item.op.kind == REMOVE)
            now = {op.id for op in standing if op.op.value == element}
            if was_in and not now:
                self._members.append((record, name, element, True))
            elif now and not was_in:
                self._members.append((record, name, element, False))
            elif not was_in and any(item.op.kind == ADD for item in of_it):
                self.found.late += of_it

    def _may_be_empty(self, record: bytes, name: str) -> bool:
        """Whether the field may say nothing, as it did before."""
        entity = self._entities[record]
        layout = layout_of(entity)
        if layout is None or name == LIFE:
            return True
        fields = MODELS[entity].model_fields
        return not any(fields[member].is_required() for member in layout.groups.get(name, (name,)))


def _by_field(changes: Iterable[Placed]) -> dict[bytes, Fields]:
    found: dict[bytes, Fields] = defaultdict(lambda: defaultdict(list))
    for item in changes:
        found[item.record][item.op.field].append(item)
    return found


def _put_back(row: Record, name: str, before: Sequence[Placed]) -> None:
    layout = layout_of(row.ENTITY)
    if name == LIFE:
        values = [item.op.value for item in before]
        row.life = LIVE if LIVE in values else DELETED  # without any, it was born in the step
    elif layout is not None:
        value = before[-1].op.value if before else None
        _assign(row, layout, name, value, is_known=bool(before))


def _assign(row: Record, layout: Layout, name: str, value: Plain, *, is_known: bool) -> None:
    members = layout.groups.get(name, (name,))
    for member in members:
        if not is_known:
            setattr(row, member, _default(type(row), member))
            continue
        plain = members_in(value).get(member) if name in layout.groups else value
        setattr(row, member, layout.codecs[member].from_plain(plain))


def _default(model: type[Record], name: str) -> Value:
    info = model.model_fields[name]
    return None if info.is_required() else info.get_default(call_default_factory=True)


def _changes(sets: Iterable[Stored]) -> list[Placed]:
    """The ops of *sets*, the latest first."""
    found = [item for stored in sets for item in log.placed(stored.id, stored.read())]
    return found[::-1]


def _rows(session: Session, entities: Mapping[bytes, str]) -> dict[bytes, Record]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for record, entity in entities.items():
        wanted[entity].add(UUID(bytes=record))
    rows: dict[bytes, Record] = {}
    for entity, ids in wanted.items():
        model = MODELS[entity]
        for some in in_parts(sorted(ids)):
            statement = select(model).where(col(model.id).in_(some))
            rows |= {row.id.bytes: row for row in session.exec(statement)}
    return rows


def _at(connection: Connection, n: int) -> list[Stored]:
    return log.recent(connection, 1, before=n + 1)
