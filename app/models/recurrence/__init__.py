"""When a duty falls due: rules, their dates, their words, and the phrases of legal texts."""

from app.models.recurrence.day_rule import LAST_DAY, DayRule
from app.models.recurrence.expansion import MOST, Due, due_after_event, expand
from app.models.recurrence.phrase import read_phrase
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
