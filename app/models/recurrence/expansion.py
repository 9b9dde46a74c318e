"""Dates from a rule: the dues of a stretch of time, and the due that an event sets off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.recurrence import data_window as windows
from app.models.recurrence.day_rule import LAST_DAY, DayRule
from app.models.recurrence.periods import (
    Grid,
    Period,
    counted_from,
    cycle_key,
    day_in_month,
    grid_of,
    number_of,
    period_of,
)
from app.models.recurrence.rule import MONTHS, Kind, Recurrence
from app.models.working_days import WorkingDays
from app.text import date_words

MOST = 5_000
"""A call stops at the end of the day that reaches this many dues, the earliest ones; ask again
from the day after for the rest."""
_FIRST, _LAST = date(1900, 1, 1), date(2190, 12, 31)  # beyond this a window is a slip
_ENOUGH = 2 * MOST  # periods may overlap by a year, so go on a while before sorting
_ONE = timedelta(days=1)
_HOURS_IN = {"hour": 24, "working_hour": 8}

Window = tuple[date, date]


@dataclass(slots=True, frozen=True)
class Due:
    """One time an obligation falls due.

    `period` is stable and names the occurrence in every office; `label` is for people. `due_on`
    is the legal date even on a day off; `remind_on` is then the working day before it. `opens_on`
    is the first day on which to act, where the rule says one. `is_guess`: the year's holidays
    are not announced, so what hangs on working days may move.
    """

    period: str
    label: str
    due_on: date
    remind_on: date
    data_from: date | None = None
    data_to: date | None = None
    is_guess: bool = False
    opens_on: date | None = None


def expand(
    rule: Recurrence,
    *,
    starts_on: date,
    ends_on: date | None,
    window: Window,
    calendar: WorkingDays,
) -> list[Due]:
    """The dues of *rule* that fall within *window* (both days included), in order.

    An obligation from *starts_on* to *ends_on* owes each period that it overlaps, unless the due
    comes before it began, or after it ended while the period was still running: the report on the
    last quarter is owed after the quarter. Rules that wait for an event give none here.
    """
    lo, hi = max(window[0], _FIRST), min(window[1], _LAST)
    if lo > hi:
        return []
    life = _Life(starts_on, ends_on, lo, hi)
    found = sorted(_dues(rule, life, calendar), key=lambda due: (due.due_on, due.period))
    if len(found) <= MOST:
        return found
    last_day = found[MOST - 1].due_on
    return [due for due in found if due.due_on <= last_day]


def due_after_event(rule: Recurrence, event_on: date, calendar: WorkingDays) -> Due:
    """The due that an event on *event_on* sets off; the day itself is not counted.

    For "n days before" an event it is the last day to act. Hours become whole days, the rest is
    dropped: 24 hours are a day, 8 working hours a working day, 2 hours the same day. Raises
    ValueError for a rule that knows no event.
    """
    if not rule.needs_event:
        raise ValueError("Quy tắc này không tính hạn từ một sự việc.")
    sign = 1 if rule.kind is Kind.AFTER else -1
    count, unit = rule.count, rule.unit
    if unit in _HOURS_IN:
        count //= _HOURS_IN[unit]
    working = unit.startswith("working")
    if working:
        due_on = calendar.add(event_on, sign * count)
    else:
        due_on = counted_from(event_on, "day" if unit == "hour" else unit, sign * count)
    guess = _is_guess(due_on, calendar) or (working and _is_guess(event_on, calendar))
    period, label = f"event:{event_on.isoformat()}", f"sự việc ngày {date_words(event_on)}"
    return Due(period, label, due_on, calendar.on_or_before(due_on), is_guess=guess)


@dataclass(frozen=True, slots=True)
class _Life:
    """When the obligation lives, and what part of it is asked for."""

    starts_on: date
    ends_on: date | None
    lo: date
    hi: date

    def asks(self, due_on: date, first: date, last: date) -> bool:
        """Whether a due for the period from *first* to *last* belongs to the answer."""
        if not self.lo <= due_on <= self.hi or due_on < self.starts_on or last < self.starts_on:
            return False
        ends_on = self.ends_on
        return ends_on is None or due_on <= ends_on or (first <= ends_on and last <= ends_on)


def _dues(rule: Recurrence, life: _Life, calendar: WorkingDays) -> Iterator[Due]:
    if rule.kind is Kind.ONCE:
        yield from _single(rule, life, calendar)
    elif rule.kind is Kind.SEVERAL:
        for part in rule.parts:
            yield from _dues(part, life, calendar)
    elif rule.kind is Kind.EVERY and rule.since:
        yield from _cycles(rule, life, calendar)
    elif rule.kind is Kind.EVERY:
        yield from _periods(rule, life, calendar)


def _single(rule: Recurrence, life: _Life, calendar: WorkingDays) -> Iterator[Due]:
    """A named date stands by itself: it may lie before the obligation's first day."""
    if rule.due is None:
        return
    due_on = rule.due - _ONE if rule.before else rule.due
    ended = life.ends_on is not None and due_on > life.ends_on
    if life.lo <= due_on <= life.hi and not ended:
        remind_on, guess = calendar.on_or_before(due_on), _is_guess(due_on, calendar)
        yield Due("once", "một lần", due_on, remind_on, None, None, guess, rule.opens)


def _cycles(rule: Recurrence, life: _Life, calendar: WorkingDays) -> Iterator[Due]:
    """Cycles counted from the signing; the nth ends on the day that matches it."""
    start, step = life.starts_on, rule.count
    longest = step * {"day": 1, "week": 7, "month": 31, "year": 366}[rule.unit]
    begin = max(1, (life.lo - start).days // longest)
    for nth in range(begin, begin + _ENOUGH):
        due_on = counted_from(start, rule.unit, nth * step)
        if due_on > life.hi or (life.ends_on is not None and due_on > life.ends_on):
            return
        previous = counted_from(start, rule.unit, (nth - 1) * step)
        if life.asks(due_on, previous, due_on):
            covers = windows.days(rule.data_window, previous, due_on - _ONE)
            for repeat in range(1, rule.times + 1):
                key, label = _repeated(cycle_key(rule, nth), f"lần {nth}", repeat, rule.times)
                remind_on = calendar.on_or_before(due_on)
                yield Due(key, label, due_on, remind_on, *covers, _is_guess(due_on, calendar))


def _periods(rule: Recurrence, life: _Life, calendar: WorkingDays) -> Iterator[Due]:
    grid = grid_of(rule, life.starts_on)
    days = rule.days or (None,) * rule.times
    first = (number_of(grid.unit, life.lo) - _reach(rule, grid) - grid.base) // grid.size
    end = life.hi if life.ends_on is None else min(life.hi, life.ends_on)
    last = grid.index(end) + 1  # "trước ngày 01" of the next period falls in this one
    given = 0
    for index in range(first if grid.count == 1 else max(first, 0), last + 1):
        period = period_of(grid, index)
        for nth, day in enumerate(days, start=1):
            due_on = _due_on(grid, index, day, period.last, calendar) if day else period.last
            if life.asks(due_on, period.first, period.last):
                which = _repeated(period.key, period.label, nth, len(days))
                opens_on = _opens_on(grid, index, day)
                yield _due(rule, period, due_on, which=which, opens_on=opens_on, calendar=calendar)
                given += 1
        if given >= _ENOUGH:
            return


def _due(
    rule: Recurrence,
    period: Period,
    due_on: date,
    *,
    which: tuple[str, str],
    opens_on: date | None,
    calendar: WorkingDays,
) -> Due:
    key, label = which
    covers = windows.days(rule.data_window, period.first, period.last)
    remind_on = due_on if calendar.is_working(due_on) else calendar.on_or_before(due_on)
    guess = _is_guess(due_on, calendar)
    return Due(key, label, due_on, remind_on, covers[0], covers[1], guess, opens_on)


def _opens_on(grid: Grid, index: int, day: DayRule | None) -> date | None:
    if day is None or not day.opens:
        return None
    return day_in_month(grid.start(index) + day.part - 1, day.opens)


def _due_on(grid: Grid, index: int, day: DayRule, closes: date, calendar: WorkingDays) -> date:
    if day.after:
        return calendar.add(closes, day.after) if day.working else closes + timedelta(day.after)
    number = grid.start(index) + day.part - 1
    if grid.unit == "week":
        return date.fromordinal(number * 7 + day.day - day.before)
    if day.day == LAST_DAY:
        return day_in_month(number, 31) - day.before * _ONE
    # "trước ngày 31" in a month of 30 days still leaves the 30th, so the day before is taken first.
    if day.before and day.day > 1:
        return day_in_month(number, day.day - 1)
    return day_in_month(number, day.day) - day.before * _ONE


def _reach(rule: Recurrence, grid: Grid) -> int:
    """How far after its period's start a due may lie, in the grid's own units."""
    longest = max((day.part for day in rule.days), default=1)
    days = max((day.after * 3 + 40 for day in rule.days if day.after), default=0)
    per_unit = 28 if grid.unit in MONTHS else 7 if grid.unit == "week" else 1
    return max(longest, grid.size) + days // per_unit + 1


def _repeated(key: str, label: str, nth: int, of: int) -> tuple[str, str]:
    """The first of several keeps the period's own key, so that adding a second moves nothing."""
    if of == 1:
        return key, label
    return (key if nth == 1 else f"{key}.{nth}"), f"{label}, lần {nth}"


def _is_guess(day: date, calendar: WorkingDays) -> bool:
    return day.year > calendar.last_known_year
