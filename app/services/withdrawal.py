"""Taking back an applied package: its changes are reverted where nobody has changed them since."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import NotFound, Refused
from app.journal import log, undo
from app.journal.log import Placed
from app.store import Store
from app.sync import links
from app.sync.links import APPLIED, WITHDRAWN


@dataclass(frozen=True)
class Withdrawn:
    """What was put back, and the changes that stay because somebody has changed them since."""

    put_back: int
    stay: tuple[Placed, ...]


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
    with store.changing(f"Rút gói số {row.number}, {row.name}") as session:
        late = undo.revert_sets(session, sets, strict=False)
        links.set_state(session.connection(), package_id, WITHDRAWN)
    count = sum(len(r.ops) for stored in sets for r in stored.read().records)
    return Withdrawn(count - len(late), tuple(late))
