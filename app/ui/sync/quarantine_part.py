"""Changes that were set aside at the door: let in or left out by a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session

from app.errors import AppError
from app.models.states import word_of
from app.registers.quarantine import REGISTER, VERDICTS, QuarantineRow
from app.services.sync import quarantine
from app.services.sync.quarantine import Quarantined
from app.store import Store
from app.sync.circle import office_names
from app.text import capitalized, moment_words
from app.ui.actions import command
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.pane.content import DetailContent, Facts, Part, Tab, Words
from app.ui.common.parts import dialogs
from app.words import QT_TRANSLATE_NOOP, told

_WORDS = "QuarantinePart"


@dataclass(frozen=True)
class Row(QuarantineRow):
    """A line of the register, with the change set that it stands for."""

    item: Quarantined


class QuarantinePart(RegisterPage[Row]):
    """Kept for ever, with the verdict."""

    register = REGISTER
    watches = frozenset({"*"})
    icon = "attention"

    def records(self, session: Session) -> Sequence[Row]:
        names = office_names(session.connection())
        return [_row(item, names) for item in quarantine.listing(session)]

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Không có thay đổi nào bị giữ lại"),
            self.tr("Thay đổi không rõ nguồn gốc hoặc không đúng quyền sẽ dừng ở đây."),
        )

    def detail(self, session: Session, row: Row) -> DetailContent:
        del session
        return DetailContent(
            kind=self.tr("Thay đổi bị giữ lại"),
            title=row.label,
            tags=((row.state, row.state),),
            tabs=(Tab(self.tr("Thông tin"), lambda: self._facts(row)),),
        )

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Nhận vào sổ …"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Nhận {n} thay đổi vào sổ …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Cho thay đổi này vào sổ, dù chưa đủ điều kiện tự nhận"),
        icon="check",
        per_record=True,
        enabled_when=lambda page: any(row.item.may_enter for row in page.chosen()),
    )
    def let_in(self) -> None:
        """Apply what is selected, after asking."""
        rows = [row for row in self.chosen() if row.item.may_enter]
        title = self.tr("Nhận {n} thay đổi vào sổ?").format(n=len(rows))
        body = self.tr(
            "Thay đổi bị giữ lại vì: {}. Chỉ nhận khi đã hỏi văn phòng gửi và biết chắc là đúng."
        ).format("; ".join(dict.fromkeys(row.reason.lower() for row in rows)))
        if rows and dialogs.ask(self, title, body, self.tr("Nhận vào sổ")):
            self._say(quarantine.let_in, rows, self.tr("Đã nhận {n} thay đổi vào sổ."))

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Để ngoài sổ"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Để {n} thay đổi ngoài sổ"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Không nhận; thay đổi vẫn nằm trong danh sách này"),
        icon="withdraw",
        per_record=True,
        enabled_when=lambda page: any(not row.item.verdict for row in page.chosen()),
    )
    def leave_out(self) -> None:
        """Decide against what is selected."""
        rows = [row for row in self.chosen() if not row.item.verdict]
        self._say(quarantine.leave_out, rows, self.tr("Đã để {n} thay đổi ngoài sổ."))
        self.office.store.announce("")

    def _say(
        self, verb: Callable[[Store, list[bytes]], int], rows: Sequence[Row], sentence: str
    ) -> None:
        try:
            count = verb(self.office.store, [row.item.id for row in rows])
        except AppError as error:
            self.office.say("danger", str(error))
            return
        self.refresh()
        self.office.say("info", sentence.format(n=count))

    def _facts(self, row: Row) -> list[Part]:
        item = row.item
        written = moment_words(item.written)
        pairs = (
            (self.tr("Vì sao"), row.reason),
            (self.tr("Văn phòng"), row.office),
            (self.tr("Người viết"), item.clerk),
            (self.tr("Viết lúc"), written),
            (self.tr("Loại bản ghi"), item.kinds),
            (self.tr("Đến lúc"), row.time),
        )
        told = self.tr("Hỏi văn phòng gửi rồi chọn nhận vào sổ hoặc để ngoài sổ.")
        if not item.may_enter and not item.verdict:
            told = self.tr("Không nhận vào sổ được: không biết ai viết hoặc viết gì.")
        return [Facts(pairs), Words(told, "muted")]


def _row(item: Quarantined, names: dict[bytes, str]) -> Row:
    at = datetime.fromisoformat(item.at)
    return Row(
        id=item.id.hex(),
        item=item,
        label=item.label or told("(không đọc được)"),
        reason=capitalized(item.words),
        office=names.get(item.office, ""),
        at=item.at,
        time=moment_words(at),
        state=QCoreApplication.translate("Quarantine", word_of(VERDICTS, item.verdict)),
    )
