"""Legal documents that regulations rest upon."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import model_validator

from app.models.document_number import number_key
from app.models.handling import SECRECY
from app.models.record import Draft, FieldFault, Record
from app.models.states import DocumentState
from app.models.trait import Input, Strategy, field
from app.text import date_words
from app.words import marked, told

DOCUMENT_KINDS: Mapping[str, str] = marked(
    {
        "constitution": "Hiến pháp",
        "law": "Luật, bộ luật",
        "ordinance": "Pháp lệnh",
        "resolution": "Nghị quyết",
        "decree": "Nghị định",
        "decision": "Quyết định",
        "directive": "Chỉ thị",
        "circular": "Thông tư",
        "joint_circular": "Thông tư liên tịch",
        "joint_resolution": "Nghị quyết liên tịch",
        "regulation": "Quy chế, quy định",
        "plan": "Kế hoạch, chương trình, đề án",
        "guidance": "Hướng dẫn",
        "conclusion": "Kết luận",
        "other": "Văn bản khác",
    }
)
DOCUMENT_STANDINGS: Mapping[str, str] = {
    "in_force": DocumentState.IN_FORCE,
    "expired": DocumentState.EXPIRED,
    "replaced": DocumentState.REPLACED,
    "repealed": DocumentState.REPEALED,
}


class LegalDocumentDraft(Draft):
    """A legal document as a clerk enters it."""

    kind: str = field("Loại văn bản", input=Input.CHOICE, words=DOCUMENT_KINDS, default="other")
    number: str = field("Số, ký hiệu", required=True, max_length=120)
    abstract: str | None = field("Trích yếu", input=Input.LONG, default=None)
    issuer: str | None = field("Cơ quan ban hành", default=None, max_length=300)
    issued_on: date | None = field("Ngày ban hành", input=Input.DATE, default=None)
    effective_on: date | None = field("Ngày hiệu lực", input=Input.DATE, default=None)
    standing: str = field(
        "Tình trạng",
        input=Input.CHOICE,
        words=DOCUMENT_STANDINGS,
        group="validity",
        default="in_force",
    )
    expires_on: date | None = field(
        "Hết hiệu lực từ", input=Input.DATE, group="validity", default=None
    )
    replaced_by_id: UUID | None = field(
        "Được thay bằng",
        input=Input.RECORD,
        refers="legal_document",
        group="validity",
        default=None,
    )
    secrecy: str = field("Độ mật", input=Input.CHOICE, words=SECRECY, default="none")
    stored_at: str | None = field("Nơi lưu bản giấy", default=None, max_length=300)
    note: str | None = field("Ghi chú", input=Input.LONG, default=None)

    @model_validator(mode="after")
    def _ends_after_issue(self) -> "LegalDocumentDraft":
        if self.issued_on and self.expires_on and self.expires_on < self.issued_on:
            raise FieldFault(
                "expires_on",
                told(
                    "Ngày hết hiệu lực sớm hơn ngày ban hành {issued_on}.",
                    issued_on=date_words(self.issued_on),
                ),
            )
        return self


class LegalDocument(LegalDocumentDraft, Record, table=True):
    """A legal document. `number_key` finds it however its number was typed."""

    __tablename__ = "legal_document"
    ENTITY: ClassVar[str] = "legal_document"

    number_key: str = field(strategy=Strategy.DERIVED, default="", input=Input.NONE, index=True)

    @classmethod
    def derive(cls, number: str) -> dict[str, str]:
        """Compute what is never journaled."""
        return {"number_key": number_key(number)}
