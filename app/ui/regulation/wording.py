"""The text of a regulation in its tab, and changing it provision by provision."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.models import Provision, ProvisionDraft
from app.models.values import Value, Values, needed, said
from app.services.any_kind import records
from app.services.regulation import provision_changes, provisions
from app.services.regulation.provisions import ProvisionNode
from app.ui.common.form.choices import choices_of
from app.ui.common.form.edit_form import edit_form
from app.ui.common.form.form import FormSpec, Line
from app.ui.common.form.form_page import FormPage
from app.ui.common.pane.content import Button, Part
from app.ui.common.parts.dialogs import ask
from app.ui.regulation.provision_words import all_of
from app.ui.regulation.provisions_tab import Act, ProvisionsTab, empty_text
from app.words import kept

if TYPE_CHECKING:
    from app.ui.regulation.page import RegulationPage


class Wording:
    """Shows the text and does what its buttons say. `wanted` is the provision to stand on."""

    def __init__(self, page: RegulationPage) -> None:
        self._page, self._office = page, page.office
        self.wanted: UUID | None = None

    def tab(self, regulation_id: UUID) -> QWidget | Sequence[Part]:
        """The whole tab, standing on the provision that was looked at last."""
        with self._office.store.reading() as session:
            nodes = provisions.tree_of(session, regulation_id)
        if not nodes:
            first = Button(_tr("Ghi điều đầu tiên …"), partial(self.add, regulation_id))
            read = Button(_tr("Nhập từ tệp …"), self._page.commands["import_file"].trigger)
            return empty_text(first, read)
        made = ProvisionsTab(nodes, self._place, self._acts(regulation_id, nodes))
        made.choose(self.wanted)
        made.chosen.connect(self._note)
        return made

    def add(self, regulation_id: UUID, anchor_id: UUID | None = None) -> None:
        """Ask for a provision behind *anchor_id*, numbered as the one that follows it."""
        given: dict[str, Value] = {"regulation_id": regulation_id, "kind": "article", "number": "1"}
        if anchor_id is not None:
            anchor = self._read(anchor_id)
            number = provision_changes.next_number(anchor.kind, anchor.number)
            given |= {"kind": anchor.kind, "number": number}

        def save(values: Values) -> None:
            named = _called(values)
            with self._office.store.changing(kept("Thêm {named}", named=named)) as session:
                entered = provision_changes.enter_after(session, regulation_id, anchor_id, values)
            self.wanted = entered.id

        lines = (Line("kind", 160, then=Line("number", 96)), "heading", "text")
        form = FormPage(
            self._office,
            _spec(_tr("Thêm điều khoản"), lines),
            ProvisionDraft,
            given,
            save,
            choices=choices_of(self._office),
            of=regulation_id,
        )
        self._office.open_page(form)

    def revise(self, provision_id: UUID) -> None:
        """Open the words of one provision for correction."""
        place = self._place(provision_id) or self._read(provision_id).called()
        title = _tr("Sửa {}").format(place)
        form = edit_form(
            self._office,
            _spec(title, (Line("number", 96), "heading", "text")),
            ProvisionDraft,
            provision_id,
            read=lambda session: records.said(session, Provision, provision_id),
            write=lambda session, new, _: provision_changes.reword(session, provision_id, new),
            label=lambda _entered: kept("Sửa {place}", place=place),
            room="regulation",
        )
        self._office.open_page(form)

    def withdraw(self, provision_id: UUID, under: int) -> None:
        """Take a provision out of the text, after asking where others stand under it."""
        provision = self._read(provision_id)
        place = self._place(provision_id) or provision.called()
        count = under + 1
        if under:
            title = _tr("Rút {} khỏi văn bản?").format(place)
            body = _tr("{} điều khoản bên trong cũng rút theo. Hoàn tác được bằng Ctrl+Z.")
            act = _tr("Rút {} điều khoản").format(count)
            if not ask(self._page, title, body.format(under), act):
                return
        with self._office.store.changing(kept("Rút {place}", place=place)) as session:
            provision_changes.withdraw(session, provision_id)
        sentence = _tr("Đã rút {}.").format(place)
        self._office.say("info", sentence, [(_tr("Hoàn tác"), self._office.undo)])

    # inside ------------------------------------------------------------------------

    def _acts(
        self, regulation_id: UUID, nodes: Sequence[ProvisionNode]
    ) -> Sequence[tuple[str, str, Act]]:
        under = {n.provision.id: sum(1 for _ in all_of(n.children)) for n in all_of(nodes)}

        def withdraw(provision_id: UUID) -> None:
            self.withdraw(provision_id, under[provision_id])

        give = partial(self._page.obligations.add, regulation_id)
        add = partial(self.add, regulation_id)
        return (
            (_tr("Giao nghĩa vụ …"), _tr("Ghi một nghĩa vụ lấy từ điều khoản này"), give),
            (_tr("Sửa …"), _tr("Sửa số, tiêu đề và nội dung"), self.revise),
            (_tr("Thêm sau …"), _tr("Ghi một điều khoản ngay sau điều khoản này"), add),
            (_tr("Rút"), _tr("Rút điều khoản này cùng những gì bên trong"), withdraw),
        )

    def _read(self, provision_id: UUID) -> Provision:
        with self._office.store.reading() as session:
            return records.get(session, Provision, provision_id)

    def _place(self, provision_id: UUID) -> str:
        with self._office.store.reading() as session:
            return provisions.place_of(session, provision_id)

    def _note(self, provision_id: UUID) -> None:
        self.wanted = provision_id


def _spec(title: str, lines: Sequence[str | Line]) -> FormSpec:
    return FormSpec("provision", title, ((_tr("Điều khoản"), lines),), may_add_another=False)


def _called(values: Values) -> str:
    made = Provision(kind=needed(values, "kind", str), number=said(values, "number", str) or "")
    return made.called()


def _tr(words: str) -> str:
    return QCoreApplication.translate("Wording", words)
