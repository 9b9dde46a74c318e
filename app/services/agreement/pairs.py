"""Records that may be one, or have been made one, as the room Đồng bộ lists them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.kinds import word_of
from app.models import Provision
from app.models.states import PairState
from app.models.values import Values
from app.registers.duplicate import PairRow
from app.services.agreement import duplicates, merging
from app.services.agreement.merging import Chosen, Line
from app.services.agreement.merging_rights import rights_in, will_see_more
from app.store import Store
from app.sync.own_circle import circle_of
from app.words import kept

TEXT = "@text"
"""The name of the choice whose provisions stay when two regulations are merged."""


@dataclass(frozen=True)
class Comparison:
    """Two records side by side. `more` are the bodies that will see more once they are one."""

    row: PairRow
    lines: tuple[Line, ...]
    more: tuple[str, ...]
    texts: tuple[int, int] = (0, 0)  # how many provisions each has

    @property
    def alike(self) -> list[Line]:
        """The fields in which they agree and say something."""
        return [line for line in self.lines if not line.differs and line.one]


@dataclass(frozen=True)
class Wanted:
    """What the clerk chose: values by field, and whose provisions stay."""

    values: Values = field(default_factory=dict)
    text_of: UUID | None = None


def rows(session: Session) -> list[PairRow]:
    """Every pair that waits, the surest first, then those that are merged."""
    found = [
        PairRow(
            id=f"{pair.one.hex}{pair.other.hex}",
            kind=pair.kind,
            kind_words=word_of(pair.kind),
            one=pair.one,
            other=pair.other,
            one_name=pair.one_name,
            other_name=pair.other_name,
            why=pair.why,
            state=PairState.SURE if pair.is_strong else PairState.LIKELY,
        )
        for pair in duplicates.suspects(session)
    ]
    found += [
        PairRow(
            id=f"{pair.shown.hex}{pair.record.hex}",
            kind=pair.kind,
            kind_words=word_of(pair.kind),
            one=pair.shown,
            other=pair.record,
            one_name=pair.name,
            other_name="",
            why="",
            state=PairState.MERGED,
        )
        for pair in merging.all_merged(session)
    ]
    return found


def compare(session: Session, row: PairRow) -> Comparison:
    """Both records, field by field. Raises NotFound or Refused."""
    texts = (0, 0)
    if row.kind == "regulation":
        texts = _provisions(session, row.one), _provisions(session, row.other)
    return Comparison(
        row,
        tuple(merging.side_by_side(session, row.kind, row.one, row.other)),
        tuple(will_see_more(session, row.kind, row.one, row.other)),
        texts,
    )


def merge(store: Store, row: PairRow, wanted: Wanted, reason: str) -> UUID:
    """Make the two one; returns the id under which it is shown. Raises what merging raises."""
    rights = rights_in(circle_of(store))
    label = kept("Gộp {kind} {name}", kind=row.kind_words.lower(), name=row.one_name)
    with store.changing(label) as session:
        return merging.merge(
            session,
            row.kind,
            row.one,
            row.other,
            chosen=Chosen(wanted.values, wanted.text_of),
            reason=reason,
            rights=rights,
        )


def keep_apart(store: Store, row: PairRow, reason: str = "") -> None:
    """Say that the two are not one, so that nobody asks again."""
    with store.changing(
        kept("Ghi {one} và {other} là hai bản ghi", one=row.one_name, other=row.other_name)
    ) as session:
        merging.keep_apart(session, row.kind, row.one, row.other, reason=reason)


def part(store: Store, row: PairRow, reason: str = "") -> None:
    """Give both records back."""
    rights = rights_in(circle_of(store))
    with store.changing(
        kept("Tách {kind} {name}", kind=row.kind_words.lower(), name=row.one_name)
    ) as session:
        merging.unmerge(session, row.other, reason=reason, rights=rights)


def _provisions(session: Session, regulation: UUID) -> int:
    statement = select(func.count()).where(
        col(Provision.regulation_id) == regulation, col(Provision.life) != "deleted"
    )
    return int(session.exec(statement).one())
