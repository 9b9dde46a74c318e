"""What a detail pane shows, as plain values: rooms say it, `detail_parts` draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal

from PySide6.QtWidgets import QWidget

from app.registers.column import Column
from app.registers.held_rows import Row

Does = Callable[[], object]
Link = tuple[str, Does]


@dataclass(frozen=True)
class Facts:
    """Muted labels and values, one pair a line; a pair whose value is empty is left out."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """A group's word with room above; *link* stands at the right."""

    title: str
    link: Link | None = None


@dataclass(frozen=True)
class Words:
    """A paragraph, in a role of the style sheet: body muted small strong."""

    text: str
    role: str = "body"


@dataclass(frozen=True)
class Entry:
    """A sentence of a list, behind a dash; its later lines begin under its first word."""

    text: str


@dataclass(frozen=True)
class Banner:
    """One sentence that must not be missed, on the soft ground of a warning."""

    text: str


@dataclass(frozen=True)
class Links:
    """Words to click, side by side."""

    links: Sequence[Link]


@dataclass(frozen=True)
class Quote:
    """A source in its own words, and where they stand: "Điểm b khoản 2 Điều 9"."""

    text: str
    place: str = ""
    link: Link | None = None


class Listing:
    """A small table of records of one kind: a `Rows`, of whatever kind."""


@dataclass(frozen=True)
class Rows(Listing, Generic[Row]):
    """A small table; *opens* is called with the record that was clicked."""

    columns: Sequence[Column[Row]]
    records: Sequence[Row]
    opens: Callable[[Row], object] | None = None
    headed: bool = False


@dataclass(frozen=True)
class Node:
    """One link of a replacement chain. `is_this` is the record on screen."""

    year: str
    name: str
    day: str = ""
    is_this: bool = False
    opens: Does | None = None


@dataclass(frozen=True)
class Chain:
    """What replaced what, oldest first."""

    nodes: Sequence[Node]


@dataclass(frozen=True)
class Change:
    """One step of a record's history: who did what, when, and each field before and after.

    A field that the record was entered with has None before.
    """

    label: str  # Sửa trích yếu
    who: str  # a position and an office, never a person's name
    when: datetime
    fields: Sequence[tuple[str, str | None, str]] = ()  # label, before, after


@dataclass(frozen=True)
class History:
    """Every step, latest first."""

    changes: Sequence[Change]


@dataclass(frozen=True)
class Button:
    """Something to do to the record; *role* is `primary` for the day's work, else `plain`."""

    words: str
    does: Does
    role: Literal["primary", "plain"] = "plain"
    tip: str = ""


@dataclass(frozen=True)
class Buttons:
    """Buttons side by side."""

    buttons: Sequence[Button]


Part = (
    Facts
    | Section
    | Words
    | Entry
    | Banner
    | Links
    | Quote
    | Listing
    | Chain
    | History
    | Buttons
    | QWidget
)


@dataclass(frozen=True)
class Tab:
    """One tab. `build` is called when it is first looked at; a lone widget fills the tab."""

    title: str
    build: Callable[[], Sequence[Part] | QWidget]


@dataclass(frozen=True)
class DetailContent:
    """A record as the pane shows it. `tags` are status words with what the tag says."""

    kind: str  # Quy chế phối hợp
    title: str
    tabs: Sequence[Tab]
    tags: Sequence[tuple[str, str]] = ()
