"""A daily question comes exactly once, whatever happens to the processes that ask it."""

import shutil
from pathlib import Path

import pytest

from tests.simulation.mornings.mutations import MUTATIONS
from tests.simulation.mornings.play import Failed, play, play_on_postgres
from tests.soak import LONG

SEEDS = 1_000 if LONG else 5
SEEDS_ON_POSTGRES = 100 if LONG else 1
AT_ONCE = 5
SEEDS_TO_BREAK = 150
SHOWN_AT_ONCE = ("claims_nothing", "never_late", "notes_before_posting")
"""What the first seeds show: these are tried each time, the others in long tests."""


@pytest.mark.parametrize("first", range(1, SEEDS + 1, AT_ONCE))
def test_each_date_has_one_round_and_one_message(migrated_file: Path, first: int):
    for seed in range(first, first + AT_ONCE):
        play(seed, migrated_file)


@pytest.mark.parametrize("first", range(1, SEEDS_ON_POSTGRES + 1, AT_ONCE))
def test_the_same_on_postgresql(migrated_postgres, postgres, first: int):
    for seed in range(first, min(first + AT_ONCE, SEEDS_ON_POSTGRES + 1)):
        postgres.empty(migrated_postgres)
        play_on_postgres(seed, migrated_postgres)


def test_a_seed_says_what_happens_every_time(migrated_file: Path):
    assert play(6, migrated_file) == play(6, migrated_file)


@pytest.mark.parametrize("name", MUTATIONS)
@pytest.mark.timeout(600)
def test_what_is_broken_is_found(
    name: str, migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, soak: bool
):
    if name not in SHOWN_AT_ONCE and not soak:
        pytest.skip("long: make soak")
    file = tmp_path / "broken.db"
    shutil.copy(migrated_file, file)
    MUTATIONS[name](monkeypatch, file)
    with pytest.raises(Failed) as found:
        _play_many(file)
    assert "TypeError" not in str(found.value), "the mutation no longer fits the program"


def _play_many(file: Path) -> None:
    for seed in range(1, SEEDS_TO_BREAK + 1):
        play(seed, file)
