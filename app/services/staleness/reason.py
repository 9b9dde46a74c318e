"""One reason to look at a regulation again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.words import marked, told

REASONS: Mapping[str, str] = marked(
    {
        "term": "Thời hạn",
        "basis": "Căn cứ hết hiệu lực",
        "party_ended": "Bên tham gia đã kết thúc",
        "function_moved": "Chức năng đã chuyển",
        "party_renamed": "Bên tham gia đổi tên",
        "unmarked": "Bị thay thế mà chưa ghi",
        "provincial_deadline": "Hạn sửa văn bản cấp tỉnh",
        "district": "Nêu cơ quan cấp huyện",
        "review": "Quá chu kỳ sơ kết",
        "obligations": "Nghĩa vụ chưa từng thực hiện",
        "findings": "Tồn tại, kiến nghị chưa giải quyết",
        "siblings": "Trùng bên và lĩnh vực",
    }
)
"""Each kind of reason with its heading; the gravest first."""


@dataclass(frozen=True)
class Reason:
    """Why a regulation needs attention.

    `evidence` is a sentence, `step` what to do next, `refs` the records that show it, as (kind,
    id). `by` is the day until which the step is to be taken, where there is one.
    """

    regulation_id: UUID
    kind: str
    evidence: str
    step: str
    refs: tuple[tuple[str, UUID], ...] = ()
    by: date | None = None

    @property
    def heading(self) -> str:
        """The kind in words."""
        return told(REASONS[self.kind])
