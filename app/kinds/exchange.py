"""What bodies exchanged: papers, calls, meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.kinds.card import Above, Belonging, Card, Concern, Scope, Searched, Whose
from app.models.exchange import EXCHANGE_FORMS
from app.text import date_words

if TYPE_CHECKING:
    from app.models.exchange import Exchange


def referred(exchange: Exchange) -> str:
    """By number and day, else by how it went and its day: says nothing of what stands in it."""
    day = date_words(exchange.dated_on)
    if exchange.number:
        return f"{exchange.number} ngày {day}" if day else exchange.number
    return f"{EXCHANGE_FORMS.get(exchange.form, '')} {day}".strip()


def _cited(exchange: Exchange) -> str:
    """By number and day; what bears no number also by what it was about."""
    reference = referred(exchange)
    return reference if exchange.number else f"{reference}: {exchange.abstract}"


def _picked(exchange: Exchange) -> str:
    """Its citation, and what a number does not say."""
    return f"{_cited(exchange)}, {exchange.abstract}" if exchange.number else _cited(exchange)


CARD = Card(
    "exchange",
    "Trao đổi thông tin",
    _cited,
    ("number", "dated_on", "sender_id", "recipients", "reply_due_on", "abstract"),
    aliases=("trao đổi", "tin trao đổi", "văn bản trao đổi"),
    parts=(Belonging("exchange_receipt", "exchange_id", "receipts"),),
    above=Above("answers_id", "Văn bản này lại được trả lời bằng chính nó."),
    searched=Searched(("number", "abstract"), ("signer", "closed_ground", "note")),
    scope=Scope(Whose.NAMED, "Cơ quan của văn phòng này gửi hoặc nhận"),
    concerns=(
        Concern("exchange", "id", "sender_id", is_withdrawn_too=True),
        Concern("exchange", "id", "recipients", is_withdrawn_too=True),
    ),
    is_merged_by_people=True,
    picked=_picked,
    known_by=("abstract",),
    is_numbered=True,
    reference=("number", "stored_at"),
    is_named_at_home=True,
    quoted_in=("fulfils_id", "evidence"),
)
