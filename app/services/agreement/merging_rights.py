"""Who may merge what, and who sees more once it is merged.

Merging unites those who see the two records, so whoever merges must have a part in both. To
merge a body that an office speaks for changes what that office sees: the hub's business, since
the hub says in its roster which office speaks for whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection
from sqlmodel import Session

from app.errors import Refused
from app.journal import aliases
from app.journal.beneath import home
from app.journal.raw import raw
from app.services import agencies
from app.sync import families
from app.sync.circle import Circle
from app.text import collated


@dataclass(frozen=True)
class Rights:
    """An office in its circle: the bodies it speaks for, and all that any office speaks for."""

    mine: frozenset[bytes]
    spoken_for: frozenset[bytes]
    is_hub: bool


def rights_in(circle: Circle | None) -> Rights | None:
    """The rights of this office; None outside of any circle, where everything is its own."""
    if circle is None:
        return None
    spoken = {agency for member in circle.roster.members for agency in member.agencies}
    return Rights(frozenset(circle.me.agencies), frozenset(spoken), circle.me.is_hub)


def refuse_without_right(
    session: Session, kind: str, ends: Iterable[UUID], rights: Rights | None
) -> None:
    """Raise Refused unless this office may merge, or part, these records of *kind*."""
    if rights is None:
        return
    if kind == "agency":
        _refuse_spoken_for(session.connection(), ends, rights)
        return
    for end in ends:
        family, family_id = home(session.connection(), end.bytes) or (kind, end)
        if not _has_part(session.connection(), family, family_id.bytes, rights):
            raise Refused(
                why="Văn phòng này không tham gia một trong hai bản ghi nên không gộp được. "
                "Đề nghị văn phòng tham gia cả hai, hoặc văn phòng đầu mối, gộp giúp."
            )


def will_see_more(session: Session, kind: str, one: UUID, other: UUID) -> list[str]:
    """The bodies that will see, through merging, what they do not see now; in Vietnamese order."""
    connection = session.connection()
    if kind == "agency":
        seen = [_families_naming(connection, end) for end in (one, other)]
        more = {
            end for end, own in zip((one, other), seen, strict=True) if own != seen[0] | seen[1]
        }
    else:
        concerned = [_concerned(connection, kind, end) for end in (one, other)]
        more = {UUID(bytes=agency) for agency in concerned[0] ^ concerned[1]}
    names = agencies.full_names(session)
    shown = {UUID(bytes=aliases.resolve(connection, agency.bytes)) for agency in more}
    return sorted({names[agency] for agency in shown if agency in names}, key=collated)


def _families_naming(connection: Connection, agency: UUID) -> set[bytes]:
    """The families, of whatever kind, that name a body."""
    named = families.named_in(connection, ("regulation", "review", "review_input", "obligation"))
    return {family for family, bodies in named.items() if agency.bytes in bodies}


def _concerned(connection: Connection, kind: str, record: UUID) -> set[bytes]:
    family, family_id = home(connection, record.bytes) or (kind, record)
    return families.named_in(connection, (family,)).get(family_id.bytes, set())


def _refuse_spoken_for(connection: Connection, ends: Iterable[UUID], rights: Rights) -> None:
    members = aliases.load(connection).members()
    bodies = {end.bytes for end in ends}
    for together in members.values():
        bodies |= together if together & bodies else set()
    if bodies & rights.spoken_for and not rights.is_hub:
        raise Refused(
            why="Một trong hai cơ quan này có văn phòng trong nhóm đồng bộ; gộp hay tách sẽ đổi "
            "phạm vi của văn phòng đó. Đề nghị văn phòng đầu mối làm việc này."
        )


def _has_part(connection: Connection, family: str, family_id: bytes, rights: Rights) -> bool:
    if family in families.OPEN or (rights.is_hub and family in families.FOR_HUB):
        return True
    named = families.named_in(connection, (family,)).get(family_id, set())
    return bool(named & rights.mine) or _is_ours(connection, family_id)


def _is_ours(connection: Connection, family_id: bytes) -> bool:
    row = (
        raw(connection)
        .execute(
            "SELECT 1 FROM cset c JOIN replica r ON r.n = c.replica"
            " WHERE c.family_id = ? AND r.is_mine LIMIT 1",
            (family_id,),
        )
        .fetchone()
    )
    return row is not None
