"""A condition a clerk has put on a list, as a chip says it: `Tình trạng: Quá hạn`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Never, TypeAlias, TypeVar

from app.json_tree import Json
from app.registers.column import text_of
from app.registers.register import Facet
from app.text import collated
from app.words import told

Row = TypeVar("Row")
_ROMAN = ("I", "II", "III", "IV")
_SOON = timedelta(days=30)
_ENDS = ("first", "last")
_FEW = 2  # words a chip spells out


class Span(StrEnum):
    """The periods offered; all but CUSTOM and NONE move with today."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SOON = "next30"
    CUSTOM = "custom"
    NONE = "none"


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included; an end that is None is open. NONE: no date at all."""

    span: Span
    first: date | None = None
    last: date | None = None

    def bounds(self, today: date) -> tuple[date | None, date | None]:
        """The first and the last day, for a clerk who asks on *today*."""
        match self.span:
            case Span.MONTH:
                return _months(today.year, today.month, 1)
            case Span.QUARTER:
                return _months(today.year, 3 * _quarter(today) + 1, 3)
            case Span.YEAR:
                return _months(today.year, 1, 12)
            case Span.SOON:
                return today, today + _SOON
            case _:
                return self.first, self.last

    def words(self, today: date) -> str:
        """The period as a chip says it."""
        match self.span:
            case Span.MONTH:
                return told("tháng {today:%m/%Y}", today=today)
            case Span.QUARTER:
                return told(
                    "quý {quarter}/{year}", quarter=_ROMAN[_quarter(today)], year=today.year
                )
            case Span.YEAR:
                return told("năm {year}", year=today.year)
            case Span.SOON:
                return told("30 ngày tới")
            case Span.NONE:
                return told("chưa có ngày")
            case _:
                return self._custom_words()

    def _custom_words(self) -> str:
        if self.first and self.last:
            return f"{text_of(self.first)} – {text_of(self.last)}"
        return (
            told("từ {first}", first=text_of(self.first))
            if self.first
            else told("đến {last}", last=text_of(self.last))
        )


@dataclass(frozen=True)
class Condition:
    """What must hold of one facet: one of *words*, or a date within *period*."""

    facet: str
    words: tuple[str, ...] = ()
    period: Period | None = None

    def said(self, facet: Facet[Never], today: date) -> str:
        """What its chip says."""
        words = self.period.words(today) if self.period else self._words(facet)
        return f"{facet.title}: {words}"

    def _words(self, facet: Facet[Never]) -> str:
        """Up to two words, else how many; a chip has to fit into the page."""
        words = [told(word) if facet.is_word else word for word in self.words]
        if len(words) <= _FEW:
            return told(" hoặc ").join(words)
        return told("{word} và {others} giá trị khác", word=words[0], others=len(words) - 1)

    def as_json(self) -> Json:
        """The condition without its facet, for saved views and links between rooms."""
        if self.period is None:
            return list(self.words)
        ends = {"first": self.period.first, "last": self.period.last}
        return {"period": self.period.span.value} | {
            name: day.isoformat() for name, day in ends.items() if day
        }


Asked: TypeAlias = "Json | Period"
"""What one facet is asked for by whoever sends the clerk to a list; see `condition_from`."""


def condition_from(facet: str, given: Asked) -> Condition:
    """The inverse of `as_json`; also takes one word. Raises ValueError for anything else."""
    if isinstance(given, str):
        return Condition(facet, (given,))
    if isinstance(given, Period):
        return Condition(facet, period=given)
    if isinstance(given, Mapping):
        ends = {end: date.fromisoformat(str(given[end])) for end in _ENDS if end in given}
        return Condition(facet, period=Period(Span(str(given.get("period", Span.CUSTOM))), **ends))
    if isinstance(given, Sequence):
        words = tuple(word for word in given if isinstance(word, str))
        if len(words) == len(given):
            return Condition(facet, words)
    raise ValueError(facet)


def keeps(facet: Facet[Row], condition: Condition, today: date) -> Callable[[Row], bool]:
    """A test of one row under *condition*."""
    if condition.period is None:
        wanted = set(condition.words)
        return lambda row: not wanted.isdisjoint(words_of(facet, row))
    if condition.period.span is Span.NONE:
        return lambda row: facet.values(row) is None
    first, last = condition.period.bounds(today)

    def within(row: Row) -> bool:
        day = facet.values(row)
        return (
            isinstance(day, date)
            and (first is None or first <= day)
            and (last is None or day <= last)
        )

    return within


def words_of(facet: Facet[Row], row: Row) -> tuple[str, ...]:
    """The words *row* has under a facet of choice."""
    found = facet.values(row)
    return found if isinstance(found, tuple) else ()


def words_present(facet: Facet[Row], rows: Iterable[Row]) -> list[tuple[str, int]]:
    """Every word some row has under *facet*, in dictionary order, with how many rows have it."""
    counts: dict[str, int] = {}
    for row in rows:
        for word in words_of(facet, row):
            counts[word] = counts.get(word, 0) + 1
    return sorted(((word, n) for word, n in counts.items() if word), key=lambda w: collated(w[0]))


def _quarter(day: date) -> int:
    return (day.month - 1) // 3


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = date(year + (month - 1 + count) // 12, (month - 1 + count) % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)
