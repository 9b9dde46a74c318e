"""The paragraph styles and numbering of an administrative document.

The styles of python-docx's own template are thrown away: its headings are blue, its language is
English, and its theme fonts win over a named font in Word. Each style here names its font for
every script and its colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml.etree import _Element

from app.export.layout import Layout
from app.export.word_xml import escaped, twips

Align = Literal["left", "center", "right", "both"]

BODY, BULLET, HEADINGS = "NoiDung", "GachDauDong", ("Heading1", "Heading2", "Heading3")
OUTLINE, ANNEXES, BULLETS = 1, 2, 3
"""Numbering ids: I. – 1. – a); Phụ lục I; the dash of a list."""


@dataclass(frozen=True)
class Style:
    """One paragraph style. Sizes and gaps are points, indents millimetres."""

    id: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    before: float = 0
    after: float = 0
    line: float = 1.0
    first: float = 0
    left: float = 0
    keep_next: bool = False
    outline: int | None = None
    numbering: tuple[int, int] | None = None  # list id, level
    tab: float = 0  # a right tab at so many millimetres


def styles_of(layout: Layout) -> tuple[Style, ...]:
    """Every style of a document in *layout*."""
    gap, line, first = layout.paragraph_gap, layout.line_spacing, layout.first_line
    head, body, cell = layout.head_size, layout.body_size, layout.table_size
    heading = Style(
        "", "", body, before=gap, line=line, first=first, align="both", keep_next=True, bold=True
    )
    return (
        Style("Normal", "Normal", body),
        Style("QuocHieu", "Quốc hiệu", layout.motto_size, bold=True, align="center"),
        Style("TieuNgu", "Tiêu ngữ", layout.motto_second_size, bold=True, align="center"),
        Style("CapTren", "Cơ quan cấp trên", head, align="center"),
        Style("CoQuan", "Cơ quan ban hành", head, bold=True, align="center"),
        Style("SoKyHieu", "Số, ký hiệu", layout.number_size, align="center", before=4),
        Style(
            "DiaDanh",
            "Địa danh, ngày tháng",
            layout.place_size,
            italic=True,
            align="center",
            before=4,
        ),
        Style(
            "TenLoai",
            "Tên loại",
            layout.title_size,
            bold=True,
            align="center",
            before=16,
            keep_next=True,
        ),
        Style(
            "TrichYeu", "Trích yếu", layout.title_size, bold=True, align="center", keep_next=True
        ),
        Style("DongKe", "Dòng kẻ", 2, align="center"),
        Style("KinhGui", "Kính gửi", body, align="center", before=gap, line=line),
        Style(
            "CanCu", "Căn cứ", body, italic=True, align="both", before=gap, line=line, first=first
        ),
        Style(BODY, "Nội dung", body, align="both", before=gap, line=line, first=first),
        Style(
            BULLET,
            "Gạch đầu dòng",
            body,
            align="both",
            before=gap,
            line=line,
            first=first,
            numbering=(BULLETS, 0),
        ),
        replace(heading, id="Heading1", name="heading 1", outline=0, numbering=(OUTLINE, 0)),
        replace(heading, id="Heading2", name="heading 2", outline=1, numbering=(OUTLINE, 1)),
        replace(
            heading, id="Heading3", name="heading 3", outline=2, numbering=(OUTLINE, 2), italic=True
        ),
        Style(
            "PhuLuc",
            "Phụ lục",
            layout.title_size,
            bold=True,
            align="center",
            after=2,
            keep_next=True,
            outline=3,
            numbering=(ANNEXES, 0),
        ),
        Style(
            "KemTheo", "Kèm theo", layout.title_size, italic=True, align="center", keep_next=True
        ),
        Style("Caption", "caption", body - 1, bold=True, before=12, after=4, keep_next=True),
        Style("GhiChuBang", "Ghi chú bảng", cell, italic=True, before=4, after=3, align="both"),
        Style("BangDau", "Đầu bảng", cell, bold=True, align="center"),
        Style("BangChu", "Chữ trong bảng", cell),
        Style("BangGiua", "Giữa ô bảng", cell, align="center"),
        Style("BangSo", "Số trong bảng", cell, align="right"),
        Style("BangCong", "Dòng cộng", cell, bold=True),
        Style(
            "NoiNhanDau",
            "Nơi nhận (đầu)",
            layout.recipients_title_size,
            bold=True,
            italic=True,
            keep_next=True,
        ),
        Style("NoiNhan", "Nơi nhận", layout.recipients_size, keep_next=True),
        Style("ChuKy", "Chữ ký", layout.signature_size, bold=True, align="center", keep_next=True),
        Style(
            "MucLucDau",
            "Đầu mục lục",
            layout.title_size,
            bold=True,
            align="center",
            after=6,
            keep_next=True,
        ),
        Style("TOC1", "toc 1", body, before=4, tab=layout.page.text_width),
        Style("TOC2", "toc 2", body - 1, before=2, left=6, tab=layout.page.text_width),
        Style("TOC3", "toc 3", body - 1, before=2, left=12, tab=layout.page.text_width),
        Style("TOC4", "toc 4", body - 1, before=4),
        Style("Header", "header", layout.page_number_size, align="center"),
    )


def styles_xml(layout: Layout) -> _Element:
    """The whole of `styles.xml`."""
    default = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(layout.font)}"
        f'<w:color w:val="000000"/>{_size(layout.body_size)}'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    styles = "".join(_style(style, layout.font) for style in styles_of(layout))
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return parse_xml(f"<w:styles {nsdecls('w')}>{default}{styles}{table}</w:styles>")


def numbering_xml(*, several_annexes: bool) -> _Element:
    """The numbering of headings, annexes and lists.

    The third level counts a, b, c, d as Word does; Vietnamese goes on with đ, so the builder
    allows no more than four such headings under one parent.
    """
    annex = "Phụ lục %1" if several_annexes else "Phụ lục"
    outline = "".join(
        _level(n, kind, text, style)
        for n, (kind, text, style) in enumerate(
            zip(
                ("upperRoman", "decimal", "lowerLetter"),
                ("%1.", "%2.", "%3)"),
                HEADINGS,
                strict=True,
            )
        )
    )
    bodies = (
        (OUTLINE, "multilevel", outline),
        (ANNEXES, "singleLevel", _level(0, "upperRoman", annex, "PhuLuc", follow="nothing")),
        (BULLETS, "singleLevel", _level(0, "bullet", "-", BULLET)),
    )
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:multiLevelType w:val="{kind}"/>{levels}'
        "</w:abstractNum>"
        for n, kind, levels in bodies
    )
    used = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n, _, _ in bodies
    )
    return parse_xml(f"<w:numbering {nsdecls('w')}>{kinds}{used}</w:numbering>")


def _style(style: Style, font: str) -> str:
    default = ' w:default="1"' if style.id == "Normal" else ""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    italic = "<w:i/><w:iCs/>" if style.italic else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.id}">'
        f'<w:name w:val="{escaped(style.name)}"/>{based}<w:qFormat/>'
        f"<w:pPr>{_paragraph(style)}</w:pPr>"
        f"<w:rPr>{_fonts(font)}{bold}{italic}"
        f'<w:color w:val="000000"/>{_size(style.size)}</w:rPr></w:style>'
    )


def _paragraph(style: Style) -> str:
    list_id, level = style.numbering or (0, 0)
    numbered = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
        if list_id
        else ""
    )
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{twips(style.tab)}"/></w:tabs>' if style.tab else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    return (
        f"{'<w:keepNext/>' if style.keep_next else ''}{numbered}{tab}"
        f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" '
        f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>'
        f'<w:ind w:left="{twips(style.left)}" w:firstLine="{twips(style.first)}"/>'
        f'<w:jc w:val="{style.align}"/>{outline}'
    )


def _level(number: int, kind: str, text: str, style: str, *, follow: str = "space") -> str:
    # Word takes a style's level from `w:pStyle` here and ignores the one named in the style.
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{style}"/><w:suff w:val="{follow}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def _fonts(font: str) -> str:
    name = escaped(font)
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
