"""Reviews: the review, each body's input, findings, figures, conclusions."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import model_validator

from app.models.column_types import IdSet
from app.models.obligation import CONTENT_AREAS
from app.models.record import Draft, FieldFault, Record, derived_id
from app.models.trait import Input, Strategy, field
from app.text import date_words
from app.words import marked, told

REVIEW_KINDS: Mapping[str, str] = marked({"interim": "Sơ kết", "final": "Tổng kết"})


class ReviewStep(StrEnum):
    """How far a review has come, in this order; `REVIEW_STEPS` has the words."""

    PLANNING = "planning"
    COLLECTING = "collecting"
    COMPILING = "compiling"
    CONCLUDING = "concluding"
    PACKAGED = "packaged"


REVIEW_STEPS: Mapping[str, str] = marked(
    {
        ReviewStep.PLANNING.value: "Kế hoạch",
        ReviewStep.COLLECTING.value: "Thu báo cáo",
        ReviewStep.COMPILING.value: "Tổng hợp",
        ReviewStep.CONCLUDING.value: "Kết luận",
        ReviewStep.PACKAGED.value: "Bộ tài liệu",
    }
)
UNDER_WAY = frozenset(ReviewStep) - {ReviewStep.PACKAGED}
"""The steps of a review that is still being prepared."""
FINDING_KINDS: Mapping[str, str] = marked(
    {
        "result": "Kết quả",
        "strength": "Ưu điểm",
        "shortcoming": "Tồn tại, hạn chế",
        "objective_cause": "Nguyên nhân khách quan",
        "subjective_cause": "Nguyên nhân chủ quan",
        "lesson": "Bài học kinh nghiệm",
        "direction": "Phương hướng, nhiệm vụ",
        "proposal": "Kiến nghị, đề xuất",
    }
)
FINDING_ORIGINS: Mapping[str, str] = marked(
    {
        "report": "Báo cáo",
        "speech": "Tham luận",
        "conclusion": "Kết luận",
    }
)
QUALIFIERS: Mapping[str, str] = marked({"exact": "Chính xác", "nearly": "Gần", "over": "Trên"})


class ReviewDraft(Draft):
    """A review as a clerk enters it. The period need not be a calendar year."""

    title: str = field("Tên hội nghị", required=True, max_length=400)
    kind: str = field(
        "Loại", input=Input.CHOICE, words=REVIEW_KINDS, default="interim", required=True
    )
    period_from: date = field("Kỳ từ ngày", input=Input.DATE, required=True)
    period_to: date = field("Kỳ đến ngày", input=Input.DATE, required=True)
    held_on: date | None = field("Ngày họp", input=Input.DATE, default=None)
    place: str | None = field("Địa danh", default=None, max_length=200)
    host_id: UUID = field("Cơ quan chủ trì", input=Input.RECORD, refers="agency", required=True)
    regulations: tuple[UUID, ...] = field(
        "Quy chế được sơ kết",
        input=Input.RECORDS,
        refers="regulation",
        strategy=Strategy.SET,
        default=(),
        sa_type=IdSet,
    )
    participants: tuple[UUID, ...] = field(
        "Cơ quan tham gia",
        input=Input.RECORDS,
        refers="agency",
        strategy=Strategy.SET,
        default=(),
        sa_type=IdSet,
    )
    inputs_due_on: date | None = field("Hạn gửi báo cáo", input=Input.DATE, default=None)
    step: str = field(
        "Bước", input=Input.CHOICE, words=REVIEW_STEPS, default=ReviewStep.PLANNING.value
    )
    report_number: str | None = field("Số báo cáo", default=None, max_length=120)
    report_on: date | None = field("Ngày báo cáo", input=Input.DATE, default=None)
    opening: str | None = field("Mở đầu, căn cứ", input=Input.LONG, default=None)
    situation: str | None = field("Đặc điểm tình hình, chỉ đạo", input=Input.LONG, default=None)
    signer_position: str | None = field(
        "Chức vụ người ký", default=None, max_length=200, hint="Ví dụ: GIÁM ĐỐC"
    )
    signer_authority: str | None = field(
        "Thẩm quyền ký",
        default=None,
        max_length=200,
        hint="Ví dụ: KT. GIÁM ĐỐC; TM. ỦY BAN NHÂN DÂN",
    )
    recipients: str | None = field("Nơi nhận", input=Input.LONG, default=None)
    note: str | None = field("Ghi chú", input=Input.LONG, default=None)

    @model_validator(mode="after")
    def _period_runs_forward(self) -> "ReviewDraft":
        if self.period_to < self.period_from:
            raise FieldFault(
                "period_to",
                told(
                    "Ngày cuối kỳ sớm hơn ngày đầu kỳ {period_from}.",
                    period_from=date_words(self.period_from),
                ),
            )
        return self


class Review(ReviewDraft, Record, table=True):
    """A review review over one or many regulations."""

    ENTITY: ClassVar[str] = "review"


class ReviewInputDraft(Draft):
    """What one body reported to one review, on one regulation or on all of them."""

    review_id: UUID = field("Hội nghị", input=Input.RECORD, refers="review", required=True)
    agency_id: UUID = field("Cơ quan báo cáo", input=Input.RECORD, refers="agency", required=True)
    regulation_id: UUID | None = field(
        "Quy chế", input=Input.RECORD, refers="regulation", default=None
    )
    number: str | None = field("Số báo cáo", default=None, max_length=120)
    received_on: date | None = field("Ngày nhận", input=Input.DATE, default=None)
    summary: str | None = field("Tóm tắt", input=Input.LONG, default=None)
    note: str | None = field("Ghi chú", input=Input.LONG, default=None)


class ReviewInput(ReviewInputDraft, Record, table=True):
    """A body's report to a review; a family of its own, shown to the hub alone at first."""

    __tablename__ = "review_input"
    ENTITY: ClassVar[str] = "review_input"

    @staticmethod
    def id_for(review_id: UUID, agency_id: UUID, regulation_id: UUID | None) -> UUID:
        """The id that every office gives this input."""
        return derived_id("review_input", review_id, agency_id, regulation_id or "")


class OfReview(Record):
    """A finding or figure: it travels with the input it came in, else with its review."""

    FAMILY = (("input_id", "review_input"), ("review_id", "review"))


class ReviewFigureDraft(Draft):
    """One figure of one body's report: an indicator and its value as reported."""

    review_id: UUID = field("Hội nghị", input=Input.RECORD, refers="review", required=True)
    input_id: UUID | None = field(
        "Báo cáo", input=Input.RECORD, refers="review_input", default=None
    )
    agency_id: UUID = field("Cơ quan", input=Input.RECORD, refers="agency", required=True)
    indicator: str = field("Chỉ tiêu", required=True, max_length=80)
    value: str = field(
        "Giá trị", required=True, max_length=40, hint="Số thập phân, dấu chấm nghìn, dấu phẩy lẻ"
    )
    qualifier: str = field("Mức", input=Input.CHOICE, words=QUALIFIERS, default="exact")
    note: str | None = field("Ghi chú", default=None, max_length=400)


class ReviewFigure(ReviewFigureDraft, OfReview, table=True):
    """A reported figure; `value` is canonical decimal text (`36720`, `61.475`)."""

    __tablename__ = "review_figure"
    ENTITY: ClassVar[str] = "review_figure"


class FindingDraft(Draft):
    """A result, shortcoming, cause, lesson or proposal."""

    review_id: UUID = field("Hội nghị", input=Input.RECORD, refers="review", required=True)
    input_id: UUID | None = field(
        "Báo cáo", input=Input.RECORD, refers="review_input", default=None
    )
    agency_id: UUID | None = field("Cơ quan", input=Input.RECORD, refers="agency", default=None)
    regulation_id: UUID | None = field(
        "Quy chế", input=Input.RECORD, refers="regulation", default=None
    )
    kind: str = field("Loại", input=Input.CHOICE, words=FINDING_KINDS, required=True)
    area: str = field("Nội dung phối hợp", input=Input.CHOICE, words=CONTENT_AREAS, default="other")
    text: str = field("Nội dung", input=Input.LONG, required=True, max_length=8000)
    origin: str = field("Nguồn", input=Input.CHOICE, words=FINDING_ORIGINS, default="report")
    in_report: bool = field("Đưa vào báo cáo", input=Input.YES_NO, default=True)
    position: str = field(strategy=Strategy.ORDER, input=Input.NONE, default="")


class Finding(FindingDraft, OfReview, table=True):
    """A finding of a review."""

    ENTITY: ClassVar[str] = "finding"


class ConclusionDraft(Draft):
    """One of the review's conclusions: "Một là … Và năm là"."""

    review_id: UUID = field("Hội nghị", input=Input.RECORD, refers="review", required=True)
    ordinal: int = field("Thứ tự", input=Input.NUMBER, default=1, ge=1, le=99)
    text: str = field("Nội dung", input=Input.LONG, required=True, max_length=8000)
    lead_id: UUID | None = field("Chủ trì", input=Input.RECORD, refers="agency", default=None)
    coordinating: tuple[UUID, ...] = field(
        "Phối hợp",
        input=Input.RECORDS,
        refers="agency",
        strategy=Strategy.SET,
        default=(),
        sa_type=IdSet,
    )
    deadline: str | None = field("Thời hạn", default=None, max_length=300)


class Conclusion(ConclusionDraft, Record, table=True):
    """A conclusion; the obligations it gave name it in `conclusion_id`."""

    ENTITY: ClassVar[str] = "conclusion"
    FAMILY = (("review_id", "review"),)
