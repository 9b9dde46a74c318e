"""The conflict room: both values, who, when; one is chosen, with a reason, and it can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models import Agency, Regulation
from app.services.any_kind import records
from app.ui.common.list.table import MARK_ROLE
from app.ui.sync.asking import BulkQuestion
from app.ui.sync.difference import highlighted
from tests.e2e.clerk import CTRL, said
from tests.sync.acts import bind
from tests.sync.circles import Desk, regulation
from tests.ui.sync_steps import REASON, Table, at_table, edit, standing


@pytest.fixture
def table(tmp_path: Path, qtbot: QtBot) -> Iterator[Table]:
    with at_table(tmp_path, qtbot) as table:
        yield table


def rule_of(desk: Desk, table: Table) -> Regulation:
    with desk.store.reading() as session:
        return records.get(session, Regulation, table.rule)


def choose(table: Table, field: int, side: int) -> None:
    box = table.part.rows[field].boxes[side]
    table.clerk.qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    table.clerk.settle()


def write(table: Table, reason: str = REASON) -> None:
    table.part.reason.setText(reason)
    table.clerk.press(Qt.Key.Key_S, CTRL)


def test_both_values_stand_side_by_side_with_office_clerk_and_time(table: Table) -> None:
    table.disagree()
    part = table.open("18/QC-CAT-SYT")
    told = said(part)

    for words in (
        "Xung đột 1 / 1, quy chế",
        "Công an tỉnh (văn phòng này)",
        "Sở Y tế",
        "Chuyên viên, 23/11/2026 09:00",
        "Trước khi sửa: Phối hợp",
        "Đã chọn 0 / 1 trường",
        "Lấy tất cả của Sở Y tế",
    ):
        assert words in told
    boxes = part.rows[0].boxes
    assert [boxes[n].radio.accessibleName().partition(".")[0] for n in (0, 1)] == [
        "Trích yếu: An ninh y tế",
        "Trích yếu: An ninh bệnh viện",
    ]


def test_a_choice_with_a_reason_settles_it_and_goes_on(table: Table) -> None:
    table.disagree()
    table.open("18/QC-CAT-SYT")
    choose(table, 0, 1)
    assert "Trích yếu đổi theo Sở Y tế." in said(table.part)
    write(table)

    assert standing(table.police) == []
    assert rule_of(table.police, table).abstract == "An ninh bệnh viện"
    assert table.clerk.window.sidebar.waiting("sync") == ""
    assert "An ninh bệnh viện | An ninh y tế | Thống nhất qua điện thoại" in said(table.part)

    table.clerk.click("Hoàn tác", table.page)
    assert len(standing(table.police)) == 1
    assert table.clerk.window.sidebar.waiting("sync") == "1"


def test_without_a_reason_nothing_is_written(table: Table) -> None:
    table.disagree()
    table.open("18/QC-CAT-SYT")
    table.clerk.press(Qt.Key.Key_S, CTRL)
    assert "Chưa chọn giá trị nào." in said(table.part)
    choose(table, 0, 0)
    write(table, "  ")

    assert "Chưa nhập lý do" in said(table.part)
    assert len(standing(table.police)) == 1


def test_all_of_one_office_can_be_taken_at_once(table: Table) -> None:
    table.disagree(field_of_work=("Y tế", "Dân số"))
    table.open("18/QC-CAT-SYT")
    table.clerk.click("Lấy tất cả của Sở Y tế")
    assert "Đã chọn 2 / 2 trường" in said(table.part)
    write(table)

    found = rule_of(table.police, table)
    assert (found.abstract, found.field_of_work) == ("An ninh bệnh viện", "Dân số")


def test_another_value_may_be_typed_and_is_checked(table: Table) -> None:
    table.disagree()
    table.open("18/QC-CAT-SYT")
    table.clerk.click("Nhập giá trị khác")
    write(table)
    assert "Chưa nhập" in said(table.part)
    table.part.rows[0].field.entry().setFocus()
    table.clerk.types("An ninh, trật tự bệnh viện")
    write(table)

    assert rule_of(table.police, table).abstract == "An ninh, trật tự bệnh viện"


def test_both_texts_may_be_kept(table: Table) -> None:
    table.disagree()
    table.open("18/QC-CAT-SYT")
    table.clerk.click("Giữ cả hai")
    assert "Trích yếu giữ cả hai nội dung." in said(table.part)
    write(table)

    assert rule_of(table.police, table).abstract == "An ninh y tế\nAn ninh bệnh viện"


def test_a_date_cannot_be_joined_and_a_group_not_typed(table: Table) -> None:
    table.disagree(
        signed_on=(date(2025, 3, 13), date(2025, 3, 14)),
        expires_on=(date(2030, 1, 1), date(2031, 1, 1)),
    )
    part = table.open("18/QC-CAT-SYT")
    links = {each.conflict.field: [link.text() for link in each.links] for each in part.rows}

    assert links["abstract"] == ["Nhập giá trị khác", "Giữ cả hai"]
    assert links["signed_on"] == ["Nhập giá trị khác"]
    assert [names for field, names in links.items() if field.startswith("@")] == [[]]


def test_what_was_chosen_stays_chosen_when_one_puts_it_off(table: Table) -> None:
    other = regulation(table.police, table.police.agency, table.health.agency, "19/QC-CAT-SYT")
    table.health.take(table.police.send(table.health))
    edit(table.health, other, note="một")
    edit(table.police, other, note="hai")
    table.disagree()
    table.open("18/QC-CAT-SYT")
    choose(table, 0, 1)
    table.clerk.click("Để sau")
    assert table.part.disputed.name == "19/QC-CAT-SYT"
    table.clerk.click("Để sau")

    assert table.part.disputed.name == "18/QC-CAT-SYT"
    assert table.part.rows[0].boxes[1].is_chosen


def test_many_records_are_settled_alike(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    other = regulation(table.police, table.police.agency, table.health.agency, "19/QC-CAT-SYT")
    table.health.take(table.police.send(table.health))
    edit(table.health, other, note="một")
    edit(table.police, other, note="hai")
    table.disagree()

    def answer(question: BulkQuestion) -> int:
        question._sides.button(0).setChecked(True)
        question.reason.setText(REASON)
        question._agree()
        return 1

    monkeypatch.setattr(BulkQuestion, "exec", answer)
    table.open("18/QC-CAT-SYT")
    table.clerk.click("Giải quyết nhiều xung đột như nhau …")

    assert standing(table.police) == []
    assert rule_of(table.police, table).abstract == "An ninh bệnh viện"


def test_a_record_in_conflict_says_so_in_its_register_its_pane_and_its_form(table: Table) -> None:
    table.disagree()
    table.clerk.window.enter("regulation")
    table.clerk.settle()
    page: Any = table.clerk.page
    index = page.table.index(0, 0)
    assert index.data(MARK_ROLE) == "Xung đột"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", Xung đột")
    page.filters.field.setText("xung dot")
    table.clerk.settle()
    assert page.table.rowCount() == 1
    page.visit(table.rule)
    table.clerk.settle()
    tags = [tag.text() for tag in page.pane.findChildren(type(_tag(page)))]
    assert "Xung đột" in tags

    page.commands["open"].trigger()
    table.clerk.settle()
    assert "đang xung đột giữa các văn phòng" in table.clerk.said()
    table.clerk.press(Qt.Key.Key_Escape)
    page.commands["see_conflict"].trigger()
    table.clerk.settle()
    assert table.part.disputed.record == table.rule


def test_the_keyboard_stays_where_it_was_when_the_window_becomes_narrow(table: Table) -> None:
    table.disagree()
    table.open("18/QC-CAT-SYT")
    window = table.clerk.window
    choose(table, 0, 1)
    for is_reason in (False, True):
        part = table.part.reason if is_reason else table.part.rows[0].boxes[1].radio
        name = part.accessibleName()
        part.setFocus()
        narrow = table.part.width() < 720
        window.resize(1366 if narrow else 900, 768)
        table.clerk.settle()

        assert window.focusWidget() is not part, "drawn anew"
        assert window.focusWidget().accessibleName() == name


def test_the_number_stays_whole_beside_its_mark_where_there_is_room(table: Table) -> None:
    edit(table.police, table.rule, number="21/QCPH-CAT-BCHQS-BĐBP")
    table.health.take(table.police.send(table.health))
    table.clerk.window.resize(1920, 1040)
    table.clerk.window.enter("regulation")
    table.clerk.settle()
    view = table.clerk.page.view
    width = view.columnWidth(0)
    table.disagree()
    table.clerk.settle()

    index = view.model().index(0, 0)
    assert index.data(MARK_ROLE) == "Xung đột"
    assert view.columnWidth(0) > width
    assert view.cells.needed(index) <= view.columnWidth(0)


def test_a_record_without_conflict_bears_no_mark(table: Table) -> None:
    table.clerk.window.enter("regulation")
    table.clerk.settle()
    page: Any = table.clerk.page

    assert page.table.index(0, 0).data(MARK_ROLE) == ""
    assert not page.commands["see_conflict"].isEnabled()


def test_a_copy_that_another_office_no_longer_updates_says_so_in_its_pane(table: Table) -> None:
    police, health = table.police, table.health
    health.take(police.send(health))  # health now knows what the police have
    bind(health, table.rule, health.agency)
    police.take(health.send(police))
    police.store.announce("")
    table.clerk.window.enter("regulation")
    table.clerk.settle()
    page: Any = table.clerk.page
    page.visit(table.rule)
    table.clerk.settle()

    assert "Không còn cập nhật từ Sở Y tế từ 23/11/2026." in said(page.pane)


def _tag(page: Any) -> Any:
    from app.ui.common.pane.status import Tag

    return page.findChildren(Tag)[0]


@pytest.mark.parametrize(
    ("words", "other", "bold"),
    [
        ("20/12/2026", "15/12/2026", ["20"]),
        ("An ninh trong lĩnh vực y tế", "An ninh trong lĩnh vực y tế và dân số", []),
        ("y tế và dân số", "y tế", ["dân", "số"]),
        ("khác hẳn", "không giống", []),
        ("<b>chữ</b> đậm", "<b>chữ</b> nhạt", ["đậm"]),
    ],
)
def test_differing_words_are_bold_and_only_those(words: str, other: str, bold: list[str]) -> None:
    rich = highlighted(words, other)
    inside = [part.partition("</span>")[0] for part in rich.split('font-weight:600">')[1:]]

    assert [word for word in " ".join(inside).split() if word in bold] == bold
    assert bool(inside) == bool(bold)
    assert "<b>" not in rich


def test_a_ring_of_two_bodies_is_shown_with_both_wishes_and_settled(table: Table) -> None:
    here, there = table.desks
    for desk, one, other in ((here, here, there), (there, there, here)):
        with desk.store.changing("Cấp trên") as session:
            records.revise(session, "agency", one.agency, {"superior_id": other.agency})
    there.take(here.send(there))
    here.take(there.send(here))
    (conflict,) = standing(here)
    told = said(table.open(conflict.name))

    assert "(trống, vì “Cơ quan cấp trên” ở" in told
    wish = next(n for n, side in enumerate(conflict.sides) if not side.is_against)
    choose(table, 0, wish)
    write(table)
    assert standing(here) == []
    with here.store.reading() as session:
        found = [records.get(session, Agency, d.agency).superior_id for d in (here, there)]
    assert found.count(None) == 1
