"""The appendices of the report: figures, regulations, obligations by body, inputs, conclusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.export.administrative_document import AdministrativeDocument
from app.export.packet_content import NOTHING_YET, STATE_WORDS, AgencyPart, PacketContent
from app.export.word_table import Row, Runs, TableColumn
from app.export.word_xml import run
from app.export.wording import change, figure_in_table, number, period_words, short_date
from app.models.occurrence_row import OccurrenceRow
from app.text import nth_words

_FIGURES = (
    TableColumn("Mã", 1.7, "center"),
    TableColumn("Chỉ tiêu", 6.4),
    TableColumn("Đơn vị", 2.4, "center"),
    TableColumn("Kỳ này", 1.9, "right"),
    TableColumn("Kỳ trước", 1.9, "right"),
    TableColumn("Tăng, giảm", 3.9, "right"),
    TableColumn("Số nguồn", 2, "right"),
)
_BEFORE = ("Kỳ trước", "Tăng, giảm")
_REGULATIONS = (
    TableColumn("TT", 1.2, "center"),
    TableColumn("Số, ký hiệu", 4.2),
    TableColumn("Ngày ký", 2.6, "center"),
    TableColumn("Trích yếu", 4.7),
    TableColumn("Các bên", 4.9),
    TableColumn("Tình trạng", 2.2),
)
_STATES = (
    TableColumn("TT", 1.2, "center"),
    TableColumn("Cơ quan", 6),
    TableColumn("Tổng số", 1.6, "right"),
    *(TableColumn(words, 2, "right") for words in STATE_WORDS.values()),
)
_TASKS = (
    TableColumn("TT", 1.2, "center"),
    TableColumn("Nhiệm vụ", 5),
    TableColumn("Nguồn", 3.2),
    TableColumn("Ngày giao", 2.5, "center"),
    TableColumn("Chủ trì", 2.6),
    TableColumn("Phối hợp", 2.8),
    TableColumn("Thời hạn", 2.5, "center"),
    TableColumn("Sản phẩm", 2.6),
    TableColumn("Kết quả", 3.9),
    TableColumn("Đánh giá", 3.1),
)
TASK_HEADER = tuple(column.title for column in _TASKS)
"""What the header row of every table of obligations says."""

_INPUTS = (
    TableColumn("TT", 1.1, "center"),
    TableColumn("Cơ quan", 5),
    TableColumn("Số báo cáo", 3),
    TableColumn("Ngày nhận", 2.8, "center"),
    TableColumn("Tóm tắt", 7),
)
_FINDINGS = (
    TableColumn("TT", 1.1, "center"),
    TableColumn("Cơ quan", 3.2),
    TableColumn("Loại", 3.8),
    TableColumn("Nội dung", 8.4),
    TableColumn("Nguồn", 2),
)
_CONCLUSIONS = (
    TableColumn("TT", 1.2, "center"),
    TableColumn("Kết luận", 6.6),
    TableColumn("Chủ trì", 2.6),
    TableColumn("Phối hợp", 3),
    TableColumn("Thời hạn", 3.4),
    TableColumn("Nhiệm vụ đã giao", 4),
)

Writer = Callable[[AdministrativeDocument, PacketContent], None]


@dataclass(frozen=True)
class Annex:
    """An appendix: its name, whether the sheet lies on its side, and what fills it."""

    title: str
    write: Writer
    turned: bool = False


def annexes_of(content: PacketContent) -> tuple[Annex, ...]:
    """The appendices of this report in order; the conclusions' only once there are any."""
    always = (
        Annex("Số liệu tổng hợp", _figures),
        Annex("Danh mục văn bản phối hợp", _regulations),
        Annex("Tổng hợp tình hình thực hiện nhiệm vụ theo cơ quan", _states, turned=True),
        Annex("Kết quả thực hiện nhiệm vụ của từng cơ quan", _tasks, turned=True),
        Annex("Báo cáo và ý kiến của các cơ quan", _inputs),
    )
    if not content.conclusions:
        return always
    return (*always, Annex("Kết luận hội nghị và nhiệm vụ giao", _conclusions, turned=True))


def _figures(document: AdministrativeDocument, content: PacketContent) -> None:
    about = content.about
    document.note(
        f"Kỳ số liệu: {period_words(about.period_from, about.period_to)}; số liệu tính đến ngày "
        f"{short_date(about.data_until)}. Bản ghi nguồn của từng mã số liệu ghi trong tệp Danh mục "
        "nguồn số liệu kèm theo."
    )
    compares = any(figure.previous is not None for figure in content.figures)
    rows: list[Row] = []
    for figure in content.figures:
        code = content.codes[figure.key]
        value = document.bookmarks.around(code, run(figure_in_table(figure)))
        before = "" if figure.previous is None else number(figure.previous)
        sources = number(Decimal(len(figure.sources)))
        moved = (before, change(figure)) if compares else ()
        rows.append((code, figure.label, figure.unit, Runs(value), *moved, sources))
    columns = _FIGURES if compares else tuple(c for c in _FIGURES if c.title not in _BEFORE)
    _listing(document, columns, rows)
    for figure in content.figures:
        if figure.note:
            document.note(f"{content.codes[figure.key]}: {figure.note}")


def _regulations(document: AdministrativeDocument, content: PacketContent) -> None:
    rows = [
        (
            str(n),
            r.number,
            short_date(r.signed_on) if r.signed_on else "",
            r.abstract,
            r.parties,
            r.standing,
        )
        for n, r in enumerate(content.regulations, start=1)
    ]
    _listing(document, _REGULATIONS, rows)


def _states(document: AdministrativeDocument, content: PacketContent) -> None:
    document.note(
        "Đơn vị tính: lượt nhiệm vụ (kỳ thực hiện) đến hạn trong kỳ, tính cho cơ quan chủ trì."
    )
    whole: Counter[str] = Counter()
    rows: list[Row] = []
    for n, agency in enumerate(content.agencies, start=1):
        states = Counter(row.state for row in agency.rows)
        whole += states
        rows.append((str(n), agency.name, *_counts(states)))
    _listing(document, _STATES, rows, total=("", "Cộng", *_counts(whole)))


def _tasks(document: AdministrativeDocument, content: PacketContent) -> None:
    """A table for each body that leads an obligation; the others are named together below."""
    if not content.agencies:
        document.note(NOTHING_YET)
    for agency in content.agencies:
        if agency.rows:
            document.caption(f"{agency.name}: {len(agency.rows)} nhiệm vụ")
            document.table(_TASKS, _task_rows(agency))
    idle = [agency.name for agency in content.agencies if not agency.rows]
    if idle:
        document.note(f"Không có nhiệm vụ nào đến hạn trong kỳ: {'; '.join(idle)}.")


def _inputs(document: AdministrativeDocument, content: PacketContent) -> None:
    document.caption("Báo cáo của các cơ quan")
    rows = [
        (
            str(n),
            item.agency,
            item.number if item.is_received else "Chưa gửi",
            short_date(item.received_on) if item.received_on else "",
            item.summary,
        )
        for n, item in enumerate(content.inputs, start=1)
    ]
    _listing(document, _INPUTS, rows)
    document.caption("Kết quả, tồn tại, nguyên nhân, kiến nghị do các cơ quan nêu")
    found = [
        (str(n), f.agency or "Chung", f"{f.kind} ({f.area})", f.text, f.origin)
        for n, f in enumerate(content.findings, start=1)
    ]
    _listing(document, _FINDINGS, found)


def _conclusions(document: AdministrativeDocument, content: PacketContent) -> None:
    last = max((c.ordinal for c in content.conclusions), default=0)
    rows = [
        (
            str(c.ordinal),
            f"{nth_words(c.ordinal, last)}: {c.text}",
            c.lead,
            c.coordinating,
            c.deadline,
            "\n".join(c.obligations) or "Chưa giao",
        )
        for c in content.conclusions
    ]
    _listing(document, _CONCLUSIONS, rows)


def _listing(
    document: AdministrativeDocument,
    columns: tuple[TableColumn, ...],
    rows: Sequence[Row],
    *,
    total: Row | None = None,
) -> None:
    """A table, or one sentence in the place of an empty one."""
    if rows:
        document.table(columns, rows, total)
    else:
        document.note(NOTHING_YET)


def _task_rows(agency: AgencyPart) -> list[Row]:
    return [
        (
            str(n),
            row.instance.subject,
            row.instance.whole.source,
            short_date(row.instance.record.starts_on),
            row.instance.bodies.lead,
            row.instance.bodies.coordinating,
            deadline_words(row.instance),
            row.instance.record.product or "",
            row.result,
            STATE_WORDS[row.state],
        )
        for n, row in enumerate(agency.rows, start=1)
    ]


def deadline_words(row: OccurrenceRow) -> str:
    """The deadline as a table prints it; the original day stays visible beside an extension."""
    if row.due_on is None:
        return row.label
    shown = short_date(row.due_on)
    return f"{shown}\ngia hạn {short_date(row.extended_to)}" if row.extended_to else shown


def _counts(states: Counter[str]) -> list[str]:
    return [str(states.total()), *(str(states[key]) for key in STATE_WORDS)]
