"""What a Python under wine needs: the settings of Qt, and no function that wine lacks."""

import os

PREFIX = "PHOIHOP_PASS_"

for name, value in list(os.environ.items()):  # wine takes every QT_* out of the environment
    if name.startswith(PREFIX):
        os.environ.setdefault(name.removeprefix(PREFIX), value)

if os.name == "nt":
    import _winapi

    if hasattr(_winapi, "CopyFile2"):  # Python 3.13 copies files with it, and wine 8 ends there
        del _winapi.CopyFile2
