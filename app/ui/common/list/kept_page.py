"""A register page whose records are entered, revised and withdrawn through one form."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Session

from app.errors import InvalidFields
from app.kinds import CARDS
from app.models import DRAFTS, MODELS
from app.models.handling import SECRECY, is_secret
from app.models.trait import traits_of
from app.services.any_kind import records, secrecy
from app.ui.actions import command
from app.ui.common.form.choices import choices_of
from app.ui.common.form.form import FormSpec
from app.ui.common.form.form_page import FormPage
from app.ui.common.pane.conflict_marks import MarkedPage, warn_of_conflict
from app.ui.common.parts.dialogs import ask
from app.words import QT_TRANSLATE_NOOP

_WORDS = "KeptPage"


class KeptPage(MarkedPage):
    """A room says which kind it keeps and how its form is laid out; this class does the rest.

    `entity` is the kind of record; `called` says which one a sentence is about.
    """

    entity: ClassVar[str]

    # what a room says ------------------------------------------------------------

    @abstractmethod
    def spec(self, record_id: UUID | None) -> FormSpec:
        """Return the form, for a new record or for the one with *record_id*."""

    @abstractmethod
    def called(self, row: Any) -> str:
        """Return what sentences call *row*."""

    # what a room may say otherwise -------------------------------------------------

    def first_values(self) -> dict[str, Any]:
        """Return what a new form begins with."""
        draft = DRAFTS[self.entity]
        return {
            name: info.get_default(call_default_factory=True)
            for name, info in draft.model_fields.items()
            if not info.is_required()
        }

    def values_of(self, session: Session, record_id: UUID) -> dict[str, Any]:
        """Return what the form of an existing record shows."""
        record = records.get(session, MODELS[self.entity], record_id)
        return {name: getattr(record, name) for name in DRAFTS[self.entity].model_fields}

    def write(self, session: Session, record_id: UUID | None, values: dict[str, Any]) -> UUID:
        """Enter or revise; returns the record's id."""
        if record_id is None:
            entered: UUID = records.enter(session, self.entity, values).id
            return entered
        records.revise(session, self.entity, record_id, values)
        return record_id

    def withdrawal_note(self, rows: list[Any]) -> str:
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
        what = self.called(rows[0]) if len(rows) == 1 else f"{len(rows)} {noun}"
        label = self.tr("Rút {what} khỏi sổ").format(what=what)
        with self.office.store.changing(label) as session:
            records.withdraw(session, self.entity, [row.id for row in rows])
        sentence = self.tr("Đã rút {what} khỏi sổ.").format(what=what)
        self.office.say("info", sentence, [(self.tr("Hoàn tác"), self.office.undo)])

    def open_form(
        self, record_id: UUID | None, values: Mapping[str, Any] | None = None
    ) -> FormPage:
        """Lay the form of a record, or of a new one that begins with *values*, over the page."""
        if record_id is None:
            given = {**self.first_values(), **(values or {})}
        else:
            with self.office.store.reading() as session:
                given = self.values_of(session, record_id)
        form = FormPage(
            self.office,
            self.spec(record_id),
            DRAFTS[self.entity],
            given,
            lambda entered: self._save(record_id, given, entered),
            choices=choices_of(self.office),
            record_id=record_id,
            room=self.register.key,
        )
        self.office.open_page(form)
        warn_of_conflict(self.office, form, record_id)
        return form

    def resume_draft(self, key: str) -> None:
        """Open again the form that was left with a draft."""
        _, _, which = key.rpartition(".")
        self.open_form(None if which == "new" else UUID(which))

    def _save(
        self, record_id: UUID | None, given: Mapping[str, Any], values: dict[str, Any]
    ) -> None:
        if record_id is not None:
            # Only what was changed here: what a colleague changed meanwhile is not put back.
            values = {name: v for name, v in values.items() if given.get(name) != v}
        level = self._turning_secret(record_id, given, values)
        noun = self.register.noun
        verb = self.tr("Thêm {noun}") if record_id is None else self.tr("Sửa {noun}")
        name = CARDS[self.entity].would_call({**given, **values})
        label = f"{verb.format(noun=noun)} {name}".strip()
        with self.office.store.changing(label) as session:
            if record_id is not None:
                now = self.values_of(session, record_id)
                records.refuse_unseen(traits_of(DRAFTS[self.entity]), now, values, given)
            if record_id is not None and level:
                secrecy.turn(session, self.entity, record_id, level)
                content = CARDS[self.entity].content
                values = {n: v for n, v in values.items() if n not in ("secrecy", *content)}
            saved = self.write(session, record_id, values)
        self.visit(saved)

    def _turning_secret(
        self, record_id: UUID | None, given: Mapping[str, Any], values: Mapping[str, Any]
    ) -> str:
        """The level at which a paper is being marked secret, once the clerk knows what goes."""
        level = str(values.get("secrecy") or "none")
        if record_id is None or not is_secret(level) or is_secret(given.get("secrecy") or "none"):
            return ""
        with self.office.store.reading() as session:
            paper = records.get(session, MODELS[self.entity], record_id)
            going = secrecy.going(session, paper)
        title = self.tr("Ghi văn bản này là {level}?").format(level=SECRECY[level])
        body = self.tr(
            "Văn bản mật chỉ ghi số hiệu và nơi lưu. Sẽ rút khỏi sổ: {what}. Những gì đã gửi cho "
            "văn phòng khác vẫn còn ở đó."
        ).format(what=going.words())
        if going and not ask(self, title, body, self.tr("Ghi độ mật và rút nội dung")):
            raise InvalidFields({"secrecy": self.tr("Chưa ghi độ mật; chọn lại Không để giữ.")})
        return level

    def _is_sure(self, rows: list[Any]) -> bool:
        noun = self.register.noun
        title = self.tr("Rút {n} {noun} khỏi sổ?").format(n=len(rows), noun=noun)
        if len(rows) == 1:
            title = self.tr("Rút {what} khỏi sổ?").format(what=self.called(rows[0]))
        body = self.tr("Bản ghi không còn trong danh sách. Lịch sử vẫn giữ; hoàn tác bằng Ctrl+Z.")
        note = self.withdrawal_note(rows)
        act = self.tr("Rút {n} {noun}").format(n=len(rows), noun=noun)
        return ask(self, title, f"{note} {body}".strip(), act)
