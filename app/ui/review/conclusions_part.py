"""The review's conclusions, and the tasks that each has given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy
from sqlmodel import Session

from app.models import Conclusion, Review
from app.registers.column import Column, Columns
from app.services import agencies
from app.services.any_kind import records
from app.services.review import order, reviews
from app.services.review.reviews import ConclusionRow
from app.services.review.tasks import TaskLine, tasks_of
from app.text import quoted
from app.ui.common.pane.content import Rows, Section, Words
from app.ui.common.pane.parts import draw
from app.ui.common.parts.widgets import button, clear, column, empty, panel, rule
from app.ui.review.desk import ReviewDesk
from app.ui.review.forms import conclusion_form, task_form
from app.ui.review.paragraph_list import Paragraph, ParagraphList
from app.ui.review.part import Either, ReviewPart
from app.ui.theme import px
from app.ui.tokens import M
from app.words import kept, told

_TASKS: Columns[TaskLine] = (
    Column("title", "Nghĩa vụ", lambda t: t.title, width=0),
    Column("due", "Hạn", lambda t: t.due, "date", width=11),
    Column("state", "Tình trạng", lambda t: t.state, "state", width=20),
)


class ConclusionsPart(ReviewPart):
    """What is to be done, "Một là …": who leads, until when, and what became of it."""

    tools: ClassVar[tuple[str, ...]] = (
        "add",
        "edit",
        "give_task",
        "move_up",
        "move_down",
        "withdraw",
    )

    def __init__(self, desk: ReviewDesk, key: str) -> None:
        super().__init__(desk, key)
        self._found: dict[UUID, ConclusionRow] = {}
        self._tasks: Mapping[UUID, Sequence[TaskLine]] = {}
        self.list = ParagraphList(self.tr("Kết luận hội nghị"))
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.edit)
        self._given = column(pad=(M.s5, 0, M.s5, M.s3))
        self.list.setMinimumHeight(px(M.row))  # it scrolls; what it gave must be read whole
        given = panel(self._given)
        given.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = column(self.list, rule(), given)
        whole.setStretch(0, 1)
        add = button(self.tr("Thêm kết luận"), icon_name="plus", key="Ctrl+N", does=self.add)
        nothing = empty(
            "review",
            self.tr("Chưa có kết luận nào"),
            self.tr("Ghi từng kết luận sau hội nghị, phím Ctrl+N."),
            add,
        )
        self._either = Either(panel(whole), nothing)
        self.setLayout(column(self._either))
        self.setFocusProxy(self.list)

    def refresh(self, session: Session, review: Review) -> None:
        found = reviews.conclusions_of(session, review.id)
        self._found = {row.id: row for row in found}
        self._tasks = tasks_of(session, review.id, today=self.desk.today)
        helping = _coordinating(session, list(self._found))
        self.list.show_paragraphs(
            [
                Paragraph(row.id, row.text, lead=f"{row.words}:", note=self._note(row, helping))
                for row in found
            ]
        )
        if self.list.current_id() is None and found:
            self.list.stand_on(found[0].id)
        self._either.show_full(bool(found))
        given = sum(bool(self._tasks.get(row.id)) for row in found)
        note = self.tr("{n} kết luận, {k} đã giao việc").format(n=len(found), k=given)
        self.noted.emit(note if found else "")
        self._on_chosen()

    def can(self, tool: str) -> bool:
        if tool not in self.tools:
            return False
        chosen = self.list.current_id()
        if tool == "add":
            return True
        if tool in ("move_up", "move_down"):
            step = -1 if tool == "move_up" else 1
            return chosen is not None and order.may_move(self.list.ids(), chosen, step)
        return chosen is not None

    def words(self, tool: str) -> str:
        return self.tr("Thêm kết luận") if tool == "add" else ""

    def stand_on(self, record_id: UUID) -> None:
        self.list.stand_on(record_id)

    # commands --------------------------------------------------------------------------

    def add(self) -> None:
        """Open the form of a new conclusion."""
        form = conclusion_form(self.desk, None, done=self.stand_on)
        self.desk.office.open_page(form)

    def edit(self) -> None:
        """Open the form of the conclusion that is chosen."""
        if (row := self._chosen()) is not None:
            self.desk.office.open_page(conclusion_form(self.desk, row.id))

    def give_task(self) -> None:
        """Open the obligation that the conclusion suggests; saved, it is linked both ways."""
        if (row := self._chosen()) is not None:
            form = task_form(self.desk, row.id, done=self._told)
            self.desk.office.open_page(form)

    def move_up(self) -> None:
        """Read the conclusion out earlier."""
        self._move(-1)

    def move_down(self) -> None:
        """Read the conclusion out later."""
        self._move(1)

    def withdraw(self) -> None:
        """Withdraw the conclusion that is chosen; the tasks it gave stay."""
        if (row := self._chosen()) is None:
            return
        left = len(self._tasks.get(row.id, ()))
        said = self.tr("Đã rút kết luận {}.").format(quoted(row.text))
        if left:
            said += " " + self.tr("{n} nghĩa vụ đã giao vẫn còn trong sổ.").format(n=left)
        self.desk.change(
            kept("Rút kết luận {text}", text=quoted(row.text)),
            lambda session: order.withdraw_conclusion(session, row.id),
            said,
        )

    # inside ------------------------------------------------------------------------------

    def _move(self, step: int) -> None:
        if (row := self._chosen()) is not None:
            self.desk.change(
                kept("Đổi thứ tự kết luận {text}", text=quoted(row.text)),
                lambda session: order.move_conclusion(session, row.id, step),
            )

    def _chosen(self) -> ConclusionRow | None:
        chosen = self.list.current_id()
        return self._found.get(chosen) if chosen else None

    def _told(self, obligation_id: UUID) -> None:
        office = self.desk.office
        links = [
            (self.tr("Mở nghĩa vụ"), lambda: office.go("obligation", obligation_id)),
            (self.tr("Hoàn tác"), office.undo),
        ]
        # the form that saves still lies over the page; the sentence belongs on the page
        self.desk.say_later("info", self.tr("Đã giao kết luận thành nghĩa vụ."), links)

    def _on_chosen(self) -> None:
        clear(self._given)
        row = self._chosen()
        if row is not None:
            tasks = self._tasks.get(row.id, ())
            self._given.addWidget(draw(Section(self.tr("Nghĩa vụ đã giao theo kết luận này"))))
            self._given.addWidget(draw(Rows(_TASKS, tasks, self._open_task) if tasks else _none()))
        self.stood.emit()

    def _open_task(self, task: TaskLine) -> None:
        self.desk.office.go("obligation", task.id)

    def _note(self, row: ConclusionRow, helping: Mapping[UUID, str]) -> str:
        said = []
        if row.lead:
            said.append(self.tr("Chủ trì: {}").format(row.lead))
        if helping[row.id]:
            said.append(self.tr("Phối hợp: {}").format(helping[row.id]))
        if row.deadline:
            said.append(self.tr("Thời hạn: {}").format(row.deadline))
        if self._tasks.get(row.id):
            said.append(self.tr("Đã giao {n} nghĩa vụ").format(n=len(self._tasks[row.id])))
        return " · ".join(said)


def _coordinating(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    names = agencies.called(session)
    found = records.by_id(session, Conclusion, ids)
    return {
        each.id: ", ".join(names[body] for body in each.coordinating if body in names)
        for each in found.values()
    }


def _none() -> Words:
    return Words(told("Chưa giao nghĩa vụ nào."), "muted")
