"""Merging two records: one is shown, nothing of the other is lost, parting gives both back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.errors import Refused
from app.journal import log
from app.models import (
    Agency,
    Attachment,
    LegalDocument,
    Obligation,
    Occurrence,
    Party,
    Provision,
    Regulation,
)
from app.models.handling import STAND_IN
from app.models.values import Value
from app.services.agreement import conflicts, merging
from app.services.agreement.merging import Chosen
from app.services.agreement.merging_rights import Rights, will_see_more
from app.services.any_kind import records
from app.services.obligation import obligations
from app.services.regulation import regulations
from app.store import OfficeFacts, Store
from app.store.checking import check
from tests.offices import body, obligation, open_store, police, regulation


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An office with nothing in it."""
    opened = open_store(tmp_path)
    yield opened
    assert check(opened).problems == []
    assert not strays(opened)
    opened.close()


def strays(store: Store) -> set[bytes]:
    """Records whose changes travel with more than one family."""
    homes: dict[bytes, set[bytes]] = defaultdict(set)
    with store.connection() as connection:
        for stored in log.all_sets(connection):
            body = stored.read()
            for record in body.records:
                homes[record.record].add(body.family_id)
    return {record for record, families in homes.items() if len(families) > 1}


def merge(store: Store, kind: str, one: Any, other: Any, **given: Any) -> UUID:
    with store.changing("Gộp") as session:
        return merging.merge(session, kind, one.id, other.id, **given)


def part(store: Store, record: UUID) -> None:
    with store.changing("Tách") as session:
        merging.unmerge(session, record)


def shown(store: Store, model: Any) -> list[Any]:
    with store.reading() as session:
        return records.live(session, model)


def picture(store: Store) -> dict[str, list[str]]:
    """Every row of the registers, to compare before and after."""
    models = (Agency, Regulation, Party, Obligation, Occurrence, Provision, Attachment)
    with store.reading() as session:
        return {
            model.ENTITY: sorted(r.model_dump_json() for r in records.live(session, model))
            for model in models
        }


def two_bodies(store: Store) -> tuple[Agency, Agency]:
    """The health department twice; the second is the one that merging hides."""
    one, other = sorted((body(store, "Sở Y tế"), body(store, "Sở y tế tỉnh")), key=lambda a: a.id)
    return one, other


def two_regulations(store: Store) -> tuple[Regulation, Regulation, Agency, Agency, Agency]:
    """Two, each with a partner of its own; the second is the one that merging hides."""
    ours, health, school = police(store), body(store, "Sở Y tế"), body(store, "Sở Giáo dục")
    one = regulation(store, ours, health)
    other = regulation(store, ours, school, signed_on=date(2024, 3, 13))
    if one.id > other.id:
        one, other, health, school = other, one, school, health
    with store.changing("Sửa") as session:
        records.revise(session, "regulation", other.id, {"note": "Bản của Sở"})
    return one, other, ours, health, school


def test_references_to_the_merged_body_name_the_one_that_is_shown(store: Store) -> None:
    ours, (health, again) = police(store), two_bodies(store)
    rule = regulation(store, ours, again)
    task = obligation(store, rule, again, coordinating=(health.id,))

    kept = merge(store, "agency", health, again)

    assert {a.id for a in shown(store, Agency)} == {ours.id, kept}
    assert {p.agency_id for p in shown(store, Party)} == {ours.id, kept}
    assert [(d.lead_id, d.coordinating) for d in shown(store, Obligation)] == [(kept, (kept,))]
    with store.reading() as session:
        assert records.get(session, Agency, again.id).id == kept
        assert records.get(session, Obligation, task.id).lead_id == kept


def test_parting_gives_back_both_as_they_were(store: Store) -> None:
    one, other, _, health, school = two_regulations(store)
    obligation(store, other, school)
    before = picture(store)
    merge(store, "regulation", one, other, chosen=Chosen({"place": "Thanh Hóa"}))
    merge(store, "agency", health, school)
    assert picture(store) != before

    part(store, other.id)
    part(store, school.id)

    assert picture(store) == before


def test_merging_can_be_undone_and_done_again(store: Store) -> None:
    one, other, *_ = two_regulations(store)
    before = picture(store)
    merge(store, "regulation", one, other)
    merged = picture(store)
    store.undo()
    undone = picture(store)
    store.redo()

    assert (undone, picture(store)) == (before, merged)


def test_merged_regulations_unite_their_parties_each_once(store: Store) -> None:
    one, other, ours, health, school = two_regulations(store)

    kept = merge(store, "regulation", one, other)

    with store.reading() as session:
        lines = regulations.parties_of(session, kept)
    roles = sorted((line.role, line.agency_id) for line in lines)
    assert roles == sorted(
        [("lead", ours.id), ("coordinating", health.id), ("coordinating", school.id)]
    )


def test_the_value_that_was_chosen_is_shown_and_blanks_are_filled(store: Store) -> None:
    one, other, *_ = two_regulations(store)

    kept = merge(store, "regulation", one, other, chosen=Chosen({"abstract": "Tên đã chọn"}))

    with store.reading() as session:
        rule = records.get(session, Regulation, kept)
        assert (rule.abstract, rule.note) == ("Tên đã chọn", "Bản của Sở")
        assert conflicts.count(session) == 0


def test_editing_beneath_a_merged_regulation_journals_only_what_was_changed(store: Store) -> None:
    one, other, _, _, school = two_regulations(store)
    task = obligation(store, other, school)
    merge(store, "regulation", one, other)
    with store.changing("Sửa") as session:
        records.revise(session, "obligation", task.id, {"title": "Tên mới"})
    part(store, other.id)

    with store.reading() as session:
        found = records.get(session, Obligation, task.id)
        assert (found.title, found.regulation_id) == ("Tên mới", other.id)


def test_what_is_done_for_a_obligation_while_merged_stays_with_it_after_parting(
    store: Store,
) -> None:
    one, other, _, _, school = two_regulations(store)
    task = obligation(store, other, school)
    merge(store, "regulation", one, other)
    with store.changing("Hoàn thành") as session:
        obligations.complete(session, task.id, "2026-Q1", on=date(2026, 3, 18))
    part(store, other.id)

    assert [(o.obligation_id, o.regulation_id) for o in shown(store, Occurrence)] == [
        (task.id, other.id)
    ]


def test_adding_to_a_set_leaves_alone_what_names_a_merged_body(store: Store) -> None:
    ours, (health, again) = police(store), two_bodies(store)
    third = body(store, "Sở Nội vụ")
    rule = regulation(store, ours, again)
    task = obligation(store, rule, ours, coordinating=(again.id,))
    merge(store, "agency", health, again)
    with store.changing("Thêm cơ quan phối hợp") as session:
        values: dict[str, Value] = {"coordinating": (health.id, third.id)}
        records.revise(session, "obligation", task.id, values)
    part(store, again.id)

    assert [set(d.coordinating) for d in shown(store, Obligation)] == [{again.id, third.id}]


def test_editing_a_group_leaves_alone_the_merged_document_that_it_names(store: Store) -> None:
    with store.changing("Thêm văn bản") as session:
        given = [{"number": number} for number in ("1/NQ", "2/NQ", "3/NQ")]
        made = [records.enter(session, "legal_document", values) for values in given]
    one, other = sorted(made[:2], key=lambda document: document.id)
    old = made[2]
    with store.changing("Thay") as session:
        values: dict[str, Value] = {"standing": "replaced", "replaced_by_id": other.id}
        records.revise(session, "legal_document", old.id, values)
    merge(store, "legal_document", one, other)
    with store.changing("Ghi ngày") as session:
        records.revise(session, "legal_document", old.id, {"expires_on": date(2026, 1, 1)})
    part(store, other.id)

    with store.reading() as session:
        found = records.get(session, LegalDocument, old.id)
        assert (found.replaced_by_id, found.expires_on) == (other.id, date(2026, 1, 1))


def test_a_party_that_leaves_a_merged_regulation_is_gone_though_two_had_joined(
    store: Store,
) -> None:
    ours, health = police(store), body(store, "Sở Y tế")
    one = regulation(store, ours, health)
    other = regulation(store, ours, health, signed_on=date(2024, 3, 13))
    kept = merge(store, "regulation", one, other)
    with store.changing("Bớt") as session:
        leaving = [p for p in records.live(session, Party) if p.agency_id == health.id]
        records.withdraw(session, "party", [p.id for p in leaving])

    assert [(p.regulation_id, p.agency_id) for p in shown(store, Party)] == [(kept, ours.id)]


def test_one_text_of_two_is_kept_and_obligations_follow_to_the_same_place(store: Store) -> None:
    one, other, _, health, _ = two_regulations(store)
    with store.changing("Nhập văn bản") as session:
        given: list[dict[str, Value]] = [
            {"regulation_id": rule.id, "kind": "article", "number": "3"} for rule in (one, other)
        ]
        third, same = (records.enter(session, "provision", values) for values in given)
    task = obligation(store, other, health, provision_id=same.id)

    merge(store, "regulation", one, other, chosen=Chosen(text_of=one.id))

    assert [p.id for p in shown(store, Provision)] == [third.id]
    with store.reading() as session:
        assert records.get(session, Obligation, task.id).provision_id == third.id
    part(store, other.id)
    with store.reading() as session:
        assert records.get(session, Obligation, task.id).provision_id == same.id
        assert len(records.live(session, Provision)) == 2


def test_obligations_entered_twice_are_merged_with_what_was_done(store: Store) -> None:
    ours, health = police(store), body(store, "Sở Y tế")
    rule = regulation(store, ours, health)
    one, other = obligation(store, rule, health), obligation(store, rule, health)
    with store.changing("Hoàn thành") as session:
        obligations.complete(session, other.id, "2026-Q1", on=date(2026, 3, 18))

    kept = merge(store, "obligation", one, other)

    assert [(o.obligation_id, o.completed_on) for o in shown(store, Occurrence)] == [
        (kept, date(2026, 3, 18))
    ]
    with pytest.raises(Refused, match="đã ghi hoàn thành"), store.changing("Lại") as session:
        obligations.complete(session, kept, "2026-Q1", on=date(2026, 3, 20))


def test_obligations_of_two_regulations_are_not_one(store: Store) -> None:
    one, other, _, health, school = two_regulations(store)
    first, second = obligation(store, one, health), obligation(store, other, school)

    with pytest.raises(Refused, match="cùng một quy chế"):
        merge(store, "obligation", first, second)


def test_the_offices_own_body_may_be_merged_and_parted(store: Store) -> None:
    ours, again = police(store), body(store, "Công an tỉnh")
    kept = merge(store, "agency", ours, again)
    assert store.facts.agencies == (kept,)
    store.set_facts(OfficeFacts("Văn phòng", store.facts.agencies, "Chuyên viên"))
    part(store, again.id)

    assert store.facts.agencies == (ours.id,)


def test_search_finds_only_the_record_that_is_shown(store: Store) -> None:
    health, again = body(store, "Sở Y tế"), body(store, "Sở Y tế")
    kept = merge(store, "agency", health, again)
    merged = [hit.id for hit in store.search("y te")]
    part(store, again.id)

    assert (merged, {hit.id for hit in store.search("y te")}) == ([kept], {health.id, again.id})


def test_who_will_see_more_is_said_before(store: Store) -> None:
    one, other, *_ = two_regulations(store)

    with store.reading() as session:
        assert will_see_more(session, "regulation", one.id, other.id) == ["Sở Giáo dục", "Sở Y tế"]


def test_whoever_has_no_part_in_one_of_the_two_may_not_merge_them(store: Store) -> None:
    one, other, _, health, _ = two_regulations(store)
    with store.connection() as connection:
        connection.exec_driver_sql("UPDATE replica SET is_mine = 0")
        connection.commit()
    rights = Rights(frozenset({health.id.bytes}), frozenset({health.id.bytes}), is_hub=False)

    with pytest.raises(Refused, match="không tham gia"):
        merge(store, "regulation", one, other, rights=rights)


def test_only_the_hub_merges_a_body_that_an_office_speaks_for(store: Store) -> None:
    health, again = body(store, "Sở Y tế"), body(store, "Sở Y tế")
    rights = Rights(frozenset({again.id.bytes}), frozenset({again.id.bytes}), is_hub=False)

    with pytest.raises(Refused, match="đầu mối"):
        merge(store, "agency", health, again, rights=rights)


def test_a_record_is_not_merged_with_itself_or_twice(store: Store) -> None:
    health, again = body(store, "Sở Y tế"), body(store, "Sở Y tế")
    merge(store, "agency", health, again)

    with pytest.raises(Refused, match="đã là một"):
        merge(store, "agency", health, again)


def test_a_secret_regulation_does_not_take_the_content_of_an_open_one(store: Store) -> None:
    own, other = police(store), body(store, "Sở Y tế")
    open_one = regulation(store, own, other, number="1/QC")
    secret = regulation(store, own, other, number="2/QC", abstract=STAND_IN, secrecy="mat")

    with pytest.raises(Refused, match="có độ mật"):
        merge(store, "regulation", open_one, secret)
