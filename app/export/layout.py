"""The measures of a printed document, every one of them changeable; two presets.

Lengths are millimetres, sizes points. Sources: NĐ 30/2020/NĐ-CP, Phụ lục I, and the Party's
guidance HD 05-HD/VPTW of 27/5/2026.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A sheet of paper and its margins, in millimetres."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    header: float = 10  # from the paper's edge to the page number

    @property
    def text_width(self) -> float:
        """The room between the margins."""
        return self.width - self.left - self.right

    def turned(self) -> Page:
        """The same sheet on its side: the binding edge moves from the left to the top."""
        return Page(
            width=self.height,
            height=self.width,
            top=self.left,
            bottom=self.right,
            left=self.bottom,
            right=self.top,
            header=self.header + 8,
        )


@dataclass(frozen=True)
class Layout:
    """How one kind of office sets its documents."""

    key: str
    page: Page = Page()
    font: str = "Times New Roman"
    motto: tuple[str, ...] = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    motto_size: float = 12
    motto_second_size: float = 13
    head_size: float = 12  # the bodies in the letterhead
    number_size: float = 13
    place_size: float = 13
    letterhead_left: float = 68  # width of the bodies' column
    number_label: str = "Số:"  # the Party writes it without a colon
    star: bool = False  # the Party sets a star under the body instead of a line
    line_share: float = 0.42  # of the text above; Phụ lục I asks for a third to a half
    title_size: float = 14
    body_size: float = 14
    line_spacing: float = 1.15
    paragraph_gap: float = 6
    first_line: float = 12.7
    signature_size: float = 14
    signature_room: float = 62  # points left for the signature and the seal
    recipients_title_size: float = 12
    recipients_size: float = 11
    table_size: float = 11
    page_number_size: float = 13
    ending: str = "./."
    annex_pages_restart: bool = True
    contents_from_rows: int = 60  # annex rows from which the report carries a table of contents


STATE = Layout("nd30")
"""Administrative documents: NĐ 30/2020/NĐ-CP, Phụ lục I."""

PARTY = Layout(
    "hd05",
    motto=("ĐẢNG CỘNG SẢN VIỆT NAM",),
    motto_size=15,
    number_label="Số",
    star=True,
    ending=".",
)
"""Party documents: HD 05-HD/VPTW, margins 20/20/30/15, no colon, a star, no "./."."""

LAYOUTS = {layout.key: layout for layout in (STATE, PARTY)}
