"""The notices of third parties: what is shipped, under which licence, and every licence's text.

What is listed follows from what was packed (distributions.owners), so that nothing is forgotten and
nothing named that is not there. A package without a licence's text stops the build.
"""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from app.portable import NOTICES
from tools.environment import ROOT
from tools.stop import Stop

TEXTS = ROOT / "installer" / "licences"
_IS_LICENCE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
_NOT_OURS = {"LicenseRef-Qt-Commercial.txt"}  # we ship Qt under the LGPL
_RULE = "=" * 78
_LONGEST = 60  # letters of a licence that is named and not explained


@dataclass(frozen=True)
class Part:
    """One piece of software that is shipped. `texts`: its licences, word for word."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True)
class Inner:
    """Software that a package carries compiled into it, and whose licence it does not bring."""

    name: str
    licence: str
    text: str  # the file's name in TEXTS, or "" where the licence asks for no text
    carrier: str  # the package, or "" where it is always there
    about: str = ""


INNER = (
    Inner(
        "Qt 6",
        "LGPL-3.0-only",
        "LGPL-3.0.txt",
        "pyside6_essentials",
        "Qt, PySide6 và shiboken6 được dùng nguyên bản theo GNU LGPL phiên bản 3. Chúng là các tệp "
        "riêng trong _internal/PySide6 và _internal/shiboken6: thay được bằng bản tương thích do "
        "người dùng tự dịch. Mã nguồn: https://download.qt.io/official_releases/. Qt mang theo "
        "FreeType (FTL), HarfBuzz (MIT), libpng (libpng), PCRE2 (BSD-3-Clause), zlib (Zlib), "
        "double-conversion (BSD-3-Clause), MD4C (MIT), TinyCBOR (MIT), BLAKE2 (CC0-1.0), bảng "
        "Unicode (Unicode-3.0).",
    ),
    Inner("GNU GPL 3 (LGPL 3 dẫn chiếu đến)", "GPL-3.0", "GPL-3.0.txt", "pyside6_essentials"),
    Inner("SQLCipher", "BSD-3-Clause", "SQLCipher.txt", "sqlcipher3"),
    Inner("SQLite", "Public domain", "", "sqlcipher3", "Tác giả của SQLite từ bỏ bản quyền."),
    Inner("OpenSSL (trong sqlcipher3)", "Apache-2.0", "Apache-2.0.txt", "sqlcipher3"),
    Inner(
        "GNU libiconv (trong lxml)",
        "LGPL-2.1-or-later",
        "LGPL-2.1.txt",
        "lxml",
        "Mã nguồn: https://ftp.gnu.org/pub/gnu/libiconv/",
    ),
    Inner("Zstandard", "BSD-3-Clause", "Zstandard.txt", "zstandard"),
    Inner("age (rage), các thư viện Rust của pyrage và pydantic-core", "MIT OR Apache-2.0",
          "Apache-2.0.txt", "pyrage"),
    Inner(
        "Bộ nạp của PyInstaller",
        "GPL-2.0-or-later WITH Bootloader-exception",
        "",
        "",
        "Ngoại lệ của giấy phép cho phép phân phối chương trình đóng gói bằng PyInstaller theo "
        "giấy phép bất kỳ.",
    ),
    Inner(
        "Microsoft Visual C++ Runtime",
        "Microsoft Software License Terms",
        "",
        "",
        "Các tệp vcruntime140*.dll và msvcp140*.dll được phân phối lại nguyên bản theo điều khoản "
        "Distributable Code của Microsoft.",
    ),
)  # fmt: skip


def write(folder: Path, owners: Sequence[str], site: Path) -> Path:
    """Put the notices into the packed program's *folder*; *owners* lie in *site*."""
    target = folder / NOTICES
    # Notepad of older Windows 10 takes a text without this mark for one of another code page.
    target.write_text(text_of(parts(owners, site)), encoding="utf-8-sig", newline="\r\n")
    return target


def parts(owners: Sequence[str], site: Path) -> list[Part]:
    """Everything that is shipped with the packages *owners*, as lists of files name them.

    Raises Stop where a package has no licence to show.
    """
    found = [packaged(site / owner) for owner in owners]
    carried = {owner.partition("-")[0].lower() for owner in owners}
    inner = [part_of(each) for each in INNER if not each.carrier or each.carrier in carried]
    return [python(site), *found, *inner]


def python(site: Path) -> Part:
    """The interpreter itself; its licence names what it brings (expat, libffi, zlib, mpdecimal)."""
    places = (site.parent / "LICENSE.txt", Path(sysconfig.get_path("stdlib"), "LICENSE.txt"))
    text = next((place for place in places if place.is_file()), None)
    if text is None:
        raise Stop("LICENSE.txt of Python is not found.")
    return Part("Python", "", "PSF-2.0", (read(text),))


def packaged(about: Path) -> Part:
    """A package, by the folder that describes it."""
    facts = HeaderParser().parsestr(read(about / "METADATA"))
    texts = tuple(read(path) for path in licences_in(about))
    name = str(facts["Name"])
    is_qt = name.lower().startswith(("pyside6", "shiboken6"))  # Qt's texts stand under Qt
    if not texts and not is_qt:
        raise Stop(f"{name} brings no licence: add it to tools/packing/notices.py.")
    licence = "LGPL-3.0-only" if is_qt else licence_of(facts)
    return Part(name, str(facts["Version"]), licence, texts)


def licences_in(about: Path) -> list[Path]:
    """The files below *about* that hold licences, in a steady order."""
    below = [p for p in about.rglob("*") if p.is_file() and p.name not in _NOT_OURS]
    return sorted(p for p in below if _IS_LICENCE.search(str(p.relative_to(about))))


def licence_of(facts: object) -> str:
    """The licence's name as a package says it; older ones say it among their classifiers."""
    get = facts.get  # type: ignore[attr-defined]
    said = get("License-Expression") or get("License") or ""
    if not said or "\n" in said or len(said) > _LONGEST:
        kinds = facts.get_all("Classifier") or []  # type: ignore[attr-defined]
        named = [kind.rpartition(":: ")[2] for kind in kinds if kind.startswith("License ::")]
        said = named[0] if named else "xem dưới đây"
    return str(said)


def part_of(inner: Inner) -> Part:
    """Software that another package carries, with the text that we keep for it."""
    texts = (read(TEXTS / inner.text),) if inner.text else ()
    return Part(inner.name, "", inner.licence, texts, inner.about)


def text_of(shipped: Iterable[Part]) -> str:
    """The whole notice: a table, and then each licence's text once."""
    listed = list(shipped)
    lines = [
        "PHỐI HỢP - GIẤY PHÉP CỦA PHẦN MỀM BÊN THỨ BA",
        "",
        "Chương trình được phân phối kèm các phần mềm dưới đây, mỗi phần theo giấy phép riêng.",
        "Nguyên văn các giấy phép ở sau bảng.",
        "",
        *(f"{part.name} {part.version}".ljust(52) + part.licence for part in listed),
    ]
    for part in listed:
        head = " ".join(filter(None, (part.name, part.version, "-", part.licence)))
        lines += ["", _RULE, head, _RULE]
        lines += ["", part.about] if part.about else []
        for text in part.texts:
            lines += ["", text.strip()]
    return "\n".join(lines) + "\n"


def read(path: Path) -> str:
    """A text as its authors wrote it; a letter of another age must not stop a build."""
    return path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
