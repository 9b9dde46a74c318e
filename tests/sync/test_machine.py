"""Two and three real offices under any sequence of work, post and accidents (Hypothesis).

Two find what three do not: a third always brings back what two of them lost together.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.sync.soak import ACTS, CLOCKS, run
from tests.sync.world import World

_NAMES = [name for name, _ in ACTS]
WHO = st.integers(0, 5)


class Offices(RuleBasedStateMachine):
    """What a clerk, a stick and a machine may do, in any order."""

    count = 2

    def __init__(self) -> None:
        super().__init__()
        self.place = Path()
        self.world: World | None = None

    @initialize(seed=st.integers(0, 1 << 16))
    def begin(self, seed: int) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="phoihop-machine-"))
        self.world = World(self.place, self.count, Random(seed))
        self.here.write(0, "enter")

    @property
    def here(self) -> World:
        assert self.world is not None
        return self.world

    def _who(self, number: int) -> int:
        return number % self.count

    @rule(who=WHO, acts=st.lists(st.sampled_from(_NAMES), min_size=1, max_size=3))
    def work(self, who: int, acts: list[str]) -> None:
        for act in acts:
            self.here.write(self._who(who), act)

    @rule()
    def everybody_edits(self) -> None:
        for n in range(self.count):
            self.here.write(n, "edit")

    @rule(sender=WHO, step=st.integers(1, 2), arrives=st.booleans())
    def post(self, sender: int, step: int, arrives: bool) -> None:
        one = self._who(sender)
        other = (one + min(step, self.count - 1)) % self.count
        letter = self.here.post(one, other)
        if arrives:
            self.here.carry(letter)

    @precondition(lambda self: bool(self.world and self.world.letters))
    @rule(which=st.integers(0, 50))
    def an_old_letter_arrives(self, which: int) -> None:
        self.here.carry(self.here.letters[which % len(self.here.letters)])

    @precondition(lambda self: bool(self.world and self.world.letters))
    @rule(which=st.integers(0, 50))
    def a_letter_is_spoilt(self, which: int) -> None:
        self.here.spoil(self.here.letters[which % len(self.here.letters)])

    @precondition(lambda self: bool(self.world and self.world.letters))
    @rule(which=st.integers(0, 50))
    def a_machine_stops(self, which: int) -> None:
        self.here.crash(self.here.letters[which % len(self.here.letters)])

    @rule(who=WHO)
    def back_up(self, who: int) -> None:
        self.here.back_up(self._who(who))

    @rule(who=WHO)
    def restore(self, who: int) -> None:
        self.here.restore(self._who(who))

    @rule(who=WHO)
    def image(self, who: int) -> None:
        self.here.image(self._who(who))

    @rule(who=WHO)
    def twin(self, who: int) -> None:
        self.here.twin(self._who(who))

    @rule(who=WHO, off=st.sampled_from(CLOCKS))
    def clock(self, who: int, off: timedelta) -> None:
        self.here.seats[self._who(who)].off = off

    def teardown(self) -> None:
        if self.world is not None:
            try:
                self.world.come_together()
                assert self.world.faults() == []
            finally:
                self.world.close()
                shutil.rmtree(self.place)


class ThreeOffices(Offices):
    """The same with a third."""

    count = 3


_QUICK = settings(
    max_examples=12,
    report_multiple_bugs=False,
    phases=[Phase.reuse, Phase.generate],
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestTwoOffices = pytest.mark.slow(Offices.TestCase)
TestThreeOffices = pytest.mark.slow(ThreeOffices.TestCase)
TestTwoOffices.settings = TestThreeOffices.settings = _QUICK


@pytest.mark.slow
@pytest.mark.parametrize("seed", [20_261_123, 7])
def test_a_few_weeks_of_work_post_and_accidents(seed: int, tmp_path: Path) -> None:
    """The long run, cut short: see soak.py."""
    world, faults = run(tmp_path, offices=5, weeks=16, seed=seed)
    world.close()
    assert faults == [], f"seed {seed}"
    assert world.happened["package"] > 50
