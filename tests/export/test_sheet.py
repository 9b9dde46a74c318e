"""The workbook a clerk opens is the list they were looking at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.errors import Cancelled, FileBusy, TargetGone
from app.export.listing import Listing
from app.export.sheet import write_sheet
from app.registers.column import Column, Columns
from tests.holding import Holder


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    due: date | None = None
    left: int | None = None


COLUMNS: Columns[Row] = (
    Column("name", "Nghĩa vụ", lambda r: r.name, width=0),
    Column("due", "Hạn", lambda r: r.due, kind="date", width=11),
    Column("left", "Còn, ngày", lambda r: r.left, kind="days", width=8),
)


def listing(*rows: Row) -> Listing[Row]:
    return Listing(
        title="Nghĩa vụ",
        office="Công an tỉnh",
        columns=COLUMNS,
        records=rows,
        note="Quá hạn; 2 / 126 nghĩa vụ",
        at=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
    )


def written(path: Path, *rows: Row) -> Any:
    write_sheet(path, listing(*rows))
    return load_workbook(path).worksheets[0]


def test_dates_are_dates_numbers_are_numbers_and_blanks_are_blank(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", Row(1, "Báo cáo", date(2026, 9, 20), -64), Row(2, ""))

    head, first, second = ([cell.value for cell in row] for row in sheet["A5:C7"])
    assert head == ["Nghĩa vụ", "Hạn", "Còn, ngày"]
    assert first == ["Báo cáo", datetime(2026, 9, 20), -64]
    assert second == [None, None, None]
    assert sheet["B6"].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("text", ["=1+1", "+84 237", "-", "@cmd", "0123", "'a"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    cell = written(tmp_path / "a.xlsx", Row(1, text))["A6"]

    assert cell.data_type == "s"
    assert cell.value == text


def test_it_says_whose_list_it_is_and_what_was_asked(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", Row(1, "a"))

    assert [sheet["A1"].value, sheet["A2"].value, sheet["A3"].value] == [
        "Công an tỉnh",
        "NGHĨA VỤ",
        "Quá hạn; 2 / 126 nghĩa vụ",
    ]


def test_it_is_ready_for_paper(tmp_path: Path) -> None:
    sheet = written(tmp_path / "a.xlsx", *(Row(n, "a") for n in range(300)))

    assert sheet.freeze_panes == "B6"
    assert sheet.auto_filter.ref == "A5:C305"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet["A6"].font.name == "Times New Roman"


def test_an_empty_list_is_still_a_workbook(tmp_path: Path) -> None:
    assert written(tmp_path / "a.xlsx").auto_filter.ref == "A5:C5"


def test_a_file_open_elsewhere_is_a_sentence_and_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("của người khác", encoding="utf-8")

    Holder(monkeypatch).holds()
    with pytest.raises(FileBusy, match="đang mở ở chương trình khác"):
        write_sheet(path, listing(Row(1, "a")))

    assert path.read_text(encoding="utf-8") == "của người khác"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TargetGone, match="không còn đó"):
        write_sheet(tmp_path / "gone" / "a.xlsx", listing(Row(1, "a")))


def test_cancelled_work_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_sheet(tmp_path / "a.xlsx", listing(*(Row(n, "a") for n in range(500))), stop)

    assert list(tmp_path.iterdir()) == []


def test_progress_counts_rows(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    write_sheet(
        tmp_path / "a.xlsx",
        listing(*(Row(n, "a") for n in range(450))),
        lambda done, total: seen.append((done, total)),
    )

    assert seen == [(200, 450), (400, 450)]
