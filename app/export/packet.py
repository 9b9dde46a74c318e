"""The packet of a review: one folder with the report, its annex and the list of sources.

Everything is written into a folder of another name beside the target, synced, read back and
compared, and only then renamed; what went wrong leaves nothing behind. A packet that is already
there is never written over: the new one takes the next number. What only programs read stays with
the office, not in the folder that a clerk sends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import durable
from app.errors import AppError, FileBusy, TargetGone
from app.export.annex import write_annex
from app.export.layout import STATE, Layout
from app.export.packet_content import PacketContent
from app.export.packet_names import PacketPlace, place_of
from app.export.report import write_report
from app.export.sources import write_sources, write_sources_json
from app.export.written_check import check_annex, check_report, check_sources
from app.progress import Progress, quiet

_TRIES = 9  # others who take the same name while a packet is written


@dataclass(frozen=True)
class PacketResult:
    """What was written: the folder, its files in reading order, counts, and what to look at.

    `counts` has figures, sources, task_rows and agencies, as read back from the files. `listed`
    is the list of sources for programs, None where it was not asked for or could not be kept.
    """

    folder: Path
    files: tuple[Path, ...]
    counts: Mapping[str, int]
    warnings: tuple[str, ...]
    listed: Path | None = None


def write_packet(
    content: PacketContent,
    out_dir: Path,
    layout: Layout = STATE,
    progress: Progress = quiet,
    *,
    kept: Path | None = None,
) -> PacketResult:
    """Write the packet into a new folder of *out_dir*, which is made if it is not there.

    *kept* is where the list of sources for programs goes. Raises PathTooLong before anything is
    written; TargetGone, DiskFull or FileBusy with nothing left behind, FileProblem when what was
    read back is not what was written, and whatever *progress* raises.
    """
    unproved = [figure.key for figure in content.figures if not figure.is_proved()]
    if unproved:
        raise ValueError(unproved)  # a bug of ours: never print a figure that its sources deny
    wanted = place_of(content, out_dir)
    with _written_in(out_dir) as workshop:
        warnings, counts = _fill(workshop, wanted, content, layout, progress)
        folder = _publish(workshop, wanted, content)
    files = tuple(folder / name for name in wanted.files)
    listed, unkept = _keep_list(content, kept, files)
    said = (*content.warnings, *warnings, *unkept)
    return PacketResult(folder, files, counts, said, listed)


def _fill(
    folder: Path, names: PacketPlace, content: PacketContent, layout: Layout, progress: Progress
) -> tuple[tuple[str, ...], Mapping[str, int]]:
    report, annex, sources = (folder / name for name in names.files)
    warnings: tuple[str, ...] = ()

    def fill_annex() -> None:
        nonlocal warnings
        warnings = write_annex(content, annex)

    counts = {"figures": len(content.figures), "agencies": len(content.agencies)}
    steps: tuple[Callable[[], object], ...] = (
        lambda: write_report(content, report, layout),
        fill_annex,
        lambda: write_sources(content, sources),
        lambda: _settle((report, annex, sources)),
        lambda: counts.update(task_rows=check_report(report, content)),
        lambda: check_annex(annex, content),
        lambda: counts.update(sources=check_sources(sources, content)),
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
        raise durable.said(error, workshop) from error
    finally:
        durable.clear(workshop)


def _publish(workshop: Path, wanted: PacketPlace, content: PacketContent) -> Path:
    """Give the folder its name; another that was taken meanwhile counts on, the files stay."""
    out_dir = wanted.folder.parent
    for _ in range(_TRIES):
        try:
            durable.rename(workshop, wanted.folder)
        except FileExistsError:
            wanted = place_of(content, out_dir)
        except (FileBusy, PermissionError) as error:
            raise FileBusy(path=wanted.folder) from error
        else:
            return wanted.folder
    raise TargetGone(path=out_dir, why="chương trình khác đang ghi vào thư mục này.")


def _settle(paths: Iterable[Path]) -> None:
    for path in paths:
        durable.settle(path)


def _keep_list(
    content: PacketContent, kept: Path | None, files: tuple[Path, ...]
) -> tuple[Path | None, tuple[str, ...]]:
    """Keep the list for programs. The packet is whole without it: a failure is only told."""
    if kept is None:
        return None, ()
    path = kept / f"{content.about.packet_id}.json"
    try:
        durable.make_folder(kept)
        write_sources_json(content, path, files)
    except AppError as error:
        return None, (f"Chưa giữ được danh mục nguồn cho máy đọc. {error}",)
    return path, ()
