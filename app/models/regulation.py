"""Coordination regulations: the instrument, its parties, basis, relations and provisions."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import model_validator

from app.models.document_number import number_key
from app.models.handling import SECRECY
from app.models.record import Draft, FieldFault, Record, derived_id
from app.models.states import RegulationState
from app.models.trait import Input, Strategy, field
from app.text import date_words
from app.words import marked, told

REGULATION_FORMS: Mapping[str, str] = marked(
    {
        "regulation": "Quy chế phối hợp",
        "decision": "Quyết định ban hành quy chế",
        "programme": "Chương trình phối hợp",
        "plan": "Kế hoạch phối hợp",
        "joint_circular": "Thông tư liên tịch",
        "joint_resolution": "Nghị quyết liên tịch",
        "circular": "Thông tư",
        "decree": "Nghị định",
        "agreement": "Thỏa thuận, biên bản phối hợp",
        "other": "Văn bản phối hợp khác",
    }
)
STANDINGS: Mapping[str, str] = {
    "draft": RegulationState.DRAFT,
    "in_force": RegulationState.IN_FORCE,
    "repealed": RegulationState.REPEALED,
    "ended": RegulationState.ENDED,
}
ROLES: Mapping[str, str] = marked(
    {
        "lead": "Chủ trì",
        "coordinating": "Phối hợp",
        "standing": "Thường trực",
        "focal": "Đầu mối",
    }
)
RELATION_KINDS: Mapping[str, str] = marked(
    {
        "replaces": "Thay thế",
        "replaces_partly": "Thay thế một phần",
        "amends": "Sửa đổi, bổ sung",
        "repeals": "Bãi bỏ",
        "inherits": "Kế thừa",
        "guides": "Hướng dẫn",
    }
)
PROVISION_KINDS: Mapping[str, str] = marked(
    {
        "part": "Phần",
        "chapter": "Chương",
        "section": "Mục",
        "article": "Điều",
        "clause": "Khoản",
        "point": "Điểm",
        "appendix": "Phụ lục",
    }
)


class RegulationDraft(Draft):
    """A regulation as a clerk enters it."""

    form: str = field(
        "Loại văn bản",
        input=Input.CHOICE,
        words=REGULATION_FORMS,
        default="regulation",
        required=True,
    )
    number: str | None = field(
        "Số, ký hiệu",
        default=None,
        max_length=120,
        hint="Giữ như trên văn bản; dự thảo có thể để trống",
    )
    abstract: str = field("Trích yếu", input=Input.LONG, required=True, max_length=2000)
    field_of_work: str | None = field("Lĩnh vực", default=None, max_length=200)
    place: str | None = field("Địa danh", default=None, max_length=120)
    signed_on: date | None = field("Ngày ký", input=Input.DATE, default=None)
    effective_on: date | None = field("Ngày hiệu lực", input=Input.DATE, default=None)
    standing: str = field(
        "Tình trạng", input=Input.CHOICE, words=STANDINGS, group="validity", default="in_force"
    )
    expires_on: date | None = field(
        "Hết thời hạn", input=Input.DATE, group="validity", default=None
    )
    ended_on: date | None = field(
        "Chấm dứt hiệu lực từ", input=Input.DATE, group="validity", default=None
    )
    end_ground: str | None = field(
        "Căn cứ chấm dứt", group="validity", default=None, max_length=400
    )
    standing_unit: str | None = field("Đơn vị thường trực", default=None, max_length=300)
    focal_unit: str | None = field("Đầu mối", default=None, max_length=300)
    signers: str | None = field(
        "Chức vụ người ký", input=Input.LONG, default=None, hint="Chỉ ghi chức vụ, không ghi họ tên"
    )
    review_every: int | None = field(
        "Chu kỳ sơ kết (tháng)", input=Input.NUMBER, default=None, ge=1, le=240
    )
    review_month: int | None = field(
        "Sơ kết vào tháng", input=Input.NUMBER, default=None, ge=1, le=12
    )
    secrecy: str = field("Độ mật", input=Input.CHOICE, words=SECRECY, default="none")
    stored_at: str | None = field("Nơi lưu bản giấy", default=None, max_length=300)
    note: str | None = field("Ghi chú", input=Input.LONG, default=None)

    @model_validator(mode="after")
    def _dates_follow(self) -> "RegulationDraft":
        signed = self.signed_on
        if signed and self.effective_on and self.effective_on < signed:
            raise FieldFault(
                "effective_on",
                told(
                    "Ngày hiệu lực sớm hơn ngày ký {signed}. Nhập lại, ví dụ {signed}.",
                    signed=date_words(signed),
                ),
            )
        for name, day in (("expires_on", self.expires_on), ("ended_on", self.ended_on)):
            if signed and day and day < signed:
                raise FieldFault(
                    name,
                    told("Ngày này sớm hơn ngày ký {signed}. Nhập lại.", signed=date_words(signed)),
                )
        return self

    @model_validator(mode="after")
    def _signed_unless_draft(self) -> "RegulationDraft":
        if self.standing == "draft":
            return self
        if not self.number:
            raise FieldFault(
                "number", "Chưa nhập số, ký hiệu. Văn bản chưa có số thì chọn Dự thảo."
            )
        if self.signed_on is None:
            raise FieldFault("signed_on", "Chưa nhập ngày ký. Văn bản chưa ký thì chọn Dự thảo.")
        return self


class Regulation(RegulationDraft, Record, table=True):
    """A coordinating instrument in any legal shape."""

    ENTITY: ClassVar[str] = "regulation"

    number_key: str = field(strategy=Strategy.DERIVED, default="", input=Input.NONE, index=True)

    @classmethod
    def derive(cls, number: str) -> dict[str, str]:
        """Compute what is never journaled."""
        return {"number_key": number_key(number)}

    def called(self) -> str:
        """How a clerk refers to it: its number, or what stands for one in a draft."""
        return self.number or "(dự thảo chưa có số)"


class OfRegulation(Record):
    """A record that belongs to a regulation's family and travels with it."""

    FAMILY = (("regulation_id", "regulation"),)


class PartyDraft(Draft):
    """A body bound by a regulation, and in which role."""

    regulation_id: UUID = field("Quy chế", input=Input.RECORD, refers="regulation", required=True)
    agency_id: UUID = field("Cơ quan", input=Input.RECORD, refers="agency", required=True)
    role: str = field(
        "Vai trò", input=Input.CHOICE, words=ROLES, default="coordinating", required=True
    )
    name_as_signed: str | None = field("Tên khi ký", default=None, max_length=300)


class Party(PartyDraft, OfRegulation, table=True):
    """One party; its id is derived, so that two offices adding the same party agree."""

    ENTITY: ClassVar[str] = "party"

    @staticmethod
    def id_for(regulation_id: UUID, agency_id: UUID, role: str) -> UUID:
        """The id that every office gives this party."""
        return derived_id("party", regulation_id, agency_id, role)


class LegalBasisDraft(Draft):
    """A document that a regulation rests upon."""

    regulation_id: UUID = field("Quy chế", input=Input.RECORD, refers="regulation", required=True)
    document_id: UUID = field(
        "Văn bản căn cứ", input=Input.RECORD, refers="legal_document", required=True
    )
    position: str = field(strategy=Strategy.ORDER, input=Input.NONE, default="")
    note: str | None = field("Ghi chú", default=None, max_length=400)


class LegalBasis(LegalBasisDraft, OfRegulation, table=True):
    """One line of the basis."""

    __tablename__ = "legal_basis"
    ENTITY: ClassVar[str] = "legal_basis"

    @staticmethod
    def id_for(regulation_id: UUID, document_id: UUID) -> UUID:
        """The id that every office gives this line."""
        return derived_id("legal_basis", regulation_id, document_id)


class RelationDraft(Draft):
    """What a newer regulation does to an older one."""

    regulation_id: UUID = field(
        "Quy chế mới", input=Input.RECORD, refers="regulation", required=True
    )
    older_id: UUID = field("Quy chế cũ", input=Input.RECORD, refers="regulation", required=True)
    kind: str = field(
        "Quan hệ", input=Input.CHOICE, words=RELATION_KINDS, default="replaces", required=True
    )
    effective_on: date | None = field("Kể từ ngày", input=Input.DATE, default=None)
    articles: str | None = field("Các điều liên quan", default=None, max_length=400)
    note: str | None = field("Ghi chú", default=None, max_length=400)

    @model_validator(mode="after")
    def _is_another(self) -> "RelationDraft":
        if self.regulation_id == self.older_id:
            raise FieldFault("older_id", "Một quy chế không thể thay thế chính nó.")
        return self


class Relation(RelationDraft, OfRegulation, table=True):
    """A link of the replacement chain; it travels with the newer regulation."""

    ENTITY: ClassVar[str] = "relation"

    @staticmethod
    def id_for(regulation_id: UUID, older_id: UUID, kind: str) -> UUID:
        """The id that every office gives this link."""
        return derived_id("relation", regulation_id, older_id, kind)


class ProvisionDraft(Draft):
    """A piece of a regulation's text."""

    regulation_id: UUID = field("Quy chế", input=Input.RECORD, refers="regulation", required=True)
    parent_id: UUID | None = field("Thuộc", input=Input.RECORD, refers="provision", default=None)
    kind: str = field("Cấp", input=Input.CHOICE, words=PROVISION_KINDS, required=True)
    number: str = field("Số", default="", max_length=20)
    heading: str | None = field("Tiêu đề", default=None, max_length=1000)
    text: str | None = field("Nội dung", input=Input.LONG, default=None)
    position: str = field(strategy=Strategy.ORDER, input=Input.NONE, default="")


class Provision(ProvisionDraft, OfRegulation, table=True):
    """A chapter, section, article, clause or point, in a tree by `parent_id`."""

    ENTITY: ClassVar[str] = "provision"

    def called(self) -> str:
        """How it is cited on its own: `Điều 9`, `khoản 2`, `điểm b`."""
        word = PROVISION_KINDS.get(self.kind, self.kind)
        word = word if self.kind in ("part", "chapter", "section", "article") else word.lower()
        return f"{word} {self.number}".strip()
