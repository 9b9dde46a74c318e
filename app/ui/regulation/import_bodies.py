"""The bodies that a file names: which of the register each one is, who leads, whom to leave out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.models.trait import Input, Trait
from app.services.regulation.body_matching import BodyMatch, proper_name
from app.text import clean, folded
from app.ui.common.form.form import LABEL_WIDTH, Choices
from app.ui.common.form.record_picker import RecordField
from app.ui.common.form.tab_order import tab_before
from app.ui.common.parts.widgets import Glyph, button, clear, column, link, row, text
from app.ui.tokens import M


class ImportBodies(QWidget):
    """The first body leads. One without a record will be entered under the name of the file."""

    edited = Signal()

    def __init__(self, found: Sequence[BodyMatch], choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self._texts = [match.text for match in found]
        self._pickers: list[RecordField] = []
        self._held = [match.agency_id for match in found]
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        whole = column(self._lines)
        self.setLayout(whole)
        self._draw()
        # Made after the first lines, because Tab goes by age.
        self._more = button(_tr("Thêm cơ quan"), "quiet", "plus", does=self._add)
        whole.addLayout(row(self._more, None, pad=(LABEL_WIDTH + M.s4, 0, 0, 0)))

    def bodies(self) -> list[BodyMatch]:
        """The bodies as corrected, the one that leads first; blank added lines are left out."""
        self._keep()
        found = []
        for words, held in zip(self._texts, self._held, strict=True):
            if words or held is not None:
                found.append(BodyMatch(words, held, ""))
        return found

    def problem(self) -> str:
        """A sentence when a name was typed that the register does not have."""
        for picker in self._pickers:
            picker.settle()
            if why := picker.problem():
                return why
        self._keep()
        held = [each for each in self._held if each is not None]
        if len(held) != len(set(held)):
            return _tr("Một cơ quan đứng hai lần trong các bên; bỏ bớt một dòng.")
        return "" if self.bodies() else _tr("Chưa có bên nào; thêm cơ quan chủ trì và phối hợp.")

    # inside ------------------------------------------------------------------------

    def _draw(self) -> None:
        clear(self._lines)
        self._pickers = []
        self._in_order: list[QWidget] = []
        for place, words in enumerate(self._texts):
            self._lines.addLayout(self._line(place, words))

    def _line(self, place: int, words: str) -> QBoxLayout:
        role = _tr("Chủ trì") if place == 0 else _tr("Phối hợp")
        picker = RecordField(
            Trait(role, Input.RECORD, refers="agency", hint=_tr("Sẽ thêm mới; hoặc chọn trong sổ")),
            partial(self._choices, "agency"),
        )
        picker.setAccessibleName(f"{role}: {words}")
        picker.entry().setAccessibleName(f"{role}: {words}")
        picker.show_value(self._held[place])
        note = row(pad=(0, M.s1, 0, M.s3))
        self._say(note, words, self._held[place])
        picker.edited.connect(partial(self._on_edited, note, words, picker))
        self._pickers.append(picker)
        acts = [link(_tr("Bỏ"), partial(self._leave_out, place))]
        if place:
            acts.insert(0, link(_tr("Đặt làm chủ trì"), partial(self._lead, place)))
        self._in_order += [picker.entry(), *acts]
        label = column(text(role, width=LABEL_WIDTH), None, pad=(0, 6, 0, 0))
        line = row(picker, *acts)
        line.setStretch(0, 1)
        whole = row(label, column(line, note), gap=M.s4)
        whole.setStretch(1, 1)
        return whole

    def _on_edited(self, note: QBoxLayout, words: str, picker: RecordField) -> None:
        held = picker.value()
        self._say(note, words, held if isinstance(held, UUID) else None)
        self.edited.emit()

    def _say(self, note: QBoxLayout, words: str, held: UUID | None) -> None:
        """Under the picker: what the file says, and that a new body will be entered."""
        clear(note)
        known = next((name for each, name in self._choices("agency") if each == held), "")
        said = _tr("Trong tệp: {}").format(words) if words else ""
        if held is None and words:
            said = _tr("Chưa có trong sổ, sẽ thêm mới: {}").format(proper_name(words))
        elif words and not _alike(words, known):
            said = _tr("Trong tệp ghi {}. Kiểm tra có đúng cơ quan này không.").format(words)
        if words and (held is None or not _alike(words, known)):
            note.addWidget(Glyph("attention", "warn", 14))
        note.addWidget(text(said, "small", wrap=True), 1)

    def _keep(self) -> None:
        for place, picker in enumerate(self._pickers):
            held = picker.value()
            self._held[place] = held if isinstance(held, UUID) else None

    def _leave_out(self, place: int) -> None:
        self._keep()
        del self._texts[place], self._held[place]
        self._changed()

    def _lead(self, place: int) -> None:
        self._keep()
        self._texts.insert(0, self._texts.pop(place))
        self._held.insert(0, self._held.pop(place))
        self._changed()

    def _add(self) -> None:
        self._keep()
        self._texts.append("")
        self._held.append(None)
        self._changed()
        self._pickers[-1].setFocus()

    def _changed(self) -> None:
        self._draw()
        tab_before(self._more, *self._in_order)
        self.edited.emit()


def _alike(written: str, known: str) -> bool:
    """Whether one name goes on from the other: "Sở Y tế", "Sở Y tế tỉnh Thanh Hóa"."""
    one, other = folded(clean(written)), folded(clean(known))
    return one.startswith(other) or other.startswith(one)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ImportPage", words)
