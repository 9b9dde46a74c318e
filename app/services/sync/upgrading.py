"""What a newer version of the program does with a register that an older one has left."""

from __future__ import annotations

from app.store import Store
from app.sync import looked
from app.sync.own_circle import circle_of
from app.words import kept


def take_up_held(store: Store, *, again: bool = False) -> int:
    """Apply what an older version kept because it did not understand it; returns how many.

    Looked at once by each version, or *again* where somebody asks.
    """
    if store.read_only_reason is not None:
        return 0
    with store.connection() as connection:
        if not (again or looked.is_due(connection)):
            return 0
        from app.sync import held  # not needed at every start

        has_any = held.count(connection) > 0

    circle = circle_of(store) if has_any else None
    with store.exchanging() as connection:
        done = held.replay(connection, circle, at=store.now().isoformat(timespec="seconds"))
    if done:
        store.announce(kept("Nhận thay đổi của bản mới"))
    return done
