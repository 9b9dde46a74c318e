"""Conditions a clerk puts on a list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.json_tree import Json
from app.registers.condition import (
    Condition,
    Period,
    Span,
    condition_from,
    keeps,
    words_present,
)
from app.registers.register import Facet

STATE: Facet[dict[str, Any]] = Facet("state", "Tình trạng", lambda row: row["state"])
DUE: Facet[dict[str, Any]] = Facet("due", "Hạn", lambda row: row["due"], is_period=True)
TODAY = date(2026, 11, 23)
MOVING = [Span.MONTH, Span.QUARTER, Span.YEAR, Span.SOON]


def row(*states: str, due: date | None = None) -> dict[str, Any]:
    return {"state": states, "due": due}


def test_one_of_the_words_is_enough() -> None:
    test = keeps(STATE, Condition("state", ("Quá hạn", "Trong hạn")), TODAY)

    assert test(row("Quá hạn"))
    assert test(row("Sở Y tế", "Trong hạn"))
    assert not test(row("Hoàn thành"))
    assert not test(row())


@pytest.mark.parametrize(
    ("span", "first", "last", "words"),
    [
        (Span.MONTH, date(2026, 11, 1), date(2026, 11, 30), "tháng 11/2026"),
        (Span.QUARTER, date(2026, 10, 1), date(2026, 12, 31), "quý IV/2026"),
        (Span.YEAR, date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        (Span.SOON, date(2026, 11, 23), date(2026, 12, 23), "30 ngày tới"),
    ],
)
def test_a_period_moves_with_today(span: Span, first: date, last: date, words: str) -> None:
    assert Period(span).bounds(TODAY) == (first, last)
    assert Period(span).words(TODAY) == words


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(MOVING[:3]))
def test_today_lies_within_its_own_period_and_the_day_after_the_end_does_not(
    today: date, span: Span
) -> None:
    test = keeps(DUE, Condition("due", period=Period(span)), today)
    _, last = Period(span).bounds(today)

    assert test(row(due=today))
    assert last is not None
    assert test(row(due=last))
    assert not test(row(due=last + timedelta(days=1)))


def test_an_open_end_takes_everything_on_that_side() -> None:
    since = keeps(DUE, Condition("due", period=Period(Span.CUSTOM, date(1997, 1, 1))), TODAY)

    assert since(row(due=date(2090, 1, 1)))
    assert not since(row(due=date(1996, 12, 31)))
    assert not since(row(due=None))
    assert Period(Span.CUSTOM, date(1997, 1, 1)).words(TODAY) == "từ 01/01/1997"


def test_no_date_at_all_can_be_asked_for() -> None:
    test = keeps(DUE, Condition("due", period=Period(Span.NONE)), TODAY)

    assert test(row(due=None))
    assert not test(row(due=TODAY))


def test_a_chip_says_what_it_asks() -> None:
    assert Condition("state", ("Quá hạn",)).said(STATE, TODAY) == "Tình trạng: Quá hạn"
    several = Condition("state", ("A", "B", "C"))
    assert several.said(STATE, TODAY) == "Tình trạng: A và 2 giá trị khác"
    period = Condition("due", period=Period(Span.QUARTER))
    assert period.said(DUE, TODAY) == "Hạn: quý IV/2026"


@given(
    st.one_of(
        st.builds(lambda w: Condition("state", tuple(w)), st.lists(st.text(), min_size=1)),
        st.builds(lambda s: Condition("due", period=Period(s)), st.sampled_from(MOVING)),
        st.builds(
            lambda a, b: Condition("due", period=Period(Span.CUSTOM, a, b)), st.dates(), st.dates()
        ),
    )
)
def test_a_condition_survives_being_stored(condition: Condition) -> None:
    assert condition_from(condition.facet, condition.as_json()) == condition


@pytest.mark.parametrize("given", [7, {"period": "fortnight"}, [1, 2], None])
def test_what_is_no_condition_is_refused(given: Json) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any ValueError says it
        condition_from("state", given)


def test_the_words_offered_are_those_that_occur_in_vietnamese_order() -> None:
    rows = [row("Sở Y tế"), row("Ăn"), row("Đà Nẵng", "Sở Y tế"), row("")]

    assert words_present(STATE, rows) == [("Ăn", 1), ("Đà Nẵng", 1), ("Sở Y tế", 2)]
