"""The core under everything that may happen to it: each seed a world of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.play import play
from tests.soak import LONG

SEEDS = 3_000 if LONG else 5
AT_ONCE = 5
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("first", range(1, SEEDS + 1, AT_ONCE))
def test_nothing_is_wrong_whatever_happens(migrated_file: Path, first: int):
    for seed in range(first, first + AT_ONCE):
        play(seed, migrated_file)


def test_a_tick_that_put_something_off_is_not_done_because_another_began_meanwhile(migrated_file: Path):
    """In the world of this seed, two ticks of one process overlap while the disk fails."""
    play(1393, migrated_file)


def test_a_seed_says_what_happens_every_time(migrated_file: Path):
    assert play(11, migrated_file) == play(11, migrated_file)


def test_a_seed_can_be_played_again_elsewhere(migrated_file: Path):
    """In another process, whose sets of texts have another order."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulation", "12"],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "12"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [*play(12, migrated_file), "seed 12: nothing wrong"]
