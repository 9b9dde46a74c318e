"""Offices that write, merge and part records apart, for the laws of merged records."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from sqlalchemy import Engine

from app.journal import apply as applying
from app.journal import change_set as cs
from app.journal import log
from app.journal.change_set import ADD, LIFE, REMOVE, SET, ChangeSet, Op, RecordOps
from app.journal.merge import Heads
from app.journal.rebuild import COMPARED
from app.models import MODELS, Alias, Occurrence, Party
from app.store.engine import MEMORY, open_engine
from app.store.migrations import STEPS
from app.store.upgrade import upgrade

Written = tuple[bytes, bytes, ChangeSet]
BODIES = [UUID(int=n) for n in (1, 2, 3)]
RULES = [UUID(int=n) for n in (11, 12)]
OBLIGATIONS = [UUID(int=n) for n in (21, 22)]
KINDS = {"agency": BODIES, "regulation": RULES, "obligation": OBLIGATIONS}


class Office:
    """A writer that knows only what it has seen: its ops cite exactly those heads."""

    def __init__(self, number: int) -> None:
        self.replica = bytes([number]) * 16
        self.written: list[Written] = []
        self.seen: list[Written] = []
        self.lamport = 0

    def heads(self) -> Heads:
        """Every head among what has been seen."""
        heads = Heads()
        for set_id, _, body in self.seen:
            for item in log.placed(set_id, body):
                key = (item.record, item.op.field)
                heads.apply(item.id, key, item.op.parents, is_removal=item.op.kind == REMOVE)
        return heads

    def write(self, entity: str, record: UUID, ops: Sequence[Op]) -> None:
        """One change set of one record."""
        previous = self.written[-1][0] if self.written else b""
        self.lamport += 1
        body = ChangeSet(
            1, self.replica, self.replica, len(self.written) + 1, previous, self.lamport, 0,
            "", "", 1, 1, os.urandom(16), "", b"", entity, record.bytes,
            (RecordOps(entity, record.bytes, tuple(ops)),),
        )  # fmt: skip
        content = cs.encode(body)
        item = (cs.id_of(content), content, body)
        self.written.append(item)
        self.seen.append(item)

    def say(self, entity: str, record: UUID, **values: Any) -> None:
        """Set fields, citing what stands."""
        heads = self.heads()

        def parents(name: str) -> tuple[bytes, ...]:
            return tuple(sorted(heads.of.get((record.bytes, name), ())))

        given = {name.replace("at_", "@"): value for name, value in values.items()}
        if LIFE not in given and not parents(LIFE):
            given = {LIFE: "live", **given}
        self.write(entity, record, [Op(n, SET, v, parents(n)) for n, v in given.items()])

    def withdraw(self, entity: str, record: UUID) -> None:
        """Withdraw a record, citing what stands in it."""
        cited = sorted(
            op
            for (owner, name), ops in self.heads().of.items()
            if owner == record.bytes and name != LIFE
            for op in ops
        )
        self.say(entity, record, life=["deleted", cited])

    def judge(self, kind: str, one: UUID, other: UUID, verdict: str, *, looks: bool = True) -> None:
        """Say whether two records are one, having looked at both."""
        low, high = sorted((one, other))
        seen = {
            op
            for (owner, _), ops in self.heads().of.items()
            if owner in (one.bytes, other.bytes)
            for op in ops
        }
        for home in (low, high):
            alias = Alias.id_for(low, high, home)
            self.say(
                "alias", alias, kind=kind, one_id=low.bytes, other_id=high.bytes, family=kind,
                family_id=home.bytes, verdict=verdict,
            )  # fmt: skip
            if seen and looks:
                self.write("alias", alias, [Op("seen", ADD, op, ()) for op in sorted(seen)])

    def meet(self, other: Office) -> None:
        """Take in everything that *other* has seen."""
        known = {item[0] for item in self.seen}
        self.seen += [item for item in other.seen if item[0] not in known]
        self.lamport = max(self.lamport, other.lamport)


def act(office: Office, what: str, one: int, other: int) -> None:
    """One thing that an office does; *one* and *other* choose records and values."""
    deed = _DEEDS.get(what)
    if deed is not None:
        deed(office, one, other)
    elif what in ("delete", "live"):
        _all(office, one, other, withdraw=what == "delete")
    else:
        verdict = "merge" if what == "blind" else what
        _judge(office, one, other, verdict, looks=what != "blind")


def _write_obligation(office: Office, one: int, other: int) -> None:
    ids = {"regulation_id": RULES[one % 2].bytes, "lead_id": BODIES[other].bytes}
    office.say("obligation", OBLIGATIONS[one % 2], **ids)


def _pause(office: Office, one: int, other: int) -> None:
    told = {"standing": "paused", "standing_from": None, "standing_ground": str(other)}
    office.say("obligation", OBLIGATIONS[one % 2], at_standing=told)


def _party(one: int, other: int) -> UUID:
    return Party.id_for(RULES[one % 2], BODIES[other], "lead")


def _join(office: Office, one: int, other: int) -> None:
    ends = {"regulation_id": RULES[one % 2].bytes, "agency_id": BODIES[other].bytes}
    office.say("party", _party(one, other), **ends, role="lead", life="live")


def _report(office: Office, one: int, other: int) -> None:
    obligation = OBLIGATIONS[one % 2]
    told = {"obligation_id": obligation.bytes, "period": "2026-Q1", "result": f"kết quả {other}"}
    office.say("occurrence", Occurrence.id_for(obligation, "2026-Q1"), **told)


def _replace(office: Office, one: int, other: int) -> None:
    ends = {"regulation_id": RULES[one % 2].bytes, "older_id": RULES[other % 2].bytes}
    office.say("relation", UUID(int=31 + one % 2), kind="replaces", **ends)


_DEEDS: dict[str, Callable[[Office, int, int], None]] = {
    "name": lambda o, one, n: o.say("agency", BODIES[one], name=f"cơ quan {n}"),
    "superior": lambda o, one, n: o.say("agency", BODIES[one], superior_id=BODIES[n].bytes),
    "abstract": lambda o, one, n: o.say(
        "regulation", RULES[one % 2], abstract=f"trích yếu {n}", number=f"{n}/QC"
    ),
    "obligation": _write_obligation,
    "standing": _pause,
    "join": _join,
    "rename_party": lambda o, one, n: o.say("party", _party(one, n), name_as_signed=f"tên {n}"),
    "leave": lambda o, one, n: o.withdraw("party", _party(one, n)),
    "report": _report,
    "add": lambda o, one, n: o.write(
        "obligation", OBLIGATIONS[one % 2], [Op("coordinating", ADD, BODIES[n].bytes, ())]
    ),
    "remove": lambda o, one, n: _remove(o, OBLIGATIONS[one % 2], BODIES[n]),
    "replace": _replace,
}


def _all(office: Office, one: int, other: int, *, withdraw: bool) -> None:
    kind = ("agency", "regulation", "obligation")[other]
    record = KINDS[kind][one % len(KINDS[kind])]
    if withdraw:
        office.withdraw(kind, record)
    else:
        office.say(kind, record, life="live")


def _judge(office: Office, one: int, other: int, verdict: str, *, looks: bool) -> None:
    if one == other:
        kind = ("regulation", "obligation")[one % 2]
        low, high = KINDS[kind]
        office.judge(kind, low, high, verdict, looks=looks)
    else:
        office.judge("agency", BODIES[one], BODIES[other], verdict, looks=looks)


def _remove(office: Office, obligation: UUID, partner: UUID) -> None:
    values = {
        item.id: item.op.value
        for set_id, _, body in office.seen
        for item in log.placed(set_id, body)
    }
    live = office.heads().of.get((obligation.bytes, "coordinating"), set())
    cited = tuple(sorted(op for op in live if values[op] == partner.bytes))
    if cited:
        office.write("obligation", obligation, [Op("coordinating", REMOVE, partner.bytes, cited)])


DEEDS = (*_DEEDS, "delete", "live", "merge", "merge", "distinct", "blind", "meet")
ACTS = st.tuples(st.integers(0, 2), st.sampled_from(DEEDS), st.integers(0, 2), st.integers(0, 2))
Script = list[tuple[int, str, int, int]]


def play(script: Script) -> list[Written]:
    """What three offices write that act, and meet, as *script* says."""
    offices = [Office(n + 1) for n in range(3)]
    for who, what, one, other in script:
        if what == "meet":
            offices[who].meet(offices[(who + 1 + one % 2) % 3])
        else:
            act(offices[who], what, one, other)
    return [item for office in offices for item in office.written]


def opened() -> Engine:
    """An empty register in memory that knows three replicas."""
    engine = open_engine(MEMORY)
    upgrade(engine, STEPS)
    with engine.begin() as connection:
        for number in (1, 2, 3):
            connection.exec_driver_sql(
                "INSERT INTO replica (id, public, office, created) VALUES (?, x'', x'', '')",
                (bytes([number]) * 16,),
            )
    return engine


def take_in(engine: Engine, items: Sequence[Written]) -> None:
    """Store and apply *items* in one transaction."""
    with engine.begin() as connection:
        log.store_change_sets(
            connection, [(i, content, b"", body) for i, content, body in items], log.APPLIED
        )
        applying.apply(connection, [(i, body) for i, _, body in items])


def tables(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table that is told from the log."""
    found: dict[str, list[Any]] = {}
    with engine.connect() as connection:
        for table in (*(str(m.__tablename__) for m in MODELS.values()), *COMPARED):
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
            found[table] = sorted((tuple(row) for row in rows), key=repr)
    return found


def applied(items: Sequence[Written], sizes: Sequence[int]) -> dict[str, list[Any]]:
    """The tables after *items* have come in portions of these sizes."""
    engine = opened()
    rest, turn = list(items), 0
    while rest:
        size = sizes[turn % len(sizes)]
        part, rest, turn = rest[:size], rest[size:], turn + 1
        take_in(engine, part)
    found = tables(engine)
    engine.dispose()
    return found
