"""What was read from a file, beside its source: corrected, then saved; cancelled, nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QWidget,
)

from app.errors import AppError, InvalidFields
from app.importers.analysis.places import places_of
from app.importers.proposal import ImportProposal, ProvisionProposal
from app.models.values import said
from app.progress import Progress
from app.services.regulation import importing, regulations
from app.services.regulation.importing import Accepted
from app.text import date_words, shortened
from app.ui.actions import command, hint
from app.ui.common.form.form import COLUMN_WIDTH
from app.ui.common.pane.detail_pane import Tabs
from app.ui.common.parts.dialogs import choose
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Saying
from app.ui.common.parts.page import Page
from app.ui.common.parts.pages import Pages
from app.ui.common.parts.widgets import Item, button, column, heading, panel, row, rule, text
from app.ui.regulation.import_fields import ImportFields, Read, read_of
from app.ui.regulation.provision_words import counted, label_of
from app.ui.regulation.source_view import SourceView
from app.ui.regulation.text_tree import Branch, TextTree
from app.ui.roominess import Beside, beside
from app.ui.theme import look, px
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP, marked

Done = Callable[[Accepted], object]
_WORDS = "ImportPage"
_LEAST_FIELDS, _LEAST_SOURCE = 520, 400


class ImportPage(Page):
    """Left what was understood, right the file; one at a time where there is no room for both.

    `closed` says that the page is done with.
    """

    def __init__(self, office: Office, proposal: ImportProposal, done: Done) -> None:
        super().__init__(office)
        self.setObjectName("canvas")
        self._proposal, self._done = proposal, done
        self._is_edited = False
        self.addActions(list(self.commands.values()))
        found = importing.instruments(proposal)
        self.documents = [
            _Document(office, proposal, read_of(office, proposal, item)) for item in found
        ]
        self.source = SourceView(proposal.lines, self.tr("Nguyên văn trong tệp"))
        self._messages = MessageBar(edge=M.s5)
        self._build()
        for document in self.documents:
            document.edited.connect(self._on_edited)
            document.pointed.connect(self.source.mark)
        self.source.pointed.connect(self._on_source)
        look.changed.connect(self._lay_out)
        self._show(0)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi vào sổ"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi quy chế, các bên, căn cứ và điều khoản trong một lần"),
        shortcut="Ctrl+S",
    )
    def save(self) -> None:
        """Save all that is ticked as one change."""
        chosen = [document for document in self.documents if document.is_wanted()]
        if not chosen:
            self.say(Saying("warn", self.tr("Chưa chọn văn bản nào trong tệp để ghi vào sổ.")))
            return
        if any(self._refuses(document) for document in chosen):
            return
        indexes = [index for document in chosen for index in document.indexes()]
        corrections = {d.read.item.index: d.fields.correction() for d in chosen}

        def accept(progress: Progress) -> Accepted:
            return importing.accept(
                self.office.store,
                self._proposal,
                indexes,
                corrections=corrections,
                progress=progress,
            )

        self._wait(waiting=True)
        label = self.tr("Đang ghi {} vào sổ").format(self._proposal.path.name)
        task = self.office.tasks.start(accept, self._saved, label=label, failed=self._failed)
        task.finished.connect(lambda: self._wait(waiting=False))

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Hủy"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Đóng, không ghi gì vào sổ"),
        shortcut="Esc",
    )
    def cancel(self) -> None:
        """Leave; nothing is saved."""
        if self.may_leave():
            self.closed.emit()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to the first field; no focus proxy, as in `ListPage.setFocus`."""
        self.documents[0].fields.first_entry().setFocus(reason)

    def may_leave(self) -> bool:
        """Ask about corrections that would be lost. True when the page may go."""
        if not self._is_edited:
            return True
        acts = (self.tr("Xem tiếp"), self.tr("Bỏ nội dung"))
        title = self.tr("Bỏ nội dung đã sửa?")
        body = self.tr("Chưa ghi gì vào sổ. Nếu bỏ, phải đọc lại tệp {} từ đầu.")
        return choose(self, title, body.format(self._proposal.path.name), acts) == 1

    @property
    def message_bar(self) -> MessageBar:
        return self._messages

    # saving ------------------------------------------------------------------------

    def _refuses(self, document: _Document) -> bool:
        """Say what keeps *document* from being saved, and go to it."""
        problems = document.fields.problems()
        if problems:
            self._show(self.documents.index(document))
            self._turn(shows_source=False)
            document.tabs.choose(document.FIELDS)
            document.show_tab()
            document.fields.form.focus_first()
            sentence = self.tr("Còn {} ô cần sửa. {}").format(
                len(problems), next(iter(problems.values()))
            )
            self.say(Saying("danger", sentence))
            return True
        values = document.fields.values()
        number, day = said(values, "number", str), said(values, "signed_on", date)
        if not number or day is None:
            return False
        with self.office.store.reading() as session:
            known = regulations.find(session, number, day)
        if known:
            sentence = self.tr("Sổ đã có văn bản {} ngày {}, nên không ghi thêm bản này.")
            opens = partial(self.office.go, "regulation", known[0].id)
            link = (self.tr("Mở quy chế đã có"), opens)
            told = sentence.format(known[0].called(), date_words(day))
            self.say(Saying("danger", told, (link,)))
        return bool(known)

    def _saved(self, accepted: Accepted) -> None:
        self._is_edited = False
        self.closed.emit()
        self._done(accepted)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidFields):
            self.say(Saying("danger", " ".join(error.problems.values())))
        elif isinstance(error, AppError):
            self.say(Saying("danger", str(error)))
        else:
            raise error

    def _wait(self, *, waiting: bool) -> None:
        for each in (self._stack, self._foot):
            each.setEnabled(not waiting)
        for action in self.commands.values():
            action.setEnabled(not waiting)

    # what is shown -----------------------------------------------------------------

    def _show(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        for at, each in enumerate(self._choices):
            each.setChecked(at == number)
        document = self.documents[number]
        first = document.read.item.document.first_line
        self.source.mark(first, first)

    def _on_edited(self) -> None:
        self._is_edited = True

    def _on_source(self, line: int) -> None:
        self.documents[self._stack.currentIndex()].point_at(line)

    def _build(self) -> None:
        self._stack = Pages()
        self._choices: list[QPushButton] = []
        for number, document in enumerate(self.documents):
            self._stack.addWidget(document)
            view = button(document.title(), "view", checked=False, does=partial(self._show, number))
            self._choices.append(view)
        pick = row(*self._choices, None, pad=(M.s4, M.s1, M.s4, M.s1))
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        parts.addWidget(self._stack)
        parts.addWidget(self.source)
        self._parts = parts
        note = self._proposal.path.name
        turns = self._make_turns()
        lines: list[Item] = [heading(self.tr("Nhập quy chế từ tệp"), note, *turns, edge=M.s5)]
        if len(self.documents) > 1:
            lines.append(pick)
        lines += [self._messages, parts, rule(), self._make_foot()]
        whole = column(*lines)
        whole.setStretch(lines.index(parts), 1)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _make_turns(self) -> list[QPushButton]:
        """The two buttons that turn from what was read to the file and back."""
        words = (self.tr("Nội dung đọc được"), self.tr("Nguyên văn trong tệp"))
        self._turns = [
            button(title, "view", checked=not at, does=partial(self._turn, shows_source=bool(at)))
            for at, title in enumerate(words)
        ]
        return self._turns

    def _turn(self, *, shows_source: bool) -> None:
        """Show the file, or what was read from it, where only one of them has room."""
        is_alone = beside(self.size(), _LEAST_FIELDS, _LEAST_SOURCE) is Beside.ALONE
        for at, each in enumerate(self._turns):
            each.setVisible(is_alone)
            each.setChecked(bool(at) is shows_source)
        self._stack.setVisible(not (is_alone and shows_source))
        self.source.setVisible(shows_source or not is_alone)

    def _lay_out(self) -> None:
        """The source beside the fields where there is room for both, else under them."""
        place = beside(self.size(), _LEAST_FIELDS, _LEAST_SOURCE)
        is_beside = place is Beside.SIDE
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self._parts.setOrientation(across if is_beside else down)
        held_source = self.source.hasFocus() or self._turns[1].isChecked()
        self._turn(shows_source=place is Beside.ALONE and held_source)
        whole = self.width() if is_beside else self.height()
        first = min(px(COLUMN_WIDTH), whole * 53 // 100) if is_beside else whole * 60 // 100
        self._parts.setSizes([first, whole - first])

    def _make_foot(self) -> QFrame:
        said = self.tr("Chưa ghi gì vào sổ cho đến khi chọn “Ghi vào sổ”.")
        acts = [self._button("cancel", "plain"), self._button("save", "primary")]
        self._foot = panel(row(text(said, "muted"), None, *acts, pad=(M.s5, M.s3, M.s5, M.s3)))
        return self._foot

    def _button(self, name: str, role: str) -> QWidget:
        action = self.commands[name]
        made = button(action.text(), role, does=action.trigger)
        made.setToolTip(hint(action))
        return made


class _Document(QWidget):
    """One regulation of the file: a tab with its fields, a tab with its text."""

    edited = Signal()
    pointed = Signal(int, int)
    FIELDS, TEXT = marked(("Văn bản và các bên", "Điều khoản"))

    def __init__(self, office: Office, proposal: ImportProposal, read: Read) -> None:
        super().__init__()
        self.read = read
        self.fields = ImportFields(office, read)
        self.fields.edited.connect(self.edited)
        self._order = list(_in_order(read.item.text()))
        self._places = _places(proposal, read)
        self._wanted = QCheckBox(self.tr("Ghi văn bản này vào sổ"))
        self._wanted.setChecked(True)
        self._wanted.toggled.connect(self.edited)
        self.tree: TextTree[int] = TextTree(self.tr("Điều khoản đọc được"))
        self.tree.show_branches(_branches(read.item.text()))
        self.tree.chosen.connect(self._on_chosen)
        self.tabs = Tabs([self.FIELDS, self.TEXT], self.title())
        self.tabs.chosen.connect(lambda _title: self.show_tab())
        self._build(is_one_of_many=len(importing.instruments(proposal)) > 1)

    def title(self) -> str:
        """What the document is called where several stand in one file."""
        document = self.read.item.document
        return document.number or self.tr("Dự thảo: {}").format(shortened(document.title, 40))

    def is_wanted(self) -> bool:
        """Whether the clerk wants it saved."""
        return self._wanted.isChecked()

    def indexes(self) -> range:
        """The places of its papers in the file: the document and those that it encloses."""
        return range(self.read.item.index, self.read.item.index + 1 + len(self.read.item.enclosed))

    def show_tab(self) -> None:
        """Show the tab that is chosen."""
        self._stack.setCurrentIndex(0 if self.tabs.current == self.FIELDS else 1)

    def point_at(self, line: int) -> None:
        """Go to the provision that *line* of the source belongs to."""
        above = [key for key, place in self._places.items() if place <= line]
        if above:
            self.tabs.choose(self.TEXT)
            self.show_tab()
            self.tree.choose(max(above, key=lambda key: self._places[key]))

    def _on_chosen(self, key: int) -> None:
        """Mark a provision with all that stands under it."""
        first = self._places.get(key)
        if first is None:
            return
        at = next(n for n, (_, each) in enumerate(self._order) if id(each) == key)
        depth = self._order[at][0]
        after = (id(each) for d, each in self._order[at + 1 :] if d <= depth)
        ends = (self._places[each] for each in after if self._places.get(each, -1) > first)
        last = next(ends, None)
        self.pointed.emit(first, first if last is None else last - 1)

    def _build(self, *, is_one_of_many: bool) -> None:
        if not is_one_of_many:
            self._wanted.hide()
        fields = QScrollArea()
        fields.setWidgetResizable(True)
        fields.setFrameShape(QFrame.Shape.NoFrame)
        fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fields.setWidget(panel(column(self.fields, pad=(M.s5, M.s3, M.s4, M.s4))))
        said = counted(each for _, each in self._order)
        words = said or self.tr("Không thấy điều khoản nào trong tệp.")
        branches = row(self.tree, pad=(M.s4, 0, M.s2, 0))
        wording = panel(column(row(text(words, "small"), pad=(M.s5, M.s2, M.s4, M.s1)), branches))
        self._stack = Pages()
        self._stack.addWidget(fields)
        self._stack.addWidget(wording)
        tabs = QHBoxLayout()
        tabs.addLayout(row(self.tabs, None, self._wanted, pad=(M.s5, 0, M.s4, 0)))
        self.setLayout(column(tabs, rule(), self._stack))


def _branches(found: Sequence[ProvisionProposal]) -> tuple[Branch[int], ...]:
    return tuple(
        Branch(id(each), label_of(each), f"{label_of(each)} {each.text}", _branches(each.children))
        for each in found
    )


def _in_order(
    found: Sequence[ProvisionProposal], depth: int = 0
) -> Iterator[tuple[int, ProvisionProposal]]:
    for each in found:
        yield depth, each
        yield from _in_order(each.children, depth + 1)


def _places(proposal: ImportProposal, read: Read) -> dict[int, int]:
    found: dict[int, int] = {}
    for paper in (read.item.document, *read.item.enclosed):
        found |= places_of(paper, proposal.lines)
    return found
