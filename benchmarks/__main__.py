"""`python -m benchmarks [NAME …]`: every measure, or those named."""

from __future__ import annotations

import os
import sys

from benchmarks import exchanging, lists, packed, saving, searching, starting, stopping

MEASURES = {
    "saving": saving,
    "lists": lists,
    "searching": searching,
    "starting": starting,
    "packed": packed,
    "stopping": stopping,
    "exchanging": exchanging,
}


def main(names: list[str]) -> int:
    """Print a line for each ratio; 1 if a goal is missed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    missed = False
    print(f"{'':<58}{'ours':>13}{'floor':>13}")
    for name in names or list(MEASURES):
        for ratio in MEASURES[name].run():
            print(ratio.line(), flush=True)
            missed |= ratio.goal is not None and ratio.ours / ratio.floor > ratio.goal
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
