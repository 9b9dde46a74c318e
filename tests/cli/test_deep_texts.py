"""A text of 3,000 levels is shown, and its history told."""

from __future__ import annotations

from uuid import UUID

from tests.cli.conftest import Shell
from tests.deep import LEVELS, deep_text


def test_a_regulation_with_a_bottomless_text_is_shown_with_its_history(office: Shell) -> None:
    (rule,) = office.done("list", "regulation")
    store = office.open_store(office.folder)
    ids = deep_text(store, UUID(rule["id"]))
    store.close()

    shown = office.done("show", "regulation", "190")
    waiting, found = list(shown["provisions"]), []
    while waiting:
        node = waiting.pop(0)
        found.append(UUID(node["id"]))
        waiting = node["children"] + waiting
    assert found == ids
    events = office.done("history", "regulation", "190", "--family")
    assert str(events).count("provision") >= LEVELS
    assert office("list", "provision").code == 0
    assert office("search", "khoản").code == 0
    assert office.done("check")["problems"] == []
