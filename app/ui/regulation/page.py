"""The register of regulations on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget
from sqlmodel import Session

from app.errors import AppError, Refused
from app.importers.proposal import ImportProposal
from app.models import MODELS, Provision, Regulation
from app.models.states import BINDING
from app.models.values import Value, Values
from app.progress import Progress
from app.registers.regulation import REGISTER, RegulationRow
from app.services import staleness
from app.services.any_kind import records
from app.services.regulation import importing, regulations
from app.services.regulation.import_refusals import refuse_secret
from app.services.staleness import Reason
from app.ui.actions import command
from app.ui.common.form.form import FormSpec
from app.ui.common.form.form_page import FormPage
from app.ui.common.list.kept_page import KeptPage
from app.ui.common.pane.content import DetailContent
from app.ui.common.pane.kept_files import KeptFiles
from app.ui.common.parts import dialogs
from app.ui.common.parts.file_drop import FileDrop
from app.ui.common.parts.office import Link, Office, Place
from app.ui.regulation import form
from app.ui.regulation.detail import PROVISIONS, Detail
from app.ui.regulation.import_page import ImportPage
from app.ui.regulation.known import Known
from app.ui.regulation.obligations_tab import Obligations
from app.ui.regulation.related_tab import Related
from app.ui.regulation.wording import Wording
from app.words import QT_TRANSLATE_NOOP, marked

_WORDS = "RegulationPage"
_READABLE = marked("Văn bản (*.docx *.doc *.docm *.rtf *.txt *.html *.htm);;Mọi tệp (*)")


class RegulationPage(KeptPage[RegulationRow]):
    """Lists regulations; the clerk enters, imports and revises them, and what links them."""

    register = REGISTER
    entity = "regulation"
    watches = frozenset(
        {
            "regulation",
            "party",
            "legal_basis",
            "relation",
            "provision",
            "attachment",
            "agency",
            "agency_name",
            "agency_succession",
            "legal_document",
            "obligation",
            "occurrence",
            "review",
            "finding",
            "fact",
        }
    )
    icon = "regulation"
    is_long = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        self._reasons: Mapping[UUID, Sequence[Reason]] = {}
        self._known: Known | None = None
        super().__init__(office, parent)
        self.wording, self.related = Wording(self), Related(self)
        self.files, self.obligations = KeptFiles(office, self, Regulation), Obligations(self)
        FileDrop(self, lambda paths: self.read_file(paths[0]))

    def records(self, session: Session) -> Sequence[RegulationRow]:
        today, mine = self.office.today(), self.office.store.facts.agencies
        # Kept whole for the pane: asking again for one regulation costs as much as for all.
        self._reasons = staleness.reasons(session, today=today)
        counts = staleness.counts(self._reasons)
        return regulations.rows(session, today=today, mine=mine, stale=counts)

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Chưa có quy chế nào"),
            self.tr("Thêm quy chế, phím Ctrl+N, hoặc kéo một tệp Word vào đây."),
        )

    def detail(self, session: Session, row: RegulationRow) -> DetailContent:
        return Detail(self, row, self._reasons.get(row.id, ())).content(session)

    def arrive(self, place: Place) -> None:
        """Show a place; what belongs to a regulation is shown in it, a provision in its text."""
        record_id = place.record_id
        if place.room != self.register.key and isinstance(record_id, UUID):
            record_id = self._regulation_of(place.room, record_id)
        if place.part is not None:
            self._stand_on_provision(place.part)
        self.visit(record_id, place.view, place.facets)

    def resume_draft(self, key: str) -> None:
        """Open again the form that was left with a draft, over its regulation."""
        kind, _, rest = key.partition(".")
        of, _, which = rest.rpartition(".")
        opens = {"relation": self.related.relate, "legal_basis": self.related.cite}
        try:
            if kind in opens:
                self.visit(UUID(of))
                opens[kind](UUID(of))
            elif kind == "provision":
                self.wording.revise(UUID(which))
            else:
                super().resume_draft(key)
        except AppError:
            said = self.tr("Bản ghi của bản nháp này không còn trong sổ.")
            self.office.say("warn", said)

    def spec(self, record_id: UUID | None) -> FormSpec:
        title = self.tr("Sửa quy chế") if record_id else self.tr("Thêm quy chế")
        self._known = Known(self.office, record_id, self.import_file)
        return form.regulation_form(title, self._known.side)

    def called(self, row: RegulationRow) -> str:
        return self.tr("quy chế {}").format(row.number) if row.number else self.tr("dự thảo này")

    def first_values(self) -> dict[str, Value]:
        own = self.office.store.facts.agencies
        return super().first_values() | {"lead_id": own[0] if len(own) == 1 else None}

    def values_of(self, session: Session, record_id: UUID) -> dict[str, Value]:
        return form.values_of(session, record_id)

    def write(self, session: Session, record_id: UUID | None, values: Values) -> UUID:
        return form.write(session, record_id, values)

    def open_form(self, record_id: UUID | None, values: Values | None = None) -> FormPage:
        made = super().open_form(record_id, values)
        if self._known is not None:
            self._known.form = made
        return made

    def withdrawal_note(self, rows: list[RegulationRow]) -> str:
        waiting = sum(1 for row in rows if row.state in BINDING)
        sentence = self.tr("{n} quy chế còn hiệu lực; nghĩa vụ của quy chế đã rút không sinh kỳ.")
        return sentence.format(n=waiting) if waiting else ""

    # commands, in menu order -------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Nhập từ tệp"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Đọc một quy chế từ tệp Word hoặc văn bản, xem lại rồi ghi"),
        shortcut="Ctrl+O",
    )
    def import_file(self) -> None:
        """Let the clerk choose a file and read it."""
        path = dialogs.open_file(self, self.tr("Nhập quy chế từ tệp"), _READABLE)
        if path is not None:
            self.read_file(path)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Thêm quy chế"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi một quy chế mới vào sổ"),
        shortcut="Ctrl+N",
        icon="plus",
        primary=True,
    )
    def add(self) -> None:
        """Open an empty form."""
        self.open_form(None)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Thêm nghĩa vụ từ quy chế …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi một nghĩa vụ của quy chế đang chọn"),
        icon="obligation",
        per_record=True,
    )
    def give_obligation(self) -> None:
        """Enter an obligation of the regulation under the cursor."""
        row = self.current()
        if row is not None:
            self.obligations.add(row.id)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi quan hệ thay thế …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi quy chế này thay thế, sửa đổi, bãi bỏ quy chế nào"),
        icon="replaced",
        per_record=True,
    )
    def relate(self) -> None:
        """Note what the regulation under the cursor does to another."""
        row = self.current()
        if row is not None:
            self.related.relate(row.id)

    # importing ---------------------------------------------------------------------

    def read_file(self, path: Path) -> None:
        """Read *path* away from the window's thread, then show what was found."""

        def read(progress: Progress) -> ImportProposal:
            from app.importers.regulation_file import read_regulation  # not needed to start

            return read_regulation(path, progress)

        label = self.tr("Đang đọc {}").format(path.name)
        self.office.tasks.start(read, self._review, label=label)

    def _review(self, proposal: ImportProposal) -> None:
        try:
            refuse_secret(proposal)
        except Refused as error:
            self.office.tell(error)
            return
        self.office.open_page(ImportPage(self.office, proposal, partial(self._accepted, proposal)))

    def _accepted(self, proposal: ImportProposal, accepted: importing.Accepted) -> None:
        """Stand on the new regulation; say what was done and what the review did not show."""
        self.visit(accepted.saved[0].regulation.id)
        numbers = [each.regulation.number or self.tr("dự thảo") for each in accepted.saved]
        counts = (
            (self.tr("{} điều khoản"), sum(each.provisions for each in accepted.saved)),
            (self.tr("{} cơ quan mới"), len(accepted.new_agencies)),
            (self.tr("{} văn bản căn cứ mới"), len(accepted.new_documents)),
        )
        done = ", ".join(words.format(count) for words, count in counts if count)
        said = self.tr("Đã ghi {} vào sổ: {}.").format(", ".join(numbers), done)
        seen = {words for document in proposal.documents for words in document.warnings}
        left = [words for words in accepted.warnings if words not in seen]
        links: list[Link] = [
            (self.tr("Hoàn tác"), self.office.undo),
            (self.tr("Xem điều khoản"), partial(self.pane.want_tab, PROVISIONS)),
        ]
        self.office.say("warn" if left else "info", " ".join([said, *left[:1]]), links)

    # inside ------------------------------------------------------------------------

    def _regulation_of(self, entity: str, record_id: UUID) -> UUID:
        with self.office.store.reading() as session:
            record = records.get(session, MODELS[entity], record_id)
        if isinstance(record, Provision):
            self._stand_on_provision(record.id)
        return record.aggregate()[1]

    def _stand_on_provision(self, record_id: UUID) -> None:
        """Open the text at *record_id*, if that is a provision."""
        with self.office.store.reading() as session:
            provision = session.get(Provision, record_id)
        if provision is not None and provision.is_live:
            self.wording.wanted = provision.id
            self.pane.want_tab(PROVISIONS)
