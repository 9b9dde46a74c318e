"""A due instance as lists, papers and the command line read it: each layer holds the one below.

A field of the record is read through (`row.record.receiver`) and never copied, so that one that
is added to a model needs nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from app.models.obligation import CONTENT_AREAS, Obligation, Occurrence, OccurrenceDraft
from app.models.occurrence_state import OPEN, OccurrenceState
from app.models.recurrence import Due
from app.models.recurrence.rhythm import Rhythm, Rivals
from app.text import date_words
from app.words import told

NOTHING_WRITTEN = OccurrenceDraft.model_construct(obligation_id=UUID(int=0), period="")
"""What an instance says that nobody has touched: every field blank."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an obligation is active, paused or cancelled, since when, and why."""

    standing: str
    standing_from: date | None
    standing_ground: str | None


@dataclass(frozen=True, slots=True)
class WholeObligation:
    """One live obligation with what its regulation, its end and disputes make of it.

    `standing` and `rhythm` are what counts where offices disagree on those of the `record`.
    `rhythm.last_day` already holds the end of the regulation and of the obligation; `number` is
    the regulation's or the review's, `source` says the article too; `is_signed`: a draft
    regulation binds nobody yet.
    """

    record: Obligation
    standing: Standing
    number: str
    source: str
    rhythm: Rhythm | Rivals
    rhythm_words: str
    is_signed: bool

    @property
    def area(self) -> str:
        """The content area in words."""
        return CONTENT_AREAS.get(self.record.area, self.record.area)

    @property
    def is_running(self) -> bool:
        """Whether the rule may give dates at all."""
        return self.is_signed and self.rhythm.rule.is_scheduled

    @property
    def is_stopped(self) -> bool:
        """Paused or cancelled as a whole."""
        return self.standing.standing != "active"

    def undated_state(self) -> OccurrenceState:
        """The state of the row that stands for the obligation itself."""
        if self.standing.standing == "paused":
            return OccurrenceState.PAUSED
        return OccurrenceState.CANCELLED if self.is_stopped else OccurrenceState.UNDATED

    def why_undated(self) -> str:
        """What stands in place of a period on that row."""
        if self.is_stopped:
            since = self.standing.standing_from
            said = told("tạm dừng") if self.standing.standing == "paused" else told("đã hủy")
            return told("{said} từ {since}", said=said, since=date_words(since)) if since else said
        if not self.is_signed:
            return told("văn bản chưa ký")
        rule = self.rhythm.rule
        if rule.needs_event:
            return told("khi có sự việc")
        return (
            told("không còn kỳ nào") if rule.is_scheduled else (rule.text or told("không định kỳ"))
        )


class Touched(NamedTuple):
    """What somebody has written of one instance.

    The two dates are the earliest that stand where offices disagree on those of the `record`.
    """

    record: Occurrence
    due_on: date | None
    extended_to: date | None

    @property
    def counts(self) -> date | None:
        """The date that counts, as far as it was written down."""
        return self.extended_to or self.due_on


class Bodies(NamedTuple):
    """Who carries an obligation out, in words; `is_mine`: this office speaks for one of them."""

    lead_id: UUID
    lead: str
    coordinating: str
    agencies: tuple[str, ...]
    is_mine: bool
    is_led_by_me: bool


class OccurrenceRow(NamedTuple):
    """One due instance of an obligation.

    A tuple, for a register has ten thousand of them and each list is read anew after a change.

    `by_rule` is what the rule says of it, if it still does. `due_on` is the original date and
    stays; `due` is the one that counts, an approved extension included. `days_left` is signed, and
    None where nothing is waited for. `period` is the stable key that the verbs take; "" stands for
    an obligation without any dated period. `asked_on` is the today that state and days left were
    worked out for.
    """

    whole: WholeObligation
    bodies: Bodies
    touched: Touched | None
    by_rule: Due | None
    period: str
    label: str
    subject: str
    due_on: date | None
    due: date | None
    remind_on: date | None
    state: str
    days_left: int | None
    asked_on: date

    @property
    def id(self) -> UUID:
        """The id of the instance, the same in every office; hashed when somebody asks."""
        return self.touched.record.id if self.touched else _id_for(self.obligation_id, self.period)

    @property
    def record(self) -> Obligation:
        """The obligation as it stands in the register."""
        return self.whole.record

    @property
    def written(self) -> OccurrenceDraft:
        """What somebody wrote of the instance; all blank while nobody has."""
        return self.touched.record if self.touched else NOTHING_WRITTEN

    @property
    def obligation_id(self) -> UUID:
        """What the verbs take, with the period."""
        return self.whole.record.id

    @property
    def extended_to(self) -> date | None:
        """The approved extension."""
        return self.touched.extended_to if self.touched else None

    @property
    def ground(self) -> str:
        """Why it is cancelled, extended or, for the obligation's own row, stopped."""
        if self.touched is not None:
            said = self.touched.record.cancel_ground or self.touched.record.extension_ground
        else:
            said = "" if self.period else self.whole.standing.standing_ground
        return said or ""

    @property
    def is_guess(self) -> bool:
        """Whether the days off of its year are not announced yet."""
        return self.by_rule is not None and self.by_rule.is_guess

    @property
    def is_touched(self) -> bool:
        """Whether something was written of it."""
        return self.touched is not None

    @property
    def is_open(self) -> bool:
        """Dated, and still to be done."""
        return self.state in OPEN


@lru_cache(maxsize=65536)
def _id_for(obligation_id: UUID, period: str) -> UUID:
    # Hashing the ids of ten thousand rows takes longer than reading them.
    return Occurrence.id_for(obligation_id, period)
