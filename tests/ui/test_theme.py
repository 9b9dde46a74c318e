"""The look: readable in both themes, at every text size, changed while it is worn."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.models import states
from app.models.occurrence_state import OccurrenceState
from app.models.reply_state import ReplyState
from app.ui import theme
from app.ui.common.pane.status import STATES, Tag, state_of, unknown
from app.ui.common.parts.widgets import button, column, panel, row, text
from app.ui.icons import icon
from app.ui.stylesheet import sheet
from app.ui.theme import Mode, hold, px
from app.ui.tokens import DARK, ICONS, LIGHT, Theme, contrast
from tests.ui.stages import SCALES

_TEXT = [
    "ink/canvas",
    "ink/sidebar",
    "ink/select",
    "ink/chip",
    "muted/canvas",
    "muted/sidebar",
    "muted/select",
    "muted/chip",
    "faint/field",
    "accent/canvas",
    "accent/select",
    "on_fill/fill",
    "on_fill/fill_hover",
    "danger/canvas",
    "danger/sidebar",
    "danger/select",
    "danger/danger_soft",
    "warn/canvas",
    "warn/select",
    "warn/warn_soft",
    "ok/canvas",
    "ok/select",
    "ok/ok_soft",
    "ink/warn_soft",
    "ink/danger_soft",
    "accent/warn_soft",
    "accent/danger_soft",
    "faint/chip",
    "ink/hover",
    "muted/hover",
]


def _is_states(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> None:
    theme.wear(Mode.LIGHT, 100)


@pytest.mark.parametrize("worn", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", _TEXT)
def test_every_text_can_be_read_on_its_ground(worn: Theme, pair: str) -> None:
    above, below = pair.split("/")

    assert contrast(getattr(worn, above), getattr(worn, below)) >= 4.5


@pytest.mark.parametrize("worn", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(worn: Theme) -> None:
    assert contrast(worn.edge, worn.canvas) >= 3


@pytest.mark.parametrize("percent", SCALES)
def test_the_sheet_has_no_token_left_and_no_text_under_12(percent: int) -> None:
    drawn = sheet(LIGHT, percent)

    assert "$" not in drawn
    assert min(int(size) for size in re.findall(r"font-size: (\d+)px", drawn)) >= 12


def test_hairlines_stay_hairlines_when_the_text_grows() -> None:
    assert "border: 1px solid" in sheet(LIGHT, 150)


def test_the_look_changes_while_it_is_worn(qtbot: QtBot) -> None:
    held = text("Quy chế")
    hold(held, width=100)
    made = button("Thêm", "primary", "plus")
    whole = panel(column(row(held, made), pad=(16, 8, 16, 4)))
    qtbot.addWidget(whole)

    theme.wear(Mode.DARK, 150)

    assert theme.colour("canvas").name().upper() == DARK.canvas
    assert QApplication.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.ink
    assert held.width() == px(100) == 150
    assert made.iconSize() == QSize(21, 21)
    layout = whole.layout()
    assert layout is not None
    assert layout.contentsMargins().left() == 24


def test_following_the_system_wears_one_of_the_two(qtbot: QtBot) -> None:
    theme.wear(Mode.SYSTEM, 100)

    assert theme.theme() in (LIGHT, DARK)


@pytest.mark.parametrize("percent", SCALES)
@pytest.mark.parametrize("role", ["plain", "primary", "quiet", "chip", "view", "link"])
def test_no_button_cuts_its_words(role: str, percent: int, qtbot: QtBot) -> None:
    theme.wear(Mode.LIGHT, percent)
    made = button("Ẳ Ộ Ữ gỵ Điều chỉnh hạn", role, "plus")
    qtbot.addWidget(made)
    made.adjustSize()

    assert made.height() >= made.fontMetrics().height()
    assert made.width() >= made.fontMetrics().horizontalAdvance(made.text())


def test_every_icon_can_be_drawn(qtbot: QtBot) -> None:
    for name in sorted(path.stem for path in ICONS.glob("*.svg")):
        image = icon(name, "ink").pixmap(32, 32).toImage()
        inked = [image.pixelColor(x, y).alpha() for x in range(32) for y in range(32)]
        assert any(inked), f"{name} shows nothing"


def test_an_icon_takes_the_colour_of_the_look_when_it_is_painted(qtbot: QtBot) -> None:
    made = QPushButton()
    qtbot.addWidget(made)
    made.setIcon(icon("live", "ok"))

    def middle() -> str:
        return made.icon().pixmap(16, 16).toImage().pixelColor(8, 8).name().upper()

    assert middle() == LIGHT.ok
    theme.wear(Mode.DARK, 100)
    assert middle() == DARK.ok


def test_every_status_has_a_shape_that_exists() -> None:
    for state in STATES.values():
        assert (ICONS / f"{state.shape}.svg").is_file()


def test_a_status_with_a_number_is_drawn_as_its_word() -> None:
    assert state_of("Quá hạn 8 ngày") == STATES["Quá hạn"]
    assert state_of("Hoàn thành quá hạn từ 2025") == STATES[OccurrenceState.DONE_LATE]


@pytest.mark.parametrize(
    "kind",
    [OccurrenceState, ReplyState, *(each for each in vars(states).values() if _is_states(each))],
)
def test_every_state_of_a_record_is_drawn_in_its_own_way(kind: type[StrEnum]) -> None:
    assert [state for state in kind if state not in STATES] == []


def test_a_status_that_is_none_of_ours_is_drawn_as_unknown_and_refused_by_the_tests() -> None:
    with pytest.raises(AssertionError, match="Chờ duyệt"):
        state_of("Chờ duyệt")
    assert unknown("Chờ duyệt").shape == "unknown", "and never as one that is open"
    assert state_of(states.word_of({}, "chờ-duyệt")).shape == "unknown"


def test_a_tag_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    tag = Tag("Cần rà soát", "Cần rà soát: 1 lý do")
    qtbot.addWidget(tag)

    assert tag.sizeHint().width() > tag.fontMetrics().horizontalAdvance("Cần rà soát: 1 lý do")
    assert tag.accessibleName() == "Cần rà soát: 1 lý do"
