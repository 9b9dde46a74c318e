"""One document of an import as the clerk corrects it: fields, bodies, basis, what it replaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.errors import InvalidFields
from app.importers.proposal import BasisProposal, ImportProposal, ReplacedProposal
from app.models import LegalDocument, Regulation, RegulationDraft, checked
from app.models.regulation import RELATION_KINDS
from app.models.trait import Input, Trait
from app.models.values import Value, Values
from app.services.regulation import importing
from app.services.regulation.body_matching import BodyMatch
from app.services.regulation.importing import Correction, Instrument
from app.ui.common.form.choices import choices_of
from app.ui.common.form.fields import ChoiceField
from app.ui.common.form.form import Form, FormSpec, Line
from app.ui.common.form.record_picker import Load, RecordField
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import Glyph, Item, column, row, section, text
from app.ui.regulation.form import extras
from app.ui.regulation.import_bodies import ImportBodies
from app.ui.tokens import M
from app.words import marked


@dataclass(frozen=True)
class Read:
    """What one document of the file says, with what the register has of it."""

    item: Instrument
    values: Values
    bodies: Sequence[BodyMatch]
    basis: Sequence[tuple[BasisProposal, LegalDocument | None]]
    replaced: Sequence[tuple[ReplacedProposal, str, Regulation | None]]
    warnings: Sequence[str]


def read_of(office: Office, proposal: ImportProposal, item: Instrument) -> Read:
    """Look up in the register what *item* names."""
    papers = (item.document, *item.enclosed)
    warnings = (*proposal.warnings, *(words for paper in papers for words in paper.warnings))
    with office.store.reading() as session:
        return Read(
            item,
            importing.values_of(item, proposal.path.stem),
            importing.bodies_of(session, item),
            importing.basis_of(session, item),
            importing.replaced_of(session, item),
            list(dict.fromkeys(warnings)),
        )


class ImportFields(QWidget):
    """Everything of one document but its text. `edited` follows every change."""

    edited = Signal()

    def __init__(self, office: Office, read: Read) -> None:
        super().__init__()
        choices = choices_of(office)
        self._read = read
        self.form = Form(_SPEC, RegulationDraft, choices=choices, today=office.today)
        self.form.show_values({"secrecy": "none", **read.values})
        self.bodies = ImportBodies(read.bodies, choices)
        self._body_problem = text("", "danger", wrap=True)
        self._body_problem.hide()
        self._basis = [_BasisLine(line, known) for line, known in read.basis]
        load = partial(choices, "regulation")
        self._replaced = [_ReplacedLine(*each, load) for each in read.replaced]
        self._lay_out()
        self.form.edited.connect(self.edited)
        self.bodies.edited.connect(self.edited)

    def problems(self) -> dict[str, str]:
        """What keeps it from being saved, by field; shown beside the fields."""
        self.form.settle()
        found = self.form.problems()
        if not found:
            try:
                checked(RegulationDraft, self.values())
            except InvalidFields as error:
                found = dict(error.problems)
        self.form.show_problems(found)
        if why := self.bodies.problem():
            found["bodies"] = why
        self._body_problem.setText(found.get("bodies", ""))
        self._body_problem.setVisible("bodies" in found)
        for line in self._replaced:
            if why := line.problem():
                found["replaces"] = why
        return found

    def values(self) -> dict[str, Value]:
        """The regulation's own fields."""
        return self.form.values()

    def correction(self) -> Correction:
        """What the clerk made of it, for saving."""
        return Correction(
            values=self.values(),
            bodies=self.bodies.bodies(),
            basis=[line.basis for line in self._basis if line.box.isChecked()],
            replaces=list(dict.fromkeys(r for line in self._replaced if (r := line.relation()))),
        )

    def first_entry(self) -> QWidget:
        """Where the cursor begins."""
        return next(iter(self.form.fields.values())).entry()

    def _lay_out(self) -> None:
        parts: list[Item] = _warnings(self._read.warnings)
        parts += [self.form, section(_tr("Các bên")), self.bodies, self._body_problem]
        parts.append(section(_counted(_tr("Căn cứ"), len(self._basis))))
        parts += self._basis or [text(_tr("Không thấy căn cứ nào trong tệp."), "muted")]
        parts.append(section(_counted(_tr("Thay thế, sửa đổi"), len(self._replaced))))
        none = text(_tr("Tệp không nêu văn bản nào bị thay thế."), "muted", wrap=True)
        parts += self._replaced or [none]
        self.setLayout(column(*parts, None))


class _BasisLine(QWidget):
    """A basis with a tick: without it the line is not saved."""

    def __init__(self, basis: BasisProposal, known: LegalDocument | None) -> None:
        super().__init__()
        self.basis = basis
        self.box = QCheckBox()
        self.box.setChecked(True)
        self.box.setAccessibleName(basis.text)
        state = _tr("Có trong sổ: {}").format(known.number) if known else _tr("Sẽ thêm mới vào sổ")
        said = column(text(basis.text, wrap=True), text(state, "small", wrap=True))
        line = row(column(self.box, None), said, pad=(0, M.s1, 0, M.s1))
        line.setStretch(1, 1)
        self.setLayout(line)


class _ReplacedLine(QWidget):
    """An older paper that the file names, and the regulation of the register it means."""

    def __init__(
        self, replaced: ReplacedProposal, kind: str, known: Regulation | None, load: Load
    ) -> None:
        super().__init__()
        self._kind = ChoiceField(
            Trait(_tr("Quan hệ"), Input.CHOICE, words=RELATION_KINDS, required=True), 180
        )
        self._kind.show_value(kind)
        self._kind.entry().setAccessibleName(_tr("Quan hệ"))
        hint = _tr("Chưa có trong sổ; để trống thì không ghi quan hệ")
        self._older = RecordField(Trait(_tr("Quy chế cũ"), Input.RECORD, hint=hint), load)
        self._older.entry().setAccessibleName(_tr("Quy chế cũ"))
        self._older.show_value(known.id if known else None)
        said = text(replaced.text, wrap=True)
        line = row(self._kind, self._older)
        line.setStretch(1, 1)
        self.setLayout(column(said, M.s1, line, pad=(0, M.s1, 0, M.s2)))

    def relation(self) -> tuple[UUID, str] | None:
        """The older regulation and what is done to it."""
        held, kind = self._older.value(), self._kind.value()
        return (held, str(kind)) if isinstance(held, UUID) else None

    def problem(self) -> str:
        self._older.settle()
        return self._older.problem()


def _warnings(found: Sequence[str]) -> list[Item]:
    """What the reader was not sure of, above everything else."""
    if not found:
        return []
    lines: list[Item] = [row(text(_tr("Cần xem lại"), "strong"), None), M.s1]
    for words in found:
        line = row(
            column(Glyph("attention", "warn", 14), None, pad=(0, 2, 0, 0)), text(words, wrap=True)
        )
        line.setStretch(1, 1)
        lines += [line, M.s1]
    return [*lines, M.s3]


def _counted(words: str, count: int) -> str:
    """*words* with how many there are; nothing is said of none."""
    return f"{words} ({count})" if count else words


def _tr(words: str) -> str:
    return QCoreApplication.translate("ImportPage", words)


_SPEC = FormSpec(
    key="import",
    title="",
    extra={"number": extras()["number"]},
    sections=(
        (
            marked("Văn bản"),
            (
                Line("form", 264),
                Line("number", 264),
                "abstract",
                "field_of_work",
                "signed_on",
                "effective_on",
                Line("standing", 264),
                "signers",
            ),
        ),
    ),
)
