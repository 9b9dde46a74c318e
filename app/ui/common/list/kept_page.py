"""A register page whose records are entered, revised and withdrawn through one form."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import ClassVar
from uuid import UUID

from sqlmodel import Session

from app.errors import InvalidFields
from app.kinds import CARDS
from app.models import DRAFTS, MODELS
from app.models.handling import SECRECY, is_secret
from app.models.values import Value, Values
from app.services.any_kind import records, secrecy
from app.ui.actions import command
from app.ui.common.form.choices import choices_of
from app.ui.common.form.edit_form import edit_form
from app.ui.common.form.form import FormSpec
from app.ui.common.form.form_page import FormPage
from app.ui.common.pane.conflict_marks import MarkedPage, RecordRow
from app.ui.common.parts.dialogs import ask
from app.words import QT_TRANSLATE_NOOP, kept, told

_WORDS = "KeptPage"


class KeptPage(MarkedPage[RecordRow]):
    """A room says which kind it keeps and how its form is laid out; this class does the rest.

    `entity` is the kind of record; `called` says which one a sentence is about.
    """

    entity: ClassVar[str]

    # what a room says ------------------------------------------------------------

    @abstractmethod
    def spec(self, record_id: UUID | None) -> FormSpec:
        """Return the form, for a new record or for the one with *record_id*."""

    @abstractmethod
    def called(self, row: RecordRow) -> str:
        """Return what sentences call *row*."""

    # what a room may say otherwise -------------------------------------------------

    def first_values(self) -> dict[str, Value]:
        """Return what a new form begins with."""
        draft = DRAFTS[self.entity]
        return {
            name: info.get_default(call_default_factory=True)
            for name, info in draft.model_fields.items()
            if not info.is_required()
        }

    def values_of(self, session: Session, record_id: UUID) -> dict[str, Value]:
        """Return what the form of an existing record shows."""
        return records.said(session, MODELS[self.entity], record_id)

    def write(self, session: Session, record_id: UUID | None, values: Values) -> UUID:
        """Enter or revise; returns the record's id."""
        if record_id is None:
            return records.enter(session, self.entity, values).id
        records.revise(session, self.entity, record_id, values)
        return record_id

    def after_saving(self, record_id: UUID) -> None:
        """Do what follows once a record is in the register: stand on it."""
        self.visit(record_id)

    def withdrawal_note(self, rows: list[RecordRow]) -> str:
        """Return what else a clerk should know before withdrawing *rows*."""
        del rows
        return ""

    # commands -------------------------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Mở để sửa"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Mở biểu mẫu của bản ghi đang chọn"),
        shortcut="F2",
        per_record=True,
    )
    def open(self) -> None:
        """Open the form of the record under the cursor."""
        row = self.current()
        if row is not None:
            self.open_form(row.id)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Rút khỏi sổ"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Rút {n} bản ghi khỏi sổ"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Rút khỏi danh sách; lịch sử vẫn giữ, hoàn tác được"),
        shortcut="Del",
        per_record=True,
    )
    def withdraw(self) -> None:
        """Withdraw the selected records, after asking."""
        rows = self.chosen()
        if not rows or not self._is_sure(rows):
            return
        noun = self.register.noun
        one = self.called(rows[0]) if len(rows) == 1 else ""
        what = one or f"{len(rows)} {told(noun)}"
        label = kept("Rút {what} khỏi sổ", what=one or f"{len(rows)} {noun}")
        with self.office.store.changing(label) as session:
            records.withdraw(session, self.entity, [row.id for row in rows])
        sentence = self.tr("Đã rút {what} khỏi sổ.").format(what=what)
        self.office.say("info", sentence, [(self.tr("Hoàn tác"), self.office.undo)])

    def open_form(self, record_id: UUID | None, values: Values | None = None) -> FormPage:
        """Lay the form of a record, or of a new one that begins with *values*, over the page."""
        form = self._blank_form(values or {}) if record_id is None else self._form_of(record_id)
        self.office.open_page(form)
        return form

    def resume_draft(self, key: str) -> None:
        """Open again the form that was left with a draft."""
        _, _, which = key.rpartition(".")
        self.open_form(None if which == "new" else UUID(which))

    # inside -----------------------------------------------------------------------------

    def _blank_form(self, values: Values) -> FormPage:
        def save(entered: Values) -> None:
            label = self._label(kept("Thêm {noun}"), entered)
            with self.office.store.changing(label) as session:
                saved = self.write(session, None, entered)
            self.after_saving(saved)

        return FormPage(
            self.office,
            self.spec(None),
            DRAFTS[self.entity],
            {**self.first_values(), **values},
            save,
            choices=choices_of(self.office),
            room=self.register.key,
        )

    def _form_of(self, record_id: UUID) -> FormPage:
        return edit_form(
            self.office,
            self.spec(record_id),
            DRAFTS[self.entity],
            record_id,
            read=lambda session: self.values_of(session, record_id),
            write=lambda session, changed, _whole: self._revise(session, record_id, changed),
            label=partial(self._label, kept("Sửa {noun}")),
            ask=partial(self._ask_about_secrecy, record_id),
            done=lambda: self.after_saving(record_id),
            room=self.register.key,
        )

    def _revise(self, session: Session, record_id: UUID, changed: Values) -> None:
        left = dict(changed)
        if level := self._turning_secret(session, record_id, changed):
            secrecy.turn(session, self.entity, record_id, level)
            content = CARDS[self.entity].content
            left = {n: v for n, v in left.items() if n not in ("secrecy", *content)}
        self.write(session, record_id, left)

    def _turning_secret(self, session: Session, record_id: UUID, changed: Values) -> str:
        """The level at which a paper that is open to all is being marked secret, or ""."""
        level = str(changed.get("secrecy") or "none")
        if not is_secret(level):
            return ""
        paper = records.get(session, MODELS[self.entity], record_id)
        return "" if is_secret(getattr(paper, "secrecy", "none")) else level

    def _ask_about_secrecy(self, record_id: UUID, changed: Values) -> None:
        """Tell what marking a paper secret takes away. Raises InvalidFields if it is not wanted."""
        with self.office.store.reading() as session:
            level = self._turning_secret(session, record_id, changed)
            if not level:
                return
            paper = records.get(session, MODELS[self.entity], record_id)
            going = secrecy.going(session, paper)
        title = self.tr("Ghi văn bản này là {level}?").format(level=told(SECRECY[level]))
        body = self.tr(
            "Văn bản mật chỉ ghi số hiệu và nơi lưu. Sẽ rút khỏi sổ: {what}. Những gì đã gửi cho "
            "văn phòng khác vẫn còn ở đó."
        ).format(what=going.words())
        if going and not ask(self, title, body, self.tr("Ghi độ mật và rút nội dung")):
            raise InvalidFields({"secrecy": self.tr("Chưa ghi độ mật; chọn lại Không để giữ.")})

    def _label(self, verb: str, values: Values) -> str:
        """What the undo menu calls the change: "Sửa quy chế 05/QC-UBND"."""
        named = CARDS[self.entity].would_call(values)
        return f"{verb.format(noun=self.register.noun)} {named}".strip()

    def _is_sure(self, rows: list[RecordRow]) -> bool:
        noun = told(self.register.noun)
        title = self.tr("Rút {n} {noun} khỏi sổ?").format(n=len(rows), noun=noun)
        if len(rows) == 1:
            title = self.tr("Rút {what} khỏi sổ?").format(what=self.called(rows[0]))
        body = self.tr("Bản ghi không còn trong danh sách. Lịch sử vẫn giữ; hoàn tác bằng Ctrl+Z.")
        note = self.withdrawal_note(rows)
        act = self.tr("Rút {n} {noun}").format(n=len(rows), noun=noun)
        return ask(self, title, f"{note} {body}".strip(), act)
