"""The packets that were written of a review, and where they went.

A clerk keeps a packet where it is of use; the office keeps of each the list of sources for
programs, which says where the packet lay. Packets of before that hold the list themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app import paths
from app.json_tree import Json

_OLD_LIST = "Danh mục nguồn số liệu.json"


@dataclass(frozen=True)
class WrittenPacket:
    """A packet: when it was written, its folder, and those of its files that are still there."""

    at: datetime
    folder: Path
    files: tuple[Path, ...]


def packet_id(review_id: UUID, at: datetime) -> str:
    """What a packet is called on its papers: the review and the moment."""
    return f"{_mark(review_id)}{at:%Y%m%d%H%M%S}"


def of_review(packets: Path, review_id: UUID) -> list[WrittenPacket]:
    """The packets of a review that the office's folder *packets* knows of, newest first."""
    found = [made for path in _lists(packets, review_id) if (made := _read(path, review_id))]
    return sorted(found, key=lambda made: made.at, reverse=True)


def _mark(review_id: UUID) -> str:
    return f"PH-{review_id.hex[:8]}-"


def _lists(packets: Path, review_id: UUID) -> Iterator[Path]:
    yield from packets.glob(f"{_mark(review_id)}*.json")
    yield from packets.glob(f"*/{_OLD_LIST}")


def _read(path: Path, review_id: UUID) -> WrittenPacket | None:
    """What one list says; None for another review's, and for one that is damaged."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        said: dict[str, Json] = json.loads(path.read_text("utf-8"))
        named = str(said["packet"])
        if named.startswith(_mark(review_id)):
            moment = named.removeprefix(_mark(review_id))
            at = datetime.strptime(moment, "%Y%m%d%H%M%S").astimezone()
            folder = paths.called(str(said["folder"])) if "folder" in said else path.parent
            files = [folder / name for name in _listed(said.get("files")) or _names_in(folder)]
            return WrittenPacket(at, folder, tuple(f for f in files if f.is_file()))
    return None


def _listed(names: Json) -> list[str]:
    return [str(name) for name in names] if isinstance(names, list) else []


def _names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.[dx]*") if path.suffix != ".json")
