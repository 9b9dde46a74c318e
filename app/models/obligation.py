"""Obligations: what a body must do, how often, and each due instance of it."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import model_validator

from app.models.column_types import IdSet, RecurrenceText
from app.models.record import Draft, FieldFault, Record, derived_id
from app.models.recurrence import Recurrence, read_phrase
from app.models.trait import Input, Strategy, field
from app.text import date_words
from app.words import marked, told

OBLIGATION_STANDINGS: Mapping[str, str] = marked(
    {
        "active": "Đang thực hiện",
        "paused": "Tạm dừng",
        "cancelled": "Đã hủy",
    }
)
CONTENT_AREAS: Mapping[str, str] = marked(
    {
        "exchange": "Trao đổi thông tin",
        "internal_security": "Bảo vệ an ninh chính trị nội bộ, bí mật nhà nước",
        "movement": "Tuyên truyền, phong trào toàn dân bảo vệ an ninh Tổ quốc",
        "inspection": "Kiểm tra liên ngành",
        "events": "Bảo vệ mục tiêu, sự kiện",
        "complaints": "Giải quyết khiếu nại, tố cáo",
        "training": "Tập huấn, diễn tập",
        "reporting": "Giao ban, báo cáo, sơ kết",
        "other": "Nội dung khác",
    }
)


class ObligationDraft(Draft):
    """An obligation as a clerk enters it."""

    title: str = field("Nghĩa vụ", required=True, max_length=500)
    regulation_id: UUID | None = field(
        "Quy chế", input=Input.RECORD, refers="regulation", default=None
    )
    provision_id: UUID | None = field(
        "Điều khoản", input=Input.RECORD, refers="provision", default=None
    )
    review_id: UUID | None = field("Hội nghị", input=Input.RECORD, refers="review", default=None)
    conclusion_id: UUID | None = field(
        "Kết luận giao", input=Input.RECORD, refers="conclusion", default=None
    )
    area: str = field("Nội dung phối hợp", input=Input.CHOICE, words=CONTENT_AREAS, default="other")
    lead_id: UUID = field("Chủ trì", input=Input.RECORD, refers="agency", required=True)
    coordinating: tuple[UUID, ...] = field(
        "Phối hợp",
        input=Input.RECORDS,
        refers="agency",
        strategy=Strategy.SET,
        default=(),
        sa_type=IdSet,
    )
    receiver: str | None = field("Nơi nhận", default=None, max_length=300)
    product: str | None = field("Sản phẩm", default=None, max_length=300)
    recurrence: Recurrence = field(
        "Thời hạn",
        input=Input.RECURRENCE,
        required=True,
        sa_type=RecurrenceText,
        hint="Ví dụ: hằng quý, chậm nhất ngày 20 tháng cuối quý",
    )
    starts_on: date = field("Tính từ ngày", input=Input.DATE, required=True)
    ends_on: date | None = field("Đến ngày", input=Input.DATE, default=None)
    standing: str = field(
        "Tình trạng",
        input=Input.CHOICE,
        words=OBLIGATION_STANDINGS,
        group="standing",
        default="active",
    )
    standing_from: date | None = field(
        "Kể từ ngày", input=Input.DATE, group="standing", default=None
    )
    standing_ground: str | None = field("Lý do", group="standing", default=None, max_length=400)
    quote: str | None = field("Nguyên văn", input=Input.LONG, default=None)
    note: str | None = field("Ghi chú", input=Input.LONG, default=None)

    @model_validator(mode="before")
    @classmethod
    def _reads_the_phrase(cls, given: object) -> object:
        if isinstance(given, dict):
            rhythm = given.get("recurrence")
            if isinstance(rhythm, str) and rhythm.strip():
                return given | {"recurrence": read_phrase(rhythm)}
            if isinstance(rhythm, dict):
                return given | {"recurrence": Recurrence.from_json(rhythm)}
        return given

    @model_validator(mode="after")
    def _dates_follow(self) -> "ObligationDraft":
        if self.ends_on and self.ends_on < self.starts_on:
            raise FieldFault(
                "ends_on",
                told(
                    "Ngày kết thúc sớm hơn ngày bắt đầu {starts_on}.",
                    starts_on=date_words(self.starts_on),
                ),
            )
        if self.lead_id in self.coordinating:
            raise FieldFault("coordinating", "Cơ quan chủ trì không đồng thời là cơ quan phối hợp.")
        return self


class Obligation(ObligationDraft, Record, table=True):
    """An obligation, one-off or recurring. What family it travels with never changes."""

    ENTITY: ClassVar[str] = "obligation"
    FAMILY = (("regulation_id", "regulation"), ("review_id", "review"))


class OccurrenceDraft(Draft):
    """One due instance as it is touched: extended, completed or cancelled."""

    obligation_id: UUID = field("Nghĩa vụ", input=Input.RECORD, refers="obligation", required=True)
    regulation_id: UUID | None = field(
        "Quy chế", input=Input.RECORD, refers="regulation", default=None
    )
    review_id: UUID | None = field("Hội nghị", input=Input.RECORD, refers="review", default=None)
    period: str = field("Kỳ", required=True, max_length=60)
    due_on: date | None = field("Thời hạn gốc", input=Input.DATE, default=None)
    event_on: date | None = field("Ngày xảy ra sự kiện", input=Input.DATE, default=None)
    event: str | None = field("Sự kiện", default=None, max_length=400)
    extended_to: date | None = field(
        "Gia hạn đến", input=Input.DATE, group="extension", default=None
    )
    extension_ground: str | None = field(
        "Lý do gia hạn", group="extension", default=None, max_length=400
    )
    completed_on: date | None = field("Ngày hoàn thành", input=Input.DATE, default=None)
    result: str | None = field("Kết quả", input=Input.LONG, default=None)
    evidence: str | None = field(
        "Văn bản chứng minh", default=None, max_length=400, hint="Số, ký hiệu, ngày của báo cáo"
    )
    cancelled_on: date | None = field(
        "Ngày hủy", input=Input.DATE, group="cancellation", default=None
    )
    cancel_ground: str | None = field(
        "Lý do hủy", group="cancellation", default=None, max_length=400
    )
    note: str | None = field("Ghi chú", input=Input.LONG, default=None)

    @model_validator(mode="after")
    def _extension_is_later_and_grounded(self) -> "OccurrenceDraft":
        if self.extended_to is None:
            return self
        if not self.extension_ground:
            raise FieldFault("extension_ground", "Gia hạn phải ghi lý do.")
        if self.due_on and self.extended_to <= self.due_on:
            raise FieldFault(
                "extended_to",
                told(
                    "Ngày gia hạn phải sau thời hạn gốc {due_on}.", due_on=date_words(self.due_on)
                ),
            )
        return self


class Occurrence(OccurrenceDraft, Record, table=True):
    """A due instance somebody has touched; the untouched ones have no row.

    The id is derived from the obligation and the period, so that two offices touching
    the same instance touch the same record.
    """

    ENTITY: ClassVar[str] = "occurrence"
    FAMILY = (*Obligation.FAMILY, ("obligation_id", "obligation"))

    @staticmethod
    def id_for(obligation_id: UUID, period: str) -> UUID:
        """The id that every office gives this instance."""
        return derived_id("occurrence", obligation_id, period)
