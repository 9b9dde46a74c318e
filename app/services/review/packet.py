"""The review packet: everything a review's papers say, gathered from the records.

`gather` reads, `write` gathers and writes the folder. Both only read the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from app import __version__
from app.export.layout import LAYOUTS, STATE
from app.export.packet import PacketResult, write_packet
from app.export.packet_content import (
    About,
    AgencyPart,
    ConclusionRow,
    FindingRow,
    InputRow,
    Letterhead,
    PacketContent,
    RegulationRow,
    Signature,
    TaskRow,
)
from app.models import Agency, Conclusion, Party, Review
from app.models.obligation import CONTENT_AREAS
from app.models.occurrence_row import OccurrenceRow
from app.models.review import FINDING_KINDS, FINDING_ORIGINS, REVIEW_KINDS
from app.models.states import NOT_HERE
from app.progress import Progress, quiet
from app.services import agencies
from app.services.agreement import marks
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.review import packets_written, reviews
from app.services.review.figures import ReviewFacts, figures_of, read_facts, reported_rows
from app.services.review.obligations import REPORTED
from app.services.review.report import ReportWriter
from app.text import capitalized, collated
from app.words import in_vietnamese, marked, told

_CONFERENCE = "Hội nghị "


def write(
    session: Session,
    review_id: UUID,
    out_dir: Path,
    *,
    kept: Path | None = None,
    today: date,
    at: datetime,
    office: str = "",
    layout: str = STATE.key,
    progress: Progress = quiet,
) -> PacketResult:
    """Write the packet of a review into a new folder of *out_dir*.

    *office* is the name of the office that writes; without it, the review's host. *layout*
    is a key of `app.export.layout.LAYOUTS`. *kept* is the office's folder of what its packets
    say, for programs. Raises NotFound, and what `write_packet` raises.
    """
    content = gather(session, review_id, today=today, at=at, office=office)
    return write_packet(content, out_dir, LAYOUTS[layout], progress, kept=kept)


def gather(
    session: Session, review_id: UUID, *, today: date, at: datetime, office: str = ""
) -> PacketContent:
    """Everything that the packet prints. Raises NotFound if the review has gone."""
    review = records.get(session, Review, review_id)
    with in_vietnamese():
        facts = read_facts(session, review, today=today)
        report, content = _printed(session, facts, today, at, office)
    warnings = (*_gaps(review, facts), *_disputed(session, facts), *report.warnings)
    return replace(content, warnings=warnings)


def _printed(
    session: Session, facts: ReviewFacts, today: date, at: datetime, office: str
) -> tuple[ReportWriter, PacketContent]:
    review = facts.review
    figures = figures_of(session, facts, today=today)
    concluded = reviews.conclusions_of(session, review.id)
    report = ReportWriter(facts, {figure.key: figure for figure in figures}, concluded)
    host = session.get(Agency, review.host_id)
    letterhead = _letterhead(session, review, host)
    basis, opening, sections = report.basis(), report.opening(), report.sections()
    content = PacketContent(
        title=review.title,
        occasion=REVIEW_KINDS.get(review.kind, "Hội nghị"),
        kind_name="Báo cáo",
        abstract=_abstract(review.title),
        letterhead=letterhead,
        addressees=(letterhead.superior,) if letterhead.superior else (),
        basis=basis,
        opening=opening,
        sections=sections,
        signature=_signature(review),
        recipients=tuple(line for line in (review.recipients or "").split("\n") if line),
        figures=figures,
        agencies=_agencies(session, facts),
        reported=reported_rows(facts),
        regulations=_regulations(session, facts, today),
        inputs=_inputs(facts),
        findings=_findings(facts),
        conclusions=_conclusions(session, concluded),
        about=About(
            packet_id=packets_written.packet_id(review.id, at),
            period_from=review.period_from,
            period_to=review.period_to,
            data_until=today,
            written_at=at,
            written_by=office or letterhead.issuer,
            program=f"Phối Hợp {__version__}",
        ),
    )
    return report, content


def _letterhead(session: Session, review: Review, host: Agency | None) -> Letterhead:
    """The host under the name it bore when it wrote, and the body above it."""
    day = review.report_on or review.held_on or review.period_to
    above = host.superior_id if host else None
    return Letterhead(
        superior=agencies.name_on(session, above, day) if above else "",
        issuer=agencies.name_on(session, review.host_id, day),
        number=review.report_number or "",
        place=review.place or (host.place if host else None) or "",
        dated=review.report_on,
    )


def _abstract(title: str) -> str:
    """The report's abstract: the review's title without the word for review."""
    if not title.startswith(_CONFERENCE):
        return title
    rest = title.removeprefix(_CONFERENCE)
    return capitalized(rest)


def _signature(review: Review) -> Signature:
    lines = (review.signer_authority or "").split(";")
    return Signature(
        authority=tuple(line.strip() for line in lines if line.strip()),
        position=review.signer_position or "",
    )


def _agencies(session: Session, facts: ReviewFacts) -> tuple[AgencyPart, ...]:
    """The bodies taking part and those that lead an obligation, in Vietnamese order."""
    led: dict[UUID, list[OccurrenceRow]] = defaultdict(list)
    for row in facts.tasks:
        led[row.bodies.lead_id].append(row)
    short = agencies.called(session)
    bodies = dict.fromkeys((*facts.review.participants, *led))
    parts = [
        AgencyPart(
            id=str(body),
            name=facts.names.get(body, NOT_HERE),
            short_name=short.get(body, NOT_HERE),
            rows=tuple(_task(row) for row in led[body]),
        )
        for body in bodies
    ]
    return tuple(sorted(parts, key=lambda part: collated(part.name)))


def _task(row: OccurrenceRow) -> TaskRow:
    done = [part.rstrip(" .;") for part in (row.written.result, row.written.evidence) if part]
    return TaskRow(row, result="; ".join(done), state=REPORTED[row.state])


def _regulations(session: Session, facts: ReviewFacts, today: date) -> tuple[RegulationRow, ...]:
    parties: dict[UUID, list[str]] = defaultdict(list)
    for party in records.live(session, Party):
        name = party.name_as_signed or facts.names.get(party.agency_id, NOT_HERE)
        parties[party.regulation_id].append(name)
    states = {row.id: row.state for row in regulations.rows(session, today=today)}
    return tuple(
        RegulationRow(
            id=str(r.id),
            number=r.called(),
            signed_on=r.signed_on,
            abstract=r.abstract,
            parties="; ".join(dict.fromkeys(parties[r.id])),
            standing=states.get(r.id, ""),
        )
        for r in facts.scope.regulations
    )


def _inputs(facts: ReviewFacts) -> tuple[InputRow, ...]:
    """Every body taking part, those whose report is missing first; nothing on a secret text."""
    sent = {item.agency_id: item for item in facts.received}
    rows = []
    for body in dict.fromkeys((*facts.missing, *facts.review.participants, *sent)):
        item = sent.get(body)
        rows.append(
            InputRow(
                agency=facts.names.get(body, NOT_HERE),
                number=(item.number or "") if item else "",
                received_on=item.received_on if item else None,
                is_received=item is not None,
                summary=(item.summary or "") if item else "",
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.is_received, collated(row.agency))))


def _findings(facts: ReviewFacts) -> tuple[FindingRow, ...]:
    rows = [
        FindingRow(
            agency=facts.names.get(f.agency_id, "") if f.agency_id else "",
            kind=FINDING_KINDS.get(f.kind, f.kind),
            area=CONTENT_AREAS.get(f.area, f.area),
            text=f.text,
            origin=FINDING_ORIGINS.get(f.origin, f.origin),
        )
        for f in facts.findings
    ]
    return tuple(sorted(rows, key=lambda row: collated(row.agency)))


def _conclusions(
    session: Session, concluded: Sequence[reviews.ConclusionRow]
) -> tuple[ConclusionRow, ...]:
    short: Mapping[UUID, str] = agencies.called(session)
    known = records.by_id(session, Conclusion, (item.id for item in concluded))
    return tuple(
        ConclusionRow(
            ordinal=item.ordinal,
            text=item.text,
            lead=item.lead,
            coordinating=", ".join(short.get(body, "") for body in known[item.id].coordinating),
            deadline=item.deadline,
            obligations=tuple(title for _, title in item.obligations),
        )
        for item in concluded
    )


def _disputed(session: Session, facts: ReviewFacts) -> tuple[str, ...]:
    """Records the papers use on which offices still disagree."""
    used = [("review", facts.review.id)]
    used += [("regulation", regulation.id) for regulation in facts.scope.regulations]
    used += [("review_input", item.id) for item in facts.received]
    used += [("obligation", row.obligation_id) for row in facts.tasks]
    used += [("occurrence", row.id) for row in facts.tasks]
    found = marks.warning(session, used)
    return (found,) if found else ()


def _gaps(review: Review, facts: ReviewFacts) -> tuple[str, ...]:
    """What the clerk will want to fill in before the report is signed."""
    asked = (
        (review.report_number, marked("Chưa có số báo cáo; chỗ ghi số để trống.")),
        (review.report_on, marked("Chưa có ngày báo cáo; ngày, tháng để trống.")),
        (review.signer_position, marked("Chưa ghi chức vụ người ký.")),
        (review.recipients, marked("Chưa ghi nơi nhận.")),
    )
    gaps = [told(sentence) for value, sentence in asked if not value]
    secret = facts.scope.secret.intersection(review.regulations)
    if secret:
        gaps.append(told("{count} văn bản mật không đưa vào bộ tài liệu.", count=len(secret)))
    gaps += [
        told(
            "Số liệu “{value}” của {agency} không đọc được thành số nên chưa cộng; hãy nhập lại.",
            value=f.value,
            agency=facts.names.get(f.agency_id, told("một cơ quan")),
        )
        for f in facts.unreadable
    ]
    return tuple(gaps)
