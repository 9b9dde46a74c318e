"""Every name that leaves the program can be opened again on Windows, by Word and by Excel."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import place
from app.errors import NameRefused, PathTooLong

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)", re.I)
_LONG = "Hội nghị sơ kết 01 năm thực hiện các quy chế phối hợp bảo đảm an ninh, trật tự " * 4
_MARKED = "e\u0323\u0302\U0001d100\U0001f44d\U0001f3fd"

names = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="ấỆo\u0323\u0302\u200d😀🏽 .-/:nulCON1", max_size=300),
    st.sampled_from(
        ["CON", "nul.txt", "COM¹", "aux .docx", "a" * 400, _LONG, "", "...", "Đ" * 200]
    ),
)
suffixes = st.sampled_from([".xlsx", ".docx", ".pdf", ".phx", ".XLSX", ""])
folders = st.integers(0, 280).map(lambda depth: Path("/" + "/".join(["t" * 9] * (depth // 10))))


def says_the_law(path: Path, suffix: str) -> None:
    """What Windows, Excel and a Linux disk ask of one path."""
    name = path.name
    assert place.units(path) <= (218 if suffix.lower() in (".xlsx", ".docx") else 259)
    assert len(name.encode()) <= 255
    assert name == unicodedata.normalize("NFC", name)
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
    assert name == name.strip(" ").rstrip(".")
    assert not _DEVICE.match(name)
    assert name.endswith(suffix)


@given(folders, names, suffixes, st.sampled_from(["", " 2026-11-30", "_0012_20261130"]))
def test_a_file_fits_in_its_folder_or_is_refused(
    folder: Path, name: str, suffix: str, ending: str
) -> None:
    taken: list[str] = []
    try:
        for _ in range(3):
            path = place.fit(folder, name, suffix, ending=ending, taken=taken)
            taken.append(path.name)
            says_the_law(path, suffix)
            assert place.units(path) + len(" (99)") <= place.longest(suffix) or len(taken) > 1
            assert ending in path.name
            assert path.parent == folder
            place.check(path)
    except PathTooLong:
        assert place.units(folder) > 150
    assert len({name.casefold() for name in taken}) == len(taken)


@given(folders, names, st.lists(st.tuples(names, suffixes), min_size=1, max_size=4))
def test_a_folder_and_its_files_fit_together_or_are_refused(
    out: Path, name: str, files: list[tuple[str, str]]
) -> None:
    try:
        folder, inside = place.fit_folder(out, name, files)
    except PathTooLong:
        assert place.units(out) > 120
        return
    assert folder.parent == out
    says_the_law(folder, "")
    assert place.units(folder) + len(" (99)") <= 247
    for file, (_stem, suffix) in zip(inside, files, strict=True):
        says_the_law(folder / file, suffix)
        says_the_law(folder.with_name(f"{folder.name} (99)") / file, suffix)
    assert len({file.casefold() for file in inside}) == len(files)


@given(st.text(alphabet=_MARKED + "abÊ ", max_size=60), st.integers(1, 40))
def test_a_letter_is_never_parted_from_its_marks(text: str, most: int) -> None:
    whole = unicodedata.normalize("NFC", text)

    kept = place.cut(whole, most)

    assert place.units(kept) <= most
    assert whole.startswith(kept)
    after = whole[len(kept) : len(kept) + 1]
    assert not (after and kept) or unicodedata.category(after)[0] != "M"
    assert not (after == "\U0001f3fd" and kept)


@pytest.mark.parametrize("over", [1, 7, 40])
def test_a_folder_shorter_by_what_was_said_is_deep_no_more(over: int) -> None:
    fits = Path("/" + "t" * 100 + "/" + "t" * 95)
    deep = fits
    while True:
        try:
            place.fit(deep, "Quy chế phối hợp", ".xlsx")
        except PathTooLong:
            break
        fits, deep = deep, Path(f"{deep}t")
    deep = Path(f"{fits}{'t' * over}")

    with pytest.raises(PathTooLong, match=f"vượt {over} ký tự so với đường dẫn 218 ký tự") as told:
        place.fit(deep, "Quy chế phối hợp", ".xlsx")
    assert str(deep) in str(told.value)
    assert "hãy chọn thư mục" in str(told.value)


def test_a_name_is_shortened_at_the_end_of_a_word_and_keeps_its_date(tmp_path: Path) -> None:
    path = place.fit(tmp_path, _LONG, ".xlsx", ending=" 2026-11-30")

    assert path.name.endswith(" 2026-11-30.xlsx")
    assert _LONG.startswith(path.name.removesuffix(" 2026-11-30.xlsx") + " ")


def test_the_folder_gives_way_before_its_files_do() -> None:
    out = Path("/" + "/".join(["t" * 9] * 15))
    files = [("Báo cáo sơ kết 2023", ".docx"), ("Phụ lục số liệu sơ kết 2023", ".xlsx")]

    folder, inside = place.fit_folder(out, _LONG, files)

    assert inside == ("Báo cáo sơ kết 2023.docx", "Phụ lục số liệu sơ kết 2023.xlsx")
    assert _LONG.startswith(folder.name + " ")


def test_what_lies_there_is_told_apart_whatever_its_case_and_accents(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "BÁO CÁO.docx")).touch()
    (tmp_path / "Báo cáo (2).docx").mkdir()

    assert place.fit(tmp_path, "Báo cáo", ".docx").name == "Báo cáo (3).docx"


@given(names, suffixes)
def test_a_file_of_that_name_can_be_written_and_found_again(name: str, suffix: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = place.fit(Path(folder), name, suffix)
        path.write_bytes(b"x")
        assert [found.name for found in Path(folder).iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('Báo cáo: "sơ kết" 1/2', "Báo cáo- -sơ kết- 1-2"),
        ("CON", "_CON"),
        ("con .txt", "_con .txt"),
        ("  ", "_"),
        ("Hội nghị…", "Hội nghị…"),
        ("tệp. . .", "tệp"),
        (unicodedata.normalize("NFD", "Quý"), "Quý"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_what_windows_refuses(name: str, shown: str) -> None:
    assert place.legal(name) == shown


@pytest.mark.parametrize("name", ["ab:c.pdf", "NUL", "lpt1.txt", "x. ", "x.", 'a"b'])
def test_a_chosen_name_that_windows_takes_for_something_else_is_refused(name: str) -> None:
    with pytest.raises(NameRefused, match="Windows không nhận tên tệp"):
        place.check(Path(f"/tmp/{name}"))  # in one piece: on Windows "a:" alone names a drive


@pytest.mark.parametrize(
    ("suffix", "most"), [(".xlsx", 218), (".docx", 218), (".phx", 259), (".pdf", 259)]
)
def test_a_chosen_path_is_taken_up_to_the_last_unit(suffix: str, most: int) -> None:
    root = Path("/").absolute()  # on Windows with the letter of its drive
    folder = root / ("t" * (100 - len(str(root))))
    longest = folder / ("😀" + "t" * (most - 103 - len(suffix)) + suffix)
    assert place.units(longest) == most

    place.check(longest)
    with pytest.raises(PathTooLong, match="vượt 1 ký tự"):
        place.check(folder / f"t{longest.name}")


def test_only_a_plain_ending_is_a_suffix() -> None:
    assert place.parted("Báo cáo số 1.docx") == ("Báo cáo số 1", ".docx")
    assert place.parted("v1.2 bản cuối") == ("v1.2 bản cuối", "")
    assert place.parted(".docx") == (".docx", "")
