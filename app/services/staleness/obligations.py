"""Obligations nobody ever carried out, and what the last review left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from app.models.occurrence_row import OccurrenceRow
from app.models.occurrence_state import DONE, OccurrenceState
from app.services.staleness.facts import Facts
from app.services.staleness.reason import Reason
from app.text import date_words, listed
from app.words import told

_MISSED = 2
"""Times in a row that tell neglect from a single delay."""
_LONG = timedelta(days=180)


def never_carried_out(facts: Facts) -> Iterator[Reason]:
    """Some obligation fell due more than once, or long ago, and was never done."""
    for regulation_id in facts.in_force:
        obligations: dict[UUID, list[OccurrenceRow]] = defaultdict(list)
        for row in facts.rows.get(regulation_id, ()):
            obligations[row.obligation_id].append(row)
        missed = [rows for rows in obligations.values() if _is_neglected(rows)]
        if not missed:
            continue
        titles = sorted({rows[0].record.title for rows in missed})
        named = "; ".join(f"“{title}”" for title in titles[:3])
        more = told(" và {n} nghĩa vụ khác", n=len(titles) - 3) if len(titles) > 3 else ""
        yield Reason(
            regulation_id,
            "obligations",
            told(
                "{count} nghĩa vụ chưa lần nào được ghi thực hiện: {named}{more}.",
                count=len(missed),
                named=named,
                more=more,
            ),
            told("Ghi kết quả còn thiếu; nếu không còn phù hợp thì sửa hoặc hủy nghĩa vụ."),
            tuple(("obligation", rows[0].obligation_id) for rows in missed),
        )


def open_findings(facts: Facts) -> Iterator[Reason]:
    """Shortcomings and proposals of the last review, half a year old, and no amendment since."""
    for regulation_id in facts.in_force:
        last = facts.last_review(regulation_id)
        if last is None or last.held_on is None or last.held_on > facts.today - _LONG:
            continue
        if any(
            newer.signed_on is not None and newer.signed_on > last.held_on
            for link in facts.relations
            if link.older_id == regulation_id
            and (newer := facts.regulations.get(link.regulation_id)) is not None
        ):
            continue
        found = [
            finding
            for finding in facts.findings
            if finding.review_id == last.id and finding.regulation_id == regulation_id
        ]
        if found:
            kinds = [finding.kind for finding in found]
            said = _counted(kinds.count("shortcoming"), kinds.count("proposal"))
            yield Reason(
                regulation_id,
                "findings",
                told(
                    "Hội nghị ngày {held_on} nêu {said}; chưa có sửa đổi hay sơ kết nào sau đó.",
                    held_on=date_words(last.held_on),
                    said=said,
                ),
                told("Giải quyết từng nội dung, hoặc sơ kết lại."),
                (("review", last.id), *(("finding", finding.id) for finding in found)),
            )


def _is_neglected(rows: Sequence[OccurrenceRow]) -> bool:
    if any(row.state in DONE for row in rows):
        return False
    late = [
        row for row in rows if row.state == OccurrenceState.OVERDUE and row.days_left is not None
    ]
    return len(late) >= _MISSED or any(-(row.days_left or 0) >= _LONG.days for row in late)


def _counted(shortcomings: int, proposals: int) -> str:
    parts = []
    if shortcomings:
        parts.append(told("{shortcomings} tồn tại, hạn chế", shortcomings=shortcomings))
    if proposals:
        parts.append(told("{proposals} kiến nghị, đề xuất", proposals=proposals))
    return listed(parts, told(" và "))
