"""Taking back an applied package: its changes are reverted where nobody has changed them since."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import NotFound, Refused
from app.journal import log, undo
from app.journal.log import Placed
from app.journal.recorder import BATCH
from app.store import Store, withdrawals
from app.store.withdrawals import APPLIED
from app.sync import links
from app.words import QT_TRANSLATE_NOOP, kept


@dataclass(frozen=True)
class Withdrawn:
    """What was put back, and the changes that stay because somebody has changed them since.

    `freed` fields were in conflict: the value from the package was taken out, that beside it
    stands. `disputed` fields of the records of the package are in conflict even so.
    """

    put_back: int
    stay: tuple[Placed, ...]
    freed: int = 0
    disputed: int = 0

    def sentences(self) -> str:
        """What a clerk is told."""
        said = [_PUT_BACK.format(n=self.put_back)]
        if self.freed:
            said.append(_FREED.format(n=self.freed))
        if self.stay:
            said.append(_STAY.format(n=len(self.stay)))
        if self.disputed:
            said.append(_DISPUTED.format(n=self.disputed))
        return " ".join(said)


_PUT_BACK = QT_TRANSLATE_NOOP("Withdrawal", "Đã rút gói: trả lại {n} thay đổi.")
_FREED = QT_TRANSLATE_NOOP(
    "Withdrawal",
    "{n} ô đang xung đột: giá trị của gói được gỡ ra, giá trị bên cạnh giữ nguyên; giá trị đã gỡ "
    "còn trong Lịch sử.",
)
_STAY = QT_TRANSLATE_NOOP("Withdrawal", "{n} thay đổi giữ nguyên vì đã có người sửa sau đó.")
_DISPUTED = QT_TRANSLATE_NOOP(
    "Withdrawal", "{n} ô vẫn xung đột, chờ quyết định ở danh sách Xung đột."
)


def withdraw(store: Store, package_id: bytes) -> Withdrawn:
    """Revert what the package brought, as changes of this office; they travel like any other.

    Raises NotFound for a package that is not here, Refused for one that was not applied.
    """
    with store.connection() as connection:
        row = links.package(connection, package_id)
        if row is None:
            raise NotFound
        if row.is_ours or row.state != APPLIED:
            raise Refused(why="Chỉ rút được gói đã nhận và chưa rút.")
        sets = log.sets_between(connection, row.n_from, row.n_to)
    with store.changing(
        kept("Rút gói số {number}, {name}", number=row.number, name=row.name)
    ) as session:
        found = undo.revert_sets(session, sets, strict=False)
        withdrawals.note(session.connection(), package_id, session.info[BATCH])
    parts = [part for stored in sets for part in stored.read().records]
    count = sum(len(part.ops) for part in parts)
    with store.connection() as connection:
        disputed = log.count_disputed(connection, {part.record for part in parts})
    return Withdrawn(count - len(found.late), tuple(found.late), found.freed, disputed)
