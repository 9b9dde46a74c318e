"""The day before, the day and the day after: what a date decides, it decides on that very day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidFields
from app.kinds import CARDS
from app.models import MODELS, LegalDocument, Regulation
from app.models.states import BINDING, HOLDING_NO_MORE
from app.models.trait import Input
from app.services.any_kind import records
from app.services.obligation import obligations, schedule
from app.services.regulation import legal_documents, regulations
from tests.services.obligation_office import ObligationOffice

ONE = timedelta(days=1)
MONTHLY = "hằng tháng, chậm nhất ngày 20"
JUNE = date(2026, 6, 19)  # the 20th is a Saturday, and no grace is given for it
SELF = [
    (entity, name)
    for entity, card in CARDS.items()
    for name, trait in card.traits.items()
    if trait.input is Input.RECORD and trait.refers == entity
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ObligationOffice]:
    found = ObligationOffice(tmp_path)
    yield found
    found.store.close()


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_obligation_resumed_on_the_day_of_a_due_still_owes_it(
    office: ObligationOffice, days: int
) -> None:
    obligation = office.obligation(MONTHLY)
    due = office.row("2026-06", date(2026, 6, 1)).due
    assert due is not None
    with office.store.changing("Tạm dừng") as session:
        obligations.pause(session, obligation, on=date(2026, 3, 1), ground="Công văn 5/SYT")
    with office.store.changing("Thực hiện lại") as session:
        obligations.resume(session, obligation, on=due + days * ONE)

    states = office.states(due)
    assert states["2026-05"] == "Đã hủy"
    assert (states["2026-06"] == "Đã hủy") == (days > 0), "only what fell due before is cancelled"


@pytest.mark.parametrize("days", [-1, 0, 1, 2])
def test_the_count_of_what_is_overdue_is_what_the_list_says(
    office: ObligationOffice, days: int
) -> None:
    obligation = office.obligation(MONTHLY)
    office.obligation("hằng quý, chậm nhất ngày 20 tháng cuối quý", title="Báo cáo quý")
    with office.store.changing("Điều chỉnh hạn") as session:
        ground = "Công văn 15/SYT"
        obligations.extend(session, obligation, "2026-05", to=date(2026, 6, 20), ground=ground)
    for due in {row.due for row in office.rows(date(2026, 6, 1)) if row.due}:
        today = due + days * ONE
        listed = [row for row in office.rows(today) if row.state == "Quá hạn"]
        with office.store.reading() as session:
            assert schedule.overdue_count(session, today=today) == len(listed)
        assert all(row.due is not None and row.due < today for row in listed)


@pytest.mark.parametrize(("first", "last"), [(-1, 0), (0, 0), (0, 1), (1, 1), (-1, -1)])
def test_a_deadline_that_was_moved_is_asked_for_by_its_new_day_alone(
    office: ObligationOffice, first: int, last: int
) -> None:
    obligation = office.obligation(MONTHLY)
    moved = date(2026, 6, 10)
    with office.store.changing("Điều chỉnh hạn") as session:
        obligations.extend(session, obligation, "2026-05", to=moved, ground="Công văn 15/SYT")

    found = office.rows(moved, window=(moved + first * ONE, moved + last * ONE))

    assert [row.period for row in found] == (["2026-05"] if first <= 0 <= last else [])


@pytest.mark.parametrize(
    ("days", "word"), [(-1, "Còn hiệu lực"), (0, "Hết hiệu lực"), (1, "Hết hiệu lực")]
)
def test_a_document_has_expired_from_the_day_that_it_names(days: int, word: str) -> None:
    last = date(2026, 7, 1)
    document = LegalDocument(number="1/NĐ", expires_on=last, standing="in_force")
    assert legal_documents.state_of(document, last + days * ONE) == word


def test_a_standing_that_a_newer_program_has_written_is_unknown_and_holds_for_nobody() -> None:
    later: dict[str, Any] = {"standing": "suspended"}
    document = legal_documents.state_of(LegalDocument(number="1/NĐ", **later), JUNE)
    regulation = regulations.state_of(Regulation(number="1/QC", **later), JUNE, replaced_on=None)

    assert document == regulation == "không rõ: suspended"
    assert regulation not in BINDING
    assert document not in HOLDING_NO_MORE


@pytest.mark.parametrize(("entity", "name"), SELF)
def test_no_record_names_itself(office: ObligationOffice, entity: str, name: str) -> None:
    given: dict[str, dict[str, Any]] = {
        "agency": {"name": "Phòng Tham mưu"},
        "legal_document": {"number": "5/NĐ"},
        "provision": {"regulation_id": office.regulation, "kind": "article", "number": "1"},
        "exchange": {
            "dated_on": date(2026, 6, 1),
            "sender_id": office.police,
            "recipients": (office.health,),
            "abstract": "Đề nghị cung cấp danh sách",
        },
    }
    made = office.enter(entity, **given[entity])
    with pytest.raises(InvalidFields, match=r"chính bản ghi này|chính cơ quan|chính"):
        office.revise(entity, made, **{name: made})
    with office.store.reading() as session:
        assert getattr(records.get(session, MODELS[entity], made), name) is None


def test_every_field_that_could_name_its_own_record_is_tried() -> None:
    assert {entity for entity, _ in SELF} == {"agency", "legal_document", "provision", "exchange"}
