"""What offices get: nothing unexplained, nothing without its licence, and only what is whole."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import app
from app.carried import Carried
from tools.environment import ROOT
from tools.packing import contents, installer, notices, portable, signing
from tools.packing.distributions import owners
from tools.packing.runtimes import one_runtime
from tools.stop import Stop

needs_makensis = pytest.mark.skipif(not shutil.which("makensis"), reason="needs makensis")
needs_signer = pytest.mark.skipif(
    not (shutil.which("osslsigncode") and shutil.which("openssl")), reason="needs osslsigncode"
)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A folder that looks like the packed program."""
    folder = tmp_path / "PhoiHop"
    (folder / "_internal" / "PySide6").mkdir(parents=True)
    for name in ("PhoiHop.exe", "phoihop-cli.exe", "_internal/PySide6/Qt6Core.dll"):
        (folder / name).write_bytes(b"x" * 10)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A Python with one package in it."""
    place = tmp_path / "python" / "Lib" / "site-packages"
    about = place / "gói-1.2.dist-info"
    (about / "licenses").mkdir(parents=True)
    (place.parent / "LICENSE.txt").write_text("PYTHON'S OWN", encoding="utf-8")
    (about / "METADATA").write_text("Name: gói\nVersion: 1.2\nLicense: MIT\n", encoding="utf-8")
    (about / "RECORD").write_text("goi/__init__.py,,\ngoi/core.pyd,,\n", encoding="utf-8")
    (about / "licenses" / "LICENSE").write_text("PERMISSION IS GRANTED", encoding="utf-8")
    return place


def test_the_version_stands_in_one_place():
    assert installer.version() == app.__version__
    assert f'"{app.__version__}"' not in (ROOT / "pyproject.toml").read_text("utf-8")


# what lies in the folder -----------------------------------------------------------


def test_a_large_file_needs_a_reason(packed, tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "LARGE", 10)
    page = tmp_path / "page.md"
    page.write_text("| `*.exe` | 9 | chương trình |\n", encoding="utf-8")
    with pytest.raises(Stop, match=r"Qt6Core\.dll"):
        contents.weigh(packed, page)

    page.write_text("| `*.EXE` | 9 | a |\n| `_internal/PySide6/*` | 9 | b |\n", encoding="utf-8")
    assert contents.weigh(packed, page) == 30


def test_a_folder_that_has_grown_too_large_is_refused(packed, monkeypatch):
    monkeypatch.setattr(contents, "LIMIT", 29)
    with pytest.raises(Stop, match="over"):
        contents.weigh(packed)


def test_the_page_explains_qt_and_both_programs():
    named = contents.named_in(contents.PAGE)
    asked = ["PhoiHop.exe", "phoihop-cli.exe", "_internal/PySide6/Qt6Core.dll"]
    assert contents.unnamed(asked, named) == []
    assert contents.unnamed(["_internal/rich.dll"], named) == ["_internal/rich.dll"]


def test_of_the_runtime_only_the_newest_stays_and_lies_where_all_look():
    versions = {"old": (14, 0), "new": (14, 44)}
    entries = [
        ("VCRUNTIME140.dll", "old", "BINARY"),
        ("PySide6\\vcruntime140.dll", "new", "BINARY"),
        ("PySide6/Qt6Core.dll", "qt", "BINARY"),
    ]
    assert one_runtime(entries, lambda path: versions[path.name]) == [
        ("PySide6/Qt6Core.dll", "qt", "BINARY"),
        ("vcruntime140.dll", "new", "BINARY"),
    ]


# notices ---------------------------------------------------------------------------


def test_a_packed_file_names_its_package(site, tmp_path):
    sources = [site / "goi" / "core.pyd", site / "khác.py", tmp_path / "app" / "paths.py"]
    assert owners(sources) == ["gói-1.2.dist-info"]


def test_the_notices_name_everything_and_hold_every_text(packed, site):
    path = notices.write(packed, ["gói-1.2.dist-info"], site)
    said = path.read_text("utf-8-sig")
    for words in ("gói 1.2", "MIT", "PERMISSION IS GRANTED", "PYTHON'S OWN", "PyInstaller"):
        assert words in said
    assert "SQLCipher" not in said, "nothing is named that is not shipped"
    assert b"\r\n" in path.read_bytes()


def test_qt_is_shipped_under_the_lgpl_with_its_text(site):
    qt = site / "pyside6_essentials-6.11.3.dist-info"
    qt.mkdir()
    (qt / "METADATA").write_text("Name: PySide6_Essentials\nVersion: 6.11.3\n", encoding="utf-8")
    (qt / "LicenseRef-Qt-Commercial.txt").write_text("COMMERCIAL", encoding="utf-8")
    said = notices.text_of(notices.parts([qt.name], site))

    assert "GNU LESSER GENERAL PUBLIC LICENSE" in said
    assert "GNU GENERAL PUBLIC LICENSE" in said
    assert "thay được bằng bản tương thích" in said
    assert "COMMERCIAL" not in said


def test_a_package_without_a_licence_stops_the_build(site):
    (site / "gói-1.2.dist-info" / "licenses" / "LICENSE").unlink()
    with pytest.raises(Stop, match="brings no licence"):
        notices.parts(["gói-1.2.dist-info"], site)


# portable, sums --------------------------------------------------------------------


def test_the_portable_zip_is_the_program_and_its_mark(packed, tmp_path):
    made = portable.make(packed, tmp_path / "a.zip")
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        mark = archive.read("PhoiHop/du-lieu-di-dong.txt").decode("utf-8-sig")
    assert "PhoiHop/_internal/PySide6/Qt6Core.dll" in names
    assert "thư mục du-lieu" in mark
    assert made.read_bytes() == portable.make(packed, tmp_path / "b.zip").read_bytes()


def test_the_sums_are_those_of_the_files(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"a")
    sums = portable.write_sums([tmp_path / "a.zip"], tmp_path / portable.SUMS)
    assert sums.read_text("utf-8") == f"{hashlib.sha256(b'a').hexdigest()}  a.zip\n"


# the installer ---------------------------------------------------------------------


def test_the_script_is_told_of_every_file_and_every_ending(packed):
    told = installer.parts_of(packed)
    assert '${Case} "_internal"' in told
    assert 'RMDir /r "$INSTDIR\\_internal"' in told
    assert 'Delete "$INSTDIR\\phoihop-cli.exe"' in told
    for kind in Carried:
        assert f'Opens "{kind}" "PhoiHop{kind}"' in told


def test_every_sentence_of_the_installer_is_in_both_languages():
    words = (installer.SCRIPT.parent / "words.nsh").read_text("utf-8").replace("\\\n", "")
    lines = [line for line in words.splitlines() if line.startswith("!insertmacro Words ")]
    used = installer.SCRIPT.read_text("utf-8")
    used += (installer.SCRIPT.parent / "steps.nsh").read_text("utf-8")
    assert len(lines) > 20
    for line in lines:
        name, sentences = line.split()[2], [part for part in line.split('"')[1::2] if part.strip()]
        assert len(sentences) == 2, line
        assert f"$({name})" in used, f"nobody says {name}"


@needs_makensis
def test_the_installer_is_made_of_a_folder(packed, tmp_path):
    made = installer.make(packed, tmp_path / "bộ cài.exe", fast=True)
    assert made.read_bytes()[:2] == b"MZ"


# signing ---------------------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate that we have signed ourselves, given as a releaser gives one."""
    key, public, both = (tmp_path / name for name in ("key.pem", "cert.pem", "cert.p12"))
    make = "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=PhoiHop -addext".split()
    usage = "extendedKeyUsage=codeSigning"
    openssl(*make, usage, "-keyout", key, "-out", public)
    openssl("pkcs12", "-export", "-inkey", key, "-in", public, "-out", both, "-passout", "pass:bí")
    monkeypatch.setenv(signing.CERTIFICATE, str(both))
    monkeypatch.setenv(signing.PASSWORD, "bí")
    return public


def openssl(*words: str | Path) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


def is_signed(program: Path, public: Path) -> bool:
    done = subprocess.run(
        ["osslsigncode", "verify", "-CAfile", str(public), "-in", str(program)],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0 and b"Signature verification: ok" in done.stdout


@needs_makensis
@needs_signer
def test_installer_is_signed_with_the_certificate_that_is_given(packed, tmp_path, certificate):
    made = installer.make(packed, tmp_path / "a.exe", fast=True)
    assert is_signed(made, certificate)


@needs_makensis
@needs_signer
def test_an_uninstaller_that_cannot_be_signed_stops_the_build(
    packed, tmp_path, certificate, monkeypatch
):
    monkeypatch.setattr(signing, "uninstaller_command", lambda: '"false"')
    with pytest.raises(Stop, match="could not be made"):
        installer.make(packed, tmp_path / "a.exe", fast=True)


@needs_makensis
def test_without_a_certificate_nothing_is_signed(packed, tmp_path, monkeypatch):
    monkeypatch.delenv(signing.CERTIFICATE, raising=False)
    assert not signing.is_asked()
    monkeypatch.setattr(signing, "sign", lambda _path: pytest.fail("signed all the same"))
    installer.make(packed, tmp_path / "a.exe", fast=True)


def test_a_certificate_that_is_not_there_stops_the_build(tmp_path, monkeypatch):
    monkeypatch.setenv(signing.CERTIFICATE, str(tmp_path / "mất.p12"))
    with pytest.raises(Stop, match="there is no such file"):
        signing.is_asked()


@needs_makensis
@needs_signer
def test_a_wrong_password_leaves_the_program_as_it_was(packed, tmp_path, certificate, monkeypatch):
    program = installer.make(packed, tmp_path / "a.exe", fast=True)
    before = program.read_bytes()
    monkeypatch.setenv(signing.PASSWORD, "sai")
    with pytest.raises(Stop, match="could not be signed"):
        signing.sign(program)
    assert program.read_bytes() == before
