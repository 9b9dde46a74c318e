"""Conflicts as a queue, decisions with reasons, their undoing, and deadlines meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.errors import Refused
from app.journal import decisions
from app.journal.raw import raw
from app.models import Regulation
from app.services import overview
from app.services.agreement import conflicts, disputes, marks
from app.services.agreement.conflicts import Choice, Conflict
from app.services.any_kind import records
from app.services.sync import arrival, dispatch, doorstep, membership
from app.store.checking import check, repair
from tests.sync.circles import Desk, regulation

TODAY = date(2026, 11, 23)
REASON = "thống nhất qua điện thoại"


def edit(desk: Desk, rule: UUID, **values: Any) -> None:
    with desk.store.changing("Sửa quy chế") as session:
        records.revise(session, "regulation", rule, values)


def disagree(two: list[Desk], rule: UUID) -> None:
    """Two fields, each changed by both; the police know of it."""
    police, health = two
    edit(health, rule, abstract="An ninh bệnh viện", field_of_work="Dân số")
    edit(police, rule, abstract="An ninh y tế", field_of_work="Y tế")
    police.take(health.send(police))


def found(desk: Desk) -> list[Conflict]:
    with desk.store.reading() as session:
        return [c for item in conflicts.listing(session) for c in item.conflicts]


def shown(desk: Desk, rule: UUID) -> Regulation:
    with desk.store.reading() as session:
        return records.get(session, Regulation, rule)


def test_the_queue_says_who_sent_what_is_disputed_and_when(two: list[Desk], rule: UUID) -> None:
    disagree(two, rule)
    with two[0].store.reading() as session:
        (item,) = disputes.queue(session)

    assert (item.kind, item.name, item.fields) == ("Quy chế", "18/QC-CAT-SYT", 2)
    assert item.about == "2 trường, nhận từ Sở Y tế 23/11/2026"


def test_a_decision_is_one_action_with_its_reason_and_stays_listed(
    two: list[Desk], rule: UUID
) -> None:
    police, health = two
    disagree(two, rule)
    count = disputes.settle(police.store, [Choice(c, 1) for c in found(police)], f" {REASON} ")
    health.take(police.send(health))

    assert (count, found(police)) == (2, [])
    for desk in two:
        with desk.store.reading() as session:
            listed = disputes.settled(session)
        assert {(s.label, s.chosen, s.left) for s in listed} == {
            ("Trích yếu", "An ninh bệnh viện", "An ninh y tế"),
            ("Lĩnh vực", "Dân số", "Y tế"),
        }
        assert {(s.reason, s.office) for s in listed} == {(REASON, "Công an tỉnh")}


def decided(desk: Desk) -> set[tuple[str, str, str, str]]:
    with desk.store.reading() as session:
        return {(s.label, s.chosen, s.left, s.reason) for s in disputes.settled(session)}


def test_whatever_settles_a_conflict_stays_listed(two: list[Desk], rule: UUID) -> None:
    police, health = two
    disagree(two, rule)
    edit(police, rule, abstract="An ninh ngành y tế")  # in the form, not in the list of conflicts
    disputes.settle(police.store, [Choice(found(police)[0], 1)], REASON)
    expected = {
        ("Trích yếu", "An ninh ngành y tế", "An ninh y tế; An ninh bệnh viện", "Sửa quy chế"),
        ("Lĩnh vực", "Dân số", "Y tế", REASON),
    }
    assert {(a, b, "; ".join(sorted(c.split("; "))), d) for a, b, c, d in decided(police)} == {
        (a, b, "; ".join(sorted(c.split("; "))), d) for a, b, c, d in expected
    }
    police.store.undo()
    police.store.redo()
    health.take(police.send(health))
    assert decided(health) == decided(police)
    assert len(decided(police)) == 2


def test_a_decision_on_a_record_withdrawn_here_and_edited_there_stays_listed(
    two: list[Desk], rule: UUID
) -> None:
    police, health = two
    edit(health, rule, note="vẫn cần")
    with police.store.changing("Rút") as session:
        records.withdraw(session, "regulation", [rule])
    police.take(health.send(police))
    disputes.settle(police.store, [Choice(c, 0) for c in found(police)], REASON)

    ((label, chosen, left, reason),) = decided(police)
    assert (label, {chosen, left}) == ("Có còn trong sổ", {"Rút khỏi sổ", "Giữ bản ghi"})
    assert reason == REASON


def test_the_list_of_decisions_is_told_again_from_the_log_and_read_by_an_index(
    two: list[Desk], rule: UUID
) -> None:
    police = two[0]
    disagree(two, rule)
    disputes.settle(police.store, [Choice(c, 0) for c in found(police)], REASON)
    was = decided(police)
    asked: list[str] = []
    with police.store.connection() as connection:
        raw(connection).set_trace_callback(asked.append)
        decisions.newest(connection, 10)
        raw(connection).set_trace_callback(None)
        for sql in asked:
            plan = raw(connection).execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
            assert not [row for row in plan if row[3].startswith("SCAN c")]
        connection.exec_driver_sql("DELETE FROM decision")
        connection.commit()

    assert decided(police) == set()
    assert any("decision" in problem for problem in check(police.store).problems)
    assert repair(police.store).problems == []
    assert decided(police) == was


def test_a_decision_without_a_reason_or_a_choice_is_refused(two: list[Desk], rule: UUID) -> None:
    disagree(two, rule)
    with pytest.raises(Refused, match="Chưa nhập lý do"):
        disputes.settle(two[0].store, [Choice(found(two[0])[0], 0)], "  ")
    with pytest.raises(Refused, match="Chưa chọn"):
        disputes.settle(two[0].store, [], REASON)
    assert len(found(two[0])) == 2


def test_undo_brings_the_conflict_back_and_redo_settles_it_again(
    two: list[Desk], rule: UUID
) -> None:
    police = two[0]
    disagree(two, rule)
    before = {(c.field, frozenset(s.words for s in c.sides)) for c in found(police)}
    disputes.settle(police.store, [Choice(c, 1) for c in found(police)], REASON)

    for _ in range(2):
        police.store.undo()
        again = {(c.field, frozenset(s.words for s in c.sides)) for c in found(police)}
        assert again == before
        police.store.redo()
        assert found(police) == []
        assert shown(police, rule).abstract == "An ninh bệnh viện"
    assert check(police.store).problems == []


def test_an_undone_decision_is_a_conflict_again_at_the_other_office(
    two: list[Desk], rule: UUID
) -> None:
    police, health = two
    disagree(two, rule)
    disputes.settle(police.store, [Choice(c, 0) for c in found(police)], REASON)
    health.take(police.send(health))
    police.store.undo()
    health.take(police.send(health))

    assert {c.label for c in found(health)} == {"Trích yếu", "Lĩnh vực"}
    for desk in two:
        assert check(desk.store).problems == []


def test_many_records_are_decided_alike_in_one_step(two: list[Desk], rule: UUID) -> None:
    police, health = two
    other = regulation(police, police.agency, health.agency, "19/QC-CAT-SYT")
    health.take(police.send(health))
    for each in (rule, other):
        disagree(two, each)
    with police.store.reading() as session:
        items = [(item.entity, item.id) for item in disputes.queue(session)]
    disputes.settle_alike(police.store, items, ours=True, reason=REASON)

    assert found(police) == []
    assert {shown(police, each).abstract for each in (rule, other)} == {"An ninh y tế"}
    police.store.undo()
    assert len(found(police)) == 4


def test_a_record_in_conflict_and_the_one_that_shows_it_are_marked(
    two: list[Desk], rule: UUID, obligation: UUID
) -> None:
    police, health = two
    for desk, note in ((health, "một"), (police, "hai")):
        with desk.store.changing("Thêm điều") as session:
            listed = records.live(session, Regulation)
            records.revise(session, "regulation", listed[0].id, {"note": note})
    police.take(health.send(police))

    with police.store.reading() as session:
        assert marks.disputed(session) == {rule}
        assert "18/QC-CAT-SYT" in marks.warning(session, [("regulation", rule)])
        assert marks.warning(session, [("obligation", obligation)]) == ""


def test_what_a_package_brings_is_told_before_anything_changes(two: list[Desk], rule: UUID) -> None:
    police, health = two
    edit(health, rule, abstract="An ninh bệnh viện", note="Ghi chú")
    edit(police, rule, abstract="An ninh y tế")
    with health.store.changing("Thêm văn bản") as session:
        records.enter(session, "legal_document", {"number": "144/2016/NĐ-CP"})
    path = health.send(police)
    seen = arrival.look(police.store, path)

    assert seen.counts == {"Xung đột": 1, "Mới": 1}
    told = [(line.what, line.kind, line.name, line.about, line.office) for line in seen.lines]
    assert told == [
        ("Xung đột", "Quy chế", "18/QC-CAT-SYT", "Trích yếu", "Sở Y tế"),
        ("Mới", "Văn bản căn cứ", "144/2016/NĐ-CP", "", "Sở Y tế"),
    ]
    assert found(police) == []
    assert arrival.take(police.store, path).counts == seen.counts
    assert arrival.take(police.store, path).outcome.is_again


def test_a_package_that_changes_much_asks_for_more_than_yes(two: list[Desk], rule: UUID) -> None:
    police, health = two
    with police.store.reading() as session:
        few = records.get(session, Regulation, rule)
    assert few.is_live
    edit(health, rule, note="một")
    assert arrival.look(police.store, health.send(police)).sweeping == ""

    with police.store.changing("Thêm") as session:
        made = [
            records.enter(session, "legal_document", {"number": f"{n}/2016/NĐ-CP"}).id
            for n in range(1, 31)
        ]
    health.take(police.send(health))
    with health.store.changing("Rút") as session:
        records.withdraw(session, "legal_document", made[:25])
    assert "rút 25" in arrival.look(police.store, health.send(police)).sweeping


def test_what_would_go_is_told_with_its_reason(two: list[Desk], rule: UUID) -> None:
    police, health = two
    edit(police, rule, note="một")
    (going,) = dispatch.going(police.store, [health.store.office])

    assert (going.name, {line.kind: line.count for line in going.lines}["Quy chế"]) == (
        "Sở Y tế",
        1,
    )
    assert all(line.why for line in going.lines)


def test_the_outbox_keeps_a_package_until_it_is_acknowledged(two: list[Desk], rule: UUID) -> None:
    police, health = two
    path = police.send(health)
    health.take(path)
    assert path.exists()
    arrival.take(police.store, health.send(police))

    assert not path.exists()
    (line,) = [p for p in membership.packages(police.store) if p.name == path.name]
    assert (line.state, line.path) == ("Bên nhận đã nhận", None)


def test_the_first_page_counts_conflicts_and_lists_exchanges(two: list[Desk], rule: UUID) -> None:
    disagree(two, rule)
    with two[0].store.reading() as session:
        told = overview.overview(session, today=TODAY)
        assert doorstep.waiting(session) == 2

    assert {f.key: f.count for f in told.figures}["conflicts"] == 2
    assert [(item.office, item.day) for item in told.exchanged] == [("Sở Y tế", TODAY)]
