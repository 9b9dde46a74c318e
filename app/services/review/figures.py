"""The figures of a review, each counted from records and carrying them as its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from sqlmodel import Session, col

from app.export.packet_content import STATE_WORDS, Figure, ReportedFigure, SourceRef
from app.export.wording import short_date
from app.models import Agency, Finding, Obligation, Review, ReviewFigure, ReviewInput
from app.models.occurrence_row import OccurrenceRow
from app.models.review import FINDING_KINDS
from app.models.states import NOT_HERE
from app.services import agencies
from app.services.any_kind import records
from app.services.review import exchanged, reviews
from app.services.review.exchanged import Exchanged, exchanged_in
from app.services.review.indicators import Indicator, indicator_of, place_of
from app.services.review.obligations import (
    REPORTED,
    Scope,
    due_in_period,
    previous_review,
    scope_of,
)
from app.text import collated
from app.words import told

_SELDOM = frozenset({"paused", "cancelled", "undated", "extended"}) | exchanged.KEYS
"""Left out of the report where there are none, and were none in the review before."""
COUNTED_FINDINGS = ("result", "shortcoming", "proposal")


@dataclass(frozen=True)
class ReviewFacts:
    """The records that a review's report speaks of, read once."""

    scope: Scope
    tasks: tuple[OccurrenceRow, ...]
    findings: tuple[Finding, ...]
    reported: tuple[ReviewFigure, ...]
    unreadable: tuple[ReviewFigure, ...]
    received: tuple[ReviewInput, ...]
    missing: tuple[UUID, ...]
    given: tuple[Obligation, ...]
    exchanged: Exchanged
    names: Mapping[UUID, str]
    called: Mapping[UUID, str]  # as short as a table cell asks

    @property
    def review(self) -> Review:
        """The review itself."""
        return self.scope.review


def read_facts(session: Session, review: Review, *, today: date) -> ReviewFacts:
    """Read everything that the report on *review* counts, nothing secret among it."""
    scope = scope_of(session, review)
    arrived = [
        item
        for item in records.live(session, ReviewInput, col(ReviewInput.review_id) == review.id)
        if item.received_on is not None and scope.allows(item.regulation_id)
    ]
    senders = {item.agency_id for item in arrived}
    hidden = _inputs_on_secret(session, scope)
    reported = [f for f in reviews.figures_of(session, review.id) if f.input_id not in hidden]
    tasks = tuple(due_in_period(session, scope, today=today))
    involved = {*review.participants, *senders, *(row.bodies.lead_id for row in tasks)}
    return ReviewFacts(
        scope=scope,
        tasks=tasks,
        findings=tuple(
            finding
            for finding in reviews.findings_of(session, review.id)
            if finding.in_report and scope.allows(finding.regulation_id)
        ),
        reported=tuple(figure for figure in reported if _is_number(figure.value)),
        unreadable=tuple(figure for figure in reported if not _is_number(figure.value)),
        received=tuple(arrived),
        missing=tuple(body for body in review.participants if body not in senders),
        given=tuple(records.live(session, Obligation, col(Obligation.review_id) == review.id)),
        exchanged=exchanged_in(session, scope, today=today),
        names=_distinct_names(session, involved),
        called=agencies.called(session),
    )


def figures_of(session: Session, facts: ReviewFacts, *, today: date) -> tuple[Figure, ...]:
    """Every figure of the report, compared with the review before where there is one."""
    before = previous_review(session, facts.review)
    known: Mapping[str, Figure] = {}
    if before is not None:
        earlier = read_facts(session, before, today=today)
        known = {figure.key: figure for figure in _figures(earlier)}
    compared = (
        replace(figure, previous=known[figure.key].value) if figure.key in known else figure
        for figure in _figures(facts)
    )
    return tuple(f for f in compared if f.value or f.previous or f.key not in _SELDOM)


def reported_rows(facts: ReviewFacts) -> tuple[ReportedFigure, ...]:
    """What the bodies reported, indicator by indicator."""
    numbers = {item.id: item.number or "" for item in facts.received}
    rows = []
    for item in _by_indicator(facts.reported):
        indicator = indicator_of(item.indicator)
        rows.append(
            ReportedFigure(
                id=str(item.id),
                indicator=indicator.label,
                unit=indicator.unit,
                agency=facts.names.get(item.agency_id, told(NOT_HERE)),
                value=Decimal(item.value),
                qualifier=item.qualifier,
                report=numbers.get(item.input_id, "") if item.input_id else "",
            )
        )
    return tuple(rows)


def indicator_key(indicator: Indicator) -> str:
    """The key of the figure that adds up *indicator*."""
    return f"indicator:{indicator.key}"


def area_keys(area: str) -> tuple[str, str]:
    """The keys of the two figures of a content area, by its words: due, and done."""
    return f"area_due:{area}", f"area_done:{area}"


def _figures(facts: ReviewFacts) -> list[Figure]:
    counted = [*_of_bodies(facts), *_of_tasks(facts), *facts.exchanged.figures()]
    return [*counted, *_of_findings(facts), *_of_reports(facts)]


def _of_bodies(facts: ReviewFacts) -> list[Figure]:
    review, names = facts.review, facts.names
    one_each = {item.agency_id: item for item in facts.received}
    return [
        _counted(
            "regulations",
            told("Văn bản phối hợp được đánh giá"),
            told("văn bản"),
            (
                SourceRef("regulation", str(r.id), f"{r.called()}: {r.abstract}")
                for r in facts.scope.regulations
            ),
        ),
        _counted(
            "bodies", told("Cơ quan tham gia"), told("cơ quan"), _bodies(review.participants, names)
        ),
        _counted(
            "inputs",
            told("Cơ quan đã gửi báo cáo"),
            told("cơ quan"),
            (
                SourceRef(
                    "review_input", str(i.id), f"{names.get(a, '')}: {i.number or ''}".strip(": ")
                )
                for a, i in one_each.items()
            ),
        ),
        _counted(
            "missing",
            told("Cơ quan chưa gửi báo cáo"),
            told("cơ quan"),
            _bodies(facts.missing, names),
        ),
    ]


def _of_tasks(facts: ReviewFacts) -> list[Figure]:
    tasks = facts.tasks
    by_state: dict[str, list[OccurrenceRow]] = {key: [] for key in STATE_WORDS}
    for row in tasks:
        by_state[REPORTED[row.state]].append(row)
    figures = [_of_rows("tasks", told("Nhiệm vụ trong kỳ"), tasks)]
    figures += [
        _of_rows(key, told("Nhiệm vụ: {words}", words=_within(words)), by_state[key])
        for key, words in STATE_WORDS.items()
    ]
    figures.append(
        _of_rows("extended", told("Nhiệm vụ được gia hạn"), [t for t in tasks if t.extended_to])
    )
    figures += _share(by_state["done_on_time"], tasks)
    for area in dict.fromkeys(row.whole.area for row in tasks):
        due, done = area_keys(area)
        mine = [row for row in tasks if row.whole.area == area]
        figures.append(_of_rows(due, told("Nhiệm vụ trong kỳ – {area}", area=told(area)), mine))
        finished = [row for row in mine if REPORTED[row.state].startswith("done")]
        figures.append(
            _of_rows(done, told("Nhiệm vụ đã hoàn thành – {area}", area=told(area)), finished)
        )
    return figures


def _share(done: Sequence[OccurrenceRow], tasks: Sequence[OccurrenceRow]) -> list[Figure]:
    if not tasks:
        return []
    return [
        Figure(
            key="share_on_time",
            label=told("Tỷ lệ hoàn thành đúng hạn"),
            value=(Decimal(len(done) * 100) / len(tasks)).quantize(Decimal("0.1")),
            unit="%",
            sources=tuple(map(_task_source, done)),
            how="ratio",
            note=told(
                "{done}/{all} nhiệm vụ trong kỳ hoàn thành đúng hạn.",
                done=len(done),
                all=len(tasks),
            ),
        )
    ]


def _of_findings(facts: ReviewFacts) -> list[Figure]:
    figures = [
        _counted(
            f"finding:{kind}",
            told("Nội dung {kind} được nêu", kind=told(FINDING_KINDS[kind]).lower()),
            told("nội dung"),
            (
                SourceRef("finding", str(f.id), f.text[:200])
                for f in facts.findings
                if f.kind == kind
            ),
        )
        for kind in COUNTED_FINDINGS
    ]
    given = (SourceRef("obligation", str(o.id), o.title) for o in facts.given)
    return [
        *figures,
        _counted("given", told("Nhiệm vụ giao theo kết luận hội nghị"), told("nhiệm vụ"), given),
    ]


def _of_reports(facts: ReviewFacts) -> list[Figure]:
    """What the bodies reported, added up; percentages stand in the annex alone."""
    groups: dict[Indicator, list[ReviewFigure]] = {}
    for item in _by_indicator(facts.reported):
        groups.setdefault(indicator_of(item.indicator), []).append(item)
    return [
        Figure(
            key=indicator_key(indicator),
            label=indicator.label,
            value=sum((Decimal(item.value) for item in items), Decimal(0)),
            unit=indicator.unit,
            qualifier=_weakest(item.qualifier for item in items),
            sources=tuple(
                SourceRef(
                    "review_figure", str(i.id), facts.names.get(i.agency_id, ""), Decimal(i.value)
                )
                for i in items
            ),
            how="summed",
        )
        for indicator, items in groups.items()
        if indicator.adds_up
    ]


def _by_indicator(reported: Iterable[ReviewFigure]) -> list[ReviewFigure]:
    def order(figure: ReviewFigure) -> tuple[object, ...]:
        indicator = indicator_of(figure.indicator)
        return place_of(indicator), collated(indicator.label), figure.agency_id, figure.id

    return sorted(reported, key=order)


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _weakest(qualifiers: Iterable[str]) -> str:
    """The qualifier of a sum: it is no more exact than its least exact part."""
    found = set(qualifiers)
    if "nearly" in found:
        return "nearly"
    return "over" if "over" in found else "exact"


def _distinct_names(session: Session, involved: Iterable[UUID]) -> Mapping[UUID, str]:
    """Full names; bodies of the report that bear one name are told apart by their years.

    After the reform a new body may bear the name of an old one (domain design, section 7).
    """
    names = agencies.full_names(session)
    bearers = Counter(names[id_] for id_ in set(involved) if id_ in names)
    alike = [id_ for id_ in set(involved) if bearers[names.get(id_, "")] > 1]
    for id_, agency in records.by_id(session, Agency, alike).items():
        if agency.valid_to:
            names[id_] += told(" (đến ngày {day})", day=short_date(agency.valid_to))
        elif agency.valid_from:
            names[id_] += told(" (từ ngày {day})", day=short_date(agency.valid_from))
    return names


def _inputs_on_secret(session: Session, scope: Scope) -> set[UUID | None]:
    conditions = col(ReviewInput.review_id) == scope.review.id
    found = records.live(session, ReviewInput, conditions)
    return {item.id for item in found if not scope.allows(item.regulation_id)}


def _of_rows(key: str, label: str, rows: Sequence[OccurrenceRow]) -> Figure:
    return _counted(key, label, told("nhiệm vụ"), map(_task_source, rows))


def _task_source(row: OccurrenceRow) -> SourceRef:
    state = STATE_WORDS[REPORTED[row.state]]  # as the report's own tables call it
    return SourceRef("occurrence", str(row.id), f"{row.subject} ({row.bodies.lead}): {state}")


def _bodies(ids: Iterable[UUID], names: Mapping[UUID, str]) -> Iterable[SourceRef]:
    return (SourceRef("agency", str(id_), names.get(id_, told(NOT_HERE))) for id_ in ids)


def _counted(key: str, label: str, unit: str, sources: Iterable[SourceRef]) -> Figure:
    listed = tuple(sources)
    return Figure(key, label, Decimal(len(listed)), unit, sources=listed)


def _within(words: str) -> str:
    """*words* as they stand within a line."""
    said = told(words)
    return f"{said[:1].lower()}{said[1:]}"
