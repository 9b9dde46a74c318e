"""A clock that cannot be right is noticed before anything is written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import app
from app.store import clock
from app.store.folder import Folder
from tests.offices import at, body, open_store, police

RELEASED = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "RELEASED", RELEASED)


def office(place: Path, *days: datetime) -> Folder:
    """An office that wrote something on each of these days, the last one last."""
    for day in days:
        store = open_store(place, now=lambda day=day: day)
        body(store, f"Cơ quan {day:%d%m%Y}")
        store.close()
    return Folder(place / "office")


def noon(year: int, month: int, day: int) -> datetime:
    moment: datetime = at(year, month, day, 12)()
    return moment


def everything(folder: Folder) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.path.iterdir() if p.is_file()}


def test_a_day_before_the_last_change_is_doubted(tmp_path: Path) -> None:
    folder = office(tmp_path, noon(2026, 11, 23))
    before = everything(folder)
    found = clock.doubt(folder, noon(2026, 11, 22))
    assert found == clock.Doubt(date(2026, 11, 22), date(2026, 11, 23), is_own=True)
    assert "22/11/2026" in str(found)
    assert "23/11/2026" in str(found)
    assert everything(folder) == before, "looking writes nothing"


@pytest.mark.parametrize("hours", [-3, 0, 24, 24 * 400])
def test_the_same_day_and_later_ones_are_not(tmp_path: Path, hours: int) -> None:
    folder = office(tmp_path, noon(2026, 11, 23))
    assert clock.doubt(folder, noon(2026, 11, 23) + timedelta(hours=hours)) is None


def test_a_clock_that_was_put_right_is_believed_from_the_next_change_on(tmp_path: Path) -> None:
    folder = office(tmp_path, noon(2036, 11, 23))
    assert clock.doubt(folder, noon(2026, 11, 23)) is not None
    office(tmp_path, noon(2026, 11, 23))
    assert clock.doubt(folder, noon(2026, 11, 24)) is None


def test_a_register_in_which_nothing_was_written_counts_from_its_beginning(tmp_path: Path) -> None:
    open_store(tmp_path, now=at(2026, 11, 23)).close()
    folder = Folder(tmp_path / "office")
    assert clock.doubt(folder, noon(2026, 11, 20)) is not None
    assert clock.doubt(folder, noon(2026, 11, 23)) is None


def test_a_day_before_the_program_was_made_is_doubted_everywhere(tmp_path: Path) -> None:
    found = clock.doubt(Folder(tmp_path / "nothing"), noon(2019, 12, 31))
    assert found == clock.Doubt(date(2019, 12, 31), RELEASED, is_own=False)
    assert "phát hành" in str(found)
    assert clock.doubt(Folder(tmp_path / "nothing"), noon(2020, 1, 1)) is None


@pytest.mark.parametrize("content", [b"", b"no register", b"SQLite format 3\0" + bytes(84)])
def test_a_file_that_does_not_open_says_nothing_of_the_clock(
    tmp_path: Path, content: bytes
) -> None:
    Folder(tmp_path).database.write_bytes(content)
    assert clock.doubt(Folder(tmp_path), noon(2026, 11, 23)) is None


def test_it_is_asked_while_the_register_is_open(tmp_path: Path) -> None:
    store = open_store(tmp_path, now=at(2026, 11, 23))
    police(store)
    assert clock.doubt(store.folder, noon(2026, 11, 20)) is not None
    store.close()
