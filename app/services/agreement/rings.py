"""A link upward that is not shown because it would close a ring: what stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from app.errors import Refused
from app.journal import log
from app.journal.beneath import Beneath
from app.journal.change_set import Plain, members_in
from app.journal.log import Placed
from app.journal.plain import layout_of
from app.journal.trees import is_upward, trees
from app.kinds import CARDS
from app.models import MODELS, Record
from app.services.any_kind.climbing import upward
from app.words import told


def newest(placed: Mapping[bytes, Placed]) -> Placed:
    """The op of several that a table shows."""
    return max(placed.values(), key=lambda item: (item.lamport, item.id))


def against(
    session: Session, record: Record, name: str, placed: Mapping[bytes, Placed]
) -> Placed | None:
    """The link that keeps *record* from standing where the newest of *placed* wants it.

    That one itself where it puts the record under itself; None where nothing stands against it.
    """
    if not placed or not is_upward(record.ENTITY, name):
        return None
    own = newest(placed)
    wanted = above_in(session, record, name, own.op.value)
    if wanted is None or getattr(record, trees()[record.ENTITY].column) is not None:
        return None
    if wanted == record.id:
        return own
    last = _last_before(session, record, wanted)
    if last is None:
        return None
    standing = Beneath(session.connection(), [last.id.bytes]).standing(last.id.bytes, name)
    return newest(log.ops_by_id(session.connection(), standing))


def left_blank(record: Record, name: str, value: Plain) -> Plain:
    """*value* of the field as it is when nothing stands above *record*."""
    column = trees()[record.ENTITY].column
    return {**members_in(value), column: None} if name != column else None


def make_way(session: Session, record: Record, name: str, value: Plain) -> None:
    """Free from *record* what a person's decision *value* puts above it.

    Raises Refused where *record* would stand above itself.
    """
    if not is_upward(record.ENTITY, name):
        return
    wanted = above_in(session, record, name, value)
    if wanted == record.id:
        above = CARDS[record.ENTITY].above
        raise Refused(why=told("{ring} Chọn lại.", ring=told(above.ring) if above else ""))
    last = _last_before(session, record, wanted) if wanted is not None else None
    if last is not None:
        setattr(last, trees()[record.ENTITY].column, None)
        session.add(last)
        session.flush()


def above_in(session: Session, record: Record, name: str, value: Plain) -> UUID | None:
    """The record that *value* puts above *record*, or the one shown in its stead."""
    layout, column = layout_of(record.ENTITY), trees()[record.ENTITY].column
    plain = members_in(value).get(column) if layout and name in layout.groups else value
    if not isinstance(plain, bytes):
        return None
    return UUID(bytes=Beneath(session.connection(), []).canonical.get(plain, plain))


def _last_before(session: Session, record: Record, wanted: UUID) -> Record | None:
    """What stands right under *record* on the way up from *wanted*; None if it is not met."""
    model, column = MODELS[record.ENTITY], trees()[record.ENTITY].column

    def above(id_: UUID) -> UUID | None:
        found = session.get(model, id_)
        over: UUID | None = getattr(found, column) if found is not None else None
        return over

    way = list(upward(wanted, above))
    if record.id not in way[1:]:
        return None
    return session.get(model, way[way.index(record.id) - 1])
