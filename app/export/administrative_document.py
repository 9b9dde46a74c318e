"""The parts of an administrative document in reading order (NĐ 30/2020, Phụ lục I).

Call the methods from the top of page 1 downwards, then `save`. Every text passes `typeset`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from app.export.layout import STATE, Layout, Page
from app.export.packet_content import Letterhead, Signature
from app.export.text_width import longest_line, text_width
from app.export.word_package import WordPackage
from app.export.word_styles import BODY, BULLET, HEADINGS
from app.export.word_table import Row, TableColumn, side_by_side, table
from app.export.word_xml import Bookmarks, field, paragraph, run, twips
from app.export.wording import NBSP, document_number, place_and_date, printable, typeset

_KEEP = "<w:keepNext/>"
_ANNEX_LEVEL = 4  # of the outline and of the table of contents
_LAST_WORDS = 4  # of a title, that stand on one line
_ONE_LINE = 55  # letters that fit on an upright page in the size of titles
_MOST_LETTERED = 4  # a, b, c, d: Word's fifth letter is e, the office's is đ


class AdministrativeDocument:
    """A document under way. `annexes` is how many appendices will follow (they are numbered)."""

    def __init__(self, layout: Layout = STATE, *, annexes: int = 0) -> None:
        self.layout = layout
        self.bookmarks = Bookmarks()
        self.page: Page = layout.page
        self._several = annexes > 1
        self._package = WordPackage(layout, several_annexes=self._several)
        self._parts: list[str] = []
        self._outline: list[tuple[int, str, str]] = []  # level, words, bookmark
        self._numbers = [0, 0, 0]
        self._annex = 0
        self._captions = 0
        self._contents_at: int | None = None

    def letterhead(self, head: Letterhead, year: int) -> None:
        """Bodies, number, national motto, place and date; *year* stands when no day is set yet."""
        width, left = self.page.text_width, self.layout.letterhead_left
        self._add(side_by_side(self._bodies(head), self._motto(head, year), left, width))

    def title(self, kind: str, abstract: str) -> None:
        """The type's name in capitals, the abstract, and the rule below it."""
        words = typeset(abstract).split(" ")
        # The last line of a title is not one word alone.
        shown = " ".join((*words[:-_LAST_WORDS], NBSP.join(words[-_LAST_WORDS:])))
        size, room = self.layout.title_size, self.page.text_width
        self._add(paragraph("TenLoai", run(typeset(kind).upper())))
        self._add(paragraph("TrichYeu", run(shown)))
        self._add(self._rule(longest_line(shown, size, room, bold=True), room))

    def addressees(self, names: Sequence[str]) -> None:
        """Kính gửi: only in reports and tờ trình to a higher body."""
        if len(names) == 1:
            self._add(paragraph("KinhGui", run(f"Kính gửi: {typeset(names[0])}")))
        elif names:
            self._add(paragraph("KinhGui", run("Kính gửi:")))
            for name in names:
                self._add(paragraph("KinhGui", run(f"- {typeset(name)}")))

    def basis(self, lines: Sequence[str]) -> None:
        """Căn cứ: one a line, each ending ";" and the last "."."""
        for number, line in enumerate(lines, start=1):
            end = "." if number == len(lines) else ";"
            self._add(paragraph("CanCu", run(typeset(line).rstrip(" .;,") + end)))

    def heading(self, level: int, words: str) -> None:
        """A numbered heading: level 1 is I., 2 is 1., 3 is a). Raises ValueError past d)."""
        self._numbers[level - 1] += 1
        self._numbers[level:] = [0] * (3 - level)
        if self._numbers[2] > _MOST_LETTERED:
            raise ValueError(words)
        shown = typeset(words).upper() if level == 1 else typeset(words)
        self._add(
            paragraph(HEADINGS[level - 1], self._listed(level, self._label(level) + shown, shown))
        )

    def text(self, content: str, *, bullet: bool = False, keep: bool = False) -> None:
        """A paragraph of ready runs. `keep` holds it together with what follows."""
        style = BULLET if bullet else BODY
        self._add(paragraph(style, content, properties=_KEEP if keep else ""))

    def caption(self, words: str) -> None:
        """A numbered caption above a table."""
        self._captions += 1
        number = field("SEQ Bảng \\* ARABIC", str(self._captions))
        self._add(paragraph("Caption", run("Bảng "), number, run(f". {typeset(words)}")))

    def table(
        self, columns: Sequence[TableColumn], rows: Iterable[Row], total: Row | None = None
    ) -> None:
        """A table across the page."""
        self._add(table(columns, rows, self.page.text_width, total=total))

    def note(self, words: str) -> None:
        """A small line under a table, or in the place of an empty one."""
        self._add(paragraph("GhiChuBang", run(typeset(words))))

    def signature(self, sign: Signature, recipients: Sequence[str]) -> None:
        """Nơi nhận beside the signer's authority and position; never split over two pages."""
        listed = [
            line.strip().lstrip("-").strip().rstrip(";.") for line in recipients if line.strip()
        ]
        left = paragraph("NoiNhanDau", run("Nơi nhận:")) + "".join(
            paragraph("NoiNhan", run(f"- {typeset(name)}" + ("." if name is listed[-1] else ";")))
            for name in listed
        )
        lines = [*sign.authority, sign.position]
        right = "".join(paragraph("ChuKy", run(typeset(line).upper())) for line in lines if line)
        room = f'<w:spacing w:before="0" w:after="{round(self.layout.signature_room * 20)}"/>'
        right += paragraph("ChuKy", properties=room)
        width = self.page.text_width
        self._add(paragraph("DongKe", properties=f'{_KEEP}<w:spacing w:before="200" w:after="0"/>'))
        self._add(side_by_side(left, right, width / 2, width))

    def contents(self) -> None:
        """Leave a page for the table of contents, which is known only at the end."""
        self._contents_at = len(self._parts)

    def annex(self, name: str, belongs_to: str, *, page: Page | None = None) -> None:
        """Begin an appendix on a sheet of its own, numbered in Roman when there are several."""
        self._end_section()
        self._annex += 1
        self._numbers = [0, 0, 0]
        self.page = page or self.layout.page
        shown = typeset(name).upper()
        words = f"Phụ lục {_roman(self._annex)}. {shown}" if self._several else f"Phụ lục. {shown}"
        self._add(
            paragraph("PhuLuc", "<w:r><w:br/></w:r>", self._listed(_ANNEX_LEVEL, words, shown))
        )
        # It ends with the name of a body; a centred line may end before it, not within it.
        words, of, issuer = typeset(belongs_to).rpartition(" của ")
        held = words + of + (issuer.replace(" ", NBSP) if len(issuer) <= _ONE_LINE else issuer)
        self._add(paragraph("KemTheo", run(f"({held})")))
        room = self.page.text_width
        self._add(self._rule(text_width(shown, self.layout.title_size, bold=True), room, share=0.3))

    def save(
        self, path: Path, *, title: str, subject: str, author: str, keywords: str, at: datetime
    ) -> None:
        """Write the document. *author* is the office."""
        self._package.describe(
            title=printable(title),
            subject=printable(subject),
            author=printable(author),
            keywords=printable(keywords),
            at=at,
        )
        if self._contents_at is not None:
            self._parts.insert(self._contents_at, self._contents_xml())
        self._package.save(path, "".join(self._parts) + self._paper())

    def _bodies(self, head: Letterhead) -> str:
        layout, room = self.layout, self.layout.letterhead_left
        issuer = typeset(head.issuer).upper()
        lines = [
            paragraph("CapTren", run(typeset(line).upper()))
            for line in head.superior.split("\n")
            if line
        ]
        lines += [paragraph("CoQuan", run(line)) for line in issuer.split("\n")]
        if layout.star:
            lines.append(paragraph("CapTren", run("*")))
        else:
            above = longest_line(issuer.split("\n")[-1], layout.head_size, room, bold=True)
            lines.append(self._rule(above, room))
        number = document_number(head.number) or "\u00a0" * 8  # room for a pen
        lines.append(paragraph("SoKyHieu", run(f"{layout.number_label} {number}")))
        return "".join(lines)

    def _motto(self, head: Letterhead, year: int) -> str:
        layout = self.layout
        room = self.page.text_width - layout.letterhead_left
        styles = ("QuocHieu", "TieuNgu")
        lines = [
            paragraph(style, run(words)) for style, words in zip(styles, layout.motto, strict=False)
        ]
        size = layout.motto_second_size if len(layout.motto) > 1 else layout.motto_size
        lines.append(self._rule(text_width(layout.motto[-1], size, bold=True), room, share=1))
        dated = place_and_date(typeset(head.place), head.dated, year)
        lines.append(paragraph("DiaDanh", run(dated)))
        return "".join(lines)

    def _rule(self, above: float, room: float, share: float | None = None) -> str:
        """A line centred under a text *above* millimetres wide, in a column of *room*."""
        length = min(above * (self.layout.line_share if share is None else share), room)
        side, gap = twips((room - length) / 2), 80
        return paragraph(
            "DongKe",
            properties='<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
            "</w:pBdr>"
            f'<w:spacing w:before="{gap}" w:after="0" w:line="60" w:lineRule="exact"/>'
            f'<w:ind w:left="{side}" w:right="{side}"/>',
        )

    def _listed(self, level: int, words: str, shown: str) -> str:
        name = f"_Toc{len(self._outline) + 1:06d}"
        self._outline.append((level, words, name))
        return self.bookmarks.around(name, run(shown))

    def _label(self, level: int) -> str:
        number = self._numbers[level - 1]
        if level == 3:
            return "abcd"[number - 1] + ") "
        return f"{_roman(number) if level == 1 else number}. "

    def _contents_xml(self) -> str:
        """The field and its entries, so that a reader that never updates fields has a list too.

        Annexes (level 4) stand without page numbers, since each begins at 1 again.
        """
        lines = [_entry(level, words, name) for level, words, name in self._outline]
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText '
            'xml:space="preserve"> TOC \\o "1-4" \\n 4-4 \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        first, *rest = lines
        head = paragraph("MucLucDau", run("MỤC LỤC"), properties="<w:pageBreakBefore/>")
        mark = "</w:pPr>"
        first = first.replace(mark, mark + begin, 1)
        end = paragraph(BODY, '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        return head + first + "".join(rest) + end

    def _end_section(self) -> None:
        self._add(paragraph("DongKe", properties=self._paper()))

    def _paper(self) -> str:
        restart = self._annex > 0 and self.layout.annex_pages_restart
        return self._package.section(self.page, restart_pages=restart)

    def _add(self, xml: str) -> None:
        self._parts.append(xml)


def _entry(level: int, words: str, name: str) -> str:
    page = (
        ""
        if level == _ANNEX_LEVEL
        else "<w:r><w:tab/></w:r>" + field(f"PAGEREF {name} \\h", stale=True)
    )
    return paragraph(
        f"TOC{level}",
        f'<w:hyperlink w:anchor="{name}" w:history="1">{run(words)}{page}</w:hyperlink>',
    )


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
