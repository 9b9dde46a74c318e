"""The guards must bite, or they guard nothing: each is shown a small offender."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[1]
GUARDS = (Path(__file__).parent / "conftest.py").read_text(encoding="utf-8")


@pytest.fixture
def offender(pytester: pytest.Pytester):
    """Runs one test body under the guards; returns what pytest said."""
    pytester.makeconftest(GUARDS)
    settings = f"qt_api = pyside6\nfilterwarnings = error\npythonpath = {ROOT}\n"
    pytester.makeini(f"[pytest]\n{settings}")

    def run(body: str) -> str:
        pytester.makepyfile(textwrap.dedent(body))
        result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist")
        assert result.ret != 0, "the offender passed"
        return result.stdout.str()

    return run


def test_a_connection_is_refused_even_where_errors_are_swallowed(offender):
    said = offender(
        """
        import contextlib, socket
        def test_it():
            with contextlib.suppress(Exception), socket.socket() as door:
                door.connect(("127.0.0.1", 9))
        """
    )
    assert "the network was used" in said


def test_a_host_name_is_not_looked_up(offender):
    said = offender(
        """
        import urllib.request
        def test_it():
            urllib.request.urlopen("https://example.test")
        """
    )
    assert "a host name was looked up: 'example.test'" in said


def test_a_thread_left_running_is_named(offender):
    said = offender(
        """
        import threading
        stop = threading.Event()
        def test_it():
            threading.Thread(target=stop.wait, args=(5,), name="sao lưu", daemon=True).start()
        """
    )
    assert "a thread was left running: sao lưu" in said


def test_a_timer_left_running_is_named(offender):
    said = offender(
        """
        from PySide6.QtCore import QTimer
        kept = []
        def test_it(qapp):
            kept.append(QTimer())
            kept[0].start(50)
        """
    )
    assert "left by this test: QTimer of NoneType" in said


def test_a_message_box_opened_unseen_says_what_it_would_have_said(offender):
    said = offender(
        """
        from PySide6.QtWidgets import QMessageBox
        def test_it(qtbot):
            QMessageBox.question(None, "Xóa", "Xóa bản ghi này?")
        """
    )
    assert "QMessageBox.question opened unseen: Xóa / Xóa bản ghi này?" in said


def test_a_dialog_left_open_is_named(offender):
    said = offender(
        """
        from PySide6.QtWidgets import QDialog
        kept = []
        def test_it(qtbot):
            kept.append(QDialog())
            kept[0].setWindowTitle("Chọn cột")
            kept[0].open()
        """
    )
    assert "a window: QDialog “Chọn cột”" in said


def test_the_home_folder_is_not_the_real_one(own_home):
    assert Path.home() == own_home
    assert Path(os.environ["PHOIHOP_HOME"]) == own_home
    assert not any(own_home.iterdir())


def test_a_page_that_is_given_to_qtbot_may_have_timers(qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    page = QWidget()
    qtbot.addWidget(page)
    QTimer(page).start(50)
    page.show()
