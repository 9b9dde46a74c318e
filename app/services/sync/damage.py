"""What a damaged file makes the driver and the decoders say, turned into our own sentence.

Flipped bits are not always SQLite's own business: they may stand in a text, or in a change set.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import MsgspecError
from sqlalchemy.exc import DBAPIError

from app.errors import Damaged
from app.store.folder import Folder

_log = logging.getLogger(__name__)


@contextmanager
def damage_told(folder: Path) -> Iterator[None]:
    """Raise Damaged where the register in *folder* cannot be read."""
    try:
        yield
    except (MsgspecError, UnicodeDecodeError, DBAPIError) as error:
        _log.exception("the register could not be read")
        path = Folder(folder).database
        raise Damaged(path=path, why="có chỗ trong tệp không đọc được.") from error
