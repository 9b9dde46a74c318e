"""A python-docx package with everything of its template removed that an office must not send.

What stays is the container: content types, relations, the core properties. Styles, numbering,
settings and the body are ours.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Header
from lxml.etree import _Element

from app.export.layout import Layout, Page
from app.export.word_styles import numbering_xml, styles_xml
from app.export.word_xml import field, paragraph, parsed, twips

_UNWANTED = ("thumbnail", "stylesWithEffects", "customXml", "webSettings", "extended-properties")


class WordPackage:
    """A document to be filled with body markup and saved once."""

    def __init__(self, layout: Layout, *, several_annexes: bool) -> None:
        self._document: WordDocument = Document()
        self._strip()
        part = self._document.part
        _refill(self._document.styles.element, styles_xml(layout))
        _refill(part.numbering_part.element, numbering_xml(several_annexes=several_annexes))
        _refill(self._document.settings.element, _settings())
        self._headers = self._page_number_headers()

    def section(self, page: Page, *, restart_pages: bool) -> str:
        """The `w:sectPr` of a section on *page*: number centred above, none on its first page."""
        turned = ' w:orient="landscape"' if page.width > page.height else ""
        start = '<w:pgNumType w:start="1"/>' if restart_pages else ""
        return (
            f'<w:sectPr>{self._headers}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{turned}/>'
            f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" '
            f'w:bottom="{twips(page.bottom)}" w:left="{twips(page.left)}" '
            f'w:header="{twips(page.header)}" w:footer="{twips(page.header)}" w:gutter="0"/>'
            f"{start}<w:titlePg/></w:sectPr>"
        )

    def describe(
        self, *, title: str, subject: str, author: str, keywords: str, at: datetime
    ) -> None:
        """Set the core properties; *author* is the office, never a person."""
        core = self._document.core_properties
        core.title, core.subject, core.author = title[:255], subject[:255], author[:255]
        core.keywords, core.comments, core.last_modified_by = keywords[:255], "", author[:255]
        core.created = core.modified = at.astimezone(UTC)
        core.revision, core.language = 1, "vi-VN"

    def save(self, path: Path, body: str) -> None:
        """Write the document with *body*, which ends in its last section's properties."""
        # The part's whole tree is exchanged: moving a long table from one tree into another
        # costs seconds, parsing it costs tenths.
        namespaces = nsdecls("w", "r")
        self._document.part._element = parse_xml(  # noqa: SLF001 - no public way
            f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"
        )
        self._document.part.save(str(path))

    def _strip(self) -> None:
        package = self._document.part.package
        for owner in (package, self._document.part):
            for key, relation in list(owner.rels.items()):
                if any(word in relation.reltype for word in _UNWANTED):
                    del owner.rels[key]

    def _page_number_headers(self) -> str:
        section = self._document.sections[0]
        section.different_first_page_header_footer = True
        section.header.is_linked_to_previous = False
        section.first_page_header.is_linked_to_previous = False
        _write_header(section.header, paragraph("Header", field("PAGE", "2")))
        _write_header(section.first_page_header, paragraph("Header"))
        references = section._sectPr.findall(qn("w:headerReference"))  # noqa: SLF001 - no public way
        return "".join(
            f'<w:headerReference w:type="{r.get(qn("w:type"))}" r:id="{r.get(qn("r:id"))}"/>'
            for r in references
        )


def _write_header(header: _Header, xml: str) -> None:
    element = header.part.element
    for child in list(element):
        element.remove(child)
    for child in parsed(xml):
        element.append(child)


def _refill(element: _Element, replacement: _Element) -> None:
    for child in list(element):
        element.remove(child)
    for child in list(replacement):
        element.append(child)


def _settings() -> _Element:
    """Settings of a new document: Word 2013 and later, no template, Vietnamese separators."""
    return parse_xml(
        f"<w:settings {nsdecls('w')}>"
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )
