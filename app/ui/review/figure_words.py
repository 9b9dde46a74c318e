"""The figures of a review as rows on screen: this period, the one before, how far it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from app.export.packet_content import Figure, SourceRef
from app.export.wording import NBSP, figure_in_table, number
from app.registers.column import Column, Columns
from app.services.review.reviews import InputRow
from app.text import capitalized, collated, date_words
from app.words import told

INDICATOR = "indicator:"
_OF_TASKS = (
    "tasks",
    "done_on_time",
    "done_late",
    "open_on_time",
    "open_late",
    "extended",
    "cancelled",
    "share_on_time",
    "given",
)


@dataclass(frozen=True)
class FigureRow:
    """A line of the table of figures."""

    id: str
    label: str
    figure: Figure


@dataclass(frozen=True)
class SourceRow:
    """A record behind a figure."""

    id: str
    kind: str
    words: str
    amount: str
    record_id: UUID


def _sender(row: InputRow) -> str:
    return f"{row.agency}: {row.regulation}" if row.regulation else row.agency


def _day(row: InputRow) -> str:
    if row.received_on is not None:
        return date_words(row.received_on)
    return date_words(row.due_on, told("Hạn "))


COLUMNS: Columns[FigureRow] = (
    Column("label", "Chỉ tiêu", lambda r: r.label, width=0),
    Column("now", "Kỳ này", lambda r: figure_in_table(r.figure), "number", width=9),
    Column("before", "Kỳ trước", lambda r: _before(r.figure), "number", width=9),
    Column("moved", "Tăng, giảm", lambda r: moved(r.figure), "number", width=10),
)
SUMMED: Columns[SourceRow] = (
    Column("words", "Cơ quan", lambda r: r.words, width=0),
    Column("amount", "Số liệu", lambda r: r.amount, "number", width=12),
)
COUNTED: Columns[SourceRow] = (Column("words", "Nguồn", lambda r: r.words, width=0),)
INPUTS: Columns[InputRow] = (
    Column("agency", "Cơ quan", _sender, width=0),
    Column("day", "Ngày", _day, "date", width=14),
    Column("state", "Tình trạng", lambda r: r.state, "state", width=11),
)


def reported(figures: Sequence[Figure]) -> list[FigureRow]:
    """What the bodies reported."""
    return [FigureRow(f.key, f.label, f) for f in figures if f.key.startswith(INDICATOR)]


def of_tasks(figures: Sequence[Figure]) -> list[FigureRow]:
    """What was counted of the obligations."""
    known = {figure.key: figure for figure in figures}
    told = [known[key] for key in _OF_TASKS if key in known]
    return [FigureRow(f.key, _plain(f.label), f) for f in told if f.value or f.previous]


def sources_of(figure: Figure) -> list[SourceRow]:
    """The records that *figure* counts, as counted; the bodies of a sum by name."""
    sources = list(figure.sources)
    if figure.how == "summed":
        sources.sort(key=lambda source: collated(source.words))
    return [_source(place, each) for place, each in enumerate(sources)]


def moved(figure: Figure) -> str:
    """How far a figure moved since the period before: "+14,4 %"; blank where it cannot be said."""
    if not figure.previous:
        return ""
    change = figure.value - figure.previous
    if figure.unit == "%":
        return f"{'+' if change > 0 else ''}{number(change)}"
    share = (change * 100 / figure.previous).quantize(Decimal("0.1"))
    return f"{'+' if share > 0 else ''}{number(share)}{NBSP}%"


def _before(figure: Figure) -> str:
    return "" if figure.previous is None else number(figure.previous)


def _plain(label: str) -> str:
    """A label such as "Nhiệm vụ: hoàn thành đúng hạn" under a heading that says the rest."""
    words = label.removeprefix(told("Nhiệm vụ: "))
    return capitalized(words)


def _source(place: int, source: SourceRef) -> SourceRow:
    amount = "" if source.amount is None else number(source.amount)
    return SourceRow(f"{place}", source.kind, source.words, amount, UUID(source.id))
