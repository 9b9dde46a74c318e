"""Clerks: who is writing, by position; no person's name is asked for."""

from typing import ClassVar

from app.models.record import Draft, Record
from app.models.trait import Input, field


class ClerkDraft(Draft):
    """A clerk as entered: the position says who answers for a change."""

    position: str = field(
        "Chức danh", required=True, max_length=200, hint="Ví dụ: Chuyên viên Phòng Tham mưu"
    )
    unit: str | None = field("Đơn vị", default=None, max_length=200)
    is_active: bool = field("Đang làm việc", input=Input.YES_NO, default=True)
    note: str | None = field("Ghi chú", input=Input.LONG, default=None)


class Clerk(ClerkDraft, Record, table=True):
    """A clerk of this office."""

    ENTITY: ClassVar[str] = "clerk"
