"""The text of a regulation in the pane: found, read, reworded, put after, taken out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models import Provision, Regulation
from app.services.any_kind import records
from app.services.regulation import provisions
from app.ui.common.parts.office import Place
from app.ui.regulation import wording
from app.ui.regulation.provisions_tab import ProvisionsTab
from tests.deep import deep_text
from tests.importers.papers import REGULATION, read_text
from tests.offices import regulation
from tests.ui.regulation_steps import CTRL, Clerk, answering, at_work, said


@pytest.fixture
def clerk(tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    with at_work(tmp_path, qtbot) as clerk:
        yield clerk


@pytest.fixture
def paper(clerk: Clerk) -> Regulation:
    """A regulation with a text of two chapters, its tab open."""
    found = regulation(clerk.store, clerk.police, clerk.health)
    with clerk.store.changing("Nhập văn bản") as session:
        provisions.enter_tree(session, found.id, read_text(REGULATION)[0].provisions)
    clerk.stand_on(found.id)
    clerk.tab("Điều khoản")
    return found


def tab(clerk: Clerk) -> ProvisionsTab:
    shown = [t for t in clerk.page.pane.findChildren(ProvisionsTab) if t.isVisible()]
    assert shown, said(clerk.page.pane)
    return shown[0]


def cited(clerk: Clerk, paper: Regulation) -> dict[str, UUID]:
    with clerk.store.reading() as session:
        return {words: id_ for id_, words in provisions.citations(session, paper.id)}


def test_the_text_is_counted_and_its_first_part_is_open_to_read(
    clerk: Clerk, paper: Regulation
) -> None:
    assert "2 chương, 4 điều, 4 khoản, 5 điểm" in said(tab(clerk))
    assert "Chương I. NHỮNG VẤN ĐỀ CHUNG" in said(tab(clerk))
    assert "2. Hai bên báo cho nhau kịp thời." in said(tab(clerk)), "all that stands under it"


def test_a_word_leaves_only_what_holds_it_without_marks_or_case(
    clerk: Clerk, paper: Regulation
) -> None:
    shown = tab(clerk)
    shown.finder.setText("BAN DEM")

    assert "1 điều khoản có “BAN DEM”" in said(shown)
    clerk.qtbot.keyClick(shown.finder, Qt.Key.Key_Return)
    clerk.settle()
    assert shown.tree.current() == cited(clerk, paper)["Điểm b khoản 1 Điều 3"]
    assert "Điểm b khoản 1 Điều 3" in said(shown)


def test_a_hit_of_the_search_opens_at_its_provision(clerk: Clerk, paper: Regulation) -> None:
    clerk.tab("Thông tin")
    point = cited(clerk, paper)["Điểm đ khoản 1 Điều 3"]
    hits = clerk.store.search("truoc 14 gio")
    assert [hit.found for hit in hits] == [point]
    clerk.window._open_hit(hits[0])
    clerk.settle()

    assert clerk.page.pane.tab == "Điều khoản"
    assert tab(clerk).tree.current() == point


def test_going_to_a_provision_from_another_room_opens_it(clerk: Clerk, paper: Regulation) -> None:
    clerk.tab("Thông tin")
    article = cited(clerk, paper)["Điều 2"]
    clerk.window.go(Place("provision", article))
    clerk.settle()

    assert tab(clerk).tree.current() == article


def test_rewording_one_provision_keeps_its_place_and_the_cursor(
    clerk: Clerk, paper: Regulation
) -> None:
    clause = cited(clerk, paper)["Khoản 2 Điều 3"]
    tab(clerk).choose(clause)
    clerk.settle()
    clerk.click("Sửa …", tab(clerk))
    clerk.fill("text", "Mỗi tháng gửi báo cáo một lần.")
    clerk.press(Qt.Key.Key_S, CTRL)

    assert clerk.store.undo_label == "Sửa Khoản 2 Điều 3"
    assert tab(clerk).tree.current() == clause
    assert "2. Mỗi tháng gửi báo cáo một lần." in said(tab(clerk))


def test_a_provision_put_after_another_gets_the_next_number(
    clerk: Clerk, paper: Regulation
) -> None:
    tab(clerk).choose(cited(clerk, paper)["Điểm đ khoản 1 Điều 3"])
    clerk.settle()
    clerk.click("Thêm sau …", tab(clerk))
    assert clerk.form.form.values()["number"] == "e"
    clerk.fill("text", "Giữ sổ trực.")
    clerk.press(Qt.Key.Key_S, CTRL)

    assert "Điểm e khoản 1 Điều 3" in cited(clerk, paper)
    assert "e) Giữ sổ trực." in said(tab(clerk)), "the cursor stands on the new one"


def test_taking_out_an_article_asks_for_what_stands_under_it(
    clerk: Clerk, paper: Regulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(wording, "ask", answering(asked, answer=True))
    tab(clerk).choose(cited(clerk, paper)["Điều 3"])
    clerk.settle()
    clerk.click("Rút", tab(clerk))

    assert asked[-1] == "Rút 8 điều khoản"
    assert "Điều 3" not in cited(clerk, paper)
    clerk.click("Hoàn tác", clerk.page.message)
    assert "Điểm a khoản 1 Điều 3" in cited(clerk, paper)


def test_a_obligation_is_given_from_a_provision(clerk: Clerk, paper: Regulation) -> None:
    clause = cited(clerk, paper)["Khoản 2 Điều 3"]
    tab(clerk).choose(clause)
    clerk.settle()
    clerk.click("Giao nghĩa vụ …", tab(clerk))

    assert clerk.went[-1].room == "obligation"
    assert clerk.went[-1].begins == {"regulation_id": paper.id, "provision_id": clause}


def test_a_regulation_without_text_offers_to_write_or_read_it(clerk: Clerk) -> None:
    bare = regulation(clerk.store, clerk.police, clerk.health)
    clerk.stand_on(bare.id)
    clerk.tab("Điều khoản")
    assert "Chưa ghi điều khoản nào" in said(clerk.page.pane)

    clerk.click("Ghi điều đầu tiên …", clerk.page.pane)
    clerk.fill("heading", "Phạm vi")
    clerk.press(Qt.Key.Key_S, CTRL)
    with clerk.store.reading() as session:
        found = records.live(session, Provision)
    assert [(p.called(), p.heading) for p in found] == [("Điều 1", "Phạm vi")]
    assert "Điều 1. Phạm vi" in said(tab(clerk))


def test_a_text_of_three_thousand_levels_is_shown_and_read(clerk: Clerk) -> None:
    found = regulation(clerk.store, clerk.police, clerk.health)
    ids = deep_text(clerk.store, found.id)
    clerk.stand_on(found.id)
    clerk.tab("Điều khoản")

    assert "3000 khoản" in said(tab(clerk)).replace(".", "")
    tab(clerk).tree.choose(ids[-1])
    clerk.settle()
    assert "Khoản 2999" in said(tab(clerk))
    assert tab(clerk).tree.narrow("2999") == 1
