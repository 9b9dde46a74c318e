"""Who writes in a register, and whether this person on this machine may."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime

from nacl.signing import SigningKey
from sqlalchemy import Connection

from app.errors import KeyUnusable
from app.journal.keys import Keyring
from app.store import facts
from app.words import marked, told

MOVED = marked(
    "khóa của sổ này không có trên máy đang dùng. Nếu máy này thay máy cũ, "
    "vào Cài đặt và chọn “Nhận máy này làm máy ghi sổ”."
)

UNUSABLE = marked(
    "khóa của sổ này trên máy không dùng được: {why} Để ghi tiếp ở đây, vào Cài đặt và chọn "
    "“Nhận máy này làm máy ghi sổ”: sổ được cấp khóa mới, dữ liệu và lịch sử vẫn giữ."
)
KEYLESS = marked(
    "sổ đã được khôi phục nhưng chưa tạo được khóa mới để ghi tiếp, thường vì ổ đĩa đầy hoặc không "
    "ghi được vào thư mục cá nhân. Khắc phục rồi vào Cài đặt và chọn “Nhận máy này làm máy ghi sổ”."
)
_OTHER = marked("khóa không khớp với sổ, có thể tệp khóa bị hỏng.")


@dataclass(frozen=True)
class Identity:
    """The incarnation of a register that writes, and its office. `signer` is there if it may."""

    replica: bytes
    office: bytes
    signer: SigningKey | None
    read_only_reason: str | None


def read(connection: Connection, keyring: Keyring) -> Identity:
    """Who writes here; with a key that is missing or cannot be used the register is only read."""
    replica = bytes.fromhex(facts.get(connection, "replica") or "")
    office = bytes.fromhex(facts.get(connection, "office_id") or "")
    try:
        signer = keyring.unlocked(replica)
    except KeyUnusable as error:
        return Identity(replica, office, None, told(UNUSABLE, why=error.facts["why"]))
    if signer is None:
        return Identity(replica, office, None, MOVED)
    if bytes(signer.verify_key) != _public(connection, replica):
        return Identity(replica, office, None, told(UNUSABLE, why=told(_OTHER)))
    return Identity(replica, office, signer, None)


def _public(connection: Connection, replica: bytes) -> bytes | None:
    found: bytes | None = connection.exec_driver_sql(
        "SELECT public FROM replica WHERE id = ?", (replica,)
    ).scalar()
    return found


def renew(connection: Connection, keyring: Keyring, now: datetime) -> None:
    """Let another incarnation write from now on, with new keys. Raises KeyUnusable."""
    replica, public = keyring.create()
    office = facts.get(connection, "office_id") or os.urandom(16).hex()
    facts.put(connection, "office_id", office)
    facts.put(connection, "replica", replica.hex())
    connection.exec_driver_sql(
        "INSERT INTO replica (id, public, office, created, is_mine) VALUES (?, ?, ?, ?, 1)",
        (replica, public, bytes.fromhex(office), now.isoformat(timespec="seconds")),
    )


def is_nobodys(connection: Connection) -> bool:
    """Whether no writer was ever named: the register is new, or its making was cut short."""
    return facts.get(connection, "replica") is None
