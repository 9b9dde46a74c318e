"""HTML in: pages saved from law databases, and ".doc" files that are HTML. Nothing is fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from app.importers.lines import Line, lines_of_paragraph, lines_of_table
from app.importers.other.plain_text import decoded
from app.importers.refusal import NotReadable
from app.words import told

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "p div h1 h2 h3 h4 h5 h6 li ul ol blockquote section article header footer pre hr center",
    )
)
_UNSEEN = frozenset(["script", "style", "head", "title", "template", "noscript", "del"])
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "th"])
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_KNOWN = {"windows-1258": "cp1258", "windows-1252": "cp1252", "iso-8859-1": "cp1252"}
_DEEPEST = 500


def lines_of_html(data: bytes) -> tuple[list[Line], list[str]]:
    """The lines of an HTML page and what to warn of. Raises NotReadable."""
    text, warnings = _decoded(data)
    page = _Page()
    page.feed(text)
    page.close()
    page.end_paragraph()
    return page.lines, warnings


def _decoded(data: bytes) -> tuple[str, list[str]]:
    said = _CHARSET.search(data[:4096])
    codec = _KNOWN.get(said[1].decode("ascii").lower()) if said else None
    if codec:
        return data.decode(codec, "replace"), []
    return decoded(data)


class _Page(HTMLParser):
    """Gathers paragraphs; tables are kept whole until they close."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.text = ""
        self.bold = True
        self.open_bold = 0
        self.unseen = 0
        self.tables: list[list[list[list[Line]]]] = []
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _UNSEEN:
            self.unseen += 1
        elif tag == "br":
            self.text += "\n"
        elif tag in _BLOCKS or tag in ("table", "tr", "td", "th"):
            self.end_paragraph()
        self.open_bold += tag in _BOLD
        self._open_table(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _BLOCKS or tag in ("td", "th", "tr", "table"):
            self.end_paragraph()
        if tag in _BOLD:
            self.open_bold = max(0, self.open_bold - 1)
        if tag == "table" and self.tables:
            self.count += 1
            rows = self.tables.pop()
            self._put(lines_of_table(rows, self.count))

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        self.text += re.sub(r"[ \t\r\n]+", " ", data)
        if any(c.isalnum() for c in data):
            self.bold = self.bold and self.open_bold > 0

    def end_paragraph(self) -> None:
        """Close the paragraph into the open cell or the page."""
        found = lines_of_paragraph(self.text, bold=self.bold, split=bool(self.tables))
        self.text, self.bold = "", True
        self._put(found)

    def _put(self, found: list[Line]) -> None:
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += found
        else:
            self.lines += found

    def _open_table(self, tag: str) -> None:
        if tag == "table":
            if len(self.tables) >= _DEEPEST:
                raise NotReadable(
                    told("bảng lồng nhau quá nhiều lớp; hãy mở bằng Word và lưu lại.")
                )
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append([])
