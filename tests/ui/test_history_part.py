"""A history says each thing once, and by the name a clerk knows it by."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from app.models import Provision
from app.models.values import Values
from app.services.agreement import histories
from app.services.agreement.histories import ChangeLine
from app.services.any_kind import records
from app.store import Store
from app.ui.common.pane.history import ENTERED, fields_of
from tests.offices import body, regulation
from tests.ui.desk import Desk

HEAD = uuid4()
OBLIGATION: Values = {"title": "Báo cáo", "recurrence": "hằng quý", "starts_on": date(2026, 1, 1)}


def line(field: str, after: str, *, kind: str = "Hội nghị", name: str = "") -> ChangeLine:
    return ChangeLine("review", HEAD, kind, name, field, "", after)


def test_what_a_new_record_is_called_is_said_once() -> None:
    name = "Hội nghị sơ kết năm 2026"
    lines = [line(ENTERED, "", name=name), line("Tên hội nghị", name, name=name)]

    assert fields_of(lines, HEAD) == [(ENTERED, None, name)]


def test_a_name_that_does_not_say_its_kind_is_told_with_it() -> None:
    entered = line(ENTERED, "", kind="Nghĩa vụ", name="Báo cáo quý")

    assert fields_of([entered], HEAD) == [(ENTERED, None, "Nghĩa vụ Báo cáo quý")]


def test_a_obligation_names_its_provision_by_its_place(desk: Desk) -> None:
    store = desk.store
    rule = regulation(store, desk.police, body(store, "Sở Y tế"))
    clause = _clause(store, rule.id)
    with store.changing("Thêm nghĩa vụ") as session:
        obligation = records.enter(
            session,
            "obligation",
            {
                **OBLIGATION,
                "regulation_id": rule.id,
                "provision_id": clause,
                "lead_id": desk.police.id,
            },
        )
    with store.reading() as session:
        events = histories.of_family(session, "obligation", obligation.id)

    said = {(each.field, each.after) for event in events for each in event.lines}
    assert ("Điều khoản", "Khoản 2 Điều 5") in said


def _clause(store: Store, regulation_id: UUID) -> UUID:
    with store.changing("Thêm điều") as session:
        article = Provision(
            regulation_id=regulation_id, kind="article", number="5", position="0001", text="Điều"
        )
        session.add(article)
        session.flush()
        clause = Provision(
            regulation_id=regulation_id,
            parent_id=article.id,
            kind="clause",
            number="2",
            position="0001",
            text="Báo cáo định kỳ.",
        )
        session.add(clause)
        session.flush()
        return clause.id
