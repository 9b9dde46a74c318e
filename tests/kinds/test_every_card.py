"""Every kind of record says of itself what the rest of the program reads of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.kinds import CARDS, Card, Whose
from app.models import DRAFTS, MODELS
from app.models.record import deciding, may_head
from app.models.trait import Input

NOT_SEARCHED = {
    "agency_succession": "found by the bodies that it joins",
    "party": "found by the body and the regulation",
    "legal_basis": "found by the document and the regulation",
    "relation": "found by the regulations",
    "review_figure": "figures are looked up in their conference",
    "clerk": "a handful, in one list",
    "alias": "what a person said of two records, not a record of the office",
}
"""Kinds that no search finds, each with the reason."""


def test_every_kind_has_a_card_and_every_card_a_kind():
    assert set(CARDS) == set(MODELS) == set(DRAFTS)


@pytest.mark.parametrize("entity", MODELS)
def test_a_kind_lacks_nothing(entity: str):
    assert list(lacking(entity)) == []


def lacking(entity: str) -> Iterator[str]:
    """What a kind has yet to say before clerks can work with it."""
    card = CARDS.get(entity)
    if card is None:
        yield "a card in app/kinds"
        return
    yield from _names_no_field_has(card)
    if not card.word[:1].isupper():
        yield "a word, with a capital"
    if card.searched is None and entity not in NOT_SEARCHED:
        yield "how it is searched, or the reason why not"
    if may_head(card.model) and card.scope is None:
        yield "whose affair its family is"
    if card.scope is not None and card.scope.whose is Whose.NAMED and not _concerned(entity):
        yield "which bodies its family concerns"
    if card.scope is not None and card.scope.whose is not Whose.NOBODY and not card.scope.why:
        yield "why a package takes it along"
    for concern in card.concerns:
        if concern.family not in CARDS or CARDS[concern.family].scope is None:
            yield f"a scope of {concern.family}, which it makes somebody's affair"
    yield from (f"a kind {part.kind}" for part in card.parts if part.kind not in CARDS)


def _names_no_field_has(card: Card) -> Iterator[str]:
    fields = set(card.model.model_fields)
    searched = (*card.searched.title, *card.searched.text) if card.searched else ()
    above = (card.above.field,) if card.above else ()
    under = (card.under,) if card.under else ()
    named = {*card.columns, *card.key, *card.owners, *searched, *above, *under}
    named |= {concern.by for concern in card.concerns}
    named |= {concern.through for concern in card.concerns} - {""}
    named |= {concern.body for concern in card.concerns if not concern.through}
    yield from sorted(f"a field {name}" for name in named - fields)
    for part in card.parts:
        if part.kind in CARDS and part.field not in CARDS[part.kind].model.model_fields:
            yield f"a field {part.field} of its {part.key}"


def _concerned(entity: str) -> bool:
    return any(c.family == entity for card in CARDS.values() for c in card.concerns)


def test_no_two_kinds_are_called_alike():
    called = [name.casefold() for card in CARDS.values() for name in (card.word, *card.aliases)]
    assert len(called) == len(set(called))


def test_a_link_between_records_has_an_id_that_every_office_computes():
    for card in CARDS.values():
        if card.is_named_by_owners:
            assert card.key, card.entity


@pytest.mark.parametrize("card", [card for card in CARDS.values() if card.scope is None])
def test_what_heads_no_family_says_in_a_field_whose_it_is(card: Card):
    assert deciding(card.model)


def test_the_words_of_a_clerk_are_told_from_what_he_picks():
    texts = set(CARDS["regulation"].texts)
    assert {"number", "abstract", "note", "signers", "stored_at"} <= texts
    assert not {"form", "signed_on", "secrecy", "number_key", "review_every"} & texts
    for card in CARDS.values():
        for name in card.texts:
            assert card.traits[name].input in (Input.LINE, Input.LONG)
