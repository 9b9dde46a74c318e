"""Showing merged records as one: the tables that are read name only the canonical record.

The log is never touched. The losing record's own heads stay as they are, so that parting the
two shows it again; what is written to it unseen by whoever merged stands beside the heads of
the canonical record, and is a conflict there if it says something else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import Connection

from app.journal import aliases, log
from app.journal.aliases import Classes
from app.journal.change_set import LIFE, seen_in
from app.journal.judge import Judge, rows_of, write_rows
from app.journal.merge import Heads
from app.journal.plain import layout_of, normalised, references
from app.journal.raw import in_parts, marks, raw
from app.models import DELETED, LIVE, MODELS
from app.models.trait import Strategy, traits_of

Records = dict[bytes, str]
"""Records and what kind each is."""
_BETWEEN = {
    "relation": ("regulation_id", "older_id"),
    "agency_succession": ("agency_id", "successor_id"),
}
"""Records that lead from one record to another: pointless once the two are one."""


@dataclass(frozen=True)
class _Late:
    """An op that stands beside the heads of *record*, written to *owner*."""

    record: bytes
    name: str
    op: bytes
    owner: bytes


def settle(connection: Connection, touched: Mapping[bytes, str]) -> Records:
    """Bring the classes up to date after *touched*, and every row that they decide.

    Returns the records that are now shown, or hidden, otherwise than their own heads say.
    """
    was = now = aliases.load(connection)
    moved: Records = {}
    if aliases.may_change(connection, touched):
        now, moved = _reclassed(connection, was)
    anew = _to_show_anew(connection, was, now, {**touched, **moved})
    if anew:
        _show_anew(connection, anew, now)
    _hide_pointless(connection)
    return moved | anew


def _reclassed(connection: Connection, was: Classes) -> tuple[Classes, Records]:
    """The classes as the verdicts make them now, and the records whose references have moved."""
    roots, links = aliases.roots(connection), was.only(links=True)
    moved = _rewrite_references(connection, was, roots | links)
    now = roots | aliases.links(connection, roots)
    return now, moved | _rewrite_references(connection, roots | links, now)


def _rewrite_references(connection: Connection, was: Classes, now: Classes) -> Records:
    """Make every reference name the record that is shown now; returns the records that refer."""
    moved = {
        record
        for record in was.canonical.keys() | now.canonical.keys()
        if was.canonical.get(record) != now.canonical.get(record)
    }
    if not moved:
        return {}
    aliases.save(connection, was, now)
    kinds = was.entity | now.entity
    named: dict[str, set[bytes]] = defaultdict(set)
    for record in moved:
        named[kinds[record]].add(was.canonical.get(record, record))
    found: Records = {}
    for kind, records in named.items():
        found |= _referring(connection, kind, sorted(records))
    found |= _disputed(connection)
    _rewrite(connection, found, now)
    return found


def _rewrite(connection: Connection, found: Records, now: Classes) -> None:
    """Tell the references of these records again from their heads."""
    heads = log.load_heads(connection, found)
    names: dict[bytes, list[str]] = {}
    wanted: set[bytes] = set()
    for record, entity in found.items():
        names[record] = [name for name in references(entity) if (record, name) in heads.of]
        for name in (*names[record], LIFE):
            wanted |= heads.of.get((record, name), set())
    judge = Judge(heads, log.ops_by_id(connection, wanted), found, now.canonical)
    write_rows(connection, judge, names)
    keys = [(record, name) for record in found for name in names[record]]
    log.save_conflicts(connection, judge.conflicts(keys))


def _to_show_anew(
    connection: Connection, was: Classes, now: Classes, changed: Mapping[bytes, str]
) -> Records:
    """The members of every class that is not as it was, or a member of which has changed."""
    judged = _endpoints(connection, [r for r, entity in changed.items() if entity == "alias"])
    before, after = was.members(), now.members()
    found: set[bytes] = set()
    for shown in before.keys() | after.keys():
        old, new = before.get(shown, set()), after.get(shown, set())
        members = old | new
        if old != new or not members.isdisjoint(judged) or any(m in changed for m in members):
            found |= members
    kinds = was.entity | now.entity
    by_kind: dict[str, list[bytes]] = defaultdict(list)
    for record in found:
        by_kind[kinds[record]].append(record)
    return {
        bytes.fromhex(id_): kind
        for kind, records in by_kind.items()
        for id_ in rows_of(connection, _table(kind), records)
    }


@dataclass
class _Picture:
    """The heads that decide what is shown: a canonical record's own, and what came late."""

    heads: Heads = field(default_factory=Heads)
    covered: dict[bytes, set[bytes]] = field(default_factory=dict)
    late: list[_Late] = field(default_factory=list)


def _show_anew(connection: Connection, anew: Records, now: Classes) -> None:
    heads = log.load_heads(connection, anew)
    ops = set().union(*heads.of.values())
    own = Judge(heads, log.ops_by_id(connection, ops), anew, now.canonical)
    picture = _Picture(Heads(dict(heads.of)))
    seen = _seen(connection, now)
    for shown, members in now.members().items():
        if shown in anew:
            _stand_together(own, picture, shown, members - {shown}, seen.get(shown, set()))
    judge = Judge(picture.heads, own.values, anew, now.canonical, picture.covered)
    hidden = {record: DELETED for record in anew if record in now.canonical}
    write_rows(connection, judge, {r: _ops(entity) for r, entity in anew.items()}, hidden)
    _write_conflicts(connection, judge, anew, hidden)
    _write_late(connection, anew, picture.late)


def _stand_together(
    own: Judge, picture: _Picture, shown: bytes, others: set[bytes], seen: set[bytes]
) -> None:
    """Put beside the heads of *shown* whatever *others* say that nobody has looked at."""
    by_name: dict[str, list[tuple[bytes, bytes]]] = defaultdict(list)
    ends = aliases.LINKS.get(own.entities[shown], ())  # the same by the very rule
    withdrawn = _seen_by_withdrawals(own, (shown, *others))
    everything: set[bytes] = set()
    for (record, name), ops in own.heads.of.items():
        if record != shown and record not in others:
            continue
        everything |= ops if name != LIFE else set()
        if record != shown and name not in ends:
            past = seen | withdrawn if name == LIFE else seen
            by_name[name] += [(op, record) for op in ops - past]
    picture.covered[shown] = everything
    for name, unseen in by_name.items():
        mine = own.heads.of.get((shown, name), set())
        told = [(op, owner) for op, owner in unseen if _says_more(own, name, op, mine)]
        picture.heads.of[(shown, name)] = mine | {op for op, _ in told}
        picture.late += [_Late(shown, name, op, owner) for op, owner in told]


def _says_more(own: Judge, name: str, op: bytes, mine: Iterable[bytes]) -> bool:
    """Whether *op* says anything that the canonical record's own heads do not."""
    if name == LIFE:
        return True
    value = normalised(own.said(op))
    return all(normalised(own.said(head)) != value for head in mine)


def _seen_by_withdrawals(own: Judge, members: Iterable[bytes]) -> set[bytes]:
    """What the standing withdrawals of these records cite."""
    values = [
        own.values[op].op.value
        for record in members
        for op in own.heads.of.get((record, LIFE), ())
        if own.values[op].op.value != LIVE
    ]
    return set[bytes]().union(*map(seen_in, values))


def _write_conflicts(
    connection: Connection, judge: Judge, anew: Records, hidden: Mapping[bytes, str]
) -> None:
    raw(connection).executemany("DELETE FROM conflict WHERE record = ?", [(r,) for r in anew])
    keys = [key for key in judge.heads.of if key[0] in anew and key[0] not in hidden]
    log.save_conflicts(connection, judge.conflicts(keys))


def _write_late(connection: Connection, anew: Records, late: Iterable[_Late]) -> None:
    raw(connection).executemany("DELETE FROM late WHERE record = ?", [(r,) for r in anew])
    raw(connection).executemany(
        "INSERT INTO late (record, field, op, owner) VALUES (?, ?, ?, ?)",
        [(item.record, item.name, item.op, item.owner) for item in late],
    )


def _hide_pointless(connection: Connection) -> None:
    for entity, (one, other) in _BETWEEN.items():
        raw(connection).execute(
            f'UPDATE "{_table(entity)}" SET life = ? WHERE "{one}" = "{other}" AND life <> ?'
            f' AND "{one}" IN (SELECT canonical FROM alias_of)',
            (DELETED, DELETED),
        )


def _seen(connection: Connection, now: Classes) -> dict[bytes, set[bytes]]:
    """What people have looked at in each class: everything that its verdicts name."""
    found: dict[bytes, set[bytes]] = defaultdict(set)
    for one, other, seen in raw(connection).execute("SELECT one_id, other_id, seen FROM alias"):
        first, second = bytes.fromhex(one), bytes.fromhex(other)
        shown = now.canonical.get(first, first)
        if shown == now.canonical.get(second, second):
            found[shown] |= {bytes.fromhex(op) for op in json.loads(seen)}
    return found


def _endpoints(connection: Connection, verdicts: list[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for chunk in in_parts([record.hex() for record in verdicts]):
        for pair in raw(connection).execute(
            f"SELECT one_id, other_id FROM alias WHERE id IN ({marks(chunk)})", chunk
        ):
            found |= {bytes.fromhex(record) for record in pair}
    return found


def _disputed(connection: Connection) -> Records:
    """Records with a reference in conflict: the two that it names may have become one."""
    found: Records = {}
    for record, name, entity in raw(connection).execute(
        "SELECT record, field, entity FROM conflict"
    ):
        if name in references(entity):
            found[record] = entity
    return found


def _referring(connection: Connection, kind: str, records: list[bytes]) -> Records:
    """The records whose rows name one of *records*."""
    found: Records = {}
    for entity, name, is_set in _columns_naming(kind):
        table = _table(entity)
        for chunk in in_parts([record.hex() for record in records]):
            sql = (
                f'SELECT DISTINCT t.id FROM "{table}" t, json_each(t."{name}") j'
                f" WHERE j.value IN ({marks(chunk)})"
                if is_set
                else f'SELECT id FROM "{table}" WHERE "{name}" IN ({marks(chunk)})'
            )
            rows = raw(connection).execute(sql, chunk)
            found |= {bytes.fromhex(row[0]): entity for row in rows}
    return found


@lru_cache(maxsize=64)
def _columns_naming(kind: str) -> tuple[tuple[str, str, bool], ...]:
    """Every column that may hold the id of a record of *kind*: (entity, column, is a set)."""
    found = []
    for entity, model in MODELS.items():
        layout = layout_of(entity)
        for name in sorted(layout.references if layout else ()):
            if traits_of(model)[name].refers in ("", kind):
                is_set = layout is not None and layout.strategy[name] is Strategy.SET
                found.append((entity, name, is_set))
    return tuple(found)


def _ops(entity: str) -> tuple[str, ...]:
    layout = layout_of(entity)
    return layout.op_fields() if layout else ()


def _table(entity: str) -> str:
    return str(MODELS[entity].__tablename__)
