"""A small packet written for the tests; every word of it is ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from app.export.packet_content import (
    About,
    AgencyPart,
    Cited,
    ConclusionRow,
    Figure,
    FindingRow,
    InputRow,
    Letterhead,
    PacketContent,
    Paragraph,
    RegulationRow,
    ReportedFigure,
    Section,
    Signature,
    SourceRef,
    TaskRow,
)
from app.models import Obligation, Occurrence
from app.models.occurrence_row import Bodies, OccurrenceRow, Standing, Touched, WholeObligation
from app.models.recurrence import read_phrase
from app.models.recurrence.rhythm import Rhythm

_STATES = ("done_on_time", "done_on_time", "done_late", "open_on_time", "open_late", "undated")
BODIES = ("Sở Y tế", "Sở Giáo dục và Đào tạo", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh")


_NOBODY = UUID(int=0)


def task(
    number: int,
    lead: str,
    *,
    task: str = "",
    result: str | None = None,
    due_on: date | None = None,
) -> TaskRow:
    state = _STATES[number % len(_STATES)]
    title = task or f"Trao đổi thông tin về an ninh, trật tự kỳ thứ {number}"
    rule = read_phrase("khi có yêu cầu")
    starts_on = date(2022, 9, 5)
    obligation = Obligation(
        title=title, lead_id=_NOBODY, recurrence=rule, starts_on=starts_on, product="Báo cáo"
    )
    whole = WholeObligation(
        record=obligation,
        standing=Standing("active", None, None),
        number="12/QCPH",
        source="Quy chế số 12/QCPH, khoản 2 Điều 5",
        rhythm=Rhythm(rule, starts_on),
        rhythm_words=rule.words(),
        is_signed=True,
    )
    due = due_on or (None if state == "undated" else date(2023, 1 + number % 6, 15))
    later = date(2023, 6, 30) if state == "open_late" else None
    id_ = uuid5(NAMESPACE_OID, f"{lead}-{number}")
    written = Occurrence(id=id_, obligation_id=obligation.id, period="", extended_to=later)
    instance = OccurrenceRow(
        whole=whole,
        bodies=Bodies(
            lead_id=_NOBODY,
            lead=lead,
            coordinating="Công an tỉnh",
            agencies=(lead, "Công an tỉnh"),
            is_mine=False,
            is_led_by_me=False,
        ),
        touched=Touched(written, due, later),
        by_rule=None,
        period="",
        label="Khi có yêu cầu",
        subject=title,
        due_on=due,
        due=later or due,
        remind_on=None,
        state="",
        days_left=None,
        asked_on=date(2023, 8, 5),
    )
    done = "Đã gửi báo cáo" if state.startswith("done") else ""
    return TaskRow(instance, done if result is None else result, state)


def agency(name: str, count: int) -> AgencyPart:
    rows = tuple(task(n, name) for n in range(count))
    return AgencyPart(str(uuid5(NAMESPACE_OID, name)), name, name, rows)


def sources(kind: str, count: int) -> tuple[SourceRef, ...]:
    return tuple(
        SourceRef(kind, str(uuid5(NAMESPACE_OID, f"{kind}{n}")), f"Bản ghi {n}")
        for n in range(count)
    )


def content(*, rows: int = 6, agencies: tuple[str, ...] = BODIES, **changes: Any) -> PacketContent:
    parts = tuple(agency(name, rows) for name in agencies)
    total = rows * len(agencies)
    figures = (
        Figure(
            "tasks",
            "Nhiệm vụ đến hạn trong kỳ",
            Decimal(total),
            "lượt",
            sources=sources("occurrence", total),
        ),
        Figure(
            "regulations",
            "Văn bản phối hợp được sơ kết",
            Decimal(2),
            "văn bản",
            previous=Decimal(1),
            sources=sources("regulation", 2),
        ),
        Figure(
            "people",
            "Lượt người được tuyên truyền",
            Decimal(36720),
            "lượt người",
            "nearly",
            Decimal(31000),
            tuple(
                SourceRef(
                    "review_figure", str(uuid5(NAMESPACE_OID, f"p{n}")), f"Báo cáo {n}", Decimal(v)
                )
                for n, v in enumerate((30000, 6720))
            ),
            "summed",
        ),
        Figure(
            "share",
            "Tỷ lệ hoàn thành đúng hạn",
            Decimal("16.8"),
            "%",
            sources=sources("occurrence", 3),
            how="ratio",
            note="03/18 nhiệm vụ hoàn thành đúng hạn.",
        ),
    )
    made = PacketContent(
        title="Sơ kết 01 năm thực hiện quy chế phối hợp",
        occasion="Sơ kết",
        kind_name="Báo cáo",
        abstract="Sơ kết 01 năm thực hiện các quy chế phối hợp bảo đảm an ninh, trật tự "
        "trên địa bàn tỉnh",
        letterhead=Letterhead(
            "Ủy ban nhân dân tỉnh", "Công an tỉnh", "120/BC-CAT", "Thanh Hóa", date(2023, 8, 5)
        ),
        addressees=("Ủy ban nhân dân tỉnh",),
        basis=("Căn cứ Quy chế số 12/QCPH ngày 05/9/2022", "Căn cứ Kế hoạch số 7/KH"),
        opening=(
            Paragraph(
                (
                    "Trong kỳ có ",
                    Cited("tasks"),
                    " nhiệm vụ đến hạn theo ",
                    Cited("regulations"),
                    '; nổi lên là "trao đổi thông tin" theo Điều 5 và khoản 2 Điều 7.',
                )
            ),
        ),
        sections=(
            Section("Đặc điểm tình hình", (Paragraph(("Tình hình trong kỳ ổn định.",)),)),
            Section(
                "Kết quả thực hiện",
                (
                    Section(
                        "Trao đổi thông tin",
                        (
                            Paragraph(
                                (
                                    "Đã tuyên truyền cho ",
                                    Cited("people"),
                                    "; tỷ lệ đúng hạn ",
                                    Cited("share"),
                                    ".",
                                )
                            ),
                            Paragraph(("Đã gửi tin kịp thời.",), bullet=True),
                        ),
                    ),
                    Section("Kiểm tra liên ngành", ()),
                ),
            ),
            Section(
                "Nhận xét, đánh giá",
                (
                    Section(
                        "Nguyên nhân",
                        (
                            Section("Nguyên nhân khách quan", (Paragraph(("Địa bàn rộng.",)),)),
                            Section("Nguyên nhân chủ quan", (Paragraph(("Phân công chưa rõ.",)),)),
                        ),
                    ),
                ),
            ),
            Section(
                "Phương hướng, nhiệm vụ", (Paragraph(("Tiếp tục duy trì giao ban hằng quý.",)),)
            ),
            Section("Kiến nghị, đề xuất", (Paragraph(("Đề nghị sửa đổi Điều 9.",)),)),
        ),
        signature=Signature(("KT. Giám đốc",), "Phó Giám đốc"),
        recipients=("UBND tỉnh (để báo cáo)", "Các sở, ngành (để phối hợp)", "Lưu: VT, PV01"),
        figures=figures,
        agencies=parts,
        reported=(
            ReportedFigure(
                "f1",
                "Lượt người được tuyên truyền",
                "lượt người",
                BODIES[0],
                Decimal(30000),
                "nearly",
                "15/BC",
            ),
            ReportedFigure(
                "f2",
                "Lượt người được tuyên truyền",
                "lượt người",
                BODIES[1],
                Decimal(6720),
                "exact",
                "16/BC",
            ),
        ),
        regulations=(
            RegulationRow(
                "r1",
                "12/QCPH",
                date(2022, 9, 5),
                "Phối hợp bảo đảm an ninh, trật tự trong ngành y tế",
                "Công an tỉnh; Sở Y tế",
                "Còn hiệu lực",
            ),
            RegulationRow(
                "r2",
                "13/QCPH",
                date(2022, 10, 12),
                "Phối hợp quản lý học sinh, sinh viên",
                "Công an tỉnh; Sở Giáo dục và Đào tạo",
                "Còn hiệu lực",
            ),
        ),
        inputs=(
            InputRow(
                BODIES[0],
                "15/BC-SYT",
                date(2023, 7, 1),
                is_received=True,
                summary="Đã thực hiện đủ 03 nội dung.",
            ),
            InputRow(BODIES[1], "", None, is_received=False, summary=""),
        ),
        findings=(
            FindingRow(BODIES[0], "Kết quả", "Trao đổi thông tin", "Gửi tin kịp thời.", "Báo cáo"),
        ),
        conclusions=(
            ConclusionRow(
                1,
                "Tiếp tục quán triệt các quy chế.",
                "Công an tỉnh",
                BODIES[0],
                "Quý IV/2023",
                ("Quán triệt quy chế",),
            ),
        ),
        about=About(
            "PH-0001",
            date(2022, 6, 15),
            date(2023, 6, 14),
            date(2023, 8, 1),
            datetime(2023, 8, 5, 9, 30, tzinfo=UTC),
            "Công an tỉnh",
            "Phối Hợp 0.1.0",
        ),
    )
    return replace(made, **changes)
