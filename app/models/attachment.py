"""Files that belong to a record: the signed Word file, the evidence of a result."""

from typing import ClassVar
from uuid import UUID

from app.models.record import Draft, Record
from app.models.trait import Input, field


class AttachmentDraft(Draft):
    """A file by its content's hash; the bytes lie in `blobs/`."""

    family: str = field("Họ bản ghi", required=True, input=Input.NONE, max_length=40)
    family_id: UUID = field("Mã họ", required=True, input=Input.NONE)
    owner_kind: str = field("Loại bản ghi", required=True, input=Input.NONE, max_length=40)
    owner_id: UUID = field("Bản ghi", required=True, input=Input.NONE)
    name: str = field("Tên tệp", required=True, max_length=255)
    sha256: str = field("Mã băm", required=True, input=Input.NONE, min_length=64, max_length=64)
    size: int = field("Cỡ tệp (byte)", required=True, input=Input.NONE, ge=0)
    note: str | None = field("Ghi chú", default=None, max_length=400)


class Attachment(AttachmentDraft, Record, table=True):
    """A file's name and hash; replaced content is another hash, never an overwrite."""

    ENTITY: ClassVar[str] = "attachment"
    IS_CARRIED = True
