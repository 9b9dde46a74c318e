"""The tab Liên quan: what the regulation rests upon, and what it does to other regulations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.models import Draft, LegalBasisDraft, Regulation, RelationDraft
from app.models.regulation import RELATION_KINDS
from app.models.states import word_of
from app.models.values import Values, needed, said
from app.registers.column import text_of
from app.services.any_kind import records
from app.services.regulation import basis, binding, replacement
from app.services.regulation.basis import BasisLine
from app.services.regulation.replacement import RelationLine
from app.text import capitalized
from app.ui.common.form.choices import choices_of
from app.ui.common.form.form import FormSpec
from app.ui.common.form.form_page import FormPage, Save
from app.ui.common.pane.content import Button, Buttons, Links, Part, Section, Words
from app.ui.regulation.form import basis_form, relation_form
from app.words import kept, marked, told

if TYPE_CHECKING:
    from app.ui.regulation.page import RegulationPage


_NAMED = marked(
    {
        "attachment": "tệp {name}",
        "legal_basis": "căn cứ {name}",
        "relation": "quan hệ với {name}",
    }
)
"""How what is withdrawn is named."""


class Related:
    """Shows the links of a regulation and changes them."""

    def __init__(self, page: RegulationPage) -> None:
        self._page, self._office = page, page.office

    def parts(self, regulation_id: UUID) -> list[Part]:
        """Everything the tab shows."""
        with self._office.store.reading() as session:
            resting = basis.lines_of(session, regulation_id, today=self._office.today())
            links = replacement.relations_of(session, regulation_id)
        cite = Button(_tr("Thêm căn cứ …"), partial(self.cite, regulation_id))
        relate = Button(_tr("Ghi quan hệ …"), self._page.commands["relate"].trigger)
        parts: list[Part] = [Section(_tr("Căn cứ pháp lý"))]
        parts += [part for line in resting for part in self._basis(line)]
        parts += [Words(_tr("Chưa ghi căn cứ nào."), "muted")] if not resting else []
        parts += [Buttons((cite,)), Section(_tr("Quan hệ với quy chế khác"))]
        parts += [part for line in links for part in self._relation(line)]
        parts += [Words(_tr("Chưa ghi quan hệ nào."), "muted")] if not links else []
        return [*parts, Buttons((relate,))]

    def relate(self, regulation_id: UUID) -> None:
        """Ask what the regulation does to another, or another to it."""
        number = self._number(regulation_id)

        def save(values: Values) -> None:
            with self._office.store.changing(
                kept("Ghi quan hệ của quy chế {number}", number=number)
            ) as session:
                binding.relate(session, values)
            self._page.visit(regulation_id)

        given: Values = {"regulation_id": regulation_id, "kind": "replaces"}
        self._ask(relation_form(number), RelationDraft, given, save)

    def cite(self, regulation_id: UUID) -> None:
        """Ask for one more document that the regulation rests upon."""
        number = self._number(regulation_id)

        def save(values: Values) -> None:
            with self._office.store.changing(
                kept("Thêm căn cứ của quy chế {number}", number=number)
            ) as session:
                basis.cite(
                    session,
                    regulation_id,
                    needed(values, "document_id", UUID),
                    said(values, "note", str),
                )

        self._ask(basis_form(number), LegalBasisDraft, {"regulation_id": regulation_id}, save)

    def withdraw(self, entity: str, record_id: UUID, name: str) -> None:
        """Take a line of the basis or a relation out of the register."""
        pattern = _NAMED[entity]
        with self._office.store.changing(
            kept("Rút {what}", what=kept(pattern, name=name))
        ) as session:
            records.withdraw(session, entity, [record_id])
        undo = (_tr("Hoàn tác"), self._office.undo)
        self._office.say("info", _tr("Đã rút {}.").format(told(pattern, name=name)), [undo])

    def _basis(self, line: BasisLine) -> list[Part]:
        day = _tr(" ngày {}").format(text_of(line.issued_on)) if line.issued_on else ""
        opens = partial(self._office.go, "legal_document", line.document_id)
        words = " ".join(part for part in (line.state + ".", line.about, line.note) if part)
        takes = partial(self.withdraw, "legal_basis", line.basis_id, line.number)
        return [
            Links([(f"{line.number}{day}", opens), (_tr("Rút căn cứ"), takes)]),
            Words(words, "small"),
        ]

    def _relation(self, line: RelationLine) -> list[Part]:
        way = told(word_of(RELATION_KINDS if line.is_newer else _PASSIVE, line.kind))
        since = _tr("từ {}").format(text_of(line.effective_on)) if line.effective_on else ""
        said = ", ".join(part for part in (since, line.articles, line.note) if part)
        opens = partial(self._office.go, "regulation", line.other_id)
        takes = partial(self.withdraw, "relation", line.relation_id, line.other)
        links = Links([(f"{way} {line.other}", opens), (_tr("Rút quan hệ"), takes)])
        return [links, Words(capitalized(said), "small")] if said else [links]

    def _ask(self, spec: FormSpec, draft: type[Draft], given: Values, save: Save) -> None:
        choices = choices_of(self._office)
        of = said(given, "regulation_id", UUID)
        form = FormPage(
            self._office, spec, draft, given, save, choices=choices, of=of, room="regulation"
        )
        self._office.open_page(form)

    def _number(self, regulation_id: UUID) -> str:
        with self._office.store.reading() as session:
            return records.get(session, Regulation, regulation_id).called()


_PASSIVE = marked(
    {
        "replaces": "Được thay thế bằng",
        "replaces_partly": "Được thay thế một phần bằng",
        "amends": "Được sửa đổi, bổ sung bằng",
        "repeals": "Bị bãi bỏ bởi",
        "inherits": "Được kế thừa bởi",
        "guides": "Được hướng dẫn bởi",
    }
)


def _tr(words: str) -> str:
    return QCoreApplication.translate("RelatedTab", words)
