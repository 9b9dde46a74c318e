"""The circle that this office is in, as its register and its keys know it today."""

from __future__ import annotations

from app.errors import Refused
from app.store import Store, facts
from app.store.sidecar import Sidecar
from app.sync import circle as circles
from app.sync import lineage, links
from app.sync.circle import Circle
from app.sync.roster import Machine


def circle_of(store: Store) -> Circle | None:
    """The circle that this office is in, with its new identity vouched for by its old one."""
    recall(store)
    with store.connection() as connection:
        realm = facts.get(connection, "realm")
        if not realm:
            return None
        ids = (bytes.fromhex(realm), store.office, store.replica)
        found = circles.load(connection, *ids, store.keyring)
    if found is not None and found.machine(store.replica) is None:
        found = _renewed(store, found)
    if found is not None and store.read_only_reason is None:
        lineage.remember(found)
    return found


def recall(store: Store) -> None:
    """A register put back from a backup learns again what its circle has become."""
    if store.read_only_reason is not None:
        return
    with store.connection() as connection:
        if not lineage.forgotten(connection, store.keyring, store.office):
            return
    with store.exchanging() as connection:
        lineage.recall(connection, store.keyring, store.office)


def _renewed(store: Store, circle: Circle) -> Circle:
    """After a restore the old key is still here: let it say that this machine goes on."""
    last = _last_held(store, circle)
    if last is None:
        raise Refused(
            why="Máy này chưa được nhóm đồng bộ công nhận. Tạo tệp xin tham gia để thay máy cũ."
        )
    noted = Sidecar(store.keyring.folder, last.replica).read()
    with store.exchanging() as connection:
        number = max(noted[0] if noted else 0, links.last_number(connection, last.replica))
        item = circles.renew(store.keyring, last.replica, number, store.replica)
        links.keep_succession(connection, item)
    circle.renewed[store.replica] = item
    return circle


def _last_held(store: Store, circle: Circle) -> Machine | None:
    """The newest identity of this office that is in use and whose key is here."""
    ends = [machine.replica for machine in circle.live(circle.me)]
    for replica in (*ends, *reversed(circle.incarnations(circle.me))):
        known = circle.machine(replica)
        if known is not None and known[1].retired_at is None and store.keyring.opens(replica):
            return known[1]
    return None
