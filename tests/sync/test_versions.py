"""What a newer program wrote: kept, counted, passed on, and applied once it is understood."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from app.journal import change_set as cs
from app.journal import log
from app.journal.change_set import LIFE, SET, ChangeSet, Op, RecordOps
from app.models import Agency
from app.services.any_kind import records
from app.services.sync import upgrading
from app.store.checking import check, repair
from app.store.upgrade import CURRENT
from app.sync import held, judging, looked, shape
from app.sync.refusal import PackageRefused
from tests.sync import forging
from tests.sync.acts import swap
from tests.sync.circles import Desk, regulation
from tests.sync.states import rows


def agency_set(desk: Desk, *ops: Op, **given: Any) -> tuple[bytes, forging.Pair]:
    record = os.urandom(16)
    told = (Op(LIFE, SET, "live", ()), Op("name", SET, "Cơ quan mới", ()), *ops)
    return record, forging.written(
        desk, "agency", record, [RecordOps("agency", record, told)], **given
    )


def newer(desk: Desk, kind: str, rule: UUID) -> forging.Pair:
    """A change set that this version cannot apply, each for another reason."""
    if kind == "field":
        return agency_set(desk, Op("colour", SET, "xanh", ()))[1]
    if kind == "word":
        return agency_set(desk, Op("kind", SET, "spaceport", ()))[1]
    if kind == "op kind":
        return agency_set(desk, Op("note", "~", "x", ()))[1]
    if kind == "reader":
        return agency_set(desk, min_reader=CURRENT + 1)[1]
    if kind == "frame":
        body = cs.decode(agency_set(desk)[1][0])
        told = (*(getattr(body, f.name) for f in msgspec.structs.fields(ChangeSet)), "thêm")
        return forging.sealed(desk, msgspec.msgpack.encode((2, *told[1:])))
    ops: tuple[Op, ...]
    if kind == "entity":
        ops = (Op(LIFE, SET, "live", ()), Op("x", SET, 1, ()))
        return forging.written(
            desk, "regulation", rule.bytes, [RecordOps("plan", os.urandom(16), ops)]
        )
    if kind == "group":
        value = {"standing": "active", "standing_from": None, "standing_ground": None, "by": "x"}
        ops = (Op("@standing", SET, value, ()),)
        return forging.written(
            desk, "regulation", rule.bytes, [RecordOps("obligation", os.urandom(16), ops)]
        )
    record = os.urandom(16)  # a kind of family that is not known here
    ops = (Op(LIFE, SET, "live", ()),)
    return forging.written(desk, "joint_case", record, [RecordOps("joint_case", record, ops)])


def kept(desk: Desk, body: bytes) -> bool:
    """Whether the register holds these bytes, every one as its author wrote it."""
    with desk.store.connection() as connection:
        return any(stored.body == body for stored in log.all_sets(connection))


KINDS = ["field", "word", "op kind", "reader", "frame", "entity", "group", "family"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_understood_is_held_and_counted(
    two: list[Desk], tmp_path: Path, kind: str
) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    swap(*two)
    pair = newer(police, kind, rule)
    got = health.take(forging.package(police, health, [pair], folder=tmp_path))
    assert (got.held, got.quarantined, got.sets) == (1, [], 0)
    findings = check(health.store)
    assert (findings.problems, findings.held) == ([], 1)
    with health.store.reading() as session:
        assert "Cơ quan mới" not in {a.name for a in records.live(session, Agency)}
    assert kept(health, pair[0])


def test_what_is_held_is_acknowledged_and_passed_on(three: list[Desk], tmp_path: Path) -> None:
    police, health, home = three
    swap(*three)
    pair = newer(police, "field", UUID(int=0))
    got = health.take(forging.package(police, health, [pair], folder=tmp_path, number=900))
    path = health.send(police)
    from app.sync import links

    with health.store.connection() as connection:
        assert got.package in links.applied_from(connection, police.store.replica)
    home.take(health.send(home))
    assert kept(home, pair[0])
    assert path.exists()
    assert check(home.store).problems == []


def test_what_was_held_is_applied_after_an_upgrade(
    two: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    police, health = two
    record, pair = agency_set(police, min_reader=CURRENT + 1)
    later = forging.written(
        police,
        "agency",
        record,
        [RecordOps("agency", record, (Op("note", SET, "viết sau", ()),))],
        seq=1001,
        prev=cs.id_of(pair[0]),
    )
    got = health.take(forging.package(police, health, [pair, later], folder=tmp_path))
    assert (got.held, got.sets) == (1, 1)
    assert upgrading.take_up_held(health.store, again=True) == 0
    for module in (held, looked, judging):
        monkeypatch.setattr(module, "CURRENT", CURRENT + 1)
    assert upgrading.take_up_held(health.store) == 1
    assert upgrading.take_up_held(health.store) == 0
    with health.store.reading() as session:
        found = records.get(session, Agency, UUID(bytes=record))
    assert (found.name, found.note) == ("Cơ quan mới", "viết sau")
    findings = check(health.store)
    assert (findings.problems, findings.held) == ([], 0)
    assert repair(health.store).problems == []


def test_a_word_that_a_newer_version_knows_is_applied_then(
    two: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    police, health = two
    pair = newer(police, "word", UUID(int=0))
    assert health.take(forging.package(police, health, [pair], folder=tmp_path)).held == 1
    monkeypatch.setattr(shape, "_words", lambda _entity: {})
    assert upgrading.take_up_held(health.store, again=True) == 1
    assert check(health.store).problems == []


def test_what_was_held_is_judged_when_it_is_taken_up(
    three: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held is no way round the rights."""
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    swap(*three)
    pair = newer(home, "family", rule)
    ops = (Op("abstract", SET, "Bị sửa trộm", ()),)
    theft = forging.written(
        home, "regulation", rule.bytes, [RecordOps("regulation", rule.bytes, ops)],
        min_reader=CURRENT + 1,
    )  # fmt: skip
    got = police.take(forging.package(home, police, [pair, theft], folder=tmp_path))
    assert (got.held, [reason for _, reason in got.quarantined]) == (1, ["no_right"])


def test_a_bad_value_that_was_held_is_set_aside_when_it_is_taken_up(
    two: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    police, health = two
    _, pair = agency_set(police, Op("valid_from", SET, 7, ()), min_reader=CURRENT + 1)
    assert health.take(forging.package(police, health, [pair], folder=tmp_path)).held == 1
    for module in (held, judging):
        monkeypatch.setattr(module, "CURRENT", CURRENT + 1)
    assert upgrading.take_up_held(health.store) == 0
    assert len(rows(health, ("quarantine",))["quarantine"]) == 1
    assert check(health.store).problems == []


def test_a_package_of_a_newer_format_is_refused_with_the_advice_to_upgrade(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    givens: list[dict[str, Any]] = [{"v": 2}, {"min_reader": CURRENT + 1}]
    for given in givens:
        path = forging.package(police, health, folder=tmp_path, **given)
        with pytest.raises(PackageRefused) as told:
            health.take(path)
        assert told.value.code == "newer"
    content = bytearray(police.send(health).read_bytes())
    content[9] = 2
    path = tmp_path / "mới.phx"
    path.write_bytes(content)
    with pytest.raises(PackageRefused) as told:
        health.take(path)
    assert told.value.code == "newer"


def test_an_older_programs_edit_leaves_fields_it_does_not_know_alone(
    two: list[Desk], tmp_path: Path
) -> None:
    """A change set speaks of the fields it changes and of no other."""
    police, health = two
    record, pair = agency_set(police, Op("note", SET, "giữ nguyên", ()))
    health.take(forging.package(police, health, [pair], folder=tmp_path))
    with health.store.changing("Sửa") as session:
        records.revise(session, "agency", UUID(bytes=record), {"place": "Thanh Hóa"})
    with health.store.reading() as session:
        assert records.get(session, Agency, UUID(bytes=record)).note == "giữ nguyên"
