"""One due instance of an obligation."""

from __future__ import annotations

from app.kinds.card import Card, Searched
from app.models.recurrence.rhythm import after_title, period_words

CARD = Card(
    "occurrence",
    "Kỳ thực hiện",
    lambda occurrence: period_words(occurrence.period),
    ("obligation_id", "period", "due_on", "extended_to", "completed_on", "result"),
    aliases=("kỳ",),
    key=("obligation_id", "period"),
    owners=("obligation_id",),
    beside_owner=lambda obligation, period: obligation + after_title(period),
    under="obligation_id",
    searched=Searched(
        ("result", "evidence"),
        ("note", "event", "extension_ground"),
        "obligation_id",
        "obligation",
        weight=1.2,
    ),
    opens_itself=True,
    reference=("period",),
    speaks_of=("regulation_id",),
)
