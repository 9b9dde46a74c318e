"""A clerk keeps her place, and is sent to one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.ui.common.parts.office import Office, Place
from tests.ui.demo_room import DemoPage, DemoStore, many, office_on, rows, store_of
from tests.ui.register_steps import (
    deselect,
    numbers,
    on,
    opened,
    put,
    stand,
)


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = office_on(DemoStore(rows()))
    yield office
    office.remember.keep()


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> DemoPage:
    return opened(office, qtbot)


def test_the_place_survives_refresh_sort_and_filter(page: DemoPage, qtbot: QtBot) -> None:
    place = stand(page, "155/QĐ-UBND")

    put(page, [*rows(), *many(40)])
    page.view.sort_by("abstract")
    qtbot.keyClicks(page.filters.field, "nguoi nuoc ngoai")

    assert page.current_id() == place
    assert page.view.selectionModel().isRowSelected(page.view.currentIndex().row())


def test_a_place_that_was_filtered_away_is_taken_up_again(page: DemoPage, qtbot: QtBot) -> None:
    place = stand(page, "155/QĐ-UBND")

    qtbot.keyClicks(page.filters.field, "y te")
    assert page.current_id() is None
    page.filters.clear()

    assert page.current_id() == place


def test_the_place_is_kept_when_others_come_before_it_and_the_rest_go(page: DemoPage) -> None:
    place = stand(page, "155/QĐ-UBND")

    put(page, [*many(40), next(row for row in rows() if row.id == place)])
    assert page.current_id() == place

    put(page, [])
    put(page, rows())
    assert page.current_id() is not None


def test_when_a_record_leaves_the_register_its_neighbour_is_stood_on(page: DemoPage) -> None:
    stand(page, "155/QĐ-UBND")
    after = numbers(page)[numbers(page).index("155/QĐ-UBND") + 1]

    put(page, [row for row in rows() if row.number != "155/QĐ-UBND"])

    assert on(page).number == after


def test_a_selection_of_many_survives_a_change_by_somebody_else(page: DemoPage) -> None:
    page.view.selectAll()
    page.view.selectionModel().select(page.table.index(0, 0), deselect())
    chosen = {row.id for row in page.chosen()}

    put(page, [replace(row, abstract=row.abstract + " mới") for row in rows()])

    assert {row.id for row in page.chosen()} == chosen


def test_the_row_stays_where_it_was_on_screen(qtbot: QtBot) -> None:
    page = opened(office_on(DemoStore(many(500))), qtbot)
    page.view.go_to(300)
    top = page.view.rowViewportPosition(page.view.currentIndex().row())

    put(page, many(400))

    assert page.view.rowViewportPosition(page.view.currentIndex().row()) == top


def test_a_page_out_of_sight_waits_with_reading_until_it_is_seen(
    page: DemoPage, office: Office
) -> None:
    page.hide()
    before = store_of(office).read
    put(page, many(3))
    assert store_of(office).read == before

    page.show()
    assert page.table.held == 3


def test_a_slow_register_is_read_elsewhere_and_keeps_the_place(
    page: DemoPage, office: Office, qtbot: QtBot
) -> None:
    place = stand(page, "155/QĐ-UBND")
    page.reading.is_slow = True

    put(page, [*rows(), *many(5)])
    office.tasks.wait()
    qtbot.waitUntil(lambda: page.table.held == 22)

    assert page.current_id() == place


def test_a_record_just_written_is_stood_on_when_the_worker_has_read_it(
    page: DemoPage, office: Office, qtbot: QtBot
) -> None:
    stand(page, "155/QĐ-UBND")
    page.reading.is_slow = True
    written = replace(many(1)[0], state="Hết thời hạn")  # the view on screen leaves it out

    store_of(office).put([*rows(), written])
    page.visit(written.id)
    office.tasks.wait()
    qtbot.waitUntil(lambda: page.table.held == 18)

    assert page.current_id() == written.id


def test_another_room_may_send_the_clerk_to_a_record_the_filter_hides(
    page: DemoPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.filters.field, "y te")
    wanted = next(row.id for row in rows() if row.number == "88")

    page.arrive(Place("demo", wanted))

    assert on(page).number == "88"
    assert page.filters.field.text() == ""


def test_a_figure_opens_the_list_it_counts(page: DemoPage) -> None:
    page.arrive(Place("demo", view="stale", facets={"partner": ["Sở Nội vụ"]}))

    assert numbers(page) == ["31/QC-CAT-SNV"]
    assert page.views.found_text() == "1 / 17"
