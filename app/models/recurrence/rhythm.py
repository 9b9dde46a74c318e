"""The dues of one obligation: which periods it owes, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.models.recurrence import MOST, Due, Recurrence, due_after_event, expand
from app.models.recurrence.rule import Kind
from app.models.working_days import WorkingDays
from app.text import date_words

EVENT = "event:"
"""Begins the period of a due that an event set off, followed by its day and perhaps ".2"."""
_LONG_AGO, _FAR_AHEAD = date(1900, 1, 1), date(2190, 12, 31)
_ONE = timedelta(days=1)
_YEAR = re.compile(r"^(\d{4})(?!\d)")
_NTH = re.compile(r"^(.*?)\.(\d+)$")
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rule and the days on which it creates obligations; *last_day* is None while it has no end.

    *ends_on* is the obligation's own end: its last whole period is still owed after it.
    *last_day* is absolute: the regulation has ended, or the obligation was paused or cancelled.
    """

    rule: Recurrence
    starts_on: date
    ends_on: date | None = None
    last_day: date | None = None

    @property
    def is_dated(self) -> bool:
        """Whether the calendar alone gives the dates."""
        return self.rule.is_scheduled and not self.rule.needs_event

    def dues(self, first: date | None, last: date, calendar: WorkingDays) -> tuple[Due, ...]:
        """The dues from *first* (None: from the beginning) to *last*, in order."""
        if self.last_day is not None:
            last = min(last, self.last_day)
        return _dues(self, first or self._beginning(), last, calendar)

    def between(self, begin: date, last: date, calendar: WorkingDays) -> list[Due]:
        """The dues from *begin* to *last*; `dues` remembers what this works out."""
        found: list[Due] = []
        while begin <= last:
            some = expand(
                self.rule,
                starts_on=self.starts_on,
                ends_on=self.ends_on,
                window=(begin, last),
                calendar=calendar,
            )
            found += some
            if len(some) < MOST:
                break
            # A daily obligation of many years: the answer was cut at MOST, so ask for what follows.
            begin = some[-1].due_on + _ONE
        return found

    def next_after(self, day: date, calendar: WorkingDays) -> Due | None:
        """The first due after *day*, however far ahead."""
        if self.last_day is not None and self.last_day <= day:
            return None
        return _first_after(self, day, calendar)

    def due_of(self, period: str, calendar: WorkingDays) -> Due | None:
        """The due of the period with that key; None if the rule owes no such period."""
        event_on = event_day(period)
        if event_on is not None:
            return due_after_event(self.rule, event_on, calendar) if self.rule.needs_event else None
        found = _YEAR.match(period)
        first, last = None, _FAR_AHEAD
        if found and 1901 <= int(found[1]) <= 2180:
            year = int(found[1])
            ahead = self.rule.count if self.rule.unit == "year" else self.rule.count // 2
            first, last = date(year - 1, 1, 1), date(min(year + ahead + 2, 2190), 12, 31)
        dues = self.dues(first, last, calendar)
        return next((due for due in dues if due.period == period), None)

    def _beginning(self) -> date:
        # A single named date may lie before the obligation's first day.
        return _LONG_AGO if self.rule.kind is Kind.ONCE else self.starts_on


@dataclass(frozen=True, slots=True)
class Rivals:
    """The rhythms between which offices disagree: until somebody decides, the earliest counts.

    A period that more than one of them owes falls due on its earliest date, one that a single
    rhythm owes is owed. The first rhythm is the one shown.
    """

    rhythms: tuple[Rhythm, ...]

    @property
    def rule(self) -> Recurrence:
        """The rule shown; any other that has dates, where the one shown has none."""
        shown = [each.rule for each in self.rhythms]
        return next((rule for rule in shown if rule.is_scheduled), shown[0])

    @property
    def last_day(self) -> date | None:
        """The day on which the regulation or the obligation ends, whichever rhythm holds."""
        return self.rhythms[0].last_day

    @property
    def is_dated(self) -> bool:
        """Whether by any of the rules the calendar alone gives the dates."""
        return any(each.is_dated for each in self.rhythms)

    def dues(self, first: date | None, last: date, calendar: WorkingDays) -> tuple[Due, ...]:
        """The dues from *first* (None: from the beginning) to *last*, in order."""
        found: dict[str, Due] = {}
        for rhythm in self.rhythms:
            for due in rhythm.dues(first, last, calendar):
                if due.period not in found and self._is_earliest(due, calendar):
                    found[due.period] = due
        return tuple(sorted(found.values(), key=lambda due: (due.due_on, due.period)))

    def next_after(self, day: date, calendar: WorkingDays) -> Due | None:
        """The first due after *day*, however far ahead."""
        if self.last_day is not None and self.last_day <= day:
            return None
        return _first_after(self, day, calendar)

    def due_of(self, period: str, calendar: WorkingDays) -> Due | None:
        """The earliest due of the period with that key; None if no rule owes such a period."""
        owed = [each.due_of(period, calendar) for each in self.rhythms]
        return min((due for due in owed if due), key=lambda due: due.due_on, default=None)

    def _is_earliest(self, due: Due, calendar: WorkingDays) -> bool:
        first = self.due_of(due.period, calendar)
        return first is None or first.due_on == due.due_on


def _first_after(rhythm: Rhythm | Rivals, day: date, calendar: WorkingDays) -> Due | None:
    for years in (2, 12, 60):
        far = min(day.replace(day=1).replace(year=day.year + years), _FAR_AHEAD)
        found = rhythm.dues(day + _ONE, far, calendar)
        if found:
            return found[0]
    return None


@lru_cache(maxsize=1024)
def _dues(rhythm: Rhythm, begin: date, last: date, calendar: WorkingDays) -> tuple[Due, ...]:
    # Many obligations share a rhythm, and lists are read again after every change.
    return tuple(rhythm.between(begin, last, calendar))


def event_day(period: str) -> date | None:
    """The day of the event that *period* is named after, or None for a period of the calendar."""
    if not period.startswith(EVENT):
        return None
    return date.fromisoformat(period[len(EVENT) :][:10])


def period_words(period: str) -> str:
    """A period's key in words, for a touched one whose rule has since been changed."""
    repeated = _NTH.match(period)
    if repeated:
        return f"{period_words(repeated[1])}, lần {repeated[2]}"
    event_on = event_day(period)
    if event_on is not None:
        return f"sự việc ngày {date_words(event_on)}"
    for pattern, say in _SAID:
        found = pattern.fullmatch(period)
        if found:
            return say(found)
    return _ONCE if period == "once" else f"kỳ {period}"


@lru_cache(maxsize=4096)
def after_title(label: str) -> str:
    """*label* as it follows a title: " quý III", " tháng 9", " (sự việc 16/11/2026)".

    The year is left out where what is left still names a period; its date stands beside it.
    A day keeps its year.
    """
    if label == _ONCE:
        return ""
    event = _EVENT_LABEL.match(label)
    if event:
        return f" (sự việc {event[1]})"
    found = _WITH_YEAR.match(label)
    return f" {found[1]}{label[found.end() :]}" if found else f" {label}"


_ONCE = "một lần"
_EVENT_LABEL = re.compile(r"sự việc ngày (\d\d/\d\d/\d{4}.*)")
_WITH_YEAR = re.compile(
    r"((?:quý [IV]+|6 tháng (?:đầu|cuối) năm|tuần \d+|tháng \d+))(?: năm |/| )\d{4}(?=$|,)"
)
_SAID: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\d{4}"), lambda f: f"năm {f[0]}"),
    (re.compile(r"(\d{4})-(\d{2})"), lambda f: f"tháng {int(f[2])}/{f[1]}"),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda f: f"quý {_ROMAN[int(f[2]) - 1]} năm {f[1]}"),
    (
        re.compile(r"(\d{4})-H([12])"),
        lambda f: f"6 tháng {'đầu' if f[2] == '1' else 'cuối'} năm {f[1]}",
    ),
    (re.compile(r"(\d{4})-W(\d{2})"), lambda f: f"tuần {f[2]} năm {f[1]}"),
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})"), lambda f: f"từ ngày {f[3]}/{f[2]}/{f[1]}"),
    (re.compile(r"\d+[DWMY]-(\d+)"), lambda f: f"lần {f[1]}"),
    (re.compile(r"(\d{4})(?:-\S+)?x\d+"), lambda f: f"kỳ từ năm {f[1]}"),
)
