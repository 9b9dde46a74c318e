"""One exchange in the detail pane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.models import Exchange, Regulation
from app.models.handling import SECRECY
from app.models.reply_state import ReplyState
from app.registers.column import text_of
from app.registers.exchange import ExchangeRow
from app.services import exchanges
from app.services.any_kind import kinds, records
from app.ui.common.pane.content import (
    Banner,
    Button,
    Buttons,
    DetailContent,
    Facts,
    Links,
    Part,
    Section,
    Tab,
    Words,
)
from app.ui.common.pane.history import history_tab
from app.ui.common.pane.kept_files import KeptFiles
from app.ui.common.parts.office import Office
from app.words import told


class Detail:
    """Builds the content of the pane; *does* runs a command of the page by its name."""

    def __init__(self, office: Office, files: KeptFiles, does: Callable[[str], object]) -> None:
        self._office, self._files, self._does = office, files, does

    def content(self, row: ExchangeRow) -> DetailContent:
        """Everything of *row*; the tabs read more when they are looked at."""
        state = row.state
        tabs = [Tab(_tr("Thông tin"), partial(self._about, row))]
        if row.record.asks or row.answered_on or row.record.answers_id:
            tabs.append(Tab(_tr("Trả lời"), partial(self._answers, row)))
        if not row.is_secret:
            tabs.append(Tab(_tr("Tệp"), partial(self._files.parts, row.id)))
        return DetailContent(
            kind=f"{told(row.kind)}, {told(row.form).lower()}",
            title=row.record.abstract,
            tags=((state, state),) if row.state is not ReplyState.NOT_ASKED else (),
            tabs=(*tabs, history_tab(self._office, "exchange", row.id)),
        )

    def _about(self, row: ExchangeRow) -> Sequence[Part]:
        record = row.record
        parts: list[Part] = []
        if row.is_secret:
            level = told(SECRECY[record.secrecy]).lower()
            parts.append(Banner(_tr("Văn bản {}: chỉ ghi số hiệu và nơi lưu.").format(level)))
        parts.append(
            Facts(
                (
                    (_tr("Số, ký hiệu"), record.number or ""),
                    (_tr("Ngày"), text_of(record.dated_on)),
                    (_tr("Nơi gửi"), row.sender),
                    (_tr("Nơi nhận"), ", ".join(row.recipients)),
                    (_tr("Người ký"), record.signer or ""),
                    (_tr("Độ khẩn"), told(row.urgency) if record.urgency != "thuong" else ""),
                    (_tr("Tin có giá trị"), _tr("Có") if record.is_valuable else ""),
                    (_tr("Hạn trả lời"), text_of(record.reply_due_on)),
                    (_tr("Số đến"), row.received_number),
                    (_tr("Ngày đến"), text_of(row.received_on)),
                    (_tr("Giải quyết"), row.handled_by),
                    (_tr("Nơi lưu"), record.stored_at or ""),
                    (_tr("Ghi chú"), record.note or ""),
                )
            )
        )
        parts += self._grounds(record)
        if row.is_outstanding:
            parts.append(Buttons(self._buttons(row)))
        return parts

    def _grounds(self, record: Exchange) -> list[Part]:
        """The regulation that it goes by, and the obligation that it fulfils."""
        links = []
        with self._office.store.reading() as session:
            if record.regulation_id is not None:
                found = records.by_id(session, Regulation, [record.regulation_id])
                links += [
                    (kinds.title_of(each), partial(self._office.go, "regulation", each.id))
                    for each in found.values()
                ]
            if record.fulfils_id is not None:
                cited = kinds.citations(session, [record]).get(record.fulfils_id)
                words = _tr("Nghĩa vụ, kỳ {}").format(cited) if cited else _tr("Nghĩa vụ")
                links.append((words, partial(self._office.go, "occurrence", record.fulfils_id)))
        if not links:
            return []
        return [Section(_tr("Theo")), *(Links([each]) for each in links)]

    def _answers(self, row: ExchangeRow) -> Sequence[Part]:
        record = row.record
        with self._office.store.reading() as session:
            found = exchanges.answering(session, row.id)
            over = [record.answers_id] if record.answers_id is not None else []
            asked = records.by_id(session, Exchange, over)
            said = [(kinds.title_of(each), each.id) for each in found]
            was = [(kinds.title_of(each), each.id) for each in asked.values()]
        parts: list[Part] = []
        if was:
            parts += [Section(_tr("Trả lời cho")), *map(self._link, was)]
        if said:
            parts += [Section(_tr("Đã được trả lời bằng")), *map(self._link, said)]
        if row.waiting:
            parts += [Section(_tr("Còn chờ")), Words(", ".join(row.waiting))]
        if record.closed_on is not None:
            since = text_of(record.closed_on)
            parts.append(Words(_tr("Thôi chờ từ {}: {}").format(since, record.closed_ground)))
        if not parts:
            parts.append(Words(_tr("Chưa có trả lời."), "muted"))
        if row.is_outstanding:
            parts.append(Buttons(self._buttons(row)))
        return parts

    def _link(self, one: tuple[str, UUID]) -> Links:
        words, id_ = one
        return Links([(words, partial(self._office.go, "exchange", id_))])

    def _buttons(self, row: ExchangeRow) -> tuple[Button, ...]:
        does = partial(self._does, "answer")
        return (
            Button(_tr("Ghi trả lời …"), does, "primary" if row.is_owed else "plain"),
            Button(_tr("Thôi chờ …"), partial(self._does, "close_waiting")),
        )


def _tr(words: str) -> str:
    return QCoreApplication.translate("ExchangeDetail", words)
