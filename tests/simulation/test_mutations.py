"""The simulation can tell a broken program: whatever is broken on purpose, some seed shows it."""

import inspect
import pkgutil
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.simulation.mornings.mutations import MUTATIONS as MORNING_MUTATIONS
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


class _Fitting(pytest.MonkeyPatch):
    """Replaces a function only by one that takes the same arguments."""

    def setattr(self, *change: Any, raising: bool = True) -> None:
        target, name, value = change if len(change) == 3 else (*change[0].rsplit(".", 1), change[1])
        there = getattr(pkgutil.resolve_name(target) if isinstance(target, str) else target, name)
        if callable(there):
            _call_like(there, inspect.signature(value))
        super().setattr(*change, raising=raising)


def _call_like(there: Callable[..., Any], broken: inspect.Signature) -> None:
    parameters = inspect.signature(there).parameters.values()
    alone = [one.name for one in parameters if one.kind is one.KEYWORD_ONLY]
    broken.bind(*[one.name for one in parameters if one.name not in alone], **dict.fromkeys(alone))


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_is_broken_on_purpose_fits_the_program(name: str):
    with _Fitting.context() as patch:
        MUTATIONS[name](patch)


@pytest.mark.parametrize("name", MORNING_MUTATIONS)
def test_what_is_broken_on_a_morning_fits_the_program(name: str, migrated_file: Path, tmp_path: Path):
    with _Fitting.context() as patch:
        MORNING_MUTATIONS[name](patch, shutil.copy(migrated_file, tmp_path))


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
