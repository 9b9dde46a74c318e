"""Who is sent what, who may write where, and what becomes of it when that changes."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from app.errors import NotFound
from app.journal.change_set import LIFE, SET, Op, RecordOps
from app.models import Agency, Party, Regulation
from app.services import attachments
from app.services.agreement import awaited
from app.services.any_kind import records, secrecy
from app.services.regulation import regulations
from app.services.sync import joining, quarantine
from app.store.checking import check
from app.sync import families
from tests.sync import forging
from tests.sync.acts import bind, edit, obligation, rule_at, seen, swap, withdraw
from tests.sync.circles import Desk, found, join, regulation
from tests.sync.states import alike, records_of, rows


def ended(desk: Desk) -> set[bytes]:
    return {row[0] for row in rows(desk, ("ended",))["ended"]}


def carried(reader: Desk, path: Path) -> set[bytes]:
    """The families of a package, as its reader can decrypt them."""
    from app.journal import change_set as cs
    from app.sync import circle as circles
    from app.sync import container, manifest
    from app.sync.judging import chunks

    identities = list(circles.identities(reader.store.keyring))
    with container.open_sealed(path, identities) as opened:
        found = manifest.decode(opened.manifest)
        return {
            cs.decode(body).family_id for pairs in chunks(opened, found) for _, body, _ in pairs
        }


def test_a_body_named_in_an_obligation_alone_sees_the_regulation(three: list[Desk]) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    edit(police, rule, note="lịch sử dài")
    home.take(police.send(home))
    assert seen(home, rule) is None
    obligation(police, rule, police.agency, coordinating=(home.agency,))
    home.take(police.send(home))
    assert rule_at(home, rule).note == "lịch sử dài"
    assert check(home.store).problems == []


def test_a_body_taken_out_is_sent_nothing_more_and_keeps_a_marked_copy(
    three: list[Desk],
) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    bind(police, rule, police.agency, health.agency, home.agency)
    swap(*three)
    bind(police, rule, police.agency, health.agency)
    edit(police, rule, note="chỉ cho hai bên")
    path = police.send(home)
    assert rule.bytes not in carried(home, path)
    got = home.take(path)
    assert rule.bytes in got.ended
    assert ended(home) == {rule.bytes}
    assert rule_at(home, rule).note is None  # a copy, and never a deletion
    assert "chỉ cho hai bên" not in repr(records_of(home))


def test_what_happened_while_a_body_was_out_comes_with_its_return(three: list[Desk]) -> None:
    """Receipts moved on meanwhile: what they cover had never been sent."""
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    bind(police, rule, police.agency, health.agency, home.agency)
    swap(*three)
    bind(police, rule, police.agency, health.agency)
    swap(*three)
    edit(police, rule, note="viết khi vắng mặt")
    swap(*three)
    bind(police, rule, police.agency, health.agency, home.agency)
    swap(*three)
    assert rule_at(home, rule).note == "viết khi vắng mặt"
    assert ended(home) == set()
    assert alike(police, home)


def test_pending_edits_of_a_body_taken_out_travel_once_and_wait(three: list[Desk]) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    bind(police, rule, police.agency, health.agency, home.agency)
    swap(*three)
    edit(home, rule, note="viết trước khi biết mình bị đưa ra")
    bind(police, rule, police.agency, health.agency)
    got = police.take(home.send(police))
    assert [reason for _, reason in got.quarantined] == ["no_right"]
    assert rule_at(police, rule).note is None
    quarantine.let_in(police.store, [set_id for set_id, _ in got.quarantined])
    assert rule_at(police, rule).note == "viết trước khi biết mình bị đưa ra"
    again = health.take(police.send(health))  # who let it in vouches for it
    assert again.quarantined == []
    assert alike(police, health)


def test_what_waits_at_the_door_and_comes_in_vouched_for_is_taken_in_once(
    three: list[Desk],
) -> None:
    """Taken in twice, what it wrote would stand again beside what superseded it."""
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    bind(police, rule, police.agency, health.agency, home.agency)
    swap(*three)
    edit(home, rule, note="của bên bị đưa ra")
    letters = [home.send(police), home.send(health)]
    bind(police, rule, police.agency, health.agency)
    health.take(police.send(health))
    waiting = [health.take(letters[1]), police.take(letters[0])]
    assert [reason for got in waiting for _, reason in got.quarantined] == ["no_right"] * 2
    ids = [set_id for set_id, _ in waiting[0].quarantined]
    quarantine.let_in(police.store, ids)
    edit(police, rule, note="đã xem và sửa")
    health.take(police.send(health))
    with health.store.reading() as session:
        assert quarantine.count(session) == 0
    assert rule_at(health, rule).note == "đã xem và sửa"
    assert check(health.store).problems == []
    assert alike(police, health)


def test_a_withdrawn_review_is_withdrawn_for_all_who_took_part(two: list[Desk]) -> None:
    police, health = two
    with police.store.changing("Hội nghị") as session:
        review = records.enter(
            session,
            "review",
            {
                "title": "Sơ kết năm 2026",
                "host_id": police.agency,
                "participants": (health.agency,),
                "period_from": date(2026, 1, 1),
                "period_to": date(2026, 12, 31),
            },
        ).id
    swap(*two)
    assert seen(health, review, "review").life == "live"
    withdraw(police, review, "review")
    swap(*two)
    assert seen(health, review, "review").life == "deleted"


def test_an_office_cannot_reach_a_closed_record_through_an_open_family(
    three: list[Desk], tmp_path: Path
) -> None:
    """A change set that says it is about a body, and writes to a regulation."""
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    ops = (Op("abstract", SET, "Bị sửa trộm", ()),)
    pairs = [
        forging.written(home, "agency", rule.bytes, [RecordOps("regulation", rule.bytes, ops)]),
        forging.written(
            home, "agency", home.agency.bytes, [RecordOps("regulation", rule.bytes, ops)]
        ),
    ]
    got = police.take(forging.package(home, police, pairs, folder=tmp_path))
    assert {reason for _, reason in got.quarantined} == {"wrong_family"}
    assert rule_at(police, rule).abstract == "Phối hợp"
    with pytest.raises(Exception, match="không nhận vào sổ được"):
        quarantine.let_in(police.store, [got.quarantined[0][0]])


def test_a_record_cannot_be_born_into_another_family_than_it_says(
    three: list[Desk], tmp_path: Path
) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    mine = regulation(home, home.agency, police.agency, number="2/QC-SNV-CAT")
    swap(*three)
    child = os.urandom(16)
    ops = (
        Op(LIFE, SET, "live", ()),
        Op("regulation_id", SET, rule.bytes, ()),
        Op("agency_id", SET, home.agency.bytes, ()),
        Op("role", SET, "coordinating", ()),
    )
    pair = forging.written(home, "regulation", mine.bytes, [RecordOps("party", child, ops)])
    got = police.take(forging.package(home, police, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["wrong_family"]
    with police.store.reading() as session:
        bound = {p.agency_id for p in records.live(session, Party) if p.regulation_id == rule}
    assert home.agency not in bound


def test_a_record_cannot_be_moved_to_another_family(three: list[Desk], tmp_path: Path) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    mine = regulation(home, home.agency, police.agency, number="2/QC-SNV-CAT")
    child = obligation(home, mine, home.agency)
    swap(*three)
    ops = (Op("regulation_id", SET, rule.bytes, ()),)
    pair = forging.written(
        home, "regulation", mine.bytes, [RecordOps("obligation", child.bytes, ops)]
    )
    got = police.take(forging.package(home, police, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["wrong_family"]


def test_one_id_cannot_stand_for_two_kinds_of_record(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    swap(*two)
    ops = (Op(LIFE, SET, "live", ()), Op("name", SET, "Trùng mã", ()))
    pair = forging.written(health, "agency", rule.bytes, [RecordOps("agency", rule.bytes, ops)])
    got = police.take(forging.package(health, police, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["wrong_family"]
    assert check(police.store).problems == []


def test_clerks_and_settings_never_leave_nor_come(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    with police.store.changing("Cán bộ") as session:
        clerk = records.enter(session, "clerk", {"position": "Chuyên viên tổng hợp"}).id
    path = police.send(health)
    assert clerk.bytes not in carried(health, path)
    record = os.urandom(16)
    ops = (Op(LIFE, SET, "live", ()), Op("position", SET, "Lạ", ()))
    pair = forging.written(health, "clerk", record, [RecordOps("clerk", record, ops)])
    got = police.take(forging.package(health, police, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["no_right"]


def mark_secret(desk: Desk, rule: UUID) -> None:
    with desk.store.changing("Ghi độ mật") as session:
        secrecy.turn(session, "regulation", rule, "mat")


def test_a_secret_regulation_never_leaves_nor_while_that_is_in_dispute(
    two: list[Desk],
) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    swap(*two)
    mark_secret(police, rule)
    path = police.send(health)
    assert rule.bytes not in carried(health, path)
    edit(police, rule, secrecy="none")
    edit(health, rule, field_of_work="Y tế")
    with police.store.connection() as connection:
        assert rule.bytes not in families.secret(connection)
    assert rule.bytes in carried(health, police.send(health))


def test_a_secrecy_in_dispute_keeps_the_record_at_home(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    mark_secret(police, rule)
    edit(police, rule, secrecy="none")
    swap(*two)
    mark_secret(police, rule)
    with police.store.exchanging() as connection:  # as another office's "none" would leave it
        connection.exec_driver_sql(
            "INSERT INTO conflict (record, field, entity) VALUES (?, 'secrecy', 'regulation')",
            (rule.bytes,),
        )
        connection.exec_driver_sql("UPDATE regulation SET secrecy = 'none'")
    assert rule.bytes not in carried(health, police.send(health))


def test_a_reference_to_the_unseen_travels_bare_and_resolves_later(three: list[Desk]) -> None:
    """A document basis or an older regulation that the reader may not see."""
    police, health, home = three
    hidden = regulation(police, police.agency, home.agency, number="1/QC-CAT-SNV")
    open_ = regulation(police, police.agency, health.agency, number="2/QC-CAT-SYT")
    with police.store.changing("Thay thế") as session:
        regulations.relate(
            session, {"regulation_id": open_, "older_id": hidden, "kind": "replaces"}
        )
    health.take(police.send(health))
    assert seen(health, hidden) is None
    assert "1/QC-CAT-SNV" not in repr(records_of(health))
    with health.store.reading() as session:
        (found,) = awaited.listing(session)
    assert (found.entity, found.id, found.named_by) == ("regulation", hidden, "relation")
    bind(police, hidden, police.agency, home.agency, health.agency)
    health.take(police.send(health))
    assert rule_at(health, hidden).number == "1/QC-CAT-SNV"
    with health.store.reading() as session:
        assert awaited.listing(session) == []


def test_the_hub_passes_on_what_two_offices_share_with_it_alone(three: list[Desk]) -> None:
    """Two offices that never meet: the hub carries between them, signatures and all."""
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    bind(police, rule, police.agency, health.agency, home.agency)
    for desk in (health, home):
        desk.take(police.send(desk))
    edit(health, rule, note="của Sở Y tế")
    police.take(health.send(police))
    home.take(police.send(home))
    assert rule_at(home, rule).note == "của Sở Y tế"
    with home.store.connection() as connection:
        authors = connection.exec_driver_sql(
            "SELECT DISTINCT r.office FROM cset c JOIN replica r ON r.n = c.replica"
            " WHERE c.family_id = ?",
            (rule.bytes,),
        ).scalars()
        assert set(authors) == {police.store.office, health.store.office}
    edit(home, rule, field_of_work="của Sở Nội vụ")
    police.take(home.send(police))
    health.take(police.send(health))
    assert alike(police, health)
    assert alike(police, home)


def test_a_body_that_joins_later_gets_what_named_it_before(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    with police.store.changing("Thêm cơ quan") as session:
        labour = records.enter(session, "agency", {"name": "Sở Lao động"}).id
    rule = regulation(police, police.agency, labour)
    health.take(police.send(health))
    desk = found(tmp_path / "9", "Sở Lao động")
    join(police, desk, tmp_path)
    desk.take(police.send(desk))
    assert rule_at(desk, rule).number == "18/QC-CAT-SYT"
    desk.store.close()


def test_a_body_in_dispute_is_seen_by_both_that_are_named(three: list[Desk]) -> None:
    """Which body leads is in conflict: neither loses sight of the record meanwhile."""
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    child = obligation(police, rule, police.agency)
    swap(*three)
    edit(police, child, "obligation", lead_id=home.agency)
    edit(health, child, "obligation", lead_id=health.agency)
    police.take(health.send(police))
    home.take(police.send(home))
    assert seen(home, child, "obligation") is not None


def test_labels_names_and_hashes_of_other_families_do_not_travel(three: list[Desk]) -> None:
    """Side doors: the whole plaintext of a package holds nothing of what is out of scope."""
    police, health, home = three
    rule = regulation(police, police.agency, health.agency, number="77/QC-MẬT-DANH")
    source = police.folder / "Biên bản kín.docx"
    source.write_bytes(os.urandom(3000))
    with police.store.changing("Đính kèm Biên bản kín.docx") as session:
        held = attachments.attach(
            session, police.store.blobs, records.get(session, Regulation, rule), source
        )
        sha256 = held.sha256
    withdraw(police, rule)
    home.take(police.send(home))
    plain = forging.plain_of(home, police.send(home))
    for hidden in (
        rule.bytes,
        held.id.bytes,
        bytes.fromhex(sha256),
        sha256.encode(),
        b"77/QC",
        "Biên bản".encode(),
    ):
        assert hidden not in _unpacked(plain)


def test_a_wish_for_a_file_out_of_scope_is_not_answered(three: list[Desk], tmp_path: Path) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    source = tmp_path / "kín.docx"
    source.write_bytes(b"secret content")
    with police.store.changing("Đính kèm") as session:
        owner = records.get(session, Regulation, rule)
        held = attachments.attach(session, police.store.blobs, owner, source)
    wish = (bytes.fromhex(held.sha256),)
    police.take(forging.package(home, police, folder=tmp_path, wanted=wish))
    assert joining.plan(police.store, home.store.office).files == ()
    assert b"secret content" not in _unpacked(forging.plain_of(home, police.send(home)))


def _unpacked(plain: bytes) -> bytes:
    """The plaintext with every compressed chunk opened, however it is laid out."""
    import zstandard

    size = int.from_bytes(plain[64:68], "big")
    found = plain[: 68 + size]
    from app.sync import manifest

    at = 68 + size
    for part in manifest.decode(plain[68 : 68 + size]).parts:
        found += zstandard.ZstdDecompressor().decompress(plain[at : at + part.size])
        at += part.size
    return found


def test_a_mapping_of_scope_is_by_family_and_not_by_change_set(three: list[Desk]) -> None:
    """One bulk action over two regulations: each office gets its own half."""
    police, health, home = three
    one = regulation(police, police.agency, health.agency, number="1/QC")
    two_ = regulation(police, police.agency, home.agency, number="2/QC")
    with police.store.changing("Sửa hàng loạt") as session:
        for rule in (one, two_):
            records.revise(session, "regulation", rule, {"note": f"ghi chú {rule}"})
    health.take(police.send(health))
    home.take(police.send(home))
    assert seen(health, two_) is None
    assert seen(home, one) is None
    with pytest.raises(NotFound):
        rule_at(home, one)
    with home.store.reading() as session:
        assert len(records.live(session, Agency)) >= 3
