"""A body in the detail pane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session

from app.models import Agency
from app.registers.agency import AgencyRow
from app.registers.column import Column, Columns, text_of
from app.registers.regulation import RegulationRow
from app.services import agencies
from app.services.agencies import SuccessionLine
from app.services.any_kind import records
from app.services.obligation import obligations
from app.services.regulation import regulations
from app.ui.common.pane.content import (
    Button,
    Buttons,
    DetailContent,
    Facts,
    Links,
    Part,
    Rows,
    Section,
    Tab,
    Words,
)
from app.ui.common.pane.history import history_tab
from app.ui.common.parts.office import Office

_MOST_OBLIGATIONS = 40


@dataclass(frozen=True)
class Doing:
    """What can be done from the pane: the page's own commands."""

    rename: Callable[[], None]
    succeed: Callable[[], None]
    hand_over: Callable[[], None]
    withdraw: Callable[[str, UUID], None]


_REGULATIONS: Columns[RegulationRow] = (
    Column("number", "", lambda r: r.number or r.abstract, width=0),
    Column("state", "", lambda r: r.state, kind="state", width=17),
)


def agency_detail(office: Office, session: Session, row: AgencyRow, doing: Doing) -> DetailContent:
    """What the pane shows of a body."""
    agency = records.get(session, Agency, row.id)
    return DetailContent(
        kind=row.kind,
        title=row.name,
        tags=((row.state, row.state),),
        tabs=(
            Tab(_tr("Thông tin"), lambda: _facts(office, agency, row, doing)),
            Tab(_tr("Tên và kế thừa"), lambda: _names(office, row, doing)),
            Tab(_tr("Quy chế"), lambda: _regulations(office, row)),
            Tab(_tr("Nghĩa vụ"), lambda: _obligations(office, row)),
            history_tab(office, "agency", row.id),
        ),
    )


def _facts(office: Office, agency: Agency, row: AgencyRow, doing: Doing) -> list[Part]:
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
        parts += [Section(_tr("Cơ quan chịu trách nhiệm hiện nay"))]
        parts += [Links([link]) for link in links]
        if row.obligations:
            words, tip = _tr("Chuyển nghĩa vụ …"), _tr("Giao các nghĩa vụ cho cơ quan kế thừa")
            parts.append(Buttons((Button(words, doing.hand_over, tip=tip),)))
    return parts


def _names(office: Office, row: AgencyRow, doing: Doing) -> list[Part]:
    with office.store.reading() as session:
        former = agencies.former_names(session, row.id)
        links = agencies.successions(session, row.id)
    parts: list[Part] = [Section(_tr("Tên theo thời gian"), (_tr("Đổi tên …"), doing.rename))]
    parts += [Words(_tr("Chưa ghi tên cũ nào."), "muted")] if not former else []
    for name in former:
        used = _used(text_of(name.valid_from), text_of(name.valid_to))
        parts += [Words(name.name), Words(used, "small")]
        away = partial(doing.withdraw, "agency_name", name.id)
        parts.append(Links([(_tr("Rút dòng này"), away)]))
    parts.append(Section(_tr("Kế thừa"), (_tr("Ghi kế thừa …"), doing.succeed)))
    parts += [Words(_tr("Chưa ghi kế thừa nào."), "muted")] if not links else []
    for line in links:
        parts += _succession(office, line, doing)
    return parts


def _used(begun: str, ended: str) -> str:
    """When a former name was used, as far as that is known."""
    if begun and ended:
        return _tr("Dùng {} – {}").format(begun, ended)
    if begun or ended:
        return _tr("Dùng từ {}").format(begun) if begun else _tr("Dùng đến {}").format(ended)
    return _tr("Chưa ghi thời gian dùng")


def _succession(office: Office, line: SuccessionLine, doing: Doing) -> list[Part]:
    way = _tr("Chuyển vào") if line.is_onward else _tr("Nhận từ")
    day = text_of(line.effective_on)
    since = _tr("từ {}").format(day) if day else ""
    told = ", ".join(p for p in (line.kind, line.function, line.ground, since) if p)
    there = (f"{way}: {line.other}", partial(office.go, "agency", line.other_id))
    parts: list[Part] = [Links([there]), Words(told, "small")]
    if line.is_onward:
        away = partial(doing.withdraw, "agency_succession", line.id)
        parts.append(Links([(_tr("Rút dòng này"), away)]))
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


def _obligations(office: Office, row: AgencyRow) -> list[Part]:
    with office.store.reading() as session:
        found = obligations.of_body(session, row.id)
    if not found:
        return [Words(_tr("Chưa có nghĩa vụ nào giao cho cơ quan này."), "muted")]
    called = row.short_name or row.name
    see = partial(office.go, "obligation", view="all", facets={"agency": called})
    parts: list[Part] = [Section(_tr("Chủ trì hoặc phối hợp"), (_tr("Xem các kỳ"), see))]
    for obligation in found[:_MOST_OBLIGATIONS]:
        parts.append(Links([(obligation.title, partial(office.go, "obligation", obligation.id))]))
        part = _tr("Chủ trì") if obligation.lead_id == row.id else _tr("Phối hợp")
        parts.append(Words(f"{part}. {obligation.recurrence.words()}", "small"))
    if len(found) > _MOST_OBLIGATIONS:
        rest = _tr("và {} nghĩa vụ khác").format(len(found) - _MOST_OBLIGATIONS)
        parts.append(Words(rest, "muted"))
    return parts


def _tr(words: str) -> str:
    return QCoreApplication.translate("AgencyDetail", words)
