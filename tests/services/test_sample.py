"""The sample office: whole, plausible, in any year, and nobody's name in it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.errors import Refused
from app.journal.keys import Keyring
from app.models import (
    MODELS,
    Agency,
    AgencySuccession,
    Conclusion,
    Finding,
    LegalDocument,
    Obligation,
    Regulation,
    Review,
)
from app.models.review import FINDING_KINDS
from app.services import sample
from app.services.any_kind import records
from app.services.obligation import schedule
from app.services.regulation import regulations
from app.store import Store
from app.store.checking import check

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    place = tmp_path_factory.mktemp("sample")
    opened = Store(place / "office", keyring=Keyring(place / "keys"))
    sample.fill(opened, today=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def session(store: Store):
    with store.reading() as session:
        yield session


def test_the_regulations_of_the_public_papers_are_there(session):
    found = {r.number: r.signed_on for r in records.live(session, Regulation)}
    assert found["88"] == date(1997, 11, 4)
    assert found["541"] == date(2012, 8, 23)
    assert found["190"] == date(2014, 9, 5)


def test_each_of_them_has_been_replaced(session):
    known = records.live(session, Regulation)
    ended = regulations.ended_on(session, known)
    states = {r.number: regulations.state_of(r, TODAY, replaced_on=ended.get(r.id)) for r in known}
    assert [states[number] for number in ("88", "541", "190")] == ["Đã bị thay thế"] * 3


def test_what_was_filled_in_says_so(session):
    public = {"88", "541", "190"}
    for regulation in records.live(session, Regulation):
        marked = (regulation.note or "").startswith("Dữ liệu mẫu")
        assert marked is (regulation.number not in public)


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("07/2012/TTLT-BCA-BQP", date(2012, 6, 29)),
        ("12-NQ/TW", date(2022, 3, 16)),
        ("14-NQ/TU", date(2023, 5, 15)),
        ("16-NQ/TU", None),
        ("124/2021/TT-BCA", date(2021, 12, 28)),
        ("510/QĐ-BCA-V05", None),
    ],
)
def test_the_papers_named_are_there(session, number, day):
    assert {d.number: d.issued_on for d in records.live(session, LegalDocument)}[number] == day


def test_fifteen_bodies_met_on_the_seventeenth_of_august(session):
    (review,) = [r for r in records.live(session, Review) if r.held_on == date(2023, 8, 17)]
    assert len(review.participants) == len(review.regulations) == 15
    given = [c for c in records.live(session, Conclusion) if c.review_id == review.id]
    assert sorted(c.ordinal for c in given) == [1, 2, 3, 4, 5]
    kinds = {f.kind for f in records.live(session, Finding) if f.review_id == review.id}
    assert kinds == set(FINDING_KINDS)


def test_some_conclusions_became_obligations(session):
    given = [d for d in records.live(session, Obligation) if d.conclusion_id is not None]
    assert len(given) == 3


def test_there_are_rhythms_of_every_sort(session):
    rhythms = {obligation.recurrence.words() for obligation in records.live(session, Obligation)}
    kinds = {obligation.recurrence.kind.value for obligation in records.live(session, Obligation)}
    assert len(rhythms) >= 25
    assert kinds == {"once", "every", "after", "before", "several", "unscheduled"}


def test_obligations_stand_in_every_state(session):
    rows = schedule.occurrences(session, today=TODAY)
    states = Counter(row.state for row in rows)
    for state in ("Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Quá hạn", "Đã hủy", "Trong hạn"):
        assert states[state] >= 3, states
    assert states["Chưa xác định hạn"] >= 3
    assert any(row.extended_to for row in rows)
    assert states["Quá hạn"] < 20, "an office that is late with everything teaches nothing"


def test_merged_bodies_know_who_follows_them(session):
    ended = [a for a in records.live(session, Agency) if a.valid_to == date(2025, 2, 28)]
    followed = {link.agency_id for link in records.live(session, AgencySuccession)}
    without = {a.name for a in ended if a.id not in followed}
    assert without == {"Công an thành phố Thanh Hóa"}  # its work went to the communes and above


def test_only_positions_are_named(session):
    """Two capitalised words after a rank or "ông", "bà" would be a person."""
    ranks = "đồng chí|ông|bà|Thiếu tá|Trung tá|Thượng tá|Đại tá|Thiếu tướng|Trung tướng"
    person = re.compile(rf"\b(?:{ranks})\s+[A-ZĐ]\w+\s+[A-ZĐ]\w+")
    for model in MODELS.values():
        for record in records.live(session, model):
            said = " ".join(str(value) for value in record.model_dump().values())
            assert not person.search(said)


def test_the_log_agrees_and_its_times_run_forward(store):
    assert check(store).problems == []
    with store.connection() as connection:
        walls = [row[0] for row in connection.exec_driver_sql("SELECT wall FROM cset ORDER BY n")]
    assert walls == sorted(walls)


def test_as_of_shows_the_office_before_the_reform(store):
    with store.as_of(date(2024, 1, 1)) as session:
        names = {agency.short_name for agency in records.live(session, Agency)}
        numbers = {r.number for r in records.live(session, Regulation)}
    assert "Sở TT&TT" in names
    assert "Sở NN&MT" not in names
    assert "03/QCPH-CAT-SKHCN" not in numbers


def test_the_latest_things_done_can_be_undone_one_by_one(store):
    labels = [store.undo() for _ in range(4)]
    for _ in labels:
        store.redo()
    assert len(set(labels)) == 4
    assert check(store).problems == []


def test_a_register_with_records_is_left_alone(store):
    with pytest.raises(Refused, match="đã có dữ liệu"):
        sample.fill(store, today=TODAY)


@pytest.mark.slow
@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2025, 12, 31), date(2030, 1, 1)])
def test_any_day_will_do(tmp_path: Path, today: date):
    opened = Store(tmp_path / "office", keyring=Keyring(tmp_path / "keys"))
    try:
        counts = sample.fill(opened, today=today)
        assert counts.by_kind["obligation"] >= 40
        assert check(opened).problems == []
    finally:
        opened.close()
