"""The project's own tests, run by the Windows Python."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.windows.tally import Counts, Failed, told_by
from tools.windows.wine import Layout

FOLDERS = (
    "tests/models", "tests/registers", "tests/journal", "tests/store", "tests/sync",
    "tests/importers", "tests/export", "tests/services", "tests/cli", "tests/golden", "tests/ui",
    "tests/e2e", "tests/test_bootstrap.py", "tests/test_durable.py", "tests/test_settings.py",
    "tests/test_text.py", "tests/test_text_shortened.py",
)  # fmt: skip
"""All but tests/architecture and tests/tools, which read the source and mend this machine."""

QUICK = (
    "tests/test_durable.py", "tests/store", "tests/journal/test_writing.py",
    "tests/export/test_packet_folder.py", "tests/cli/test_keeping.py",
    "tests/cli/test_sync.py", "tests/e2e/test_command_line_journey.py",
)  # fmt: skip
"""Durable files, the store, a packet, the command line, an exchange there and back."""

NOT_UNDER_WINE: dict[str, str] = {}
"""Tests that cannot run there, each with its reason."""

_PATIENCE = "600"  # seconds for one test: two cores that do other things besides
_CLOSING = re.compile(r"^=*\s*\d+ \w+.* in [\d.]+s.*$", re.MULTILINE)
_SHOWN = 60  # lines of what a failing run says


def run_tests(layout: Layout, paths: Sequence[str], *more: str, limit: float) -> Counts:
    """Run the tests in *paths* for at most *limit* seconds; raises Failed when they did not end.

    A failing test is counted and shown.
    """
    left_out = [word for name in NOT_UNDER_WINE for word in ("--deselect", name)]
    done = layout.python(
        *("-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", f"timeout={_PATIENCE}"),
        *("-n", "2", "--dist", "worksteal", "--no-header", *left_out, *more, *paths),
        env={
            "QT_QPA_PLATFORM": "offscreen",
            "QT_QPA_FONTDIR": r"Z:\usr\share\fonts",  # drawn in memory Qt sees no fonts of Windows
        },
        timeout=limit,
    )
    closing = _CLOSING.findall(done.said)
    if done.code:
        print("\n".join(done.said.splitlines()[-_SHOWN:]), flush=True)
    if not closing:
        raise Failed(f"pytest did not run to its end (code {done.code}).")
    return told_by(closing[-1])
