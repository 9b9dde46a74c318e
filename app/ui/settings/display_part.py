"""How the program looks: chosen, and seen at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QButtonGroup, QLayout, QRadioButton

from app.settings import SETTINGS, Setting
from app.ui.common.parts.widgets import Item, column, row, section, text
from app.ui.settings.part import SettingsPart
from app.ui.tokens import M

_LABEL = 132


class DisplayPart(SettingsPart):
    """Every setting that is a choice of a few words, in the group it says it belongs to."""

    def lines(self) -> list[Item]:
        lines: list[Item] = []
        group = ""
        for setting in SETTINGS:
            if setting.choices is None:
                continue
            if setting.group != group:
                group = setting.group
                lines.append(section(_tr(group)))
            lines += [M.s2, self._choice(setting, setting.choices)]
        return lines

    def chosen(self, key: str) -> str:
        """The words that are marked for the setting *key*."""
        group = self.findChild(QButtonGroup, key)
        found = group.checkedButton() if isinstance(group, QButtonGroup) else None
        return found.text() if found is not None else ""

    def _choice(self, setting: Setting, choices: Mapping[str, str]) -> QLayout:
        group = QButtonGroup(self)
        group.setObjectName(setting.key)
        options = row(gap=M.s4)
        for value, words in choices.items():
            made = QRadioButton(_tr(words))
            made.setAccessibleName(f"{_tr(setting.label)}: {_tr(words)}")
            made.setChecked(self.office.settings[setting] == value)
            made.clicked.connect(partial(self._choose, setting, value))
            group.addButton(made)
            options.addWidget(made)
        options.addStretch(1)
        label = text(_tr(setting.label), "muted", wrap=True, width=_LABEL)
        line = row(label, options, gap=M.s2)
        line.setStretch(1, 1)
        whole = column(line)
        if setting.note:
            whole.addWidget(text(_tr(setting.note), "small", wrap=True))
        return whole

    def _choose(self, setting: Setting, value: str, _checked: bool = True) -> None:
        self.office.settings.choose(setting, value)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Settings", words)
