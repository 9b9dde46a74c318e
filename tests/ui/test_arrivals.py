"""A carried file opened by a double click: each goes to its step, none is lost, none is run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.services.sync import joining, membership
from app.services.sync.membership import Stage
from app.ui.arrivals import Arrivals
from app.ui.common.parts import dialogs
from app.ui.sync import joining_part, places
from app.ui.sync.receive_page import ReceivePage
from tests.e2e.clerk import CTRL, Clerk, said
from tests.sync.circles import Desk, found
from tests.ui.sync_steps import Table, agreeing, at_table


@pytest.fixture
def table(tmp_path: Path, qtbot: QtBot) -> Iterator[Table]:
    with at_table(tmp_path, qtbot) as table:
        yield table


@pytest.fixture
def new(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Desk, Clerk]]:
    """A clerk at the window of an office that is in no circle yet, and a hub elsewhere."""
    hub, desk = found(tmp_path / "0", "Công an tỉnh"), found(tmp_path / "1", "Sở Y tế")
    joining.begin(hub.store)
    joining.invite(hub.store, tmp_path / "moi.phm")
    clerk = Clerk(desk.store, qtbot)
    yield hub, clerk
    clerk.close()
    for each in (hub, desk):
        each.store.close()


def bring(clerk: Clerk, path: Path) -> None:
    Arrivals(clerk.window).bring(path)
    clerk.settle()


def test_a_package_is_previewed_wherever_the_clerk_was(table: Table) -> None:
    path = table.health.send(table.police)
    table.clerk.window.enter("agency")
    bring(table.clerk, path.rename(path.with_suffix(".PHX")))

    assert isinstance(table.clerk.page, ReceivePage)
    assert "Chưa có gì thay đổi trong sổ." in table.clerk.said()


def test_a_file_that_has_gone_and_one_of_another_kind_are_each_a_sentence(
    table: Table, tmp_path: Path
) -> None:
    bring(table.clerk, tmp_path / "đã rút USB.phx")
    assert "Không đọc được tệp đã rút USB.phx" in table.clerk.said()

    bring(table.clerk, tmp_path / "báo cáo.docx")
    assert "không mở được tệp báo cáo.docx: chỉ mở gói đồng bộ (.phx)" in table.clerk.said()
    assert table.clerk.page is table.page


def test_an_office_without_a_circle_is_told_the_way_in(
    new: tuple[Desk, Clerk], tmp_path: Path
) -> None:
    _, clerk = new
    (tmp_path / "goi.phx").write_bytes(b"goi")
    bring(clerk, tmp_path / "goi.phx")

    assert "chưa vào nhóm đồng bộ nào" in clerk.said()
    assert "Mở thư mời …" in clerk.said()


def test_three_files_opened_one_after_the_other_make_a_member(
    new: tuple[Desk, Clerk], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, clerk = new
    asked, answer = tmp_path / "xin.phr", tmp_path / "duyet.pha"
    questions = agreeing(monkeypatch)
    monkeypatch.setattr(places, "save_carried", lambda *_args: asked)
    bring(clerk, tmp_path / "moi.phm")
    assert "Dấu nhận đúng như đầu dây bên kia đọc?" in questions[-1]
    assert membership.of(clerk.store).stage is Stage.ASKED

    bring(clerk, asked)
    assert "do văn phòng đầu mối mở để chấp thuận" in clerk.said()

    at_hub = Clerk(hub.store, qtbot)
    monkeypatch.setattr(joining_part, "ask_admit", lambda *_args: (hub.agency,))
    monkeypatch.setattr(places, "save_carried", lambda *_args: answer)
    bring(at_hub, asked)
    bring(at_hub, answer)
    assert "Văn phòng này là đầu mối" in at_hub.said()

    bring(clerk, answer)
    assert "Vào nhóm đồng bộ bằng tệp duyet.pha?" in questions[-1]
    assert membership.of(clerk.store).stage is Stage.MEMBER
    at_hub.close()


def test_a_double_click_alone_joins_nothing(
    new: tuple[Desk, Clerk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, clerk = new
    joining.ask(clerk.store, tmp_path / "moi.phm", tmp_path / "xin.phr")
    joining.admit(hub.store, tmp_path / "xin.phr", tmp_path / "duyet.pha", (hub.agency,))
    monkeypatch.setattr(dialogs, "ask", lambda *_args: False)
    bring(clerk, tmp_path / "duyet.pha")

    assert membership.of(clerk.store).stage is Stage.ASKED


def test_a_question_on_screen_is_answered_before_the_file_opens(table: Table, qtbot: QtBot) -> None:
    question = QDialog(table.clerk.window)
    question.setModal(True)
    with qtbot.waitExposed(question):
        question.show()
    Arrivals(table.clerk.window).bring(table.health.send(table.police))
    table.clerk.settle()
    assert table.clerk.page is table.page

    question.close()
    table.clerk.until(lambda: isinstance(table.clerk.page, ReceivePage))
    question.deleteLater()


def test_a_form_that_is_not_left_keeps_the_file_for_later(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True]
    path = table.health.send(table.police)
    table.clerk.window.enter("agency")
    table.clerk.settle()
    table.clerk.press(Qt.Key.Key_N, CTRL)
    table.clerk.settle()
    form = table.clerk.form
    table.clerk.fill("name", "Sở Tài chính")
    monkeypatch.setattr(type(form), "may_leave", lambda _form: answers.pop(0))
    bring(table.clerk, path)
    assert table.clerk.page is form
    assert f"Chưa mở tệp {path.name}" in said(table.clerk.window)

    table.clerk.click("Mở tệp", table.clerk.window)
    assert isinstance(table.clerk.page, ReceivePage)


def test_a_second_file_waits_for_the_question_of_the_first(
    new: tuple[Desk, Clerk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, clerk = new
    arrivals = Arrivals(clerk.window)
    seen: list[str] = []

    def ask(_parent: Any, title: str, *_words: str) -> bool:
        arrivals.bring(tmp_path / "gói sau.phx")
        seen.append(clerk.said())
        return False

    monkeypatch.setattr(dialogs, "ask", ask)
    arrivals.bring(tmp_path / "moi.phm")
    clerk.settle()

    refusal = "Mở thư mời của văn phòng đầu mối trước."
    assert refusal not in seen[0]
    assert refusal in clerk.said()
