"""The workspace of one review: outline, text, figures, reports, conclusions, packet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from sqlmodel import Session

from app.models import Review
from app.models.review import REVIEW_STEPS
from app.services.any_kind import records
from app.services.review import reviews
from app.text import quoted
from app.ui.actions import command, commands_of
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page
from app.ui.common.parts.page_heading import bound
from app.ui.common.parts.widgets import column, rule
from app.ui.review.columns import Columns, Head
from app.ui.review.desk import ReviewDesk
from app.ui.review.figures_pane import FiguresPane
from app.ui.review.forms import review_form
from app.ui.review.middle import Middle
from app.ui.review.outline_view import OutlineView
from app.ui.review.packet_export import export_packet
from app.ui.review.packet_part import PacketPart
from app.ui.review.part import ReviewPart
from app.ui.review.parts import INPUTS, PACKET, TITLES, figures_about, part_for
from app.ui.review.report_form import report_form
from app.ui.theme import look
from app.words import QT_TRANSLATE_NOOP, told

if TYPE_CHECKING:
    from app.export.packet import PacketResult

_WORDS = "Workspace"
_STEP_PARTS = {"collecting": INPUTS, "concluding": "conclusions", "packaged": PACKET}
"""What opens where a review comes to a step; at the others, what is still lacking."""


class Workspace(Page):
    """One review laid over the register. Undo works here as in the register under it."""

    shows_changes = True

    def __init__(self, office: Office, review_id: UUID, part: str = "") -> None:
        super().__init__(office)
        self.setObjectName("canvas")
        self.desk = ReviewDesk(office, review_id, self)
        self._part: ReviewPart | None = None
        self._build()
        self.desk.changed.connect(self.refresh)
        self.desk.gone.connect(self._on_gone, Qt.ConnectionType.QueuedConnection)
        self.refresh()
        kept = str(office.remember.get(f"review.{review_id}.part", ""))
        self.open_part(part or kept or self._part_of_step())

    @property
    def part(self) -> ReviewPart:
        """The part that is open."""
        return self.middle.part

    # commands of a part, in the order of its tools ---------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Thêm nội dung"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Thêm vào phần đang mở"),
        shortcut="Ctrl+N",
        icon="plus",
    )
    def add(self) -> None:
        """Add to the part that is open."""
        self._do("add")

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Sửa"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Mở biểu mẫu của mục đang chọn"),
        shortcut="F2",
        icon="edit",
    )
    def edit(self) -> None:
        """Open the form of what is chosen in the part."""
        self._do("edit")

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Giao thành nghĩa vụ"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Mở nghĩa vụ soạn sẵn từ kết luận để sửa và ghi vào sổ"),
        shortcut="Ctrl+G",
        icon="obligation",
    )
    def give_task(self) -> None:
        """Turn the chosen conclusion into an obligation."""
        self._do("give_task")

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Lên"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Đưa mục đang chọn lên trước"),
        shortcut="Alt+Up",
        icon="up",
    )
    def move_up(self) -> None:
        """Read what is chosen earlier."""
        self._do("move_up")

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Xuống"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Đưa mục đang chọn xuống sau"),
        shortcut="Alt+Down",
        icon="down",
    )
    def move_down(self) -> None:
        """Read what is chosen later."""
        self._do("move_down")

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Đưa vào báo cáo"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Đưa nội dung đang chọn vào báo cáo, hoặc bỏ ra"),
        shortcut="Ctrl+R",
        icon="check",
    )
    def toggle_in_report(self) -> None:
        """Let what is chosen into the report, or keep it out."""
        self._do("toggle_in_report")

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi báo cáo của cơ quan"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi nhận, số liệu và nội dung báo cáo của một cơ quan"),
        shortcut="Ctrl+B",
        icon="import",
    )
    def receive(self) -> None:
        """Open the form of a body's report, the body to be chosen."""
        self.open_report(None)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Rút"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Rút mục đang chọn; hoàn tác được"),
        shortcut="Del",
        icon="withdraw",
    )
    def withdraw(self) -> None:
        """Withdraw what is chosen in the part."""
        self._do("withdraw")

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Lưu"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Lưu phần đang soạn vào sổ"),
        shortcut="Ctrl+S",
        icon="done",
    )
    def save_text(self) -> None:
        """Keep the text that is being written."""
        self._do("save_text")

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Bỏ thay đổi"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Trở lại nội dung đã lưu"),
        icon="undo",
    )
    def drop_text(self) -> None:
        """Go back to the text in the register."""
        self._do("drop_text")

    # commands of the review --------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Về danh sách"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Đóng hội nghị và về danh sách hội nghị"),
        shortcut="Esc",
    )
    def close_workspace(self) -> None:
        """Go back to the register."""
        if self.may_leave():
            self.closed.emit()

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Sửa thông tin"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Sửa tên, kỳ, quy chế, cơ quan tham gia, người ký"),
        shortcut="Ctrl+I",
        icon="edit",
    )
    def edit_review(self) -> None:
        """Open the form of the review itself."""
        self.office.open_page(review_form(self.desk))

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Xuất bộ tài liệu"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi báo cáo Word, phụ lục Excel và danh mục nguồn"),
        shortcut="Ctrl+Shift+E",
        icon="export",
        primary=True,
    )
    def export(self) -> None:
        """Write the packet into a folder of the clerk's choice."""
        if self.part.may_leave():
            export_packet(self.desk, self, self._show_written)

    # what the window and other rooms ask ---------------------------------------------------

    @property
    def message_bar(self) -> MessageBar:
        return self.message

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to the outline; no focus proxy, as in `ListPage.setFocus`."""
        self.outline.setFocus(reason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        self.head.stand_in(self.size())

    def may_leave(self) -> bool:
        """Ask about what is typed and not saved."""
        return self._part is None or self._part.may_leave()

    def keep_draft(self) -> bool:
        """Put what is typed into a file."""
        return self._part is not None and self._part.keep_draft()

    def open_part(self, key: str, record_id: UUID | None = None) -> None:
        """Open a part of the outline, and there the record that is named."""
        if self._part is None or self._part.key != key:
            if not self.may_leave():
                self.outline.stand_on(self.part.key)
                return
            if key not in TITLES and self.outline.part(key) is None:
                key = self.outline.first_lacking()
            self._put(part_for(self.desk, key, self.open_report))
        self.outline.stand_on(key)
        if record_id is not None:
            self.part.stand_on(record_id)

    def open_report(self, agency_id: UUID | None, input_id: UUID | None = None) -> None:
        """Open the form of a body's report."""
        self.office.open_page(report_form(self.desk, agency_id, input_id))

    def refresh(self) -> None:
        """Show the review as it is now."""
        with self.office.store.reading() as session:
            review = self.desk.review(session)
            self._show_head(review)
            self.outline.refresh(session, review)
            self.figures.refresh(session, review)
            self._refresh_part(session, review)

    # inside ------------------------------------------------------------------------------

    def _build(self) -> None:
        names = ("close_workspace", "edit_review", "export")
        said = dict(commands_of(type(self)))
        icons = {name: each.icon for name, each in said.items()}
        roles = ("quiet", "quiet", "primary")
        buttons = [
            bound(self.commands[name], role, icons[name])
            for name, role in zip(names, roles, strict=True)
        ]
        self.head = Head([*buttons])
        self.head.steps.picked.connect(self._go_to_step)
        look.changed.connect(self._fit_head)
        self.message = MessageBar()
        self.outline = OutlineView(self.desk)
        self.outline.picked.connect(self.open_part)
        self.figures = FiguresPane(self.desk, self.open_report)
        self.figures.counted.connect(self._show_links)
        self.middle = Middle(self.commands, icons)
        self.columns = Columns(self.outline, self.middle, self.figures)
        lines = column(self.head, self.message, rule(), self.columns)
        lines.setStretch(3, 1)
        self.setLayout(lines)
        for name, action in self.commands.items():
            if name == "withdraw":  # a bare key acts where the records are, never in a text
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            else:
                self.addAction(action)

    def _put(self, part: ReviewPart) -> None:
        self._part = part
        part.stood.connect(self._refresh_tools)
        proxy = part.focusProxy()
        if proxy is not None and "withdraw" in part.tools:
            proxy.addAction(self.commands["withdraw"])
        self.office.remember.put(f"review.{self.desk.id}.part", part.key)
        self.middle.show_part(part, *self._titles(part.key))
        with self.office.store.reading() as session:
            part.refresh(session, self.desk.review(session))
        self._show_links()
        self._refresh_tools()

    def _refresh_part(self, session: Session, review: Review) -> None:
        if self._part is not None:
            self._part.refresh(session, review)
            self.middle.entitle(*self._titles(self._part.key))
            self._refresh_tools()

    def _titles(self, key: str) -> tuple[str, str]:
        row = self.outline.part(key)
        return told(TITLES.get(key, "")) or (row.title if row else ""), self.outline.above(key)

    def _show_head(self, review: Review) -> None:
        count = len(review.regulations)
        note = self.tr("{n} quy chế, kỳ {period}").format(
            n=count, period=reviews.period_words(review)
        )
        self.head.show_review(review.title, note, review.step)

    def _show_links(self) -> None:
        links = figures_about(self.part.key, self.figures.figures) if self._part else []
        self.middle.show_links([(words, partial(self._show_figure, key)) for words, key in links])

    def _show_figure(self, key: str) -> None:
        self.columns.show_figures()
        self.figures.show_figure(key)

    def _refresh_tools(self) -> None:
        for name in dict(commands_of(type(self))):
            if name in _OF_PARTS:
                self.commands[name].setEnabled(self.part.can(name))
                self.commands[name].setText(self.part.words(name) or told(_OF_PARTS[name]))

    def _do(self, name: str) -> None:
        if self.part.can(name):
            getattr(self.part, name)()

    def _part_of_step(self) -> str:
        with self.office.store.reading() as session:
            step = self.desk.review(session).step
        return _STEP_PARTS.get(step, self.outline.first_lacking())

    def _go_to_step(self, step: str) -> None:
        """Say that the review is at *step*, and open what is done there."""
        if not self.may_leave():
            return
        with self.office.store.reading() as session:
            review = self.desk.review(session)
        words = told(REVIEW_STEPS[step])
        if review.step == step or self.desk.change(
            self.tr("Chuyển hội nghị {} sang bước {}").format(quoted(review.title), words),
            lambda session: records.revise(session, "review", review.id, {"step": step}),
            self.tr("Hội nghị đã sang bước {}.").format(words),
        ):
            self.open_part(_STEP_PARTS.get(step, self.outline.first_lacking()))

    def _show_written(self, result: PacketResult) -> None:
        self.open_part(PACKET)
        if isinstance(self.part, PacketPart):
            self.part.show_written(result)

    def _on_gone(self) -> None:
        self.closed.emit()
        self.office.say("warn", self.tr("Hội nghị đang mở đã được rút khỏi sổ."))


_OF_PARTS = {
    name: said.text
    for name, said in commands_of(Workspace)
    if name not in ("close_workspace", "edit_review", "export")
}
