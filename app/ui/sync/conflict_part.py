"""One record in conflict: the values side by side, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError, InvalidFields
from app.services.agreement import disputes, histories
from app.services.agreement.conflicts import Choice, Disputed
from app.sync.circle import office_names
from app.ui.common.form.fields import Line
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page
from app.ui.common.parts.scrolling import scrolling
from app.ui.common.parts.widgets import (
    Glyph,
    button,
    clear,
    column,
    facts,
    link,
    panel,
    row,
    rule,
    section,
    text,
)
from app.ui.roominess import is_wide
from app.ui.sync.conflict_words import consequences, heads_of, placed
from app.ui.sync.field_row import LABEL, FieldRow, Pick
from app.ui.theme import px, space
from app.ui.tokens import M

_WIDE = 720  # a narrower part puts the name of a field over its values
_LONGEST, _LONGEST_IF_NARROW = 24, 14  # letters of an office's name on a button


class ConflictPart(Page):
    """`later` asks for the next record, `alike` for one decision on many records."""

    later = Signal()
    alike = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.setObjectName("canvas")
        self.disputed: Disputed | None = None
        self.rows: list[FieldRow] = []
        self._waiting = 1
        self._narrow = False
        self._drawn: tuple[list[tuple[str, str]], str] = ([], "")
        self._kept: dict[UUID, tuple[dict[tuple[bytes, ...], Pick], str]] = {}
        self._names: Mapping[bytes, str] = {}
        self._body = column(pad=(M.s5, M.s4, M.s5, M.s4))
        self._build()

    def show_record(self, entity: str, record: UUID, place: str, waiting: int = 1) -> bool:
        """Show a record, one of *waiting*; False where it is no longer in conflict.

        *place* says which: "Xung đột 1 / 2".
        """
        self.keep()
        try:
            with self.office.store.reading() as session:
                self._names = office_names(session.connection())
                found = disputes.find(session, entity, record)
                alike = disputes.alike(session, found)
        except AppError:
            self.disputed = None
            return False
        self.disputed = found
        self._waiting = waiting
        self._drawn = alike, place
        self._draw(found, alike, place)
        return True

    def keep(self) -> None:
        """Remember what is chosen and not yet written, for when the clerk comes back."""
        if self.disputed is not None:
            picks = {each.conflict.seen: each.pick for each in self.rows if each.pick}
            self._kept[self.disputed.record] = (picks, self.reason.text())

    def choices(self) -> list[Choice]:
        """The decisions made so far."""
        return [choice for each in self.rows if (choice := each.choice()) is not None]

    def take_all(self, *, ours: bool) -> None:
        """Choose the values of one side in every field."""
        for each in self.rows:
            each.choose(Pick(side=disputes.side_of(each.conflict, ours=ours)))

    def write(self) -> bool:
        """Write the decisions; when refused, say why beside what is wrong."""
        for each in self.rows:
            if each.field is not None:
                each.field.settle()
        self._say("")
        if not self.choices():
            self._say(self.tr("Chưa chọn giá trị nào."))
            return False
        if not self.reason.text().strip():
            self._say(self.tr("Chưa nhập lý do. Lý do được giữ trong Lịch sử của bản ghi."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return self._settle()

    # inside ------------------------------------------------------------------

    def _settle(self) -> bool:
        name = self.disputed.name if self.disputed else ""
        record = self.disputed.record if self.disputed else None
        try:
            count = disputes.settle(self.office.store, self.choices(), self.reason.text())
        except InvalidFields as error:
            self._say(" ".join(error.problems.values()))
            return False
        except AppError as error:
            self._say(str(error))
            return False
        if record is not None:
            self._kept.pop(record, None)
        said = self.tr("Đã ghi lựa chọn ở {n} trường của {name}.").format(n=count, name=name)
        self.office.say("info", said, [(self.tr("Hoàn tác"), self.office.undo)])
        return True

    def _draw(self, found: Disputed, alike: list[tuple[str, str]], place: str) -> None:
        clear(self._body)
        for each in self.rows:
            each.deleteLater()
        self._body.addWidget(text(f"{place}, {found.kind.lower()}", "small"))
        self._body.addSpacing(px(M.s1))
        opens = link(self.tr("Mở bản ghi"), self._open)
        title = row(text(found.name, "lead", wrap=True), opens, gap=M.s4)
        title.setStretch(0, 1)
        self._body.addLayout(title)
        self._body.addSpacing(px(M.s1))
        self._body.addWidget(text(self._told(), "muted", wrap=True))
        if self._waiting > 1:
            words = self.tr("Giải quyết nhiều xung đột như nhau …")
            self._body.addLayout(row(link(words, self.alike.emit), None, pad=(0, M.s1, 0, 0)))
        self._body.addSpacing(px(M.s4))
        self._body.addLayout(self._grid(found))
        self._add_alike(alike)
        self._add_reason()
        self._body.addLayout(section(self.tr("Sau khi ghi")))
        self._after = QVBoxLayout()
        space(self._after, M.s1, (0, 0, 0, 0))
        self._body.addLayout(self._after)
        self._body.addStretch(1)
        self._restore(found)
        self._count()
        self._scroll.verticalScrollBar().setValue(0)

    def _told(self) -> str:
        return self.tr(
            "Các văn phòng cùng sửa bản ghi này khi chưa biết việc của nhau. Chọn giá trị đúng cho "
            "từng trường; giá trị không chọn vẫn được giữ trong Lịch sử."
        )

    def _grid(self, found: Disputed) -> QGridLayout:
        grid = QGridLayout()
        space(grid, M.s3, (0, 0, 0, 0))
        grid.setColumnMinimumWidth(0, 0 if self._narrow else px(LABEL))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        heads = heads_of(found, self._names)
        for at, head in enumerate(heads, 1):
            about = [text(head.about, "small", wrap=True)] if head.about else []
            grid.addLayout(column(text(head.name, "strong", wrap=True), *about, None, gap=2), 0, at)
        self.rows = [
            FieldRow(self.office, each, placed(each, heads, self._names), self)
            for each in found.conflicts
        ]
        line = 1
        for each in self.rows:
            line = each.lay(grid, line, narrow=self._narrow)
            each.changed.connect(self._count)
        return grid

    def _add_alike(self, alike: list[tuple[str, str]]) -> None:
        if not alike:
            return
        holder = panel(facts(*alike, label=LABEL), "plain")
        holder.hide()
        words = self.tr("Xem {n} trường giống nhau").format(n=len(alike))
        opens = link(words, lambda: holder.setVisible(holder.isHidden()))
        self._body.addSpacing(px(M.s2))
        self._body.addLayout(row(opens, None))
        self._body.addWidget(holder)

    def _add_reason(self) -> None:
        self.reason = Line(self.tr("Ví dụ: đã thống nhất qua điện thoại ngày 23/11"))
        self.reason.setAccessibleName(self.tr("Lý do"))
        label = text(self.tr("Lý do *"), width=0 if self._narrow else LABEL)
        label.setBuddy(self.reason)
        self._error = text("", "danger", wrap=True)
        self._mark = Glyph("attention", "danger", 14)
        error = row(self._mark, self._error, gap=6)
        error.setStretch(1, 1)
        self._mark.hide()
        entry = column(self.reason, error, gap=M.s1)
        if self._narrow:
            self._body.addLayout(column(label, entry, gap=M.s1, pad=(0, M.s4, 0, 0)))
            return
        name = column(label, None, pad=(0, 6, 0, 0))
        line = row(name, entry, gap=M.s3, pad=(0, M.s4, 0, 0))
        line.setStretch(1, 1)
        self._body.addLayout(line)

    def _restore(self, found: Disputed) -> None:
        picks, reason = self._kept.get(found.record, ({}, ""))
        self.reason.setText(reason)
        for each in self.rows:
            if each.conflict.seen in picks:
                each.restore(picks[each.conflict.seen])

    def _count(self) -> None:
        picked = sum(each.pick is not None for each in self.rows)
        words = self.tr("Đã chọn {n} / {m} trường").format(n=picked, m=len(self.rows))
        self._chosen.setText(words)
        clear(self._after)
        picks = [(each.conflict, each.pick, _typed(each)) for each in self.rows]
        for sentence in consequences(picks, self._names):
            self._after.addWidget(text(sentence, wrap=True))
        self._name_others()

    def _name_others(self) -> None:
        sides = [side for each in self.rows for side in each.conflict.sides]
        others = {side.office for side in sides if not side.is_ours}
        name = self.tr("các văn phòng khác")
        if len(others) == 1:
            name = self._names.get(next(iter(others)), name)
            longest = _LONGEST_IF_NARROW if self._narrow else _LONGEST
            name = name if len(name) <= longest else self.tr("văn phòng kia")
        self._theirs.setText(self.tr("Lấy tất cả của {}").format(name))
        self._theirs.setVisible(bool(others))

    def _say(self, words: str) -> None:
        self._error.setText(words)
        self._mark.setVisible(bool(words))

    def _open(self) -> None:
        if self.disputed is not None:
            self.office.go(self.disputed.opens_kind, self.disputed.opens_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = not is_wide(self.width(), _WIDE)
        if is_narrow == self._narrow:
            return
        self._narrow = is_narrow
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._foot.setDirection(down if is_narrow else across)
        if self.disputed is not None:
            held = QApplication.focusWidget()
            is_here = self._scroll.isAncestorOf(held) if held else False
            self.keep()
            self._draw(self.disputed, *self._drawn)
            if held and is_here:
                self._stand_again(held)

    def _stand_again(self, held: QWidget) -> None:
        """Put the focus on what has been drawn in the place of *held*."""
        for each in self._scroll.findChildren(type(held)):
            if each is not held and each.accessibleName() == held.accessibleName():
                each.show()  # a layout shows what it takes in only later; until then no focus comes
                each.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._scroll = scrolling(panel(self._body))
        self._chosen = text("", "muted")
        self._later = button(self.tr("Để sau"), does=self.later.emit)
        self._theirs = button("", does=lambda: self.take_all(ours=False))
        self.save = button(self.tr("Ghi lựa chọn"), "primary", key="Ctrl+S", does=self.write)
        foot: list[QWidget] = [self._later, self._theirs, self.save]
        acts = row(*foot)
        self._foot = row(self._chosen, None, acts, pad=(M.s5, M.s3, M.s5, M.s3))
        self._foot.setAlignment(acts, Qt.AlignmentFlag.AlignRight)
        whole = column(self._scroll, rule(), panel(self._foot))
        whole.setStretch(0, 1)
        self.setLayout(whole)


def _typed(each: FieldRow) -> str:
    value = each.field.value() if each.field is not None else None
    return histories.value_words(each.conflict.entity, each.conflict.field, value, str)
