"""Records that may be one: side by side, merged, kept apart, parted again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from app.errors import AppError
from app.models import MODELS
from app.registers.duplicate import REGISTER, PairRow
from app.services.agreement import pairs
from app.ui.actions import command
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.pane.content import Button, Buttons, DetailContent, Facts, Part, Tab, Words
from app.ui.common.parts import dialogs
from app.ui.sync.merge_page import MergePage
from app.words import QT_TRANSLATE_NOOP

_WORDS = "DuplicatesPart"


class DuplicatesPart(RegisterPage[PairRow]):
    """Nothing is merged by itself; a pair that was judged is not asked about again."""

    register = REGISTER
    watches = frozenset(MODELS)
    icon = "file"

    def records(self, session: Session) -> Sequence[PairRow]:
        return pairs.rows(session)

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Không có bản ghi nào nghi trùng"),
            self.tr("Hai văn phòng cùng nhập một văn bản hay một cơ quan thì sẽ hiện ở đây."),
        )

    def detail(self, session: Session, row: PairRow) -> DetailContent:
        del session
        told = self._merged() if row.is_merged else self._waiting(row)
        tab = Tab(self.tr("Thông tin"), lambda: told)
        return DetailContent(row.kind_words, row.one_name, (tab,), ((row.state, row.state),))

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "So hai bản ghi …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Xem cạnh nhau, rồi gộp hoặc giữ riêng"),
        shortcut="Return",
        icon="columns",
        per_record=True,
        enabled_when=lambda page: any(not row.is_merged for row in page.chosen()),
        reads=True,
    )
    def open(self) -> None:
        """Lay both records side by side over the room."""
        row = self.current()
        if row is None or row.is_merged:
            return
        try:
            with self.office.store.reading() as session:
                found = pairs.compare(session, row)
        except AppError as error:
            self.office.tell(error)
            return
        self.office.open_page(MergePage(self.office, found))

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Tách lại …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Trả lại hai bản ghi như trước khi gộp"),
        icon="undo",
        per_record=True,
        enabled_when=lambda page: any(row.is_merged for row in page.chosen()),
    )
    def part(self) -> None:
        """Give both records back."""
        row = self.current()
        if row is None or not row.is_merged:
            return
        title = self.tr("Tách {} thành hai bản ghi?").format(row.one_name)
        body = self.tr("Hai bản ghi trở lại như trước khi gộp; những gì ghi sau đó vẫn giữ.")
        if not dialogs.ask(self, title, body, self.tr("Tách lại")):
            return
        try:
            pairs.part(self.office.store, row)
        except AppError as error:
            self.office.tell(error)
            return
        said = self.tr("Đã tách thành hai bản ghi.")
        self.office.say("info", said, [(self.tr("Hoàn tác"), self.office.undo)])

    def _waiting(self, row: PairRow) -> list[Part]:
        return [
            Facts(
                (
                    (self.tr("Bản ghi kia"), row.other_name),
                    (self.tr("Vì sao"), row.why),
                )
            ),
            Buttons((Button(self.tr("So hai bản ghi …"), self.open, "primary"),)),
        ]

    def _merged(self) -> list[Part]:
        return [
            Words(self.tr("Mã cũ vẫn tìm được bản này."), "muted"),
            Buttons((Button(self.tr("Tách lại …"), self.part),)),
        ]
