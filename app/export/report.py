"""The Word report of a review review with its appendices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from app.export.administrative_document import AdministrativeDocument
from app.export.layout import STATE, Layout
from app.export.packet_content import (
    NOTHING_YET,
    Cited,
    PacketContent,
    Paragraph,
    Section,
)
from app.export.report_annexes import annexes_of
from app.export.word_xml import run
from app.export.wording import document_number, figure_in_text, short_date, typeset
from app.progress import Progress, quiet

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FIRST_PRIVATE = 0xE000


def write_report(
    content: PacketContent, path: Path, layout: Layout = STATE, progress: Progress = quiet
) -> None:
    """Write the report to *path*. Every figure cited carries a bookmark named by its code."""
    annexes = annexes_of(content)
    document = AdministrativeDocument(layout, annexes=len(annexes))
    _Report(content, document, layout).write()
    if content.task_count >= layout.contents_from_rows:
        document.contents()
    belongs_to = _belongs_to(content)
    for done, annex in enumerate(annexes):
        progress(done, len(annexes))
        document.annex(annex.title, belongs_to, page=layout.page.turned() if annex.turned else None)
        annex.write(document, content)
    about = content.about
    document.save(
        path,
        title=content.title,
        subject=content.abstract,
        author=about.written_by,
        keywords=f"{about.program}; {about.packet_id}",
        at=about.written_at,
    )


def bookmark_texts(content: PacketContent) -> dict[str, str]:
    """Each bookmark that the running text must carry, with what stands inside it."""
    seen: Counter[str] = Counter()
    found: dict[str, str] = {}
    for paragraph in content.paragraphs():
        for piece in paragraph.parts:
            if isinstance(piece, Cited):
                seen[piece.key] += 1
                name = f"{content.codes[piece.key]}_{seen[piece.key]}"
                found[name] = figure_in_text(content.by_key[piece.key])
    return found


class _Report:
    """The body of the report, from the letterhead to the signature."""

    def __init__(
        self, content: PacketContent, document: AdministrativeDocument, layout: Layout
    ) -> None:
        self._content = content
        self._document = document
        self._layout = layout
        self._cited: Counter[str] = Counter()
        self._last = _last_paragraph(content)

    def write(self) -> None:
        content, document = self._content, self._document
        document.letterhead(content.letterhead, content.about.data_until.year)
        document.title(content.kind_name, content.abstract)
        document.addressees(content.addressees)
        document.basis(content.basis)
        for paragraph in content.opening:
            self._paragraph(paragraph)
        for section in content.sections:
            self._section(section, 1)
        document.signature(content.signature, content.recipients)

    def _section(self, section: Section, level: int) -> None:
        self._document.heading(level, section.heading)
        for block in section.blocks:
            if isinstance(block, Section):
                self._section(block, level + 1)
            else:
                self._paragraph(block)
        if not section.blocks:
            self._paragraph(Paragraph((NOTHING_YET,)))

    def _paragraph(self, paragraph: Paragraph) -> None:
        is_last = paragraph is self._last
        runs = "".join(self._runs(paragraph, is_last))
        self._document.text(runs, bullet=paragraph.bullet, keep=is_last)

    def _runs(self, paragraph: Paragraph, is_last: bool) -> Iterator[str]:
        """The paragraph's runs. Figures wait behind private letters while the text is typeset."""
        cited = [piece for piece in paragraph.parts if isinstance(piece, Cited)]
        text = typeset(_with_placeholders(paragraph))
        if is_last:
            text = text.rstrip(" .;,/") + self._layout.ending
        for part in re.split(f"({_PRIVATE.pattern})", text):
            if _PRIVATE.fullmatch(part):
                yield self._figure(cited[ord(part) - _FIRST_PRIVATE])
            else:
                yield run(part)

    def _figure(self, piece: Cited) -> str:
        self._cited[piece.key] += 1
        name = f"{self._content.codes[piece.key]}_{self._cited[piece.key]}"
        shown = figure_in_text(self._content.by_key[piece.key])
        return self._document.bookmarks.around(name, run(shown))


def _with_placeholders(paragraph: Paragraph) -> str:
    text, number = "", 0
    for piece in paragraph.parts:
        if isinstance(piece, Cited):
            text += chr(_FIRST_PRIVATE + number)
            number += 1
        else:
            text += _PRIVATE.sub("", piece)
    return text


def _last_paragraph(content: PacketContent) -> Paragraph | None:
    paragraphs = list(content.paragraphs())
    return paragraphs[-1] if paragraphs else None


def _belongs_to(content: PacketContent) -> str:
    head = content.letterhead
    name = content.kind_name.capitalize()
    number = f" số {document_number(head.number)}" if head.number else " số …"
    day = f" ngày {short_date(head.dated)}" if head.dated else ""
    return f"Kèm theo {name}{number}{day} của {head.issuer}"
