"""Gives a Python under wine the settings of Qt: wine takes every QT_* out of the environment."""

import os

PREFIX = "PHOIHOP_PASS_"

for name, value in list(os.environ.items()):
    if name.startswith(PREFIX):
        os.environ.setdefault(name.removeprefix(PREFIX), value)
