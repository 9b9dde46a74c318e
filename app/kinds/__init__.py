"""The kinds of record, one card each: everything that is true of a kind and not of a record.

A new kind is one model, one card here, one register and one room. Everything that used to know
kinds by name walks `CARDS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.kinds import (
    agency,
    agency_name,
    agency_succession,
    alias,
    attachment,
    clerk,
    conclusion,
    exchange,
    exchange_receipt,
    finding,
    legal_basis,
    legal_document,
    obligation,
    occurrence,
    party,
    provision,
    regulation,
    relation,
    review,
    review_figure,
    review_input,
)
from app.kinds.card import Belonging, Card, Concern, Searched, Whose

_ALL = (
    agency, agency_name, agency_succession, legal_document, regulation, party, legal_basis,
    relation, provision, obligation, occurrence, exchange, exchange_receipt, review, review_input,
    review_figure, finding, conclusion, clerk, attachment, alias,
)  # fmt: skip
CARDS: Mapping[str, Card] = {kind.CARD.entity: kind.CARD for kind in _ALL}
"""Every kind by its entity's name, in the order a clerk meets them."""


def word_of(entity: str) -> str:
    """What a clerk calls a record of *entity*; its bare name where nobody here knows it."""
    card = CARDS.get(entity)
    return card.word if card is not None else entity


def heads(*whose: Whose) -> frozenset[str]:
    """The kinds that stand at the head of a family which is any of *whose* affair."""
    return frozenset(
        entity for entity, card in CARDS.items() if card.scope and card.scope.whose in whose
    )


def concerns() -> Iterator[tuple[Card, Concern]]:
    """Every way in which a record makes a family some body's affair."""
    for card in CARDS.values():
        for concern in card.concerns:
            yield card, concern


__all__ = [
    "CARDS",
    "Belonging",
    "Card",
    "Concern",
    "Searched",
    "Whose",
    "concerns",
    "heads",
    "word_of",
]
