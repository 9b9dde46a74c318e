"""A page's commands become actions, said once."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.actions import actions_for, command, commands_of, hint, refresh_actions
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page


class Base(Page):
    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.done: list[str] = []
        self.is_open = True

    @command("Sao chép", tip="Sao chép dòng", shortcut="Ctrl+C", per_record=True, many="Chép {n}")
    def copy(self) -> None:
        self.done.append("copy")

    @command("In", tip="In danh sách", shortcut="Ctrl+P")
    def print_list(self) -> None:
        self.done.append("base print")


class Room(Base):
    @command("Thêm", tip="Thêm quy chế", shortcut="Ctrl+N", enabled_when=lambda page: page.is_open)
    def add(self) -> None:
        self.done.append("add")

    @command("Sửa", tip="Sửa quy chế", per_record=True)
    def edit(self) -> None:
        self.done.append("edit")

    def print_list(self) -> None:
        self.done.append("own print")


def made(office: Office, qtbot: QtBot) -> Room:
    page = Room(office)
    qtbot.addWidget(page)
    return page


def test_a_command_is_an_action_with_its_tip_and_key(office: Office, qtbot: QtBot) -> None:
    page = made(office, qtbot)
    add = actions_for(page)["add"]

    add.trigger()

    assert page.done == ["add"]
    assert add.shortcut().toString() == "Ctrl+N"
    assert hint(add) == "Thêm quy chế (Ctrl+N)"


def test_the_rooms_own_commands_come_before_those_of_every_room() -> None:
    assert [name for name, _ in commands_of(Room)] == ["add", "edit", "copy", "print_list"]


def test_a_method_that_is_written_anew_is_still_the_command(office: Office, qtbot: QtBot) -> None:
    page = made(office, qtbot)

    actions_for(page)["print_list"].trigger()

    assert page.done == ["own print"]


def test_a_command_is_off_where_it_has_nothing_to_act_on(office: Office, qtbot: QtBot) -> None:
    page = made(office, qtbot)
    actions = actions_for(page)

    def enabled(chosen: int) -> list[str]:
        refresh_actions(page, actions, chosen)
        return [name for name, action in actions.items() if action.isEnabled()]

    assert enabled(0) == ["add", "print_list"]
    assert enabled(1) == ["add", "edit", "copy", "print_list"]
    assert enabled(3) == ["add", "copy", "print_list"]
    assert actions["copy"].text() == "Chép 3"
    page.is_open = False
    assert enabled(1) == ["edit", "copy", "print_list"]
