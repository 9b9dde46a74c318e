"""What was written of a review is found again, wherever the clerk put it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import paths
from app.export.packet import PacketResult
from app.services.review import packet, packets_written
from tests.services.review_office import TODAY, ReviewOffice, review_office

AT = datetime(2026, 11, 23, 8, 0).astimezone()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewOffice]:
    made = review_office(tmp_path_factory.mktemp("office"))
    yield made
    made.store.close()


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "packets"


def write(office: ReviewOffice, out: Path, kept: Path, at: datetime = AT) -> PacketResult:
    with office.store.reading() as session:
        return packet.write(session, office.review.id, out, kept=kept, today=TODAY, at=at)


def test_packets_are_told_newest_first_with_their_files(
    office: ReviewOffice, tmp_path: Path, kept: Path
) -> None:
    first = write(office, tmp_path / "a", kept)
    second = write(office, tmp_path / "b", kept, AT + timedelta(hours=1))

    found = packets_written.of_review(kept, office.review.id)

    assert [(made.at, made.folder, made.files) for made in found] == [
        (AT + timedelta(hours=1), second.folder, second.files),
        (AT, first.folder, first.files),
    ]


def test_a_packet_that_was_moved_is_told_without_files(
    office: ReviewOffice, tmp_path: Path, kept: Path
) -> None:
    result = write(office, tmp_path, kept)
    shutil.rmtree(result.folder)

    (made,) = packets_written.of_review(kept, office.review.id)
    assert (made.folder, made.files) == (result.folder, ())


def test_a_packet_of_before_holds_its_list_itself(office: ReviewOffice, kept: Path) -> None:
    old = kept / "Bộ tài liệu - Sơ kết"
    old.mkdir(parents=True)
    said = {"packet": packets_written.packet_id(office.review.id, AT), "figures": []}
    (old / "Danh mục nguồn số liệu.json").write_text(json.dumps(said), "utf-8")
    for name in ("Báo cáo.docx", "Danh mục nguồn số liệu.xlsx", "Phụ lục.xlsx"):
        (old / name).touch()

    (made,) = packets_written.of_review(kept, office.review.id)
    assert (made.at, made.folder) == (AT, old)
    assert [path.suffix for path in made.files] == [".docx", ".xlsx", ".xlsx"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"packet": 7}', '{"packet": "PH-', "\x00"])
def test_a_damaged_list_is_passed_over(office: ReviewOffice, kept: Path, content: str) -> None:
    kept.mkdir()
    mark = packets_written.packet_id(office.review.id, AT)
    (kept / f"{mark}.json").write_text(content, "utf-8")

    assert packets_written.of_review(kept, office.review.id) == []


def test_another_conferences_packets_are_not_told(
    office: ReviewOffice, tmp_path: Path, kept: Path
) -> None:
    write(office, tmp_path, kept)

    assert packets_written.of_review(kept, office.police.id) == []


def test_a_packet_on_the_stick_of_the_program_is_found_at_another_drive(
    office: ReviewOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "E"))
    write(office, paths.exports_folder(), tmp_path / "E" / "packets")

    (tmp_path / "E").rename(tmp_path / "F")
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "F"))

    (made,) = packets_written.of_review(tmp_path / "F" / "packets", office.review.id)
    assert made.folder.parent == tmp_path / "F" / "Phối Hợp"
    assert len(made.files) == 3
