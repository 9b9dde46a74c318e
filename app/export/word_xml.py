"""WordprocessingML as text: runs, paragraphs, bookmarks, fields.

Text is put together first and parsed once, because building python-docx objects cell by cell
costs minutes for a table of 3,000 rows. Every string from outside passes `escaped`.
"""

from __future__ import annotations

from itertools import count
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml.etree import _Element

_ESCAPES = {'"': "&quot;"}


def escaped(text: str) -> str:
    """*text* safe between tags and in attributes."""
    return escape(text, _ESCAPES)


def run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """A run of text; line breaks and tabs of *text* are kept."""
    marks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f"<w:r>{properties}{_texts(text)}</w:r>" if text else ""


def paragraph(style: str, *content: str, properties: str = "") -> str:
    """A paragraph in the style with id *style*; *properties* follow the style in `w:pPr`."""
    inside = "".join(content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def field(instruction: str, shown: str = "", *, stale: bool = False) -> str:
    """A complex field with its last result. A stale one is recomputed when Word opens the file."""
    dirty = ' w:dirty="true"' if stale else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


class Bookmarks:
    """Hands out bookmarks with numbers that never repeat in one document."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.names: list[str] = []

    def around(self, name: str, content: str) -> str:
        """*content* between the ends of the bookmark *name* (letters, digits, underscore)."""
        number = next(self._numbers)
        self.names.append(name)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )


def parsed(xml: str) -> list[_Element]:
    """The elements that *xml* describes, ready to be put into a document's body."""
    return list(parse_xml(f"<w:body {nsdecls('w', 'r')}>{xml}</w:body>"))


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point, the measure of Word's files."""
    return round(millimetres / 25.4 * 1440)


def _texts(text: str) -> str:
    lines = text.split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in lines)
