"""When an obligation falls due: rules, their dates, their words, and the phrases of legal texts."""

from __future__ import annotations

from app.models.recurrence.day_rule import LAST_DAY, DayRule
from app.models.recurrence.expansion import MOST, Due, due_after_event, expand
from app.models.recurrence.rule import Kind, Reason, Recurrence

__all__ = [
    "LAST_DAY",
    "MOST",
    "DayRule",
    "Due",
    "Kind",
    "Reason",
    "Recurrence",
    "due_after_event",
    "expand",
    "read_phrase",
]


def read_phrase(text: str) -> Recurrence:
    """The rule that *text* says; one without a date, with *text* kept, when it says none we know.

    Never raises. Reads all that `Recurrence.words` writes, back to an equal rule.
    """
    from app.models.recurrence import phrase  # a hundred patterns, not needed to show a list

    return phrase.read_phrase(text)
