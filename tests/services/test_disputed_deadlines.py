"""Deadlines on which offices disagree: the earliest counts until somebody decides."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.journal.change_set import Plain
from app.models.occurrence_row import OccurrenceRow, Standing
from app.services.agreement import conflicts, disputes
from app.services.agreement.conflicts import Choice, Conflict
from app.services.any_kind import records
from app.services.obligation import obligations, schedule
from app.services.obligation.deadlines import still_owed
from app.store.checking import check
from tests.sync.acts import swap
from tests.sync.circles import Desk

TODAY = date(2026, 11, 23)
REASON = "thống nhất qua điện thoại"


def found(desk: Desk) -> list[Conflict]:
    with desk.store.reading() as session:
        return [c for item in conflicts.listing(session) for c in item.conflicts]


def last_quarter(desk: Desk, obligation: UUID) -> OccurrenceRow:
    with desk.store.reading() as session:
        rows = schedule.occurrences(session, today=TODAY, obligations=[obligation])
    return next(row for row in rows if row.period == "2026-Q4")


def extend(desk: Desk, obligation: UUID, to: date) -> None:
    with desk.store.changing("Gia hạn") as session:
        obligations.extend(session, obligation, "2026-Q4", to=to, ground="Theo đề nghị")


def test_a_disputed_deadline_reminds_on_the_earliest_date(
    two: list[Desk], rule: UUID, obligation: UUID
) -> None:
    police, health = two
    extend(health, obligation, date(2026, 12, 22))
    extend(police, obligation, date(2026, 12, 25))
    swap(health, police, rounds=1)

    for desk in two:
        row = last_quarter(desk, obligation)
        assert (row.due_on, row.extended_to, row.due) == (
            date(2026, 12, 20), date(2026, 12, 22), date(2026, 12, 22),
        )  # fmt: skip


def test_once_decided_the_chosen_date_counts(two: list[Desk], rule: UUID, obligation: UUID) -> None:
    police, health = two
    extend(health, obligation, date(2026, 12, 22))
    extend(police, obligation, date(2026, 12, 25))
    police.take(health.send(police))
    (conflict,) = found(police)
    assert conflict.name == "Báo cáo kết quả phối hợp quý IV"
    disputes.settle(police.store, [Choice(conflict, 0)], REASON)

    assert last_quarter(police, obligation).due == date(2026, 12, 25)


def retime(desk: Desk, obligation: UUID, **values: Any) -> None:
    with desk.store.changing("Sửa thời hạn") as session:
        records.revise(session, "obligation", obligation, values)


def dues(desk: Desk, obligation: UUID) -> dict[str, date | None]:
    with desk.store.reading() as session:
        rows = schedule.occurrences(session, today=TODAY, obligations=[obligation])
    return {row.period: row.due for row in rows if row.due and row.due.year == 2026}


def test_rhythms_in_dispute_remind_on_the_earliest_date_of_each_period(
    two: list[Desk], rule: UUID, obligation: UUID
) -> None:
    police, health = two
    retime(health, obligation, recurrence="hằng quý, chậm nhất ngày 10 tháng cuối quý")
    retime(police, obligation, recurrence="hằng quý, chậm nhất ngày 25 tháng cuối quý")
    swap(health, police, rounds=1)

    for desk in two:
        assert dues(desk, obligation) == {"2026-Q4": date(2026, 12, 10)}
        row = last_quarter(desk, obligation)
        assert row.remind_on == date(2026, 12, 10)
        assert "ngày 10" in row.whole.rhythm_words
        assert "ngày 25" in row.whole.rhythm_words
        with desk.store.reading() as session:
            at = date(2026, 12, 11)
            assert schedule.overdue_count(session, today=at) == 1
            window = (date(2026, 12, 11), date(2026, 12, 31))
            rows = schedule.occurrences(
                session, today=TODAY, window=window, obligations=[obligation]
            )
            assert rows == []  # the later date of the same period is no second one


def test_a_period_that_only_one_of_the_disputed_rhythms_owes_is_owed(
    two: list[Desk], rule: UUID, obligation: UUID
) -> None:
    police, health = two
    retime(health, obligation, recurrence="hằng tháng, chậm nhất ngày 5 của tháng kế tiếp")
    retime(police, obligation, recurrence="theo yêu cầu của Ủy ban nhân dân tỉnh")
    swap(health, police, rounds=1)

    for desk in two:
        assert dues(desk, obligation) == {
            "2026-10": date(2026, 11, 5), "2026-11": date(2026, 12, 5),
        }  # fmt: skip


def test_an_instance_done_while_the_rhythm_is_disputed_keeps_the_date_that_counted(
    two: list[Desk], rule: UUID, obligation: UUID
) -> None:
    police, health = two
    retime(health, obligation, recurrence="hằng quý, chậm nhất ngày 10 tháng cuối quý")
    retime(police, obligation, starts_on=date(2026, 7, 1))
    retime(health, obligation, starts_on=date(2026, 9, 15))
    retime(police, obligation, recurrence="hằng quý, chậm nhất ngày 25 tháng cuối quý")
    police.take(health.send(police))
    with police.store.changing("Hoàn thành") as session:
        obligations.complete(session, obligation, "2026-Q4", on=date(2026, 12, 9))

    assert last_quarter(police, obligation).due == date(2026, 12, 10)
    # The earlier first day counts as well: the third quarter is owed.
    assert dues(police, obligation)["2026-Q3"] == date(2026, 9, 10)
    disputes.settle(police.store, [Choice(c, 0) for c in found(police)], REASON)
    assert last_quarter(police, obligation).state == "Hoàn thành đúng hạn"
    assert check(police.store).problems == []


def test_a_disputed_pause_lets_no_period_fall_silent_that_one_side_still_owes(
    two: list[Desk], rule: UUID, obligation: UUID
) -> None:
    police, health = two
    with health.store.changing("Tạm dừng") as session:
        obligations.pause(session, obligation, on=date(2026, 12, 25), ground="Theo đề nghị")
    with police.store.changing("Hủy") as session:
        obligations.stop(session, obligation, on=date(2026, 11, 15), ground="Hết việc")
    swap(health, police, rounds=1)

    for desk in two:
        assert dues(desk, obligation) == {"2026-Q4": date(2026, 12, 20)}
    (conflict,) = found(police)
    cancelled = next(n for n, side in enumerate(conflict.sides) if "hủy" in side.words.casefold())
    disputes.settle(police.store, [Choice(conflict, cancelled)], REASON)
    assert dues(police, obligation) == {}


def test_a_standing_told_in_part_counts_as_it_is_shown_active() -> None:
    told: dict[str, list[Plain]] = {"@standing": [{"standing_from": "2026-12-01"}]}
    paused = Standing("paused", date(2026, 11, 1), "Theo đề nghị")

    assert still_owed(paused, told) == Standing("active", date(2026, 12, 1), None)


def test_a_obligation_that_one_side_has_resumed_goes_on_while_it_is_disputed(
    two: list[Desk], rule: UUID, obligation: UUID
) -> None:
    police, health = two
    with police.store.changing("Tạm dừng") as session:
        obligations.pause(session, obligation, on=date(2026, 11, 1), ground="Theo đề nghị")
    health.take(police.send(health))
    with health.store.changing("Tiếp tục") as session:
        obligations.resume(session, obligation, on=date(2026, 11, 20))
    with police.store.changing("Hủy") as session:
        obligations.stop(session, obligation, on=date(2026, 11, 15), ground="Hết việc")
    swap(health, police, rounds=1)

    for desk in two:
        assert dues(desk, obligation) == {"2026-Q4": date(2026, 12, 20)}
