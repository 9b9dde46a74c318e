"""What program this is, what it is made of, and where its files lie."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import qVersion

from app import __version__, paths, portable
from app.registers.column import Column, Columns
from app.ui.actions import command
from app.ui.common.pane.content import Rows
from app.ui.common.pane.parts import draw
from app.ui.common.parts.office import open_path
from app.ui.common.parts.widgets import Item, facts, section, text
from app.ui.settings.part import SettingsPart
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP, marked, told

_LABEL = 132
LIBRARIES = (
    ("PySide6-Essentials", "Qt cho Python", "LGPL-3.0"),
    ("sqlcipher3", marked("Tệp sổ (SQLCipher, SQLite, OpenSSL)"), "Zlib, BSD-3-Clause, Apache-2.0"),
    ("sqlmodel", marked("Bản ghi"), "MIT"),
    ("SQLAlchemy", marked("Truy vấn"), "MIT"),
    ("pydantic", marked("Kiểm tra dữ liệu nhập"), "MIT"),
    ("python-docx", marked("Tệp Word"), "MIT"),
    ("openpyxl", marked("Tệp Excel"), "MIT"),
    ("lxml", "XML", "BSD-3-Clause"),
    ("olefile", marked("Tệp Word đời cũ"), "BSD-2-Clause"),
    ("msgspec", marked("Mã hóa nhật ký"), "BSD-3-Clause"),
    ("PyNaCl", marked("Chữ ký (libsodium)"), "Apache-2.0, ISC"),
    ("pyrage", marked("Khóa gói đồng bộ (age)"), "MIT"),
    ("zstandard", marked("Nén gói đồng bộ"), "BSD-3-Clause"),
    ("platformdirs", marked("Thư mục của máy"), "MIT"),
)


@dataclass(frozen=True)
class Library:
    """One library as the table shows it."""

    id: str
    purpose: str
    licence: str
    version: str


class AboutPart(SettingsPart):
    """Read when an office asks what it has installed."""

    def lines(self) -> list[Item]:
        offline = self.tr(
            "Chương trình không dùng mạng. Mọi dữ liệu nằm trong thư mục của máy này."
        )
        return [
            section("Phối Hợp"),
            facts(
                (self.tr("Phiên bản"), __version__),
                (self.tr("Chạy trên"), f"Python {platform.python_version()}, Qt {qVersion()}"),
                (self.tr("Thư mục dữ liệu"), str(self.office.store.folder.path)),
                (self.tr("Thư mục cá nhân"), str(paths.home())),
                (self.tr("Nhật ký lỗi"), str(paths.logs_folder())),
                label=_LABEL,
            ),
            M.s2,
            text(offline, "muted", wrap=True),
            self.acts(self.act("open_logs")),
            section(self.tr("Thư viện và giấy phép")),
            *self._full_texts(),
            draw(Rows(_COLUMNS, libraries(), headed=True)),
        ]

    def _full_texts(self) -> list[Item]:
        """A program run from its source has no such file: its packages bring their own."""
        return [self.acts(self.act("open_licences")), M.s2] if licences() is not None else []

    @command(
        QT_TRANSLATE_NOOP("AboutPart", "Mở thư mục nhật ký lỗi"),
        tip=QT_TRANSLATE_NOOP("AboutPart", "Xem tệp ghi lỗi để gửi cho người hỗ trợ"),
        icon="folder",
        reads=True,
    )
    def open_logs(self) -> None:
        """Show the log's folder in the system's file manager."""
        folder = paths.logs_folder()
        open_path(folder if folder.exists() else paths.home())

    @command(
        QT_TRANSLATE_NOOP("AboutPart", "Mở toàn văn giấy phép"),
        tip=QT_TRANSLATE_NOOP("AboutPart", "Xem giấy phép của mọi phần mềm đi kèm"),
        icon="file",
        reads=True,
        enabled_when=lambda _part: licences() is not None,
    )
    def open_licences(self) -> None:
        """Show the notices that lie beside the program."""
        path = licences()
        if path is not None:
            open_path(path)


def licences() -> Path | None:
    """The notices of everything that is shipped, where this program was packed."""
    folder = portable.program_folder()
    path = folder / portable.NOTICES if folder is not None else None
    return path if path is not None and path.is_file() else None


def libraries() -> Sequence[Library]:
    """What the program is made of; a version that a packed program cannot tell stays blank."""
    return [Library(name, told(why), licence, _version(name)) for name, why, licence in LIBRARIES]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


_COLUMNS: Columns[Library] = marked(
    (
        Column("id", QT_TRANSLATE_NOOP("Column", "Thư viện"), lambda r: r.id, width=22),
        Column(
            "purpose",
            QT_TRANSLATE_NOOP("Column", "Dùng cho"),
            lambda r: r.purpose,
            "muted",
            width=0,
        ),
        Column("licence", QT_TRANSLATE_NOOP("Column", "Giấy phép"), lambda r: r.licence, width=30),
        Column(
            "version",
            QT_TRANSLATE_NOOP("Column", "Phiên bản"),
            lambda r: r.version,
            "muted",
            width=12,
        ),
    )
)
