"""Deadline phrases of legal texts and trackers, read into rules."""

from app.models.recurrence.rule import Recurrence
from app.models.recurrence.wording_reader import read_words
from app.text import clean


def read_phrase(text: str) -> Recurrence:
    """The rule *text* says."""
    said = clean(text)
    try:
        return read_words(said) or Recurrence.unscheduled(said)
    except ValueError:
        return Recurrence.unscheduled(said)
