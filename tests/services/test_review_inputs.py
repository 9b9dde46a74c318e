"""One body's report is kept whole: receipt, figures, findings; what it drops is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidFields
from app.models import Finding, ReviewFigure
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.regulation.regulations import Parties
from app.services.review import inputs, reviews
from app.services.review.inputs import BodyReport, FindingLine, read_value, value_words
from tests.services.review_office import TODAY, ReviewOffice, review_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ReviewOffice]:
    made = review_office(tmp_path)
    yield made
    made.store.close()


def keep(office: ReviewOffice, report: BodyReport) -> None:
    with office.store.changing("Ghi báo cáo") as session:
        inputs.record_report(session, office.review.id, office.health.id, report)


def kept(office: ReviewOffice) -> BodyReport:
    with office.store.reading() as session:
        review = records.get(session, type(office.review), office.review.id)
        rows = reviews.inputs_of(session, review, today=TODAY)
        row = next(row for row in rows if row.agency_id == office.health.id)
        return inputs.report_of(session, review.id, row.agency_id, row.input_id)


REPORT = BodyReport(
    receipt={"number": "45/BC-SYT", "received_on": date(2026, 11, 20), "summary": "Đã gửi."},
    figures=[("propaganda_attendance", "gần 36.720"), ("Số hộ ký cam kết", "1.200")],
    findings=[FindingLine(None, "result", "exchange", "Gửi báo cáo đều.")],
)


def test_a_report_is_read_back_as_it_was_entered(office: ReviewOffice) -> None:
    keep(office, REPORT)
    found = kept(office)

    assert found.receipt["number"] == "45/BC-SYT"
    assert dict(found.figures) == {
        "propaganda_attendance": "gần 36.720",
        "Số hộ ký cam kết": "1.200",
    }
    assert [(f.kind, f.area, f.text) for f in found.findings] == [
        ("result", "exchange", "Gửi báo cáo đều.")
    ]


def test_what_a_report_drops_is_withdrawn_and_the_rest_keeps_its_record(
    office: ReviewOffice,
) -> None:
    keep(office, REPORT)
    before = kept(office)
    changed = BodyReport(before.receipt, [("propaganda_attendance", "37.000")], ())
    keep(office, changed)

    assert kept(office).figures == [("propaganda_attendance", "37.000")]
    assert kept(office).findings == []
    with office.store.reading() as session:
        assert len(records.live(session, ReviewFigure)) == 1
        assert not records.live(session, Finding)


def test_a_finding_that_stays_is_revised_and_not_entered_again(office: ReviewOffice) -> None:
    keep(office, REPORT)
    (line,) = kept(office).findings
    reworded = FindingLine(line.id, "shortcoming", "reporting", "Gửi chậm hai lần.")
    keep(office, BodyReport(REPORT.receipt, REPORT.figures, [reworded]))

    assert kept(office).findings == [reworded]


def test_an_unreadable_figure_is_named_by_its_field_and_nothing_is_kept(
    office: ReviewOffice,
) -> None:
    bad = [("drills", "vài cuộc"), ("inspections", "4"), ("Chỉ tiêu lạ", "nhiều")]
    with pytest.raises(InvalidFields) as refused:
        keep(office, BodyReport(REPORT.receipt, bad, ()))

    assert set(refused.value.problems) == {"figure:drills", "other_figures"}
    assert "vài cuộc" in refused.value.problems["figure:drills"]
    assert kept(office).input_id is None


def test_of_a_secret_regulation_only_the_receipt_is_kept(office: ReviewOffice) -> None:
    with office.store.changing("Thêm quy chế mật") as session:
        secret = regulations.enter(
            session,
            {
                "number": "05/QC-CAT",
                "abstract": "Có văn bản mật",
                "secrecy": "mat",
                "stored_at": "Kho",
                "signed_on": date(2026, 1, 5),
            },
            Parties(office.police.id, (office.health.id,)),
        )
    with pytest.raises(InvalidFields) as refused:
        keep(office, BodyReport(REPORT.receipt, REPORT.figures, (), secret.id))
    assert "văn bản mật" in refused.value.problems["summary"]

    keep(office, BodyReport({"number": "09/BC-SYT", "received_on": TODAY}, (), (), secret.id))
    assert kept(office).receipt["number"] == "09/BC-SYT"


def test_a_withdrawn_report_takes_its_figures_and_findings_along(office: ReviewOffice) -> None:
    keep(office, REPORT)
    input_id = kept(office).input_id
    assert input_id is not None
    with office.store.changing("Rút báo cáo") as session:
        inputs.withdraw_report(session, input_id)

    assert kept(office).input_id is None
    with office.store.reading() as session:
        assert not records.live(session, ReviewFigure)
    office.store.undo()
    assert len(kept(office).figures) == 2


@given(
    value=st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    qualifier=st.sampled_from(["exact", "nearly", "over"]),
)
def test_a_value_said_the_offices_way_reads_back(value: Decimal, qualifier: str) -> None:
    figure = ReviewFigure(value=f"{value.normalize():f}", qualifier=qualifier)

    read, how = read_value(value_words(figure))

    assert (Decimal(read), how) == (value, qualifier)
