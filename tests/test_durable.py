"""A file is whole or not there, whatever another program does to it meanwhile."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app import durable
from app.errors import AppError, DiskFull, FileBusy, TargetGone
from tests.holding import Holder

AN_HOUR = 3600.0


@pytest.fixture
def holder(monkeypatch: pytest.MonkeyPatch) -> Holder:
    return Holder(monkeypatch)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


@pytest.mark.parametrize("content", [b"", b"\n", b"a\r\nb\n\x1a\n", bytes(range(256)) * 40])
def test_every_byte_is_read_back_as_it_was_given(tmp_path, content):
    durable.make_folder(tmp_path / "new")
    durable.write_bytes(tmp_path / "new" / "a.bin", content)
    assert (tmp_path / "new" / "a.bin").read_bytes() == content
    assert left(tmp_path) == ["a.bin", "new"]


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_held_file_takes_its_place_as_soon_as_it_is_let_go(tmp_path, holder, winerror):
    (tmp_path / "a.txt").write_bytes(b"old")
    holder.holds(times=3, winerror=winerror)
    durable.write_bytes(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert left(tmp_path) == ["a.txt"]
    assert holder.waited == [0.02, 0.04, 0.08]


def test_a_file_held_for_ever_is_named_and_stays_as_it_was(tmp_path, holder):
    (tmp_path / "a.txt").write_bytes(b"old")
    holder.holds()
    with pytest.raises(FileBusy, match=r"a\.txt đang mở ở chương trình khác"):
        durable.write_bytes(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert left(tmp_path) == ["a.txt"]
    assert 2 < sum(holder.waited) < 3, "long enough for a scanner, and no longer than people wait"


def test_the_first_error_is_told_even_where_nothing_can_be_removed(tmp_path, holder):
    holder.holds("replace", "unlink")
    with pytest.raises(FileBusy, match=r"a\.txt"):
        durable.write_bytes(tmp_path / "a.txt", b"new")
    (half,) = tmp_path.iterdir()
    assert durable.is_unfinished(half)


def test_what_is_forbidden_is_not_taken_for_held(tmp_path, holder):
    (tmp_path / "a.txt").write_bytes(b"old")
    holder.holds(winerror=5)
    holder.patch.setattr(os, "access", lambda *_: False)
    with pytest.raises(TargetGone, match="không có quyền ghi"):
        durable.write_bytes(tmp_path / "a.txt", b"new")


def test_denied_over_a_file_that_may_be_written_means_that_it_is_open(tmp_path, holder):
    (tmp_path / "a.txt").write_bytes(b"old")
    holder.holds(winerror=5)
    with pytest.raises(FileBusy):
        durable.write_bytes(tmp_path / "a.txt", b"new")


def test_a_folder_with_an_open_file_is_renamed_once_it_is_closed(tmp_path, holder):
    (tmp_path / "old").mkdir()
    holder.holds("rename", winerror=5, times=2)
    durable.rename(tmp_path / "old", tmp_path / "new")
    assert left(tmp_path) == ["new"]


def test_renaming_never_takes_the_place_of_another(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    with pytest.raises(FileExistsError):
        durable.rename(tmp_path / "one", tmp_path / "other")
    assert left(tmp_path) == ["one", "other"]


def test_a_held_file_is_removed_as_soon_as_it_is_let_go(tmp_path, holder):
    (tmp_path / "a.txt").write_bytes(b"a")
    holder.holds("unlink", times=2)
    durable.remove(tmp_path / "a.txt")
    assert left(tmp_path) == []


def test_removing_what_is_held_for_ever_is_said_or_logged(tmp_path, holder):
    (tmp_path / "a.txt").write_bytes(b"a")
    holder.holds("unlink")
    with pytest.raises(FileBusy, match=r"a\.txt"):
        durable.remove(tmp_path / "a.txt")
    assert not durable.clear(tmp_path / "a.txt")


def test_removing_what_is_not_there_is_no_fault(tmp_path):
    durable.remove(tmp_path / "a.txt")
    assert durable.clear(tmp_path / "nowhere" / "a.txt")


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.ENOSPC, DiskFull, "ổ đĩa đã đầy"),
        (errno.EROFS, TargetGone, "chỉ cho đọc"),
        (errno.EACCES, TargetGone, "không có quyền ghi"),
        (errno.EIO, TargetGone, "đã bị rút"),
        (errno.ENAMETOOLONG, TargetGone, "quá dài"),
    ],
)
def test_each_refusal_of_the_disk_has_a_sentence(tmp_path, number, kind, words):
    def work(_beside: Path) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(kind, match=words), durable.writing(tmp_path / "a.txt", work) as stream:
        stream.write(b"new")
    assert left(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_a_folder_that_is_gone_is_said_before_anything_is_done(tmp_path):
    with (
        pytest.raises(TargetGone, match="thư mục không còn đó"),
        durable.landing(tmp_path / "gone" / "a.txt"),
    ):
        pytest.fail("nothing may be written")


def test_a_file_that_stands_where_a_folder_should_is_said(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(AppError, match="a"):
        durable.write_bytes(tmp_path / "a" / "b.txt", b"")


def test_what_reads_back_otherwise_does_not_land(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"other")
    with pytest.raises(TargetGone, match="đọc lại"):
        durable.write_bytes(tmp_path / "a.txt", b"a")
    assert left(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other users out by the folder")
def test_a_secret_is_for_this_user_alone_from_its_first_byte(tmp_path):
    with durable.writing(tmp_path / "a.key", private=True) as stream:
        (half,) = tmp_path.iterdir()
        assert half.stat().st_mode & 0o777 == 0o600
        stream.write(b"a")
    assert (tmp_path / "a.key").stat().st_mode & 0o777 == 0o600


def test_only_what_was_left_half_written_long_ago_is_swept(tmp_path):
    half, fresh = durable.unused(tmp_path / "a.docx"), durable.unused(tmp_path / "b")
    half.write_bytes(b"")
    fresh.mkdir()
    for name in ("a.docx", "~$a.docx", "~12345678.dang-gh", "b.dang-ghi"):
        (tmp_path / name).write_bytes(b"")
    for path in tmp_path.iterdir():
        os.utime(path, (time.time() - 2 * AN_HOUR,) * 2)
    os.utime(fresh)
    durable.sweep(tmp_path)
    assert half.name not in left(tmp_path)
    assert len(left(tmp_path)) == 5
    durable.sweep(tmp_path, older_than=0)
    assert left(tmp_path) == sorted(["a.docx", "~$a.docx", "~12345678.dang-gh", "b.dang-ghi"])


def test_sweeping_a_folder_that_is_not_there_is_no_fault(tmp_path):
    durable.sweep(tmp_path / "nowhere")


def test_a_name_beside_is_short_keeps_the_ending_and_is_nobody_elses(tmp_path):
    names = {durable.unused(tmp_path / f"{'dài ' * 30}.xlsx").name for _ in range(50)}
    assert len(names) == 50
    assert {len(name) for name in names} == {len("~12345678.dang-ghi.xlsx")}
    assert all(name.endswith(".xlsx") for name in names)


def test_a_scratch_folder_goes_with_all_that_is_in_it(tmp_path, holder):
    holder.holds("unlink", times=2)
    with durable.scratch() as place:
        (place / "deep").mkdir()
        (place / "deep" / "a").write_bytes(b"a")
        (place / "deep" / "a").chmod(0o400)
    assert not place.exists()


@pytest.mark.parametrize("step", [durable.write_bytes])
def test_a_descriptor_is_binary_and_stays_open(tmp_path, step: Callable[..., None]):
    step(tmp_path / "a", b"")
    opened = durable.handle(tmp_path / "a")
    os.write(opened, b"\n\x1a\n")
    os.close(opened)
    assert (tmp_path / "a").read_bytes() == b"\n\x1a\n"


def test_a_file_that_is_held_while_it_is_read_back_is_waited_for(tmp_path, holder):
    holder.holds("read_bytes", times=3)
    durable.write_bytes(tmp_path / "a.json", b"abc")
    holder.patch.undo()
    assert (tmp_path / "a.json").read_bytes() == b"abc"


def test_what_follows_the_last_dot_of_a_long_name_does_not_make_it_too_long(tmp_path):
    target = tmp_path / ("Số 12." + "ế" * 80)
    durable.write_bytes(target, b"abc")
    assert left(tmp_path) == [target.name]
