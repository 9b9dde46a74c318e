"""The register of basis documents on screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session

from app.kinds import CARDS
from app.models import LegalDocument
from app.models.handling import SECRECY
from app.registers.column import text_of
from app.registers.legal_document import REGISTER, LegalDocumentRow
from app.services.any_kind import records
from app.services.regulation import legal_documents
from app.ui.actions import command
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.list.kept_page import KeptPage
from app.ui.common.pane.content import (
    Banner,
    DetailContent,
    Facts,
    Links,
    Part,
    Section,
    Tab,
    Words,
)
from app.ui.common.pane.history import history_tab
from app.ui.common.parts.office import Office
from app.words import QT_TRANSLATE_NOOP, told


class LegalDocumentPage(KeptPage[LegalDocumentRow]):
    """Lists basis documents; marking one as replaced makes what rests on it stale."""

    register = REGISTER
    entity = "legal_document"
    watches = frozenset({"legal_document", "legal_basis", "regulation"})
    icon = "basis"

    def records(self, session: Session) -> Sequence[LegalDocumentRow]:
        return legal_documents.rows(session, today=self.office.today())

    def empty_text(self) -> tuple[str, str]:
        return self.tr("Chưa có văn bản căn cứ nào"), self.tr("Thêm văn bản, phím Ctrl+N.")

    def detail(self, session: Session, row: LegalDocumentRow) -> DetailContent:
        document = records.get(session, LegalDocument, row.id)
        return DetailContent(
            kind=row.kind,
            title=row.abstract or row.number,
            tags=((row.state, row.state),),
            tabs=(
                Tab(_tr("Thông tin"), lambda: _facts(self.office, document, row)),
                Tab(_tr("Quy chế viện dẫn"), lambda: _resting(self.office, row)),
                history_tab(self.office, "legal_document", row.id),
            ),
        )

    def spec(self, record_id: UUID | None) -> FormSpec:
        return FormSpec(
            key="legal_document",
            title=self.tr("Sửa văn bản căn cứ") if record_id else self.tr("Thêm văn bản căn cứ"),
            sections=(
                (
                    self.tr("Văn bản"),
                    (Line("kind", 264), Line("number", 264), "abstract", "issuer", "issued_on"),
                ),
                (
                    self.tr("Hiệu lực"),
                    ("effective_on", Line("standing", 264), "expires_on", "replaced_by_id"),
                ),
                (self.tr("Lưu giữ"), (Line("secrecy", 132), "stored_at", "note")),
            ),
        )

    def called(self, row: LegalDocumentRow) -> str:
        return str(row.number)

    def withdrawal_note(self, rows: list[LegalDocumentRow]) -> str:
        used = sum(row.regulations for row in rows)
        sentence = self.tr("{n} quy chế đang viện dẫn sẽ mất căn cứ này.")
        return sentence.format(n=used) if used else ""

    @command(
        QT_TRANSLATE_NOOP("LegalDocumentPage", "Thêm văn bản"),
        tip=QT_TRANSLATE_NOOP("LegalDocumentPage", "Ghi một văn bản căn cứ mới vào sổ"),
        shortcut="Ctrl+N",
        icon="plus",
        primary=True,
    )
    def add(self) -> None:
        """Open an empty form."""
        self.open_form(None)


def _facts(office: Office, document: LegalDocument, row: LegalDocumentRow) -> list[Part]:
    parts: list[Part] = []
    if row.is_secret:
        level = told(SECRECY[document.secrecy])
        banner = _tr("Văn bản {}: chỉ ghi số hiệu và nơi lưu.")
        parts.append(Banner(banner.format(level.lower())))
    parts.append(
        Facts(
            (
                (_tr("Số, ký hiệu"), document.number),
                (_tr("Nơi ban hành"), document.issuer or ""),
                (_tr("Ngày ban hành"), text_of(document.issued_on)),
                (_tr("Ngày hiệu lực"), text_of(document.effective_on)),
                (_tr("Hết hiệu lực từ"), text_of(document.expires_on)),
                (_tr("Nơi lưu"), document.stored_at or ""),
                (_tr("Ghi chú"), document.note or ""),
            )
        )
    )
    if document.replaced_by_id is not None:
        go = partial(office.go, "legal_document", document.replaced_by_id)
        parts += [Section(_tr("Được thay bằng")), Links([(row.replaced_by, go)])]
    return parts


def _resting(office: Office, row: LegalDocumentRow) -> list[Part]:
    with office.store.reading() as session:
        found = legal_documents.resting_on(session, row.id)
    if not found:
        return [Words(_tr("Chưa có quy chế nào viện dẫn văn bản này."), "muted")]
    return [
        Links([(CARDS["regulation"].picked_as(item), partial(office.go, "regulation", item.id))])
        for item in found
    ]


def _tr(words: str) -> str:
    return QCoreApplication.translate("LegalDocumentPage", words)
