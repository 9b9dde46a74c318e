"""One field in conflict: what it is called and was before, the values side by side, or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton

from app.journal.change_set import LIFE
from app.models import MODELS
from app.models.trait import traits_of
from app.models.values import Value
from app.services.agreement import conflicts
from app.services.agreement.conflicts import Choice, Conflict, Side
from app.ui.common.form.choices import choices_of
from app.ui.common.form.field_of import field_of
from app.ui.common.form.fields import Field
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import column, link, panel, row, text
from app.ui.sync.choice_box import ChoiceBox
from app.ui.sync.difference import highlighted
from app.ui.tokens import M
from app.words import marked, told

LABEL = 156
_EMPTY = marked("(trống)")
_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class Pick:
    """What is chosen: a side of the conflict, both texts joined, or another value typed."""

    side: int | None = None
    is_joined: bool = False
    typed: Value = None


@dataclass(frozen=True)
class Shown:
    """A side in its place: which column, and what stands under it where the head is not enough."""

    number: int
    side: Side
    column: int
    note: str


class FieldRow(QObject):
    """Lays itself into three lines of the grid; `changed` follows every choice."""

    changed = Signal()

    def __init__(
        self, office: Office, conflict: Conflict, shown: Sequence[Shown], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.conflict = conflict
        self.pick: Pick | None = None
        self.boxes: dict[int, ChoiceBox] = {}
        self._shown = shown
        self._office = office
        self.field: Field | None = self._make_field()
        self.other: ChoiceBox | None = None
        if self.field is not None:
            self.other = ChoiceBox("", self.tr("Giá trị khác"), inside=self.field)
            self.other.picked.connect(self._pick_other)
            self.field.edited.connect(self._on_typed)
            self.other.hide()
        self.joined = ChoiceBox(*self._both()) if conflicts.may_join(conflict) else None
        if self.joined is not None:
            self.joined.picked.connect(lambda: self.choose(Pick(is_joined=True)))
            self.joined.hide()
        self.links: list[QPushButton] = []

    def lay(self, grid: QGridLayout, line: int, *, narrow: bool = False) -> int:
        """Put the row into *grid* from *line* on; returns the next free line.

        Where the page is *narrow* the label stands over the values, not beside them.
        """
        before = self.conflict.before or self.tr("chưa có")
        width = 0 if narrow else LABEL
        label = column(
            text(self.conflict.label, wrap=True, width=width),
            text(self.tr("Trước khi sửa: {}").format(before), "small", wrap=True, width=width),
            None,
            gap=2,
            pad=(0, M.s2, 0, 0),
        )
        if narrow:
            grid.addLayout(label, line, 1, 1, 2)
            line += 1
        else:
            grid.addLayout(label, line, 0)
        for at in (1, 2):
            boxes = [self._box(each) for each in self._shown if each.column == at]
            if boxes:
                grid.addLayout(column(*boxes, gap=M.s2), line, at)
        for extra in (self.joined, self.other):
            if extra is not None:
                line += 1
                grid.addWidget(extra, line, 1, 1, 2)
        self._lay_links(grid, line + 1)
        return line + 2

    def choose(self, pick: Pick | None) -> None:
        """Fill one dot and empty the others."""
        self.pick = pick
        for number, box in self.boxes.items():
            box.choose(pick is not None and pick.side == number)
        is_typed = pick is not None and pick.side is None and not pick.is_joined
        if self.joined is not None:
            self.joined.choose(pick is not None and pick.is_joined)
            self.joined.setVisible(self.joined.is_chosen or not self.joined.isHidden())
        if self.other is not None:
            self.other.choose(is_typed)
            self.other.setVisible(is_typed or not self.other.isHidden())
        self.changed.emit()

    def restore(self, pick: Pick) -> None:
        """Take up a choice made before."""
        if self.field is not None and pick.side is None and not pick.is_joined:
            self.field.show_value(pick.typed)
        self.choose(pick)

    def choice(self) -> Choice | None:
        """The decision as the service takes it; None while nothing is chosen."""
        if self.pick is None:
            return None
        if self.pick.side is not None:
            return Choice(self.conflict, self.pick.side)
        if self.pick.is_joined:
            return Choice(self.conflict, None, conflicts.joined(self.conflict))
        return Choice(self.conflict, None, self.field.value() if self.field else None)

    def open_other(self) -> None:
        """Let another value be typed."""
        if self.other is not None and self.field is not None:
            self.other.show()
            self._pick_other()
            self.field.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def open_joined(self) -> None:
        """Choose both texts, one after the other."""
        if self.joined is not None:
            self.joined.show()
            self.choose(Pick(is_joined=True))

    # inside ------------------------------------------------------------------

    def _lay_links(self, grid: QGridLayout, line: int) -> None:
        if self.other is not None:
            self.links.append(link(self.tr("Nhập giá trị khác"), self.open_other))
        if self.joined is not None:
            self.links.append(link(self.tr("Giữ cả hai"), self.open_joined))
        for each in self.links:
            each.setAccessibleName(f"{each.text()}: {self.conflict.label}")
        if self.links:
            grid.addWidget(panel(row(*self.links, None, gap=M.s4), "plain"), line, 1, 1, 2, _TOP)

    def _box(self, shown: Shown) -> ChoiceBox:
        words = shown.side.words or told(_EMPTY)
        other = next((s.words for s in self.conflict.sides if s.op != shown.side.op), "")
        said = f"{self.conflict.label}: {words}. {shown.note}".strip()
        box = ChoiceBox(highlighted(words, other or told(_EMPTY)), said, shown.note)
        box.picked.connect(partial(self.choose, Pick(side=shown.number)))
        self.boxes[shown.number] = box
        return box

    def _both(self) -> tuple[str, str, str]:
        words = conflicts.joined(self.conflict)
        return highlighted(words, words), words, self.tr("Cả hai nội dung, nối nhau")

    def _make_field(self) -> Field | None:
        """A field for another value; a group and a record's life have none."""
        model = MODELS[self.conflict.entity]
        trait = traits_of(model).get(self.conflict.field)
        if trait is None or self.conflict.field == LIFE:
            return None
        load = choices_of(self._office)
        made = field_of(trait, today=self._office.today, load=lambda: load(trait.refers))
        made.setAccessibleName(trait.label)
        made.entry().setAccessibleName(self.tr("Giá trị khác: {}").format(trait.label))
        return made

    def _pick_other(self) -> None:
        self.choose(Pick(typed=self.field.value() if self.field else None))

    def _on_typed(self) -> None:
        self._pick_other()
