"""Word files (.docx, .docm) in: every line that a reader of the paper would see, in order.

Deleted text, comments, footnotes, hidden text and tables of contents are left out; automatic
numbers are computed; text boxes, which Word stores twice, are taken once or only warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from app.importers.analysis.lettering import likeness, mended, read_in_font
from app.importers.lines import Line, lines_of_paragraph, lines_of_table
from app.importers.refusal import NotReadable
from app.importers.word.numbering import numbers_of
from app.importers.word.package import W, WordPackage
from app.importers.word.styles import WordStyles
from app.text import clean
from app.words import told

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    f"{W}{tag}" for tag in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText")
)
_BLOCKS_IN = frozenset(
    f"{W}{tag}" for tag in ("ins", "moveTo", "customXml", "smartTag", "sdtContent")
)
_DEEPEST = 60  # tables within tables; a bomb nests thousands
_TELLING = re.compile(
    r"^(?:số|luật số)\s*:|^(?:điều|chương)\s+[\dIVX]+|cộng hòa xã hội|^căn cứ\b|^nơi nhận",
    re.IGNORECASE,
)


@dataclass
class _Paragraph:
    """A paragraph while it is read: stretches of text in one font, and what every letter shares.

    Runs of one font are kept together: VNI writes "á" as two characters, and Word is free to put
    the second into a run of its own.
    """

    style: str
    stretches: list[tuple[str, str, bool]] = field(default_factory=list)  # text, font, capitals
    bold: bool = True
    lettered: bool = False

    def add(self, text: str, font: str, *, caps: bool, bold: bool) -> None:
        """Take in a run."""
        if self.stretches and self.stretches[-1][1:] == (font, caps):
            self.stretches[-1] = (self.stretches[-1][0] + text, font, caps)
        else:
            self.stretches.append((text, font, caps))
        if any(c.isalnum() for c in text):
            self.bold = self.bold and bold
            self.lettered = True


def lines_of_word(data: bytes) -> tuple[list[Line], list[str]]:
    """The lines of a .docx and what to warn of. Raises NotReadable."""
    package = WordPackage(data)
    body = package.main().find(f"{W}body")
    if body is None:
        raise NotReadable(told("không thấy nội dung văn bản Word bên trong tệp."))
    reader = _WordReader(package)
    lines = reader.blocks(body)
    texts, lettering = mended([line.text for line in lines])
    if lettering:
        reader.letterings.add(lettering)
        lines = [replace(line, text=text) for line, text in zip(lines, texts, strict=True)]
    return [line for line in lines if line.text], reader.warnings(lines)


class _WordReader:
    """Walks the body once; numbering and fields need the order of reading."""

    def __init__(self, package: WordPackage) -> None:
        self.styles = WordStyles(package.related("styles"))
        self.numbering = numbers_of(package.related("numbering"))
        self.tables = 0
        self.depth = 0
        self.fields: list[str] = []  # instructions of the fields open here, innermost last
        self.letterings: set[str] = set()
        self.boxes_left: list[str] = []
        self.pictures = 0
        self.embedded = 0
        self.carried = ""  # text of a paragraph whose end was deleted: it joins the next

    def warnings(self, lines: list[Line]) -> list[str]:
        """Sentences about what was converted or left out."""
        found = []
        if self.letterings:
            names = ", ".join(sorted(self.letterings))
            found.append(
                told("Chữ trong tệp theo bảng mã cũ {names}; đã chuyển sang Unicode.", names=names)
            )
        if self.boxes_left:
            box = self.boxes_left[0][:60]
            count = len(self.boxes_left)
            found.append(
                told("Bỏ qua {count} khung chữ trong tệp, ví dụ “{box}”.", count=count, box=box)
            )
        if self.embedded:
            found.append(
                told(
                    "Tệp có {embedded} phần nhúng từ tệp khác: phần đó không đọc được.",
                    embedded=self.embedded,
                )
            )
        text = "\n".join(line.text for line in lines)
        if len(text) > 200 and likeness(text) < 0.02:
            found.append(told("Tệp không có chữ tiếng Việt có dấu: đối chiếu kỹ với bản gốc."))
        elif self.pictures and len(text) < 200:
            found.append(told("Tệp chủ yếu là ảnh chụp; phần chữ trong ảnh không đọc được."))
        return found

    def blocks(self, parent: etree._Element) -> list[Line]:
        """The lines of a body or a table's cell."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotReadable(told("bảng lồng nhau quá nhiều lớp; hãy mở bằng Word và lưu lại."))
        lines: list[Line] = []
        for element in parent:
            lines += self._block(element)
        self.depth -= 1
        return lines

    def _block(self, element: etree._Element) -> list[Line]:
        tag = element.tag
        if tag == f"{W}p":
            return self._paragraph(element)
        if tag == f"{W}tbl":
            return self._table(element)
        if tag == f"{W}sdt":
            gallery = element.find(f".//{W}docPartGallery")
            if gallery is not None and gallery.get(f"{W}val") == "Table of Contents":
                return []
            content = element.find(f"{W}sdtContent")
            return [] if content is None else self.blocks(content)
        if tag in _BLOCKS_IN:
            return self.blocks(element)
        self.embedded += tag == f"{W}altChunk"
        return self.blocks(chosen) if (chosen := _chosen(element)) is not None else []

    def _table(self, table: etree._Element) -> list[Line]:
        self.tables += 1
        number = self.tables
        rows = [self._row(row) for row in _rows(table)]
        return lines_of_table(rows, number)

    def _row(self, row: etree._Element) -> list[list[Line]]:
        cells = []
        for cell in _cells(row):
            self.carried = ""
            cells.append(self.blocks(cell))
        return cells

    def _paragraph(self, element: etree._Element) -> list[Line]:
        properties = element.find(f"{W}pPr")
        style = _style(properties, "pStyle")
        paragraph = _Paragraph(style)
        boxes: list[Line] = []
        for child in element:
            boxes += self._inline(child, paragraph)
        if re.match(r"toc \d|table of figures", self.styles.name(style)):
            return boxes
        text = self.carried + self._lettered(paragraph)
        self.carried = ""
        if _end_is_deleted(properties):
            self.carried = text
            return boxes
        if clean(text):
            text = f"{self._number(properties, style)} {text}"
        bold = paragraph.bold and paragraph.lettered
        in_cell = self.depth > 1
        return lines_of_paragraph(text, bold=bold, split=in_cell) + boxes

    def _number(self, properties: etree._Element | None, style: str) -> str:
        own = None if properties is None else properties.find(f"{W}numPr")
        from_style = ""
        if own is None or own.find(f"{W}numId") is None:
            from_style, inherited = self.styles.list_of(style)
            level = own.find(f"{W}ilvl") if own is not None else None
            own = inherited
            if own is None:
                return ""
        else:
            level = own.find(f"{W}ilvl")
        num = own.find(f"{W}numId")
        level = own.find(f"{W}ilvl") if level is None else level
        place = "0" if level is None else str(level.get(f"{W}val", "0"))
        if num is None or not place.isdigit():
            return ""
        return self.numbering.label(str(num.get(f"{W}val", "")), int(place), from_style)

    def _inline(self, element: etree._Element, paragraph: _Paragraph) -> list[Line]:
        """Read what stands inside a paragraph; returns the lines of text boxes met on the way."""
        tag = element.tag
        if tag in _LEFT_OUT or not isinstance(tag, str):
            return []
        if tag == f"{W}r":
            return self._run(element, paragraph)
        if (chosen := _chosen(element)) is not None:
            return [line for child in chosen for line in self._inline(child, paragraph)]
        if tag == f"{W}sdt":
            content = element.find(f"{W}sdtContent")
            return [] if content is None else self._children(content, paragraph)
        return self._children(element, paragraph)

    def _children(self, element: etree._Element, paragraph: _Paragraph) -> list[Line]:
        return [line for child in element for line in self._inline(child, paragraph)]

    def _run(self, run: etree._Element, paragraph: _Paragraph) -> list[Line]:
        properties = run.find(f"{W}rPr")
        style = _style(properties, "rStyle")
        if self.styles.switch("vanish", properties, style, paragraph.style):
            self._fields_only(run)
            return []
        text, boxes = "", []
        for child in run:
            piece, lines = self._piece(child)
            text += piece
            boxes += lines
        if text:
            look = (properties, style, paragraph.style)
            bold, caps = self.styles.switch("b", *look), self.styles.switch("caps", *look)
            paragraph.add(text, self.styles.font(*look), caps=caps, bold=bold)
        return boxes

    def _fields_only(self, run: etree._Element) -> None:
        for child in run:
            if child.tag == f"{W}fldChar":
                self._field(child)

    def _piece(self, child: etree._Element) -> tuple[str, list[Line]]:
        tag = child.tag
        if tag == f"{W}fldChar":
            self._field(child)
        elif tag == f"{W}instrText" and self.fields:
            self.fields[-1] += child.text or ""
        elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            return "", self._boxes(child)
        elif (chosen := _chosen(child)) is not None:
            return "", [line for one in chosen for line in self._boxes(one)]
        elif not self._in_contents():
            return _text_of(child), []
        return "", []

    def _field(self, element: etree._Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _in_contents(self) -> bool:
        return any(code.strip().upper().startswith("TOC") for code in self.fields)

    def _boxes(self, element: etree._Element) -> list[Line]:
        """A text box with the letterhead in it belongs to the text; "DỰ THẢO" does not."""
        self.pictures += 1
        self.embedded += element.tag == f"{W}object"
        found: list[Line] = []
        for content in _outer_boxes(element):
            carried, self.carried = self.carried, ""
            lines = self.blocks(content)
            self.carried = carried
            if any(_TELLING.search(line.text) for line in lines):
                found += lines
            elif lines:
                self.boxes_left.append(" ".join(line.text for line in lines))
        return found

    def _lettered(self, paragraph: _Paragraph) -> str:
        """The paragraph in Unicode, whatever its fonts draw, in capitals where Word draws them."""
        found = ""
        for stretch, font, caps in paragraph.stretches:
            text, lettering = read_in_font(stretch, font)
            self.letterings |= {lettering} - {""}
            found += text.upper() if caps else text
        return found


def _text_of(child: etree._Element) -> str:
    if child.tag == f"{W}t":
        return child.text or ""
    if child.tag in (f"{W}br", f"{W}cr"):
        return "\n"
    if child.tag in (f"{W}tab", f"{W}ptab"):
        return "\t"
    return "-" if child.tag == f"{W}noBreakHyphen" else ""


def _style(properties: etree._Element | None, tag: str) -> str:
    found = None if properties is None else properties.find(f"{W}{tag}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _end_is_deleted(properties: etree._Element | None) -> bool:
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _chosen(element: etree._Element) -> etree._Element | None:
    """The one branch of an `mc:AlternateContent` that counts; the other repeats it."""
    if element.tag != f"{_MC}AlternateContent":
        return None
    choice = element.find(f"{_MC}Choice")
    return choice if choice is not None else element.find(f"{_MC}Fallback")


def _outer_boxes(element: etree._Element) -> list[etree._Element]:
    return [
        box
        for box in element.iter(f"{W}txbxContent")
        if not any(_is_within(box, tag) for tag in (f"{_MC}Fallback", f"{W}txbxContent"))
    ]


def _is_within(element: etree._Element, tag: str) -> bool:
    return any(True for _ in element.iterancestors(tag))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows left when tracked deletions are accepted; some hide in content controls."""
    for row in _direct(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for cell in _direct(row, f"{W}tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        if (
            merge is None
            or merge.get(f"{W}val") == "restart"
            or len(cell.findtext(f".//{W}t") or "")
        ):
            yield cell


def _direct(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", *_BLOCKS_IN):
            yield from _direct(child, tag)
