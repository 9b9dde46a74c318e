"""The report's outline: its parts, what goes into each, and how full it is.

The parts are those of a review's report (domain design, section 5); the part on results is
divided by content of coordination, as far as the regulations or the findings speak of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col

from app.models import Finding, Obligation, Review
from app.models.obligation import CONTENT_AREAS
from app.models.recurrence import read_phrase
from app.models.states import PartState
from app.services.any_kind import records
from app.services.review import reviews
from app.words import marked, told

AREA = "results:"
"""How the key of a part on one content of coordination begins."""

FINDINGS_OF_PART: Mapping[str, tuple[str, ...]] = {
    "results": ("result",),
    "remarks": ("strength", "shortcoming", "objective_cause", "subjective_cause", "lesson"),
    "strength": ("strength",),
    "shortcoming": ("shortcoming",),
    "cause": ("objective_cause", "subjective_cause"),
    "lesson": ("lesson",),
    "direction": ("direction",),
    "proposal": ("proposal",),
}
"""The kinds of finding that each part of the outline gathers."""


@dataclass(frozen=True)
class SectionRow:
    """A part of the report's outline and whether anything stands in it."""

    id: str
    title: str
    depth: int
    state: PartState
    count: int


def kinds_of(part: str) -> tuple[str, ...]:
    """The kinds of finding that belong into *part*; none for a part that holds none."""
    return FINDINGS_OF_PART["results"] if part.startswith(AREA) else FINDINGS_OF_PART.get(part, ())


def area_of(part: str) -> str | None:
    """The content of coordination that *part* is about; None where it is about all."""
    return part.removeprefix(AREA) if part.startswith(AREA) else None


def part_of(finding: Finding) -> str:
    """The part of the outline where a finding stands."""
    if finding.kind == "result":
        return f"{AREA}{finding.area}"
    return next((part for part in _NARROW if finding.kind in FINDINGS_OF_PART[part]), "proposal")


def outline(session: Session, review: Review, *, today: date) -> list[SectionRow]:
    """The report's outline and how full each part is."""
    findings = [f for f in reviews.findings_of(session, review.id) if f.in_report]
    written = Counter(f.kind for f in findings)
    inputs = reviews.inputs_of(session, review, today=today)
    received = sum(row.received_on is not None for row in inputs)
    missing = received < len(inputs)
    return [
        _part("opening", told("Mở đầu: căn cứ, phạm vi"), 0, bool(review.opening)),
        _part(
            "situation",
            told("I. Đặc điểm tình hình, chỉ đạo, triển khai"),
            0,
            bool(review.situation),
        ),
        *_results(session, review, findings, lacks=missing),
        *_remarks(written),
        _part(
            "direction",
            told("IV. Phương hướng, nhiệm vụ"),
            0,
            written["direction"] + len(reviews.conclusions_of(session, review.id)),
        ),
        _part("proposal", told("V. Kiến nghị, đề xuất"), 0, written["proposal"]),
        _conclusions(session, review),
        _part(
            "figures",
            told("Phụ lục số liệu"),
            0,
            len(reviews.figures_of(session, review.id)),
            lacks=missing,
        ),
        _part("inputs", told("Báo cáo của cơ quan"), 0, received, lacks=missing),
    ]


def _results(
    session: Session, review: Review, findings: Iterable[Finding], *, lacks: bool
) -> list[SectionRow]:
    written = Counter(f.area for f in findings if f.kind == "result")
    asked = _areas_of_obligations(session, review)
    areas = [area for area in CONTENT_AREAS if area in written or area in asked]
    total = sum(written.values())
    short = lacks or not all(written[area] for area in areas)
    whole = _part("results", told("II. Kết quả theo nội dung phối hợp"), 0, total, lacks=short)
    return [whole, *(_of_area(place, area, written[area]) for place, area in enumerate(areas, 1))]


def _of_area(place: int, area: str, count: int) -> SectionRow:
    """Where nothing is told, the report still says how many were due: that is not empty."""
    state = PartState.FULL if count else PartState.LACKING
    return SectionRow(f"{AREA}{area}", f"{place}. {told(CONTENT_AREAS[area])}", 1, state, count)


def _areas_of_obligations(session: Session, review: Review) -> set[str]:
    """The contents that the covered regulations ask for; "other" asks for nothing by itself."""
    of_covered = col(Obligation.regulation_id).in_(review.regulations)
    return {obligation.area for obligation in records.live(session, Obligation, of_covered)} - {
        "other"
    }


def _remarks(written: Mapping[str, int]) -> list[SectionRow]:
    counts = {part: [written.get(kind, 0) for kind in FINDINGS_OF_PART[part]] for part in _REMARKS}
    whole = [count for part in counts.values() for count in part]
    rows = [_part("remarks", told("III. Nhận xét"), 0, sum(whole), lacks=not all(whole))]
    rows += [
        _part(part, told(title), 1, sum(counts[part]), lacks=not all(counts[part]))
        for part, title in _REMARKS.items()
    ]
    return rows


def _conclusions(session: Session, review: Review) -> SectionRow:
    """A conclusion with a day to keep is lacking until it has been given as a task."""
    found = reviews.conclusions_of(session, review.id)
    waiting = any(not item.obligations and _has_day(item.deadline) for item in found)
    return _part("conclusions", told("Kết luận hội nghị"), 0, len(found), lacks=waiting)


def _has_day(deadline: str) -> bool:
    return bool(deadline) and read_phrase(deadline).is_scheduled


def _part(part: str, title: str, depth: int, count: int, *, lacks: bool = False) -> SectionRow:
    written = PartState.LACKING if lacks else PartState.FULL
    state = written if count else PartState.EMPTY
    return SectionRow(part, title, depth, state, int(count))


_REMARKS = marked(
    {
        "strength": "1. Ưu điểm",
        "shortcoming": "2. Tồn tại, hạn chế",
        "cause": "3. Nguyên nhân khách quan, chủ quan",
        "lesson": "4. Bài học kinh nghiệm",
    }
)
_NARROW = (*_REMARKS, "direction", "proposal")
