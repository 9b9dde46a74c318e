"""The numbering part of a .docx, made into lists that can be counted."""

from __future__ import annotations

import re

from lxml import etree

from app.importers.analysis.list_numbers import ListLevel, ListNumbers
from app.importers.word.package import W


def numbers_of(root: etree._Element | None) -> ListNumbers:
    """The lists of a numbering part; none when the file has no such part."""
    numbers = ListNumbers()
    for abstract in [] if root is None else root.findall(f"{W}abstractNum"):
        levels = {_int(one, "ilvl"): _level(one) for one in abstract.findall(f"{W}lvl")}
        numbers.add_list(abstract.get(f"{W}abstractNumId", ""), levels)
    for num in [] if root is None else root.findall(f"{W}num"):
        abstract_id = _val(num.find(f"{W}abstractNumId"), "")
        numbers.add_use(num.get(f"{W}numId", ""), abstract_id, _overrides(num))
    return numbers


def _overrides(num: etree._Element) -> dict[int, ListLevel | int]:
    found: dict[int, ListLevel | int] = {}
    for override in num.findall(f"{W}lvlOverride"):
        level, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
        if level is not None:
            found[_int(override, "ilvl")] = _level(level)
        elif start is not None:
            found[_int(override, "ilvl")] = _int(start, "val", 1)
    return found


def _level(element: etree._Element) -> ListLevel:
    restart = element.find(f"{W}lvlRestart")
    return ListLevel(
        start=_int(element.find(f"{W}start"), "val", 1),
        format=_val(element.find(f"{W}numFmt"), "decimal"),
        text=_val(element.find(f"{W}lvlText"), ""),
        restart=None if restart is None else _int(restart, "val"),
        legal=element.find(f"{W}isLgl") is not None,
        style=_val(element.find(f"{W}pStyle"), ""),
    )


def _val(element: etree._Element | None, default: str) -> str:
    return default if element is None else str(element.get(f"{W}val", default))


def _int(element: etree._Element | None, attribute: str, default: int = 0) -> int:
    value = "" if element is None else str(element.get(f"{W}{attribute}", ""))
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else default
