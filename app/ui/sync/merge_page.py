"""Two records side by side: which value stays of each field that differs, or keep them apart."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout

from app.errors import AppError
from app.models.values import Value
from app.services.agreement import pairs
from app.services.agreement.merging import Line
from app.services.agreement.pairs import Comparison, Wanted
from app.ui.actions import command
from app.ui.common.form.fields import Line as LineEdit
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Saying
from app.ui.common.parts.page import Page
from app.ui.common.parts.scrolling import scrolling
from app.ui.common.parts.widgets import (
    button,
    column,
    facts,
    heading,
    link,
    panel,
    row,
    rule,
    section,
    text,
)
from app.ui.sync.choice_box import ChoiceBox
from app.ui.sync.difference import highlighted
from app.ui.sync.field_row import LABEL
from app.ui.theme import px, space
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP, marked, told

_WORDS = "MergePage"
_EMPTY = marked("(trống)")


class MergePage(Page):
    """Laid over the room until `closed`. Nothing is written before *Gộp*."""

    def __init__(self, office: Office, found: Comparison) -> None:
        super().__init__(office)
        self.setObjectName("canvas")
        self.found = found
        self.message = MessageBar()
        self.addActions(list(self.commands.values()))
        self.lines = [Differing(line, self) for line in found.lines if line.differs]
        self.texts = Differing(self._text_line(), self) if all(found.texts) else None
        self.reason = LineEdit(self.tr("Ví dụ: hai văn phòng cùng nhập một quy chế"))
        self.reason.setAccessibleName(self.tr("Lý do"))
        self._build()

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Gộp làm một"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Gộp hai bản ghi với các giá trị đã chọn; tách lại được"),
        shortcut="Ctrl+S",
    )
    def merge(self) -> None:
        """Make the two one."""
        row_, store = self.found.row, self.office.store
        try:
            pairs.merge(store, row_, self._wanted(), self.reason.text())
        except AppError as error:
            self.say(Saying("danger", str(error)))
            return
        self.closed.emit()
        said = self.tr("Đã gộp {one} với {other}.")
        sentence = said.format(one=row_.one_name, other=row_.other_name)
        self.office.say("info", sentence, [(self.tr("Hoàn tác"), self.office.undo)])

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Giữ riêng"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi rằng đây là hai bản ghi khác nhau, không hỏi lại"),
    )
    def keep_apart(self) -> None:
        """Say that the two are not one."""
        pairs.keep_apart(self.office.store, self.found.row, self.reason.text())
        self.closed.emit()
        said = self.tr("Đã ghi là hai bản ghi khác nhau; không hỏi lại.")
        self.office.say("info", said, [(self.tr("Hoàn tác"), self.office.undo)])

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Đóng"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Về danh sách, không thay đổi gì"),
        shortcut="Esc",
    )
    def close_page(self) -> None:
        """Go back without a decision."""
        self.closed.emit()

    @property
    def message_bar(self) -> MessageBar:
        return self.message

    # inside ------------------------------------------------------------------

    def _wanted(self) -> Wanted:
        values = {each.line.name: each.value() for each in self.lines}
        if self.texts is None:
            return Wanted(values)
        texts = self.texts.value()
        return Wanted(values, texts if isinstance(texts, UUID) else None)

    def _text_line(self) -> Line:
        one, other = (self.tr("{} điều, khoản, điểm").format(count) for count in self.found.texts)
        row_ = self.found.row
        label, ids = self.tr("Nội dung"), (row_.one, row_.other)
        return Line(pairs.TEXT, label, one, other, ids, row_.one)

    def _build(self) -> None:
        row_ = self.found.row
        body = column(pad=(M.s5, 0, M.s5, M.s4))
        about = self.tr(
            "Chọn giá trị giữ lại ở từng ô khác nhau. Các bên, căn cứ, nghĩa vụ của hai bản được "
            "gộp chung. Mã cũ vẫn tìm được bản đã gộp; tách lại được bất cứ lúc nào."
        )
        body.addWidget(text(row_.why or told(row_.kind_words), "muted", wrap=True))
        body.addWidget(text(about, "muted", wrap=True))
        if self.found.more:
            more = self.tr("Sẽ thấy thêm: {}").format(", ".join(self.found.more))
            body.addSpacing(px(M.s2))
            body.addWidget(text(more, "strong", wrap=True))
        body.addSpacing(px(M.s3))
        body.addLayout(self._grid())
        self._add_alike(body)
        body.addLayout(section(self.tr("Lý do")))
        body.addWidget(self.reason)
        body.addStretch(1)
        scroll = scrolling(panel(body))
        head = heading(self.tr("Hai bản ghi là một?"), told(row_.kind_words), edge=M.s5)
        whole = column(head, self.message, scroll, rule(), self._foot())
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _grid(self) -> QGridLayout:
        row_ = self.found.row
        grid = QGridLayout()
        space(grid, M.s3, (0, 0, 0, 0))
        grid.setColumnMinimumWidth(0, px(LABEL))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, name in ((1, row_.one_name), (2, row_.other_name)):
            grid.addWidget(text(name, "strong", wrap=True), 0, at)
        extra = [self.texts] if self.texts is not None else []
        for number, each in enumerate([*self.lines, *extra], 1):
            label = text(each.line.label, wrap=True, width=LABEL)
            grid.addLayout(column(label, None, pad=(0, M.s2, 0, 0)), number, 0)
            for at, box in enumerate(each.boxes, 1):
                grid.addWidget(box, number, at)
        return grid

    def _add_alike(self, body: QBoxLayout) -> None:
        alike = [(line.label, line.one) for line in self.found.alike]
        if not alike:
            return
        holder = panel(facts(*alike, label=LABEL), "plain")
        holder.hide()
        words = self.tr("Xem {n} trường giống nhau").format(n=len(alike))
        opens = link(words, lambda: holder.setVisible(holder.isHidden()))
        body.addSpacing(px(M.s2))
        body.addLayout(row(opens, None))
        body.addWidget(holder)

    def _foot(self) -> QFrame:
        n = len(self.lines)
        said = self.tr("{n} trường khác nhau").format(n=n) if n else self.tr("Mọi ô giống nhau")
        back = button(self.tr("Hủy"), does=self.commands["close_page"].trigger)
        apart = button(self.tr("Giữ riêng"), does=self.commands["keep_apart"].trigger)
        act = self.commands["merge"].trigger
        merge = button(self.tr("Gộp làm một"), "primary", key="Ctrl+S", does=act)
        line = row(text(said, "muted"), None, back, apart, merge, pad=(M.s5, M.s3, M.s5, M.s3))
        return panel(line)


class Differing(QObject):
    """One field that differs: a box for each record's value, one of them chosen."""

    def __init__(self, line: Line, parent: QObject) -> None:
        super().__init__(parent)
        self.line = line
        words = (line.one or told(_EMPTY), line.other or told(_EMPTY))
        self.boxes = [
            ChoiceBox(highlighted(words[at], words[1 - at]), f"{line.label}: {words[at]}")
            for at in (0, 1)
        ]
        for at, box in enumerate(self.boxes):
            box.picked.connect(partial(self.choose, at))
        self.at: int | None = None
        proposed = [at for at in (0, 1) if line.values[at] == line.proposed]
        if proposed:
            self.choose(proposed[0])

    def choose(self, at: int) -> None:
        """Keep the value of the first or of the second record."""
        self.at = at
        for number, box in enumerate(self.boxes):
            box.choose(number == at)

    def value(self) -> Value:
        """The value that stays; where neither is chosen, both together, as proposed."""
        kept: Value = self.line.proposed if self.at is None else self.line.values[self.at]
        return kept
