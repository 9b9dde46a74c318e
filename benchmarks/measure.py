"""Timing that means something on a shared machine: best of several, floor and ours alternating."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Ratio:
    """Ours against its floor, in seconds or in *unit*; `goal` is the ratio we promised."""

    name: str
    ours: float
    floor: float
    goal: float | None
    note: str = ""
    unit: str = "ms"

    def line(self) -> str:
        """One line of the report."""
        ratio = self.ours / self.floor if self.floor else float("nan")
        goal = f"goal {self.goal:g}x" if self.goal is not None else ""
        met = "" if self.goal is None else ("ok" if ratio <= self.goal else "MISSED")
        times = 1000 if self.unit == "ms" else 1
        return (
            f"{self.name:<58}{self.ours * times:>10.2f} {self.unit}"
            f"{self.floor * times:>10.2f} {self.unit} {ratio:>7.2f}x  {goal:<11}{met:<7}{self.note}"
        )


def against(
    name: str,
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    goal: float | None,
    times: int = 5,
    note: str = "",
) -> Ratio:
    """Time both in turn, *times* times, and keep the best of each."""
    best_ours = best_floor = float("inf")
    for _ in range(times):
        best_floor = min(best_floor, _once(floor))
        best_ours = min(best_ours, _once(ours))
    return Ratio(name, best_ours, best_floor, goal, note)


def fresh(
    name: str,
    ours: Callable[[], Callable[[], object]],
    floor: Callable[[], Callable[[], object]],
    *,
    goal: float | None,
    times: int = 3,
    note: str = "",
) -> Ratio:
    """Like `against` for work that can be done once only: each time what to do is made anew."""
    best_ours = best_floor = float("inf")
    for _ in range(times):
        best_floor = min(best_floor, _once(floor()))
        best_ours = min(best_ours, _once(ours()))
    return Ratio(name, best_ours, best_floor, goal, note)


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    started = perf_counter()
    work()
    return perf_counter() - started
