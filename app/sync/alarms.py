"""What a package shows that somebody must be told, though it changes nothing of what is taken in.

A register that was copied and is written in both places, or was put back from an image of the
disk together with its keys, gives one number to two change sets. Nothing is lost: both are kept.
But the office must go on under a new identity, and only a person can see to that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app import moments
from app.journal.change_set import ChangeSet
from app.journal.raw import raw
from app.sync.circle import Circle
from app.sync.manifest import Manifest
from app.text import date_words
from app.words import QT_TRANSLATE_NOOP, told

FORK, OURS_UNKNOWN, RETIRED, GAP = "fork", "ours_unknown", "retired_sender", "gap"
CLOCK_AHEAD, CLOCK_OLD, CLOCK_HERE = "clock_ahead", "clock_old", "clock_here"
SENTENCES = {
    FORK: QT_TRANSLATE_NOOP(
        "Alarm",
        "Sổ của {name} đang được ghi ở hai nơi bằng một mã máy (số {number} có hai nội dung). "
        "Không mất dữ liệu. Báo văn phòng đó chỉ giữ một máy ghi và tạo tệp xin tham gia lại.",
    ),
    OURS_UNKNOWN: QT_TRANSLATE_NOOP(
        "Alarm",
        "Gói có thay đổi do chính máy này ghi mà sổ này không có: sổ đã được chép lại từ bản cũ "
        "hoặc đang được ghi ở một máy khác. Đã nhận lại đủ; máy này ghi tiếp bằng mã máy mới. "
        "Nếu còn máy khác đang ghi sổ này, dừng máy đó và báo văn phòng đầu mối.",
    ),
    RETIRED: QT_TRANSLATE_NOOP(
        "Alarm",
        "Gói do một máy đã thôi dùng của {name} tạo. Thay đổi viết sau khi thôi dùng được để ở "
        "mục Chờ xét; liên hệ bên gửi để biết vì sao máy cũ còn dùng.",
    ),
    GAP: QT_TRANSLATE_NOOP(
        "Alarm",
        "{name} tính gói này từ gói số {number}, nhưng sổ này không có gói đó (sổ đã được khôi "
        "phục). Gửi cho {name} một gói; gói sau của họ sẽ bù đủ.",
    ),
    CLOCK_AHEAD: QT_TRANSLATE_NOOP(
        "Alarm",
        "Đồng hồ máy của {name} chạy trước: có thay đổi ghi ngày {day}. Thứ tự và nội dung không "
        "bị ảnh hưởng; đề nghị {name} chỉnh lại ngày giờ.",
    ),
    CLOCK_OLD: QT_TRANSLATE_NOOP(
        "Alarm",
        "Đồng hồ máy của {name} sai: có thay đổi ghi ngày {day}. Thứ tự và nội dung không bị ảnh "
        "hưởng; đề nghị {name} chỉnh lại ngày giờ.",
    ),
    CLOCK_HERE: QT_TRANSLATE_NOOP(
        "Alarm",
        "Đồng hồ máy này có thể chạy chậm: gói được tạo ngày {day}, sau ngày trên máy này. "
        "Kiểm tra ngày giờ, vì nhắc hạn tính theo đó.",
    ),
}
_FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
"""No version of the program is older: a clock that says so has lost its battery."""
_SLACK = timedelta(days=1)


@dataclass(frozen=True)
class Alarm:
    """A stable code, and the sentence for the clerk."""

    code: str
    sentence: str


def alarm(code: str, **facts: object) -> Alarm:
    """The alarm of that code."""
    return Alarm(code, told(SENTENCES[code], **facts))


def forks(connection: Connection, circle: Circle, after: int) -> list[Alarm]:
    """Machines that gave one number to two change sets, one of which arrived after *after*."""
    rows = raw(connection).execute(
        "SELECT r.id, min(c.seq) FROM cset c"
        " JOIN cset d ON d.replica = c.replica AND d.seq = c.seq AND d.id <> c.id"
        " JOIN replica r ON r.n = c.replica WHERE c.n > ? GROUP BY r.id ORDER BY r.id",
        (after,),
    )
    found = []
    for replica, number in rows.fetchall():
        known = circle.machine(replica)
        name = known[0].name if known else told("văn phòng này")
        found.append(alarm(FORK, name=name, number=number))
    return found


def clocks(
    circle: Circle, found: Manifest, read: Iterable[ChangeSet], now: datetime
) -> list[Alarm]:
    """Clocks that are far off: no decision rests on them, but reminders and people do."""
    alarms: dict[tuple[str, str], Alarm] = {}
    latest = _ms(now + _SLACK)
    if found.made > latest:
        day = _day(found.made)
        alarms[CLOCK_HERE, ""] = alarm(CLOCK_HERE, day=day)
        latest = found.made + int(_SLACK.total_seconds() * 1000)
    for body in read:
        code = CLOCK_AHEAD if body.wall > latest else CLOCK_OLD
        if code == CLOCK_OLD and body.wall >= _ms(_FIRST_DAY):
            continue
        known = circle.machine(body.replica)
        name = known[0].name if known else told("văn phòng viết")
        alarms.setdefault((code, name), alarm(code, name=name, day=_day(body.wall)))
    return list(alarms.values())


def gap(connection: Connection, found: Manifest, name: str) -> list[Alarm]:
    """Whether the sender builds on a package that this register does not have."""
    if found.base == 0:
        return []
    row = (
        raw(connection)
        .execute(
            "SELECT 1 FROM package WHERE peer = ? AND number = ? AND NOT is_ours",
            (found.from_replica, found.base),
        )
        .fetchone()
    )
    return [] if row is not None else [alarm(GAP, name=name, number=found.base)]


def _ms(moment: datetime) -> int:
    return moments.milliseconds(moment)


def _day(wall: int) -> str:
    return date_words(moments.local(wall))
