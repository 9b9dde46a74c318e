"""Clerks: a position each, and which of them is writing now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session

from app.models import Clerk
from app.models.states import ClerkState
from app.models.values import Values
from app.registers.clerk import REGISTER, ClerkRow
from app.services import clerks
from app.services.any_kind import records
from app.ui.actions import command
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.list.kept_page import KeptPage
from app.ui.common.pane.content import DetailContent, Facts, Part, Tab
from app.ui.common.pane.history import history_tab
from app.ui.settings.part import hide_title
from app.words import QT_TRANSLATE_NOOP


class ClerkPage(KeptPage[ClerkRow]):
    """No person's name is asked for: who answers for a change is a position."""

    register = REGISTER
    entity = "clerk"
    watches = frozenset({"clerk", "fact"})
    icon = "person"

    def records(self, session: Session) -> Sequence[ClerkRow]:
        return clerks.rows(session, writing=self.office.store.facts.clerk)

    def empty_text(self) -> tuple[str, str]:
        return self.tr("Chưa có cán bộ nào"), self.tr("Thêm chức danh đầu tiên, phím Ctrl+N.")

    def detail(self, session: Session, row: ClerkRow) -> DetailContent:
        clerk = records.get(session, Clerk, row.id)

        def told() -> list[Part]:
            return [
                Facts(
                    (
                        (self.tr("Đơn vị"), clerk.unit or ""),
                        (
                            self.tr("Nhật ký ghi"),
                            clerks.signature(clerk.position, clerk.unit),
                        ),
                        (self.tr("Ghi chú"), clerk.note or ""),
                    )
                )
            ]

        return DetailContent(
            kind=self.tr("Cán bộ"),
            title=clerk.position,
            tags=((row.state, row.state),),
            tabs=(Tab(self.tr("Thông tin"), told), history_tab(self.office, "clerk", row.id)),
        )

    def spec(self, record_id: UUID | None) -> FormSpec:
        return FormSpec(
            key="clerk",
            title=self.tr("Sửa cán bộ") if record_id else self.tr("Thêm cán bộ"),
            sections=((self.tr("Cán bộ"), (Line("position"), "unit", "is_active", "note")),),
        )

    def called(self, row: ClerkRow) -> str:
        return row.position

    def write(self, session: Session, record_id: UUID | None, values: Values) -> UUID:
        """Enter or revise; the one who writes goes on under the new words."""
        self._renamed = ""
        before = self._signature(session, record_id)
        saved = super().write(session, record_id, values)
        if before and before == self.office.store.facts.clerk:
            self._renamed = self._signature(session, saved)
        return saved

    def after_saving(self, record_id: UUID) -> None:
        super().after_saving(record_id)
        if self._renamed:
            store = self.office.store
            store.set_facts(replace(store.facts, clerk=self._renamed))

    @command(
        QT_TRANSLATE_NOOP("ClerkPage", "Thêm cán bộ"),
        tip=QT_TRANSLATE_NOOP("ClerkPage", "Ghi một chức danh mới vào sổ"),
        shortcut="Ctrl+N",
        icon="plus",
        primary=True,
    )
    def add(self) -> None:
        """Open an empty form."""
        self.open_form(None)

    @command(
        QT_TRANSLATE_NOOP("ClerkPage", "Chọn làm người ghi sổ"),
        tip=QT_TRANSLATE_NOOP("ClerkPage", "Từ nay nhật ký ghi chức danh này"),
        per_record=True,
        enabled_when=lambda page: any(row.state != ClerkState.WRITING for row in page.chosen()),
    )
    def choose_writer(self) -> None:
        """Let the change log name this clerk from now on."""
        row = self.current()
        if row is None:
            return
        before = self.office.store.facts
        words = clerks.signature(row.position, row.unit)
        self.office.store.set_facts(replace(before, clerk=words))
        back = (self.tr("Trả lại"), lambda: self.office.store.set_facts(before))
        self.office.say("info", self.tr("Từ nay nhật ký ghi “{}”.").format(words), [back])

    # inside ------------------------------------------------------------------

    _renamed = ""

    def _signature(self, session: Session, record_id: UUID | None) -> str:
        if record_id is None:
            return ""
        clerk = records.get(session, Clerk, record_id)
        return clerks.signature(clerk.position, clerk.unit)

    def _build(self) -> None:
        super()._build()
        hide_title(self)
