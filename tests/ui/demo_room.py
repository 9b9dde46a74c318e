"""A room of made-up regulations on a made-up office: the register page without a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import Session

from app.registers.column import Column, Columns
from app.registers.register import Facet, Register, View
from app.ui.actions import command
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.pane.content import (
    Chain,
    Change,
    DetailContent,
    Facts,
    History,
    Links,
    Node,
    Rows,
    Section,
    Tab,
    Words,
)
from app.ui.common.parts.office import Office

_SPACE = UUID("6d0a1f3e-0000-4000-8000-000000000000")
_LIST = """
18/QC-CAT-SYT|An ninh, trật tự trong lĩnh vực y tế|Sở Y tế|12/11/2026|Còn hiệu lực
12/QC-CAT-SKHCN|An toàn thông tin, hoạt động công nghệ|Sở KH&CN|26/06/2025|Còn hiệu lực
06/QC-CAT-SNNMT|Phòng, chống tội phạm về môi trường|Sở NN&MT|11/04/2025|Còn hiệu lực
03/QC-CAT-MTTQ|Toàn dân bảo vệ an ninh Tổ quốc|UBMTTQ tỉnh|10/03/2024|Còn hiệu lực
23/QC-CAT-STC|Thông tin về đăng ký doanh nghiệp|Sở Tài chính|28/11/2023|Còn hiệu lực
09/QC-CAT-SGDĐT|An ninh, trật tự trường học|Sở GD&ĐT|20/09/2023|Còn hiệu lực
21/QC-CAT-SVHTTDL|An ninh, trật tự văn hóa, du lịch|Sở VHTTDL|14/10/2022|Cần rà soát
1901/CTPH-LĐLĐ|An ninh, trật tự trong doanh nghiệp|LĐLĐ tỉnh|04/08/2021|Hết thời hạn
155/QĐ-UBND|Quản lý người nước ngoài cư trú|Sở Ngoại vụ|18/01/2021|Cần rà soát
14/QC-CAT-BĐBP|An ninh vùng biển, khu vực biên giới|BĐBP tỉnh|22/05/2020|Còn hiệu lực
27/QC-CAT-BCHQS|Giữ vững an ninh chính trị|Bộ CHQS tỉnh|15/12/2019|Còn hiệu lực
31/QC-CAT-SNV|Bảo vệ bí mật nhà nước|Sở Nội vụ|09/07/2018|Cần rà soát
39/2017/QĐ-UBND|Phòng cháy, chữa cháy, cứu hộ|Sở Xây dựng|30/10/2017|Cần rà soát
190|An ninh, trật tự trong lĩnh vực y tế|Sở Y tế|05/09/2014|Đã bị thay thế
145/QC-CAT|An ninh, trật tự văn hóa, du lịch|Sở VHTTDL|16/08/2012|Đã bị thay thế
88|An ninh, trật tự hoạt động văn hóa|Sở VHTT|04/11/1997|Đã bị thay thế
…/QC-CAT-SDTTG|An ninh vùng dân tộc, tôn giáo|Sở DT&TG||Dự thảo
"""


@dataclass(frozen=True)
class Row:
    """One made-up regulation."""

    id: UUID
    number: str
    abstract: str
    partner: str
    signed_on: date | None
    state: str
    articles: int | None = None


@dataclass(frozen=True)
class Changes:
    """What a store says it changed."""

    label: str
    tables: frozenset[str]


def rows() -> list[Row]:
    """The list of the design picture."""
    return [_row(line) for line in _LIST.strip().splitlines()]


def many(count: int) -> list[Row]:
    """*count* rows made of those of the list."""
    made, base = [], rows()
    for at in range(count):
        row = base[at % len(base)]
        made.append(replace(row, id=uuid5(_SPACE, str(at)), number=f"{at}/{row.number}"))
    return made


def _row(line: str) -> Row:
    number, abstract, partner, day, state = line.split("|")
    signed = date.fromisoformat("-".join(reversed(day.split("/")))) if day else None
    return Row(uuid5(_SPACE, number), number, abstract, partner, signed, state, len(abstract))


COLUMNS: Columns[Row] = (
    Column("number", "Số, ký hiệu", lambda r: r.number, width=18),
    Column("abstract", "Trích yếu", lambda r: r.abstract, width=0),
    Column("partner", "Bên phối hợp", lambda r: r.partner, kind="muted", width=12),
    Column("signed_on", "Ngày ký", lambda r: r.signed_on, kind="date", width=11),
    Column("state", "Tình trạng", lambda r: r.state, kind="state", width=13),
    Column("articles", "Số điều", lambda r: r.articles, kind="number", width=8, shown=False),
)
REGULATIONS: Register[Row] = Register(
    key="demo",
    title="Quy chế",
    noun="quy chế",
    columns=COLUMNS,
    facets=(
        Facet("state", "Tình trạng", lambda r: (r.state,)),
        Facet("partner", "Bên phối hợp", lambda r: (r.partner,)),
        Facet("signed_on", "Ngày ký", lambda r: r.signed_on, is_period=True),
    ),
    views=(
        View("live", "Còn hiệu lực", lambda r: r.state in ("Còn hiệu lực", "Cần rà soát")),
        View("stale", "Cần rà soát", lambda r: r.state == "Cần rà soát", counted=True),
    ),
    order="-signed_on",
)


class DemoStore:
    """Holds rows and tells listeners when they change; no database behind it."""

    office_name = "Công an tỉnh"
    last_backup = None
    read_only_reason = None

    def __init__(self, held: Sequence[Row] = ()) -> None:
        self.held = list(held)
        self.listeners: list[Any] = []
        self.read = 0

    @contextmanager
    def reading(self) -> Iterator[Any]:
        self.read += 1
        yield self

    def listen(self, callback: Any) -> None:
        self.listeners.append(callback)

    def put(self, held: Sequence[Row], label: str = "Sửa quy chế") -> None:
        """Change the register and say so, as a real store does."""
        self.held = list(held)
        for tell in self.listeners:
            tell(Changes(label, frozenset({"demo"})))


def office_on(store: Any, today: date = date(2026, 11, 23)) -> Office:
    """An office over *store*, which answers only what is asked of it here."""
    return Office(store, today=lambda: today)


def store_of(office: Office) -> DemoStore:
    """The made-up store of *office*."""
    store: Any = office.store
    assert isinstance(store, DemoStore)
    return store


class DemoPage(RegisterPage[Row]):
    """Lists the made-up regulations."""

    register = REGULATIONS
    watches = frozenset({"demo"})
    icon = "regulation"

    done: list[tuple[str, list[str]]]

    def records(self, session: Session) -> Sequence[Row]:
        held: list[Row] = session.held  # type: ignore[attr-defined]
        return list(held)

    def empty_text(self) -> tuple[str, str]:
        return "Chưa có quy chế nào", "Thêm quy chế đầu tiên, phím Ctrl+N."

    @command("Nhập từ tệp", tip="Đọc quy chế từ tệp Word", shortcut="Ctrl+I")
    def read_file(self) -> None:
        self._note("read_file")

    @command("Thêm quy chế", tip="Thêm quy chế", shortcut="Ctrl+N", icon="plus", primary=True)
    def add(self) -> None:
        self._note("add")

    @command("Mở", tip="Mở quy chế", per_record=True, icon="regulation")
    def open(self) -> None:
        self._note("open")

    @command("Sửa", tip="Sửa quy chế", shortcut="F2", per_record=True, icon="edit")
    def edit(self) -> None:
        self._note("edit")

    @command(
        "Rút quy chế",
        many="Rút {n} quy chế",
        tip="Rút khỏi sổ, hoàn tác được",
        shortcut="Del",
        per_record=True,
        icon="withdraw",
    )
    def withdraw(self) -> None:
        self._note("withdraw")

    def _note(self, what: str) -> None:
        if not hasattr(self, "done"):
            self.done = []
        self.done.append((what, [row.number for row in self.chosen()]))

    def detail(self, session: Session, row: Row) -> DetailContent:
        del session
        return content(row)


def content(row: Row) -> DetailContent:
    """What the pane says of *row*."""
    tabs = (
        Tab("Thông tin", lambda: _about(row)),
        Tab("Điều khoản", lambda: (Words("Điều 1. Phạm vi."),)),
        Tab("Nghĩa vụ", lambda: (Words("Chưa có nghĩa vụ.", "muted"),)),
        Tab("Liên quan", lambda: (Words("Chưa có văn bản liên quan.", "muted"),)),
        Tab("Tệp", lambda: (Words("Chưa có tệp.", "muted"),)),
        Tab("Lịch sử", lambda: (_history(),)),
    )
    tags = [(row.state, row.state)]
    if row.state == "Cần rà soát":
        tags = [("Còn hiệu lực", "Còn hiệu lực"), ("Cần rà soát", "Cần rà soát: 1 lý do")]
    return DetailContent("Quy chế phối hợp", f"Bảo đảm {row.abstract.lower()}", tabs, tags)


@dataclass(frozen=True)
class WholeObligation:
    """A made-up obligation."""

    id: int
    name: str
    due: date
    opened: list[str] = field(default_factory=list)


_OBLIGATIONS: Columns[WholeObligation] = (
    Column("name", "Nghĩa vụ", lambda d: d.name, width=0),
    Column("due", "Hạn", lambda d: d.due, kind="date", width=11),
)


def _about(row: Row) -> tuple[Any, ...]:
    return (
        Facts(
            (
                ("Số, ký hiệu", row.number),
                ("Ngày ký", f"{row.signed_on:%d/%m/%Y}" if row.signed_on else ""),
                ("Thời hạn", "Không ấn định"),
                ("Chủ trì", "Công an tỉnh"),
                ("Phối hợp", row.partner),
                ("Đầu mối", "Phòng Tham mưu, Công an tỉnh"),
                ("Sơ kết", "Hằng năm, gần nhất 12/12/2025"),
            )
        ),
        Section("Chuỗi thay thế", ("Mở", lambda: None)),
        Chain(
            (
                Node("1997", "Số 88", "04/11/1997", opens=lambda: None),
                Node("2012", "Số 145/QC-CAT", "16/08/2012", opens=lambda: None),
                Node("2022", "Quy chế này", "14/10/2022", is_this=True),
            )
        ),
        Section("Vì sao cần rà soát"),
        Words("Điều 7 giao việc cho cơ quan cấp huyện, đã kết thúc hoạt động từ 01/03/2025."),
        Links((("Lập đề xuất sửa đổi", lambda: None),)),
        Section("Nghĩa vụ sắp tới", ("Tất cả 6", lambda: None)),
        Rows(
            _OBLIGATIONS,
            (
                WholeObligation(1, "Gửi danh sách cơ sở lưu trú mới", date(2026, 11, 25)),
                WholeObligation(2, "Báo cáo kết quả phối hợp quý IV", date(2026, 12, 20)),
            ),
            opens=lambda obligation: obligation.opened.append(obligation.name),
        ),
    )


def _history() -> History:
    when = datetime(2026, 11, 20, 9, 5)
    return History(
        (
            Change(
                "Sửa quy chế",
                "Chuyên viên Văn phòng",
                when,
                (("Trích yếu", "An ninh trong y tế", "An ninh, trật tự trong lĩnh vực y tế"),),
            ),
        )
    )
