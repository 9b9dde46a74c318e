"""The room Đồng bộ: offices, a package out, a package in, the books, what was set aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models import LegalDocument, Party
from app.services.any_kind import records
from app.ui.sync.asking import TypedQuestion
from app.ui.sync.receive_page import ReceivePage
from app.ui.sync.send_page import SendPage
from tests.e2e.clerk import CTRL, said
from tests.sync.circles import Desk
from tests.ui.sync_steps import Table, agreeing, at_table, choosing, edit


@pytest.fixture
def table(tmp_path: Path, qtbot: QtBot) -> Iterator[Table]:
    with at_table(tmp_path, qtbot) as table:
        yield table


@pytest.fixture
def three(tmp_path: Path, qtbot: QtBot) -> Iterator[Table]:
    with at_table(tmp_path, qtbot, "Sở Nội vụ") as table:
        yield table


def numbers(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        return sorted(document.number for document in records.live(session, LegalDocument))


def enter_documents(desk: Desk, *named: str) -> None:
    with desk.store.changing("Thêm văn bản") as session:
        for number in named:
            records.enter(session, "legal_document", {"number": number})


def look_at(table: Table, path: Path, monkeypatch: pytest.MonkeyPatch) -> ReceivePage:
    choosing(monkeypatch, path)
    table.clerk.click("Nhận gói …")
    page = table.clerk.page
    assert isinstance(page, ReceivePage), said(page)
    return page


def test_every_office_is_a_card_with_what_waits(three: Table) -> None:
    edit(three.police, three.rule, note="Ghi chú")
    three.clerk.settle()
    told = {card.peer.name: said(card) for card in three.part.cards.values()}

    assert "1 thay đổi chờ gửi" in told["Sở Y tế"]
    assert "đến gói số 3 / 3" in told["Sở Y tế"]
    assert "đến gói số 1 / 2" in told["Sở Nội vụ"]


def test_what_will_go_is_shown_then_written_and_read_back(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    edit(table.police, table.rule, note="Ghi chú")
    table.clerk.settle()
    choosing(monkeypatch, stick)
    table.clerk.click("Tạo gói cho Sở Y tế")
    page = table.clerk.page
    assert isinstance(page, SendPage)
    assert "Quy chế | 1 | Cơ quan của văn phòng này là một bên" in said(page)
    assert list(stick.iterdir()) == []

    table.clerk.press(Qt.Key.Key_S, CTRL)
    assert "Đã ghi và đọc lại đúng, có thể rút USB." in said(page)
    (path,) = stick.iterdir()
    table.clerk.click("Xong")
    assert table.clerk.page is table.page

    assert table.health.take(path).changed["regulation"]


def test_several_offices_get_a_package_each(
    three: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    choosing(monkeypatch, stick)
    for card in three.part.cards.values():
        card.tick.click()
    three.clerk.click("Tạo gói cho 2 văn phòng …")
    three.clerk.click("Ghi 2 gói …")

    assert len(list(stick.iterdir())) == 2


def test_a_stick_that_is_gone_is_said_and_nothing_is_lost(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, tmp_path / "rút rồi")
    table.clerk.click("Tạo gói cho Sở Y tế")
    table.clerk.press(Qt.Key.Key_S, CTRL)

    assert "USB đã rút" in said(table.clerk.page)
    assert table.clerk.page.commands["write"].isEnabled()


def test_a_package_changes_nothing_before_it_is_taken_in(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_documents(table.health, "144/2016/NĐ-CP")
    path = table.health.send(table.police)
    page = look_at(table, path, monkeypatch)
    assert "Xem trước gói số 3 của Sở Y tế" in said(page)
    assert "Mới | Văn bản căn cứ | 144/2016/NĐ-CP" in said(page)

    table.clerk.click("Hủy")
    assert table.clerk.page is table.page
    assert numbers(table.police) == []

    look_at(table, path, monkeypatch)
    table.clerk.click("Nhận vào sổ")
    assert "Đã nhận gói số 3 của Sở Y tế" in said(table.clerk.page)
    assert numbers(table.police) == ["144/2016/NĐ-CP"]
    table.clerk.press(Qt.Key.Key_Escape)
    assert table.clerk.page is table.page


def test_a_package_already_taken_in_is_said_to_be(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table.health.send(table.police)
    table.police.take(path)
    page = look_at(table, path, monkeypatch)

    assert "đã nhận trước đây" in said(page)
    page.take()
    table.clerk.settle()
    assert not page.is_taken or not page.arrival.lines


def test_a_file_dropped_on_the_room_is_looked_at(table: Table) -> None:
    enter_documents(table.health, "144/2016/NĐ-CP")
    path = table.health.send(table.police)
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(table.page, QDragEnterEvent(QPoint(40, 40), copy, carried, left, held))
    QApplication.sendEvent(table.page, QDropEvent(QPointF(40, 40), copy, carried, left, held))
    table.clerk.settle()

    assert isinstance(table.clerk.page, ReceivePage)


def test_a_wrong_file_is_refused_with_a_sentence(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bao-cao.phx"
    path.write_bytes(b"")
    choosing(monkeypatch, path)
    table.clerk.click("Nhận gói …")

    assert "Tệp bao-cao.phx rỗng" in table.clerk.said()
    assert table.clerk.page is table.page


def test_a_package_that_withdraws_much_wants_its_number_typed(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_documents(table.police, *(f"{n}/2016/NĐ-CP" for n in range(30)))
    table.health.take(table.police.send(table.health))
    with table.health.store.changing("Rút") as session:
        ids = [document.id for document in records.live(session, LegalDocument)]
        records.withdraw(session, "legal_document", ids)
    page = look_at(table, table.health.send(table.police), monkeypatch)

    refuse: list[str] = []

    def closed(question: TypedQuestion) -> int:
        refuse.append(said(question))
        assert not question.act.isEnabled()
        return 0

    monkeypatch.setattr(TypedQuestion, "exec", closed)
    table.clerk.click("Nhận vào sổ")
    assert len(refuse) == 1
    assert len(numbers(table.police)) == 30

    def typed(question: TypedQuestion) -> int:
        question.line.setText(str(page.arrival.outcome.number))
        question.act.click()
        return 1

    monkeypatch.setattr(TypedQuestion, "exec", typed)
    table.clerk.click("Nhận vào sổ")
    assert numbers(table.police) == []


def test_taking_in_can_be_stopped_and_then_nothing_has_changed(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_documents(table.health, "144/2016/NĐ-CP")
    page = look_at(table, table.health.send(table.police), monkeypatch)
    page.take()
    table.clerk.office.tasks.cancel()
    table.clerk.settle()
    assert numbers(table.police) == []
    assert not page.is_taken

    table.clerk.click("Nhận vào sổ")
    assert numbers(table.police) == ["144/2016/NĐ-CP"]


def test_the_summary_can_be_exported(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_documents(table.health, "144/2016/NĐ-CP")
    look_at(table, table.health.send(table.police), monkeypatch)
    table.clerk.click("Nhận vào sổ")
    choosing(monkeypatch, tmp_path / "tong-hop.xlsx")
    table.clerk.click("Xuất Excel …")

    assert (tmp_path / "tong-hop.xlsx").stat().st_size > 0


def test_a_received_package_is_taken_back_from_the_book(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_documents(table.health, "144/2016/NĐ-CP")
    table.police.take(table.health.send(table.police))
    part = table.open("Gói đã gửi và đã nhận")
    got = next(row for row in part.records(None) if not row.is_ours and row.number == 3)
    part.visit(got.id)
    asked = agreeing(monkeypatch)
    part.commands["withdraw"].trigger()
    table.clerk.settle()

    assert "Rút gói số 3 của Sở Y tế?" in asked[0]
    assert numbers(table.police) == []
    assert {row.id: row.state for row in part.records(None)}[got.id] == "Đã rút"


def test_a_package_is_copied_out_again(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    edit(table.police, table.rule, note="Ghi chú")
    table.police.send(table.health)
    part = table.open("Gói đã gửi và đã nhận")
    part.visit(next(row.id for row in part.records(None) if row.path is not None))
    choosing(monkeypatch, stick)
    part.commands["copy_out"].trigger()
    table.clerk.settle()

    (path,) = stick.iterdir()
    assert table.health.take(path).changed["regulation"]


def test_what_was_set_aside_waits_at_the_door_until_somebody_decides(
    three: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = three.desks[2]
    with home.store.changing("Thêm bên") as session:
        for agency in (home.agency, three.police.agency):
            session.add(Party(regulation_id=three.rule, agency_id=agency, role="standing"))
    three.police.take(home.send(three.police))
    three.police.store.announce("")
    three.clerk.settle()
    assert three.clerk.window.sidebar.waiting("sync") == "1"

    part = three.open("Thay đổi bị giữ lại")
    assert "Sở Nội vụ" in said(part)
    agreeing(monkeypatch)
    part.commands["let_in"].trigger()
    three.clerk.settle()

    assert three.clerk.window.sidebar.waiting("sync") == ""
    assert [row.state for row in part.table.all_records()] == ["Đã nhận vào sổ"]


def test_the_first_page_and_the_status_bar_know_of_the_exchange(table: Table) -> None:
    table.disagree()
    assert "Trao đổi gần nhất 23/11/2026, Sở Y tế" in table.clerk.window.status.words("exchange")

    table.clerk.window.enter("overview")
    table.clerk.settle()
    assert "Lần trao đổi gần nhất" in table.clerk.said()
    table.clerk.click("1 Xung đột đồng bộ")
    assert table.clerk.page is table.page
    assert table.part.disputed is not None
