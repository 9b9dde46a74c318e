"""The register of bodies on screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.models import AgencyNameDraft, AgencySuccessionDraft
from app.registers.agency import REGISTER
from app.services import agencies, records
from app.services.agencies import AgencyRow
from app.ui.actions import command
from app.ui.agency import forms
from app.ui.agency.detail import agency_detail
from app.ui.common.choices import choices_of
from app.ui.common.detail_content import DetailContent
from app.ui.common.form import FormSpec
from app.ui.common.form_page import FormPage
from app.ui.common.kept_page import KeptPage
from app.words import QT_TRANSLATE_NOOP


class AgencyPage(KeptPage):
    """Lists bodies; the clerk keeps their names over time and what succeeded them."""

    register = REGISTER
    entity = "agency"
    watches = frozenset(
        {"agency", "agency_name", "agency_succession", "party", "obligation", "fact"}
    )
    icon = "agency"
    opens = ("agency_name", "agency_succession")

    def records(self, session: Session) -> Sequence[AgencyRow]:
        return agencies.rows(
            session, today=self.office.today(), mine=self.office.store.facts.agencies
        )

    def empty_text(self) -> tuple[str, str]:
        return self.tr("Chưa có cơ quan nào"), self.tr("Thêm cơ quan đầu tiên, phím Ctrl+N.")

    def detail(self, session: Session, row: Any) -> DetailContent:
        return agency_detail(self.office, session, row, self.withdraw_link)

    def spec(self, record_id: UUID | None) -> FormSpec:
        return forms.agency(is_new=record_id is None)

    def called(self, row: Any) -> str:
        return str(row.name)

    def withdrawal_note(self, rows: list[Any]) -> str:
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

        def save(values: dict[str, Any]) -> None:
            label = self.tr("Đổi tên {name}").format(name=row.name)
            with self.office.store.changing(label) as session:
                agencies.rename(
                    session, row.id, values["name"], values["short_name"], values["valid_to"]
                )

        given = {
            "agency_id": row.id,
            "name": row.name,
            "short_name": row.short_name,
            "valid_to": self.office.today(),
        }
        self._ask(forms.rename(row.name), AgencyNameDraft, given, save)

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

        def save(values: dict[str, Any]) -> None:
            label = self.tr("Ghi kế thừa của {name}").format(name=row.name)
            with self.office.store.changing(label) as session:
                agencies.succeed(session, values)

        given = {"agency_id": row.id, "kind": "merge"}
        self._ask(forms.succession(row.name), AgencySuccessionDraft, given, save)

    def withdraw_link(self, entity: str, record_id: UUID) -> None:
        """Withdraw a former name or a succession link."""
        label = self.tr("Rút một dòng tên cũ, kế thừa")
        with self.office.store.changing(label) as session:
            records.withdraw(session, entity, [record_id])
        sentence = self.tr("Đã rút dòng này.")
        self.office.say("info", sentence, [(self.tr("Hoàn tác"), self.office.undo)])

    def _ask(self, spec: FormSpec, draft: Any, given: dict[str, Any], save: Any) -> None:
        form = FormPage(
            self.office, spec, draft, given, save, choices=choices_of(self.office), room="agency"
        )
        self.office.open_page(form)
