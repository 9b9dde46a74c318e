"""Who writes: restored, copied, replaced registers; wrong clocks; machines that were retired."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from app.errors import AlreadyOpen, ReadOnly, Refused
from app.journal.change_set import LIFE, SET, Op, RecordOps
from app.models import Agency, Regulation
from app.models.values import Value
from app.services.any_kind import records
from app.services.sync import joining, membership, quarantine
from app.store.checking import check
from app.sync import alarms
from app.sync.refusal import PackageRefused
from tests.offices import at, open_store
from tests.sync import forging
from tests.sync.circles import Desk, circle, found, join, regulation
from tests.sync.states import alike


def edit(desk: Desk, rule: UUID, **values: Value) -> None:
    with desk.store.changing("Sửa quy chế") as session:
        records.revise(session, "regulation", rule, values)


def shown(desk: Desk, rule: UUID) -> Regulation:
    with desk.store.reading() as session:
        return records.get(session, Regulation, rule)


def _same(moment: datetime) -> datetime:
    return moment


def codes(told: list[alarms.Alarm]) -> list[str]:
    return [one.code for one in told]


def exchange_all(desks: list[Desk], rounds: int = 3) -> None:
    for _ in range(rounds):
        for sender in desks:
            for reader in desks:
                if sender is not reader:
                    reader.take(sender.send(reader))


def copied(desk: Desk, folder: Path, *, keys: bool) -> Desk:
    """The office's folder on another machine, its keys with it or not."""
    desk.store.close()
    folder.mkdir()
    shutil.copytree(desk.folder / "office", folder / "office")
    if keys:
        shutil.copytree(desk.folder / "keys", folder / "keys")
    desk.reopen()
    return Desk(desk.name, folder, open_store(folder, now=at(2026, 11, 23)), desk.agency)


# Restored ------------------------------------------------------------------------------------


def test_a_restore_before_the_last_receipt_loses_nothing(two: list[Desk]) -> None:
    """What had been acknowledged is no longer there: the sender must not build on it."""
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    saved = health.store.backup()
    health.take(police.send(health))
    police.take(health.send(police))  # acknowledged
    health.store.restore(saved.path)

    edit(police, rule, note="sau")
    got = health.take(police.send(health))  # built on what is gone
    assert codes(got.alarms) == [alarms.GAP]
    police.take(health.send(police))
    health.take(police.send(health))

    assert shown(health, rule).abstract == "Phối hợp"
    exchange_all(two)
    assert alike(police, health)


def test_a_late_receipt_says_nothing_of_what_the_office_has_become_since(
    two: list[Desk],
) -> None:
    """What was acknowledged was acknowledged by a register that is no more."""
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    exchange_all(two)
    saved = health.store.backup()
    edit(police, rule, note="đã xác nhận, rồi mất khi khôi phục")
    health.take(police.send(health))
    late = health.send(police)  # the receipt, on a stick in a drawer
    health.store.restore(saved.path)
    police.take(health.send(police))  # the new identity makes itself known
    assert police.take(late).acknowledged > 0

    health.take(police.send(health))
    assert shown(health, rule).note == "đã xác nhận, rồi mất khi khôi phục"
    exchange_all(two)
    assert alike(police, health)


def test_restores_on_both_sides_lose_nothing(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    exchange_all(two)
    saved = [desk.store.backup() for desk in two]
    edit(police, rule, note="của Công an")
    edit(health, rule, field_of_work="của Sở Y tế")
    exchange_all(two)
    police.store.restore(saved[0].path)
    edit(police, rule, stored_at="Kho 1")
    health.take(police.send(health))
    health.store.restore(saved[1].path)
    edit(health, rule, focal_unit="Phòng Nghiệp vụ")
    exchange_all(two)

    got = shown(police, rule)
    # Each had sent its note to the other, and the other was put back too: gone from both
    # registers is only what no file any more holds.
    assert (got.stored_at, got.focal_unit) == ("Kho 1", "Phòng Nghiệp vụ")
    assert alike(police, health)


def test_an_office_restored_twice_from_one_backup_still_receives(two: list[Desk]) -> None:
    """Each restore makes a new identity that the older backup knows nothing of."""
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    exchange_all(two)
    saved = health.store.backup()
    for n in range(3):
        health.store.restore(saved.path)
        edit(health, rule, note=f"sau lần khôi phục {n}")
        police.take(health.send(police))
        edit(police, rule, field_of_work=f"lĩnh vực {n}")
        health.take(police.send(health))
        assert shown(health, rule).field_of_work == f"lĩnh vực {n}"
    exchange_all(two)
    assert alike(police, health)


def test_an_office_restored_to_before_it_joined_is_still_in_its_circle(tmp_path: Path) -> None:
    police, health = (found(tmp_path / n, n) for n in ("Công an tỉnh", "Sở Y tế"))
    saved = [desk.store.backup() for desk in (police, health)]
    joining.begin(police.store)
    join(police, health, tmp_path)
    for desk, backup in zip((police, health), saved, strict=True):
        desk.store.restore(backup.path)
    with pytest.raises(Refused, match="đã ở trong một nhóm"):
        joining.begin(police.store)  # it would have thrown away the circle's key
    exchange_all([police, health])
    rule = regulation(health, health.agency, police.agency)
    police.take(health.send(police))
    assert shown(police, rule).number == "18/QC-CAT-SYT"
    for desk in (police, health):
        desk.store.close()


def test_a_restored_hub_never_signs_two_rosters_with_one_number(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    saved = police.store.backup()
    home = found(tmp_path / "2", "Sở Nội vụ")
    join(police, home, tmp_path)
    health.take(police.send(health))  # now health knows the roster with home in it
    police.store.restore(saved.path)
    labour = found(tmp_path / "3", "Sở Lao động")
    join(police, labour, tmp_path)
    desks = [police, health, home, labour]
    exchange_rosters(desks)
    for desk in desks:
        assert {p.name for p in joining.peers(desk.store)} == {d.name for d in desks} - {desk.name}
        if desk not in two:
            desk.store.close()


def exchange_rosters(desks: list[Desk]) -> None:
    hub, *others = desks
    for desk in others:
        desk.take(hub.send(desk))


def test_a_restored_register_with_a_lost_sidecar_goes_on_as_another(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    was = police.store.replica
    police.store.close()
    for path in (police.folder / "keys").glob("*.seq"):
        path.unlink()
    police.reopen()
    assert police.store.replica != was
    edit(police, rule, note="sau")
    exchange_all(two)
    assert shown(health, rule).note == "sau"
    assert alike(police, health)


def test_a_register_put_back_by_hand_goes_on_as_another(two: list[Desk], tmp_path: Path) -> None:
    """Somebody copied the file back: no program saw it, but its numbers are behind."""
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    police.store.close()
    shutil.copytree(police.folder / "office", tmp_path / "saved")
    police.reopen()
    edit(police, rule, note="đã gửi")
    health.take(police.send(health))
    was = police.store.replica
    police.store.close()
    shutil.rmtree(police.folder / "office")
    shutil.copytree(tmp_path / "saved", police.folder / "office")
    police.reopen()
    assert police.store.replica != was
    edit(police, rule, field_of_work="viết sau")
    exchange_all(two)
    assert (shown(police, rule).note, shown(police, rule).field_of_work) == ("đã gửi", "viết sau")
    assert alike(police, health)


# Copied --------------------------------------------------------------------------------------


def test_a_copy_without_its_keys_may_only_be_read(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    copy = copied(police, tmp_path / "copy", keys=False)
    assert copy.store.read_only_reason is not None
    with pytest.raises(ReadOnly):
        edit(copy, rule, note="x")
    with pytest.raises(ReadOnly):
        copy.send(health)
    assert shown(copy, rule).number == "18/QC-CAT-SYT"
    copy.store.close()


def test_a_copy_with_its_keys_is_noticed_and_nothing_is_lost(
    two: list[Desk], tmp_path: Path
) -> None:
    """The folder and the keys on a second machine: two files that write as one."""
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    exchange_all(two)
    twin = copied(health, tmp_path / "twin", keys=True)
    assert twin.store.replica == health.store.replica
    edit(health, rule, note="máy thứ nhất")
    edit(twin, rule, field_of_work="máy thứ hai")

    first = police.take(health.send(police))
    assert codes(first.alarms) == []
    second = police.take(twin.send(police))
    assert alarms.FORK in codes(second.alarms)
    assert health.name in next(a.sentence for a in second.alarms if a.code == alarms.FORK)
    assert (shown(police, rule).note, shown(police, rule).field_of_work) == (
        "máy thứ nhất",
        "máy thứ hai",
    )
    was = health.store.replica
    third = health.take(police.send(health))  # brings back what its twin wrote
    assert third.is_mine_doubled
    assert alarms.OURS_UNKNOWN in codes(third.alarms)
    assert health.store.replica != was
    edit(health, rule, stored_at="Kho 2")
    police.take(health.send(police))
    assert shown(police, rule).stored_at == "Kho 2"
    twin.store.close()
    exchange_all(two)
    assert alike(police, health)


def test_a_disk_image_put_back_is_noticed_and_sent_everything_again(
    two: list[Desk], tmp_path: Path
) -> None:
    """Register, keys and sidecar rewound together: no new identity tells of it."""
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    exchange_all(two)
    health.store.close()
    shutil.copytree(health.folder, tmp_path / "image")
    health.reopen()
    edit(police, rule, note="đã xác nhận")
    health.take(police.send(health))
    edit(health, rule, field_of_work="viết trước khi ghi lại ảnh")
    police.take(health.send(police))  # acknowledges the note
    health.store.close()
    shutil.rmtree(health.folder)
    shutil.copytree(tmp_path / "image", health.folder)
    health.reopen()
    assert shown(health, rule).note is None

    got = police.take(health.send(police))
    assert got.is_full_resend_due
    back = health.take(police.send(health))
    assert back.is_mine_doubled  # its own work came back to it
    assert shown(health, rule).note == "đã xác nhận"
    assert shown(health, rule).field_of_work == "viết trước khi ghi lại ảnh"
    exchange_all(two)
    assert alike(police, health)


def test_a_folder_is_opened_by_one_process_at_a_time(two: list[Desk]) -> None:
    with pytest.raises(AlreadyOpen):
        open_store(two[0].folder)


# Replaced ------------------------------------------------------------------------------------


def replaced(hub: Desk, desk: Desk, folder: Path) -> Desk:
    """The office's register on a new machine, which asks the hub to be let in for the old."""
    new = copied(desk, folder, keys=False)
    new.store.renew_replica()
    joining.invite(hub.store, folder / "moi.phm")
    joining.ask(new.store, folder / "moi.phm", folder / "xin.phr")
    joining.admit(hub.store, folder / "xin.phr", folder / "duyet.pha")
    joining.accept(new.store, folder / "duyet.pha")
    return new


def test_a_machine_that_was_replaced_comes_back_and_waits_for_a_person(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    exchange_all(two)
    new = replaced(police, health, tmp_path / "new")
    edit(new, rule, note="máy mới")
    police.take(new.send(police))
    new.take(police.send(new))
    assert shown(police, rule).note == "máy mới"

    edit(health, rule, field_of_work="máy cũ, viết sau khi thay")
    stick = health.send(police)  # a stick found in a drawer
    got = police.take(stick)
    assert alarms.RETIRED in codes(got.alarms)
    assert [reason for _, reason in got.quarantined] == ["retired_author"]
    assert shown(police, rule).field_of_work is None

    quarantine.let_in(police.store, [set_id for set_id, _ in got.quarantined])
    assert shown(police, rule).field_of_work == "máy cũ, viết sau khi thay"
    assert check(police.store).problems == []
    new.store.close()


def test_an_identity_that_a_replaced_machine_gave_itself_goes_with_it(
    two: list[Desk], tmp_path: Path
) -> None:
    """Whoever holds a retired key must not write on by naming another in its stead."""
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    exchange_all(two)
    saved = health.store.backup()
    new = replaced(police, health, tmp_path / "new")
    health.store.restore(saved.path)  # the old machine takes a new identity, after its end
    edit(health, rule, note="máy cũ dưới tên mới")
    got = police.take(health.send(police))
    assert [reason for _, reason in got.quarantined] == ["retired_author"]
    new.store.close()


def test_what_a_machine_wrote_before_it_was_replaced_counts_whoever_brings_it(
    three: list[Desk], tmp_path: Path
) -> None:
    police, health, home = three
    exchange_all(three)
    saved = health.store.backup()
    health.store.restore(saved.path)  # a second identity, that the roster does not list
    rule = regulation(health, health.agency, police.agency)
    police.take(health.send(police))
    new = replaced(police, health, tmp_path / "new")
    home.take(police.send(home))
    with police.store.changing("Thêm bên") as session:
        from app.services.regulation import regulations
        from app.services.regulation.regulations import Parties

        regulations.bind(session, rule, Parties(health.agency, (police.agency, home.agency)))
    got = home.take(police.send(home))
    assert got.quarantined == []
    assert shown(home, rule).number == "18/QC-CAT-SYT"
    new.store.close()


def test_an_old_request_cannot_bring_a_retired_machine_back(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    joining.invite(police.store, tmp_path / "moi.phm")
    joining.ask(health.store, tmp_path / "moi.phm", tmp_path / "cu.phr")
    new = replaced(police, health, tmp_path / "new")
    with pytest.raises(Refused, match="đã thôi dùng"):
        joining.admit(police.store, tmp_path / "cu.phr", tmp_path / "cu.pha")
    assert police.take(new.send(police)).quarantined == []
    new.store.close()


def test_the_same_request_opened_twice_changes_nothing(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    joining.invite(police.store, tmp_path / "moi.phm")
    joining.ask(health.store, tmp_path / "moi.phm", tmp_path / "lai.phr")
    for _ in range(2):
        joining.admit(police.store, tmp_path / "lai.phr", tmp_path / "lai.pha")
    joining.accept(health.store, tmp_path / "lai.pha")
    rule = regulation(health, health.agency, police.agency)
    assert police.take(health.send(police)).quarantined == []
    assert shown(police, rule).is_live


def test_a_revoked_machine_is_set_aside_from_that_number_on(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    exchange_all(two)
    membership.retire(police.store, health.store.replica)
    edit(health, rule, note="sau khi thu hồi")
    got = police.take(health.send(police))
    assert {reason for _, reason in got.quarantined} == {"retired_author"}
    assert shown(police, rule).note is None
    with pytest.raises(Exception, match="chưa có máy nào"):
        police.send(health)


def test_a_revoked_key_cannot_slip_a_forged_change_under_an_old_number(
    two: list[Desk], tmp_path: Path
) -> None:
    """The number lies before the revocation, but another change set has it already."""
    police, health = two
    exchange_all(two)
    membership.retire(police.store, health.store.replica)
    record, _ = forging.new_agency(health, name="x")
    ops = (Op(LIFE, SET, "live", ()), Op("name", SET, "Giả mạo", ()))
    pair = forging.written(health, "agency", record, [RecordOps("agency", record, ops)], seq=1)
    got = police.take(forging.package(health, police, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["forked"]
    with police.store.reading() as session:
        assert "Giả mạo" not in {a.name for a in records.live(session, Agency)}


def test_a_receipt_of_a_retired_machine_moves_nothing(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    receipt = health.send(police)
    new = replaced(police, health, tmp_path / "new")
    assert police.take(receipt).acknowledged == 0
    new.take(police.send(new))
    assert shown(new, rule).number == "18/QC-CAT-SYT"
    new.store.close()


def test_an_unknown_author_is_set_aside_until_the_hub_knows_him(
    two: list[Desk], tmp_path: Path
) -> None:
    from nacl.signing import SigningKey

    police, health = two
    record, _ = forging.new_agency(health, name="x")
    ops = (Op(LIFE, SET, "live", ()), Op("name", SET, "Lạ", ()))
    pair = forging.written(
        health,
        "agency",
        record,
        [RecordOps("agency", record, ops)],
        replica=b"z" * 16,
        key=SigningKey.generate(),
    )
    got = police.take(forging.package(health, police, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["unknown_author"]
    with pytest.raises(Refused):
        quarantine.let_in(police.store, [got.quarantined[0][0]])


def test_a_change_set_with_another_signature_is_set_aside_for_good(
    two: list[Desk], tmp_path: Path
) -> None:
    from nacl.signing import SigningKey

    police, health = two
    record, _ = forging.new_agency(police, name="x")
    ops = (Op(LIFE, SET, "live", ()), Op("name", SET, "Giả", ()))
    records_ = [RecordOps("agency", record, ops)]
    pair = forging.written(
        health, "agency", record, records_, replica=police.store.replica,
        office=police.store.office, key=SigningKey.generate(),
    )  # fmt: skip
    got = police.take(forging.package(health, police, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["bad_signature"]
    with pytest.raises(Refused):
        quarantine.let_in(police.store, [got.quarantined[0][0]])


def test_one_person_may_keep_the_keys_of_two_hubs(tmp_path: Path) -> None:
    """A trial office beside the real one must not overwrite the real circle's key."""
    first = found(tmp_path / "0", "Công an tỉnh")
    joining.begin(first.store)
    from app.journal.keys import Keyring
    from app.store import OfficeFacts, Store

    second = Store(tmp_path / "1" / "office", keyring=Keyring(tmp_path / "0" / "keys"))
    with second.changing("Thêm") as session:
        agency = records.enter(session, "agency", {"name": "Văn phòng thử"})
    second.set_facts(OfficeFacts("Văn phòng thử", (agency.id,), ""))
    joining.begin(second)
    assert joining.invitation(first.store).realm != joining.invitation(second).realm
    health = found(tmp_path / "2", "Sở Y tế")
    join(first, health, tmp_path)
    for store in (first.store, second, health.store):
        store.close()


def test_an_office_that_has_not_joined_is_told_so(tmp_path: Path, two: list[Desk]) -> None:
    alone = found(tmp_path / "alone", "Sở Lao động")
    with pytest.raises(PackageRefused) as told:
        alone.take(two[0].send(two[1]))
    assert told.value.code == "no_circle"
    alone.store.close()


# Time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "code"), [(2009, alarms.CLOCK_OLD), (2099, alarms.CLOCK_AHEAD)])
def test_a_wrong_clock_is_told_and_decides_nothing(two: list[Desk], year: int, code: str) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    exchange_all(two)
    police.store.now = at(year, 1, 1)
    edit(police, rule, note="đồng hồ sai")
    police.store.now = at(2026, 11, 23)
    got = health.take(police.send(health))
    assert codes(got.alarms) == [code]
    assert police.name in got.alarms[0].sentence
    health.store.now = at(2026, 11, 24)
    edit(health, rule, note="sửa lại")
    police.take(health.send(police))
    assert shown(police, rule).note == "sửa lại"
    assert alike(police, health)


def test_a_machine_whose_clock_is_behind_is_told_by_the_first_package(two: list[Desk]) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    health.store.now = at(2009, 1, 1)
    got = health.take(police.send(health))
    assert codes(got.alarms) == [alarms.CLOCK_HERE]
    assert got.sets > 0


def test_a_clock_that_goes_back_during_a_save_changes_no_order(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    moment = police.store.now()
    for n in range(4):
        late = moment - timedelta(days=n)
        police.store.now = partial(_same, late)
        edit(police, rule, note=f"lần {n}")
    health.take(police.send(health))
    assert shown(health, rule).note == "lần 3"
    assert check(police.store).problems == []


def test_a_number_that_jumps_is_set_aside_for_good(two: list[Desk], tmp_path: Path) -> None:
    """Taken in, it would be the last change that anybody can order."""
    police, health = two
    record, _ = forging.new_agency(police, name="x")
    ops = (Op(LIFE, SET, "live", ()), Op("name", SET, "Nhảy", ()))
    pair = forging.written(
        police, "agency", record, [RecordOps("agency", record, ops)], lamport=1 << 42
    )
    got = health.take(forging.package(police, health, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["number_jump"]
    with pytest.raises(Refused):
        quarantine.let_in(health.store, [got.quarantined[0][0]])
    rule = regulation(health, health.agency, police.agency)
    assert police.take(health.send(police)).quarantined == []
    assert shown(police, rule).is_live


def test_a_circle_of_one_is_no_trouble(tmp_path: Path) -> None:
    (alone,) = circle(tmp_path, "Công an tỉnh")
    assert joining.peers(alone.store) == []
    alone.store.close()
