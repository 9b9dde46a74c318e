"""Which records are one: classes of merged records, a function of the verdicts alone.

Classes are the components of all standing verdicts "merge"; the smallest id that is here stands
for its class. Links whose ends have become the same (one body party to one regulation twice)
are one by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.journal import log
from app.journal.change_set import origin
from app.journal.judge import rows_of
from app.journal.raw import in_parts, marks, raw
from app.kinds import CARDS
from app.models import DELETED, LIVE, MODELS
from app.models.alias import MERGED
from app.models.record import deciding

LINKS: Mapping[str, tuple[str, ...]] = {e: card.key for e, card in CARDS.items() if card.key}
"""What makes a link the link it is: the columns that its id is derived from."""
Pair = tuple[bytes, bytes]


@dataclass
class Classes:
    """`canonical`: each merged record and the one shown in its stead, which is not a key."""

    canonical: dict[bytes, bytes] = field(default_factory=dict)
    entity: dict[bytes, str] = field(default_factory=dict)

    def members(self) -> dict[bytes, set[bytes]]:
        """Every class under its canonical record, which is one of the members."""
        found: dict[bytes, set[bytes]] = {}
        for record, shown in self.canonical.items():
            found.setdefault(shown, {shown}).add(record)
        return found

    def only(self, *, links: bool) -> Classes:
        """The classes of links, or those of everything else."""
        kept = {r: c for r, c in self.canonical.items() if (self.entity[r] in LINKS) is links}
        return Classes(kept, {r: self.entity[r] for r in (*kept, *kept.values())})

    def __or__(self, other: Classes) -> Classes:
        return Classes(self.canonical | other.canonical, self.entity | other.entity)


def are_any(connection: Connection) -> bool:
    """Whether anybody has ever merged or kept apart anything: else nothing here costs a thing."""
    return raw(connection).execute("SELECT 1 FROM alias LIMIT 1").fetchone() is not None


def canonical(connection: Connection) -> dict[bytes, bytes]:
    """Each merged record and the one shown in its stead."""
    return load(connection).canonical


def load(connection: Connection) -> Classes:
    """The classes as the tables stand."""
    found = Classes()
    for record, shown, entity in raw(connection).execute(
        "SELECT record, canonical, entity FROM alias_of"
    ):
        pair = bytes.fromhex(record), bytes.fromhex(shown)
        found.canonical[pair[0]] = pair[1]
        found.entity |= dict.fromkeys(pair, entity)
    return found


def save(connection: Connection, was: Classes, now: Classes) -> None:
    """Write what changed between *was* and *now*."""
    gone = [r for r, c in was.canonical.items() if now.canonical.get(r) != c]
    new = [(r, c) for r, c in now.canonical.items() if was.canonical.get(r) != c]
    raw(connection).executemany("DELETE FROM alias_of WHERE record = ?", [(r.hex(),) for r in gone])
    raw(connection).executemany(
        "INSERT INTO alias_of (record, canonical, entity) VALUES (?, ?, ?)",
        [(r.hex(), c.hex(), now.entity[r]) for r, c in new],
    )


def resolve(connection: Connection, record: bytes) -> bytes:
    """The record that is shown for *record*: old ids resolve for ever."""
    row = (
        raw(connection)
        .execute("SELECT canonical FROM alias_of WHERE record = ?", (record.hex(),))
        .fetchone()
    )
    return record if row is None else bytes.fromhex(row[0])


def edges(connection: Connection) -> dict[str, list[Pair]]:
    """The pairs that are to be one, by kind.

    The families of both records must say so: whoever may not write to one of them cannot bring
    it together with his own. One that says "distinct", or whose verdict is disputed, keeps the
    two apart: nothing is hidden while people disagree.
    """
    disputed = {
        row[0]
        for row in raw(connection).execute(
            "SELECT record FROM conflict WHERE entity = 'alias' AND field = 'verdict'"
        )
    }
    said: dict[tuple[str, bytes, bytes], dict[bytes, bool]] = defaultdict(dict)
    rows = raw(connection).execute(
        "SELECT id, kind, one_id, other_id, family_id, verdict, life FROM alias WHERE life <> ?",
        (DELETED,),
    )
    for id_, kind, one, other, family, verdict, life in rows:
        stands = verdict == MERGED and life == LIVE and bytes.fromhex(id_) not in disputed
        pair = (kind, bytes.fromhex(one), bytes.fromhex(other))
        said[pair][bytes.fromhex(family)] = stands
    found: dict[str, list[Pair]] = defaultdict(list)
    for (kind, one, other), answers in said.items():
        if kind in MODELS and all(answers.values()):
            homes = {_home_of(connection, kind, record) for record in (one, other)}
            if homes <= answers.keys():
                found[kind].append((one, other))
    return found


def home(connection: Connection, record: bytes) -> tuple[str, bytes] | None:
    """The family that *record*'s changes have always travelled with; None if it is not here."""
    heads = log.a_head_of(connection, (record,))
    if not heads:
        return None
    prefix, _ = origin(heads[record])
    found = (
        raw(connection)
        .execute(
            "SELECT family, family_id FROM cset WHERE id >= ? AND id < ?",
            (prefix, prefix + b"\xff\xff\xff"),
        )
        .fetchone()
    )
    return None if found is None else (found[0], found[1])


def _home_of(connection: Connection, kind: str, record: bytes) -> bytes:
    if not deciding(MODELS[kind]):
        return record
    found = home(connection, record)
    return b"" if found is None else found[1]


def roots(connection: Connection) -> Classes:
    """The classes of everything but links."""
    pairs = edges(connection)
    found = Classes()
    for kind in sorted(set(pairs) - set(LINKS)):
        found |= _classes(connection, kind, pairs[kind])
    return found


def links(connection: Connection, merged: Classes) -> Classes:
    """The classes of links: those whose ends have been merged into the same ones.

    A verdict on two links only says what has been looked at; their ends decide.
    """
    shown = sorted({record.hex() for record in merged.canonical.values()})
    found = Classes()
    for kind in LINKS if shown else ():
        found |= _classes(connection, kind, _same_ends(connection, kind, shown))
    return found


def may_change(connection: Connection, touched: Mapping[bytes, str]) -> bool:
    """Whether *touched* can make the classes other than they are: a verdict, a link, an arrival."""
    kinds = set(touched.values())
    if "alias" in kinds or not kinds.isdisjoint(LINKS):
        return True
    rows = raw(connection).execute("SELECT one_id, other_id FROM alias")
    return any(bytes.fromhex(record) in touched for pair in rows for record in pair)


def _same_ends(connection: Connection, kind: str, shown: list[str]) -> Iterator[Pair]:
    """Pairs of links between the same ends, at least one of which stands for several records."""
    columns = LINKS[kind]
    ends = [column for column in columns if column.endswith("_id")]
    table = MODELS[kind].__tablename__
    first: dict[tuple[str, ...], bytes] = {}
    listed: dict[str, tuple[str, ...]] = {}
    for chunk in in_parts(shown, 200):
        where = " OR ".join(f'"{end}" IN ({marks(chunk)})' for end in ends)
        named = ", ".join(f'"{column}"' for column in columns)
        rows = raw(connection).execute(
            f'SELECT id, {named} FROM "{table}" WHERE {where}', chunk * len(ends)
        )
        listed |= {row[0]: tuple(row[1:]) for row in rows}
    for id_, key in sorted(listed.items()):
        record = bytes.fromhex(id_)
        if first.setdefault(key, record) != record:
            yield first[key], record


def _classes(connection: Connection, kind: str, pairs: Iterable[Pair]) -> Classes:
    found = Classes()
    components = _components(pairs)
    listed = sorted(record for members in components for record in members)
    here = rows_of(connection, str(MODELS[kind].__tablename__), listed)
    for members in components:
        # A record that has not come cannot stand for one that has: nothing would be shown.
        arrived = [record for record in members if record.hex() in here]
        if not arrived:
            continue
        shown = min(arrived)
        found.canonical |= {record: shown for record in members if record != shown}
        found.entity |= dict.fromkeys(members, kind)
    return found


def _components(pairs: Iterable[Pair]) -> list[set[bytes]]:
    """Union-find over *pairs*."""
    above: dict[bytes, bytes] = {}

    def top(record: bytes) -> bytes:
        while above.setdefault(record, record) != record:
            above[record] = above[above[record]]
            record = above[record]
        return record

    for one, other in pairs:
        above[top(one)] = top(other)
    found: dict[bytes, set[bytes]] = defaultdict(set)
    for record in above:
        found[top(record)].add(record)
    return list(found.values())
