"""A province over years, with every fault on: `python3 dev.py soak`.

    python -m tests.sync.soak [--offices 15] [--weeks 104] [--seed N]

Ends with 0 if every saved change stands in every register that it concerns.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.sync.world import World, repeatable

ACTS = (
    ("enter", 3), ("edit", 12), ("obligation", 4), ("pause", 3), ("join_in", 2), ("touch", 5),
    ("bind", 2), ("withdraw", 1), ("undo", 1), ("settle", 3), ("agency", 1), ("attach", 2),
    ("review", 1), ("let_in", 1),
)  # fmt: skip
CLOCKS = (timedelta(), timedelta(days=-6000), timedelta(days=26_000), timedelta(hours=-3))


def live_through(world: World, weeks: int, random: Random) -> None:
    """Weeks of work, post and accidents."""
    names, weights = zip(*ACTS, strict=True)
    for _ in range(weeks):
        world.moment += timedelta(days=7)
        for n in range(len(world.seats)):
            for act in random.choices(names, weights, k=random.randint(0, 3)):
                world.write(n, act)
        exchange(world, random)
        mishap(world, random)


def exchange(world: World, random: Random) -> None:
    """Most offices meet the hub each week, and now and then each other; sticks get lost."""
    count = len(world.seats)
    for n in range(1, count):
        if random.random() < 0.5:
            send(world, random, n, 0)
        if random.random() < 0.5:
            send(world, random, 0, n)
        if random.random() < 0.15:
            send(world, random, n, random.choice([r for r in range(count) if r != n]))
    late = [letter for letter in world.letters if random.random() < 2 / len(world.letters)]
    for letter in late:  # again, or years old, or in any order
        world.carry(letter)


def send(world: World, random: Random, sender: int, reader: int) -> None:
    """One package, and what becomes of it."""
    letter = world.post(sender, reader, with_files=random.random() < 0.8)
    fate = random.random()
    if fate < 0.10:
        return  # lost, or late
    if fate < 0.15:
        world.spoil(letter)
        return
    if fate < 0.19:
        world.crash(letter)
    world.carry(letter)
    if fate > 0.95:
        world.carry(letter)


def mishap(world: World, random: Random) -> None:
    """What happens to machines."""
    n = random.randrange(len(world.seats))
    fate = random.random()
    if fate < 0.25:
        world.back_up(n)
    elif fate < 0.35:
        world.restore(n)
    elif fate < 0.38:
        world.image(n)
    elif fate < 0.41:
        world.twin(n)
    elif fate < 0.5:
        world.seats[n].off = random.choice(CLOCKS)


def run(folder: Path, offices: int, weeks: int, seed: int) -> tuple[World, list[str]]:
    """Live through it and say what is wrong in the end."""
    with repeatable(seed) as random:
        world = World(folder, offices, random)
        live_through(world, weeks, random)
        world.come_together()
        return world, world.faults()


def main() -> int:
    """Run it and print what happened."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--offices", type=int, default=15)
    asked.add_argument("--weeks", type=int, default=104)
    asked.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    given = asked.parse_args()
    sys.stdout.write(f"seed {given.seed}\n")
    sys.stdout.flush()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="phoihop-soak-") as folder:
        world, faults = run(Path(folder), given.offices, given.weeks, given.seed)
        ledger = sum(len(seat.written) for seat in world.seats)
        world.close()
    for what, count in sorted(world.happened.items()):
        sys.stdout.write(f"  {count:7}  {what}\n")
    sys.stdout.write(f"{ledger} saved changes, {time.monotonic() - began:.0f} s\n")
    sys.stdout.writelines(f"FAULT: {fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
