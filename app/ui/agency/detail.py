"""A body in the detail pane."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session

from app.models import Agency
from app.registers.column import Column, text_of
from app.services import agencies, records, regulations
from app.services.agencies import AgencyRow
from app.services.regulations import RegulationRow
from app.ui.common.detail_content import (
    DetailContent,
    Facts,
    Links,
    Part,
    Rows,
    Section,
    Tab,
    Words,
)
from app.ui.common.history_part import history_tab
from app.ui.common.office import Office

Withdraw = Callable[[str, UUID], None]
_REGULATIONS = (
    Column("number", "", lambda r: r.number or r.abstract, width=0),
    Column("state", "", lambda r: r.state, kind="state", width=17),
)


def agency_detail(
    office: Office, session: Session, row: AgencyRow, withdraw: Withdraw
) -> DetailContent:
    """What the pane shows of a body."""
    agency = records.get(session, Agency, row.id)
    return DetailContent(
        kind=row.kind,
        title=row.name,
        tags=((row.state, row.state),),
        tabs=(
            Tab(_tr("Thông tin"), lambda: _facts(office, agency, row)),
            Tab(_tr("Tên và kế thừa"), lambda: _names(office, row, withdraw)),
            Tab(_tr("Quy chế"), lambda: _regulations(office, row)),
            history_tab(office, "agency", row.id),
        ),
    )


def _facts(office: Office, agency: Agency, row: AgencyRow) -> list[Part]:
    today = office.today()
    with office.store.reading() as session:
        names = agencies.full_names(session)
        now = agencies.responsible_on(session, row.id, today)
    parts: list[Part] = [
        Facts(
            (
                (_tr("Tên viết gọn"), row.short_name),
                (_tr("Chữ viết tắt"), row.code),
                (_tr("Cấp trên"), names.get(agency.superior_id, "") if agency.superior_id else ""),
                (_tr("Địa danh"), agency.place or ""),
                (_tr("Đầu mối"), agency.focal or ""),
                (_tr("Hoạt động từ"), text_of(row.valid_from)),
                (_tr("Kết thúc"), text_of(row.valid_to)),
                (_tr("Căn cứ"), agency.ground or ""),
                (_tr("Quy chế"), str(row.regulations or "")),
                (_tr("Nghĩa vụ chủ trì"), str(row.obligations or "")),
                (_tr("Ghi chú"), agency.note or ""),
            )
        )
    ]
    if now != [row.id]:
        links = [(names.get(i, ""), partial(office.go, "agency", i)) for i in now]
        parts += [Section(_tr("Cơ quan chịu trách nhiệm hiện nay")), Links(links)]
    return parts


def _names(office: Office, row: AgencyRow, withdraw: Withdraw) -> list[Part]:
    with office.store.reading() as session:
        former = agencies.former_names(session, row.id)
        links = agencies.successions(session, row.id)
    parts: list[Part] = [Section(_tr("Tên theo thời gian"))]
    parts += [Words(_tr("Chưa ghi tên cũ nào."), "muted")] if not former else []
    for name in former:
        begun, ended = text_of(name.valid_from), text_of(name.valid_to)
        parts.append(Words(name.name))
        parts.append(Words(_tr("Dùng {} – {}").format(begun or "…", ended or "nay"), "small"))
        parts.append(Links([(_tr("Rút dòng này"), partial(withdraw, "agency_name", name.id))]))
    parts.append(Section(_tr("Kế thừa")))
    parts += [Words(_tr("Chưa ghi kế thừa nào."), "muted")] if not links else []
    for link in links:
        way = _tr("Chuyển vào") if link.is_onward else _tr("Nhận từ")
        parts.append(Links([(f"{way}: {link.other}", partial(office.go, "agency", link.other_id))]))
        day = text_of(link.effective_on)
        since = _tr("từ {}").format(day) if day else ""
        told = ", ".join(p for p in (link.kind, link.function, link.ground, since) if p)
        parts.append(Words(told, "small"))
    return parts


def _regulations(office: Office, row: AgencyRow) -> list[Part]:
    with office.store.reading() as session:
        found = [
            line
            for line in regulations.rows(session, today=office.today())
            if (row.short_name or row.name) in line.agencies
        ]

    def go(line: RegulationRow) -> None:
        office.go("regulation", line.id)

    if not found:
        return [Words(_tr("Chưa có quy chế nào nêu cơ quan này."), "muted")]
    return [Rows(_REGULATIONS, found, opens=go)]


def _tr(words: str) -> str:
    return QCoreApplication.translate("AgencyDetail", words)
