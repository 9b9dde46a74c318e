"""What the first room shows; above all, that every number is the length of the list it opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.models.working_days import default_working_days
from app.registers import obligation, regulation
from app.registers.condition import condition_from, keeps
from app.services import overview, staleness
from app.services.obligation import obligations
from app.services.overview import Opens, Overview, day_words
from app.services.regulation import regulations
from tests.services.obligation_office import TODAY, ObligationOffice


class WaitingOffice(ObligationOffice):
    mine: tuple[Any, ...] = ()

    def overview(self) -> Overview:
        with self.store.reading() as session:
            return overview.overview(session, today=TODAY, mine=self.mine)

    def opened(self, opens: Opens) -> list[Any]:
        """The rows that the room would show."""
        register = {"obligation": obligation, "regulation": regulation}[opens.room].REGISTER
        rows: list[Any] = self.rows(mine=self.mine)
        if opens.room == "regulation":
            with self.store.reading() as session:
                found = staleness.counts(staleness.reasons(session, today=TODAY))
                rows = [*regulations.rows(session, today=TODAY, stale=found)]
        views = {view.key: view for view in register.views}
        facets = {facet.key: facet for facet in register.facets}
        tests = [
            keeps(facets[key], condition_from(key, value), TODAY)
            for key, value in opens.facets.items()
        ]
        view = views[opens.view or "all"]
        return [row for row in rows if view.keeps(row) and all(test(row) for test in tests)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[WaitingOffice]:
    office = WaitingOffice(tmp_path)
    office.mine = (office.police,)
    ours = {"lead_id": office.police, "coordinating": (office.health,)}
    office.obligation(title="Của Sở Y tế")
    office.obligation("hằng tháng, chậm nhất ngày 25", title="Của ta", **ours)
    office.obligation("hằng tuần, chậm nhất thứ Sáu", title="Giao ban", starts_on=TODAY, **ours)
    office.obligation("hằng tuần, chậm nhất thứ Sáu", title="Tin", starts_on=TODAY)
    office.obligation("thường xuyên", title="Nắm tình hình", **ours)
    last = office.obligation("chậm nhất ngày 29/11/2026", title="Chủ nhật này", **ours)
    with office.store.changing("Hủy") as session:
        obligations.cancel(session, last, "once", on=TODAY, ground="Không còn cần")
    office.sign("155/QĐ-UBND", date(2019, 1, 1), form="decision")
    yield office
    office.store.close()


def test_every_number_is_the_length_of_the_list_it_opens(office: WaitingOffice) -> None:
    found = office.overview()

    for figure in found.figures:
        assert figure.count == len(office.opened(figure.opens)), figure.key
    for waiting in found.waiting:
        assert waiting.total == len(office.opened(waiting.opens)), waiting.key
    for bar in found.overdue_by_body:
        assert bar.count == len(office.opened(bar.opens)), bar.agency
    assert {figure.key: figure.count for figure in found.figures} == {
        "overdue": 13,
        "week": 3,
        "stale": 2,
        "in_force": 2,
    }


def test_the_short_lists_part_ours_from_what_others_owe(office: WaitingOffice) -> None:
    lists = {waiting.key: waiting for waiting in office.overview().waiting}

    assert {row.record.title for row in lists["today"].rows} == {"Của ta"}
    assert [row.record.title for row in lists["week"].rows] == ["Của ta", "Giao ban"]
    assert {row.record.title for row in lists["others"].rows} == {"Của Sở Y tế", "Tin"}
    assert lists["week"].title == "Đến Chủ nhật 29/11/2026"


def test_an_office_that_named_no_body_waits_for_nobody(office: WaitingOffice) -> None:
    office.mine = ()
    found = office.overview()

    assert [waiting.key for waiting in found.waiting] == ["today", "week"]
    for waiting in found.waiting:
        assert waiting.total == len(office.opened(waiting.opens))


def test_bars_stand_by_length_and_stale_by_gravity(office: WaitingOffice) -> None:
    found = office.overview()

    assert [(bar.agency, bar.count) for bar in found.overdue_by_body] == [
        ("Công an tỉnh", 10),
        ("Sở Y tế", 3),
    ]
    assert [(item.number, item.reason.kind) for item in found.stale] == [
        ("155/QĐ-UBND", "provincial_deadline"),
        ("21/QC-CAT-SYT", "obligations"),
    ]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "Thứ Hai, 23/11/2026. Ngày mai 24/11/2026 nghỉ lễ."),
        (date(2026, 11, 24), "Thứ Ba, 24/11/2026. Hôm nay nghỉ lễ."),
        (date(2026, 12, 31), "Thứ Năm, 31/12/2026. Ngày mai 01/01/2027 nghỉ lễ."),
        (date(2026, 12, 3), "Thứ Năm, 03/12/2026."),
    ],
)
def test_the_day_says_when_it_or_tomorrow_is_off(day: date, words: str) -> None:
    assert day_words(day, default_working_days()) == words


def test_an_empty_office_waits_for_nothing(tmp_path: Path) -> None:
    from app.journal.keys import Keyring
    from app.store.store import Store

    store = Store(tmp_path / "x", keyring=Keyring(tmp_path / "y"))
    with store.reading() as session:
        found = overview.overview(session, today=TODAY)
    store.close()

    assert [figure.count for figure in found.figures] == [0, 0, 0, 0]
    assert (found.stale, found.overdue_by_body) == ((), ())
