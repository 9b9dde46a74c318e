"""A bug is shown, kept, and survived; a sentence for the clerk is not a bug."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.discretion import redacted
from app.errors import AppError, Cancelled, NotFound
from app.ui import crash
from app.ui.common.parts import dialogs
from app.ui.crash import CrashDialog, CrashHandler, report_of


class Button(QObject):
    clicked = Signal()


@pytest.fixture
def told() -> list[AppError]:
    return []


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    seen: list[tuple[str, bool]] = []
    monkeypatch.setattr(crash, "show_report", lambda report, kept: seen.append((report, kept)))
    return seen


@pytest.fixture
def handler(qapp: QApplication, told: list[AppError]) -> Iterator[CrashHandler]:
    before = sys.excepthook
    handler = CrashHandler(keep=lambda: True, tell=told.append)
    handler.install()
    yield handler
    handler.uninstall()
    sys.excepthook = before
    handler.deleteLater()


def fail() -> None:
    raise ZeroDivisionError


def test_an_error_in_a_slot_is_shown_with_its_traceback(
    handler: CrashHandler, reports: list[tuple[str, bool]], qtbot: QtBot
) -> None:
    button = Button()
    button.clicked.connect(fail)
    button.clicked.emit()
    qtbot.waitUntil(lambda: bool(reports))

    report, kept = reports[0]
    assert "ZeroDivisionError" in report
    assert "in fail" in report
    assert "Python 3." in report
    assert kept, "what was being typed was put away first"


def test_an_error_in_a_thread_is_shown_too(
    handler: CrashHandler, reports: list[tuple[str, bool]], qtbot: QtBot
) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(reports))

    assert "ZeroDivisionError" in reports[0][0]


def test_a_sentence_for_the_clerk_is_told_not_reported(
    handler: CrashHandler,
    reports: list[tuple[str, bool]],
    told: list[AppError],
    qtbot: QtBot,
) -> None:
    handler.take(NotFound())
    handler.take(Cancelled())
    qtbot.waitUntil(lambda: bool(told))

    assert [type(error) for error in told] == [NotFound]
    assert reports == []


def test_a_draft_that_cannot_be_kept_does_not_hide_the_first_error(
    handler: CrashHandler, reports: list[tuple[str, bool]], qtbot: QtBot
) -> None:
    handler.keep = fail
    handler.take(KeyError("first"))
    qtbot.waitUntil(lambda: bool(reports))

    assert "KeyError: 'first'" in reports[0][0]
    assert reports[0][1] is False


def test_what_belongs_to_the_office_or_the_person_is_taken_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", "/home/nguoi-dung")
    key = "a" * 64
    words = redacted(
        f"OperationalError\n[SQL: INSERT]\n[parameters: ('Bảo vệ bí mật', 1)]\nkey {key}\n"
        'File "/home/nguoi-dung/so/x.py"'
    )

    for secret in ("Bảo vệ bí mật", key, "nguoi-dung"):
        assert secret not in words
    assert "[SQL: INSERT]" in words


def test_the_report_can_be_copied_and_saved(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = CrashDialog(report_of(ZeroDivisionError("x")), form_was_kept=True)
    qtbot.addWidget(dialog)
    target = tmp_path / "loi.txt"
    monkeypatch.setattr(dialogs, "save_file", lambda *_: target)
    dialog.copy()
    dialog.save()

    assert "ZeroDivisionError" in QGuiApplication.clipboard().text()
    assert target.read_text("utf-8") == dialog.report


def test_a_report_that_cannot_be_saved_says_so(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = CrashDialog("x", form_was_kept=False)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "gone" / "loi.txt")
    dialog.save()

    assert dialog._status.text().startswith("Không ghi được")
