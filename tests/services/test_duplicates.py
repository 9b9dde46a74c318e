"""Records that may be one are found; nothing is brought up twice, nothing alike by chance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.models import Agency, AgencyName, Regulation
from app.models.values import Value
from app.services.agreement import duplicates, merging
from app.services.any_kind import records
from app.store import Store
from tests.offices import body, obligation, open_store, police, regulation

TITLE = "Phối hợp bảo đảm an ninh, trật tự trong lĩnh vực y tế"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An office with nothing in it."""
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def paper(
    store: Store, number: str, abstract: str = TITLE, signed_on: date | None = None
) -> Regulation:
    """A regulation as another office would have entered it: without the form's own check."""
    given: dict[str, Value] = {
        "number": number,
        "abstract": abstract,
        "signed_on": signed_on or date(2024, 3, 12),
    }
    with store.changing(f"Thêm {number}") as session:
        return records.enter(session, Regulation, given)


def draft(store: Store, abstract: str, day: date | None) -> None:
    """A regulation that has no number yet."""
    given: dict[str, Value] = {"abstract": abstract, "signed_on": day, "standing": "draft"}
    with store.changing(f"Thêm {abstract}") as session:
        records.enter(session, "regulation", given)


def found(store: Store, *kinds: str) -> list[tuple[str, str, bool]]:
    with store.reading() as session:
        listed = duplicates.suspects(session, kinds or None)
    return [(s.one_name, s.other_name, s.is_strong) for s in listed]


def test_one_number_and_one_day_is_a_strong_suspicion_however_it_is_typed(store: Store) -> None:
    paper(store, "18/QC-CAT-SYT", "An ninh y tế")
    paper(store, "Số: 18 / QC - CAT - SYT", "Trật tự bệnh viện")

    assert [strong for _, _, strong in found(store)] == [True]


def test_like_titles_of_one_month_are_a_weak_suspicion(store: Store) -> None:
    paper(store, "18/QC-CAT-SYT")
    paper(store, "18/2024/QC-CAT-SYT", TITLE + " và dân số", date(2024, 3, 20))

    assert [strong for _, _, strong in found(store)] == [False]


def test_the_alike_regulations_that_a_province_signs_in_one_week_are_not_suspected(
    store: Store,
) -> None:
    paper(store, "18/QC-CAT-SYT", "Phối hợp bảo đảm an ninh, trật tự trong ngành y tế")
    paper(store, "19/QC-CAT-SXD", "Phối hợp bảo đảm an ninh, trật tự trong ngành xây dựng")

    assert found(store) == []


def test_bodies_of_one_name_are_suspected_unless_the_one_ended_before_the_other(
    store: Store,
) -> None:
    body(store, "Sở Y tế")
    body(store, "SỞ Y TẾ")
    body(store, "Sở Xây dựng", valid_to=date(2025, 2, 28))
    body(store, "Sở Xây dựng", valid_from=date(2025, 3, 1))

    assert found(store, "agency") == [("Sở Y tế", "SỞ Y TẾ", True)] or found(store, "agency") == [
        ("SỞ Y TẾ", "Sở Y tế", True)
    ]


def test_a_former_name_is_a_weak_suspicion(store: Store) -> None:
    old = body(store, "Sở Văn hóa và Thể thao")
    body(store, "Sở Văn hóa, Thể thao và Du lịch")
    with store.changing("Thêm tên cũ") as session:
        values: dict[str, Value] = {"agency_id": old.id, "name": "Sở Văn hóa, Thể thao và Du lịch"}
        records.enter(session, AgencyName, values)

    assert [strong for _, _, strong in found(store, "agency")] == [False]


def test_a_obligation_entered_twice_in_one_regulation_is_suspected(store: Store) -> None:
    ours, health = police(store), body(store, "Sở Y tế")
    rule = regulation(store, ours, health)
    obligation(store, rule, health)
    obligation(store, rule, health)
    obligation(store, rule, ours)

    assert [strong for _, _, strong in found(store, "obligation")] == [True]


def test_a_pair_that_somebody_kept_apart_is_not_brought_up_again(store: Store) -> None:
    one, other = paper(store, "18/QC-CAT-SYT"), paper(store, "18/QC-CAT-SYT")
    with store.changing("Để riêng") as session:
        merging.keep_apart(session, "regulation", one.id, other.id, reason="Hai văn bản trùng số")

    assert found(store) == []


def test_a_merged_pair_is_no_longer_suspected_and_comes_back_when_undone(store: Store) -> None:
    one, other = body(store, "Sở Y tế"), body(store, "Sở Y tế")
    with store.changing("Gộp") as session:
        merging.merge(session, "agency", one.id, other.id)
    merged = found(store, "agency")
    store.undo()

    assert (merged, len(found(store, "agency"))) == ([], 1)
    with store.reading() as session:
        assert len(records.live(session, Agency)) == 2


@pytest.mark.parametrize(
    ("other", "is_suspected"),
    [("một hai ba bốn", True), ("một hai ba sáu bảy", False), ("một hai ba", False)],
)
def test_titles_are_alike_when_four_of_five_words_are_the_same(
    store: Store, other: str, is_suspected: bool
) -> None:
    draft(store, "một hai ba bốn năm", date(2024, 3, 12))
    draft(store, other, date(2024, 3, 20))

    assert bool(found(store)) == is_suspected


@pytest.mark.parametrize(("day", "is_suspected"), [(12, True), (13, False)])
def test_dates_lie_near_up_to_thirty_one_days(store: Store, day: int, is_suspected: bool) -> None:
    draft(store, TITLE, date(2024, 3, 12))
    draft(store, TITLE, date(2024, 4, day))

    assert bool(found(store)) == is_suspected


@pytest.mark.parametrize(("words", "is_suspected"), [("một hai ba", True), ("một hai", False)])
def test_titles_of_two_words_say_too_little(store: Store, words: str, is_suspected: bool) -> None:
    draft(store, words, date(2024, 3, 12))
    draft(store, words, date(2024, 3, 20))

    assert bool(found(store)) == is_suspected


@pytest.mark.parametrize(("one", "other"), [(2014, None), (None, 2014), (None, None)])
def test_a_paper_without_a_date_is_near_whatever_bears_its_title(
    store: Store, one: int | None, other: int | None
) -> None:
    for year in (one, other):
        draft(store, TITLE, date(year, 3, 12) if year else None)

    assert len(found(store)) == 1


def test_papers_of_one_title_are_not_one_paper_when_years_lie_between(store: Store) -> None:
    draft(store, TITLE, date(2014, 3, 12))
    draft(store, TITLE, date(2024, 3, 12))

    assert found(store) == []
