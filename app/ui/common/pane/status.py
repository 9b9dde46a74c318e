"""The words of status: each has a shape and a colour, and the word is always written too."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.occurrence_state import OccurrenceState
from app.models.reply_state import ReplyState
from app.models.states import (
    UNKNOWN,
    AgencyState,
    ArrivalState,
    ClerkState,
    DocumentState,
    InputState,
    PairState,
    PartState,
    RegulationState,
)
from app.ui.icons import draw_icon
from app.ui.theme import colour, px
from app.words import marked, told


@dataclass(frozen=True)
class State:
    """How a status is drawn: an icon, the tint of its colour, and whether the word bears it."""

    shape: str
    tint: str = "muted"
    loud: bool = False


_OVERDUE = State("overdue", "danger", loud=True)
_ATTENTION = State("attention", "warn", loud=True)
_DONE = State("done", "ok")
_LIVE = State("live", "ok")
_ENDED = State("ended")
_DRAFT = State("draft")
_OPEN = State("open")
_UNKNOWN = State("unknown")

# Only what the clerk must act on colours its word: overdue, due soon, to be reviewed, not sent.
STATES: dict[str, State] = {
    OccurrenceState.OVERDUE: _OVERDUE,
    OccurrenceState.SOON: State("soon", "warn", loud=True),
    OccurrenceState.IN_TIME: _OPEN,
    OccurrenceState.DONE_IN_TIME: _DONE,
    OccurrenceState.DONE_LATE: State("late", "warn"),
    OccurrenceState.UNDATED: _UNKNOWN,
    OccurrenceState.PAUSED: _ENDED,
    OccurrenceState.CANCELLED: _ENDED,
    RegulationState.IN_FORCE: _LIVE,
    RegulationState.STALE: _ATTENTION,
    RegulationState.REPLACED: State("replaced"),
    RegulationState.REPEALED: _ENDED,
    RegulationState.LAPSED: _ENDED,
    DocumentState.EXPIRED: _ENDED,
    ReplyState.WAITING: _OPEN,
    ReplyState.OVERDUE: _OVERDUE,
    ReplyState.ANSWERED: _DONE,
    ReplyState.ANSWERED_LATE: State("late", "warn"),
    ReplyState.CLOSED: _ENDED,
    ReplyState.NOT_ASKED: State("tick"),
    RegulationState.DRAFT: _DRAFT,
    InputState.RECEIVED: _DONE,
    InputState.NOT_SENT: _OVERDUE,
    PartState.FULL: _DONE,
    PartState.LACKING: State("soon", "warn"),
    PartState.EMPTY: _UNKNOWN,
    AgencyState.NOT_YET: _OPEN,
    AgencyState.ACTIVE: _LIVE,
    ClerkState.WORKING: _LIVE,
    ClerkState.WRITING: State("edit", "ok"),
    ClerkState.LEFT: _ENDED,
    AgencyState.ENDED: _ENDED,
    marked("Đang chuẩn bị"): _OPEN,
    RegulationState.ENDED: _DONE,
    marked("Đã rút"): _ENDED,
    ArrivalState.DISPUTED: _ATTENTION,
    ArrivalState.ASIDE: State("soon", "warn"),
    ArrivalState.WITHDRAWN: State("withdraw", "danger"),
    ArrivalState.CHANGED: State("edit"),
    ArrivalState.NEW: State("plus", "ok"),
    PairState.SURE: _ATTENTION,
    PairState.LIKELY: _UNKNOWN,
    PairState.MERGED: _DONE,
    marked("Chờ xác nhận"): _OPEN,
    marked("Bên nhận đã nhận"): _DONE,
    marked("Đã nhận vào sổ"): _DONE,
    marked("Chờ xem xét"): _ATTENTION,
    marked("Đã để ngoài sổ"): _ENDED,
    marked("Đang dùng"): _LIVE,
    marked("Đã thôi dùng"): _ENDED,
    UNKNOWN: _UNKNOWN,
}


def state_of(words: str) -> State:
    """How *words* are drawn, in any language; "Quá hạn 8 ngày" is drawn as "Quá hạn"."""
    if words in STATES:
        return STATES[words]
    known = {**STATES, **{told(head): state for head, state in STATES.items()}}
    heads = [head for head in known if words.startswith(head)]
    return known[max(heads, key=len)] if heads else unknown(words)


def unknown(words: str) -> State:
    """How a status that is none of ours is drawn: never as one that is open. Tests refuse it."""
    del words
    return _UNKNOWN


class Glyph(QWidget):
    """One icon, *size* pixels at 100 % text; it says nothing to a screen reader."""

    def __init__(self, name: str, tint: str = "muted", size: int = 16) -> None:
        super().__init__()
        self._name, self._tint, self._size = name, tint, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    def draw(self, name: str, tint: str) -> None:
        """Show another icon in the same place."""
        self._name, self._tint = name, tint
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = px(self._size)
        top = (self.height() - side) // 2
        draw_icon(painter, self._name, QRect(0, top, side, side), self._tint)
        painter.end()


def mark(words: str) -> Glyph:
    """The shape of the status *words*, to stand beside the word."""
    state = state_of(words)
    return Glyph(state.shape, state.tint, 14)


class Tag(QWidget):
    """Status at the head of a record: soft ground, shape and word."""

    def __init__(self, state: str, words: str = "") -> None:
        super().__init__()
        self._state, self._words = state_of(state), words or told(state)
        self.setAccessibleName(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words on the tag."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + px(40), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        plain = self._state.tint == "muted"
        ground = "chip" if plain else f"{self._state.tint}_soft"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        place = QRect(px(9), (self.height() - px(14)) // 2, px(14), px(14))
        draw_icon(painter, self._state.shape, place, self._state.tint, ground)
        painter.setPen(colour("ink" if plain else self._state.tint))
        words = self.rect().adjusted(px(29), 0, -px(4), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.end()
