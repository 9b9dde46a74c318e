"""The packet's folder is there whole, or not there at all (faults F003–F008, F070)."""

from __future__ import annotations

import errno
import json
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from app import place
from app.errors import Cancelled, DiskFull, FileBusy, FileProblem, PathTooLong, TargetGone
from app.export import packet, written_check
from app.export.packet import write_packet
from app.export.packet_content import Figure
from app.export.report import write_report
from tests.export.packet_sample import agency, content, task
from tests.holding import Holder

_OF = "sơ kết 2023 - QCPH 12 và QCPH 13"


def test_the_folder_holds_what_a_clerk_sends_and_nothing_else(tmp_path: Path) -> None:
    result = write_packet(content(), tmp_path / "ra" / "tài liệu", kept=tmp_path / "packets")

    assert [path.name for path in result.files] == [
        f"Báo cáo {_OF}.docx",
        f"Phụ lục số liệu {_OF}.xlsx",
        f"Danh mục nguồn {_OF}.xlsx",
    ]
    assert all(path.stat().st_size for path in result.files)
    assert sorted(result.folder.iterdir()) == sorted(result.files)
    assert result.counts == {"figures": 4, "agencies": 3, "task_rows": 18, "sources": 25}
    assert [path.name for path in (tmp_path / "ra" / "tài liệu").iterdir()] == [result.folder.name]


def test_a_packet_already_there_is_never_written_over(tmp_path: Path) -> None:
    first = write_packet(content(), tmp_path)
    before = {path: path.read_bytes() for path in first.files}

    second = write_packet(content(rows=1), tmp_path)

    assert second.folder.name == f"{first.folder.name} (2)"
    assert {path: path.read_bytes() for path in first.files} == before


def test_sources_list_each_figures_records_for_people_and_programs(tmp_path: Path) -> None:
    kept = tmp_path / "packets"
    result = write_packet(content(), tmp_path, kept=kept)

    assert result.listed == kept / "PH-0001.json"
    whole = json.loads(result.listed.read_text(encoding="utf-8"))
    assert whole["folder"] == str(result.folder)
    assert whole["files"] == [path.name for path in result.files]
    people = whole["figures"][2]
    assert (whole["format"], whole["version"], whole["packet"]) == ("phoihop.sources", 1, "PH-0001")
    assert (people["value"], people["qualifier"], people["bookmarks"]) == (
        "36720",
        "nearly",
        ["SL03", "SL03_1"],
    )
    assert [s["amount"] for s in people["sources"]] == ["30000", "6720"]
    book = load_workbook(result.files[2])
    assert book.sheetnames == ["Số liệu", "Nguồn"]
    assert [cell.value for cell in book["Nguồn"]["A"][6:]].count("SL03") == 2
    assert book["Số liệu"]["I9"].value == "SL03, SL03_1"


def test_a_figure_that_its_sources_deny_is_never_printed(tmp_path: Path) -> None:
    wrong = Figure("tasks", "Nhiệm vụ", Decimal(7))

    with pytest.raises(ValueError, match="tasks"):
        write_packet(content(figures=(wrong, *content().figures[1:])), tmp_path)
    assert not list(tmp_path.iterdir())


def test_cancelling_at_any_step_leaves_nothing(tmp_path: Path) -> None:
    for stop_at in range(7):

        def stop(done: int, total: int, stop_at: int = stop_at) -> None:
            if done == stop_at:
                raise Cancelled

        with pytest.raises(Cancelled):
            write_packet(content(), tmp_path, progress=stop)
        assert not list(tmp_path.iterdir())


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []

    write_packet(content(), tmp_path, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(n, 7) for n in range(8)]


@pytest.mark.parametrize("step", ["write_report", "write_annex", "write_sources"])
@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EIO, TargetGone),
        (errno.EACCES, TargetGone),
        (errno.ENOENT, TargetGone),
    ],
)
def test_a_disk_that_fails_leaves_nothing_and_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    refusal: type[Exception],
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError(number, "hỏng")

    monkeypatch.setattr(packet, step, fail)

    with pytest.raises(refusal) as caught:
        write_packet(content(), tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_packet_held_by_another_program_is_named_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = Holder(monkeypatch)
    holder.holds("rename")

    with pytest.raises(FileBusy, match=r"Sơ kết 2023 .* đang mở ở chương trình khác"):
        write_packet(content(), tmp_path)
    assert sum(holder.waited) > 2
    assert not list(tmp_path.iterdir())


def test_a_packet_held_for_a_moment_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Holder(monkeypatch).holds("rename", times=3)

    assert write_packet(content(), tmp_path).folder.is_dir()


def test_a_place_too_deep_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    deep = tmp_path / ("sâu" * 20) / ("sâu" * 40)

    with pytest.raises(PathTooLong, match="nằm quá sâu"):
        write_packet(content(), deep)
    assert not list(tmp_path.iterdir())


def test_a_name_taken_while_the_packet_is_written_counts_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = written_check.check_sources

    def meanwhile(*given: Any) -> int:
        (tmp_path / f"S{_OF[1:]}").mkdir()
        return honest(*given)

    monkeypatch.setattr(packet, "check_sources", meanwhile)

    assert write_packet(content(), tmp_path).folder.name == f"S{_OF[1:]} (2)"


def test_a_list_that_cannot_be_kept_is_told_and_the_packet_stands(tmp_path: Path) -> None:
    (tmp_path / "packets").write_text("một tệp, không phải thư mục", encoding="utf-8")

    result = write_packet(content(), tmp_path / "ra", kept=tmp_path / "packets")

    assert all(path.is_file() for path in result.files)
    assert result.listed is None
    assert result.warnings[-1].startswith("Chưa giữ được danh mục nguồn cho máy đọc.")


def test_a_target_that_is_a_file_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "tệp"
    target.write_text("x")

    with pytest.raises(TargetGone, match="không phải là thư mục"):
        write_packet(content(), target)
    assert target.read_text() == "x"


def test_a_stick_pulled_in_the_middle_gives_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "usb"

    def pull(*args: Any, **kwargs: Any) -> None:
        shutil.rmtree(target)

    monkeypatch.setattr(packet, "write_sources", pull)

    with pytest.raises(TargetGone, match="ổ đĩa đã bị rút"):
        write_packet(content(), target)


def test_a_report_damaged_on_the_disk_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = write_report

    def damage(made: Any, path: Path, layout: Any) -> None:
        honest(made, path, layout)
        path.write_bytes(path.read_bytes()[:-200])

    monkeypatch.setattr(packet, "write_report", damage)

    with pytest.raises(FileProblem, match="chưa được xuất"):
        write_packet(content(), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_report_that_lost_a_figure_or_a_row_is_noticed(tmp_path: Path) -> None:
    path = write_packet(content(), tmp_path).files[0]

    with pytest.raises(FileProblem, match="SL01"):
        written_check.check_report(path, content(rows=7))
    few = replace(content(), agencies=(agency("Sở Y tế", 1),))
    with pytest.raises(FileProblem, match="18 dòng nhiệm vụ thay vì 1"):
        written_check.check_report(path, few)


def test_an_annex_that_lost_a_row_is_noticed(tmp_path: Path) -> None:
    path = write_packet(content(), tmp_path).files[1]
    parts = (replace(agency("Sở Y tế", 0), rows=(task(9, "Sở Y tế"),)), *content().agencies[1:])

    with pytest.raises(FileProblem, match="Sở Y tế"):
        written_check.check_annex(path, replace(content(), agencies=parts))


def test_sources_that_are_cut_short_are_noticed(tmp_path: Path) -> None:
    path = write_packet(content(), tmp_path).files[2]

    with pytest.raises(FileProblem, match="không đủ bản ghi nguồn"):
        written_check.check_sources(path, content(rows=7))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(FileProblem, match="không đọc lại được"):
        written_check.check_sources(path, content())


@pytest.mark.filterwarnings("ignore")  # openpyxl and zipfile have much to say of such files
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_flipped_byte_is_noticed_or_harmless(tmp_path: Path, which: int) -> None:
    path = write_packet(content(rows=2), tmp_path).files[which]
    whole = path.read_bytes()
    check = (written_check.check_report, written_check.check_annex, written_check.check_sources)[
        which
    ]
    refused = 0
    for at in range(0, len(whole), len(whole) // 60):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            check(path, content(rows=2))
        except FileProblem:
            refused += 1

    assert refused > 30


def test_word_and_excel_hold_as_many_rows(tmp_path: Path) -> None:
    made = content(rows=40)
    result = write_packet(made, tmp_path)

    rows = (
        written_check.check_report(result.files[0], made),
        written_check.check_annex(result.files[1], made),
    )
    assert rows == (120, 120)


def test_a_title_that_windows_would_refuse_names_the_folder_all_the_same(tmp_path: Path) -> None:
    result = write_packet(content(title='Sơ kết "01 năm": A/B*?' + "rất dài " * 40), tmp_path)

    assert all(place.units(path) <= place.OFFICE for path in result.files)
    assert all(path.is_file() for path in result.files)


def test_three_thousand_rows_are_written_and_checked(tmp_path: Path) -> None:
    assert write_packet(content(rows=1000), tmp_path).counts["task_rows"] == 3000


def test_the_files_are_plain_zip_packages(tmp_path: Path) -> None:
    for path in write_packet(content(), tmp_path).files:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None


def test_the_hour_is_ours_on_paper_and_universal_in_the_properties(tmp_path: Path) -> None:
    hanoi = timezone(timedelta(hours=7))
    made = replace(content().about, written_at=datetime(2023, 8, 5, 6, 30, tzinfo=hanoi))

    files = write_packet(content(about=made), tmp_path).files

    book = load_workbook(files[1])
    assert book["Thuyết minh"]["B7"].value == "06:30 ngày 05/8/2023"
    assert book.properties.created == datetime(2023, 8, 4, 23, 30)
    assert Document(str(files[0])).core_properties.created == datetime(
        2023, 8, 4, 23, 30, tzinfo=UTC
    )
