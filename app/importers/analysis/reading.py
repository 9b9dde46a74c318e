"""From the lines of a file to the documents proposed: the analysis, whatever the file was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.importers.analysis.bodies import as_written_below, merged, parties_named, without_position
from app.importers.analysis.closing import closing_of
from app.importers.analysis.effect import effect_of
from app.importers.analysis.forms import title_in
from app.importers.analysis.letterhead import Letterhead, letterhead_of
from app.importers.analysis.markers import (
    ARTICLE,
    Marker,
    appendix_number,
    marker_of,
    plain_heading,
)
from app.importers.analysis.opening import Opening, opening_of
from app.importers.analysis.parting import Span, spans_of
from app.importers.analysis.quotes import quoted
from app.importers.analysis.said_dates import first_date
from app.importers.analysis.tree import is_by_article, tree_of
from app.importers.lines import Line
from app.importers.proposal import DocumentProposal, ProvisionProposal
from app.words import told

_FILE_NUMBER = re.compile(r"^(\d{1,5})[-_](\d{4})[-_]([A-ZĐ][\wĐ&.-]*)$")
_PASSED = frozenset({"law", "resolution"})


def documents_of(lines: Sequence[Line], file_stem: str = "") -> tuple[DocumentProposal, ...]:
    """Every document that stands in *lines*; *file_stem* may hint at a number the text lacks."""
    found: list[DocumentProposal] = []
    whole = "\n".join(line.text for line in lines)
    for span in spans_of(lines):
        document = _Document(lines, span, whole).proposal()
        if document.form != "decision" and _is_enclosed(lines, span) and found:
            document = _with_encloser(document, found[0])
        found.append(document)
    if len(found) == 1:
        found[0] = _with_number_of_file(found[0], file_stem)
    return tuple(found)


def count_articles(provisions: Sequence[ProvisionProposal]) -> int:
    """How many Điều stand in *provisions*, at any depth."""
    return sum((p.kind == "article") + count_articles(p.children) for p in provisions)


@dataclass(frozen=True)
class _Head:
    form: str
    title: str
    rest: str


class _Document:
    """One document's lines cut into head, opening, body and closing."""

    def __init__(self, lines: Sequence[Line], span: Span, whole: str) -> None:
        self.span = span
        self.lines = lines[span.start : span.end]
        self.whole = whole
        self.title = None if span.title is None else span.title - span.start
        self.head = _head(self.lines, self.title)
        start = self._opening_start()
        self.body = _body_start(self.lines, start)
        self.opening = opening_of(self.lines[start : self.body], self.head.rest, self.head.form)
        self.closing = closing_of(self.lines[self.body :])
        self.letterhead = _letterhead(self.lines[: self._head_end()], self.opening)

    def proposal(self) -> DocumentProposal:
        """What the lines propose."""
        tree = tree_of(self._body_lines())
        signed_on = self._signed_on()
        effect = effect_of(tree.provisions, self.opening.abstract, signed_on, self.opening.force)
        return DocumentProposal(
            form=self.head.form,
            title=self.head.title,
            number=self.letterhead.number or self.opening.encloser,
            signed_on=signed_on,
            place=self.letterhead.place,
            bodies=self._bodies(),
            superior=as_written_below(self.letterhead.superior, self.whole),
            abstract=self.opening.abstract,
            basis=self.opening.basis,
            replaces=effect.replaces,
            effective_text=effect.text,
            effective_on=effect.on,
            provisions=tree.provisions,
            recipients=self.closing.recipients,
            signers=self.closing.signers,
            warnings=(*self._warnings(signed_on), *tree.warnings, *_emptiness(tree.provisions)),
            first_line=self.span.start,
            last_line=max(self.span.start, self.span.end - 1),
        )

    def _opening_start(self) -> int:
        if self.title is not None:
            return self.title + 1
        return 1 if self.head.title else 0

    def _head_end(self) -> int:
        return self.title if self.title is not None else min(self.body, 20)

    def _body_lines(self) -> list[Line]:
        """The body, and after the closing only what an annex opens."""
        body = list(self.lines[self.body : self.body + self.closing.start])
        after = self.lines[self.body + self.closing.start :]
        annex = next((n for n, line in enumerate(after) if appendix_number(line.text)), len(after))
        return body + list(after[annex:])

    def _signed_on(self) -> date | None:
        return (
            self.letterhead.signed_on
            or self.opening.issued_on
            or self.opening.encloser_date
            or self._passed_on()
        )

    def _passed_on(self) -> date | None:
        """A law says below its text when the National Assembly passed it."""
        tail = " ".join(line.text for line in self.lines[self.body + self.closing.start - 3 :])
        found = re.search(r"thông qua\s+ngày", tail) if self.head.form in _PASSED else None
        return first_date(tail[found.start() : found.end() + 40]) if found else None

    def _bodies(self) -> tuple[str, ...]:
        head = [as_written_below(body, self.whole) for body in self.letterhead.bodies]
        named = parties_named(f"{self.head.title} {self.opening.abstract}")
        parties = [as_written_below(body, self.whole) for body in named]
        issued_by = self.opening.issued_by or self.opening.encloser_bodies
        found = merged(head, issued_by, parties)
        if found or not self.opening.issuer:
            return found
        return (as_written_below(without_position(self.opening.issuer), self.whole),)

    def _warnings(self, signed_on: date | None) -> list[str]:
        found = []
        if not self.head.title:
            found.append(told("Không thấy tên loại văn bản (QUY CHẾ, QUYẾT ĐỊNH…): chọn lại loại."))
        if self.letterhead.is_secret:
            found.append(told("Văn bản đóng dấu độ mật: không đưa nội dung văn bản mật vào sổ."))
        if not self.opening.is_enclosed and self.head.form != "other":
            found.extend(self._gaps(signed_on))
        return found

    def _gaps(self, signed_on: date | None) -> list[str]:
        found = []
        if not self.letterhead.number:
            symbol = (
                told(" (chỉ có ký hiệu {symbol})", symbol=self.letterhead.symbol)
                if self.letterhead.symbol
                else ""
            )
            found.append(told("Văn bản chưa ghi số{symbol}: có thể là dự thảo.", symbol=symbol))
        if signed_on is None:
            found.append(told("Văn bản chưa ghi đủ ngày, tháng, năm ký."))
        return found


def _head(lines: Sequence[Line], title: int | None) -> _Head:
    if title is not None and (found := title_in(lines[title].text)) is not None:
        return _Head(found[1], found[0], found[2])
    annex = appendix_number(lines[0].text) if lines else None
    if annex is not None:
        printed = lines[0].text[: len(lines[0].text) - len(annex[1])].strip(" .:-–")
        return _Head("other", printed, annex[1])
    return _Head("other", "", "")


def _body_start(lines: Sequence[Line], start: int) -> int:
    """The first unit's place; the line count when the document has none."""
    texts = [line.text for line in lines]
    by_article = is_by_article(texts)
    inside = quoted(texts)
    for place in range(start, len(lines)):
        if inside[place]:
            continue
        marker = marker_of(texts[place])
        if marker is not None and _is_body_start(marker, by_article=by_article):
            return place
        if not by_article and _is_plain_start(texts[place]):
            return place
    return len(lines)


def _is_body_start(marker: Marker, *, by_article: bool) -> bool:
    if marker.level == ARTICLE:
        return by_article and (marker.sure or marker.number == "1")
    return marker.level < ARTICLE


def _is_plain_start(text: str) -> bool:
    marker = marker_of(text)
    return plain_heading(text) is not None or (marker is not None and marker.number == "1")


def _letterhead(above: Sequence[Line], opening: Opening) -> Letterhead:
    head = letterhead_of(above)
    below = letterhead_of(opening.head_lines)
    return replace(
        head,
        number=head.number or below.number,
        symbol=head.symbol or below.symbol,
        signed_on=head.signed_on or below.signed_on,
        place=head.place or below.place,
    )


def _emptiness(provisions: Sequence[ProvisionProposal]) -> tuple[str, ...]:
    if provisions:
        return ()
    return (told("Không thấy chương, điều, mục hay khoản nào: kiểm tra lại tệp."),)


def _is_enclosed(lines: Sequence[Line], span: Span) -> bool:
    start = span.start if span.title is None else span.title
    near = " ".join(line.text for line in lines[start : min(span.end, start + 14)])
    return (
        re.search(r"kèm\s+theo\s+(?:Quyết định|Nghị|Thông tư|QĐ)", near, re.IGNORECASE) is not None
    )


def _with_encloser(document: DocumentProposal, encloser: DocumentProposal) -> DocumentProposal:
    """An enclosed document has number, date, issuers and force from the act that encloses it."""
    note = told(
        "Số, ngày và hiệu lực lấy theo {title} ban hành kèm theo.",
        title=encloser.title.capitalize(),
    )
    return replace(
        document,
        number=document.number or encloser.number,
        signed_on=document.signed_on or encloser.signed_on,
        place=document.place or encloser.place,
        bodies=merged(document.bodies, encloser.bodies),
        superior=document.superior or encloser.superior,
        replaces=document.replaces or encloser.replaces,
        effective_text=document.effective_text or encloser.effective_text,
        effective_on=document.effective_on or encloser.effective_on,
        signers=document.signers or encloser.signers,
        warnings=(*document.warnings, note),
    )


def _with_number_of_file(document: DocumentProposal, stem: str) -> DocumentProposal:
    found = _FILE_NUMBER.match(stem)
    if document.number or found is None:
        return document
    number = f"{found[1]}/{found[2]}/{found[3]}"
    note = told("Văn bản không ghi số; số {number} lấy theo tên tệp.", number=number)
    kept = tuple(w for w in document.warnings if not w.startswith(told("Văn bản chưa ghi số")))
    return replace(document, number=number, warnings=(*kept, note))
