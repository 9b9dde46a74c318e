"""What bodies exchanged (trao đổi thông tin): papers sent and received, calls, meetings."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import model_validator

from app.models.column_types import IdSet
from app.models.handling import SECRECY, URGENCY, is_secret
from app.models.record import Draft, FieldFault, Record
from app.models.trait import Input, Strategy, field
from app.text import date_words
from app.words import marked, told

EXCHANGE_FORMS: Mapping[str, str] = marked(
    {
        "document": "Văn bản",
        "in_person": "Trực tiếp",
        "meeting": "Họp",
        "phone": "Điện thoại",
        "duty_desk": "Trực ban",
    }
)
REQUEST = "request"
REPLY = "reply"
EXCHANGE_KINDS: Mapping[str, str] = marked(
    {
        "information": "Cung cấp thông tin",
        REQUEST: "Đề nghị, yêu cầu",
        REPLY: "Trả lời",
        "report": "Báo cáo",
        "notice": "Thông báo, mời họp",
        "other": "Loại khác",
    }
)


class Direction(StrEnum):
    """Which way something was exchanged, seen from an office."""

    SENT = marked("Đi")
    RECEIVED = marked("Đến")
    OTHERS = marked("Nơi khác")


class ExchangeDraft(Draft):
    """What went from one body to others, as a clerk enters it.

    Nothing says "sent" or "received": that depends on who reads. The office that speaks for the
    sender reads it as sent, an office that speaks for a recipient as received.
    """

    form: str = field(
        "Hình thức", input=Input.CHOICE, words=EXCHANGE_FORMS, required=True, default="document"
    )
    kind: str = field(
        "Loại", input=Input.CHOICE, words=EXCHANGE_KINDS, required=True, default="information"
    )
    number: str | None = field("Số, ký hiệu", default=None, max_length=120)
    dated_on: date = field("Ngày", input=Input.DATE, required=True, hint="Ngày ghi trên văn bản")
    sender_id: UUID = field("Nơi gửi", input=Input.RECORD, refers="agency", required=True)
    recipients: tuple[UUID, ...] = field(
        "Nơi nhận",
        input=Input.RECORDS,
        refers="agency",
        strategy=Strategy.SET,
        required=True,
        sa_type=IdSet,
    )
    abstract: str = field("Trích yếu, nội dung", input=Input.LONG, required=True)
    urgency: str = field("Độ khẩn", input=Input.CHOICE, words=URGENCY, default="thuong")
    signer: str | None = field(
        "Chức vụ người ký", default=None, max_length=200, hint="Chỉ ghi chức vụ, không ghi tên"
    )
    is_valuable: bool = field("Tin có giá trị", input=Input.YES_NO, default=False)
    regulation_id: UUID | None = field(
        "Theo quy chế", input=Input.RECORD, refers="regulation", default=None
    )
    fulfils_id: UUID | None = field(
        "Thực hiện nghĩa vụ", input=Input.RECORD, refers="occurrence", default=None
    )
    reply_due_on: date | None = field("Hạn trả lời", input=Input.DATE, default=None)
    answers_id: UUID | None = field(
        "Trả lời văn bản", input=Input.RECORD, refers="exchange", default=None
    )
    closed_on: date | None = field(
        "Thôi chờ trả lời từ", input=Input.DATE, group="closing", default=None
    )
    closed_ground: str | None = field(
        "Lý do thôi chờ", group="closing", default=None, max_length=400
    )
    secrecy: str = field("Độ mật", input=Input.CHOICE, words=SECRECY, default="none")
    stored_at: str | None = field("Nơi lưu bản giấy", default=None, max_length=300)
    note: str | None = field("Ghi chú", input=Input.LONG, default=None)

    @model_validator(mode="after")
    def _goes_from_one_body_to_others(self) -> "ExchangeDraft":
        if self.sender_id in self.recipients:
            raise FieldFault("recipients", told("Nơi gửi không đồng thời là nơi nhận."))
        return self

    @model_validator(mode="after")
    def _dates_follow(self) -> "ExchangeDraft":
        day = date_words(self.dated_on)
        if self.reply_due_on and self.reply_due_on < self.dated_on:
            why = told("Hạn trả lời sớm hơn ngày {day} của văn bản.", day=day)
            raise FieldFault("reply_due_on", why)
        if self.closed_on and self.closed_on < self.dated_on:
            why = told("Thôi chờ trả lời trước cả ngày {day} của văn bản.", day=day)
            raise FieldFault("closed_on", why)
        if self.closed_on and not self.closed_ground and not is_secret(self.secrecy):
            raise FieldFault("closed_ground", told("Ghi lý do thôi chờ trả lời."))
        return self


class Exchange(ExchangeDraft, Record, table=True):
    """A paper, call or meeting that passed between bodies. It is a family of its own."""

    ENTITY: ClassVar[str] = "exchange"

    @property
    def asks(self) -> bool:
        """Whether its sender waits for an answer."""
        return self.reply_due_on is not None or self.kind == REQUEST


class ExchangeReceiptDraft(Draft):
    """How one recipient registered what it received: each body keeps numbers of its own."""

    exchange_id: UUID = field("Văn bản", input=Input.RECORD, refers="exchange", required=True)
    agency_id: UUID = field("Cơ quan nhận", input=Input.RECORD, refers="agency", required=True)
    number: str | None = field("Số đến", default=None, max_length=60)
    received_on: date | None = field("Ngày đến", input=Input.DATE, default=None)
    handled_by: str | None = field("Đơn vị giải quyết", default=None, max_length=300)


class ExchangeReceipt(ExchangeReceiptDraft, Record, table=True):
    """The line of one recipient's register of incoming papers. Its id follows from both."""

    __tablename__ = "exchange_receipt"
    ENTITY: ClassVar[str] = "exchange_receipt"
    FAMILY = (("exchange_id", "exchange"),)
