"""No dialog is larger than the screen of an office."""

from __future__ import annotations

import ast

from tests.architecture.sources import Source, program

_OWN_SIZE = {"app/ui/common/parts/dialog.py", "app/ui/common/list/print_preview.py"}
"""The one they all are, and the one that the clerk may draw larger and smaller."""


def test_every_dialog_is_one_that_fits_the_screen() -> None:
    found = [source.at(node) for source in program() for node in _plain_dialogs(source)]

    assert not [place for place in found if place.partition(":")[0] not in _OWN_SIZE]


def _plain_dialogs(source: Source) -> list[ast.ClassDef]:
    classes = [node for node in source.nodes if isinstance(node, ast.ClassDef)]
    return [c for c in classes if any(_is_plain(base) for base in c.bases)]


def _is_plain(base: ast.expr) -> bool:
    return isinstance(base, ast.Name) and base.id in ("QDialog", "QMessageBox", "QInputDialog")
