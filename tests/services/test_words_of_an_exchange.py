"""What is said of packages that came, were sent, or were set aside: at the limit and beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from app.services.sync import doorstep, quarantine
from app.services.sync.arrival import Arrival
from app.store import Store
from app.sync.incoming import Outcome
from tests.offices import open_store
from tests.sync.circles import Desk

MADE = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def arrival(held: int, **touched: int) -> Arrival:
    told: dict[str, Any] = {
        what: defaultdict(set, {"agency": {uuid4().bytes for _ in range(count)}})
        for what, count in touched.items()
    }
    return Arrival(Outcome(b"", "Sở Y tế", 1, MADE, "gói", **told), (), held)


@pytest.mark.parametrize(
    ("held", "gone", "said"),
    [
        (100, 20, ""),
        (100, 21, "Gói này rút 21 trong 100 bản ghi của sổ."),
        (1000, 50, ""),
        (1000, 51, "Gói này rút 51 trong 1000 bản ghi của sổ."),
        (0, 0, ""),
    ],
)
def test_a_package_that_withdraws_much_needs_a_typed_word(held: int, gone: int, said: str) -> None:
    assert arrival(held, deleted=gone).sweeping == said


@pytest.mark.parametrize(
    ("held", "changed", "said"),
    [(100, 30, ""), (100, 31, "Gói này sửa 31 trong 100 bản ghi của sổ."), (0, 5, "")],
)
def test_a_package_that_changes_much_needs_a_typed_word(held: int, changed: int, said: str) -> None:
    assert arrival(held, changed=changed, new=500).sweeping == said


@pytest.mark.parametrize(
    ("days", "note"),
    [(13, "Nhận 2, gửi 3"), (14, "14 ngày chưa gửi"), (15, "15 ngày chưa gửi")],
)
def test_the_first_room_says_when_nothing_was_sent_for_two_weeks(
    two: list[Desk], days: int, note: str
) -> None:
    police, health = two
    today = date(2026, 11, 23)
    sent, got = today - timedelta(days=days), today - timedelta(days=1)
    with police.store.exchanging() as connection:
        connection.exec_driver_sql("DELETE FROM package")
        for is_ours, sets, day in ((1, 3, sent), (0, 2, got)):
            connection.exec_driver_sql(
                "INSERT INTO package (id, is_ours, mine, peer, office, number, at, name, sets,"
                " families, n_from, n_to, roster_serial, state)"
                " VALUES (?, ?, x'', x'', ?, 1, ?, '', ?, x'', 0, 0, 1, '')",
                (uuid4().bytes, is_ours, health.store.office, f"{day}T08:00:00+00:00", sets),
            )
    with police.store.reading() as session:
        (found,) = doorstep.last_exchanges(session, today=today)
    assert (found.office, found.day, found.note) == ("Sở Y tế", max(sent, got), note)


def test_what_nobody_can_read_is_listed_without_words_and_cannot_be_let_in(store: Store) -> None:
    with store.exchanging() as connection:
        connection.exec_driver_sql(
            "INSERT INTO quarantine (id, body, sig, reason, package, at)"
            " VALUES (x'01', x'ff00', x'', 'unreadable', x'', '2026-11-23T08:00:00+00:00')"
        )
    with store.reading() as session:
        (line,) = quarantine.listing(session)
        assert quarantine.count(session) == 1
    assert (line.label, line.clerk, line.written, line.kinds) == ("", "", None, "")
    assert line.words
    assert not line.may_enter
