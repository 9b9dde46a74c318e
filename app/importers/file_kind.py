"""What a file is, told by its content: names lie (.doc that is RTF, .docx that is a picture)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import Enum, auto

from app.importers.refusal import NotReadable
from app.words import told

MOST_ENTRIES = 10_000
LARGEST_CONTENT = 200 * 1024 * 1024
"""Bytes a package may unfold to, all parts together."""
_STEEPEST = 200  # unfolded size over packed size; prose packs 4 to 20 times, bombs a thousand

_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x01\x00",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_HTML = re.compile(
    rb"<(?:!doctype html|html|head|body|meta|\?xml[^>]*>\s*<(?:!doctype )?html)", re.IGNORECASE
)


class FileKind(Enum):
    """The kinds that can be read."""

    WORD = auto()
    OLD_WORD = auto()
    RTF = auto()
    HTML = auto()
    TEXT = auto()


def kind_of(data: bytes) -> FileKind:
    """The kind of *data*. Raises NotReadable, whose message is a sentence, for all others."""
    if not data:
        raise NotReadable(told("tệp rỗng (0 byte)."))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(data)
    if data.startswith(_OLE):
        return FileKind.OLD_WORD
    _refuse_others(data)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{\\rtf"):
        return FileKind.RTF
    if _HTML.match(head):
        return FileKind.HTML
    if head.startswith((b"<?xml", b"MIME-Version")):
        raise NotReadable(
            told("tệp Word dạng XML hoặc trang lưu trữ; hãy mở bằng Word và lưu lại thành .docx.")
        )
    return FileKind.TEXT


def _refuse_others(data: bytes) -> None:
    if data.startswith(b"%PDF"):
        raise NotReadable(told("đây là tệp PDF; hãy mở bản Word gốc, hoặc chép chữ ra tệp .txt."))
    is_bitmap = data[:2] == b"BM" and data[6:10] == bytes(4)
    is_web_picture = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if (
        data.startswith(_PICTURES)
        or is_bitmap
        or is_web_picture
        or data[4:12] in (b"ftypheic", b"ftypmif1")
    ):
        raise NotReadable(
            told("đây là tệp ảnh dù tên có đuôi khác; cần bản Word hoặc văn bản chữ.")
        )
    if data.startswith((b"MZ", b"\x7fELF")):
        raise NotReadable(told("đây là tệp chương trình, không phải văn bản; không mở."))
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise NotReadable(told("đây là tệp nén; hãy giải nén rồi chọn văn bản bên trong."))


def _package(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            check_sizes(entries)
            names = {entry.filename for entry in entries}
            mime = package.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise NotReadable(
            told("tệp bị hỏng (gói nén không mở được); hãy xin lại bản khác.")
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise NotReadable(told("tệp được khóa hoặc nén theo cách không đọc được.")) from error
    return _kind_of_package(names, mime)


def _kind_of_package(names: set[str], mime: bytes) -> FileKind:
    if b"opendocument" in mime:
        raise NotReadable(told("đây là tệp OpenDocument; hãy mở và lưu lại thành .docx."))
    if any(name.startswith("xl/") for name in names):
        raise NotReadable(told("đây là bảng tính Excel, không phải văn bản Word."))
    if any(name.startswith("ppt/") for name in names):
        raise NotReadable(told("đây là tệp trình chiếu, không phải văn bản Word."))
    if "[Content_Types].xml" not in names:
        raise NotReadable(told("đây là tệp nén, không phải văn bản Word."))
    return FileKind.WORD


def check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse a package that would unfold without measure, before anything is unfolded."""
    if len(entries) > MOST_ENTRIES:
        raise NotReadable(told("gói nén có quá nhiều phần; không mở."))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise NotReadable(told("gói nén được đặt mật khẩu; hãy bỏ mật khẩu rồi thử lại."))
    if sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
        raise NotReadable(told("nội dung giải nén vượt quá 200 MB; không mở."))
    for entry in entries:
        if entry.file_size > 10_000_000 and entry.file_size > _STEEPEST * max(
            1, entry.compress_size
        ):
            raise NotReadable(told("nội dung nén bất thường (nghi tệp phá hoại); không mở."))
