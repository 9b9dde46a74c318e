"""Guards every test runs under: no network, no real home, nothing left running or unseen.

They fail with pytest's own outcome, which is not an Exception, so that no `except` of the
program can swallow what they say. Python's warnings and Qt's are errors by pyproject.toml.
"""

from __future__ import annotations

import gc
import os
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from app import language

# A machine that runs other things at the same time is slow now and then; that is not a fault.
settings.register_profile(
    "shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("shared machine")
os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything makes a QApplication
_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PHOIHOP_HOME")
_XDG = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
_MODAL = {
    "QDialog": ("exec",),
    "QMessageBox": ("exec", "about", "aboutQt", "critical", "information", "question", "warning"),
    "QFileDialog": (
        "exec",
        "getExistingDirectory",
        "getExistingDirectoryUrl",
        "getOpenFileName",
        "getOpenFileNames",
        "getOpenFileUrl",
        "getSaveFileName",
        "getSaveFileUrl",
    ),
    "QInputDialog": ("exec", "getDouble", "getInt", "getItem", "getMultiLineText", "getText"),
    "QColorDialog": ("exec", "getColor"),
    "QFontDialog": ("exec", "getFont"),
    "QMenu": ("exec",),
}
"""What would wait for somebody who is not there."""


@pytest.fixture
def english() -> Iterator[None]:
    """The program speaks English."""
    language.speak(language.ENGLISH)
    yield
    language.speak(language.VIETNAMESE)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """The program never uses a network; a test that does has found a fault."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _only_local(getattr(socket.socket, name)))
        for name in ("getaddrinfo", "gethostbyname"):
            patch.setattr(socket, name, _refuse_name)
        yield


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home folder for each test."""
    home = tmp_path_factory.mktemp("home")
    for name in (*_HOMES, *_XDG):
        monkeypatch.setenv(name, str(home / name.lower() if name in _XDG else home))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home))  # private already, as Qt wants it
    return home


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Every thread a test starts has ended when the test has."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if _is_ours(thread):
            thread.join(timeout=2)
            assert not thread.is_alive(), f"a thread was left running: {thread.name}"


@pytest.fixture(autouse=True)
def nothing_left_in_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """No timer, worker or window outlives a test that uses Qt; no dialog waits for a person."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    _refuse_modal_dialogs()
    _look_only_at_what_is_new()
    before = Counter(_running())  # what a failed test left is told once, there
    yield
    left = Counter(_left_in_qt()) - before
    if left:
        gc.collect()  # a page in a reference cycle is not left running, only not yet swept up
        left = Counter(_left_in_qt()) - before
    assert not left, f"left by this test: {'; '.join(left)}"


def _only_local(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *args: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None):
            pytest.fail(f"the network was used: {args[-1]!r}")
        return connect(self, *args)

    return guarded


def _refuse_name(host: Any, *_args: Any, **_kwargs: Any) -> NoReturn:
    pytest.fail(f"a host name was looked up: {host!r}")


def _is_ours(thread: threading.Thread) -> bool:
    """Not one made by C++ (Python never hears of its end) nor by the test runner."""
    dummy = isinstance(thread, threading._DummyThread)
    return not dummy and not thread.name.startswith("pytest_timeout")


@cache
def _look_only_at_what_is_new() -> None:
    """Libraries alone make hundreds of thousands of objects; the search below need not ask them."""
    gc.collect()
    gc.freeze()


@cache
def _refuse_modal_dialogs() -> None:
    """Make every way to open a modal dialog fail with what it would have said.

    A test that expects one replaces the same name with `monkeypatch` for its own time.
    """
    from PySide6 import QtPrintSupport, QtWidgets

    for class_name, methods in _MODAL.items():
        for method in methods:
            _refuse(getattr(QtWidgets, class_name), method)
    for class_name in ("QPrintDialog", "QPageSetupDialog", "QPrintPreviewDialog"):
        _refuse(getattr(QtPrintSupport, class_name), "exec")


def _refuse(cls: type, method: str) -> None:
    def refused(*args: Any, **_kwargs: Any) -> NoReturn:
        pytest.fail(f"{cls.__name__}.{method} opened unseen: {_said_by(args)}")

    setattr(cls, method, refused)


def _said_by(args: tuple[Any, ...]) -> str:
    """The words on a dialog, or those it was about to be opened with."""
    names = ("windowTitle", "text", "labelText")
    asked = [getattr(dialog, name, None) for dialog in args[:1] for name in names]
    words = [str(words()) for words in asked if callable(words)]
    words += [a for a in args if isinstance(a, str)]
    return " / ".join(filter(None, words)) or "no words on it"


def _left_in_qt() -> list[str]:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # deleteLater is enough
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    shown = [f"a window: {type(w).__name__} “{w.windowTitle()}”" for w in windows]
    return [*shown, *_running()]


def _running() -> list[str]:
    """Timers, threads and pools that Python knows of and that are at work."""
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QThread, QThreadPool, QTimer

    app = QCoreApplication.instance()
    main = app.thread() if app else None
    asked: dict[type, Callable[[Any], object]] = {
        QTimer: lambda timer: timer.isActive(),
        QThread: lambda thread: thread is not main and thread.isRunning(),
        QThreadPool: lambda pool: not pool.waitForDone(2000),
    }
    found: list[Any] = [o for o in gc.get_objects() if isinstance(o, tuple(asked))]
    return [
        f"{type(one).__name__} of {type(one.parent()).__name__}"
        for one in found
        if shiboken6.isValid(one)
        and any(isinstance(one, kind) and busy(one) for kind, busy in asked.items())
    ]
