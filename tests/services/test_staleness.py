"""Why a regulation needs attention: each reason once where it holds and once where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from app.services import staleness
from app.services.obligation import obligations
from app.services.staleness import Reason
from tests.services.obligation_office import TODAY, ObligationOffice


class StaleOffice(ObligationOffice):
    def reasons(self, kind: str, regulation: UUID | None = None) -> list[Reason]:
        with self.store.reading() as session:
            found = staleness.reasons(session, today=TODAY)
        return [r for r in found.get(regulation or self.regulation, []) if r.kind == kind]

    def only(self, kind: str, regulation: UUID | None = None) -> Reason:
        (found,) = self.reasons(kind, regulation)
        return found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[StaleOffice]:
    office = StaleOffice(tmp_path)
    yield office
    office.store.close()


def test_a_sound_regulation_has_no_reason(office: StaleOffice) -> None:
    with office.store.reading() as session:
        assert staleness.reasons(session, today=TODAY) == {}


@pytest.mark.parametrize(
    ("standing", "words"),
    [("replaced", "bị thay thế"), ("repealed", "bị bãi bỏ"), ("expired", "hết hiệu lực")],
)
def test_a_basis_that_has_ended(office: StaleOffice, standing: str, words: str) -> None:
    newer = office.enter("legal_document", number="03/2019/NĐ-CP")
    basis = office.enter("legal_document", number="77/2010/NĐ-CP")
    office.enter("legal_basis", regulation_id=office.regulation, document_id=basis)
    assert office.reasons("basis") == []

    office.revise(
        "legal_document",
        basis,
        standing=standing,
        expires_on=date(2019, 2, 20),
        replaced_by_id=newer,
    )

    reason = office.only("basis")
    assert reason.evidence == (
        f"Căn cứ 77/2010/NĐ-CP đã {words} từ 20/02/2019, thay bằng 03/2019/NĐ-CP."
    )
    assert reason.refs == (("legal_document", basis),)


def test_a_basis_that_will_end_later_still_holds(office: StaleOffice) -> None:
    basis = office.enter(
        "legal_document", number="1/2020/NĐ-CP", standing="replaced", expires_on=date(2027, 1, 1)
    )
    office.enter("legal_basis", regulation_id=office.regulation, document_id=basis)

    assert office.reasons("basis") == []


def test_a_party_that_has_ended_names_its_heir(office: StaleOffice) -> None:
    office.revise("agency", office.health, valid_to=date(2025, 2, 28))
    office.enter(
        "agency_succession",
        agency_id=office.health,
        successor_id=office.culture,
        kind="merge",
        effective_on=date(2025, 3, 1),
    )

    reason = office.only("party_ended")

    assert reason.evidence == (
        "Sở Y tế đã kết thúc hoạt động ngày 28/02/2025; kế thừa: Sở Văn hóa, Thể thao và Du lịch."
    )
    assert reason.refs == (("agency", office.health), ("agency", office.culture))
    assert office.reasons("party_renamed") == []


def test_a_merger_before_the_signing_is_no_reason(office: StaleOffice) -> None:
    office.enter(
        "agency_succession",
        agency_id=office.health,
        successor_id=office.culture,
        kind="merge",
        effective_on=date(2015, 3, 1),
    )

    assert office.reasons("party_ended") == []


def test_a_renamed_party_keeps_its_signed_name(office: StaleOffice) -> None:
    office.enter(
        "agency_name",
        agency_id=office.health,
        name="Sở Y tế và Dân số",
        valid_to=date(2021, 5, 31),
    )

    assert office.only("party_renamed").evidence == (
        "Sở Y tế và Dân số đã đổi tên thành Sở Y tế từ 01/06/2021."
    )


def test_a_name_given_up_before_the_signing_is_no_reason(office: StaleOffice) -> None:
    office.enter("agency_name", agency_id=office.health, name="Ty Y tế", valid_to=date(1990, 5, 31))

    assert office.reasons("party_renamed") == []


def test_a_function_moved_away_until_its_new_body_is_bound(office: StaleOffice) -> None:
    office.enter(
        "agency_succession",
        agency_id=office.health,
        successor_id=office.culture,
        kind="transfer",
        function="Quản lý cai nghiện",
        effective_on=date(2025, 3, 1),
    )
    assert "“Quản lý cai nghiện”" in office.only("function_moved").evidence

    office.enter(
        "party", regulation_id=office.regulation, agency_id=office.culture, role="coordinating"
    )
    assert office.reasons("function_moved") == []


@pytest.mark.parametrize(
    ("expires", "words"),
    [
        (date(2026, 11, 22), "đã hết ngày 22/11/2026"),
        (date(2027, 5, 23), "sẽ hết ngày 23/05/2027"),
        (date(2027, 5, 24), None),
    ],
)
def test_a_term_that_has_passed_or_passes_within_six_months(office, expires, words) -> None:
    office.revise("regulation", office.regulation, expires_on=expires)

    found = office.reasons("term")

    assert [words in reason.evidence for reason in found] == ([True] if words else [])


def test_a_regulation_is_reviewed_at_its_own_interval(office: StaleOffice) -> None:
    office.revise("regulation", office.regulation, review_every=12)
    assert "Chưa sơ kết lần nào kể từ 15/01/2020" in office.only("review").evidence

    review = _review(office, held_on=date(2023, 8, 17))
    reason = office.only("review")
    assert "Sơ kết gần nhất ngày 17/08/2023" in reason.evidence
    assert reason.refs == (("review", review),)

    _review(office, held_on=date(2026, 1, 5))
    assert office.reasons("review") == []


def test_a_replacement_written_in_the_text_and_not_in_the_register(office: StaleOffice) -> None:
    newer = office.sign("45/QC-CAT-SYT", date(2024, 7, 1))
    office.enter(
        "provision",
        regulation_id=newer,
        kind="article",
        number="12",
        text="Quy chế này thay thế Quy chế số 21 / QC-CAT-SYT ngày 15/01/2020.",
    )
    reason = office.only("unmarked")
    assert reason.evidence == "Điều 12 của 45/QC-CAT-SYT ngày 01/07/2024 nêu thay thế văn bản này."

    office.enter("relation", regulation_id=newer, older_id=office.regulation, kind="replaces")
    assert office.reasons("unmarked") == []


def test_another_paper_with_the_same_bare_number_is_not_taken_for_it(office: StaleOffice) -> None:
    old = office.sign("88", date(1997, 11, 4))
    newer = office.sign("45/QC-CAT-SYT", date(2024, 7, 1))
    text = "Thay thế văn bản số 88 ngày 05/11/1999."
    office.enter("provision", regulation_id=newer, kind="article", number="12", text=text)
    assert office.reasons("unmarked", old) == []

    text = "Thay thế văn bản số 88 ngày 04 tháng 11 năm 1997."
    office.enter("provision", regulation_id=newer, kind="article", number="13", text=text)
    assert len(office.reasons("unmarked", old)) == 1


def test_two_regulations_of_the_same_bodies_in_one_field(office: StaleOffice) -> None:
    office.revise("regulation", office.regulation, field_of_work="Y tế")
    other = office.sign("45/QC-CAT-SYT", date(2024, 7, 1), field_of_work="y tế")
    assert "45/QC-CAT-SYT" in office.only("siblings").evidence
    assert "21/QC-CAT-SYT" in office.only("siblings", other).evidence

    office.enter("relation", regulation_id=other, older_id=office.regulation, kind="amends")
    assert office.reasons("siblings") == []


def test_a_obligation_nobody_ever_carried_out(office: StaleOffice) -> None:
    obligation = office.obligation()
    assert "“Báo cáo kết quả phối hợp”" in office.only("obligations").evidence

    with office.store.changing("Ghi hoàn thành") as session:
        obligations.complete(session, obligation, "2026-Q1", on=date(2026, 5, 1))
    assert office.reasons("obligations") == []


def test_one_short_delay_is_not_neglect(office: StaleOffice) -> None:
    office.obligation("trước ngày 15/11 hằng năm")

    assert office.reasons("obligations") == []


def test_findings_of_the_last_review_stay_open_until_something_is_amended(
    office: StaleOffice,
) -> None:
    review = _review(office, held_on=date(2025, 8, 17))
    for kind in ("shortcoming", "proposal", "result"):
        office.enter(
            "finding",
            review_id=review,
            regulation_id=office.regulation,
            kind=kind,
            text="Nội dung thử",
        )
    assert "1 tồn tại, hạn chế và 1 kiến nghị, đề xuất" in office.only("findings").evidence

    newer = office.sign("45/QC-CAT-SYT", date(2026, 7, 1))
    office.enter("relation", regulation_id=newer, older_id=office.regulation, kind="amends")
    assert office.reasons("findings") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Công an huyện chủ trì, phối hợp với Phòng Y tế.", "Công an huyện"),
        ("UBND các huyện, thị xã, thành phố chỉ đạo.", "UBND các huyện"),
        ("Các cơ quan CẤP HUYỆN có trách nhiệm.", "CẤP HUYỆN"),
        ("Huyện ủy lãnh đạo.", "Huyện ủy"),
        ("Trung tâm huấn luyện của Công an tỉnh.", None),
        ("Công an quản lý hành chính.", None),
    ],
)
def test_a_body_of_the_district_level_in_the_text(office, text, found) -> None:
    office.enter(
        "provision", regulation_id=office.regulation, kind="article", number="5", text=text
    )

    reasons = office.reasons("district")

    assert [f"Điều 5 nêu “{found}”" in reason.evidence for reason in reasons] == (
        [True] if found else []
    )


def test_a_regulation_of_after_the_reform_may_name_the_old_level(office: StaleOffice) -> None:
    newer = office.sign("45/QC-CAT-SYT", date(2025, 9, 1))
    text = "Tiếp nhận nhiệm vụ của Công an huyện trước đây."
    office.enter("provision", regulation_id=newer, kind="article", number="5", text=text)

    assert office.reasons("district", newer) == []


def test_decisions_of_the_province_have_until_march_2027(office: StaleOffice) -> None:
    old = office.sign("39/2017/QĐ-UBND", date(2017, 9, 1), form="decision")
    reason = office.only("provincial_deadline", old)
    assert (reason.by, "còn 98 ngày" in reason.evidence) == (date(2027, 3, 1), True)
    assert office.reasons("provincial_deadline") == []  # an agreement between bodies is not one

    newer = office.sign("50/2026/QĐ-UBND", date(2026, 5, 1), form="decision")
    office.enter("relation", regulation_id=newer, older_id=old, kind="amends")
    assert office.reasons("provincial_deadline", old) == []


def test_what_has_ended_is_not_reviewed(office: StaleOffice) -> None:
    office.obligation()
    office.revise("regulation", office.regulation, review_every=12)
    newer = office.sign("45/QC-CAT-SYT", date(2026, 7, 1))
    office.enter("relation", regulation_id=newer, older_id=office.regulation, kind="replaces")

    with office.store.reading() as session:
        assert office.regulation not in staleness.reasons(session, today=TODAY)


def _review(office: StaleOffice, *, held_on: date) -> UUID:
    return office.enter(
        "review",
        title=f"Sơ kết năm {held_on.year}",
        period_from=date(held_on.year - 1, 1, 1),
        period_to=held_on,
        held_on=held_on,
        host_id=office.police,
        regulations=(office.regulation,),
    )
