"""Files that are broken, dangerous or something else: one sentence each, no traceback, no harm."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Cancelled, Unreadable
from app.importers.regulation_file import read_regulation
from tests.importers.old_word_maker import compound, old_word
from tests.importers.papers import REGULATION, read_file
from tests.importers.word_maker import docx, paragraph, table

GOOD = docx(*(paragraph(line) for line in REGULATION.split("\n") if line))


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def locked(data: bytes) -> bytes:
    """A package whose entries say that they are encrypted."""
    found = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = found.find(mark)
        while place >= 0:
            found[place + at] |= 1
            place = found.find(mark, place + 4)
    return bytes(found)


def reads_or_refuses(folder: Path, name: str, data: bytes) -> bool:
    """True when the import gives a proposal or a whole sentence; anything else escapes."""
    try:
        return bool(read_file(folder, name, data).lines)
    except Unreadable as refusal:
        return str(refusal).endswith((".", "…"))


def bomb() -> bytes:
    return docx(document="<x>" + " " * 60_000_000 + "</x>")


BILLION = """<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>
<w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"""
OUTSIDE = BILLION.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/passwd"').replace("&b;", "&a;")

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty.docx": (b"", "0 byte"),
    "picture.docx": (b"\x89PNG\r\n\x1a\n" + bytes(400), "ảnh"),
    "photo.doc": (b"\xff\xd8\xff\xe0" + bytes(400), "ảnh"),
    "scan.docx": (b"%PDF-1.7\n" + bytes(400), "PDF"),
    "program.docx": (b"MZ" + bytes(400), "chương trình"),
    "archive.docx": (b"Rar!\x1a\x07" + bytes(400), "nén"),
    "sheet.docx": (
        zipped(**{"[Content_Types].xml": b"<x/>", "xl__workbook.xml": b"<x/>"}),
        "Excel",
    ),
    "slides.docx": (zipped(**{"ppt__x.xml": b"<x/>"}), "trình chiếu"),
    "open.docx": (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
    "plain.docx": (zipped(thu=b"xin chao"), "tệp nén"),
    "cut.docx": (GOOD[: len(GOOD) // 2], "hỏng"),
    "locked.docx": (locked(GOOD), "mật khẩu"),
    "bomb.docx": (bomb(), "bất thường"),
    "laughs.docx": (docx(document=BILLION), "không an toàn"),
    "outside.docx": (docx(document=OUTSIDE), "không an toàn"),
    "broken.docx": (docx(document="<w:document"), "hỏng"),
    "other.docx": (docx(document="<x/>"), "không thấy nội dung"),
    "nothing.docx": (docx(paragraph("  ")), "không có chữ"),
    "nested.docx": (docx("<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80), "lớp"),
    "deep.docx": (docx("<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300), ""),
    "noise.txt": (bytes(range(1, 32)) * 40, "không phải văn bản"),
    "zeros.txt": (bytes(5000), "không phải văn bản"),
    "endless.txt": ("Điều 1. Phạm vi\n".encode() * 200_001, "200.000 dòng"),
    "blank.txt": ("  \n\u200b\n".encode(), "không có chữ"),
    "xml.doc": (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><x/>", "XML"),
    "password.docx": (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "mật khẩu"),
    "rights.docx": (compound({"DRMContent": b"x"}), "IRM"),
    "sheet.doc": (compound({"Workbook": b"x"}), "Excel"),
    "nothing.doc": (compound({"Contents": b"x"}), "không thấy nội dung"),
    "password.doc": (old_word("Giữ bến\r", flags=0x0100), "mật khẩu"),
    "word6.doc": (old_word("Giữ bến\r", mark=0xA5DC), "1997"),
    "cut.doc": (old_word("Giữ bến\r")[:1500], "hỏng"),
    "groups.rtf": (b"{\\rtf1" + b"{" * 5000, "hỏng"),
    "tables.html": (b"<html>" + b"<table><tr><td>" * 3000, "lớp"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_with_one_sentence(name: str, tmp_path) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(Unreadable) as refusal:
        read_file(tmp_path, name, data)
    assert refusal.value.facts["path"] == name
    assert reason in str(refusal.value)
    assert str(tmp_path) not in str(refusal.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path) -> None:
    with pytest.raises(Unreadable, match="chọn lại"):
        read_regulation(tmp_path / "khong-co.docx")
    with pytest.raises(Unreadable, match="thư mục"):
        read_regulation(tmp_path)
    with pytest.raises(Unreadable):
        read_regulation(tmp_path / ("x" * 400))


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(GOOD)

    def refused(self):
        raise PermissionError(13, "held")

    monkeypatch.setattr(type(path), "read_bytes", refused)
    with pytest.raises(Unreadable, match="quyền"):
        read_regulation(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path) -> None:
    path = tmp_path / "a.docx"
    with path.open("wb") as file:
        file.truncate(201 * 1024 * 1024)
    with pytest.raises(Unreadable, match="200 MB"):
        read_regulation(path)


def test_a_package_that_lies_about_its_size_is_refused(tmp_path) -> None:
    data = bytearray(bomb())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(mark)
        while place >= 0:
            if struct.unpack_from("<I", data, place + at)[0] > 10_000_000:
                struct.pack_into("<I", data, place + at, 1000)
            place = data.find(mark, place + 4)
    with pytest.raises(Unreadable):
        read_file(tmp_path, "a.docx", bytes(data))


def test_relations_to_the_outside_are_not_followed(tmp_path) -> None:
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r9" TargetMode="External" Target="http://example.invalid/t.dotm" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
        b"</Relationships>"
    )
    data = docx(paragraph("Giữ bến"), parts={"word/_rels/document.xml.rels": relations})
    assert read_file(tmp_path, "a.docx", data).lines == ("Giữ bến",)


def test_a_macro_file_is_read_and_its_macros_are_not_looked_at(tmp_path) -> None:
    data = docx(paragraph("Giữ bến"), parts={"word/vbaProject.bin": os.urandom(2000)})
    assert read_file(tmp_path, "a.docm", data).lines == ("Giữ bến",)


def test_names_that_climb_out_of_the_package_are_only_names(tmp_path) -> None:
    parts = {"../../thoat": b"x", "C:/thoat": b"x"}
    data = docx(paragraph("Giữ bến"), parts=parts)
    assert read_file(tmp_path, "a.docx", data).lines == ("Giữ bến",)
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


def test_styles_that_run_in_a_circle_do_no_harm(tmp_path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("AB", "BA")
    )
    data = docx(paragraph("Giữ bến", '<w:pStyle w:val="A"/>'), styles=styles)
    assert read_file(tmp_path, "a.docx", data).lines == ("Giữ bến",)


def test_strange_characters_are_cleaned_and_change_nothing_else(tmp_path) -> None:
    text = "Giữ\u200b bến\u202e \u0001thuyền\ufffe 🚢"
    assert read_file(tmp_path, "a.txt", text.encode()).lines == ("Giữ bến thuyền 🚢",)


def test_the_source_is_never_changed(tmp_path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(GOOD)
    before = path.stat()
    read_regulation(path)
    assert path.read_bytes() == GOOD
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_cancel_stops_the_reading(tmp_path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(GOOD)

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_regulation(path, stop)


def test_a_thousand_pages_are_read_in_seconds(tmp_path) -> None:
    lines = [
        line
        for n in range(1, 951)
        for line in (
            f"Điều {n}. Việc thứ {n}",
            "1. Giữ bến ban ngày:",
            "a) Một tổ;",
            "b) Hai tổ.",
            *["- Giữ;"] * 9,
        )
    ]
    rows = table(*[[str(n), "Bến", "Đạt", "Tốt"] for n in range(3000)])
    data = docx(paragraph("QUY CHẾ"), *map(paragraph, lines), rows)
    found = read_file(tmp_path, "a.docx", data)
    assert len(found.documents[0].provisions) == 950


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_flipped_byte_gives_text_or_a_sentence(tmp_path, place: int, change: int) -> None:
    data = bytearray(GOOD)
    data[place] ^= change
    assert reads_or_refuses(tmp_path, "a.docx", bytes(data))


OLD = old_word(REGULATION.replace("\n", "\r"), font=".VnTime", deleted=(3, 9))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, len(OLD) - 1), st.integers(1, 255), st.integers(0, len(OLD)))
def test_a_damaged_old_file_gives_text_or_a_sentence(
    tmp_path, place: int, change: int, cut: int
) -> None:
    data = bytearray(OLD)
    data[place] ^= change
    for one in (bytes(data), OLD[:cut]):
        assert reads_or_refuses(tmp_path, "a.doc", one)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.binary(min_size=1, max_size=300), st.sampled_from([b"", b"{\\rtf1 ", b"<html>", b"\xff\xfe"])
)
def test_any_bytes_give_text_or_a_sentence(tmp_path, data: bytes, head: bytes) -> None:
    assert reads_or_refuses(tmp_path, "a.doc", head + data)
