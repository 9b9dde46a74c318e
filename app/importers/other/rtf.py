"""RTF in, as many an old ".doc" is: text, tables, drawn numbers; nothing embedded is opened."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.importers.analysis.lettering import mended, read_in_font
from app.importers.lines import Line
from app.importers.other.page import Page
from app.importers.refusal import NotReadable
from app.words import marked, told

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}]+)"
)
_SKIPPED = frozenset(
    b"colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf "
    b"footnote object themedata datastore listtable listoverridetable revtbl rsidtbl xmlnstbl "
    b"fldinst annotation atnid atnauthor nonshppict nonesttables generator latentstyles".split()
)
_SIGNS = {
    b"tab": "\t",
    b"line": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": " ",
    b"enspace": " ",
}
_CHARSETS = {0: "cp1252", 163: "cp1258", 204: "cp1251", 238: "cp1250"}
_DEEPEST = 500
_DAMAGED = marked("tệp RTF bị hỏng; hãy mở bằng Word và lưu lại thành .docx.")


@dataclass
class _State:
    """What a group inherits from the group around it."""

    font: int = -1
    bold: bool = False
    skipped: bool = False
    hidden: bool = False
    in_fonts: bool = False
    in_table: bool = False
    unicode_skip: int = 1


@dataclass
class _Font:
    name: str = ""
    charset: int = 0

    @property
    def codec(self) -> str:
        """How the bytes set in this font are read."""
        return _CHARSETS.get(self.charset, "cp1252")


def lines_of_rtf(data: bytes) -> tuple[list[Line], list[str]]:
    """The lines of an RTF file and what to warn of. Raises NotReadable."""
    reader = _Reader()
    for token in _TOKEN.finditer(data):
        reader.read(token)
    page = reader.page
    page.end_paragraph(in_table=False)
    page.end_table()
    texts, lettering = mended([line.text for line in page.lines])
    names = reader.letterings | ({lettering} - {""})
    lines = [replace(line, text=text) for line, text in zip(page.lines, texts, strict=True)]
    if not names:
        return lines, []
    found = ", ".join(sorted(names))
    return lines, [
        told("Chữ trong tệp theo bảng mã cũ {names}; đã chuyển sang Unicode.", names=found)
    ]


class _Reader:
    """Feeds the page with the text that a reader of the paper would see."""

    def __init__(self) -> None:
        self.page = Page()
        self.stack: list[_State] = []
        self.state = _State()
        self.fonts: dict[int, _Font] = {}
        self.codec = "cp1252"
        self.letterings: set[str] = set()
        self.default_font = -1
        self.to_skip = 0  # characters that only stand in for a \u before them

    def read(self, token: re.Match[bytes]) -> None:
        """Take in one token."""
        word, value, code, sign, brace, text = token.groups()
        if brace:
            self._brace(brace)
        elif word:
            self._word(word, None if value is None else int(value))
        elif code:
            self._bytes(bytes([int(code, 16)]))
        elif sign:
            self._sign(sign)
        else:
            self._bytes(re.sub(rb"[\r\n]", b"", text))

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            if len(self.stack) >= _DEEPEST:
                raise NotReadable(_DAMAGED)
            self.stack.append(replace(self.state))
        elif self.stack:
            self.state = self.stack.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.state.skipped = True  # a destination older readers do not know
        elif sign in (b"\r", b"\n"):
            self._end_paragraph()
        elif sign in b"\\{}~_":
            self._text({b"~": "\u00a0", b"_": "-"}.get(sign, sign.decode("latin-1")))

    def _word(self, word: bytes, value: int | None) -> None:
        if word in (b"listtext", b"pntext"):
            self.state.skipped = False  # the number as drawn
        elif word in _SKIPPED:
            self.state.skipped = True
        elif word == b"fonttbl":
            self.state.in_fonts = True
        elif word == b"u" and value is not None:
            self._text(chr(value & 0xFFFF))
            self.to_skip = self.state.unicode_skip
        elif word in _SIGNS:
            self._text(_SIGNS[word])
        elif not self.state.skipped:
            self._format(word, value)

    def _format(self, word: bytes, value: int | None) -> None:
        on = value != 0
        if word == b"f":
            self.state.font = value or 0
        elif word == b"fcharset" and self.state.in_fonts:
            self._font().charset = value or 0
        elif word == b"plain":
            self.state.bold = self.state.hidden = False
            self.state.font = self.default_font
        elif word == b"deff":
            self.default_font = self.state.font = value or 0
        elif word == b"b":
            self.state.bold = on
        elif word in (b"v", b"deleted"):
            self.state.hidden = on
        elif word == b"uc":
            self.state.unicode_skip = value or 0
        elif word == b"ansicpg" and value in (1250, 1251, 1252, 1258, 65001):
            self.codec = "utf-8" if value == 65001 else f"cp{value}"
        else:
            self._structure(word, on=on)

    def _structure(self, word: bytes, *, on: bool) -> None:
        if word in (b"par", b"sect", b"page"):
            self._end_paragraph()
        elif word == b"intbl":
            self.state.in_table = on
        elif word == b"pard":
            self.state.in_table = False
        elif word == b"cell":
            self.page.end_cell()
        elif word == b"nestcell":  # a table in a cell: its cells are the cell's paragraphs
            self.page.end_paragraph(in_table=True)
        elif word == b"row":
            self.page.end_row()

    def _end_paragraph(self) -> None:
        self.page.end_paragraph(in_table=self.state.in_table)

    def _font(self) -> _Font:
        return self.fonts.setdefault(self.state.font, _Font())

    def _bytes(self, data: bytes) -> None:
        skipped = min(self.to_skip, len(data))
        self.to_skip -= skipped
        data = data[skipped:]
        if self.state.in_fonts:
            self._font().name += data.decode("cp1252", "replace")
            return
        font = self.fonts.get(self.state.font)
        codec = font.codec if font is not None and font.charset > 1 else self.codec
        self._text(data.decode(codec, "replace"))

    def _text(self, text: str) -> None:
        if self.state.skipped or self.state.hidden or self.state.in_fonts or not text:
            return
        font = self.fonts.get(self.state.font)
        text, lettering = read_in_font(text, font.name.rstrip(";") if font else "")
        if lettering:
            self.letterings.add(lettering)
        if any(c.isalnum() for c in text):
            self.page.bold = self.page.bold and self.state.bold
        self.page.text += text
