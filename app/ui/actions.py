"""Say a command once; heading, context menu, shortcuts and the shortcut sheet all read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.icons import icon as drawn

if TYPE_CHECKING:
    from app.ui.common.parts.page import Page

Method = TypeVar("Method", bound=Callable[..., object])


@dataclass(frozen=True)
class Command:
    """What a command is called and how it is reached.

    `per_record` commands act on what is selected: they stand in the context menu and answer
    only while the table or the detail pane has the focus. `many` is what it is called for
    several records, with `{n}` for how many; without it the command takes one record only.
    `menu` names the menu button of the heading that holds it; an `unlisted` command stands in no
    heading, only in menus and the shortcut sheet. `enabled_when` is asked with the
    page each time the selection changes. In a copy that may only be read, those alone answer that
    say they `reads`: they change no record.
    """

    text: str
    tip: str
    shortcut: str = ""
    icon: str = ""
    primary: bool = False
    per_record: bool = False
    many: str = ""
    menu: str = ""
    enabled_when: Callable[[Any], bool] | None = None
    unlisted: bool = False
    reads: bool = False

    def named(self, chosen: int) -> str:
        """What the command is called when *chosen* records are selected."""
        return self.many.format(n=chosen) if self.many and chosen > 1 else self.text

    def takes(self, chosen: int) -> bool:
        """Whether it can act on *chosen* records."""
        return not self.per_record or chosen == 1 or (chosen > 1 and bool(self.many))


def command(
    text: str,
    *,
    tip: str,
    shortcut: str = "",
    icon: str = "",
    primary: bool = False,
    per_record: bool = False,
    many: str = "",
    menu: str = "",
    enabled_when: Callable[[Any], bool] | None = None,
    unlisted: bool = False,
    reads: bool = False,
) -> Callable[[Method], Method]:
    """Mark a method of a page as something the clerk can do."""

    def mark(method: Method) -> Method:
        said = Command(
            text,
            tip,
            shortcut,
            icon,
            primary,
            per_record,
            many,
            menu,
            enabled_when,
            unlisted,
            reads,
        )
        method.__command__ = said  # type: ignore[attr-defined]
        return method

    return mark


def commands_of(cls: type) -> tuple[tuple[str, Command], ...]:
    """The commands of a page class, in the order they are written, a base class's last.

    A method that a subclass overrides without marking it again is still the command.
    """
    if cls not in _COMMANDS:  # asked for each time a selection changes
        found: dict[str, Command] = {}
        for base in cls.__mro__:
            for name, member in vars(base).items():
                said = getattr(member, "__command__", None)
                if said is not None:
                    found.setdefault(name, said)
        _COMMANDS[cls] = tuple(found.items())
    return _COMMANDS[cls]


_COMMANDS: dict[type, tuple[tuple[str, Command], ...]] = {}


def actions_for(page: QWidget) -> dict[str, QAction]:
    """A QAction for each of *page*'s commands, named after its method."""
    return {name: _action(page, name, said) for name, said in commands_of(type(page))}


def refresh_actions(page: Page, actions: dict[str, QAction], chosen: int) -> None:
    """Name and enable *actions* for a selection of *chosen* records."""
    may_write = page.office.store.read_only_reason is None
    for name, said in commands_of(type(page)):
        action = actions[name]
        action.setText(_translated(page, said.named(chosen)))
        willing = said.enabled_when is None or said.enabled_when(page)
        willing = willing and (may_write or said.reads)
        action.setEnabled(said.takes(chosen) and willing)


def hint(action: QAction, tip: str = "") -> str:
    """The tooltip of *action*: what it does and its key."""
    words = tip or action.statusTip() or action.text()
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words} ({key})" if key else words


def _action(page: QWidget, name: str, said: Command) -> QAction:
    action = QAction(_translated(page, said.text), page)
    action.setObjectName(name)
    action.setStatusTip(_translated(page, said.tip))
    action.setShortcut(QKeySequence(said.shortcut))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setToolTip(hint(action))
    if said.icon:
        action.setIcon(drawn(said.icon))
    method = getattr(page, name)
    does = partial(_unless_popup, method) if said.shortcut == "Esc" else method
    action.triggered.connect(lambda _checked=False: does())
    return action


def _unless_popup(method: Callable[[], object]) -> None:
    """Esc closes the list or calendar that is open over the page; only then it means the page."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    else:
        method()


def _translated(page: QWidget, text: str) -> str:
    return QCoreApplication.translate(type(page).__name__, text)
