"""The due instances on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget
from sqlmodel import Session

from app.errors import AppError, NotFound
from app.models import Obligation, Record
from app.models.occurrence_row import OccurrenceRow
from app.models.occurrence_state import DONE, OPEN, OccurrenceState
from app.models.values import said
from app.registers.obligation import REGISTER
from app.services import attachments
from app.services.any_kind import records
from app.services.obligation import obligations, schedule
from app.ui.actions import command
from app.ui.common.pane.conflict_marks import MarkedPage
from app.ui.common.pane.content import DetailContent
from app.ui.common.parts import dialogs
from app.ui.common.parts.dialogs import ask
from app.ui.common.parts.office import Office, Place, Saying
from app.ui.obligation import acts
from app.ui.obligation.acts import Act, act_form
from app.ui.obligation.detail import Detail
from app.ui.obligation.form import add_form, revise_form
from app.words import QT_TRANSLATE_NOOP, kept, marked, told

_WORDS = "ObligationPage"
"""The facet by which another room asks for a new obligation: its value is what is known of it."""


def _all_in(*states: str) -> Callable[[ObligationPage], bool]:
    """Whether something is selected and every row of it is in one of *states*."""
    return lambda page: bool(page.chosen()) and all(row.state in states for row in page.chosen())


def _has_period(page: ObligationPage) -> bool:
    return bool(page.chosen()) and all(
        row.period and row.state in OPEN | {OccurrenceState.UNDATED} for row in page.chosen()
    )


def _awaits_event(page: ObligationPage) -> bool:
    return any(not row.period or row.period.startswith("event:") for row in page.chosen())


class ObligationPage(MarkedPage[OccurrenceRow]):
    """Lists due instances; the clerk completes, extends and cancels them from here."""

    register = REGISTER
    watches = frozenset(
        {
            "obligation",
            "occurrence",
            "attachment",
            "regulation",
            "relation",
            "provision",
            "agency",
            "review",
            "fact",
            "*",
        }
    )
    icon = "obligation"
    main_role = "plain"
    is_long = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        self._row = 0
        self._detail = Detail(office, self, self._do, self._show_row)
        super().__init__(office, parent)

    def records(self, session: Session) -> Sequence[OccurrenceRow]:
        mine = self.office.store.facts.agencies
        return schedule.occurrences(session, today=self.office.today(), mine=mine)

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Chưa có nghĩa vụ nào"),
            self.tr(
                "Thêm nghĩa vụ đầu tiên, phím Ctrl+N, hoặc nhập quy chế rồi giao từ điều khoản."
            ),
        )

    def detail(self, session: Session, row: OccurrenceRow) -> DetailContent:
        return self._detail.content(session, row)

    def arrive(self, place: Place) -> None:
        """Show a place; an obligation stands at the instance that asks for attention first."""
        record_id = place.record_id
        if isinstance(record_id, UUID):
            record_id = self._instance_of(record_id)
        self.visit(record_id, place.view, place.facets)
        if place.begins:
            of = said(place.begins, "provision_id", UUID) or said(
                place.begins, "regulation_id", UUID
            )
            self.office.open_page(add_form(self.office, place.begins, self._saved, of=of))

    def resume_draft(self, key: str) -> None:
        """Open the form that was left behind."""
        of, _, wanted = key.removeprefix("obligation.").rpartition(".")
        try:
            if wanted == "new":
                given = UUID(of) if of else None
                self.office.open_page(add_form(self.office, {}, self._saved, of=given))
            elif of in acts.ALL:
                self._resume_act(acts.ALL[of], UUID(wanted))
            else:
                self.office.open_page(revise_form(self.office, UUID(wanted), self._saved))
        except (AppError, ValueError):
            self.office.say("warn", self.tr("Bản ghi của bản nháp này không còn trong sổ."))

    def _resume_act(self, act: Act, instance_id: UUID) -> None:
        with self.office.store.reading() as session:
            rows = [row for row in self.records(session) if row.id == instance_id]
        if not rows:
            raise NotFound
        self.visit(instance_id)
        self.office.open_page(act_form(self.office, act, rows, self._told))

    # commands, in menu order -------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Thêm nghĩa vụ"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi một nghĩa vụ mới của quy chế hoặc kết luận"),
        shortcut="Ctrl+N",
        icon="plus",
        primary=True,
    )
    def add(self) -> None:
        """Open a blank form; the regulation of the row on screen is taken over."""
        row = self.current()
        known = row.record.regulation_id if row else None
        given = {"regulation_id": known} if known else {}
        self.office.open_page(add_form(self.office, given, self._saved))

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi hoàn thành"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Ghi hoàn thành {n} nghĩa vụ"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi ngày, kết quả và văn bản chứng minh"),
        shortcut="Ctrl+Return",
        icon="done",
        per_record=True,
        enabled_when=_all_in(*OPEN, OccurrenceState.UNDATED),
    )
    def complete(self) -> None:
        """Note that the chosen instances were carried out."""
        self._act(acts.COMPLETE)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Điều chỉnh hạn …"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Điều chỉnh hạn {n} nghĩa vụ …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi hạn mới đã được đồng ý; thời hạn gốc vẫn giữ"),
        icon="calendar",
        per_record=True,
        enabled_when=_all_in(*OPEN),
    )
    def extend(self) -> None:
        """Move the date of the chosen instances."""
        self._act(acts.EXTEND)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Hủy kỳ …"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Hủy {n} kỳ …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Kỳ này không phải thực hiện nữa; nghĩa vụ vẫn còn"),
        icon="close",
        per_record=True,
        enabled_when=_has_period,
    )
    def cancel(self) -> None:
        """Cancel the chosen instances."""
        self._act(acts.CANCEL)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Mở lại kỳ"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Mở lại {n} kỳ"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Bỏ ghi hoàn thành hoặc hủy của kỳ đã chọn"),
        icon="undo",
        per_record=True,
        enabled_when=_all_in(*DONE, OccurrenceState.CANCELLED),
    )
    def reopen(self) -> None:
        """Take back the completion or cancellation of the chosen instances."""
        rows = [row for row in self.chosen() if row.period]

        def write(session: Session) -> None:
            for row in rows:
                obligations.reopen(session, row.obligation_id, row.period)

        act, subject, count = marked("Mở lại kỳ"), rows[0].subject, len(rows)
        pattern = marked("{act} “{subject}”" if count == 1 else "{act}: {count} dòng")
        self._change(
            kept(pattern, act=act, subject=subject, count=count),
            told(pattern, act=told(act), subject=subject, count=count),
            write,
        )

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi sự kiện …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi sự việc làm phát sinh hạn của nghĩa vụ"),
        icon="activity",
        per_record=True,
        enabled_when=_awaits_event,
    )
    def note_event(self) -> None:
        """Note what sets off the obligation under the cursor."""
        self._act(acts.EVENT)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Đính kèm tệp …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Giữ tệp chứng minh kết quả cùng kỳ này"),
        icon="file",
        per_record=True,
    )
    def attach(self) -> None:
        """Keep a file with the instance under the cursor."""
        row = self.current()
        title = self.tr("Đính kèm tệp")
        path = dialogs.open_file(self, title, self.tr("Mọi tệp (*)")) if row else None
        if row is None or path is None:
            return

        def write(session: Session) -> None:
            owner: Record = (
                obligations.touch(session, row.obligation_id, row.period)
                if row.period
                else records.get(session, Obligation, row.obligation_id)
            )
            attachments.attach(session, self.office.store.blobs, owner, path)

        pattern = marked("Đính kèm tệp {name}")
        self._change(kept(pattern, name=path.name), told(pattern, name=path.name), write)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Sửa nghĩa vụ"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Mở biểu mẫu của nghĩa vụ"),
        shortcut="F2",
        icon="edit",
        per_record=True,
    )
    def open(self) -> None:
        """Open the form of the obligation under the cursor."""
        row = self.current()
        if row is None:
            return
        try:
            page = revise_form(self.office, row.obligation_id, self._saved)
        except AppError as error:
            self.office.tell(error)
        else:
            self.office.open_page(page)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Tạm dừng nghĩa vụ …"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Tạm dừng {n} nghĩa vụ …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Từ ngày ghi, nghĩa vụ không sinh kỳ mới"),
        icon="ended",
        per_record=True,
        enabled_when=lambda page: not _all_in(OccurrenceState.PAUSED)(page),
    )
    def pause(self) -> None:
        """Pause the obligations of the chosen instances."""
        self._act(acts.PAUSE)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Thực hiện lại …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Nghĩa vụ tạm dừng hoặc đã hủy được thực hiện lại"),
        icon="live",
        per_record=True,
        enabled_when=lambda page: any(
            not row.period and row.state in (OccurrenceState.PAUSED, OccurrenceState.CANCELLED)
            for row in page.chosen()
        ),
    )
    def resume(self) -> None:
        """Let a paused obligation go on."""
        self._act(acts.RESUME)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Rút nghĩa vụ"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Rút nghĩa vụ của {n} dòng"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Rút khỏi sổ với mọi kỳ; hoàn tác được"),
        shortcut="Del",
        icon="withdraw",
        per_record=True,
    )
    def withdraw(self) -> None:
        """Withdraw the obligations of the chosen instances, after asking: all their periods go."""
        titles = {row.obligation_id: row.record.title for row in self.chosen()}
        if not titles:
            return
        one = f"“{next(iter(titles.values()))}”"
        what = one if len(titles) == 1 else self.tr("{n} nghĩa vụ").format(n=len(titles))
        body = self.tr("Mọi kỳ của nghĩa vụ rời danh sách. Lịch sử vẫn giữ và hoàn tác được.")
        act = self.tr("Rút nghĩa vụ") if len(titles) == 1 else self.tr("Rút {}").format(what)
        if ask(self, self.tr("Rút {} khỏi sổ?").format(what), body, act):
            pattern = marked("Rút nghĩa vụ {what}" if len(titles) == 1 else "Rút {count} nghĩa vụ")
            self._change(
                kept(pattern, what=one, count=len(titles)),
                told(pattern, what=one, count=len(titles)),
                lambda session: obligations.withdraw(session, list(titles)),
            )

    def _restore(self) -> None:
        super()._restore()
        self.views.choose("todo")  # the list opens at what waits, not at all that ever was

    # inside --------------------------------------------------------------------------

    def _record_of(self, row: OccurrenceRow) -> UUID:
        return row.obligation_id

    def _family_of(self, row: OccurrenceRow) -> UUID:
        return row.record.regulation_id or row.record.review_id or row.obligation_id

    def _act(self, act: Act) -> None:
        rows = self.chosen()
        if rows:
            self._row = self.view.currentIndex().row()
            self.office.open_page(act_form(self.office, act, rows, self._told))

    def _do(self, name: str) -> None:
        self.commands[name].trigger()

    def _change(self, label: str, done: str, write: Callable[[Session], object]) -> None:
        try:
            with self.office.store.changing(label) as session:
                write(session)
        except AppError as error:
            self.office.tell(error)
        else:
            self._told(done)

    def _told(self, done: str) -> None:
        self._stand_near()
        sentence = self.tr("Xong: {}.").format(done[:1].lower() + done[1:])
        self._say_undoable(sentence)

    def _stand_near(self) -> None:
        """When what was acted on has left the view, go on with the row that took its place."""
        if self.reading.is_stale:
            self.refresh()  # a page that lies under a form has waited with it
        if not self.chosen() and self.table.rowCount():
            self.view.go_to(min(max(self._row, 0), self.table.rowCount() - 1))

    def _saved(self, obligation_id: UUID) -> None:
        """Stand on what was entered, even where the view would hide it."""
        self.refresh()
        self.visit(self._instance_of(obligation_id))
        self._say_undoable(self.tr("Đã lưu nghĩa vụ."))

    def _say_undoable(self, sentence: str) -> None:
        """Say it here and not on whatever is laid over the page, which is about to go."""
        self.say(Saying("info", sentence, ((self.tr("Hoàn tác"), self.office.undo),)))

    def _show_row(self, row: OccurrenceRow | None = None, *, tab: str = "") -> None:
        """Go to another instance, or to a tab of the one on screen."""
        if tab:
            self.pane.want_tab(tab)
        elif row is not None:
            self.visit(row.id)

    def _instance_of(self, wanted: UUID) -> UUID:
        """The instance to stand on: itself, or an obligation's first still open, else its last."""
        rows = [row for row in self.table.all_records() if row.obligation_id == wanted]
        waiting = [row for row in rows if row.is_open]
        chosen = waiting[:1] or rows[-1:]
        return chosen[0].id if chosen else wanted
