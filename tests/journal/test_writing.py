"""Rows written past the mapper's unit of work: what it promised still holds."""

from __future__ import annotations

from datetime import date

import pytest
from sqlcipher3 import dbapi2
from sqlmodel import select

from app.journal.change_set import decode
from app.journal.log import recent
from app.models import Agency, Obligation
from app.services.any_kind import records
from app.store import Store
from app.store.checking import check
from tests.offices import body, obligation, police, regulation


def test_every_kind_of_cell_is_read_back_as_it_was_said(store: Store) -> None:
    """Ids, dates, sets, recurrences and nothing at all: as the mapper itself would write them."""
    lead, partner = police(store), body(store, "Sở Y tế")
    rule = regulation(store, lead, partner)
    said = obligation(store, rule, lead, coordinating=(partner.id,), ends_on=date(2030, 1, 31))

    with store.reading() as session:
        found = session.get(Obligation, said.id)

    assert found is not said
    assert found == said
    assert check(store).problems == []


def test_a_query_sees_what_the_same_change_has_just_done(store: Store) -> None:
    with store.changing("Thêm và sửa") as session:
        agency = records.enter(session, "agency", {"name": "Sở Y tế"})
        agency.note = "mới lập"
        found = session.exec(select(Agency).where(Agency.note == "mới lập")).all()
        assert found == [agency]
        agency.name = "Sở Y tế tỉnh"

    with store.connection() as connection:
        (only,) = recent(connection, 10)
    (part,) = decode(only.body).records
    assert {op.field: op.value for op in part.ops}["name"] == "Sở Y tế tỉnh"
    assert check(store).problems == []


def test_a_value_set_and_set_back_is_not_a_change(store: Store) -> None:
    agency = police(store)
    with store.changing("Sửa") as session:
        known = records.get(session, Agency, agency.id)
        was = known.name
        known.name = "khác"
        session.flush()
        known.name = was

    with store.connection() as connection:
        assert len(recent(connection, 10)) == 1
    assert check(store).problems == []


def test_a_record_is_never_deleted(store: Store) -> None:
    agency = police(store)

    def delete() -> None:
        with store.changing("Xóa") as session:
            session.delete(records.get(session, Agency, agency.id))

    with pytest.raises(RuntimeError, match="withdrawn, never deleted"):
        delete()


def test_one_id_is_not_entered_twice(store: Store) -> None:
    agency = police(store)

    def twice() -> None:
        with store.changing("Thêm") as session:
            session.add(Agency(id=agency.id, name="Sở Y tế"))

    with pytest.raises(dbapi2.IntegrityError):
        twice()
    assert check(store).problems == []


def test_a_record_that_is_not_in_the_register_cannot_be_changed(store: Store) -> None:
    """It was read from another file: silence would lose the change."""
    agency = police(store)
    agency.name = "Công an"
    with store.exchanging() as connection:
        connection.exec_driver_sql("DELETE FROM agency")

    def change() -> None:
        with store.changing("Sửa") as session:
            session.add(agency)

    with pytest.raises(RuntimeError, match="has no row"):
        change()
