"""A form from a draft's traits: which field stands where is said once, the rest follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QWidget
from sqlmodel import SQLModel

from app.models.trait import Input, Trait, told_trait, traits_of
from app.models.values import Value, Values
from app.ui import theme
from app.ui.common.form.field_of import field_of
from app.ui.common.form.fields import Field
from app.ui.common.parts.widgets import Glyph, column, row, text
from app.ui.tokens import M
from app.words import told

LABEL_WIDTH = 132
COLUMN_WIDTH = 744
Choices = Callable[[str], Sequence[tuple[UUID, str]]]
"""The live records of a kind ("agency"), as id and words, in Vietnamese order."""


@dataclass(frozen=True)
class Line:
    """One line of a form. `width` 0 is the usual one of its kind; `note` stands after the field.

    `then` puts a second field in the same line: "Chu kỳ [12] tháng, vào tháng [12]".
    """

    field: str
    width: int = 0
    note: str = ""
    then: Line | None = None
    label: str = ""
    more: str = ""  # "Thêm cơ quan": what the button of a list of records says


Section = tuple[str, Sequence[str | Line]]


@dataclass(frozen=True)
class FormSpec:
    """What a form holds. `key` names its drafts and must not change.

    `extra` describes fields that the draft does not have (a regulation's parties). `narrowed`
    gives one record field its own list, from what the form holds (the articles of the regulation
    that is chosen); `editors` gives one field its own widget. `side` draws what the register
    already knows, from the values as they stand; it may return None. `keeps` are the fields that
    the next form begins with as they stood in the last.
    """

    key: str
    title: str
    sections: Sequence[Section]
    extra: Mapping[str, Trait] = field(default_factory=dict)
    narrowed: Mapping[str, Callable[[Values], Sequence[tuple[UUID, str]]]] = field(
        default_factory=dict
    )
    editors: Mapping[str, Callable[[Trait], Field]] = field(default_factory=dict)
    side: Callable[[Values], QWidget | None] | None = None
    may_add_another: bool = True
    keeps: Sequence[str] = ()


class Form(QWidget):
    """The fields themselves, with their labels and what is wrong with them."""

    edited = Signal()
    judged = Signal()
    """The count of wrong fields may have changed."""

    def __init__(
        self,
        spec: FormSpec,
        draft: type[SQLModel],
        *,
        choices: Choices,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._spec, self._choices, self._today = spec, choices, today
        traits = {**traits_of(draft), **spec.extra}
        self._traits = {name: told_trait(trait) for name, trait in traits.items()}
        self.fields: dict[str, Field] = {}
        self._errors: dict[str, _Error] = {}
        self._hidden: dict[str, Value] = {}
        self._grid = QGridLayout()
        self._lay_out()
        self.setLayout(self._grid)

    def values(self) -> dict[str, Value]:
        """What is entered, and what was given for fields that are not on the form."""
        return self._hidden | {name: held.value() for name, held in self.fields.items()}

    def show_values(self, values: Values) -> None:
        """Fill the form; fields that *values* does not name become blank."""
        self._hidden = {name: v for name, v in values.items() if name not in self.fields}
        for name, held in self.fields.items():
            held.show_value(values.get(name))
        self.show_problems({})

    def label_of(self, name: str) -> str:
        """What the field is called on screen."""
        return self._traits[name].label

    def settle(self) -> None:
        """Complete what was typed by halves in every field."""
        for held in self.fields.values():
            held.settle()

    def problems(self) -> dict[str, str]:
        """What can be told without asking anybody: unreadable, or required and blank."""
        return {name: why for name, held in self.fields.items() if (why := self._why(name, held))}

    def show_problems(self, problems: Mapping[str, str]) -> dict[str, str]:
        """Put each sentence under its field; return those whose field is not on the form."""
        for name, held in self.fields.items():
            self._mark(name, held, problems.get(name, ""))
        self.judged.emit()
        return {name: why for name, why in problems.items() if name not in self.fields}

    def wrong(self) -> list[str]:
        """The fields that are marked, from the top."""
        return [name for name, shown in self._errors.items() if shown.words]

    def focus_first(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to the first wrong field, or to where entering begins."""
        name = next(iter(self.wrong()), self._first())
        self.fields[name].entry().setFocus(reason)

    def _first(self) -> str:
        """The field at which entering begins: the first that is blank where some are kept."""
        blank = [n for n in self._spec.keeps and self.fields if not self.fields[n].value()]
        return next(iter(blank), next(iter(self.fields)))

    # building ----------------------------------------------------------------

    def _lay_out(self) -> None:
        theme.space(self._grid, M.s4, (0, 0, 0, 0), M.s2)
        self._grid.setColumnStretch(1, 1)
        for number, (title, lines) in enumerate(self._spec.sections):
            heading = row(text(told(title), "strong"), pad=(0, M.s2 if number else 0, 0, 0))
            self._grid.addLayout(heading, self._grid.rowCount(), 0, 1, 2)
            for line in lines:
                self._add_line(Line(line) if isinstance(line, str) else line)

    def _add_line(self, line: Line) -> None:
        place = self._grid.rowCount()
        label = self._label(line)
        parts, errors = self._parts(line, label)
        self._grid.addLayout(column(label, pad=(0, 6, 0, 0)), place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(column(parts, *errors), place, 1)

    def _label(self, line: Line) -> QLabel:
        trait = self._traits[line.field]
        words = told(line.label) or trait.label
        return text(f"{words} *" if trait.required else words, wrap=True, width=LABEL_WIDTH)

    def _parts(self, line: Line, label: QLabel) -> tuple[QBoxLayout, list[_Error]]:
        """The fields of one line side by side, and the places of their errors under them."""
        parts, errors = row(gap=M.s2), []
        at: Line | None = line
        while at is not None:
            held = self._add_field(at)
            parts.addWidget(held)
            if at.note:
                parts.addWidget(text(told(at.note), "muted"))
            errors.append(self._errors[at.field])
            at = at.then
        if line.then or line.note:
            parts.addStretch(1)
        label.setBuddy(self.fields[line.field].entry())
        return parts, errors

    def _add_field(self, line: Line) -> Field:
        trait = self._traits[line.field]
        held = self._field(line, trait)
        self.fields[line.field] = held
        self._errors[line.field] = _Error()
        held.setAccessibleName(trait.label)
        held.entry().setAccessibleName(trait.label)
        if trait.hint:
            held.entry().setAccessibleDescription(trait.hint)
        held.edited.connect(lambda: self._on_edited(line.field))
        held.left.connect(lambda: self._on_left(line.field))
        return held

    def _field(self, line: Line, trait: Trait) -> Field:
        if (made := self._spec.editors.get(line.field)) is not None:
            return made(trait)
        return field_of(
            trait,
            today=self._today,
            load=self._loader(line.field, trait),
            start=self._start,
            width=line.width,
            more=told(line.more),
        )

    def _loader(self, name: str, trait: Trait) -> Callable[[], Sequence[tuple[UUID, str]]]:
        narrowed = self._spec.narrowed.get(name)
        if narrowed is not None:
            return lambda: narrowed(self.values())
        return lambda: self._choices(trait.refers)

    def _start(self) -> date:
        """The day from which the next dues of a rhythm are shown."""
        held = self.fields.get("starts_on")
        entered = held.value() if held is not None else None
        return entered if isinstance(entered, date) else self._today()

    # judging -----------------------------------------------------------------

    def _why(self, name: str, held: Field) -> str:
        trait = self._traits[name]
        if why := held.problem():
            return why
        if trait.required and held.value() in (None, "", ()):
            chosen = trait.input in (Input.CHOICE, Input.RECORD, Input.RECORDS)
            verb = self.tr("Chưa chọn") if chosen else self.tr("Chưa nhập")
            return f"{verb} {trait.label[:1].lower()}{trait.label[1:]}."
        return ""

    def _mark(self, name: str, held: Field, why: str) -> None:
        if self._errors[name].words != why:
            self._errors[name].say(why)
            held.set_bad(bool(why))
        held.entry().setAccessibleDescription(why or self._traits[name].hint)

    def _on_edited(self, name: str) -> None:
        """A field that is being mended is not told off while one types."""
        self._mark(name, self.fields[name], "")
        self.judged.emit()
        self.edited.emit()

    def _on_left(self, name: str) -> None:
        held = self.fields[name]
        if why := held.problem():
            self._mark(name, held, why)
            self.judged.emit()


class _Error(QWidget):
    """Triangle and sentence under a field; takes no room while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._sentence = text("", "danger", wrap=True)
        glyph = column(Glyph("attention", "danger", 14), None, pad=(0, 2, 0, 0))
        line = row(glyph, self._sentence, gap=6, pad=(0, M.s1, 0, 0))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()

    def say(self, why: str) -> None:
        self.words = why
        self._sentence.setText(why)
        self.setVisible(bool(why))
