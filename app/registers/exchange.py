"""The register of what bodies exchanged: columns, conditions, views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.models import Exchange
from app.models.exchange import EXCHANGE_FORMS, EXCHANGE_KINDS, Direction
from app.models.handling import URGENCY, is_secret
from app.models.reply_state import OUTSTANDING, ReplyState
from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """A line of the register.

    `partners` are the bodies on the other side, `waiting` those whose answer still lacks;
    `is_owed` says that this office is among them.
    """

    id: UUID
    record: Exchange
    direction: Direction
    sender: str
    recipients: tuple[str, ...]
    partners: tuple[str, ...]
    state: ReplyState
    waiting: tuple[str, ...]
    answered_on: date | None
    is_owed: bool
    received_number: str
    received_on: date | None
    handled_by: str
    regulation: str
    asked_on: date

    @property
    def is_secret(self) -> bool:
        """Whether only its reference is kept."""
        return is_secret(self.record.secrecy)

    @property
    def is_outstanding(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state in OUTSTANDING

    @property
    def form(self) -> str:
        """How it went, in words."""
        return EXCHANGE_FORMS.get(self.record.form, self.record.form)

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return EXCHANGE_KINDS.get(self.record.kind, self.record.kind)

    @property
    def urgency(self) -> str:
        """How fast it must be handled, in words."""
        return URGENCY.get(self.record.urgency, self.record.urgency)

    @property
    def day_by_which(self) -> date | None:
        """The day that an answer is waited for; None where none is."""
        return self.record.reply_due_on if self.is_outstanding else None


def is_awaited(row: ExchangeRow) -> bool:
    """Others have yet to answer what this office sent."""
    return row.is_outstanding and row.direction is Direction.SENT


def is_overdue(row: ExchangeRow) -> bool:
    """An answer should have come, or gone, before today."""
    return row.state is ReplyState.OVERDUE


def days_left(row: ExchangeRow) -> int | None:
    """Signed days to the answer that is waited for."""
    by = row.day_by_which
    return None if by is None else (by - row.asked_on).days


def _shown_state(row: ExchangeRow) -> str | None:
    """Most of what is exchanged asks for nothing: saying so in every line hides what does."""
    return None if row.state is ReplyState.NOT_ASKED else str(row.state)


REGISTER: Register[ExchangeRow] = Register(
    key="exchange",
    title=QT_TRANSLATE_NOOP("Register", "Trao đổi thông tin"),
    noun=QT_TRANSLATE_NOOP("Register", "tin, văn bản"),
    columns=(
        Column(
            "direction",
            QT_TRANSLATE_NOOP("Column", "Đi, đến"),
            lambda r: r.direction,
            "muted",
            width=6,
            is_word=True,
        ),
        Column(
            "dated_on",
            QT_TRANSLATE_NOOP("Column", "Ngày"),
            lambda r: r.record.dated_on,
            "date",
            width=10,
        ),
        Column(
            "number",
            QT_TRANSLATE_NOOP("Column", "Số, ký hiệu"),
            lambda r: r.record.number,
            width=14,
        ),
        Column(
            "partner",
            QT_TRANSLATE_NOOP("Column", "Cơ quan"),
            lambda r: ", ".join(r.partners),
            "muted",
            width=13,
        ),
        Column(
            "abstract",
            QT_TRANSLATE_NOOP("Column", "Trích yếu, nội dung"),
            lambda r: r.record.abstract,
            width=0,
        ),
        Column(
            "reply_due_on",
            QT_TRANSLATE_NOOP("Column", "Hạn trả lời"),
            lambda r: r.record.reply_due_on,
            "date",
            width=10,
        ),
        Column(
            "state",
            QT_TRANSLATE_NOOP("Column", "Trả lời"),
            _shown_state,
            "state",
            width=15,
            is_word=True,
        ),
        Column(
            "days_left",
            QT_TRANSLATE_NOOP("Column", "Còn, ngày"),
            days_left,
            "days",
            width=10,
            shown=False,
        ),
        Column(
            "waiting",
            QT_TRANSLATE_NOOP("Column", "Còn chờ"),
            lambda r: ", ".join(r.waiting),
            "muted",
            width=18,
            shown=False,
        ),
        Column(
            "answered_on",
            QT_TRANSLATE_NOOP("Column", "Ngày trả lời"),
            lambda r: r.answered_on,
            "date",
            width=12,
            shown=False,
        ),
        Column(
            "sender",
            QT_TRANSLATE_NOOP("Column", "Nơi gửi"),
            lambda r: r.sender,
            "muted",
            width=18,
            shown=False,
        ),
        Column(
            "recipients",
            QT_TRANSLATE_NOOP("Column", "Nơi nhận"),
            lambda r: ", ".join(r.recipients),
            "muted",
            width=18,
            shown=False,
        ),
        Column(
            "kind",
            QT_TRANSLATE_NOOP("Column", "Loại"),
            lambda r: r.kind,
            "muted",
            width=16,
            is_word=True,
            shown=False,
        ),
        Column(
            "form",
            QT_TRANSLATE_NOOP("Column", "Hình thức"),
            lambda r: r.form,
            "muted",
            width=11,
            is_word=True,
            shown=False,
        ),
        Column(
            "urgency",
            QT_TRANSLATE_NOOP("Column", "Độ khẩn"),
            lambda r: r.urgency,
            "muted",
            width=11,
            is_word=True,
            shown=False,
        ),
        Column(
            "signer",
            QT_TRANSLATE_NOOP("Column", "Chức vụ người ký"),
            lambda r: r.record.signer,
            "muted",
            width=16,
            shown=False,
        ),
        Column(
            "received_number",
            QT_TRANSLATE_NOOP("Column", "Số đến"),
            lambda r: r.received_number,
            width=9,
            shown=False,
        ),
        Column(
            "received_on",
            QT_TRANSLATE_NOOP("Column", "Ngày đến"),
            lambda r: r.received_on,
            "date",
            width=11,
            shown=False,
        ),
        Column(
            "handled_by",
            QT_TRANSLATE_NOOP("Column", "Đơn vị giải quyết"),
            lambda r: r.handled_by,
            "muted",
            width=18,
            shown=False,
        ),
        Column(
            "regulation",
            QT_TRANSLATE_NOOP("Column", "Theo quy chế"),
            lambda r: r.regulation,
            "muted",
            width=18,
            shown=False,
        ),
    ),
    facets=(
        Facet(
            "direction",
            QT_TRANSLATE_NOOP("Facet", "Đi, đến"),
            lambda r: (r.direction,),
            is_word=True,
        ),
        Facet("state", QT_TRANSLATE_NOOP("Facet", "Trả lời"), lambda r: (r.state,), is_word=True),
        Facet("agency", QT_TRANSLATE_NOOP("Facet", "Cơ quan"), lambda r: r.partners),
        Facet(
            "dated", QT_TRANSLATE_NOOP("Facet", "Ngày"), lambda r: r.record.dated_on, is_period=True
        ),
        Facet(
            "due",
            QT_TRANSLATE_NOOP("Facet", "Hạn trả lời"),
            lambda r: r.record.reply_due_on,
            is_period=True,
        ),
        Facet("kind", QT_TRANSLATE_NOOP("Facet", "Loại"), lambda r: (r.kind,), is_word=True),
        Facet("form", QT_TRANSLATE_NOOP("Facet", "Hình thức"), lambda r: (r.form,), is_word=True),
        Facet(
            "urgency", QT_TRANSLATE_NOOP("Facet", "Độ khẩn"), lambda r: (r.urgency,), is_word=True
        ),
        Facet(
            "regulation",
            QT_TRANSLATE_NOOP("Facet", "Theo quy chế"),
            lambda r: (r.regulation,) if r.regulation else (),
        ),
    ),
    views=(
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
        View("awaited", QT_TRANSLATE_NOOP("View", "Chờ trả lời"), is_awaited, counted=True),
        View("owed", QT_TRANSLATE_NOOP("View", "Phải trả lời"), lambda r: r.is_owed, counted=True),
        View("overdue", QT_TRANSLATE_NOOP("View", "Quá hạn trả lời"), is_overdue, counted=True),
        View("sent", QT_TRANSLATE_NOOP("View", "Đi"), lambda r: r.direction is Direction.SENT),
        View(
            "received",
            QT_TRANSLATE_NOOP("View", "Đến"),
            lambda r: r.direction is Direction.RECEIVED,
        ),
        View(
            "valuable",
            QT_TRANSLATE_NOOP("View", "Tin có giá trị"),
            lambda r: r.record.is_valuable,
        ),
    ),
    order="-dated_on",
)
