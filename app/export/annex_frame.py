"""What every list of the Excel annex has: five title lines, frozen panes, filter, paper."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.export.packet_content import PacketContent
from app.export.wording import period_words, short_date
from app.export.workbook import orientation_of, print_setup

HEADER_ROW = 6
FIRST_ROW = HEADER_ROW + 1


def head_of(content: PacketContent, number: str, title: str) -> list[tuple[str, str]]:
    """The title lines over a list: the two bodies, the annex's number, its title, the period.

    Without a *number* the list is no annex.
    """
    about, head = content.about, content.letterhead
    period = period_words(about.period_from, about.period_to)
    return [
        (head.superior.upper(), "Cơ quan"),
        (head.issuer.upper(), "Cơ quan"),
        *([(f"Phụ lục {number}", "Tiêu đề")] if number else []),
        (title.upper(), "Tiêu đề"),
        (f"Kỳ số liệu {period}; số liệu tính đến ngày {short_date(about.data_until)}", "Chú dẫn"),
    ]


def list_tools(sheet: Worksheet, last_row: int, columns: int, frozen: str) -> None:
    """Freeze below the header and left of column *frozen*; filter and print the list."""
    widths = [sheet.column_dimensions[get_column_letter(n + 1)].width for n in range(columns)]
    sheet.freeze_panes = f"{frozen}{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(columns)}{last_row}"
    print_setup(
        sheet,
        header_row=HEADER_ROW,
        last_row=last_row,
        columns=columns,
        orientation=orientation_of(widths),
    )
