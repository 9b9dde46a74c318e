"""Terms that have passed or are passing: the regulation's own, and that of its reviews."""

from __future__ import annotations

from collections.abc import Iterator

from app.models.recurrence.periods import counted_from
from app.services.staleness.facts import Facts
from app.services.staleness.reason import Reason
from app.text import date_words
from app.words import told

_PASSING = 6
"""Months ahead in which the end of a term is announced: time enough to sum up and sign anew."""


def ended_term(facts: Facts) -> Iterator[Reason]:
    """The regulation's term has passed, or passes within six months."""
    for regulation in facts.lapsed.values():
        yield Reason(
            regulation.id,
            "term",
            told(
                "Thời hạn của quy chế đã hết ngày {expires_on}.",
                expires_on=date_words(regulation.expires_on),
            ),
            told("Tổng kết rồi ký quy chế mới, hoặc ghi đã kết thúc."),
            by=regulation.expires_on,
        )
    limit = counted_from(facts.today, "month", _PASSING)
    for regulation in facts.in_force.values():
        last = regulation.expires_on
        if last is not None and last <= limit:
            yield Reason(
                regulation.id,
                "term",
                told(
                    "Thời hạn của quy chế sẽ hết ngày {last}, còn {days} ngày.",
                    last=date_words(last),
                    days=(last - facts.today).days,
                ),
                told("Tổng kết và quyết định gia hạn hay ký quy chế mới trước ngày này."),
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
            told("Sơ kết gần nhất ngày {since}", since=date_words(since))
            if last
            else told("Chưa sơ kết lần nào kể từ {since}", since=date_words(since))
        )
        yield Reason(
            regulation.id,
            "review",
            told(
                "{said}; chu kỳ {review_every} tháng đã quá từ {due}.",
                said=said,
                review_every=regulation.review_every,
                due=date_words(due),
            ),
            told("Mở đợt sơ kết cho quy chế này."),
            (("review", last.id),) if last else (),
            by=due,
        )
