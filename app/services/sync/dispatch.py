"""Sending packages, told in words: what would go to an office and why, and what has gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.errors import TargetGone
from app.kinds import CARDS, word_of
from app.progress import Progress, quiet
from app.services.sync import joining
from app.store import Store
from app.sync import stick
from app.sync.circle import office_names
from app.sync.outgoing import Plan
from app.words import told


@dataclass(frozen=True)
class GoingLine:
    """One kind of record family that would go. `id` is the kind."""

    id: str
    kind: str
    count: int
    why: str


@dataclass(frozen=True)
class Going:
    """What would go to one office.

    `base` is the package from which it counts on, 0 for none; `files` are attached files, and
    `files_size` their size in bytes.
    """

    office: bytes
    name: str
    number: int
    base: int
    sets: int
    whole: int
    files: int
    files_size: int
    lines: tuple[GoingLine, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """A package that has been written and read back; *path* is the copy that was asked for."""

    office: bytes
    name: str
    number: int
    sets: int
    size: int
    path: Path
    package: bytes


def going(store: Store, offices: Iterable[bytes], progress: Progress = quiet) -> list[Going]:
    """What would go to each of *offices* now. Raises PackageRefused, Refused or TargetGone."""
    wanted = list(offices)
    found = []
    for number, office in enumerate(wanted):
        progress(number, len(wanted))
        found.append(_going(joining.plan(store, office)))
    return found


def send(
    store: Store,
    office: bytes,
    folder: Path | None,
    progress: Progress = quiet,
    *,
    with_files: bool = True,
) -> Sent:
    """Make the next package for *office* and copy it to *folder*.

    Raises TargetGone; where only the copy failed, the package stays in the outbox.
    """
    if folder is not None and not folder.is_dir():
        raise TargetGone(path=folder, why="không có thư mục này, hoặc USB đã rút.")
    if folder is not None:
        stick.refuse_deep(folder)
    made = joining.export(store, office, None, progress, with_files=with_files)
    path = stick.copy_out(made.path, folder) if folder is not None else made.path
    with store.connection() as connection:
        name = office_names(connection).get(office, "")
    return Sent(office, name, made.row.number, made.row.sets, made.size, path, made.row.id)


def _going(plan: Plan) -> Going:
    lines = [
        GoingLine(kind, told(word_of(kind)), count, told(_why(kind)))
        for kind, count in sorted(plan.kinds.items(), key=lambda item: _place(item[0]))
    ]
    notes = []
    if plan.whole and plan.link.base_number:
        notes.append(
            told(
                "{count} hồ sơ mới thuộc phạm vi của văn phòng này nên gửi cả lịch sử.",
                count=len(plan.whole),
            )
        )
    if plan.ended:
        notes.append(
            told(
                "{count} hồ sơ không còn thuộc phạm vi của văn phòng này nên thôi gửi.",
                count=len(plan.ended),
            )
        )
    return Going(
        office=plan.member.office,
        name=plan.member.name,
        number=plan.link.sent_number + 1,
        base=plan.link.base_number,
        sets=plan.sets,
        whole=len(plan.whole),
        files=len(plan.files),
        files_size=sum(file.size for file in plan.files),
        lines=tuple(lines),
        notes=tuple(notes),
    )


def _why(kind: str) -> str:
    card = CARDS.get(kind)
    return card.scope.why if card is not None and card.scope is not None else ""


def _place(kind: str) -> int:
    order = list(CARDS)
    return order.index(kind) if kind in order else len(order)
