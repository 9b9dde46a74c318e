"""What an interrupted write, an older version or a crash has left in folders of ours goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app import durable, paths
from app.store import scratch
from app.store.folder import Folder

_OF_OLD = (
    ("backups", "so-phoi-hop_*.part"),
    ("blobs", ".*-*.part"),
    ("outbox", "*.part"),
    ("outbox", ".*.chunks"),
    (".", "so-phoi-hop.part"),
)
"""What version 0.1.0 was writing when it was killed."""


def tidy(office: Folder, exports: Path) -> None:
    """Remove it, once it is old enough to be nobody's work; *exports* is where packets go.

    The register in *office* must be open here. What is held by another program stays.
    """
    for folder in (*_own_folders(), *_office_folders(office), exports):
        durable.sweep(folder)
    for name, pattern in _OF_OLD:
        for left in (office.path / name).glob(pattern):
            durable.clear_now(left)
    scratch.sweep(paths.scratch_folder())
    durable.sweep_scratches()


def _own_folders() -> Iterator[Path]:
    yield from (paths.home(), paths.keys_folder(), paths.drafts_folder(), paths.logs_folder())


def _office_folders(office: Folder) -> Iterator[Path]:
    yield from (office.path, office.backups, office.packets, office.path / "outbox", office.blobs)
    yield from (path for path in office.blobs.glob("*") if path.is_dir())
