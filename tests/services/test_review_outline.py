"""The outline says what is full, lacking or empty; findings and conclusions keep an order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from app.errors import Refused
from app.models import Review
from app.models.review import FINDING_KINDS
from app.models.values import Value
from app.services.any_kind import records, secrecy
from app.services.review import order, reviews, tasks
from app.services.review.outline import FINDINGS_OF_PART, outline, part_of
from tests.services.review_office import TODAY, ReviewOffice, review_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ReviewOffice]:
    made = review_office(tmp_path)
    yield made
    made.store.close()


def states(office: ReviewOffice) -> dict[str, str]:
    with office.store.reading() as session:
        review = records.get(session, Review, office.review.id)
        return {part.id: part.state for part in outline(session, review, today=TODAY)}


def find(office: ReviewOffice, kind: str, text: str, area: str = "other") -> UUID:
    values: dict[str, Value] = {
        "review_id": office.review.id,
        "kind": kind,
        "text": text,
        "area": area,
    }
    with office.store.changing("Thêm nội dung") as session:
        return order.enter_finding(session, values).id


def conclude(office: ReviewOffice, text: str, **values: Value) -> UUID:
    with office.store.changing("Thêm kết luận") as session:
        return reviews.conclude(session, office.review.id, {"text": text, **values}).id


def test_every_kind_of_finding_has_a_part_to_stand_in() -> None:
    assert {kind for kinds in FINDINGS_OF_PART.values() for kind in kinds} == set(FINDING_KINDS)


def test_a_content_that_the_regulations_ask_for_has_a_part_of_its_own(
    office: ReviewOffice,
) -> None:
    parts = [part for part in states(office) if part.startswith("results:")]

    assert parts == ["results:exchange", "results:inspection", "results:reporting"]


def test_a_part_is_full_once_something_stands_in_it(office: ReviewOffice) -> None:
    assert states(office)["strength"] == "Trống"
    find(office, "strength", "Có đầu mối rõ.")

    assert states(office)["strength"] == "Đủ"
    assert states(office)["remarks"] == "Thiếu"
    find(office, "objective_cause", "Quy định thay đổi.")
    assert states(office)["cause"] == "Thiếu", "the subjective causes are still missing"


def test_what_is_kept_out_of_the_report_fills_nothing(office: ReviewOffice) -> None:
    finding = find(office, "lesson", "Cần lịch chung.")
    with office.store.changing("Bỏ khỏi báo cáo") as session:
        records.revise(session, "finding", finding, {"in_report": False})

    assert states(office)["lesson"] == "Trống"


def test_results_lack_while_a_report_is_missing(office: ReviewOffice) -> None:
    for area in ("exchange", "inspection", "reporting"):
        find(office, "result", f"Kết quả {area}.", area)

    assert states(office)["results"] == "Thiếu"


def test_a_conclusion_with_a_day_waits_to_be_given_as_a_task(office: ReviewOffice) -> None:
    conclude(office, "Tuyên truyền thường xuyên.", deadline="Thường xuyên")
    assert states(office)["conclusions"] == "Đủ"
    second = conclude(
        office,
        "Ban hành kế hoạch.",
        lead_id=office.health.id,
        deadline="Một lần, chậm nhất ngày 31/12/2026",
    )
    assert states(office)["conclusions"] == "Thiếu"

    with office.store.changing("Giao việc") as session:
        obligation = reviews.give_task(session, second, {})
    assert states(office)["conclusions"] == "Đủ"
    with office.store.reading() as session:
        (task,) = tasks.tasks_of(session, office.review.id, today=TODAY)[second]
    assert (task.id, task.lead, task.state) == (obligation.id, "Sở Y tế", "Trong hạn")


def test_a_finding_moves_among_those_of_its_kind_and_content(office: ReviewOffice) -> None:
    one, two, three = (find(office, "strength", text) for text in ("A.", "B.", "C."))
    find(office, "lesson", "D.")
    with office.store.changing("Đổi thứ tự") as session:
        assert order.move_finding(session, three, -1)
        assert not order.move_finding(session, one, -1)

    with office.store.reading() as session:
        found = [f.id for f in reviews.findings_of(session, office.review.id)]
    assert found[:3] == [one, three, two]


def test_a_finding_that_changes_its_kind_goes_behind_the_others_there(
    office: ReviewOffice,
) -> None:
    first = find(office, "strength", "A.")
    moved = find(office, "lesson", "B.")
    with office.store.changing("Sửa nội dung") as session:
        order.revise_finding(session, moved, {"kind": "strength"})

    with office.store.reading() as session:
        found = reviews.findings_of(session, office.review.id)
    assert [f.id for f in found] == [first, moved]
    assert part_of(found[1]) == "strength"


def test_what_is_said_on_a_secret_regulation_is_refused(office: ReviewOffice) -> None:
    with office.store.changing("Đánh dấu mật") as session:
        secrecy.turn(session, "regulation", office.regulation.id, "mat")
    values: dict[str, Value] = {
        "review_id": office.review.id,
        "regulation_id": office.regulation.id,
    }
    said: dict[str, Value] = {**values, "kind": "result", "text": "Nội dung."}
    with (
        office.store.reading() as session,
        pytest.raises(Refused, match="là văn bản mật: không ghi nội dung"),
    ):
        order.enter_finding(session, said)


def test_conclusions_are_counted_on_without_a_gap(office: ReviewOffice) -> None:
    one, two, three = (conclude(office, text) for text in ("A.", "B.", "C."))
    with office.store.changing("Đổi thứ tự") as session:
        assert order.move_conclusion(session, three, -1)
    with office.store.changing("Rút kết luận") as session:
        order.withdraw_conclusion(session, one)

    with office.store.reading() as session:
        rows = reviews.conclusions_of(session, office.review.id)
    assert [(row.id, row.words) for row in rows] == [(three, "Một là"), (two, "Và hai là")]
