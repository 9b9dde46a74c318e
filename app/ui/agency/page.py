"""The register of bodies on screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.models import Agency, AgencyNameDraft, AgencySuccessionDraft
from app.models.values import Value, Values, needed, said
from app.registers.agency import REGISTER, AgencyRow
from app.services import agencies
from app.services.any_kind import records
from app.services.obligation import obligations
from app.ui.actions import command
from app.ui.agency import forms
from app.ui.agency.detail import Doing, agency_detail
from app.ui.agency.handover import handover
from app.ui.common.form.choices import choices_of
from app.ui.common.form.edit_form import edit_form
from app.ui.common.form.form import FormSpec
from app.ui.common.form.form_page import FormPage
from app.ui.common.list.kept_page import KeptPage
from app.ui.common.pane.content import DetailContent
from app.words import QT_TRANSLATE_NOOP, kept


class AgencyPage(KeptPage[AgencyRow]):
    """Lists bodies; the clerk keeps their names over time and what succeeded them."""

    register = REGISTER
    entity = "agency"
    watches = frozenset(
        {"agency", "agency_name", "agency_succession", "party", "obligation", "fact"}
    )
    icon = "agency"

    def records(self, session: Session) -> Sequence[AgencyRow]:
        return agencies.rows(
            session, today=self.office.today(), mine=self.office.store.facts.agencies
        )

    def empty_text(self) -> tuple[str, str]:
        return self.tr("Chưa có cơ quan nào"), self.tr("Thêm cơ quan đầu tiên, phím Ctrl+N.")

    def detail(self, session: Session, row: AgencyRow) -> DetailContent:
        doing = Doing(self.rename, self.succeed, self.hand_over, self.withdraw_link)
        return agency_detail(self.office, session, row, doing)

    def spec(self, record_id: UUID | None) -> FormSpec:
        return forms.agency(is_new=record_id is None)

    def called(self, row: AgencyRow) -> str:
        return str(row.name)

    def withdrawal_note(self, rows: list[AgencyRow]) -> str:
        used = sum(row.regulations + row.obligations for row in rows)
        if not used:
            return ""
        sentence = self.tr(
            "Còn {n} quy chế, nghĩa vụ nêu tên; các bản ghi đó vẫn giữ. Cơ quan đã kết thúc "
            "hoạt động thì nên ghi ngày kết thúc thay vì rút."
        )
        return sentence.format(n=used)

    @command(
        QT_TRANSLATE_NOOP("AgencyPage", "Thêm cơ quan"),
        tip=QT_TRANSLATE_NOOP("AgencyPage", "Ghi một cơ quan mới vào sổ"),
        shortcut="Ctrl+N",
        icon="plus",
        primary=True,
    )
    def add(self) -> None:
        """Open an empty form."""
        self.open_form(None)

    @command(
        QT_TRANSLATE_NOOP("AgencyPage", "Đổi tên …"),
        tip=QT_TRANSLATE_NOOP("AgencyPage", "Ghi tên mới, giữ tên cũ cùng thời gian đã dùng"),
        per_record=True,
    )
    def rename(self) -> None:
        """Give the body a new name and keep the old one with its dates."""
        row = self.current()
        if row is None:
            return

        def read(session: Session) -> dict[str, Value]:
            agency = records.get(session, Agency, row.id)
            names = {"name": agency.name, "short_name": agency.short_name}
            return {"agency_id": row.id, **names, "valid_to": self.office.today()}

        def write(session: Session, _changed: Values, new: Values) -> None:
            agencies.rename(
                session,
                row.id,
                needed(new, "name", str),
                said(new, "short_name", str),
                said(new, "valid_to", date),
            )

        form = edit_form(
            self.office,
            forms.rename(row.name),
            AgencyNameDraft,
            row.id,
            read=read,
            write=write,
            label=lambda _entered: kept("Đổi tên {name}", name=row.name),
            room="agency",
        )
        self.office.open_page(form)

    @command(
        QT_TRANSLATE_NOOP("AgencyPage", "Ghi kế thừa …"),
        tip=QT_TRANSLATE_NOOP("AgencyPage", "Ghi cơ quan hợp nhất, chia tách hoặc nhận chức năng"),
        per_record=True,
    )
    def succeed(self) -> None:
        """Note which body took this one, or one of its functions, over."""
        row = self.current()
        if row is None:
            return

        def save(values: Values) -> None:
            label = kept("Ghi kế thừa của {name}", name=row.name)
            with self.office.store.changing(label) as session:
                agencies.succeed(session, values)

        form = FormPage(
            self.office,
            forms.succession(row.name),
            AgencySuccessionDraft,
            {"agency_id": row.id, "kind": "merge"},
            save,
            choices=choices_of(self.office),
            record_id=row.id,
            room="agency",
        )
        self.office.open_page(form)

    @command(
        QT_TRANSLATE_NOOP("AgencyPage", "Chuyển nghĩa vụ sang cơ quan kế thừa …"),
        tip=QT_TRANSLATE_NOOP("AgencyPage", "Giao nghĩa vụ cho cơ quan khác, kèm căn cứ và ngày"),
        per_record=True,
    )
    def hand_over(self) -> None:
        """Hand the obligations of the body to another, with a ground and a day."""
        row = self.current()
        if row is None:
            return
        with self.office.store.reading() as session:
            has_obligations = bool(obligations.of_body(session, row.id))
        if not has_obligations:
            sentence = self.tr("{} không có nghĩa vụ nào để chuyển.").format(row.name)
            self.office.say("warn", sentence)
            return
        made = handover(self.office, row)
        self.office.open_page(made.form)
        made.form.closed.connect(lambda: self._say_done(made.said))

    def resume_draft(self, key: str) -> None:
        """Open again the form that was left with a draft, over its body."""
        kind, _, which = key.partition(".")
        opens = {
            "agency_rename": self.rename,
            "agency_succession": self.succeed,
            "agency_handover": self.hand_over,
        }
        if kind not in opens:
            super().resume_draft(key)
            return
        self.visit(UUID(which))
        opens[kind]()

    def withdraw_link(self, entity: str, record_id: UUID) -> None:
        """Withdraw a former name or a succession link."""
        label = kept("Rút một dòng tên cũ, kế thừa")
        with self.office.store.changing(label) as session:
            records.withdraw(session, entity, [record_id])
        sentence = self.tr("Đã rút dòng này.")
        self.office.say("info", sentence, [(self.tr("Hoàn tác"), self.office.undo)])

    def _say_done(self, sentence: str) -> None:
        if sentence:
            self.office.say("info", sentence, [(self.tr("Hoàn tác"), self.office.undo)])
