"""References to records that are not here: "chưa nhận", listed after each package, never refused.

A reference to a record out of this office's scope travels as a bare id; it resolves by itself
when the record comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from app.journal.raw import raw
from app.models import MODELS
from app.models.trait import Strategy, traits_of

_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Awaited:
    """A record that others name and that has not come; `field` is what it is to the namer."""

    entity: str
    id: UUID
    named_by: str
    named_by_id: UUID
    field: str


def listing(session: Session) -> list[Awaited]:
    """Every reference of a live record to one that is not here, in the order of kinds."""
    found: list[Awaited] = []
    connection = raw(session.connection())
    for entity, model in MODELS.items():
        table = str(model.__tablename__)
        for name, trait in traits_of(model).items():
            if trait.refers not in MODELS:
                continue
            statement = _statement(table, name, trait.refers, trait.strategy is Strategy.SET)
            found += [
                Awaited(trait.refers, UUID(target), entity, UUID(owner), trait.label)
                for owner, target in connection.execute(statement, (_NOBODY.hex,))
            ]
    return found


def _statement(table: str, name: str, refers: str, is_set: bool) -> str:
    target = str(MODELS[refers].__tablename__)
    value = "j.value" if is_set else f't."{name}"'
    source = f'"{table}" t, json_each(t."{name}") j' if is_set else f'"{table}" t'
    return (
        f"SELECT t.id, {value} FROM {source} WHERE t.life <> 'deleted' AND {value} IS NOT NULL"
        f' AND {value} <> ? AND NOT EXISTS (SELECT 1 FROM "{target}" r WHERE r.id = {value})'
        f" ORDER BY t.id, {value}"
    )
