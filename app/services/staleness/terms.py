"""Terms that have passed or are passing: the regulation's own, and that of its reviews."""

from __future__ import annotations

from collections.abc import Iterator

from app.models.recurrence.periods import counted_from
from app.services.staleness.facts import Facts
from app.services.staleness.reason import Reason
from app.text import date_words

_PASSING = 6
"""Months ahead in which the end of a term is announced: time enough to sum up and sign anew."""


def ended_term(facts: Facts) -> Iterator[Reason]:
    """The regulation's term has passed, or passes within six months."""
    for regulation in facts.lapsed.values():
        yield Reason(
            regulation.id,
            "term",
            f"Thời hạn của quy chế đã hết ngày {date_words(regulation.expires_on)}.",
            "Tổng kết rồi ký quy chế mới, hoặc ghi đã kết thúc.",
            by=regulation.expires_on,
        )
    limit = counted_from(facts.today, "month", _PASSING)
    for regulation in facts.in_force.values():
        last = regulation.expires_on
        if last is not None and last <= limit:
            yield Reason(
                regulation.id,
                "term",
                f"Thời hạn của quy chế sẽ hết ngày {date_words(last)}, "
                f"còn {(last - facts.today).days} ngày.",
                "Tổng kết và quyết định gia hạn hay ký quy chế mới trước ngày này.",
                by=last,
            )


def overdue_review(facts: Facts) -> Iterator[Reason]:
    """No review was held for longer than the regulation's own interval."""
    for regulation in facts.in_force.values():
        if regulation.review_every is None:
            continue
        last = facts.last_review(regulation.id)
        since = (last and last.held_on) or regulation.effective_on or regulation.signed_on
        if since is None:
            continue
        due = counted_from(since, "month", regulation.review_every)
        if due >= facts.today:
            continue
        said = (
            f"Sơ kết gần nhất ngày {date_words(since)}"
            if last
            else f"Chưa sơ kết lần nào kể từ {date_words(since)}"
        )
        yield Reason(
            regulation.id,
            "review",
            f"{said}; chu kỳ {regulation.review_every} tháng đã quá từ {date_words(due)}.",
            "Mở đợt sơ kết cho quy chế này.",
            (("review", last.id),) if last else (),
            by=due,
        )
