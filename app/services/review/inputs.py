"""One body's report to a review: its receipt, its figures and its findings, kept together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from uuid import UUID

from sqlmodel import Session, col, or_

from app.errors import InvalidFields
from app.models import Finding, Regulation, ReviewFigure, ReviewInput
from app.models.handling import SECRECY, is_secret
from app.models.values import Value, Values
from app.services.any_kind import records
from app.services.review import reviews
from app.services.review.indicators import indicator_of
from app.services.review.order import enter_finding, revise_finding
from app.text import clean
from app.words import told

_READ_AS: Mapping[str, str] = {"gần": "nearly", "khoảng": "nearly", "trên": "over", "hơn": "over"}
_SAID_AS: Mapping[str, str] = {"nearly": "gần ", "over": "trên "}
RECEIPT = ("number", "received_on", "summary", "note")


@dataclass(frozen=True)
class FindingLine:
    """A finding as it stands in the body's report; without an id it is new."""

    id: UUID | None
    kind: str
    area: str
    text: str


@dataclass(frozen=True)
class BodyReport:
    """What a body reported. `figures` are the words of each value by indicator: "gần 36.720".

    `receipt` holds number, received_on, summary and note. An indicator may be given twice.
    """

    receipt: Values
    figures: Sequence[tuple[str, str]] = ()
    findings: Sequence[FindingLine] = ()
    regulation_id: UUID | None = None
    input_id: UUID | None = field(default=None, compare=False)


def report_of(
    session: Session, review_id: UUID, agency_id: UUID, input_id: UUID | None
) -> BodyReport:
    """What is in the register of a body's report; an empty one where it has sent none."""
    known = session.get(ReviewInput, input_id) if input_id else None
    return BodyReport(
        receipt={name: getattr(known, name, None) for name in RECEIPT},
        figures=[
            (indicator_of(f.indicator).key, value_words(f))
            for f in _figures(session, review_id, agency_id, input_id)
        ],
        findings=[
            FindingLine(f.id, f.kind, f.area, f.text)
            for f in _findings(session, review_id, agency_id, input_id)
        ],
        regulation_id=known.regulation_id if known else None,
        input_id=input_id,
    )


def record_report(
    session: Session, review_id: UUID, agency_id: UUID, report: BodyReport
) -> ReviewInput:
    """Keep *report* whole: what it no longer holds is withdrawn.

    Raises InvalidFields: a figure's sentence stands under `figure:KEY`, or `other_figures` where
    the catalogue does not have the indicator; those on findings under `findings`.
    """
    _refuse_secret_content(session, report)
    values = read_figures(report.figures)
    given = {**report.receipt, "regulation_id": report.regulation_id}
    found = reviews.receive(session, review_id, agency_id, given)
    _keep_figures(session, found, values)
    _keep_findings(session, found, report.findings)
    return found


def withdraw_report(session: Session, input_id: UUID) -> None:
    """Withdraw a report with its figures and findings."""
    for model in (ReviewFigure, Finding):
        held = records.live(session, model, col(model.input_id) == input_id)
        records.withdraw(session, model.ENTITY, [each.id for each in held])
    records.withdraw(session, "review_input", [input_id])


def value_words(figure: ReviewFigure) -> str:
    """A reported value as the office writes it: "gần 36.720", "61,475"."""
    try:
        whole, _, rest = f"{Decimal(figure.value):f}".partition(".")
    except InvalidOperation:
        return figure.value  # read in by an older hand; the clerk sees it and mends it
    shown = f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")
    return _SAID_AS.get(figure.qualifier, "") + shown


def read_value(words: str) -> tuple[str, str]:
    """A value and its qualifier from words such as "gần 36.720". Raises InvalidFields."""
    tidy = clean(words)
    first, _, rest = tidy.partition(" ")
    qualifier = _READ_AS.get(first.lower(), "")
    return reviews.canonical_number(rest if qualifier else tidy), qualifier or "exact"


def read_figures(given: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Indicator, value and qualifier of each figure; every unreadable one is named."""
    found: list[tuple[str, str, str]] = []
    problems: dict[str, str] = {}
    for words, value in given:
        indicator = indicator_of(words)
        if not clean(value):
            continue
        try:
            found.append((indicator.key, *read_value(value)))
        except InvalidFields as error:
            known = indicator.key != indicator.label
            name = f"figure:{indicator.key}" if known else "other_figures"
            said = error.problems["value"]
            problems[name] = said if known else f"{indicator.label}: {said}"
    if problems:
        raise InvalidFields(problems)
    return found


def _of(report: ReviewInput) -> dict[str, Value]:
    """What everything in a report says of it."""
    return {"review_id": report.review_id, "agency_id": report.agency_id, "input_id": report.id}


def _keep_figures(
    session: Session, report: ReviewInput, wanted: Sequence[tuple[str, str, str]]
) -> None:
    known: dict[str, list[ReviewFigure]] = defaultdict(list)
    for figure in _figures(session, report.review_id, report.agency_id, report.id):
        known[indicator_of(figure.indicator).key].append(figure)
    for indicator, value, qualifier in wanted:
        given = {"indicator": indicator, "value": value, "qualifier": qualifier}
        if known[indicator]:
            held = known[indicator].pop(0)
            records.revise(session, ReviewFigure, held.id, given)
        else:
            records.enter(session, ReviewFigure, {**_of(report), **given})
    left = [figure.id for figures in known.values() for figure in figures]
    records.withdraw(session, "review_figure", left)


def _keep_findings(session: Session, report: ReviewInput, wanted: Sequence[FindingLine]) -> None:
    known = {f.id for f in _findings(session, report.review_id, report.agency_id, report.id)}
    for line in wanted:
        given = {"kind": line.kind, "area": line.area, "text": line.text}
        try:
            if line.id in known and line.id is not None:
                revise_finding(session, line.id, given)
            else:
                enter_finding(
                    session, {**_of(report), "regulation_id": report.regulation_id, **given}
                )
        except InvalidFields as error:
            raise InvalidFields({"findings": " ".join(error.problems.values())}) from error
    records.withdraw(session, "finding", sorted(known - {line.id for line in wanted}))


def _figures(
    session: Session, review_id: UUID, agency_id: UUID, input_id: UUID | None
) -> list[ReviewFigure]:
    """The report's own, and those of the body that name no report."""
    own = or_(col(ReviewFigure.input_id) == input_id, col(ReviewFigure.input_id).is_(None))
    found = records.live(
        session,
        ReviewFigure,
        col(ReviewFigure.review_id) == review_id,
        col(ReviewFigure.agency_id) == agency_id,
        own,
    )
    return sorted(found, key=lambda f: f.id)


def _findings(
    session: Session, review_id: UUID, agency_id: UUID, input_id: UUID | None
) -> list[Finding]:
    return [
        finding
        for finding in reviews.findings_of(session, review_id)
        if finding.agency_id == agency_id and finding.input_id in (input_id, None)
    ]


def _refuse_secret_content(session: Session, report: BodyReport) -> None:
    if report.regulation_id is None:
        return
    regulation = records.get(session, Regulation, report.regulation_id)
    holds = report.receipt.get("summary") or report.figures or report.findings
    if is_secret(regulation.secrecy) and holds:
        level = told(SECRECY[regulation.secrecy])
        why = told(
            "{called} là văn bản {level}: chỉ ghi số báo cáo và ngày nhận; hãy xóa tóm "
            "tắt, số liệu và nội dung.",
            called=regulation.called(),
            level=level.lower(),
        )
        raise InvalidFields({"summary": why})
