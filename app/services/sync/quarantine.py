"""Change sets set aside at the door: kept, shown, let in or left out by a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection
from sqlmodel import Session

from app import moments
from app.errors import Refused
from app.journal import apply as applying
from app.journal import log, secret
from app.journal.change_set import ChangeSet, decode
from app.journal.raw import raw
from app.kinds import word_of
from app.store import Store, searching
from app.store.upgrade import CURRENT
from app.sync import families, shape
from app.sync.judging import REASONS
from app.sync.roster import UNREADABLE
from app.words import kept, told

LEFT_OUT, LET_IN = "left_out", "let_in"
NEVER = ("unreadable", "too_big", "bad_signature", "wrong_family", "number_jump", "secret")
"""Reasons that no person can overrule: nobody knows who wrote it or what it says, or it would
spoil the order of everything written after it, or say what stands in a secret paper.
"""


@dataclass(frozen=True)
class Quarantined:
    """One change set at the door."""

    id: bytes
    reason: str
    words: str
    at: str
    label: str
    clerk: str
    written: datetime | None
    kinds: str
    family: str
    family_id: UUID | None
    verdict: str
    office: bytes = b""

    @property
    def may_enter(self) -> bool:
        """Whether a person can let it in."""
        return self.reason not in NEVER and not self.verdict


def count(session: Session) -> int:
    """How many wait for a decision."""
    row = (
        raw(session.connection())
        .execute("SELECT count(*) FROM quarantine WHERE verdict = ''")
        .fetchone()
    )
    return int(row[0])


def listing(session: Session) -> list[Quarantined]:
    """Everything ever set aside, those that wait first."""
    rows = raw(session.connection()).execute(
        "SELECT id, body, reason, at, verdict FROM quarantine ORDER BY verdict <> '', at DESC"
    )
    hidden = secret.papers(session.connection())
    return [_discreet(_line(*row), hidden) for row in rows]


def let_in(store: Store, ids: list[bytes]) -> int:
    """Apply change sets that were set aside. Raises Refused for one that never may."""
    with store.exchanging() as connection:
        done: list[tuple[bytes, ChangeSet]] = []
        for set_id in ids:
            row = (
                raw(connection)
                .execute(
                    "SELECT body, sig, reason FROM quarantine WHERE id = ? AND verdict = ''",
                    (set_id,),
                )
                .fetchone()
            )
            if row is None or row[2] in NEVER:
                raise Refused(why="Thay đổi này không nhận vào sổ được; chỉ có thể để lại.")
            body, sig, _ = row
            read = decode(body)
            if read.family_id in families.secret(connection):
                raise Refused(why="Văn bản này mang độ mật ở đây: nội dung không nhận vào sổ.")
            if not _is_known(connection, read):
                raise Refused(why="Chưa biết máy nào viết thay đổi này nên chưa nhận được.")
            state = log.APPLIED if shape.is_understood(read, CURRENT) else log.HELD
            # Taken in a second time, what it wrote would stand again though it was superseded.
            is_new = not log.present(connection, [set_id])
            log.store_change_sets(connection, [(set_id, body, sig, read)], state)
            if state == log.APPLIED and is_new:
                done.append((set_id, read))
            _say(connection, set_id, LET_IN)
        shown = applying.apply(connection, done).records
        searching.index_all(connection, shown)
    store.announce(kept("Nhận thay đổi bị giữ lại"))
    return len(ids)


def leave_out(store: Store, ids: list[bytes]) -> int:
    """Decide against change sets; they stay listed."""
    with store.exchanging() as connection:
        for set_id in ids:
            _say(connection, set_id, LEFT_OUT)
    return len(ids)


def _say(connection: Connection, set_id: bytes, verdict: str) -> None:
    raw(connection).execute("UPDATE quarantine SET verdict = ? WHERE id = ?", (verdict, set_id))


def _is_known(connection: Connection, read: ChangeSet) -> bool:
    row = raw(connection).execute("SELECT 1 FROM replica WHERE id = ?", (read.replica,)).fetchone()
    return row is not None


def _discreet(line: Quarantined, hidden: set[bytes]) -> Quarantined:
    """*line* without its author's words where they may say what stands in a secret paper."""
    is_hidden = line.family_id is not None and line.family_id.bytes in hidden
    return replace(line, label=told(secret.HIDDEN_LABEL)) if is_hidden else line


def _line(set_id: bytes, body: bytes, reason: str, at: str, verdict: str) -> Quarantined:
    read: ChangeSet | None
    try:
        read = decode(body)
    except UNREADABLE:
        read = None
    if read is None or not shape.is_sound(read):
        return Quarantined(set_id, reason, REASONS[reason], at, "", "", None, "", "", None, verdict)
    kinds = dict.fromkeys(word_of(record.entity) for record in read.records)
    return Quarantined(
        id=set_id,
        reason=reason,
        words=REASONS[reason],
        at=at,
        label=read.label,
        clerk=read.user,
        written=moments.local(read.wall),
        kinds=", ".join(kinds),
        family=read.family,
        family_id=UUID(bytes=read.family_id),
        verdict=verdict,
        office=read.office,
    )
