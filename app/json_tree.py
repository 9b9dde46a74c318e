"""The type of what `json.loads` gives and `json.dumps` takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = str | int | float | Sequence["Json"] | Mapping[str, "Json"] | None
"""Words, numbers, yes or no (an int), nothing, and lists and objects of these.

What was parsed has `list` and `dict`; whoever makes a tree may lay any sequence or mapping in it.
"""
