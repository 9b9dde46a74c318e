"""The application round the window: its language, its look, the first start and the second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app import paths
from app.errors import AlreadyOpen
from app.settings import TEXT_SIZE, THEME, Settings
from app.store import Store
from app.ui import application, theme
from app.ui.application import dress, make_application, run
from app.ui.common.parts import dialogs
from app.ui.first_start import Begin, FirstStart, FirstStartDialog
from app.ui.main_window import MainWindow
from app.ui.qt_words import QtWords
from app.ui.tokens import DARK
from tests.ui.fakes import ROOMS, FakeStore


@pytest.fixture
def vietnamese(qapp: QApplication) -> Iterator[QtWords]:
    words = QtWords()
    qapp.installTranslator(words)
    yield words
    qapp.removeTranslator(words)


@pytest.fixture
def plain_look() -> Iterator[None]:
    yield
    theme.wear(theme.Mode.LIGHT, 100)


def test_the_menu_of_a_field_speaks_vietnamese(vietnamese: QtWords, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    menu: QMenu = field.createStandardContextMenu()
    qtbot.addWidget(menu)
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]

    assert words == ["Hoàn tác", "Làm lại", "Cắt", "Sao chép", "Dán", "Xóa", "Chọn tất cả"]


def test_our_own_words_pass_the_translator_unchanged(vietnamese: QtWords) -> None:
    assert QCoreApplication.translate("Room", "Quy chế") == "Quy chế"


@pytest.mark.usefixtures("qapp", "plain_look")
def test_the_look_follows_the_settings(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.listen(lambda _key, _value: dress(settings))
    settings.choose(THEME, "dark")
    settings.choose(TEXT_SIZE, "150")

    assert theme.theme() is DARK
    assert theme.px(10) == 15


class ClosingStore(FakeStore):
    closed = False

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def quiet_application(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.setattr(application, "make_application", lambda _argv, _settings: qapp)


@pytest.mark.usefixtures("quiet_application")
def test_the_window_runs_and_lets_go_of_the_store(tmp_path: Path, qtbot: QtBot) -> None:
    store: Any = ClosingStore()
    seen: list[str] = []

    def ready(window: MainWindow) -> None:
        seen.append(window.windowTitle())
        window.close()

    code = run(lambda: store, tmp_path, today=lambda: date(2026, 11, 23), rooms=ROOMS, ready=ready)

    assert code == 0
    assert seen[0].startswith("Sở Y tế – ")
    assert store.closed


@pytest.mark.usefixtures("quiet_application")
def test_a_store_that_refuses_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell_error", lambda _p, _t, error: told.append(str(error)))

    def refuse() -> Store:
        raise AlreadyOpen

    assert run(refuse, tmp_path, rooms=ROOMS) == 1
    assert told == [str(AlreadyOpen())]


# the first start -------------------------------------------------------------------


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> FirstStartDialog:
    dialog = FirstStartDialog(tmp_path / "so")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_three_answers_begin_an_empty_register(dialog: FirstStartDialog, tmp_path: Path) -> None:
    dialog.agency.setText(" Sở  Y tế ")
    dialog.office.setText("Văn phòng Sở")
    dialog.accept()

    assert dialog.answer == FirstStart("Văn phòng Sở", "Sở Y tế", tmp_path / "so", Begin.EMPTY)


def test_an_office_without_a_name_of_its_own_takes_the_bodys(dialog: FirstStartDialog) -> None:
    dialog.agency.setText("Sở Y tế")
    dialog.accept()

    assert dialog.answer is not None
    assert dialog.answer.office_name == "Sở Y tế"


def _no_name(_dialog: FirstStartDialog) -> None:
    """Say nothing at all."""


def _no_backup(dialog: FirstStartDialog) -> None:
    dialog.choices[Begin.RESTORE].setChecked(True)


def _no_folder(dialog: FirstStartDialog) -> None:
    dialog.choices[Begin.SAMPLE].setChecked(True)
    dialog.folder.setText("so")


@pytest.mark.parametrize(
    ("leave_out", "sentence"),
    [
        (_no_name, "Chưa nhập tên cơ quan"),
        (_no_backup, "Chưa chọn bản sao lưu"),
        (_no_folder, "Chưa chọn thư mục dữ liệu"),
    ],
)
def test_what_is_missing_is_said_and_the_dialog_stays(
    dialog: FirstStartDialog, leave_out: Callable[[FirstStartDialog], None], sentence: str
) -> None:
    leave_out(dialog)
    dialog.accept()

    assert dialog.problem.startswith(sentence)
    assert dialog.answer is None
    assert dialog.isVisible()


def test_a_backup_needs_no_names(dialog: FirstStartDialog, tmp_path: Path) -> None:
    dialog.use_backup(tmp_path / "so.phop")
    dialog.accept()

    assert dialog.answer is not None
    assert dialog.answer.backup == tmp_path / "so.phop"
    assert dialog.answer.begin is Begin.RESTORE


def test_an_application_is_made_once(qapp: QApplication, plain_look: None) -> None:
    made = make_application([], Settings(paths.settings_file()))

    assert made is qapp
    assert made.applicationName() == "Phối Hợp"
    for child in made.findChildren(QtWords):
        made.removeTranslator(child)
