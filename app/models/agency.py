"""Public bodies: identity with a validity interval, names over time, succession."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import model_validator

from app.models.record import Draft, FieldFault, Record
from app.models.trait import Input, field
from app.text import date_words
from app.words import marked, told

AGENCY_KINDS: Mapping[str, str] = marked(
    {
        "police": "Công an",
        "committee": "Ủy ban nhân dân, Hội đồng nhân dân",
        "department": "Sở, ban, ngành",
        "front": "Mặt trận, đoàn thể",
        "military": "Quân đội, biên phòng",
        "party": "Cơ quan Đảng",
        "judicial": "Tòa án, Viện kiểm sát, Thi hành án",
        "central": "Cơ quan trung ương",
        "commune": "Cấp xã",
        "district": "Cấp huyện (đã kết thúc)",
        "other": "Khác",
    }
)
SUCCESSION_KINDS: Mapping[str, str] = marked(
    {
        "rename": "Đổi tên",
        "merge": "Hợp nhất, sáp nhập",
        "split": "Chia, tách",
        "transfer": "Chuyển một chức năng",
    }
)


class AgencyDraft(Draft):
    """A body as a clerk enters it; the name is the one it bears now."""

    name: str = field("Tên cơ quan", required=True, max_length=300)
    short_name: str | None = field("Tên viết gọn", default=None, max_length=120)
    code: str | None = field("Chữ viết tắt", default=None, max_length=40, hint="Ví dụ: SYT")
    kind: str = field("Khối", input=Input.CHOICE, words=AGENCY_KINDS, default="department")
    superior_id: UUID | None = field(
        "Cơ quan cấp trên", input=Input.RECORD, refers="agency", default=None
    )
    place: str | None = field("Địa danh", default=None, max_length=120)
    focal: str | None = field("Đầu mối liên hệ", default=None, max_length=300)
    valid_from: date | None = field("Hoạt động từ", input=Input.DATE, default=None)
    valid_to: date | None = field("Kết thúc hoạt động", input=Input.DATE, default=None)
    ground: str | None = field("Căn cứ thành lập, kết thúc", default=None, max_length=400)
    note: str | None = field("Ghi chú", input=Input.LONG, default=None)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "AgencyDraft":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise FieldFault(
                "valid_to",
                told(
                    "Ngày kết thúc sớm hơn ngày hoạt động {valid_from}.",
                    valid_from=date_words(self.valid_from),
                ),
            )
        return self


class Agency(AgencyDraft, Record, table=True):
    """A public body. A new body may bear an old name and still be another body."""

    ENTITY: ClassVar[str] = "agency"

    def called(self) -> str:
        """The name that fits a table cell."""
        return self.short_name or self.name


class AgencyNameDraft(Draft):
    """A name that a body bore before."""

    agency_id: UUID = field("Cơ quan", input=Input.RECORD, refers="agency", required=True)
    name: str = field("Tên cơ quan", required=True, max_length=300)
    short_name: str | None = field("Tên viết gọn", default=None, max_length=120)
    valid_from: date | None = field("Dùng từ", input=Input.DATE, default=None)
    valid_to: date | None = field("Dùng đến", input=Input.DATE, default=None)


class AgencyName(AgencyNameDraft, Record, table=True):
    """A former name; documents keep the name that they were signed under."""

    __tablename__ = "agency_name"
    ENTITY: ClassVar[str] = "agency_name"
    FAMILY = (("agency_id", "agency"),)


class AgencySuccessionDraft(Draft):
    """What became of a body, or of one of its functions."""

    agency_id: UUID = field("Cơ quan cũ", input=Input.RECORD, refers="agency", required=True)
    successor_id: UUID = field(
        "Cơ quan kế thừa", input=Input.RECORD, refers="agency", required=True
    )
    kind: str = field(
        "Hình thức", input=Input.CHOICE, words=SUCCESSION_KINDS, default="merge", required=True
    )
    function: str | None = field("Chức năng chuyển", default=None, max_length=400)
    decision: str | None = field("Quyết định", default=None, max_length=200)
    decided_on: date | None = field("Ngày quyết định", input=Input.DATE, default=None)
    effective_on: date | None = field("Có hiệu lực từ", input=Input.DATE, default=None)

    @model_validator(mode="after")
    def _is_another_body(self) -> "AgencySuccessionDraft":
        if self.agency_id == self.successor_id:
            raise FieldFault("successor_id", "Cơ quan kế thừa phải khác cơ quan cũ.")
        return self


class AgencySuccession(AgencySuccessionDraft, Record, table=True):
    """A succession link; the decision's date and the day of operation may differ."""

    __tablename__ = "agency_succession"
    ENTITY: ClassVar[str] = "agency_succession"
    FAMILY = (("agency_id", "agency"),)  # it travels with the body that it leads away from
