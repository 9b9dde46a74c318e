"""What can happen to a file on its way: refused whole with its code, or taken in whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyrage
import pytest
import zstandard
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from app import durable
from app.errors import DiskFull, TargetGone, Unreadable
from app.journal import change_set as cs
from app.journal.change_set import LIFE, SET, Op, RecordOps
from app.models import Agency
from app.services.any_kind import records
from app.services.sync import joining
from app.store.checking import check
from app.sync import stick
from app.sync.manifest import PackedPart
from app.sync.refusal import SENTENCES, PackageRefused
from tests.sync import forging
from tests.sync.circles import Desk, circle, regulation
from tests.sync.states import everything

AGE_HEAD = 200  # more than the header that age writes before its first chunk
AGE_CHUNK = 65_536 + 16


class Posted:
    """A package that has arrived at an office and has not been opened."""

    def __init__(self, at: Desk, content: bytes) -> None:
        self.at = at
        self.content = content


@pytest.fixture(scope="module")
def posted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Posted]:
    """Two offices, and the bytes of a package from the first that the second has not opened."""
    folder = tmp_path_factory.mktemp("posted")
    police, health = circle(folder, "Công an tỉnh", "Sở Y tế")
    for n in range(3):
        rule = regulation(police, police.agency, health.agency, number=f"{n + 1}/QC-CAT-SYT")
        with police.store.changing("Ghi chú") as session:
            text = os.urandom(40_000).hex()  # does not compress: several age chunks
            records.revise(session, "regulation", rule, {"note": text})
    yield Posted(health, police.send(health).read_bytes())
    police.store.close()
    health.store.close()


def refused(desk: Desk, path: Path) -> PackageRefused:
    """The refusal of a file that must leave everything as it was."""
    before = disk(desk)
    with pytest.raises(PackageRefused) as told:
        joining.receive(desk.store, path, keep=True)
    assert disk(desk) == before
    assert told.value.code in SENTENCES
    assert path.name in str(told.value)
    assert str(told.value).endswith(".")
    return told.value


def disk(desk: Desk) -> dict[str, bytes]:
    """Every byte of the office's folder, its database and attached files."""
    return {
        str(path): path.read_bytes()
        for path in sorted(desk.store.folder.path.rglob("*"))
        if path.is_file() and path.suffix != ".phop-shm"
    }


def file(tmp_path: Path, content: bytes, name: str = "PH_a_b_0001.phx") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_an_empty_file_is_refused(posted: Posted, tmp_path: Path) -> None:
    assert refused(posted.at, file(tmp_path, b"")).code == "empty"


@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04" + bytes(99), "Kính gửi".encode()])
def test_a_file_of_another_kind_is_refused(posted: Posted, tmp_path: Path, content: bytes) -> None:
    assert refused(posted.at, file(tmp_path, content)).code == "not_package"


def test_a_folder_in_a_files_place_is_refused(posted: Posted, tmp_path: Path) -> None:
    (tmp_path / "PH.phx").mkdir()
    assert refused(posted.at, tmp_path / "PH.phx").code == "not_package"


def test_a_file_that_has_gone_is_refused(posted: Posted, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="không có tệp này"):
        refused(posted.at, tmp_path / "mất.phx")


def test_a_file_that_another_program_holds_is_said(
    posted: Posted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path, posted.content)

    def held(self: Path, *given: Any, **more: Any) -> Any:
        if self == path:
            raise PermissionError(13, "held")
        return opened(self, *given, **more)

    opened = Path.open
    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(Unreadable, match="chương trình khác đang giữ tệp"):
        refused(posted.at, path)


def test_a_file_cut_short_anywhere_is_refused(posted: Posted, tmp_path: Path) -> None:
    content = posted.content
    whole = len(content)
    assert whole > 2 * AGE_CHUNK
    ends = {1, 5, 8, 9, 10, 11, 40, AGE_HEAD, whole - 1, whole - 16, whole - 17}
    ends |= {whole * percent // 100 for percent in range(1, 100, 7)}
    ends |= {AGE_HEAD + n * AGE_CHUNK + d for n in (1, 2) for d in (-1, 0, 1)}
    for end in sorted(ends):
        code = refused(posted.at, file(tmp_path, content[:end])).code
        assert code in ("damaged", "not_package"), (end, code)


def test_a_bit_flipped_in_any_region_is_refused(posted: Posted, tmp_path: Path) -> None:
    content = posted.content
    regions = (0, 3, 8, 9, 10, 20, 60, 120, 190, 1000, 66_000, len(content) // 2, len(content) - 1)
    # Every bit of the head, one of each region under the seal, which guards all the others.
    bits = [(at, bit) for at in range(10) for bit in range(8)]
    for at, bit in (*bits, *((at, at % 8) for at in regions)):
        changed = bytearray(content)
        changed[at] ^= 1 << bit
        told = refused(posted.at, file(tmp_path, bytes(changed)))
        assert told.code in ("damaged", "not_package", "newer", "not_for_us"), (at, told.code)


@given(data=st.data())
@settings(max_examples=25)
def test_no_change_of_bytes_does_more_than_be_refused(
    posted: Posted, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    health, content = posted.at, posted.content
    at = data.draw(st.integers(0, len(content) - 1))
    gone = data.draw(st.integers(0, 40))
    new = data.draw(st.binary(max_size=40))
    changed = content[:at] + new + content[at + gone :]
    if changed == content:
        return
    refused(health, file(tmp_path_factory.mktemp("fuzz"), changed))


@given(
    at=st.one_of(st.integers(0, 1500), st.integers(0, 200_000)),
    new=st.binary(max_size=12),
    gone=st.integers(0, 12),
)
@settings(max_examples=60)
def test_no_change_under_the_seal_does_more_than_be_refused(
    posted: Posted, tmp_path_factory: pytest.TempPathFactory, at: int, new: bytes, gone: int
) -> None:
    """Somebody who knows our public key can seal anything to us; nothing of it may be used."""
    health, content = posted.at, posted.content
    folder = tmp_path_factory.mktemp("fuzz")
    plain = forging.plain_of(health, file(folder, content))
    at %= len(plain)
    changed = plain[:at] + new + plain[at + gone :]
    assume(changed != plain)
    machine = forging.circle_of(health).me.current()
    assert machine is not None
    refused(health, forging.sealed_again(changed, machine.recipient, folder / "giả.phx"))


def test_bytes_appended_are_refused(posted: Posted, tmp_path: Path) -> None:
    for tail in (b"\0", b"x" * 100, bytes(70_000)):
        assert refused(posted.at, file(tmp_path, posted.content + tail)).code == "damaged"


def test_two_files_joined_are_refused(posted: Posted, tmp_path: Path) -> None:
    assert refused(posted.at, file(tmp_path, posted.content * 2)).code == "damaged"


def test_bytes_appended_under_the_seal_are_refused(posted: Posted, tmp_path: Path) -> None:
    health, content = posted.at, posted.content
    plain = forging.plain_of(health, file(tmp_path, content))
    machine = forging.circle_of(health).me.current()
    assert machine is not None
    path = forging.sealed_again(plain + b"x", machine.recipient, tmp_path / "thêm.phx")
    assert refused(health, path).code == "bad_chunk"


def test_a_name_says_nothing(two: list[Desk], tmp_path: Path) -> None:
    """Renamed, in Vietnamese, very long: what is inside counts."""
    police, health = two
    regulation(police, police.agency, health.agency)
    folder = tmp_path / "Thư mục của Phòng Tổng hợp (bản mới)" / ("đ" * 80)
    folder.mkdir(parents=True)
    target = folder / ("Gói gửi Sở Y tế – ngày 23.11 " + "ă" * 60 + ".bin")
    shutil.copy(police.send(health), target)
    assert health.take(target).sets > 0


def test_one_package_under_two_names_is_taken_in_once(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    path = police.send(health)
    shutil.copy(path, tmp_path / "bản sao.phx")
    assert health.take(path).sets > 0
    before = everything(health)
    again = health.take(tmp_path / "bản sao.phx")
    assert again.is_again
    assert everything(health) == before


def test_packages_in_reverse_order_end_alike(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    paths = [police.send(health)]
    for n in range(3):
        with police.store.changing("Sửa") as session:
            records.revise(session, "regulation", rule, {"note": f"lần {n}"})
        paths.append(police.send(health))
    for path in reversed(paths):
        health.take(path)
    assert check(health.store).problems == []
    from tests.sync.states import alike

    police.take(health.send(police))
    assert alike(police, health)


def test_the_first_package_lost_for_ever_is_made_good(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    police.send(health).unlink()
    for n in range(2):
        with police.store.changing("Sửa") as session:
            records.revise(session, "regulation", rule, {"note": f"lần {n}"})
        path = police.send(health)
    health.take(path)
    with health.store.reading() as session:
        from app.models import Regulation

        assert records.get(session, Regulation, rule).note == "lần 1"


def test_a_package_two_years_old_is_taken_in_and_overwrites_nothing(two: list[Desk]) -> None:
    from app.models import Regulation

    police, health = two
    rule = regulation(police, police.agency, health.agency)
    old = police.send(health)
    with police.store.changing("Sửa") as session:
        records.revise(session, "regulation", rule, {"note": "mới"})
    health.take(police.send(health))
    later = health.store.now().replace(year=2028)
    health.store.now = lambda: later
    health.take(old)
    with health.store.reading() as session:
        assert records.get(session, Regulation, rule).note == "mới"
    assert check(health.store).problems == []


def test_a_package_for_another_office_is_refused(three: list[Desk]) -> None:
    police, health, home = three
    regulation(police, police.agency, health.agency)
    assert refused(home, police.send(health)).code == "not_for_us"


def test_our_own_package_is_refused(two: list[Desk]) -> None:
    police, health = two
    machine = forging.circle_of(police).me.current()
    assert machine is not None
    path = forging.package(police, health, folder=police.folder, recipients=[machine.recipient])
    assert refused(police, path).code == "ours"


def test_a_package_readdressed_by_a_third_party_is_refused(
    three: list[Desk], tmp_path: Path
) -> None:
    """The reader's keys are in the signed bytes: sealing it anew for another changes nothing."""
    police, health, home = three
    regulation(police, police.agency, health.agency)
    plain = forging.plain_of(health, police.send(health))
    machine = forging.circle_of(home).me.current()
    assert machine is not None
    path = forging.sealed_again(plain, machine.recipient, tmp_path / "chuyển.phx")
    assert refused(home, path).code == "wrong_addressee"


def test_a_package_of_another_circle_is_refused(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    path = forging.package(police, health, folder=tmp_path, realm=b"x" * 32)
    assert refused(health, path).code == "wrong_circle"


def test_a_package_of_an_unknown_sender_is_refused(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    path = forging.package(
        police, health, folder=tmp_path, from_replica=b"x" * 16, key=SigningKey.generate()
    )
    assert refused(health, path).code == "unknown_sender"


def test_a_known_machine_cannot_send_as_another_office(three: list[Desk], tmp_path: Path) -> None:
    police, health, home = three
    path = forging.package(home, health, folder=tmp_path, from_office=police.store.office)
    assert refused(health, path).code == "unknown_sender"


def test_a_manifest_signed_by_another_key_is_refused(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    path = forging.package(police, health, folder=tmp_path, key=SigningKey.generate())
    assert refused(health, path).code == "bad_signature"


def test_a_chunk_of_another_valid_package_is_refused(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    first, second = (forging.new_agency(police, name=f"Cơ quan {n}")[1] for n in (1, 2))
    one, other = forging.chunk_of([first]), forging.chunk_of([second])
    assert one[0].size == other[0].size
    path = forging.package(police, health, [first], folder=tmp_path, chunks=[(one[0], other[1])])
    assert refused(health, path).code == "bad_chunk"


def test_a_package_that_holds_fewer_changes_than_it_says_is_refused(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    _, pair = forging.new_agency(police, name="Cơ quan")
    path = forging.package(police, health, [pair], folder=tmp_path, sets=2)
    assert refused(health, path).code == "bad_chunk"


@pytest.mark.parametrize("cut", [1, 4, 8])
def test_a_chunk_whose_frame_is_cut_is_refused(two: list[Desk], tmp_path: Path, cut: int) -> None:
    """The sender's own disk lied to it: hash and size agree, the frame does not."""
    police, health = two
    _, pair = forging.new_agency(police, name="Cơ quan")
    part, packed = forging.chunk_of([pair])
    short = packed[:-cut]
    part = msgspec.structs.replace(part, size=len(short), sha256=hashlib.sha256(short).digest())
    path = forging.package(police, health, [pair], folder=tmp_path, chunks=[(part, short)])
    assert refused(health, path).code == "bad_chunk"


@pytest.mark.parametrize("stated", [1000, 64 << 20, 200 << 20])
def test_a_bomb_is_refused_before_it_goes_off(two: list[Desk], tmp_path: Path, stated: int) -> None:
    import tracemalloc

    police, health = two
    packed = zstandard.ZstdCompressor().compress(bytes(200 << 20))
    part = PackedPart("sets", hashlib.sha256(packed).digest(), len(packed), stated)
    path = forging.package(police, health, folder=tmp_path, chunks=[(part, packed)], sets=1)
    tracemalloc.start()
    try:
        assert refused(health, path).code in ("bad_chunk", "too_big")
        assert tracemalloc.get_traced_memory()[1] < 120 << 20
    finally:
        tracemalloc.stop()


def test_a_chunk_of_nothing_but_empty_changes_is_refused(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    many = 800_000
    content = msgspec.msgpack.encode([*[bytes(4 * many)] * 3, b"", bytes(64 * many)])
    part, packed = forging.part_of("sets", content)
    path = forging.package(police, health, folder=tmp_path, chunks=[(part, packed)], sets=many)
    assert refused(health, path).code == "bad_chunk"


def test_too_many_ops_in_one_change_set_are_set_aside(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    record = os.urandom(16)
    ops = tuple(Op("note", SET, "x", ()) for _ in range(cs.MOST_OPS + 1))
    pair = forging.written(police, "agency", record, [RecordOps("agency", record, ops)])
    got = health.take(forging.package(police, health, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["too_big"]
    assert got.sets == 0


def test_a_change_set_of_more_than_a_megabyte_is_set_aside(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    _, pair = forging.new_agency(police, name="x" * (cs.MOST_BYTES + 1))
    got = health.take(forging.package(police, health, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["too_big"]


@pytest.mark.parametrize("depth", [9, 200, 50_000])
def test_a_value_nested_too_deep_is_set_aside(two: list[Desk], tmp_path: Path, depth: int) -> None:
    police, health = two
    _, (raw, _) = forging.new_agency(police, name="SÂU")
    deep = b"\x91" * depth + b"\xc0"
    pair = forging.sealed(police, raw.replace(msgspec.msgpack.encode("SÂU"), deep))
    got = health.take(forging.package(police, health, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] in (["too_big"], ["unreadable"])
    assert check(health.store).problems == []


@pytest.mark.parametrize(
    "body", [b"", b"\xc1", b"\x90", zlib.compress(b"x"), b"\x91" * 100_000, bytes(1000)]
)
def test_a_change_set_that_is_none_is_set_aside_and_the_rest_taken_in(
    two: list[Desk], tmp_path: Path, body: bytes
) -> None:
    police, health = two
    record, good = forging.new_agency(police, name="Cơ quan lành")
    path = forging.package(police, health, [forging.sealed(police, body), good], folder=tmp_path)
    got = health.take(path)
    assert [reason for _, reason in got.quarantined] == ["unreadable"]
    with health.store.reading() as session:
        from uuid import UUID

        assert records.get(session, Agency, UUID(bytes=record)).name == "Cơ quan lành"


WRONG: dict[str, Any] = {
    "name": [None, 5, True, b"x", ["a"], {"a": 1}, "dòng\x00lạ", 1.5, msgspec.msgpack.Ext(5, b"")],
    "valid_from": ["hôm qua", "2026-13-01", 20260101, "2026-01-01T00:00:00", b"", "20260101"],
    "superior_id": ["abc", b"ngan", 7, bytes(17)],
    LIFE: ["deleted", "x", ["deleted"], ["deleted", [1]], None, 3, ["live", []]],
}


@pytest.mark.parametrize("name", WRONG)
def test_a_value_of_another_type_is_set_aside(two: list[Desk], tmp_path: Path, name: str) -> None:
    """It would stop the import in the middle, or a page months later."""
    police, health = two
    pairs = []
    for value in WRONG[name]:
        record = os.urandom(16)
        ops = (Op(LIFE, SET, "live", ()), Op(name, SET, value, ()))
        pairs.append(forging.written(police, "agency", record, [RecordOps("agency", record, ops)]))
    got = health.take(forging.package(police, health, pairs, folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["unreadable"] * len(pairs)
    assert got.sets == 0


@pytest.mark.parametrize(
    "given",
    [
        {"seq": 1 << 63},
        {"wall": 1 << 60},
        {"wall": -(1 << 60)},
        {"lamport": (1 << 64) - 1},
        {"batch": b""},
        {"prev": b"x"},
        {"office": b"y" * 16},
    ],
)
def test_a_frame_that_does_not_hold_together_is_set_aside(
    two: list[Desk], tmp_path: Path, given: dict[str, Any]
) -> None:
    from app.services.sync import quarantine

    police, health = two
    record = os.urandom(16)
    ops = (Op(LIFE, SET, "live", ()), Op("name", SET, "Cơ quan", ()))
    pair = forging.written(police, "agency", record, [RecordOps("agency", record, ops)], **given)
    got = health.take(forging.package(police, health, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["unreadable"]
    with health.store.reading() as session:
        assert len(quarantine.listing(session)) == 1  # it can be shown


def test_one_change_set_twice_in_a_package_counts_once(two: list[Desk], tmp_path: Path) -> None:
    """Taken in twice, a superseded value would stand again."""
    police, health = two
    record, first = forging.new_agency(police, name="Tên cũ")
    parent = cs.op_id(cs.id_of(first[0]), 1)
    second = forging.written(
        police,
        "agency",
        record,
        [RecordOps("agency", record, (Op("name", SET, "Tên mới", (parent,)),))],
        seq=1001,
        lamport=1001,
        prev=cs.id_of(first[0]),
    )
    path = forging.package(police, health, [first, second, first], folder=tmp_path)
    got = health.take(path)
    assert (got.sets, got.conflicts) == (2, [])
    assert check(health.store).problems == []


@pytest.mark.parametrize("what", ["write", "fsync", "replace"])
def test_a_stick_that_is_full_or_gone_or_read_only_is_said(
    two: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    usb = tmp_path / "stick"
    usb.mkdir()
    made = joining.export(police.store, health.store.office)
    if what == "write":
        usb.rmdir()  # pulled out before the first byte
    elif what == "fsync":
        monkeypatch.setattr(os, "fsync", _fails)
    else:
        monkeypatch.setattr(Path, "replace", _fails)
    with pytest.raises((TargetGone, DiskFull)) as told:
        stick.copy_out(made.path, usb)
    assert str(usb) in str(told.value)
    monkeypatch.undo()
    assert list(usb.glob("*")) == [] if usb.exists() else True
    usb.mkdir(exist_ok=True)
    assert health.take(stick.copy_out(made.path, usb)).sets > 0


def _fails(*_args: Any, **_kwargs: Any) -> None:
    raise OSError(28, "No space left on device")


def test_a_stick_that_returns_other_bytes_is_said(
    two: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    police, health = two
    made = joining.export(police.store, health.store.office)
    digests = iter([b"a", b"b"])
    monkeypatch.setattr(stick, "digest", lambda _file: next(digests))
    with pytest.raises(TargetGone, match="đọc lại"):
        stick.copy_out(made.path, tmp_path)
    assert list(tmp_path.glob("*.phx")) + list(tmp_path.glob("*.part")) == []


def test_no_room_for_a_new_package_leaves_nothing_and_marks_nothing(
    two: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    before = everything(police)

    def full(*_args: Any, **_kwargs: Any) -> None:
        raise pyrage.EncryptError("OSError: [Errno 28] No space left on device")

    monkeypatch.setattr(pyrage, "encrypt_io", full)
    with pytest.raises(TargetGone):
        joining.export(police.store, health.store.office)
    monkeypatch.undo()
    assert everything(police) == before
    assert list(joining.outbox_of(police.store).glob("*.part")) == []
    assert health.take(police.send(health)).sets > 0


def test_no_room_to_open_a_package_is_said_as_that(
    posted: Posted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    health, content = posted.at, posted.content
    path, before = file(tmp_path, content), everything(health)
    monkeypatch.setattr(pyrage, "decrypt_io", _fails)
    with pytest.raises(DiskFull):
        joining.receive(health.store, path, keep=True)
    monkeypatch.undo()
    assert everything(health) == before


def test_what_a_crash_left_half_written_is_swept_away(two: list[Desk]) -> None:
    police, health = two
    outbox = joining.outbox_of(police.store)
    left = [durable.unused(outbox / "PH_x_0009.phx"), durable.unused(outbox / "chunks")]
    for path in left:
        path.write_bytes(b"half")
    police.send(health)
    assert not any(path.exists() for path in left)


def test_a_half_written_package_on_a_stick_is_refused(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    content = police.send(health).read_bytes()
    assert refused(health, file(tmp_path, content[:700], "PH.part")).code == "damaged"


def test_every_refusal_says_what_to_do() -> None:
    for code, sentence in SENTENCES.items():
        told = str(PackageRefused(code, "gói.phx", kind="thư mời"))
        assert told[0].isupper(), code
        assert told.endswith("."), code
        assert "{" not in told, code
        assert code == "no_circle" or "gói.phx" in told
        assert len(sentence) < 200


def test_a_part_of_a_kind_only_newer_programs_know_is_passed_over(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    _, good = forging.new_agency(police, name="Cơ quan")
    extra = [forging.part_of("tương lai", b"what")]
    got = health.take(forging.package(police, health, [good], folder=tmp_path, extra=extra))
    assert got.sets == 1
