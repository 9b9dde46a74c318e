"""Which families of records concern which bodies: what may be sent, and who may write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sqlalchemy import Connection

from app.journal import aliases, log
from app.journal.change_set import ADD, LIFE, ChangeSet, origin
from app.journal.raw import in_parts, marks, raw
from app.journal.secret import papers
from app.kinds import CARDS, Card, Concern, Whose, concerns, heads
from app.models import MODELS
from app.models.trait import Input, traits_of

OPEN = heads(Whose.EVERYBODY)
"""Families that every office of the circle sees and may write."""
CLOSED = heads(Whose.NOBODY)
"""Families that never leave the office."""
JUDGED = heads(Whose.NAMED)
"""Families that concern some bodies and not others."""
FOR_HUB = frozenset(e for e, card in CARDS.items() if card.scope and card.scope.is_hubs_too)
"""Families that the hub sees whoever takes part."""


def _statement(card: Card, concern: Concern) -> str:
    """Family id and agency id of every record that makes a family somebody's affair so."""
    is_list = card.traits[concern.body].input is Input.RECORDS if not concern.through else False
    of, body = "t", f"t.{concern.body}"
    tables = f"{card.table} t"
    if concern.through:
        tables += f" JOIN {CARDS[concern.of].table} o ON o.id = t.{concern.through}"
        body = f"o.{concern.body}"
    if is_list:
        tables, body = f"{tables}, json_each({body}) j", "j.value"
    only = [f"{of}.{name} IS NULL" for name in concern.unless]
    only += [f"{of}.{concern.by} IS NOT NULL"]
    only += [] if concern.is_withdrawn_too else [f"{of}.life <> 'deleted'"]
    return f"SELECT {of}.{concern.by}, {body} FROM {tables} WHERE {' AND '.join(only)}"


def _statements() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for card, concern in concerns():
        found[concern.family].append(_statement(card, concern))
    return found


_NAMED = _statements()
_NAMING = frozenset(
    (card.entity, concern.body)
    for card, concern in concerns()
    if not concern.through and card.traits[concern.body].input is Input.RECORD
)
"""The fields above that may be in conflict, and then name every body that somebody wrote."""


def named_in(
    connection: Connection, kinds: Iterable[str], only: Iterable[bytes] | None = None
) -> dict[bytes, set[bytes]]:
    """The bodies that each family of these kinds names now: family id → agency ids.

    With *only*, nothing is read of families that are not asked for.
    """
    found: dict[bytes, set[bytes]] = defaultdict(set)
    wanted = set(kinds)
    asked = None if only is None else _with_merged(connection, only)
    for kind in wanted:
        for statement in _NAMED.get(kind, ()):
            for row in _rows(connection, statement, asked):
                found[bytes.fromhex(row[0])].add(bytes.fromhex(row[1]))
    for kind, family, agency in _disputed(connection):
        if kind in wanted:
            found[family].add(agency)
    return _united(connection, found)


def _rows(
    connection: Connection, statement: str, asked: list[bytes] | None
) -> Iterator[tuple[str, str]]:
    if asked is None:
        yield from set(raw(connection).execute(statement))
        return
    select = f"WITH named (family, agency) AS ({statement}) SELECT DISTINCT * FROM named"
    for chunk in in_parts(family.hex() for family in asked):
        yield from raw(connection).execute(f"{select} WHERE family IN ({marks(chunk)})", chunk)


def _with_merged(connection: Connection, families: Iterable[bytes]) -> list[bytes]:
    """*families* and whatever is one with any of them: rows name the one that is shown."""
    listed = set(families)
    classes = _classes(connection)
    return sorted(listed.union(*(classes[family] for family in listed if family in classes)))


def _united(connection: Connection, found: dict[bytes, set[bytes]]) -> dict[bytes, set[bytes]]:
    """*found* with merged families concerning whomever one of them names, under any of his ids."""
    classes = _classes(connection)
    for family in [family for family in found if family in classes]:
        for member in classes[family]:
            found[member] = found[member] | found[family]
    for family, bodies in found.items() if classes else ():
        found[family] = bodies.union(*(classes.get(body, ()) for body in bodies))
    return found


def _classes(connection: Connection) -> dict[bytes, set[bytes]]:
    """Each merged record, and the one shown for it, with all that are one with it."""
    members = aliases.load(connection).members()
    return {record: together for together in members.values() for record in together}


def _disputed(connection: Connection) -> Iterator[tuple[str, bytes, bytes]]:
    """The bodies named by values that are in conflict: (kind, family id, agency id)."""
    ops = [
        op
        for entity, _, name, heads in log.disputed(connection)
        if (entity, name) in _NAMING
        for op in heads
    ]
    for op, placed in log.ops_by_id(connection, ops).items():
        prefix, _ = origin(op)
        if op in ops and isinstance(placed.op.value, bytes):
            kind, family = (
                raw(connection)
                .execute(
                    "SELECT family, family_id FROM cset WHERE id >= ? AND id < ?",
                    (prefix, prefix + b"\xff\xff\xff"),
                )
                .fetchone()
            )
            yield kind, family, placed.op.value


def secret(connection: Connection) -> set[bytes]:
    """The families whose head is marked Mật or above: they never leave by this road.

    Nor do those of which it is in dispute.
    """
    marked = papers(connection)
    rows = raw(connection).execute("SELECT record FROM conflict WHERE field = 'secrecy'")
    marked |= {row[0] for row in rows}
    classes = _classes(connection)
    return marked.union(*(classes[family] for family in marked if family in classes))


def concerning(
    connection: Connection,
    families: Iterable[tuple[str, bytes]],
    agencies: Iterable[bytes],
    *,
    is_hub: bool,
) -> set[bytes]:
    """Those of *families* (kind, id) that an office speaking for *agencies* may see."""
    listed = list(families)
    wanted = set(agencies)
    named = named_in(connection, {kind for kind, _ in listed} - OPEN - CLOSED)
    hidden = secret(connection)
    return {
        family
        for kind, family in listed
        if family not in hidden
        and kind not in CLOSED
        and (
            kind in OPEN or bool(named.get(family, set()) & wanted) or (is_hub and kind in FOR_HUB)
        )
    }


def bodies_added(change_set: ChangeSet) -> set[bytes]:
    """The bodies that a change set brings into its family: every agency its ops name."""
    found: set[bytes] = set()
    for record in change_set.records:
        naming = _naming(record.entity)
        for op in record.ops if naming else ():
            if op.field in naming and op.kind in ("=", ADD) and isinstance(op.value, bytes):
                found.add(op.value)
    return found


@lru_cache(maxsize=64)
def _naming(entity: str) -> frozenset[str]:
    """The fields of a record of *entity* that name bodies."""
    model = MODELS.get(entity)
    traits = traits_of(model) if model is not None else {}
    return frozenset(name for name, trait in traits.items() if trait.refers == "agency")


def begins(change_set: ChangeSet) -> bool:
    """Whether the change set brings its family's head record into being."""
    family = change_set.family_id
    for record in change_set.records:
        if record.record == family and any(
            op.field == LIFE and not op.parents for op in record.ops
        ):
            return True
    return False
