"""Packages between two offices, against plain SQLite holding the same changes, and beside peers.

The floor keeps a row for each change and the present value of each field, checks nothing, merges
nothing and can be asked nothing. The first line is what an office waits for when it joins.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path

from app.services.sync import joining
from app.store import Store
from app.store.engine import connect
from benchmarks.circle import exchange, found, twin
from benchmarks.measure import Ratio, fresh
from benchmarks.peers import Peer, installed
from benchmarks.workload import Change, fill

_FIRST, _MANY, _WEEK = 20_000, 200_000, 200
"""Change sets, of five changes each."""
_SIGNATURE = 64
_MB = 1_000_000
Work = Callable[[], object]


def run() -> Iterator[Ratio]:
    """The first package, then the weekly one between registers of a million changes."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _first(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield from _weekly(Path(folder))


def _first(folder: Path) -> Iterator[Ratio]:
    writer, reader = found(folder)
    changes = fill(writer, _FIRST)
    made = joining.export(writer.store, reader.office)
    numbers = count(10)

    def ours() -> Work:
        return _taken(reader, made.path, folder / str(next(numbers)))

    def floor() -> Work:
        return _kept(_plain(folder / f"{next(numbers)}.db", []), changes)

    first = fresh("first package, 100,000 changes", ours, floor, goal=2.5)
    yield first
    size = (made.size - _FIRST * _SIGNATURE) / _MB
    yield Ratio("its size before signatures", size, 2.2, 1, "the floor is the goal", "MB")
    copy = twin(reader, folder / "again")
    joining.receive(copy, made.path, keep=True)
    again = fresh("", lambda: lambda: joining.receive(copy, made.path, keep=True), floor, goal=None)
    yield Ratio("the same package again, against its first time", again.ours, first.ours, 0.1)
    for name, kind in installed():
        peer = kind()
        peer.write(changes)
        update = peer.give(None)
        theirs = fresh("", partial(_merged, kind, update), floor, goal=None, times=2)
        note = f"{name}'s update has {len(update) / _MB:.2f} MB"
        yield Ratio(f"first package: ours against {name}", first.ours, theirs.ours, None, note)
    _close(writer.store, reader, copy)


def _weekly(folder: Path) -> Iterator[Ratio]:
    writer, reader = found(folder)
    before = fill(writer, _MANY)
    exchange(writer.store, reader)
    exchange(reader, writer.store)
    size = writer.store.folder.database.stat().st_size / _MB
    yield Ratio("register of 1,000,000 changes", size, 200, 1, "the floor is the goal", "MB")
    week = writer.keep(islice(writer.edits(), _WEEK))
    sent: list[Path] = []

    def made() -> Work:
        return lambda: sent.append(joining.export(writer.store, reader.office).path)

    plain = _plain(folder / "plain.db", before)
    numbers = count(10)

    def floor() -> Work:
        return _kept(_copied(plain, folder / f"{next(numbers)}.db"), week)

    def ours() -> Work:
        return _taken(reader, sent[0], folder / str(next(numbers)))

    yield fresh("make a weekly package, 1,000 changes of 1,000,000", made, floor, goal=None)
    weekly = fresh("weekly package, 1,000 changes into 1,000,000", ours, floor, goal=3)
    yield weekly
    for name, kind in installed():
        theirs, merging = _weekly_of(kind, before, week, folder / name)
        note = f"{name} read, merged and saved; merging alone, in memory, {merging * 1000:.0f} ms"
        yield Ratio(f"weekly package: ours against {name}", weekly.ours, theirs, 1, note)
    _close(writer.store, reader)


def _weekly_of(
    kind: Callable[[], Peer], before: list[Change], week: list[Change], path: Path
) -> tuple[float, float]:
    """What the weekly changes cost a peer whose million lies in a file, and once it is read."""
    writer, reader = kind(), kind()
    writer.write(before)
    path.write_bytes(writer.give(None))
    reader.take(path.read_bytes())
    writer.write(week)
    update = writer.give(reader)

    def whole() -> None:
        peer = kind()
        peer.take(path.read_bytes())
        peer.take(update)
        with path.with_suffix(".new").open("wb") as file:
            file.write(peer.give(None))
            file.flush()
            os.fsync(file.fileno())

    merging = fresh("", lambda: partial(reader.take, update), lambda: _nothing, goal=None, times=1)
    durable = fresh("", lambda: whole, lambda: _nothing, goal=None, times=2)
    return durable.ours, merging.ours


def _taken(reader: Store, package: Path, folder: Path) -> Work:
    """Take *package* into a copy of *reader*'s register, made at once."""
    copy = twin(reader, folder)

    def work() -> None:
        joining.receive(copy, package, keep=True)
        copy.close()

    return work


def _merged(kind: Callable[[], Peer], update: bytes) -> Work:
    return partial(kind().take, update)


def _plain(path: Path, changes: list[Change]) -> Path:
    """A table of changes, one of present values, and nothing else."""
    connection = connect(path)
    connection.execute(
        "CREATE TABLE change (n INTEGER PRIMARY KEY, record BLOB, field TEXT, value TEXT,"
        " clerk TEXT, at INTEGER)"
    )
    connection.execute(
        "CREATE TABLE now (record BLOB, field TEXT, value TEXT, PRIMARY KEY (record, field))"
        " WITHOUT ROWID"
    )
    connection.close()
    if changes:
        _kept(path, changes)()
    return path


def _kept(path: Path, changes: list[Change]) -> Work:
    rows = [
        (record, name, value, "Chuyên viên", n) for n, (record, name, value) in enumerate(changes)
    ]
    connection = connect(path)

    def work() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO change (record, field, value, clerk, at) VALUES (?, ?, ?, ?, ?)", rows
        )
        connection.executemany(
            "INSERT INTO now VALUES (?, ?, ?) ON CONFLICT (record, field)"
            " DO UPDATE SET value = excluded.value",
            changes,
        )
        connection.execute("COMMIT")
        connection.close()

    return work


def _copied(source: Path, target: Path) -> Path:
    shutil.copy(source, target)
    return target


def _nothing() -> None:
    """The floor where only the peer is timed."""


def _close(*stores: Store) -> None:
    for store in stores:
        store.close()
