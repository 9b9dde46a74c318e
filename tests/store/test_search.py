"""Finding things the way a hurried clerk types them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models import Obligation
from app.services.any_kind import records, secrecy
from app.store import Store
from app.store.checking import repair
from app.store.searching import CLOSE, OPEN
from tests.offices import body, obligation, police, regulation


@pytest.fixture
def filled(store: Store) -> Store:
    ours = police(store)
    health = body(store, "Sở Y tế tỉnh Thanh Hóa", short_name="Sở Y tế", code="SYT")
    rule = regulation(store, ours, health, number="190/QCPH-CAT-SYT", abstract="Bảo đảm an ninh")
    obligation(store, rule, ours, title="Trao đổi tình hình đấu tranh phòng, chống tội phạm")
    return store


def titles(store: Store, text: str) -> list[str]:
    return [h.title.replace(OPEN, "").replace(CLOSE, "") for h in store.search(text)]


@pytest.mark.parametrize(
    "typed",
    ["190/QCPH", "190 / qcph", "190-QCPH", "190qcph", "190 – QCPH", "qcph 190", "190/QCPH-CAT-SYT"],
)
def test_a_number_is_found_however_it_is_spelt(filled: Store, typed: str) -> None:
    assert titles(filled, typed)[0].startswith("190/QCPH-CAT-SYT")


@pytest.mark.parametrize(
    "typed", ["đấu tranh", "dau tranh", "ĐẤU TRANH", "đâu trạnh", "dau tra", "tội phạm đấu"]
)
def test_marks_case_and_unfinished_words_do_not_matter(filled: Store, typed: str) -> None:
    assert any("đấu tranh" in title for title in titles(filled, typed))


@pytest.mark.parametrize("typed", ["thanh hoá", "thanh hóa", "THANH HOA"])
def test_both_places_of_the_tone_are_one(filled: Store, typed: str) -> None:
    assert any("Sở Y tế" in title for title in titles(filled, typed))


def test_the_hit_is_shown_and_results_are_grouped(filled: Store) -> None:
    hits = filled.search("an ninh")

    assert {h.group for h in hits} == {"Quy chế"}
    assert f"{OPEN}an{CLOSE} {OPEN}ninh{CLOSE}" in hits[0].title


def test_a_withdrawn_record_is_not_found_until_undo(filled: Store) -> None:
    with filled.reading() as session:
        found = records.live(session, Obligation)[0].id
    with filled.changing("Rút") as session:
        records.withdraw(session, "obligation", [found])
    assert filled.search("đấu tranh") == []

    filled.undo()
    assert len(filled.search("đấu tranh")) == 1


def test_nothing_typed_finds_nothing(filled: Store) -> None:
    assert filled.search("  ") == filled.search("/-–") == []


@given(st.text(max_size=40))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_user_types_is_never_query_syntax(filled: Store, typed: str) -> None:
    filled.search(typed)


@pytest.mark.parametrize(
    "typed", ['"', '""', "*", "a*b", "AND", "NOT x", "NEAR(a b)", "title:x", "(", "^a", "{a}", "-x"]
)
def test_query_operators_are_words(filled: Store, typed: str) -> None:
    filled.search(typed)


def test_what_a_secret_paper_is_about_does_not_come_back_through_repair(store: Store) -> None:
    ours = police(store)
    health = body(store, "Sở Y tế tỉnh Thanh Hóa", short_name="Sở Y tế", code="SYT")
    made = regulation(store, ours, health, number="12/QC-CAT", abstract="Hoàng hôn")
    with store.changing("Ghi độ mật") as session:
        secrecy.turn(session, "regulation", made.id, "mat")
    assert titles(store, "hoàng hôn") == []
    repair(store)
    assert titles(store, "hoàng hôn") == []
    assert len(titles(store, "12/QC-CAT")) == 1
