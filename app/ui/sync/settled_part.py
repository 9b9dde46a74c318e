"""Decisions on conflicts, of every office: what was chosen, what was not, and why."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from app.models import MODELS
from app.registers.settlement import REGISTER, Settled
from app.services.agreement import disputes
from app.ui.actions import command
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.pane.content import DetailContent, Facts, Part, Quote, Section, Tab, Words
from app.words import QT_TRANSLATE_NOOP


class SettledPart(RegisterPage[Settled]):
    """Read from the log; nothing here can be changed."""

    register = REGISTER
    watches = frozenset(MODELS)  # any kind of record may be in conflict
    icon = "done"

    def records(self, session: Session) -> Sequence[Settled]:
        return disputes.settled(session)

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Chưa giải quyết xung đột nào"),
            self.tr("Mỗi lựa chọn giữa hai giá trị sẽ được liệt kê ở đây."),
        )

    def detail(self, session: Session, row: Settled) -> DetailContent:
        del session

        def told() -> list[Part]:
            return [
                Facts(
                    (
                        (self.tr("Ô"), row.label),
                        (self.tr("Lý do"), row.reason),
                        (self.tr("Người chọn"), row.clerk),
                        (self.tr("Văn phòng"), row.office),
                        (self.tr("Lúc"), row.time),
                    )
                ),
                Section(self.tr("Đã chọn")),
                Words(row.chosen),
                Section(self.tr("Không chọn")),
                Quote(row.left) if row.left else Words(self.tr("Không còn giá trị nào khác.")),
            ]

        return DetailContent(row.kind, row.name, (Tab(self.tr("Thông tin"), told),))

    @command(
        QT_TRANSLATE_NOOP("SettledPart", "Mở bản ghi"),
        tip=QT_TRANSLATE_NOOP("SettledPart", "Mở bản ghi đã từng xung đột"),
        shortcut="Return",
        per_record=True,
        reads=True,
    )
    def open(self) -> None:
        """Open the record that was in conflict."""
        row = self.current()
        if row is not None:
            self.office.go(row.opens_kind, row.opens_id)
