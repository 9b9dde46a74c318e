"""Everything that the packet of a review review prints, as plain values.

A service fills these from the records; the writers below this floor print them and add
nothing of their own. Text is Vietnamese and printed as it stands. Dates have no time zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal

from app.models.occurrence_row import OccurrenceRow

STATE_WORDS: Mapping[str, str] = {
    "done_on_time": "Hoàn thành đúng hạn",
    "done_late": "Hoàn thành quá hạn",
    "open_on_time": "Đang thực hiện trong hạn",
    "open_late": "Đang thực hiện quá hạn",
    "paused": "Tạm dừng",
    "cancelled": "Đã hủy",
    "undated": "Chưa xác định hạn",
}
"""An obligation's states in the tables' order (QĐ 42/2014/QĐ-TTg, and three more)."""

NOTHING_YET = "Chưa có nội dung."
"""What an empty part of the report says; never filled with invented text."""

How = Literal["counted", "summed", "ratio"]


@dataclass(frozen=True)
class SourceRef:
    """One record behind a figure. `amount` is what it adds to a sum; None where it counts one."""

    kind: str  # the record's English name: occurrence, review_figure …
    id: str
    words: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class Figure:
    """A number of the report with the records that it counts.

    `how`: "counted" – as many as its sources; "summed" – the sum of their amounts; "ratio" – a
    percentage whose sources are the numerator, its working said in `note`. `qualifier` is one of
    exact, nearly, over. `previous` is the same figure of the review before, None when unknown.
    """

    key: str
    label: str
    value: Decimal
    unit: str = ""
    qualifier: str = "exact"
    previous: Decimal | None = None
    sources: tuple[SourceRef, ...] = ()
    how: How = "counted"
    note: str = ""

    def is_proved(self) -> bool:
        """Whether the sources add up to the value."""
        if self.how == "counted":
            return self.value == len(self.sources)
        if self.how == "summed":
            return self.value == sum((s.amount or Decimal(0) for s in self.sources), Decimal(0))
        return bool(self.note)


@dataclass(frozen=True)
class Cited:
    """A place in running text where a figure stands, by the figure's key."""

    key: str


Piece = str | Cited


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the report: text and figures in turn. `bullet` sets it as a list item."""

    parts: tuple[Piece, ...]
    bullet: bool = False


@dataclass(frozen=True)
class Section:
    """A numbered part of the outline; parts nest at most three deep (I. – 1. – a))."""

    heading: str
    blocks: tuple[Paragraph | Section, ...]


@dataclass(frozen=True)
class Letterhead:
    """Who writes, from where and when. A missing number or day stays blank on paper."""

    superior: str
    issuer: str
    number: str
    place: str
    dated: date | None


@dataclass(frozen=True)
class Signature:
    """Who signs: lines of authority (TM., KT. …) and the position; no person's name."""

    authority: tuple[str, ...]
    position: str


@dataclass(frozen=True)
class TaskRow:
    """One due instance in an agency's table; the tables read the rest from the instance."""

    instance: OccurrenceRow
    result: str  # with what proves it
    state: str  # a key of STATE_WORDS

    @property
    def id(self) -> str:
        """The record's, hidden in the sheet."""
        return str(self.instance.id)


@dataclass(frozen=True)
class AgencyPart:
    """The table of one body: the tasks that it leads."""

    id: str
    name: str
    short_name: str
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True)
class ReportedFigure:
    """What one body reported of one indicator."""

    id: str
    indicator: str
    unit: str
    agency: str
    value: Decimal
    qualifier: str
    report: str  # number of the body's report


@dataclass(frozen=True)
class RegulationRow:
    """A regulation that the review reviews."""

    id: str
    number: str
    signed_on: date | None
    abstract: str
    parties: str
    standing: str


@dataclass(frozen=True)
class InputRow:
    """Whether a body has sent its report; `received_on` None and no number mean it has not."""

    agency: str
    number: str
    received_on: date | None
    is_received: bool
    summary: str


@dataclass(frozen=True)
class FindingRow:
    """A finding as the bodies worded it."""

    agency: str
    kind: str
    area: str
    text: str
    origin: str


@dataclass(frozen=True)
class ConclusionRow:
    """A conclusion of the review, and the obligations that it gave."""

    ordinal: int
    text: str
    lead: str
    coordinating: str
    deadline: str
    obligations: tuple[str, ...]


@dataclass(frozen=True)
class About:
    """How the packet was made: printed on the notes sheet and kept in the file's properties."""

    packet_id: str
    period_from: date
    period_to: date
    data_until: date
    written_at: datetime
    written_by: str  # the office, never a person
    program: str
    filters: tuple[str, ...] = ()


@dataclass(frozen=True)
class PacketContent:
    """The whole packet of one review."""

    title: str  # the review's name, used for headings and properties
    occasion: str  # Sơ kết, Tổng kết: names the files
    kind_name: str  # BÁO CÁO
    abstract: str
    letterhead: Letterhead
    addressees: tuple[str, ...]
    basis: tuple[str, ...]
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    signature: Signature
    recipients: tuple[str, ...]
    figures: tuple[Figure, ...]
    agencies: tuple[AgencyPart, ...]
    reported: tuple[ReportedFigure, ...]
    regulations: tuple[RegulationRow, ...]
    inputs: tuple[InputRow, ...]
    findings: tuple[FindingRow, ...]
    conclusions: tuple[ConclusionRow, ...]
    about: About
    warnings: tuple[str, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Figure]:
        """The figures by their keys."""
        return {figure.key: figure for figure in self.figures}

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The code of each figure by key: SL01, SL02 … in the order of the list."""
        return {figure.key: f"SL{n:02d}" for n, figure in enumerate(self.figures, start=1)}

    @property
    def task_count(self) -> int:
        """How many task rows the annexes carry, in Word and in Excel alike."""
        return sum(len(agency.rows) for agency in self.agencies)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph of the report in reading order."""
        yield from self.opening
        for section in self.sections:
            yield from _paragraphs(section)


def _paragraphs(section: Section) -> Iterator[Paragraph]:
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _paragraphs(block)
        else:
            yield block
