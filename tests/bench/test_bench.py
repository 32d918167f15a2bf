"""The bench itself, as small as it gets: whether it measures, prints and writes, not what comes out."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench.__main__ import BENCHMARKS
from tests.bench.figures import Figure, against, show
from tests.bench.league import CHOICES
from tests.bench.sizes import SIZES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda benchmark: benchmark.__name__)
def test_each_benchmark_measures(benchmark):
    figures = list(benchmark(SIZES["smallest"]))
    assert figures
    assert all(figure.value >= 0 for figure in figures)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_memory_is_measured_with_no_more_rounds_than_there_are_questions(size):
    assert size.stored // size.players <= len(CHOICES)


def test_a_run_prints_every_figure_in_full_and_writes_it(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--size", "smallest", "--only", "durable_answers"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "80", "PYTHONUTF8": "1"},
    )
    written = json.loads((tmp_path / "var" / "bench.json").read_text(encoding="utf-8"))
    assert written["machine"] in run.stdout
    assert {"name", "value", "unit", "baseline", "baseline_of", "ratio", "goal"} <= written["figures"][0].keys()
    printed = {line.split()[0] for line in run.stdout.splitlines() if line.strip()}
    assert {figure["name"] for figure in written["figures"]} <= printed


def test_the_table_fits_into_80_columns():
    long = against(
        "acknowledgement_worst_ms_at_4000", 2_345.67, "ms", baseline=9_876, of="raw sqlite3, groups of 1000", goal=3_000
    )
    longest = Figure(name="discord_10k_channels_s", value=208.34, unit="s (simulated)", goal=215, at_most=True)
    printed = StringIO()
    show([long, longest], Console(file=printed, width=80))
    for text in (long.name, long.baseline_of, "208.3 s (simulated)", "≥ 3000", "≤ 215", "reached", "missed"):
        assert text in printed.getvalue()
    assert max(map(len, printed.getvalue().splitlines())) <= 80
