"""Laying out a Windows Python: what of it needs neither wine nor a network."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tools import system
from tools.environment import LOCK
from tools.stop import Stop
from tools.windows import compiling, layout, wine
from tools.windows.wine import Layout, windows_path

OBJDUMP = """\
[Ordinal/Name Pointer] Table
\t[   0] PyAIter_Check
\t[   1] +base[   2]  0001 PyArg_Parse
\t[   2] _Py_NoneStruct

The Function Table (interpreted .pdata section contents)
vma:\t\t\tBeginAddress\t EndAddress\t  UnwindData
"""


@pytest.fixture
def place(tmp_path):
    return Layout(tmp_path, tmp_path / "python311")


def test_the_lock_is_read_as_windows_would():
    ours = layout.for_windows(LOCK.read_text(encoding="utf-8"))
    names = {line.split("==")[0] for line in ours.splitlines() if line[:1].isalpha()}
    assert {"colorama", "pefile", "pywin32-ctypes", "cffi", "sqlcipher3"} <= names
    assert "macholib" not in names
    assert "sys_platform" not in ours
    assert ours.count("--hash=") < LOCK.read_text(encoding="utf-8").count("--hash=")


def test_of_the_runtime_only_what_a_python_has_is_taken(tmp_path):
    taken = ["python311.dll", "VCRUNTIME140.dll", "_ctypes.pyd", "libffi-8.dll"]
    left = ["tcl86t.dll", "_tkinter.pyd", "_wmi.pyd", "api-ms-win-crt-time-l1-1-0.dll"]
    with zipfile.ZipFile(tmp_path / "runtime.whl", "w") as archive:
        for name in [*taken, *left]:
            archive.writestr(f"deploy_libs/{name}", name)
        archive.writestr("panda3d/core.cp311-win_amd64.pyd", "a game")
        archive.writestr("msvc_runtime-14.data/data/Scripts/msvcp140.dll", "msvcp140.dll")
    found = dict(layout.runtime_files(tmp_path / "runtime.whl"))
    assert list(found) == [*taken, "msvcp140.dll"]
    below = [name for name in found if layout.belongs_below(name)]
    assert below == ["_ctypes.pyd", "libffi-8.dll"]


def test_python3_dll_hands_every_name_on(monkeypatch):
    monkeypatch.setattr(compiling, "mingw", lambda *_args: OBJDUMP)
    names = compiling.exported(Path("python311.dll"))
    assert names == ["PyAIter_Check", "PyArg_Parse", "_Py_NoneStruct"]
    assert compiling.forwarding("python311", names).splitlines()[:3] == [
        "LIBRARY python3.dll",
        "EXPORTS",
        "PyAIter_Check=python311.PyAIter_Check",
    ]


def test_a_layout_cut_short_or_of_another_lock_is_made_anew(place, monkeypatch):
    made: list[Layout] = []
    monkeypatch.setattr(layout, "FOLDER", place.folder)
    monkeypatch.setattr(layout, "need_wine", lambda: None)
    monkeypatch.setattr(layout, "facts", lambda: {"lock": "một"})
    monkeypatch.setattr(layout, "make", made.append)
    monkeypatch.setattr(Layout, "keep_server", lambda _self: None)
    ours = layout.laid_out()
    assert made == [ours]
    ours.home.mkdir()
    mark = layout.mark_of(ours)
    mark.write_text(json.dumps({"lock": "một"}), encoding="utf-8")
    layout.laid_out()
    assert made == [ours]
    mark.write_text('{"lock": "một"', encoding="utf-8")
    layout.laid_out()
    mark.write_text(json.dumps({"lock": "hai"}), encoding="utf-8")
    layout.laid_out()
    assert made == [ours] * 3


def test_elsewhere_than_on_linux_one_line_says_why_not(monkeypatch):
    monkeypatch.setattr(system, "ON_LINUX", False)
    with pytest.raises(Stop) as why:
        layout.laid_out()
    assert "\n" not in str(why.value)


def test_what_is_missing_is_installed_by_its_package(monkeypatch):
    asked: list[set[str]] = []
    monkeypatch.setattr(system, "ON_LINUX", True)
    monkeypatch.setattr(layout, "wine_command", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda command: command == "Xvfb" or None)
    monkeypatch.setattr(system, "provide", asked.append)
    layout.need_wine()
    assert asked == [{"wine", "wine64", "nsis", "gcc-mingw-w64-x86-64", "xdotool"}]


def test_a_program_under_wine_sees_little_of_our_environment(place, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    monkeypatch.setenv("PHOIHOP_HOME", "/srv/nha")
    monkeypatch.setenv("DISPLAY", ":7")
    seen = place.environment({"QT_QPA_PLATFORM": "offscreen", "PHOIHOP_HOME": "C:\\nha"})
    assert seen["PHOIHOP_PASS_QT_QPA_PLATFORM"] == "offscreen"
    assert seen["PHOIHOP_HOME"] == "C:\\nha"
    assert seen["DISPLAY"] == ":7"
    assert Path(seen["HOME"]).is_relative_to(place.folder)
    assert "QT_QPA_PLATFORM" not in seen


def test_paths_are_told_as_windows_knows_them_and_words_as_they_are(tmp_path):
    assert windows_path(tmp_path / "sổ") == "Z:" + f"{tmp_path}/sổ".replace("/", "\\")
    assert windows_path("--data") == "--data"


@pytest.mark.skipif(not system.ON_LINUX, reason="wine is a matter of Linux")
def test_all_that_a_program_says_is_heard_and_one_that_hangs_is_ended(place, monkeypatch):
    monkeypatch.setattr(wine, "wine_command", lambda: "/bin/sh")
    done = place.run_exe("-c", "echo chào; echo lỗi >&2; exit 3")
    assert (done.code, done.said) == (3, "chào\nlỗi\n")
    with pytest.raises(subprocess.TimeoutExpired) as late:
        place.run_exe("-c", "echo chờ; exec sleep 60", timeout=0.3)
    assert late.value.output == "chờ\n"
