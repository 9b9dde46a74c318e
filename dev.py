#!/usr/bin/env python3
"""The one door to the project's commands: `python3 dev.py` lists them.

Standard library only, so that a bare clone needs nothing but Python. This file keeps to what an
old Python can read, so that it can say what is missing or hand over to a newer one.
"""

import os
import subprocess
import sys

OLDEST, NEWEST = 11, 13  # minor versions of Python 3: the oldest we run on, the newest tried
BRINGING = ["run", "--no-project", "--python", ">=3.{},<3.{}".format(OLDEST, NEWEST + 1), "python"]


def newer_python():
    """How to call another Python that is new enough: this machine's, or one of uv; or None."""
    names = ["python3.{}".format(minor) for minor in range(NEWEST, OLDEST - 1, -1)] + ["uv"]
    for name in names:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            found = os.path.join(folder, name)
            if os.access(found, os.X_OK) and works(found):
                return [found] if name != "uv" else [found] + BRINGING
    return None


def works(python):
    """Whether it starts: a version manager leaves names that lead nowhere."""
    with open(os.devnull, "w") as nowhere:
        return subprocess.call([python, "-V"], stdout=nowhere, stderr=nowhere) == 0


def main():
    if sys.version_info >= (3, OLDEST):
        from tools.commands import main as do, speak_utf8

        speak_utf8()
        return do(sys.argv[1:])
    newer = newer_python()
    if newer:
        return subprocess.call(newer + sys.argv)
    return "This needs Python 3.{} to 3.{} (or uv, which brings one); this is {}.".format(
        OLDEST, NEWEST, sys.version.split()[0]
    )


if __name__ == "__main__":
    sys.exit(main())
