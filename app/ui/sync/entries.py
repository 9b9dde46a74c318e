"""What the column at the left of Đồng bộ lists, from what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.registers.column import text_of
from app.services.agreement.disputes import Queued
from app.services.sync.membership import Membership
from app.text import date_words
from app.ui.sync.queue import Entry

OFFICES, PACKAGES, SETTLED, QUARANTINE, JOINING, DUPLICATES = (
    "offices",
    "packages",
    "settled",
    "quarantine",
    "joining",
    "duplicates",
)


def entries_of(
    queue: Sequence[Queued], aside: int, standing: Membership, last: Mapping[bytes, str]
) -> list[Entry]:
    """Every entry, from the top."""
    return [*_conflicts(queue), *_aside(aside), *_offices(standing, last)]


def conflict_key(record: UUID) -> str:
    """The key of a record in conflict."""
    return f"conflict:{record.hex}"


def first_conflict(queue: Sequence[Queued]) -> str:
    """What to show where no certain conflict is asked for."""
    return conflict_key(queue[0].id) if queue else SETTLED


def conflict_of(queue: Sequence[Queued], record: UUID) -> str:
    """The conflict of *record*, or of something that is shown with it."""
    own = [item.id for item in queue if item.id == record]
    shown = own or [item.id for item in queue if item.opens_id == record]
    return conflict_key(shown[0]) if shown else first_conflict(queue)


def first_part(queue: Sequence[Queued], standing: Membership) -> str:
    """What the room shows when it is first entered."""
    if queue:
        return first_conflict(queue)
    return OFFICES if standing.may_exchange else JOINING


def last_days(standing: Membership) -> dict[bytes, str]:
    """The day of the last exchange with each office; empty for none."""
    found = {}
    for peer in standing.peers:
        moment = max(peer.last_sent, peer.last_received)
        found[peer.office] = date_words(datetime.fromisoformat(moment)) if moment else ""
    return found


def packages_in(queue: Sequence[Queued]) -> list[tuple[str, list[Queued]]]:
    """The records in conflict by the package that brought them; all of them first."""
    groups: dict[bytes, list[Queued]] = {}
    for item in queue:
        groups.setdefault(item.package, []).append(item)
    whole = _tr("Mọi gói ({n} bản ghi)").format(n=len(queue))
    found = [(whole, list(queue))]
    if len(groups) > 1:
        found += [(_package(items), items) for package, items in groups.items() if package]
    return found


def _package(items: Sequence[Queued]) -> str:
    words = _tr("Gói số {number} của {office} ({n} bản ghi)")
    return words.format(number=items[0].number, office=items[0].office, n=len(items))


def _conflicts(queue: Sequence[Queued]) -> list[Entry]:
    count = text_of(len(queue))
    head = Entry("", _tr("Xung đột"), right=count, is_head=True, waits=bool(queue))
    lines = [Entry(conflict_key(item.id), item.name, item.about) for item in queue]
    none = [] if queue else [Entry("", _tr("Không có xung đột nào."))]
    return [head, *none, *lines, Entry(SETTLED, _tr("Đã giải quyết"))]


def _aside(count: int) -> list[Entry]:
    waits = bool(count)
    return [
        Entry("", _tr("Bị giữ lại"), right=text_of(count), is_head=True, waits=waits),
        Entry(QUARANTINE, _tr("Thay đổi bị giữ lại")),
        Entry(DUPLICATES, _tr("Bản ghi nghi trùng")),
    ]


def _offices(standing: Membership, last: Mapping[bytes, str]) -> list[Entry]:
    count = text_of(len(standing.peers)) if standing.peers else ""
    lines = [
        Entry(f"office:{peer.office.hex()}", peer.name, right=last.get(peer.office, ""))
        for peer in standing.peers
    ]
    return [
        Entry("", _tr("Các văn phòng"), right=count, is_head=True),
        Entry(OFFICES, _tr("Tất cả văn phòng")),
        *lines,
        Entry("", _tr("Gói và nhóm"), is_head=True),
        Entry(PACKAGES, _tr("Gói đã gửi và đã nhận")),
        Entry(JOINING, _tr("Nhóm đồng bộ")),
    ]


def _tr(words: str) -> str:
    return QCoreApplication.translate("SyncPage", words)
