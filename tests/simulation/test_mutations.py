"""The simulation can tell a broken program: whatever is broken on purpose, some seed shows it."""

from pathlib import Path

import pytest

from tests.simulation.mutations import MUTATIONS
from tests.simulation.play import Failed, play

SEEDS = 150
SHOWN_AT_ONCE = (
    "key_in_the_question",
    "latecomers_are_told_before_the_close",
    "never_closed",
    "redelivery_counts_again",
    "regrading_forgets_totals",
    "thanks_before_the_commit",
)
"""What nearly every seed shows: these are tried each time, the others in long tests."""


@pytest.mark.parametrize("name", MUTATIONS)
@pytest.mark.timeout(600)
def test_what_is_broken_is_found(name: str, migrated_file: Path, monkeypatch: pytest.MonkeyPatch, soak: bool):
    if name not in SHOWN_AT_ONCE and not soak:
        pytest.skip("long: make soak")
    MUTATIONS[name](monkeypatch)
    with pytest.raises(Failed) as found:
        _play_many(migrated_file)
    assert "TypeError" not in str(found.value), "the mutation no longer fits the program"


def _play_many(migrated: Path) -> None:
    for seed in range(1, SEEDS + 1):
        play(seed, migrated)
