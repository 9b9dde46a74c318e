"""An office with a review to report on: two regulations, three bodies, all states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.models import Agency, Obligation, Occurrence, Regulation, Review
from app.services.any_kind import records
from app.services.review import reviews
from app.store import Store
from tests.offices import body, obligation, open_store, police, regulation

TODAY = date(2026, 11, 23)
PERIOD = (date(2026, 1, 1), date(2026, 10, 31))


@dataclass
class ReviewOffice:
    store: Store
    police: Agency
    health: Agency
    school: Agency
    regulation: Regulation
    second: Regulation
    report: Obligation
    review: Review

    def enter(self, entity: str, **values: Any) -> Any:
        with self.store.changing(f"Thêm {entity}") as session:
            return records.enter(session, entity, values)

    def touch(self, obligation: Obligation, period: str, **values: Any) -> None:
        given = {
            "obligation_id": obligation.id,
            "regulation_id": obligation.regulation_id,
            "period": period,
        }
        with self.store.changing("Ghi kết quả") as session:
            id_ = Occurrence.id_for(obligation.id, period)
            records.enter(session, "occurrence", {**given, **values}, id=id_)


def review_office(folder: Path) -> ReviewOffice:
    store = open_store(folder)
    own = police(store)
    health = body(store, "Sở Y tế tỉnh Thanh Hóa", short_name="Sở Y tế", code="SYT")
    school = body(
        store, "Sở Giáo dục và Đào tạo tỉnh Thanh Hóa", short_name="Sở GD&ĐT", code="SGDĐT"
    )
    first = regulation(store, own, health)
    second = regulation(store, own, school, number="19/QC-CAT-SGDĐT", abstract="An ninh trường học")
    report = obligation(
        store, first, health, coordinating=(own.id,), area="reporting", product="Báo cáo"
    )
    obligation(
        store,
        second,
        school,
        title="Trao đổi thông tin",
        area="exchange",
        recurrence="hằng tháng, chậm nhất ngày 15",
    )
    obligation(
        store,
        second,
        school,
        title="Kiểm tra chung",
        area="inspection",
        recurrence="khi có yêu cầu",
    )
    with store.changing("Mở hội nghị") as session:
        review = reviews.enter(
            session,
            {
                "title": "Hội nghị sơ kết 10 tháng thực hiện các quy chế phối hợp",
                "period_from": PERIOD[0],
                "period_to": PERIOD[1],
                "host_id": own.id,
                "regulations": (first.id, second.id),
                "participants": (health.id, school.id),
                "place": "Thanh Hóa",
            },
        )
    office = ReviewOffice(store, own, health, school, first, second, report, review)
    office.touch(
        report,
        "2026-Q1",
        due_on=date(2026, 3, 20),
        completed_on=date(2026, 3, 18),
        result="Đã gửi",
        evidence="15/BC-SYT",
    )
    office.touch(report, "2026-Q2", due_on=date(2026, 6, 20), completed_on=date(2026, 6, 25))
    return office
