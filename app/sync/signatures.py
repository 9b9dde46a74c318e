"""Looking at signatures on the other cores while the package is read and applied.

A signature costs more than all else that is done with a change set. Whether one is forged is known
only after the package has been applied, and before anything of it is kept or shown: the one who
applied it then goes back and sets the forged aside.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from app.journal import keys
from app.journal.raw import in_parts

Signed = tuple[bytes, bytes]
"""The id of a change set, and the signature over it."""
_SLICE = 250
_MOST = 3
_TURN = 0.0002  # seconds; Python's own five thousandths are longer than fifty signatures take


class Signatures:
    """What was asked, and in `forged` what the machine named did not sign."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.forged: frozenset[Signed] = frozenset()
        self._pool = pool
        self._asked: list[Future[set[Signed]]] | None = []

    def ask(self, signed: Iterable[tuple[bytes, Signed]]) -> None:
        """Have (public key, what it is said to have signed) looked at, the first time round."""
        if self._asked is None:
            return
        for some in in_parts(signed, _SLICE):
            self._asked.append(self._pool.submit(_forged_among, some))

    def are_good(self) -> bool:
        """Wait for the answers: whether nothing is forged that was not known to be."""
        if self._asked is None:
            return True
        asked, self._asked = self._asked, None
        self.forged = frozenset().union(*(answer.result() for answer in asked))
        return not self.forged


@contextmanager
def looked_at_meanwhile() -> Iterator[Signatures]:
    """Signatures that are looked at while the block runs."""
    turn = sys.getswitchinterval()
    pool = ThreadPoolExecutor(max(1, min(_MOST, (os.cpu_count() or 1) - 1)))
    # Each look returns to the interpreter, and would wait there longer than it took.
    sys.setswitchinterval(_TURN)
    try:
        yield Signatures(pool)
    finally:
        sys.setswitchinterval(turn)
        pool.shutdown(cancel_futures=True)


def _forged_among(asked: Iterable[tuple[bytes, Signed]]) -> set[Signed]:
    return {signed for public, signed in asked if not keys.is_signed(public, *signed)}
