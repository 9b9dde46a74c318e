"""The indicators that bodies report: the catalogue shipped with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app import paths
from app.text import clean, folded

PERCENT = "%"


@dataclass(frozen=True)
class Indicator:
    """What is counted and in which unit. `key` is stored with each reported figure."""

    key: str
    label: str
    unit: str = ""

    @property
    def adds_up(self) -> bool:
        """Whether the bodies' values may be added; percentages may not."""
        return self.unit != PERCENT


@lru_cache(maxsize=1)
def indicators() -> tuple[Indicator, ...]:
    """The catalogue in its own order."""
    text = (paths.resources() / "catalogues" / "indicators.toml").read_text(encoding="utf-8")
    return tuple(Indicator(**entry) for entry in tomllib.loads(text)["indicator"])


def indicator_of(words: str) -> Indicator:
    """The indicator that *words* name, by key or by label; else one of its own, without a unit."""
    known = _by_words().get(folded(clean(words)))
    return known or Indicator(clean(words), clean(words))


def place_of(indicator: Indicator) -> int:
    """Where the indicator stands in a report: the catalogue's order, a clerk's own last."""
    known = indicators()
    return known.index(indicator) if indicator in known else len(known)


@lru_cache(maxsize=1)
def _by_words() -> Mapping[str, Indicator]:
    return {folded(words): item for item in indicators() for words in (item.label, item.key)}
