"""The packet says what the records say, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from app.errors import NotFound
from app.export.packet_content import NOTHING_YET, Figure, PacketContent, Section
from app.models import Agency
from app.models.values import Value
from app.services import agencies
from app.services.any_kind import records, secrecy
from app.services.obligation import obligations
from app.services.review import packet, reviews
from tests.offices import body
from tests.services.review_office import TODAY, ReviewOffice, review_office

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ReviewOffice]:
    made = review_office(tmp_path)
    yield made
    made.store.close()


def gathered(office: ReviewOffice) -> PacketContent:
    with office.store.reading() as session:
        return packet.gather(session, office.review.id, today=TODAY, at=AT)


def figure(content: PacketContent, key: str) -> Figure:
    return content.by_key[key]


def text_of(content: PacketContent) -> str:
    return " ".join(
        piece for p in content.paragraphs() for piece in p.parts if isinstance(piece, str)
    )


def test_tasks_are_counted_by_state_from_the_schedule(office: ReviewOffice) -> None:
    content = gathered(office)

    counts = {
        key: int(figure(content, key).value)
        for key in ("done_on_time", "done_late", "open_late", "undated")
    }
    # Three quarters and ten months fall due, and one obligation waits for a request.
    assert figure(content, "tasks").value == 14
    assert counts == {"done_on_time": 1, "done_late": 1, "open_late": 11, "undated": 1}


def test_every_figure_is_proved_by_its_sources(office: ReviewOffice) -> None:
    content = gathered(office)

    assert content.figures
    assert all(figure.is_proved() for figure in content.figures)


def test_the_bodies_tables_hold_every_task_once(office: ReviewOffice) -> None:
    content = gathered(office)

    ids = [row.id for agency in content.agencies for row in agency.rows]
    assert sorted(ids) == sorted(source.id for source in figure(content, "tasks").sources)
    assert [agency.short_name for agency in content.agencies] == ["Sở GD&ĐT", "Sở Y tế"]


def test_reported_values_add_up_and_keep_the_weakest_qualifier(office: ReviewOffice) -> None:
    for agency, value, qualifier in (
        (office.health, "30.000", "nearly"),
        (office.school, "6.720", "exact"),
    ):
        with office.store.changing("Ghi số liệu") as session:
            reviews.note_figure(session, {
                "review_id": office.review.id, "agency_id": agency.id, "value": value,
                "indicator": "Lượt người được tuyên truyền", "qualifier": qualifier,
            })  # fmt: skip

    found = figure(gathered(office), "indicator:propaganda_attendance")

    assert (found.value, found.qualifier, found.unit) == (Decimal(36720), "nearly", "lượt người")


def test_a_sum_with_more_than_in_it_is_more_than(office: ReviewOffice) -> None:
    for agency, qualifier in ((office.health, "over"), (office.school, "exact")):
        given = {"indicator": "Lượt người được tuyên truyền", "value": "10"}
        about = {"review_id": office.review.id, "agency_id": agency.id, "qualifier": qualifier}
        office.enter("review_figure", **given, **about)

    found = figure(gathered(office), "indicator:propaganda_attendance")

    assert (found.value, found.qualifier) == (Decimal(20), "over")


def test_a_percentage_is_listed_but_never_added_up(office: ReviewOffice) -> None:
    office.enter("review_figure", review_id=office.review.id, agency_id=office.health.id,
                 indicator="Tỷ lệ đạt", value="16.8")  # fmt: skip

    content = gathered(office)

    assert [row.value for row in content.reported] == [Decimal("16.8")]


def test_a_value_that_is_no_number_is_said_and_left_out(office: ReviewOffice) -> None:
    office.enter("review_figure", review_id=office.review.id, agency_id=office.health.id,
                 indicator="drills", value="nhiều")  # fmt: skip

    content = gathered(office)

    assert not content.reported
    assert any("“nhiều”" in warning for warning in content.warnings)


def test_figures_are_compared_with_the_review_before(office: ReviewOffice) -> None:
    with office.store.changing("Mở hội nghị trước") as session:
        before = reviews.enter(session, {
            "title": "Sơ kết năm trước", "host_id": office.police.id,
            "period_from": date(2025, 1, 1), "period_to": date(2025, 12, 31),
            "regulations": (office.regulation.id,), "participants": (office.health.id,),
        })  # fmt: skip
    office.enter(
        "review_figure",
        review_id=before.id,
        agency_id=office.health.id,
        indicator="drills",
        value="2",
    )
    office.enter(
        "review_figure",
        review_id=office.review.id,
        agency_id=office.health.id,
        indicator="drills",
        value="5",
    )

    content = gathered(office)

    assert figure(content, "indicator:drills").previous == 2
    assert figure(content, "regulations").previous == 1


def test_an_empty_part_says_so_and_is_listed(office: ReviewOffice) -> None:
    content = gathered(office)

    assert NOTHING_YET in text_of(content)
    assert "Phần “Bài học kinh nghiệm” chưa có nội dung." in content.warnings
    assert "Chưa có số báo cáo; chỗ ghi số để trống." in content.warnings


def test_only_lines_that_cite_a_basis_are_set_as_basis(office: ReviewOffice) -> None:
    opening = "Căn cứ Kế hoạch số 5/KH-CAT;\nThực hiện các quy chế, Công an tỉnh báo cáo như sau:"
    with office.store.changing("Ghi mở đầu") as session:
        records.revise(session, "review", office.review.id, {"opening": opening})

    content = gathered(office)

    assert content.basis == ("Căn cứ Kế hoạch số 5/KH-CAT;",)
    assert content.opening[0].parts == ("Thực hiện các quy chế, Công an tỉnh báo cáo như sau:",)


def test_findings_stand_in_their_part_under_their_area(office: ReviewOffice) -> None:
    office.enter("finding", review_id=office.review.id, agency_id=office.health.id, kind="result",
                 area="inspection", text="Kiểm tra 03 cơ sở.")  # fmt: skip
    office.enter(
        "finding",
        review_id=office.review.id,
        kind="shortcoming",
        text="Gửi tin chậm",
        in_report=False,
    )

    content = gathered(office)

    results = content.sections[1]
    area = next(
        b for b in results.blocks if isinstance(b, Section) and b.heading == "Kiểm tra liên ngành"
    )
    assert area.blocks[-1].parts == ("Kiểm tra 03 cơ sở (Sở Y tế).",)  # type: ignore[union-attr]
    assert "Gửi tin chậm" not in text_of(content)


def test_nothing_of_a_secret_regulation_leaves_the_register(office: ReviewOffice) -> None:
    office.enter(
        "finding",
        review_id=office.review.id,
        regulation_id=office.second.id,
        kind="result",
        text="Nội dung không được in",
    )
    with office.store.changing("Đóng dấu mật") as session:
        secrecy.turn(session, "regulation", office.second.id, "mat")

    content = gathered(office)

    assert [row.number for row in content.regulations] == [office.regulation.number]
    assert {row.instance.whole.source for agency in content.agencies for row in agency.rows} == {
        "18/QC-CAT-SYT"
    }
    assert "Nội dung không được in" not in text_of(content)
    assert "1 văn bản mật không đưa vào bộ tài liệu." in content.warnings


def test_conclusions_and_the_tasks_they_gave_are_printed(office: ReviewOffice) -> None:
    with office.store.changing("Kết luận") as session:
        given: dict[str, Value] = {"text": "Rà soát các quy chế", "lead_id": office.health.id}
        made = reviews.conclude(session, office.review.id, given | {"deadline": "Trước 15/12/2026"})
        reviews.give_task(session, made.id, {})

    content = gathered(office)

    assert content.conclusions[0].obligations == ("Rà soát các quy chế",)
    assert figure(content, "given").value == 1
    assert "Một là: Rà soát các quy chế" in text_of(content)


def test_a_body_that_sent_its_report_is_no_longer_missing(office: ReviewOffice) -> None:
    with office.store.changing("Nhận báo cáo") as session:
        reviews.receive(
            session,
            office.review.id,
            office.health.id,
            {"number": "9/BC-SYT", "received_on": TODAY},
        )

    content = gathered(office)

    assert [int(figure(content, key).value) for key in ("inputs", "missing")] == [1, 1]
    assert [(row.agency.split(" tỉnh")[0], row.is_received) for row in content.inputs] == [
        ("Sở Giáo dục và Đào tạo", False), ("Sở Y tế", True),
    ]  # fmt: skip


def test_the_written_packet_names_the_records_behind_each_figure(
    office: ReviewOffice, tmp_path: Path
) -> None:
    with office.store.reading() as session:
        kept = office.store.folder.packets
        result = packet.write(
            session, office.review.id, tmp_path / "out", kept=kept, today=TODAY, at=AT
        )

    assert result.listed is not None
    assert result.listed.parent == kept
    listed = json.loads(result.listed.read_text(encoding="utf-8"))
    late = next(item for item in listed["figures"] if item["key"] == "open_late")
    assert late["value"] == "11"
    assert len({source["id"] for source in late["sources"]}) == 11
    assert result.counts["task_rows"] == 14


def test_a_review_that_has_gone_is_refused(office: ReviewOffice) -> None:
    with office.store.reading() as session, pytest.raises(NotFound):
        packet.gather(session, uuid4(), today=TODAY, at=AT)


def test_gathering_changes_nothing(office: ReviewOffice) -> None:
    with office.store.reading() as session:
        packet.gather(session, office.review.id, today=TODAY, at=AT)
        assert not session.new
        assert not session.dirty


def test_bodies_of_one_name_are_told_apart_by_their_years(office: ReviewOffice) -> None:
    office.enter("agency", name="Sở Y tế tỉnh Thanh Hóa", short_name="Sở Y tế (cũ)")
    with office.store.changing("Hai cơ quan cùng tên") as session:
        old = records.enter(
            session, "agency", {"name": office.school.name, "valid_to": date(2026, 2, 28)}
        )
        records.revise(session, "agency", office.school.id, {"valid_from": date(2026, 3, 1)})
        bodies = (office.health.id, office.school.id, old.id)
        records.revise(session, "review", office.review.id, {"participants": bodies})

    names = [agency.name for agency in gathered(office).agencies]

    assert names == [
        "Sở Giáo dục và Đào tạo tỉnh Thanh Hóa (đến ngày 28/02/2026)",
        "Sở Giáo dục và Đào tạo tỉnh Thanh Hóa (từ ngày 01/3/2026)",
        "Sở Y tế tỉnh Thanh Hóa",
    ]


def test_a_result_is_followed_by_what_proves_it(office: ReviewOffice) -> None:
    results = [
        row.result for agency in gathered(office).agencies for row in agency.rows if row.result
    ]

    assert results == ["Đã gửi; 15/BC-SYT"]


def test_what_fell_due_before_a_body_existed_was_led_by_the_one_it_came_from(
    office: ReviewOffice,
) -> None:
    since = date(2026, 7, 1)
    new = body(
        office.store, "Sở Y tế và Dân số", short_name="Sở Y tế mới", code="SYTM", valid_from=since
    )
    with office.store.changing("Ghi kế thừa") as session:
        given: dict[str, Value] = {
            "agency_id": office.health.id,
            "successor_id": new.id,
            "kind": "merge",
        }
        agencies.succeed(session, {**given, "effective_on": since})
        obligations.reassign(
            session,
            [office.report.id],
            from_agency=office.health.id,
            to_agency=new.id,
            on=since,
            ground="Sắp xếp tổ chức",
        )

    led = {
        part.short_name: [row.instance.due_on for row in part.rows]
        for part in gathered(office).agencies
    }

    assert led["Sở Y tế"] == [date(2026, 3, 20), date(2026, 6, 20)]
    assert led["Sở Y tế mới"] == [date(2026, 9, 20)]


def test_the_opening_says_who_has_reported_and_who_has_not(office: ReviewOffice) -> None:
    def said() -> str:
        line = gathered(office).opening[-1]
        return "".join(str(piece) if isinstance(piece, str) else "…" for piece in line.parts)

    def report(agency: Agency) -> None:
        values: dict[str, Value] = {
            "review_id": office.review.id,
            "agency_id": agency.id,
            "received_on": date(2026, 11, 2),
        }
        with office.store.changing("Nhận báo cáo") as session:
            records.enter(session, "review_input", values)

    assert "chưa có cơ quan nào gửi báo cáo, còn thiếu của …" in said()
    report(office.health)
    assert "tham gia; … đã gửi báo cáo, … chưa gửi." in said()
    report(office.school)
    assert "tham gia; cả … đã gửi báo cáo." in said()


def test_only_a_period_without_lateness_is_said_to_have_none(office: ReviewOffice) -> None:
    assert "không có nhiệm vụ quá hạn" not in text_of(gathered(office))
    ahead = {"period_from": date(2026, 11, 24), "period_to": date(2026, 12, 31)}
    with office.store.changing("Sửa kỳ") as session:
        records.revise(session, "review", office.review.id, ahead)
    content = gathered(office)
    assert figure(content, "tasks").value > 0
    assert "không có nhiệm vụ quá hạn" in text_of(content)


def test_a_packet_says_the_same_whatever_language_its_clerk_reads(
    office: ReviewOffice, request: pytest.FixtureRequest
) -> None:
    vietnamese = gathered(office)
    request.getfixturevalue("english")
    english = gathered(office)

    assert replace(english, warnings=()) == replace(vietnamese, warnings=())
    assert len(english.warnings) == len(vietnamese.warnings)
    assert "No report number yet; its place is left blank." in english.warnings
