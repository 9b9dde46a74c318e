"""What the command line writes lies where Windows, Word and Excel open it, or is refused first."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import paths, place
from app.cli import opening
from app.models import MODELS
from app.services import attachments
from app.services.any_kind import records
from app.settings import EXPORT_FOLDER, Settings

_REVIEW = ("title=Hội nghị sơ kết", "period_from=01/01/2025", "period_to=31/12/2025", "host=SYT")


@pytest.fixture
def deep(tmp_path: Path) -> Path:
    found = tmp_path
    while place.units(found) < 250:
        found /= "t" * min(250 - place.units(found), 80)
    return found


def test_a_packet_goes_to_documents_or_where_the_window_wrote_last(office, tmp_path):
    office.done("add", "review", *_REVIEW)
    first = Path(office.done("packet", "sơ kết")["folder"])
    (tmp_path / "hội nghị").mkdir()
    Settings(paths.settings_file()).choose(EXPORT_FOLDER, str(tmp_path / "hội nghị"))
    second = Path(office.done("packet", "sơ kết")["folder"])

    assert first == paths.exports_folder() / "Sơ kết 2025"
    assert second == tmp_path / "hội nghị" / "Sơ kết 2025"


def test_a_packet_for_a_place_too_deep_is_refused_and_nothing_made(office, deep):
    office.done("add", "review", *_REVIEW)

    assert f"Thư mục {deep} nằm quá sâu" in office.refused("packet", "sơ kết", "--out", str(deep))
    assert not deep.exists()


def test_an_invitation_is_refused_too_deep_and_under_a_name_windows_misreads(office, deep):
    office.done("office", "name=Phòng Tham mưu", "agencies=SYT")
    office.done("sync", "init")
    deep.mkdir(parents=True)

    assert "nằm quá sâu" in office.refused("sync", "invite", str(deep / "thu-moi.phm"))
    assert "Windows không nhận tên tệp" in office.refused("sync", "invite", "thu:moi.phm")
    assert not list(deep.iterdir())


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("Biên bản: họp?.docx", "Biên bản- họp-.docx"),
        ("CON.pdf", "_CON.pdf"),
        ("rất dài " * 20 + ".xlsx", ""),
    ],
)
def test_a_file_that_came_with_a_strange_name_is_saved_under_one_windows_opens(
    office, tmp_path, name, saved
):
    (tmp_path / "a").write_bytes(b"x")
    attach(office, tmp_path / "a", name)
    (tmp_path / "ra").mkdir()

    path = Path(office.done("save", name, str(tmp_path / "ra"))["path"])

    assert path.read_bytes() == b"x"
    assert path.name == (saved or path.name)
    assert path.suffix == Path(name).suffix
    place.check(path)


def attach(office, source, name):
    store = office.open_store(office.folder)
    with store.changing("Đính kèm") as session:
        (owner, *_) = records.live(session, MODELS["regulation"])
        attachments.attach(session, store.blobs, owner, source, name=name)
    store.close()


@pytest.mark.parametrize("typed", ["a" * 10_000 + ".x", "~nobody-here/x.phx", "~$thư.phx"])
def test_a_word_that_names_no_place_is_read_without_a_fault(typed: str) -> None:
    asked = opening.wants_window([typed])
    assert asked is None or (asked.carried is not None and asked.carried.name.endswith("phx"))


@pytest.mark.parametrize("typed", ["a" * 10_000, "~nobody-here/x", "a/" * 5000])
@pytest.mark.parametrize("rest", [["list", "agency"], ["where"], ["backup", "--before-upgrade"]])
def test_a_data_folder_that_is_no_place_is_answered_in_a_sentence(shell, typed, rest) -> None:
    said = shell(*rest, "--data", typed)
    assert said.code in (0, 1)


def test_a_file_that_is_no_place_is_refused_in_a_sentence(office):
    for words in (["attach", "agency", "SYT", "a" * 10_000], ["restore", "a" * 10_000]):
        assert "không có tệp này" in office.refused(*words)
