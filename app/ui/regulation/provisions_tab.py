"""The tab Điều khoản: the text as a tree, what is chosen to read below, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.services.regulation.provisions import ProvisionNode
from app.ui.common.list.search_field import SearchField
from app.ui.common.pane.content import Button, Buttons, Words
from app.ui.common.pane.parts import draw
from app.ui.common.parts.widgets import clear, column, gap, panel, row, text
from app.ui.regulation.provision_words import all_of, branches_of, counted, paragraphs
from app.ui.regulation.text_tree import TextTree
from app.ui.tokens import M

Act = Callable[[UUID], object]
_MOST_READ = 60
"""Provisions shown at once; a chapter of hundreds would take its time to draw."""
_FOOT = (M.s4, 0, M.s4, M.s2)


class ProvisionsTab(QWidget):
    """`chosen` carries the provision that is read; *place_of* says how it is cited."""

    chosen = Signal(object)

    def __init__(
        self,
        nodes: Sequence[ProvisionNode],
        place_of: Callable[[UUID], str],
        acts: Sequence[tuple[str, str, Act]],
    ) -> None:
        super().__init__()
        self._nodes = {node.provision.id: node for node in all_of(nodes)}
        self._place_of, self._acts = place_of, acts
        self.tree: TextTree[UUID] = TextTree(_tr("Điều khoản"))
        self.tree.show_branches(branches_of(nodes))
        self.finder = SearchField(_tr("Tìm trong điều khoản"))
        self.finder.setClearButtonEnabled(True)
        self._found = text("", "small")
        self._count = counted(node.provision for node in self._nodes.values())
        self._reading = QVBoxLayout()
        self._reading.setSpacing(0)
        self._build()
        self.finder.textChanged.connect(self._find)
        self.finder.returnPressed.connect(self._go_to_found)
        self.tree.chosen.connect(self._read)
        self._find("")

    def choose(self, provision_id: UUID | None) -> None:
        """Read *provision_id*, else the first of the text."""
        if provision_id is None or not self.tree.choose(provision_id):
            first = next(iter(self._nodes), None)
            if first is not None:
                self.tree.choose(first)

    # inside ------------------------------------------------------------------------

    def _build(self) -> None:
        head = row(self.finder, pad=(M.s4, M.s3, M.s4, M.s1))
        said = row(self._found, None, pad=(M.s4, 0, M.s4, M.s1))
        branches = row(self.tree, pad=(M.s3, 0, M.s2, 0))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(_tr("Nội dung điều khoản"))
        self._scroll.setWidget(panel(column(self._reading, None, pad=(M.s4, M.s2, M.s4, M.s3))))
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        parts.addWidget(panel(column(head, said, branches)))
        parts.addWidget(panel(column(self._scroll, row(self._buttons(), pad=_FOOT))))
        parts.setSizes([100, 100])  # shares, since the pane's height is not known yet
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 1)
        lines = column(parts)
        self.setLayout(lines)
        self.setFocusProxy(self.tree)

    def _buttons(self) -> QWidget:
        """What can be done to the provision under the cursor; always in sight."""
        return draw(
            Buttons([Button(words, self._on(act), tip=tip) for words, tip, act in self._acts])
        )

    def _on(self, act: Act) -> Callable[[], object]:
        def does() -> None:
            if (provision_id := self.tree.current()) is not None:
                act(provision_id)

        return does

    def _find(self, typed: str) -> None:
        found = self.tree.narrow(typed)
        asked = bool(typed.strip())
        said = _tr("{} điều khoản có “{}”").format(found, typed.strip()) if asked else self._count
        self._found.setText(said)

    def _go_to_found(self) -> None:
        found = self.tree.first_found()
        if found is not None:
            self.tree.choose(found)
            self.tree.setFocus()

    def _read(self, provision_id: UUID) -> None:
        clear(self._reading)
        node = self._nodes[provision_id]
        place = self._place_of(provision_id)
        if place:
            self._reading.addWidget(text(place, "small", wrap=True))
        whole = _with_depth(node, 0)
        for depth, each in whole[:_MOST_READ]:
            for role, words in paragraphs(each.provision):
                line = draw(Words(words, role))
                self._reading.addWidget(gap(M.s1))
                self._reading.addLayout(row(line, pad=(min(depth, 2) * M.s3, 0, 0, 0)))
        if len(whole) > _MOST_READ:
            left = _tr("Còn {} điều khoản; chọn từng điều để đọc tiếp.")
            self._reading.addWidget(text(left.format(len(whole) - _MOST_READ), "muted", wrap=True))
        self._scroll.verticalScrollBar().setValue(0)
        self.chosen.emit(provision_id)


def empty_text(*buttons: Button) -> Sequence[Words | Buttons]:
    """What the tab says of a regulation whose text is not in the register."""
    sentence = _tr("Chưa ghi điều khoản nào. Nhập từ tệp Word, hoặc ghi từng điều.")
    return Words(sentence, "muted"), Buttons(buttons)


def _with_depth(node: ProvisionNode, depth: int) -> list[tuple[int, ProvisionNode]]:
    found = [(depth, node)]
    for child in node.children:
        found += _with_depth(child, depth + 1)
    return found


def _tr(words: str) -> str:
    return QCoreApplication.translate("ProvisionsTab", words)
