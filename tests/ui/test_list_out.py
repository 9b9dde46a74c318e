"""A list leaves the window: to Excel, to paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.export.listing import Listing
from app.ui import theme
from app.ui.common.list import printing
from app.ui.common.list.export import listing
from app.ui.common.list.print_preview import PrintPreview
from app.ui.common.parts import dialogs
from app.ui.common.parts.office import Office, Saying
from tests.ui.demo_room import COLUMNS, DemoPage, DemoStore, many, office_on, rows


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    theme.wear("light", 100)
    office = office_on(DemoStore(rows()))
    yield office
    office.tasks.wait()
    office.remember.keep()


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> DemoPage:
    page = DemoPage(office)
    qtbot.addWidget(page)
    return page


def printer(path: Path) -> QPrinter:
    made = printing.prepared(QPrinter(QPrinter.PrinterMode.HighResolution))
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    return made


def test_the_file_has_the_columns_rows_and_order_on_screen(
    page: DemoPage, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page.views.choose("stale")
    page._limit()
    page.view.arrange(["state", "number"], {"abstract", "partner", "signed_on", "articles"})
    page.view.sort_by("number")
    path = tmp_path / "Cần rà soát.xlsx"
    asked: list[str] = []

    def answer(_parent: object, title: str, _kinds: str, proposed: Path) -> Path:
        asked.extend([title, proposed.name])
        return path

    monkeypatch.setattr(dialogs, "save_file", answer)
    said: list[Saying] = []
    office.said.connect(said.append)

    page.commands["export_view"].trigger()
    qtbot.waitUntil(lambda: bool(said))

    sheet = load_workbook(path).worksheets[0]
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert table[0] == ["Tình trạng", "Số, ký hiệu"]
    assert [row[1] for row in table[1:]] == [row.number for row in page.table.records()]
    assert sheet["A3"].value == "Cần rà soát; 4 / 17 quy chế"
    assert asked == ["Xuất danh sách ra Excel", "Quy chế 2026-11-23.xlsx"]
    assert said[0].sentence == "Đã xuất 4 quy chế ra Cần rà soát.xlsx."
    assert [words for words, _ in said[0].links] == ["Mở", "Mở thư mục"]


def test_a_clerk_who_thinks_again_writes_nothing(
    page: DemoPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: None)

    page.commands["export_view"].trigger()

    assert office.tasks.under_way == ()


def test_a_list_goes_on_to_further_pages_with_its_heading(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "list.pdf"
    long = Listing(
        "Quy chế",
        "Công an tỉnh",
        COLUMNS[:5],
        many(200),
        "Tất cả; 200 / 200 quy chế",
        datetime(2026, 11, 23, tzinfo=UTC),
    )

    pages = printing.paint(printer(path), long)

    assert pages > 5
    assert path.read_bytes().startswith(b"%PDF")


def test_text_too_long_for_a_line_wraps_and_makes_its_row_higher(
    page: DemoPage, tmp_path: Path
) -> None:
    plain = printing.paint(printer(tmp_path / "a.pdf"), listing(page))
    page.table.show([*rows()] * 1)
    held = [
        row.__class__(row.id, row.number, row.abstract * 9, row.partner, None, row.state)
        for row in rows()
    ]
    page.table.show(held)

    assert printing.paint(printer(tmp_path / "b.pdf"), listing(page)) > plain


def test_an_empty_list_prints_one_page(page: DemoPage, tmp_path: Path) -> None:
    page.table.show([])

    assert printing.paint(printer(tmp_path / "a.pdf"), listing(page)) == 1


def preview(page: DemoPage) -> PrintPreview:
    page.commands["print_view"].trigger()
    return page.findChildren(PrintPreview)[0]


def test_the_preview_shows_every_page(page: DemoPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.table.show(many(60))

    pages = printing.paint(printer(tmp_path / "a.pdf"), listing(page))
    shown = preview(page)
    qtbot.waitUntil(lambda: shown.page_count() == pages)

    assert pages > 1
    assert shown.windowTitle() == "Xem trước bản in: Quy chế"
    said = [label.text() for label in shown.findChildren(QLabel)]
    assert f"Trang 1 / {pages}" in said
    shown.close()


def test_on_a_windows_without_a_printer_a_sentence_says_so(
    page: DemoPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = preview(page)
    shown._printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # as Qt does there
    with monkeypatch.context() as patch:
        patch.setattr("sys.platform", "win32")
        shown.send()

    assert any("chưa có máy in" in label.text() for label in shown.findChildren(QLabel))
    shown.close()


def test_the_preview_is_kept_as_pdf(
    page: DemoPage, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Quy chế.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: path)
    said: list[Saying] = []
    office.said.connect(said.append)

    preview(page).save_pdf()

    assert path.read_bytes().startswith(b"%PDF")
    assert said[0].sentence == "Đã lưu bản in Quy chế.pdf."
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_said_in_the_preview(
    page: DemoPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: tmp_path / "gone" / "a.pdf")
    shown = preview(page)

    shown.save_pdf()

    assert any("không còn đó" in label.text() for label in shown.findChildren(QLabel))
    shown.close()
