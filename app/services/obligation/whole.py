"""Obligations read in bulk, with what their regulation does to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.journal.change_set import Plain
from app.models import DELETED, Obligation, Provision, Regulation, Review
from app.models.occurrence_row import Standing, WholeObligation
from app.models.recurrence import Recurrence
from app.models.recurrence.rhythm import Rhythm, Rivals
from app.services.any_kind import climbing, records
from app.services.obligation import deadlines
from app.services.obligation.deadlines import Rule
from app.services.regulation import regulations
from app.words import told

_ONE = timedelta(days=1)
_NEVER = date.min


def whole_obligations(
    session: Session, wanted: frozenset[UUID] | None = None
) -> Iterator[WholeObligation]:
    """Every live obligation, or those in *wanted*, but none of a withdrawn regulation."""
    holders = _holders(session)
    reviews = dict(session.exec(select(Review.id, Review.title)).all())
    cited = _articles(session)
    disputed = deadlines.disputed_rules(session)
    for record in session.exec(_statement(wanted)):
        holder = holders.get(record.regulation_id) if record.regulation_id else _NO_REGULATION
        if holder is None:
            continue
        number = holder.number or (reviews.get(record.review_id, "") if record.review_id else "")
        article = cited.get(record.provision_id, "") if record.provision_id else ""
        told = disputed.get(record.id, {})
        standing = deadlines.still_owed(
            Standing(record.standing, record.standing_from, record.standing_ground), told
        )
        rhythm = _rhythm(record, told, _last_day(standing, record.starts_on, holder))
        yield WholeObligation(
            record=record,
            standing=standing,
            number=number,
            source=", ".join(part for part in (article, number) if part),
            rhythm=rhythm,
            rhythm_words=_rhythm_words(rhythm),
            is_signed=holder.is_signed,
        )


@dataclass(frozen=True, slots=True)
class _Holder:
    """The regulation that an obligation comes from."""

    number: str
    is_signed: bool
    last_day: date | None


_NO_REGULATION = _Holder(number="", is_signed=True, last_day=None)


def last_day_in_force(regulation: Regulation, replaced_on: date | None) -> date | None:
    """The last day on which the regulation creates obligations; None while no end is known.

    The term's last day still belongs to it; the day of repeal or replacement does not.
    """
    days = [_day_before(day) for day in (replaced_on, regulation.ended_on) if day is not None]
    if regulation.expires_on is not None:
        days.append(regulation.expires_on)
    if regulation.standing in ("repealed", "ended") and not days:
        days.append(_NEVER)  # ended on a day nobody wrote down: nothing more is owed
    return min(days) if days else None


def _day_before(day: date) -> date:
    return _NEVER if day == _NEVER else day - _ONE


def _holders(session: Session) -> dict[UUID, _Holder]:
    known = records.live(session, Regulation)
    replaced = regulations.ended_on(session, known)
    return {
        regulation.id: _Holder(
            regulation.called(),
            regulation.standing != "draft",
            last_day_in_force(regulation, replaced.get(regulation.id)),
        )
        for regulation in known
    }


def _last_day(standing: Standing, starts_on: date, holder: _Holder) -> date | None:
    """The absolute end: the regulation's, or the day before the pause or cancellation."""
    if standing.standing == "active":
        return holder.last_day
    since = standing.standing_from or starts_on
    stopped: date = _day_before(since)
    return stopped if holder.last_day is None else min(stopped, holder.last_day)


def _articles(session: Session) -> dict[UUID, str]:
    """The article ("Điều 9") over every provision that an obligation names."""
    named = select(Obligation.provision_id).where(col(Obligation.provision_id).is_not(None))
    waiting = {found for found in session.exec(named) if found is not None}
    steps: dict[UUID, tuple[UUID | None, str, str]] = {}
    for _ in range(3):
        steps |= _steps(session, waiting)
        waiting = {up for up, kind, _ in steps.values() if up and kind in ("clause", "point")}
        waiting -= set(steps)
        if not waiting:
            break
    return {id_: _article_over(id_, steps) for id_ in steps}


def _steps(session: Session, ids: set[UUID]) -> dict[UUID, tuple[UUID | None, str, str]]:
    found = records.by_id(session, Provision, ids)
    return {id_: (p.parent_id, p.kind, p.called()) for id_, p in found.items()}


def _article_over(id_: UUID, steps: dict[UUID, tuple[UUID | None, str, str]]) -> str:
    for at in climbing.upward(id_, lambda below: steps[below][0] if below in steps else None):
        _, kind, words = steps.get(at, (None, "clause", ""))
        if kind not in ("clause", "point"):
            return words
    return ""


def _statement(wanted: frozenset[UUID] | None) -> SelectOfScalar[Obligation]:
    statement = select(Obligation).where(col(Obligation.life) != DELETED)
    return statement if wanted is None else statement.where(col(Obligation.id).in_(sorted(wanted)))


def _rhythm(
    record: Obligation, standing: Mapping[str, list[Plain]], last_day: date | None
) -> Rhythm | Rivals:
    """The rhythm of an obligation; all that stand where offices disagree on it."""
    shown = Rule(record.recurrence, record.starts_on, record.ends_on)
    if not standing:
        return Rhythm(shown.recurrence, shown.starts_on, shown.ends_on, last_day)
    return Rivals(
        tuple(
            Rhythm(each.recurrence, each.starts_on, each.ends_on, last_day)
            for each in deadlines.rivals(shown, standing)
        )
    )


def _rhythm_words(rhythm: Rhythm | Rivals) -> str:
    if isinstance(rhythm, Rhythm):
        return _words(rhythm.rule)
    return told(" hoặc ").join(dict.fromkeys(_words(each.rule) for each in rhythm.rhythms))


@lru_cache(maxsize=4096)
def _words(rule: Recurrence) -> str:
    return rule.words()
