"""What keeps the program from starting is seen by whoever started it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app import __main__, bootstrap, last_word, paths
from app.errors import TargetGone
from app.ui import failure
from app.ui.failure import FailureDialog

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Qt's dialog was asked to say, as if somebody sat before a screen."""
    said: list[str] = []
    monkeypatch.setattr(last_word, "is_seen", lambda: True)
    monkeypatch.setattr(failure, "tell", lambda sentence, *_: said.append(sentence))
    return said


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Windows' own box was asked to say."""
    said: list[str] = []
    monkeypatch.setattr(last_word, "show_plainly", said.append)
    return said


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def run(*_: Any, **__: Any) -> int:
        raise error

    monkeypatch.setattr(bootstrap, "run_window", run)


def test_a_refusal_before_the_window_is_shown_in_a_box(
    monkeypatch: pytest.MonkeyPatch, boxes: list[str]
) -> None:
    failing(monkeypatch, TargetGone(path="D:", why="ổ đĩa này chỉ cho đọc."))
    assert __main__.main([]) == 1
    assert boxes == [str(TargetGone(path="D:", why="ổ đĩa này chỉ cho đọc."))]


def test_a_bug_before_the_window_is_shown_in_a_box_with_the_place_of_the_log(
    monkeypatch: pytest.MonkeyPatch, boxes: list[str]
) -> None:
    failing(monkeypatch, ZeroDivisionError())
    assert __main__.main(["--data", "x"]) == 1
    assert "ZeroDivisionError" in boxes[0]
    assert str(paths.log_file()) in boxes[0]


def test_without_qt_windows_own_box_says_that_it_is_missing(
    monkeypatch: pytest.MonkeyPatch, boxes: list[str], plain: list[str]
) -> None:
    missing = ImportError("DLL load failed", name="PySide6.QtWidgets")
    failing(monkeypatch, missing)

    def fails(*_: object) -> None:
        raise missing

    monkeypatch.setattr(failure, "tell", fails)
    assert __main__.main([]) == 1
    assert boxes == []
    assert "PySide6.QtWidgets" in plain[0]
    assert "Cài lại Phối Hợp" in plain[0]
    assert str(paths.log_file()) in plain[0]


def test_words_that_make_no_command_are_shown_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, boxes: list[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "stdout", None)
    assert __main__.main(["--dta"]) == 2
    assert boxes == ["Không có tùy chọn “--dta”."]


def test_a_command_that_is_refused_opens_no_box(
    boxes: list[str], plain: list[str], tmp_path: Path
) -> None:
    assert __main__.main(["--data", str(tmp_path / "x"), "list", "agency"]) == 1
    assert boxes == plain == []


def test_nobody_is_waited_for_where_nobody_sees_a_window(
    monkeypatch: pytest.MonkeyPatch, plain: list[str]
) -> None:
    monkeypatch.setattr(failure, "tell", lambda *_: pytest.fail("a dialog was opened"))
    failing(monkeypatch, ZeroDivisionError())
    assert __main__.main([]) == 1
    assert plain == []


def test_windows_box_says_how_it_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[Any, ...]] = []

    def box(*given: Any) -> int:
        shown.append(given)
        return 1

    user32 = SimpleNamespace(MessageBoxW=box)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    monkeypatch.setattr(last_word, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert last_word.show_plainly("Không mở được.")
    assert shown[0][1].startswith("Không mở được.")
    assert "Ctrl+C" in shown[0][1]


def test_the_dialog_copies_the_sentence_and_the_place_of_the_log(
    qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = FailureDialog("Không ghi được.", tmp_path / "phoihop.log")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert "Không ghi được." in copied
    assert str(tmp_path / "phoihop.log") in copied
    assert dialog.status.text() == "Đã sao chép."


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="would show a box and wait")
def test_a_qt_that_cannot_draw_ends_with_a_sentence(tmp_path: Path) -> None:
    there = {**os.environ, "QT_QPA_PLATFORM": "nothing-of-the-kind"}
    ran = subprocess.run(
        [sys.executable, "-m", "app", "--data", str(tmp_path / "office")],
        cwd=ROOT,
        env=there,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert ran.returncode == 1
    assert "Thư viện giao diện của Phối Hợp không chạy được" in ran.stderr
    assert "phoihop.log" in ran.stderr
    assert not (tmp_path / "office").exists()
