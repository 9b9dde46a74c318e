"""A form over a room: fill in, be told what is wrong beside it, save, or leave on purpose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QWidget
from sqlmodel import SQLModel

from app import durable
from app.errors import AppError, InvalidFields
from app.models.occurrence_state import OccurrenceState
from app.models.values import Value, Values
from app.text import clock_words
from app.ui import theme
from app.ui.actions import command, hint
from app.ui.common.form.drafts import KeptForm, is_same
from app.ui.common.form.form import COLUMN_WIDTH, Choices, Form, FormSpec
from app.ui.common.parts.dialogs import choose
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Saying
from app.ui.common.parts.page import Page
from app.ui.common.parts.scrolling import scrolling
from app.ui.common.parts.widgets import button, clear, column, heading, mark, panel, row, rule, text
from app.ui.roominess import is_wide
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP

KEEP_AFTER_MS = 3000
SIDE_LEAST = 280
Save = Callable[[Values], object]


class FormPage(Page):
    """One record being entered or edited.

    *save* is called with the values by field; it may raise InvalidFields, whose sentences go
    under their fields, or another AppError, which goes to the message bar; then the form stays.
    *record_id* is the record that is edited, None for a new one. `closed` says that the form is
    done with, saved or given up.
    """

    def __init__(
        self,
        office: Office,
        spec: FormSpec,
        draft_class: type[SQLModel],
        values: Values,
        save: Save,
        *,
        choices: Choices,
        record_id: UUID | None = None,
        of: UUID | None = None,
        room: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(office, parent)
        self.setObjectName("canvas")
        self.spec = spec
        parts = (spec.key, of, record_id or "new")
        self.key = ".".join(str(part) for part in parts if part is not None)
        self.room = room
        self._given, self._write = dict(values), save
        self._is_new = record_id is None
        self.form = Form(spec, draft_class, choices=choices, today=office.today)
        self.addActions(list(self.commands.values()))
        self._build()
        self._later = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._later.timeout.connect(self.keep_draft)
        self.form.show_values(self._given)
        self._clean = self.form.values()
        self.form.edited.connect(self._on_edited)
        self.form.judged.connect(self._count)
        self._restore()
        self._refresh_side()
        self.setFocusProxy(next(iter(self.form.fields.values())).entry())

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Begin where there is something to enter; the proxy is where Tab comes in."""
        if self._is_new:
            self.form.focus_first(reason)
        else:
            super().setFocus(reason)

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what the form opened with."""
        return bool(self.changes())

    def changes(self) -> dict[str, Value]:
        """The fields that differ from what the form opened with, as they are now."""
        return {
            name: value
            for name, value in self.form.values().items()
            if value != self._clean.get(name)
        }

    @command(
        QT_TRANSLATE_NOOP("FormPage", "Lưu"),
        tip=QT_TRANSLATE_NOOP("FormPage", "Lưu và quay lại danh sách"),
        shortcut="Ctrl+S",
    )
    def save(self) -> None:
        """Save and go back to the room."""
        if self.try_save():
            self.closed.emit()

    @command(
        QT_TRANSLATE_NOOP("FormPage", "Lưu và thêm mới"),
        tip=QT_TRANSLATE_NOOP("FormPage", "Lưu rồi mở ngay một biểu mẫu trống"),
        shortcut="Ctrl+Return",
        enabled_when=lambda page: page.may_add_another,
    )
    def save_and_new(self) -> None:
        """Save and begin another record."""
        if self.may_add_another and self.try_save():
            self._given |= {name: self._clean[name] for name in self.spec.keeps}
            self._start_again()

    @command(
        QT_TRANSLATE_NOOP("FormPage", "Hủy"),
        tip=QT_TRANSLATE_NOOP("FormPage", "Đóng biểu mẫu, không lưu"),
        shortcut="Esc",
    )
    def cancel(self) -> None:
        """Leave without saving; asks when something was entered."""
        if self.may_leave():
            self.closed.emit()

    @property
    def may_add_another(self) -> bool:
        """Whether the form can begin anew: only where a new record is entered."""
        return self._is_new and self.spec.may_add_another

    def may_leave(self) -> bool:
        """Ask about what is not saved. True when the page may go."""
        self._later.stop()
        if not self.is_changed:
            self.office.drafts.drop(self.key)
            return True
        acts = (self.tr("Nhập tiếp"), self.tr("Bỏ nội dung"), self.tr("Lưu"))
        title = self.tr("Lưu nội dung đang nhập?")
        body = self.tr("“{}” có nội dung chưa lưu. Nếu bỏ, nội dung này không lấy lại được.")
        answer = choose(self, title, body.format(self.spec.title), acts)
        if answer == 1:
            self.office.drafts.drop(self.key)
        return answer == 1 or (answer == 2 and self.try_save())

    def try_save(self) -> bool:
        """Save; when refused, say why beside the fields and return False."""
        self.form.settle()
        problems = self.form.problems()
        if problems:
            return self._refuse(problems)
        self.is_saving = True
        try:
            self._write(self.form.values())
        except InvalidFields as error:
            return self._refuse(error.problems)
        except AppError as error:
            self.say(Saying("danger", str(error)))
            return False
        finally:
            self.is_saving = False
        self._later.stop()
        self.office.drafts.drop(self.key)
        self._clean = self.form.values()
        return True

    def keep_draft(self) -> bool:
        """Put what is typed into a file. False when there is nothing to keep or no room for it."""
        if not self.is_changed:
            return False
        now = datetime.now().astimezone()
        values, was = self.form.values(), {}
        if not self._is_new:  # of a known record only what is typed: the rest may change meanwhile
            values = self.changes()
            was = {name: self._clean[name] for name in values}
        kept = KeptForm(self.key, self.spec.title, self.room, values, now, was)
        try:
            self.office.drafts.keep(kept)
        except durable.Refusal as error:
            self._kept.setText(self.tr("Chưa giữ được bản nháp: {}").format(error))
            return False
        self._kept.setText(self.tr("Đã giữ bản nháp lúc {}").format(f"{now:%H:%M}"))
        return True

    @property
    def message_bar(self) -> MessageBar:
        return self._messages

    # inside ------------------------------------------------------------------

    def _refuse(self, problems: dict[str, str]) -> bool:
        elsewhere = self.form.show_problems(problems)
        if elsewhere:
            self.say(Saying("danger", " ".join(elsewhere.values())))
        self.form.focus_first()
        wrong = self.form.wrong()
        if wrong:
            self._scroll.ensureWidgetVisible(self.form.fields[wrong[0]])
        return False

    def _start_again(self) -> None:
        self.form.show_values(self._given)
        self._clean = self.form.values()
        self._kept.setText("")
        self._messages.close_message()
        self._refresh_side()
        self._scroll.verticalScrollBar().setValue(0)
        self.form.focus_first()

    def _restore(self) -> None:
        kept = self.office.drafts.find(self.key)
        if kept is None:
            return
        typed = {name: v for name, v in kept.values.items() if name in self.form.fields}
        moved = [n for n in typed if n in kept.was and not is_same(kept.was[n], self._clean[n])]
        laid = {name: value for name, value in typed.items() if name not in moved}
        self.form.show_values({**self._given, **laid})
        sentence = self.tr("Đã lấy lại bản nháp giữ lúc {}.").format(clock_words(kept.kept_at))
        if moved:
            labels = ", ".join(f"“{self.form.label_of(name)}”" for name in moved)
            sentence += " " + self.tr("Đã có người đổi {} từ đó: giữ giá trị mới.").format(labels)
        self.say(Saying("info", sentence, ((self.tr("Bỏ bản nháp"), self._drop_draft),)))

    def _drop_draft(self) -> None:
        self._later.stop()
        self.office.drafts.drop(self.key)
        self._start_again()

    def _on_edited(self) -> None:
        self._later.start()
        self._side_later.start()

    def _count(self) -> None:
        wrong = len(self.form.wrong())
        self._mark.setVisible(bool(wrong))
        self._wrong.setText(self.tr("Còn {} ô cần sửa").format(wrong) if wrong else "")

    def _refresh_side(self) -> None:
        """What the register knows may follow what is typed (the regulation that is replaced)."""
        drawn = self.spec.side(self.form.values()) if self.spec.side else None
        held = QApplication.focusWidget()
        if held is not None and self._side.isAncestorOf(held):
            self.setFocus()  # or it would fall to the sidebar, where Ctrl+S saves nothing
        clear(self._known)
        if drawn is not None:
            self._known.addWidget(drawn)
        self._known.addStretch(1)

    # building ----------------------------------------------------------------

    def _build(self) -> None:
        self._messages = MessageBar()
        self._side_later = QTimer(self, singleShot=True, interval=250)
        self._side_later.timeout.connect(self._refresh_side)
        self._known = column()
        # Its first line stands beside the first section, under the title of the form.
        self._side = panel(column(54, self._known, pad=(M.s5, 0, M.s5, M.s3)))
        self._side_line = rule("side_line")
        self._below = column()
        note = self.tr("Ô có dấu * là bắt buộc")
        self._main = panel(
            column(
                self._heading(note),
                self._messages,
                M.s3,
                self.form,
                self._below,
                None,
                pad=(M.s5, 0, M.s5, M.s2),
            )
        )
        self._scroll, self._beside = scrolling(), scrolling()
        self._scroll.setWidget(self._main)
        self._beside.setWidget(self._side)
        self._middle = row(self._scroll, self._side_line, self._beside, gap=0)
        self.setLayout(column(self._middle, rule(), self._foot()))
        theme.look.changed.connect(self._fit)

    def _heading(self, note: str) -> QBoxLayout:
        """A title that names a record may need lines of its own."""
        title = self.spec.title
        room = theme.px(COLUMN_WIDTH - 4 * M.s5)
        asked = QFontMetrics(theme.font(M.title, 600)).horizontalAdvance(title)
        if asked + QFontMetrics(theme.font()).horizontalAdvance(note) < room:
            return heading(title, note, edge=0)
        return column(text(title, "title", wrap=True), text(note, "muted"), pad=(0, M.s2, 0, M.s1))

    def _foot(self) -> QFrame:
        self._mark = mark(OccurrenceState.OVERDUE)
        self._mark.hide()
        self._wrong, self._kept = text(""), text("", "muted")
        names = ("cancel", "save_and_new", "save") if self.may_add_another else ("cancel", "save")
        return panel(
            row(
                self._mark,
                self._wrong,
                M.s2,
                self._kept,
                None,
                *(self._button(name) for name in names),
                pad=(M.s5, M.s3, M.s5, M.s3),
            )
        )

    def _button(self, name: str) -> QWidget:
        action = self.commands[name]
        made = button(action.text(), "primary" if name == "save" else "plain", does=action.trigger)
        made.setToolTip(hint(action))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room beside the fields, what the register knows goes under them."""
        column_width = theme.px(COLUMN_WIDTH)
        beside = is_wide(self.width(), COLUMN_WIDTH, SIDE_LEAST)
        self._main.setMaximumWidth(column_width)
        self._side_line.setVisible(beside and self.spec.side is not None)
        self._scroll.setMinimumWidth(column_width if beside else 0)
        self._scroll.setMaximumWidth(column_width if beside else theme.ANY_WIDTH)
        self._beside.setVisible(beside)
        if not beside:
            self._beside.takeWidget()
            self._below.addWidget(self._side)
        elif self._beside.widget() is None:
            self._beside.setWidget(self._side)
        self._side.show()
