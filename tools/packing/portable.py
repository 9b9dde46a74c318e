"""The portable ZIP: the program, and a mark that keeps its data beside it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

from app.portable import HOME, MARK
from tools.packing import contents

NAME = "PhoiHop"
SUMS = "SHA256SUMS.txt"
_MADE = (1980, 1, 1, 0, 0, 0)  # the same files make the same ZIP
_EXPLAINED = f"""Tệp này cho Phối Hợp biết đây là bản di động.

Còn tệp này thì mọi dữ liệu (sổ, bản sao lưu, thiết lập, khóa ký) nằm trong thư mục {HOME} cạnh
chương trình. Xóa tệp này thì chương trình dùng thư mục của tài khoản Windows như bản cài.

Nâng cấp: đóng chương trình, chép đè các tệp của bản mới lên; giữ nguyên thư mục {HOME}.
Khóa ký gắn với tài khoản Windows: mở ở máy khác thì sổ chỉ đọc cho đến khi nhận máy ấy làm máy
ghi sổ (Cài đặt).
"""


def make(folder: Path, target: Path) -> Path:
    """Write the packed program in *folder*, marked as portable, to the ZIP *target*."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in contents.files_in(folder):
            name = f"{NAME}/{path.relative_to(folder).as_posix()}"
            _put(archive, name, path.read_bytes())
        mark = "\ufeff" + _EXPLAINED.replace("\n", "\r\n")
        _put(archive, f"{NAME}/{MARK}", mark.encode("utf-8"))
    return target


def write_sums(made: Sequence[Path], target: Path) -> Path:
    """Write the SHA-256 of each file *made*, one a line, as `sha256sum -c` reads it."""
    lines = [f"{digest(path)}  {path.name}\n" for path in made]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


def digest(path: Path) -> str:
    """The SHA-256 of a file, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content, compresslevel=9)
