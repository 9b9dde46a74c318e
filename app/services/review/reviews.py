"""Reviews: preparing one, collecting inputs, concluding, giving the tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from sqlmodel import Session, col

from app.errors import InvalidFields, Refused
from app.models import (
    Conclusion,
    Finding,
    Obligation,
    Party,
    Regulation,
    Review,
    ReviewFigure,
    ReviewInput,
)
from app.models.review import FINDING_KINDS, REVIEW_KINDS
from app.models.states import NOT_HERE, InputState
from app.models.values import Value, Values, said, several
from app.registers.review import ReviewRow
from app.services import agencies
from app.services.any_kind import records
from app.text import collated, nth_words, shortened, span_words
from app.words import kept, told


@dataclass(frozen=True)
class InputRow:
    """One report that a body has sent or owes; `id` is the report's, or the body's before it."""

    id: UUID
    agency_id: UUID
    agency: str
    input_id: UUID | None
    regulation: str  # its number, where the report is on one regulation alone
    number: str
    received_on: date | None
    due_on: date | None
    state: InputState


@dataclass(frozen=True)
class ConclusionRow:
    """A conclusion with the obligations it has given."""

    id: UUID
    ordinal: int
    words: str
    text: str
    lead: str
    deadline: str
    obligations: tuple[tuple[UUID, str], ...]


def rows(session: Session, *, mine: Iterable[UUID] = ()) -> list[ReviewRow]:
    """Every live review, the latest period first."""
    names = agencies.called(session)
    arrived = (item for item in records.live(session, ReviewInput) if item.received_on)
    received = Counter(review for review, _ in {(i.review_id, i.agency_id) for i in arrived})
    given = Counter(item.review_id for item in records.live(session, Conclusion))
    own = frozenset(mine)
    listed = [
        ReviewRow(
            id=review.id,
            title=review.title,
            kind=REVIEW_KINDS.get(review.kind, review.kind),
            period=period_words(review),
            period_from=review.period_from,
            period_to=review.period_to,
            held_on=review.held_on,
            host=names.get(review.host_id, told(NOT_HERE)),
            step=review.step,
            regulations=len(review.regulations),
            participants=len(review.participants),
            received=received.get(review.id, 0),
            conclusions=given.get(review.id, 0),
            is_mine=bool(own & {review.host_id, *review.participants}),
        )
        for review in records.live(session, Review)
    ]
    return sorted(listed, key=lambda row: row.period_to, reverse=True)


def period_words(review: Review) -> str:
    """The period as the office writes it."""
    return span_words(review.period_from, review.period_to)


def enter(session: Session, values: Values) -> Review:
    """Open a review; without participants, the parties of its regulations take part."""
    given: dict[str, Value] = dict(values)
    if not given.get("participants"):
        given["participants"] = parties_of(session, several(given, "regulations", UUID))
    return records.enter(session, Review, given)


def parties_of(session: Session, regulations: Sequence[UUID]) -> tuple[UUID, ...]:
    """The bodies bound by these regulations."""
    wanted = set(regulations)
    found = {p.agency_id for p in records.live(session, Party) if p.regulation_id in wanted}
    return tuple(sorted(found))


def covered(session: Session, review: Review) -> list[Regulation]:
    """The regulations that the review covers, the newest first."""
    found = [
        r for r in records.by_id(session, Regulation, review.regulations).values() if r.is_live
    ]
    return sorted(found, key=lambda r: r.signed_on or date.max, reverse=True)


def inputs_of(session: Session, review: Review, *, today: date) -> list[InputRow]:
    """The reports that bodies sent or still owe, those missing first.

    A body that reports on several regulations apart has a row for each.
    """
    names = agencies.full_names(session)
    sent: dict[UUID, list[ReviewInput]] = defaultdict(list)
    for item in records.live(session, ReviewInput, col(ReviewInput.review_id) == review.id):
        sent[item.agency_id].append(item)
    numbers = {
        r.id: r.called()
        for r in records.by_id(
            session,
            Regulation,
            (i.regulation_id for each in sent.values() for i in each if i.regulation_id),
        ).values()
    }
    found = [
        InputRow(
            id=item.id if item else agency_id,
            agency_id=agency_id,
            agency=names.get(agency_id, told(NOT_HERE)),
            input_id=item.id if item else None,
            regulation=numbers.get(item.regulation_id, "") if item and item.regulation_id else "",
            number=(item.number or "") if item else "",
            received_on=item.received_on if item else None,
            due_on=review.inputs_due_on,
            state=_input_state(item, review, today),
        )
        for agency_id in dict.fromkeys((*review.participants, *sent))
        for item in sent.get(agency_id) or (None,)
    ]
    return sorted(
        found, key=lambda row: (row.received_on is not None, collated(row.agency), row.regulation)
    )


def receive(session: Session, review_id: UUID, agency_id: UUID, values: Values) -> ReviewInput:
    """Note a body's report: entered the first time, revised afterwards."""
    regulation_id = said(values, "regulation_id", UUID)
    given = {**values, "review_id": review_id, "agency_id": agency_id}
    known = input_of(session, review_id, agency_id, regulation_id)
    if known is not None:
        return records.revise(session, ReviewInput, known.id, given)
    id_ = ReviewInput.id_for(review_id, agency_id, regulation_id)
    return records.enter(session, ReviewInput, given, id=id_)


def input_of(
    session: Session, review_id: UUID, agency_id: UUID, regulation_id: UUID | None
) -> ReviewInput | None:
    """The report that a body has sent on a regulation, or on all of them; None for none."""
    found = session.get(ReviewInput, ReviewInput.id_for(review_id, agency_id, regulation_id))
    return found if found is not None and found.is_live else None


def note_figure(session: Session, values: Values) -> ReviewFigure:
    """Enter a reported figure; `value` may be written the office's way (36.720; 61,475)."""
    given: dict[str, Value] = dict(values)
    raw = str(given.get("value", "")).strip()
    if raw:
        given["value"] = canonical_number(raw)
    return records.enter(session, ReviewFigure, given)


def canonical_number(text: str) -> str:
    """*text* as canonical decimal text. Dots part thousands, a comma parts decimals.

    Raises InvalidFields for what is not a number.
    """
    compact = text.replace("\u00a0", "").replace(" ", "").replace("\u2212", "-")
    if "," in compact or compact.count(".") > 1 or _is_thousands(compact):
        compact = compact.replace(".", "").replace(",", ".")
    try:
        number = Decimal(compact)
    except InvalidOperation as error:
        raise InvalidFields(
            {"value": told("“{text}” không phải số. Nhập như 36.720 hoặc 61,475.", text=text)}
        ) from error
    if not number.is_finite():
        raise InvalidFields(
            {"value": told("“{text}” không phải số. Nhập như 36.720 hoặc 61,475.", text=text)}
        )
    return f"{number.normalize():f}"


def findings_of(session: Session, review_id: UUID) -> list[Finding]:
    """The findings in the order of the report: by kind, then as entered."""
    order = {kind: place for place, kind in enumerate(FINDING_KINDS)}
    found = records.live(session, Finding, col(Finding.review_id) == review_id)
    return sorted(found, key=lambda f: (order.get(f.kind, 99), f.area, f.position, f.id))


def figures_of(session: Session, review_id: UUID) -> list[ReviewFigure]:
    """The figures that bodies reported."""
    return records.live(session, ReviewFigure, col(ReviewFigure.review_id) == review_id)


def sender_of(session: Session, figure_id: UUID) -> tuple[UUID, UUID | None]:
    """The body that reported a figure, and the report it came in. Raises NotFound."""
    figure = records.get(session, ReviewFigure, figure_id)
    return figure.agency_id, figure.input_id


def home_of(
    session: Session, record_id: UUID
) -> tuple[UUID, Finding | Conclusion | ReviewInput | ReviewFigure] | None:
    """The review that a report, figure, finding or conclusion belongs to, and the record."""
    for found in (
        session.get(Finding, record_id),
        session.get(Conclusion, record_id),
        session.get(ReviewInput, record_id),
        session.get(ReviewFigure, record_id),
    ):
        if found is not None and found.is_live:
            return found.review_id, found
    return None


def conclude(session: Session, review_id: UUID, values: Values) -> Conclusion:
    """Add a conclusion after the last one, unless *values* say where."""
    given = {**values, "review_id": review_id}
    if not given.get("ordinal"):
        known = records.live(session, Conclusion, col(Conclusion.review_id) == review_id)
        given["ordinal"] = max((c.ordinal for c in known), default=0) + 1
    return records.enter(session, Conclusion, given)


def conclusions_of(session: Session, review_id: UUID) -> list[ConclusionRow]:
    """The conclusions in order, with what each has given."""
    names = agencies.called(session)
    given: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for obligation in records.live(session, Obligation, col(Obligation.conclusion_id).is_not(None)):
        if obligation.conclusion_id is not None:
            given[obligation.conclusion_id].append((obligation.id, obligation.title))
    found = records.live(session, Conclusion, col(Conclusion.review_id) == review_id)
    last = max((c.ordinal for c in found), default=0)
    return [
        ConclusionRow(
            id=item.id,
            ordinal=item.ordinal,
            words=nth_words(item.ordinal, last),
            text=item.text,
            lead=names.get(item.lead_id, "") if item.lead_id else "",
            deadline=item.deadline or "",
            obligations=tuple(given.get(item.id, ())),
        )
        for item in sorted(found, key=lambda c: (c.ordinal, c.id))
    ]


def give_task(session: Session, conclusion_id: UUID, values: Values) -> Obligation:
    """Turn a conclusion into an obligation of the next period, linked to it both ways.

    *values* are an obligation's fields; title, lead, coordinating bodies and deadline come from
    the conclusion where they are not given. Raises Refused if no body leads.
    """
    conclusion = records.get(session, Conclusion, conclusion_id)
    review = records.get(session, Review, conclusion.review_id)
    given = {**task_draft(conclusion, review), **{k: v for k, v in values.items() if v is not None}}
    if not given.get("lead_id"):
        raise Refused(
            why="Kết luận này chưa có cơ quan chủ trì. Chọn cơ quan chủ trì rồi giao việc."
        )
    return records.enter(session, Obligation, given)


def task_draft(conclusion: Conclusion, review: Review) -> dict[str, Value]:
    """The obligation that a conclusion suggests, for the clerk to correct."""
    day = review.held_on or review.period_to
    first = conclusion.text.split(". ")[0].split("; ")[0]
    return {
        "title": shortened(first, 300),
        "review_id": review.id,
        "conclusion_id": conclusion.id,
        "lead_id": conclusion.lead_id,
        "coordinating": conclusion.coordinating,
        "recurrence": conclusion.deadline or kept("thường xuyên"),
        "starts_on": day,
        "quote": conclusion.text,
        "area": "reporting",
    }


def _input_state(item: ReviewInput | None, review: Review, today: date) -> InputState:
    if item is not None and item.received_on is not None:
        return InputState.RECEIVED
    if review.inputs_due_on is not None and review.inputs_due_on >= today:
        return InputState.IN_TIME
    return InputState.NOT_SENT


def _is_thousands(text: str) -> bool:
    whole, dot, tail = text.lstrip("-").partition(".")
    return bool(dot) and len(tail) == 3 and 0 < len(whole) <= 3 and whole != "0"
