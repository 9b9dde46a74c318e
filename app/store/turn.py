"""Whose turn it is to write to the register: one at a time, or one alone for a long while."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import AlreadyOpen, Refused
from app.words import marked, told

_PATIENCE = 30.0  # seconds that a change waits for another to end
_BUSY = marked("Đang {doing}; chờ xong rồi thử lại.")


class Turn:
    """A lock that knows what a long holder is doing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._doing = ""

    @contextmanager
    def taken(self, doing: str = "") -> Iterator[None]:
        """Write, the only one to do so.

        With *doing* ("kiểm tra sổ") it will last: others are refused at once with a sentence,
        since to let them wait would freeze whoever asked. Raises Refused or AlreadyOpen.
        """
        until = time.monotonic() + _PATIENCE
        while not self._lock.acquire(timeout=0.05):
            if self._doing:
                raise self.refusal()
            if time.monotonic() > until:
                raise AlreadyOpen
        self._doing = doing
        try:
            yield
        finally:
            self._doing = ""
            self._lock.release()

    def refusal(self) -> Refused:
        """The sentence for whoever must come back later."""
        return Refused(why=told(_BUSY, doing=told(self._doing)))
