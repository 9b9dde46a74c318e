"""The packet of a review: one folder with the report, its annex and the list of sources.

Everything is written into a folder of another name beside the target, synced, read back and
compared, and only then renamed; what went wrong leaves nothing behind. A packet that is already
there is never written over: the new one takes the next number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import durable
from app.errors import FileBusy, TargetGone
from app.export.annex import write_annex
from app.export.layout import STATE, Layout
from app.export.packet_content import PacketContent
from app.export.report import write_report
from app.export.safe_name import file_name
from app.export.sources import write_sources, write_sources_json
from app.export.written_check import check_annex, check_report, check_sources
from app.progress import Progress, quiet

_MOST_NUMBERED = 999


@dataclass(frozen=True)
class PacketResult:
    """What was written: the folder, its files in reading order, counts, and what to look at.

    `counts` has figures, sources, task_rows and agencies, as read back from the files.
    """

    folder: Path
    files: tuple[Path, ...]
    counts: Mapping[str, int]
    warnings: tuple[str, ...]


def write_packet(
    content: PacketContent, out_dir: Path, layout: Layout = STATE, progress: Progress = quiet
) -> PacketResult:
    """Write the packet into a new folder of *out_dir*, which is made if it is not there.

    Raises TargetGone, DiskFull or FileBusy with nothing left behind, FileProblem when what was
    read back is not what was written, and whatever *progress* raises.
    """
    unproved = [figure.key for figure in content.figures if not figure.is_proved()]
    if unproved:
        raise ValueError(unproved)  # a bug of ours: never print a figure that its sources deny
    with _written_in(out_dir) as workshop:
        warnings, counts = _fill(workshop, content, layout, progress)
        folder = _publish(workshop, out_dir, file_name(f"Bộ tài liệu - {content.title}", limit=80))
    files = tuple(folder / name for name in _names(content).values())
    return PacketResult(folder, files, counts, (*content.warnings, *warnings))


def _names(content: PacketContent) -> Mapping[str, str]:
    title = content.title
    return {
        "report": file_name(f"Báo cáo {_inside(content.abstract)}", ".docx", 90),
        "annex": file_name(f"Phụ lục số liệu - {title}", ".xlsx", 90),
        "sources": "Danh mục nguồn số liệu.xlsx",
        "sources_json": "Danh mục nguồn số liệu.json",
    }


def _inside(abstract: str) -> str:
    """The abstract after the word Báo cáo: "Sơ kết …" loses its capital there."""
    begins = abstract.startswith(("Sơ kết", "Tổng kết"))
    return abstract[:1].lower() + abstract[1:] if begins else abstract


def _fill(
    folder: Path, content: PacketContent, layout: Layout, progress: Progress
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    paths = {key: folder / name for key, name in _names(content).items()}
    warnings: tuple[str, ...] = ()

    def annex() -> None:
        nonlocal warnings
        warnings = write_annex(content, paths["annex"])

    counts = {"figures": len(content.figures), "agencies": len(content.agencies)}
    steps: tuple[Callable[[], object], ...] = (
        lambda: write_report(content, paths["report"], layout),
        annex,
        lambda: write_sources(content, paths["sources"]),
        lambda: write_sources_json(content, paths["sources_json"]),
        lambda: _settle_all(paths.values()),
        lambda: counts.update(task_rows=check_report(paths["report"], content)),
        lambda: check_annex(paths["annex"], content),
        lambda: counts.update(sources=check_sources(paths["sources_json"], content)),
    )
    for done, step in enumerate(steps):
        progress(done, len(steps))
        step()
    progress(len(steps), len(steps))
    return warnings, counts


@contextmanager
def _written_in(out_dir: Path) -> Iterator[Path]:
    """A folder beside the target to write in; gone afterwards unless it was renamed."""
    workshop = durable.unused(out_dir / "packet")
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        durable.sweep(out_dir)
        workshop.mkdir()
        yield workshop
    except OSError as error:
        raise durable.said(error, out_dir) from error
    finally:
        durable.clear(workshop)


def _publish(workshop: Path, out_dir: Path, name: str) -> Path:
    for number in range(1, _MOST_NUMBERED):
        folder = out_dir / (name if number == 1 else f"{name} ({number})")
        if folder.exists():
            continue
        try:
            durable.rename(workshop, folder)
        except PermissionError as error:
            raise FileBusy(path=folder) from error
        return folder
    raise TargetGone(path=out_dir, why="đã có quá nhiều bộ tài liệu cùng tên.")


def _settle_all(paths: Iterable[Path]) -> None:
    for path in paths:
        durable.settle(path)
