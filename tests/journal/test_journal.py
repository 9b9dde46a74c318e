"""Whatever road a change comes by, the log alone can tell every table again."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.errors import AppError, ChangedSince, NothingToUndo, Refused
from app.journal import history, log
from app.models import Agency, Obligation, Party, Regulation
from app.models.values import Value
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.regulation.regulations import Parties
from app.store import Store
from app.store.checking import check, repair
from tests.offices import TODAY, at, body, obligation, open_store, police, regulation


def problems(store: Store) -> list[str]:
    return check(store).problems


def test_the_tables_can_be_told_again_from_the_log(store: Store) -> None:
    ours, health = police(store), body(store, "Sở Y tế")
    rule_ = regulation(store, ours, health)
    obligation(store, rule_, health, coordinating=(ours.id,))

    assert problems(store) == []


def test_a_value_altered_behind_the_programs_back_is_found_and_mended(store: Store) -> None:
    health = body(store, "Sở Y tế")
    with store.connection() as connection:
        connection.exec_driver_sql("UPDATE agency SET name = 'Sở Khác'")
        connection.commit()

    assert any("agency" in problem for problem in problems(store))
    assert repair(store).problems == []
    with store.reading() as session:
        assert records.get(session, Agency, health.id).name == "Sở Y tế"


def test_a_change_set_altered_on_disk_is_named(store: Store) -> None:
    body(store, "Sở Y tế")
    with store.connection() as connection:
        connection.exec_driver_sql(
            "UPDATE cset SET body = (SELECT"
            f" cast(replace(cast({log.BODY} AS TEXT), 'Y t', 'X t') AS BLOB)"
            f" FROM {log.KEPT} WHERE c.n = cset.n)"
        )
        connection.commit()

    assert any("mã băm" in problem for problem in problems(store))


def test_history_tells_who_when_and_what_each_field_was(tmp_path: Path) -> None:
    store = open_store(tmp_path, now=at(2026, 11, 20, 15))
    ours = police(store)
    with store.changing("Sửa địa danh") as session:
        records.revise(session, "agency", ours.id, {"place": "Thanh Hóa"})

    with store.connection() as connection:
        newest = history.of_family(connection, ours.id.bytes)[0]
    store.close()

    assert (newest.label, newest.clerk) == ("Sửa địa danh", "Chuyên viên tổng hợp")
    assert newest.at.date() == date(2026, 11, 20)
    assert [(c.field, c.before, c.after) for c in newest.changes] == [("place", None, "Thanh Hóa")]


def test_a_save_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    ours = police(store)
    before = store.undo_label
    with store.changing("Sửa cơ quan") as session:
        records.revise(session, "agency", ours.id, {"name": ours.name})

    assert store.undo_label == before


def test_a_refused_change_changes_nothing(store: Store) -> None:
    ours = police(store)

    def half() -> None:
        with store.changing("Sửa") as session:
            records.revise(session, "agency", ours.id, {"name": "Tên khác"})
            raise Refused(why="không được")

    with pytest.raises(Refused):
        half()

    with store.reading() as session:
        assert records.get(session, Agency, ours.id).name == ours.name
    assert problems(store) == []


def test_a_group_is_journaled_whole(store: Store) -> None:
    ours, health = police(store), body(store, "Sở Y tế")
    rule_ = regulation(store, ours, health)
    with store.changing("Bãi bỏ") as session:
        records.revise(session, "regulation", rule_.id, {"standing": "repealed", "ended_on": TODAY})
    store.undo()

    with store.reading() as session:
        found = records.get(session, Regulation, rule_.id)
    assert (found.standing, found.ended_on) == ("in_force", None)
    assert problems(store) == []


def test_a_record_may_not_move_to_another_family(store: Store) -> None:
    ours, health = police(store), body(store, "Sở Y tế")
    first = regulation(store, ours, health)
    second = regulation(store, ours, health, number="19/QC", signed_on=TODAY)
    task = obligation(store, first, ours)

    with pytest.raises(Refused), store.changing("Chuyển") as session:
        records.revise(session, "obligation", task.id, {"regulation_id": second.id})


def test_the_register_as_it_stood_on_a_day(tmp_path: Path) -> None:
    store = open_store(tmp_path, now=at(2026, 10, 1))
    ours = police(store)
    store.now = at(2026, 11, 1)
    with store.changing("Đổi tên") as session:
        records.revise(session, "agency", ours.id, {"name": "Tên mới"})

    with store.as_of(date(2026, 10, 15)) as session:
        assert records.get(session, Agency, ours.id).name == "Công an tỉnh Thanh Hóa"
    with store.as_of(date(2026, 11, 1)) as session:
        assert records.get(session, Agency, ours.id).name == "Tên mới"
    with store.as_of(date(2026, 9, 1)) as session:
        assert records.live(session, Agency) == []
    store.close()


# Undo -------------------------------------------------------------------------------


def test_undo_names_what_it_undoes_and_redo_brings_it_back(store: Store) -> None:
    ours = police(store)
    with store.changing("Đổi tên cơ quan") as session:
        records.revise(session, "agency", ours.id, {"name": "Tên mới"})

    assert store.undo_label == "Đổi tên cơ quan"
    assert store.undo() == "Đổi tên cơ quan"
    with store.reading() as session:
        assert records.get(session, Agency, ours.id).name == "Công an tỉnh Thanh Hóa"
    assert store.redo_label == "Đổi tên cơ quan"
    store.redo()
    with store.reading() as session:
        assert records.get(session, Agency, ours.id).name == "Tên mới"
    assert problems(store) == []


def test_many_levels_of_undo_outlive_a_restart(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    ours = police(store)
    for number in range(5):
        with store.changing(f"Sửa lần {number}") as session:
            records.revise(session, "agency", ours.id, {"note": f"lần {number}"})
    store.undo()
    store.close()

    store = open_store(tmp_path)
    undone = [store.undo() for _ in range(4)]
    with store.reading() as session:
        note = records.get(session, Agency, ours.id).note
    redone = [store.redo() for _ in range(5)]
    store.close()

    assert undone == ["Sửa lần 3", "Sửa lần 2", "Sửa lần 1", "Sửa lần 0"]
    assert note is None
    assert redone == ["Sửa lần 0", "Sửa lần 1", "Sửa lần 2", "Sửa lần 3", "Sửa lần 4"]


def test_a_new_change_ends_what_could_be_redone(store: Store) -> None:
    ours = police(store)
    with store.changing("Sửa") as session:
        records.revise(session, "agency", ours.id, {"note": "một"})
    store.undo()
    body(store, "Sở Y tế")

    assert store.redo_label is None
    with pytest.raises(NothingToUndo):
        store.redo()


def test_undoing_a_withdrawal_brings_the_record_back(store: Store) -> None:
    ours, health = police(store), body(store, "Sở Y tế")
    with store.changing("Rút 2 cơ quan") as session:
        records.withdraw(session, "agency", [ours.id, health.id])
    store.undo()

    with store.reading() as session:
        assert {a.name for a in records.live(session, Agency)} == {ours.name, health.name}
    assert problems(store) == []


def test_undoing_an_entry_takes_all_of_it_away_and_redo_brings_all_back(store: Store) -> None:
    ours, health = police(store), body(store, "Sở Y tế")
    rule_ = regulation(store, ours, health)
    store.undo()
    with store.reading() as session:
        assert records.live(session, Regulation) == []
        assert records.live(session, Party) == []
    store.redo()

    with store.reading() as session:
        assert [r.id for r in records.live(session, Regulation)] == [rule_.id]
        assert len(records.live(session, Party)) == 2
    assert problems(store) == []


def test_undo_restores_the_members_of_a_set(store: Store) -> None:
    ours, health, culture = police(store), body(store, "Sở Y tế"), body(store, "Sở Văn hóa")
    task = obligation(store, regulation(store, ours, health), ours, coordinating=(health.id,))
    with store.changing("Đổi phối hợp") as session:
        records.revise(session, "obligation", task.id, {"coordinating": (culture.id,)})
    store.undo()

    with store.reading() as session:
        assert records.get(session, Obligation, task.id).coordinating == (health.id,)
    assert problems(store) == []


def test_later_work_is_not_overwritten(store: Store) -> None:
    from app.journal.undo import Step, revert

    ours = police(store)
    with store.changing("Sửa trước") as session:
        records.revise(session, "agency", ours.id, {"note": "trước"})
    with store.connection() as connection:
        step = history.latest(connection, 1)[0]
    with store.changing("Sửa sau") as session:
        records.revise(session, "agency", ours.id, {"note": "sau"})

    with pytest.raises(ChangedSince), store.changing("Hoàn tác") as session:
        revert(session, Step(step.batch, step.label))

    with store.reading() as session:
        assert records.get(session, Agency, ours.id).note == "sau"


class AnOffice(RuleBasedStateMachine):
    """A clerk who does anything at all; after each step the log still tells the tables."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = open_store(self.folder)
        self.agencies: list[UUID] = [police(self.store).id, body(self.store, "Sở Y tế").id]
        self.regulations: list[UUID] = []
        self.obligations: list[UUID] = []
        self.steps = 0

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def attempt(self, label: str, verb: Any) -> Any:
        try:
            with self.store.changing(label) as session:
                return verb(session)
        except AppError:
            return None

    @rule(
        name=st.sampled_from(["Sở Nội vụ", "Sở Tài chính", "Tỉnh đoàn"]), note=st.text(max_size=9)
    )
    def add_agency(self, name: str, note: str) -> None:
        values: dict[str, Value] = {"name": name, "note": note}
        found = self.attempt("Thêm", lambda s: records.enter(s, "agency", values))
        if found is not None:
            self.agencies.append(found.id)

    @rule(data=st.data(), note=st.text(max_size=9), place=st.none() | st.just("Thanh Hóa"))
    def edit_agency(self, data: st.DataObject, note: str, place: str | None) -> None:
        chosen = data.draw(st.sampled_from(self.agencies))
        values: dict[str, Value] = {"note": note, "place": place}
        self.attempt("Sửa", lambda s: records.revise(s, "agency", chosen, values))

    @rule(number=st.integers(1, 40), day=st.integers(0, 400))
    def add_regulation(self, number: int, day: int) -> None:
        values: dict[str, Value] = {
            "number": f"{number}/QC",
            "abstract": "Phối hợp",
            "signed_on": date(2024, 1, 1) + timedelta(days=day),
        }
        parties = Parties(self.agencies[0], (self.agencies[1],))
        found = self.attempt("Thêm", lambda s: regulations.enter(s, values, parties))
        if found is not None:
            self.regulations.append(found.id)

    @precondition(lambda self: self.regulations)
    @rule(data=st.data(), standing=st.sampled_from(["in_force", "repealed", "ended"]))
    def end_regulation(self, data: st.DataObject, standing: str) -> None:
        chosen = data.draw(st.sampled_from(self.regulations))
        self.attempt(
            "Đổi", lambda s: records.revise(s, "regulation", chosen, {"standing": standing})
        )

    @precondition(lambda self: self.regulations)
    @rule(data=st.data())
    def rebind(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(self.regulations))
        members = data.draw(st.lists(st.sampled_from(self.agencies), unique=True, max_size=3))
        lead = data.draw(st.sampled_from(self.agencies))
        self.attempt("Các bên", lambda s: regulations.bind(s, chosen, Parties(lead, members)))

    @precondition(lambda self: self.regulations)
    @rule(data=st.data())
    def add_obligation(self, data: st.DataObject) -> None:
        values: dict[str, Value] = {
            "title": "Báo cáo",
            "regulation_id": data.draw(st.sampled_from(self.regulations)),
            "lead_id": self.agencies[0],
            "coordinating": tuple(
                data.draw(st.lists(st.sampled_from(self.agencies[1:]), unique=True))
            ),
            "recurrence": data.draw(st.sampled_from(["hằng tháng", "thường xuyên"])),
            "starts_on": date(2026, 1, 1),
        }
        found = self.attempt("Thêm", lambda s: records.enter(s, "obligation", values))
        if found is not None:
            self.obligations.append(found.id)

    @precondition(lambda self: self.obligations)
    @rule(data=st.data())
    def change_coordinating(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(self.obligations))
        members = data.draw(st.lists(st.sampled_from(self.agencies[1:]), unique=True))
        values: dict[str, Value] = {"coordinating": tuple(members)}
        self.attempt("Phối hợp", lambda s: records.revise(s, "obligation", chosen, values))

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        entity, ids = data.draw(
            st.sampled_from(
                [
                    ("agency", self.agencies[2:]),
                    ("regulation", self.regulations),
                    ("obligation", self.obligations),
                ]
            )
        )
        if ids:
            chosen = data.draw(st.sampled_from(ids))
            self.attempt("Rút", lambda s: records.withdraw(s, entity, [chosen]))

    @rule()
    def undo(self) -> None:
        try:
            self.store.undo()
        except AppError:
            return

    @rule()
    def redo(self) -> None:
        try:
            self.store.redo()
        except AppError:
            return

    @rule()
    def reopen(self) -> None:
        labels = (self.store.undo_label, self.store.redo_label)
        self.store.close()
        self.store = open_store(self.folder)
        assert (self.store.undo_label, self.store.redo_label) == labels

    @invariant()
    def the_log_tells_the_tables(self) -> None:
        self.steps += 1
        if self.steps % 4 == 0:
            assert check(self.store).problems == []


TestAnOffice = AnOffice.TestCase
TestAnOffice.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
