"""Who is bound by a paper, what ends it, what it is called, and how it is found when cited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.errors import InvalidFields, Refused
from app.models import Obligation, Provision, Regulation
from app.models.values import Values
from app.services import staleness
from app.services.agreement import naming
from app.services.any_kind import lookup, records
from app.services.obligation import obligations
from app.services.regulation import regulations, replacement
from app.services.regulation.regulations import Parties
from app.services.staleness.wording import ADAPT_BY
from tests.services.obligation_office import TODAY, ObligationOffice

ONE = timedelta(days=1)
TEXT: Values = {"number": "7/QC", "abstract": "Phối hợp", "signed_on": date(2024, 3, 12)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ObligationOffice]:
    found = ObligationOffice(tmp_path)
    yield found
    found.store.close()


def enter(office: ObligationOffice, parties: Parties, **values: Any) -> UUID:
    with office.store.changing("Thêm quy chế") as session:
        return regulations.enter(session, {**TEXT, **values}, parties).id


def test_only_a_draft_may_lack_its_parties(office: ObligationOffice) -> None:
    nobody = Parties(None, ())
    with pytest.raises(InvalidFields) as refused:
        enter(office, nobody)
    assert set(refused.value.problems) == {"lead_id", "coordinating"}

    made = enter(office, nobody, standing="draft")
    with office.store.reading() as session:
        assert records.get(session, Regulation, made).standing == "draft"


def test_not_even_a_draft_has_one_body_in_both_places(office: ObligationOffice) -> None:
    with pytest.raises(InvalidFields, match="không đồng thời là cơ quan phối hợp"):
        enter(office, Parties(office.police, (office.police,)), standing="draft")


def test_regulations_of_two_bodies_are_known_again_by_both_and_by_nobody_else(
    office: ObligationOffice,
) -> None:
    def known(lead: UUID | None, *others: UUID) -> list[str | None]:
        with office.store.reading() as session:
            same = replacement.same_parties(session, Parties(lead, others), today=TODAY)
        return [regulation.number for regulation in same]

    assert known(office.police, office.health) == ["21/QC-CAT-SYT"]
    assert known(office.health, office.police) == ["21/QC-CAT-SYT"], "whoever leads"
    assert known(office.police, office.health, office.culture) == []
    assert known(office.police) == []
    assert known(None) == []


@pytest.mark.parametrize(
    ("kind", "standing", "ends"),
    [
        ("replaces", "in_force", True),
        ("amends", "in_force", False),
        ("replaces", "draft", False),
        ("amends", "draft", False),
    ],
)
def test_a_regulation_ends_when_one_in_force_replaces_it(
    office: ObligationOffice, kind: str, standing: str, ends: bool
) -> None:
    newer = office.sign("30/QC-CAT-SYT", date(2025, 1, 15), standing=standing)
    office.enter("relation", regulation_id=newer, older_id=office.regulation, kind=kind)
    with office.store.reading() as session:
        ended = regulations.ended_on(session)
    assert ended == ({office.regulation: date(2025, 1, 15)} if ends else {})


def test_an_obligation_that_runs_cannot_be_resumed(office: ObligationOffice) -> None:
    running = office.obligation()
    with (
        pytest.raises(Refused, match="đang thực hiện, không cần mở lại"),
        office.store.changing("Thực hiện lại") as session,
    ):
        obligations.resume(session, running, on=TODAY)


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "còn 1 ngày"), (0, "còn 0 ngày"), (1, "đã quá 1 ngày")]
)
def test_the_provinces_deadline_is_past_on_the_day_after_it(
    office: ObligationOffice, days: int, words: str
) -> None:
    decision = office.sign("155/QĐ-UBND", date(2019, 1, 1), form="decision")
    with office.store.reading() as session:
        found = staleness.reasons(session, today=ADAPT_BY + days * ONE)
    (said,) = [r.evidence for r in found[decision] if r.kind == "provincial_deadline"]
    assert f"({words})" in said


def cited(office: ObligationOffice, text: str) -> str:
    with office.store.reading() as session:
        return lookup.find(session, Regulation, text, today=TODAY).called()


def test_a_number_without_its_year_means_one_paper_and_no_other_number(
    office: ObligationOffice,
) -> None:
    office.sign("22/QC-CAT-SYT", date(2021, 1, 15))
    office.sign("23/2022/QC-CAT-SYT", date(2022, 1, 15))
    assert cited(office, "22/QC-CAT-SYT") == "22/QC-CAT-SYT"
    assert cited(office, "23/QC-CAT-SYT") == "23/2022/QC-CAT-SYT"
    assert cited(office, "22") == "22/QC-CAT-SYT"
    with pytest.raises(Refused, match="Không tìm thấy quy chế"):
        cited(office, "24/QC-CAT-SYT")


def test_a_record_whose_owner_has_not_come_is_called_by_itself(office: ObligationOffice) -> None:
    held = office.obligation()
    stray = Provision(id=uuid4(), regulation_id=uuid4(), kind="article", number="2", position="a")
    with office.store.reading() as session:
        names = naming.full_names(session, [stray, records.get(session, Obligation, held)])
    assert "Điều 2" in names[stray.id]
    assert "Báo cáo kết quả phối hợp" in names[held]
