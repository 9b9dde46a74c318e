"""Search in every room at once: type, look, Enter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.errors import AppError
from app.store.searching import SearchHit
from app.ui import theme
from app.ui.common.form.fields import Line
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import column, row, rule, text
from app.ui.icons import icon
from app.ui.tasks import Tasks
from app.ui.theme import hold
from app.ui.tokens import M
from app.words import told

WIDTH, MOST = 640, 60
_OPEN, _CLOSE = "\x02", "\x03"
_PAUSE_MS = 60
_HEAD_HEIGHT, _HIT_HEIGHT, _TALL_HIT_HEIGHT = 30, 32, 50
_ROWS_HEIGHT = 440
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class _Head:
    """A group's name above its hits."""

    title: str


Entry = _Head | SearchHit


class SearchPalette(QFrame):
    """Lies over the top of the window. `opened` carries the hit; `closed` follows every closing."""

    opened = Signal(object)
    closed = Signal()

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._searches = Tasks(self)  # its own queue: a long import must not hold up a search
        self._asked, self._is_entered = "", False
        self.setObjectName("dialog")
        self.setAccessibleName(self.tr("Tìm mọi nơi"))
        hold(self, width=WIDTH)
        self.field = Line(self.tr("Số, ký hiệu, trích yếu, cơ quan, nghĩa vụ…"))
        self.field.left.connect(self._on_left)
        self.field.setAccessibleName(self.tr("Tìm mọi nơi"))
        self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._hits = _Hits(self)
        self.list = _list(self._hits)
        self.list.clicked.connect(self._open)
        self._note = text("", "muted", wrap=True)
        self.setLayout(
            column(
                row(self.field, pad=(M.s3, M.s3, M.s3, M.s3)),
                rule(),
                self.list,
                row(self._note, pad=(M.s4, M.s3, M.s4, M.s3)),
            )
        )
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.look_up)
        self.field.textChanged.connect(self._start_pause)
        self.hide()

    def open_with(self, typed: str = "") -> None:
        """Come forward with *typed* already in the field."""
        self.field.setText(typed)
        if not typed:
            self.field.selectAll()
        self.look_up()
        self.show()
        self.raise_()
        self.field.setFocus()

    def dismiss(self) -> None:
        """Go away."""
        if self.isVisible():
            self._pause.stop()
            self._asked, self._is_entered = "", False
            self.hide()
            self.closed.emit()

    @property
    def note(self) -> str:
        """The sentence under the list."""
        return self._note.text()

    def look_up(self) -> None:
        """Ask the store for what is typed, away from the UI thread; the last question counts."""
        self._pause.stop()
        self._searches.cancel()
        self._asked = wanted = self.field.text().strip()
        if wanted:
            self._searches.start(
                lambda _progress: self._office.store.search(wanted, MOST),
                partial(self._answer, wanted),
                failed=self._fail,
            )
        else:
            self._answer(wanted, [])

    def _answer(self, wanted: str, hits: Sequence[SearchHit]) -> None:
        if wanted == self._asked:
            self._show(hits, self._sentence(wanted, len(hits)))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self._show([], str(error))

    def _show(self, hits: Sequence[SearchHit], sentence: str) -> None:
        self._hits.show(hits)
        self._note.setText(sentence)
        self.list.setVisible(bool(hits))
        hold(self.list, height=min(self._hits.height(), _ROWS_HEIGHT, self._room()))
        self._move_to(0, 1)
        self.adjustSize()
        if self._is_entered:
            self._open(self.list.currentIndex())

    def _room(self) -> int:
        """What the window leaves for the list, in pixels at 100 % text."""
        around = self.field.sizeHint().height() + self._note.sizeHint().height()
        around += theme.px(5 * M.s3 + M.s5)
        parent = self.parentWidget()
        left = (parent.height() if parent is not None else 0) - self.y() - around
        return max(_TALL_HIT_HEIGHT, left * 100 // theme.look.percent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            step = steps[Qt.Key(event.key())]
            self._move_to(self.list.currentIndex().row() + step, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _start_pause(self, _typed: str) -> None:
        self._is_entered = False
        self._pause.start()

    def _enter(self) -> None:
        """Open the hit; Enter right after the last letter waits for the answer to it."""
        if self._pause.isActive() or self._searches.under_way:
            self._is_entered = True
            if self._pause.isActive():
                self.look_up()
        else:
            self._open(self.list.currentIndex())

    def _on_left(self) -> None:
        if self.window().isActiveWindow():  # going to another program for a moment is no leaving
            self.dismiss()

    def _move_to(self, line: int, step: int) -> None:
        """Stand on *line*, or on the next one in direction *step* that is a hit."""
        while 0 <= line < self._hits.rowCount():
            if isinstance(self._hits.entry(line), _Head):
                line += step
                continue
            self.list.setCurrentIndex(self._hits.index(line, 0))
            if line == 1:
                self.list.scrollToTop()  # the group's name belongs to the first hit
            return

    def _open(self, index: Index) -> None:
        self._is_entered = False
        hit = self._hits.entry(index.row()) if index.isValid() else None
        if hit is not None and not isinstance(hit, _Head):
            self.dismiss()
            self.opened.emit(hit)

    def _sentence(self, wanted: str, found: int) -> str:
        if not wanted:
            return self.tr("Gõ để tìm; không cần dấu. ↑ ↓ để chọn, Enter để mở, Esc để đóng.")
        if not found:
            return self.tr("Không có kết quả cho “{}”").format(wanted)
        if found >= MOST:
            return self.tr("{} kết quả đầu; gõ thêm để thu hẹp.").format(found)
        return self.tr("{} kết quả").format(found)


class _Hits(QAbstractListModel):
    """Hits under the names of their groups, in the order in which the store ranks them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show(self, hits: Sequence[SearchHit]) -> None:
        self.beginResetModel()
        self._entries = list(_grouped(hits))
        self.endResetModel()

    def entry(self, line: int) -> Entry | None:
        return self._entries[line] if 0 <= line < len(self._entries) else None

    def height(self) -> int:
        return sum(_height(entry) for entry in self._entries)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole and entry is not None:
            return _spoken(entry)
        if role == Qt.ItemDataRole.UserRole:
            return entry
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        enabled = Qt.ItemFlag.ItemIsEnabled
        is_head = isinstance(self.entry(index.row()), _Head)
        return enabled if is_head else enabled | Qt.ItemFlag.ItemIsSelectable


class _Lines(QStyledItemDelegate):
    """Draws a group's name, or a hit: its title, and under it where the words were found."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(WIDTH - 24), theme.px(_height(index.data(Qt.ItemDataRole.UserRole))))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry, area = index.data(Qt.ItemDataRole.UserRole), QRect(option.rect)
        state = option.state
        painter.save()
        if isinstance(entry, _Head):
            self._head(painter, area, entry.title)
        else:
            ground = "hover" if state & QStyle.StateFlag.State_MouseOver else "canvas"
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.fillRect(area, theme.colour("select" if chosen else ground))
            if chosen:
                bar = QRect(area.x(), area.y(), 3, area.height())
                painter.fillRect(bar, theme.colour("accent"))
            self._hit(painter, area, entry)
        painter.restore()

    def _head(self, painter: QPainter, area: QRect, title: str) -> None:
        painter.setFont(theme.font(M.small, 600))
        painter.setPen(theme.colour("muted"))
        side = theme.px(M.s4)
        place = area.adjusted(side, theme.px(M.s1), -side, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)

    def _hit(self, painter: QPainter, area: QRect, hit: SearchHit) -> None:
        side = theme.px(M.s4)
        inner = area.adjusted(side, 0, -side, 0)
        upper = QRect(inner)
        if hit.snippet:
            upper.setHeight(theme.px(30))
            lower = QRect(inner.x(), area.y() + theme.px(25), inner.width(), theme.px(20))
            _draw_marked(painter, lower, hit.snippet, M.small, "muted")
        _draw_marked(painter, upper, hit.title, M.body, "ink")


def _draw_marked(painter: QPainter, area: QRect, words: str, size: int, token: str) -> None:
    """Draw *words* on one line, what was searched for in bold ink, cut with … at the edge."""
    x = area.x()
    for piece, is_hit in _pieces(words):
        font = theme.font(size, 600 if is_hit else 400)
        metrics = QFontMetrics(font)
        room = area.right() - x
        shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if is_hit else token))
        place = QRect(x, area.y(), room, area.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        x += metrics.horizontalAdvance(shown)
        if shown != piece:
            return


def _pieces(words: str) -> Iterator[tuple[str, bool]]:
    """The stretches of *words*, and whether each stands between the store's hit marks."""
    one_line = words.replace("\n", " ")
    for number, part in enumerate(one_line.replace(_CLOSE, _OPEN).split(_OPEN)):
        if part:
            yield part, bool(number % 2)


def _grouped(hits: Sequence[SearchHit]) -> Iterator[Entry]:
    for group, members in groupby(hits, key=lambda hit: hit.group):
        yield _Head(told(group))
        yield from members


def _height(entry: Entry) -> int:
    if isinstance(entry, _Head):
        return _HEAD_HEIGHT
    return _TALL_HIT_HEIGHT if entry.snippet else _HIT_HEIGHT


def _spoken(entry: Entry) -> str:
    if isinstance(entry, _Head):
        return entry.title
    return "".join(piece for piece, _hit in _pieces(f"{told(entry.group)}: {entry.title}"))


def _list(model: _Hits) -> QListView:
    view = QListView()
    view.setModel(model)
    view.setItemDelegate(_Lines(view))
    view.setMouseTracking(True)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setAccessibleName(view.tr("Kết quả tìm"))
    return view
