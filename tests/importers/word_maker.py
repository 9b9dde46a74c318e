"""Word files put together by hand, so that a test shows the very XML it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SCHEMAS = "http://schemas.openxmlformats.org"
_TYPES = f"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>
</Types>"""
_RELS = f"""<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml"
 Type="{_SCHEMAS}/officeDocument/2006/relationships/officeDocument"/>
</Relationships>"""
_SPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, properties: str = "") -> str:
    """One run; tabs and line ends become Word's own."""
    inner = escape(text).replace("\n", "</w:t><w:br/><w:t>").replace("\t", "</w:t><w:tab/><w:t>")
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{inner}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", *, inside: str = "") -> str:
    """One paragraph of *text*, or of the XML *inside*."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside or run(text)}</w:p>"


def listed(text: str, number: int, level: int = 0) -> str:
    """A paragraph with automatic numbering."""
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, numbered)


def table(*rows: list[str]) -> str:
    """A table; each cell is XML or plain text with line ends between paragraphs."""
    drawn = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_cell(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{drawn}</w:tbl>"


def docx(
    *blocks: str,
    numbering: str = "",
    styles: str = "",
    document: str = "",
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """A .docx of *blocks*; *document* replaces the whole main part, *parts* are added by name."""
    body = document or f"<w:document {_SPACES}><w:body>{''.join(blocks)}</w:body></w:document>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS)
        package.writestr("word/document.xml", body)
        if numbering:
            package.writestr(
                "word/numbering.xml", f"<w:numbering {_SPACES}>{numbering}</w:numbering>"
            )
        if styles:
            package.writestr("word/styles.xml", f"<w:styles {_SPACES}>{styles}</w:styles>")
        for name, data in (parts or {}).items():
            package.writestr(name, data)
    return stream.getvalue()


def levels(number: int, *shapes: tuple[str, str], extra: str = "") -> str:
    """An abstract numbering with the list that uses it: (format, text) for each level."""
    drawn = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(shapes)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{drawn}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{extra}</w:num>'
    )


def text_box(text: str) -> str:
    """A run with a text box, stored twice as Word does."""
    box = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _cell(cell: str) -> str:
    if cell.startswith("<w:"):
        return cell
    return "".join(paragraph(text) for text in cell.split("\n"))
