"""Files that hang on a record: keeping one, listing them, finding their bytes."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlmodel import Session, col

from app.errors import Refused
from app.models import Attachment, Record
from app.models.values import Value
from app.services.any_kind import records, secrecy
from app.store.blobs import Blobs
from app.text import collated
from app.words import told


def attach(
    session: Session,
    blobs: Blobs,
    owner: Record,
    source: Path,
    *,
    name: str = "",
    note: str = "",
) -> Attachment:
    """Keep a copy of *source* and hang it on *owner*, under its own name unless *name* is given.

    Raises Refused for a secret record, which holds its reference alone, or when the very same
    file hangs there already; Unreadable or TargetGone where the bytes cannot be copied.
    """
    secrecy.refuse_file(session, owner)  # before its bytes are copied
    blob = blobs.keep(source)
    if any(item.sha256 == blob.sha256 for item in of_record(session, owner.id)):
        raise Refused(why=told("Tệp {name} đã được đính kèm vào bản ghi này.", name=source.name))
    family, family_id = owner.aggregate()
    values: dict[str, Value] = {
        "family": family,
        "family_id": family_id,
        "owner_kind": owner.ENTITY,
        "owner_id": owner.id,
        "name": name or source.name,
        "sha256": blob.sha256,
        "size": blob.size,
        "note": note or None,
    }
    return records.enter(session, Attachment, values)


def of_record(session: Session, owner_id: UUID) -> list[Attachment]:
    """The files that hang on one record, by name."""
    found = records.live(session, Attachment, col(Attachment.owner_id) == owner_id)
    return sorted(found, key=lambda attachment: collated(attachment.name))


def path_of(session: Session, blobs: Blobs, attachment_id: UUID) -> Path:
    """Where an attachment's bytes lie. Raises NotFound, or Damaged if they are gone or altered."""
    attachment = records.get(session, Attachment, attachment_id)
    return blobs.open(attachment.sha256)
