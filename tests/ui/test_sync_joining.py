"""Into a circle in three files, at the window: the hub's and the new office's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.services.sync import joining, membership
from app.services.sync.membership import Stage
from app.ui.sync import joining_part, places
from app.ui.sync.admit_dialog import AdmitDialog
from app.ui.sync.fingerprint import spoken
from tests.e2e.clerk import Clerk, said
from tests.sync.circles import Desk, circle, found
from tests.ui.sync_steps import agreeing, choosing


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    police, health = found(tmp_path / "0", "Công an tỉnh"), found(tmp_path / "1", "Sở Y tế")
    yield police, health
    police.store.close()
    health.store.close()


def at_joining(desk: Desk, qtbot: QtBot) -> tuple[Clerk, Any]:
    clerk = Clerk(desk.store, qtbot)
    clerk.window.enter("sync")
    clerk.click_row("Nhóm đồng bộ")
    return clerk, clerk.page.part


def test_three_files_and_two_calls_make_a_circle(
    offices: tuple[Desk, Desk], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    police, health = offices
    invited, asked, answer = (tmp_path / name for name in ("moi.phm", "xin.phr", "duyet.pha"))
    hub, hub_part = at_joining(police, qtbot)
    new, new_part = at_joining(health, qtbot)
    questions = agreeing(monkeypatch)

    hub.click("Lập nhóm đồng bộ …", hub_part)
    choosing(monkeypatch, invited)
    hub.click("Tạo thư mời …", hub_part)
    circle_words = membership.of(police.store).words
    assert spoken(circle_words) in said(hub_part)

    monkeypatch.setattr(places, "save_carried", lambda *_args: asked)
    new.click("Mở thư mời …", new_part)
    assert spoken(circle_words) in questions[-1]
    assert membership.of(health.store).stage is Stage.ASKED
    assert spoken(joining.own_fingerprint(health.store)) in said(new_part)

    shown: list[str] = []

    def admitted(_parent: Any, _office: Any, request: Any, likely: Any) -> Any:
        shown.append(request.fingerprint())
        return tuple(i for found in likely.values() for i in found) or (police.agency,)

    monkeypatch.setattr(joining_part, "ask_admit", admitted)
    choosing(monkeypatch, asked)
    monkeypatch.setattr(places, "save_carried", lambda *_args: answer)
    hub.click("Chấp thuận văn phòng …", hub_part)
    assert shown == [joining.own_fingerprint(health.store)]

    choosing(monkeypatch, answer)
    new.click("Mở tệp chấp thuận …", new_part)
    assert membership.of(health.store).stage is Stage.MEMBER
    assert "Sở Y tế" in said(hub_part)
    assert [peer.name for peer in joining.peers(police.store)] == ["Sở Y tế"]
    for clerk in (hub, new):
        clerk.close()


def test_the_hub_admits_only_after_hearing_and_naming_a_body(
    offices: tuple[Desk, Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    police, health = offices
    joining.begin(police.store)
    joining.invite(police.store, tmp_path / "moi.phm")
    joining.ask(health.store, tmp_path / "moi.phm", tmp_path / "xin.phr")
    request, likely = joining.look_at_request(police.store, tmp_path / "xin.phr")
    clerk, part = at_joining(police, qtbot)
    dialog = AdmitDialog(part, clerk.office, request, likely)
    qtbot.addWidget(dialog)

    assert not dialog.act.isEnabled()
    dialog.heard.click()
    dialog.act.click()
    assert dialog.chosen is None
    assert "Chưa chọn cơ quan" in dialog._error.text()
    dialog.bodies.show_value((police.agency,))
    dialog.act.click()
    assert dialog.chosen == (police.agency,)
    clerk.close()


def test_an_office_that_has_no_name_yet_is_told_where_to_set_it(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.offices import open_store

    store = open_store(tmp_path)
    clerk = Clerk(store, qtbot)
    clerk.window.enter("sync")
    clerk.settle()
    agreeing(monkeypatch)
    clerk.click("Lập nhóm đồng bộ …")

    assert "Vào Cài đặt để đặt" in clerk.said()
    clerk.close()
    store.close()


def test_the_hub_retires_a_machine(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    police, health = circle(tmp_path, "Công an tỉnh", "Sở Y tế")
    clerk, part = at_joining(police, qtbot)
    agreeing(monkeypatch)
    clerk.click_row("Sở Y tế", part)

    states = {line.office: line.state for line in membership.machines(police.store)}
    assert states == {"Công an tỉnh": "Đang dùng", "Sở Y tế": "Đã thôi dùng"}
    clerk.close()
    for desk in (police, health):
        desk.store.close()


def test_a_damaged_invitation_is_refused_with_a_sentence(
    offices: tuple[Desk, Desk], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "moi.phm"
    path.write_bytes(b"khong phai")
    clerk, part = at_joining(offices[1], qtbot)
    choosing(monkeypatch, path)
    clerk.click("Mở thư mời …", part)

    assert "không phải tệp thư mời" in clerk.said()
    assert membership.of(offices[1].store).stage is Stage.ALONE
    clerk.close()
