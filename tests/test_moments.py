"""Any day that can be typed is a moment, on every system."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

import pytest

from app import moments


class OnWindows(datetime):
    """The system's own functions as Windows has them: nothing before 1970, nothing far off."""

    def astimezone(self, tz: tzinfo | None = None) -> Any:
        if tz is None and not 1970 < self.year < 3000:
            raise OSError(22, "Invalid argument")
        return super().astimezone(tz)


@pytest.fixture(params=["here", "as on Windows"], autouse=True)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "as on Windows":
        monkeypatch.setattr(moments, "datetime", OnWindows)
        monkeypatch.setattr(moments, "_BEGAN", OnWindows(1970, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "day",
    [date(1, 1, 1), date(1960, 1, 1), date(1970, 1, 1), date(2026, 11, 30), date(9999, 12, 31)],
)
def test_every_day_of_the_calendar_has_an_end(day: date) -> None:
    end = moments.end_of(day)
    if date(1900, 1, 1) < day < date(9000, 1, 1):
        assert abs(moments.local(end).date() - day) <= timedelta(days=1)
        assert moments.local(end - 1).date() - day <= timedelta(days=1)
        assert moments.end_of(day - timedelta(days=1)) < end


@pytest.mark.parametrize("at", [-(10**18), -1, 0, 1_800_000_000_000, 253_402_300_799_999, 10**18])
def test_every_number_that_a_foreign_clock_may_write_is_a_moment(at: int) -> None:
    moment = moments.local(at)
    assert moment.tzinfo is not None
    assert len(f"{moment:%d/%m/%Y}") >= len("1/1/1")
    if abs(at) < 10**14:
        assert moments.milliseconds(moment) == at


def test_the_end_of_today_is_midnight_of_the_own_clock() -> None:
    end = moments.local(moments.end_of(date(2026, 11, 30)))
    assert (end.day, end.month, end.hour, end.minute) == (1, 12, 0, 0)
