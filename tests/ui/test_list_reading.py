"""A long list is read elsewhere from its first visit on, and nobody is told a falsehood by then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Event, current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot
from sqlmodel import Session

from app.ui.common.parts.office import Office, Place
from tests.ui.demo_room import DemoPage, DemoStore, Row, many, office_on, rows, store_of


class LongPage(DemoPage):
    """Reads on the worker only once `let_go` is set."""

    is_long = True

    def __init__(self, office: Office) -> None:
        self.let_go = Event()
        super().__init__(office)

    def records(self, session: Session) -> Sequence[Row]:
        if current_thread() is not main_thread():
            self.let_go.wait(10)
        return super().records(session)


class OvertakenPage(LongPage):
    """What it reads on the worker is old by the time it is let go."""

    def __init__(self, office: Office) -> None:
        self.has_read = Event()
        super().__init__(office)

    def records(self, session: Session) -> Sequence[Row]:
        found = DemoPage.records(self, session)
        if current_thread() is not main_thread():
            self.has_read.set()
            self.let_go.wait(10)
        return found


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = office_on(DemoStore(rows()))
    yield office
    office.tasks.wait()
    office.remember.keep()


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> LongPage:
    """A page just entered, its rows still on their way."""
    office.note_size(10_000)
    page = LongPage(office)
    qtbot.addWidget(page)
    page.resize(1170, 700)
    page.show()
    return page


def test_the_first_visit_in_a_large_office_does_not_wait_for_the_rows(
    page: LongPage, qtbot: QtBot
) -> None:
    assert page.table.held == 0
    assert page.stack.currentWidget() is page.view, "an empty list would be a falsehood"

    page.let_go.set()
    qtbot.waitUntil(lambda: page.table.held == len(rows()))
    assert page.table.rowCount() > 0


def test_whoever_is_sent_to_a_record_before_the_rows_have_come_stands_on_it(
    page: LongPage, qtbot: QtBot
) -> None:
    wanted = next(row.id for row in rows() if row.number == "155/QĐ-UBND")

    page.arrive(Place("demo", wanted))

    assert page.current_id() == wanted
    page.let_go.set()
    qtbot.waitUntil(lambda: not page.reading.is_loading)
    assert page.current_id() == wanted


def test_a_change_that_comes_while_the_first_rows_are_read_is_shown(
    page: LongPage, office: Office, qtbot: QtBot
) -> None:
    store_of(office).put(many(3))

    page.let_go.set()
    qtbot.waitUntil(lambda: page.table.held == 3)


@pytest.mark.parametrize("nth", range(3))
def test_whoever_is_sent_to_a_record_written_after_the_rows_were_read_stands_on_it(
    office: Office, qtbot: QtBot, nth: int
) -> None:
    office.note_size(10_000)
    page = OvertakenPage(office)
    qtbot.addWidget(page)
    page.show()
    page.let_go.set()
    qtbot.waitUntil(lambda: page.table.held == len(rows()))
    page.let_go.clear()
    page.has_read.clear()
    store_of(office).put(rows())
    assert page.has_read.wait(10)
    wanted = many(3)[nth].id
    store_of(office).put(many(3))

    page.arrive(Place("demo", wanted))
    page.let_go.set()
    qtbot.waitUntil(lambda: page.table.held == 3)
    assert page.current_id() == wanted


def test_a_small_office_and_one_at_other_work_read_at_once(office: Office, qtbot: QtBot) -> None:
    small = LongPage(office)
    qtbot.addWidget(small)
    assert small.table.held == len(rows())

    office.note_size(10_000)
    office.tasks.start(lambda _progress: None, label="Đang xuất")
    busy = LongPage(office)
    qtbot.addWidget(busy)
    assert busy.table.held == len(rows())
