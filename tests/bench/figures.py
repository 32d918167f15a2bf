"""A figure, its baseline and the table they are printed in."""

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value beside what the same run gave for its baseline.

    Attributes:
        ratio: value / baseline; None where the goal is about the value itself.
        goal: what ratio (or, without one, value) is wanted; ``at_most`` says on which side.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    baseline_of: str = ""
    ratio: float | None = None
    goal: float | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        measured = self.value if self.ratio is None else self.ratio
        return measured <= self.goal if self.at_most else measured >= self.goal


def against(
    name: str, value: float, unit: str, *, baseline: float, of: str, goal: float, at_most: bool = False
) -> Figure:
    """A figure that is judged by its ratio to a baseline."""
    return Figure(
        name=name,
        value=value,
        unit=unit,
        baseline=baseline,
        baseline_of=of,
        ratio=value / baseline,
        goal=goal,
        at_most=at_most,
    )


def machine() -> str:
    """What the figures were measured on."""
    python, system = platform.python_version(), platform.system()
    return f"{os.cpu_count()} cores, Python {python}, SQLite {sqlite3.sqlite_version}, {system}"


def show(figures: Sequence[Figure], console: Console) -> None:
    """Print the table; each baseline stands under its figure, so that 80 columns are enough."""
    table = Table(title=machine(), box=None)
    table.add_column("figure", overflow="fold")
    for column in ("value", "ratio", "goal", ""):
        table.add_column(column, justify="right", no_wrap=True)
    for f in figures:
        table.add_row(
            f.name,
            f"{_readable(f.value)} {f.unit}",
            "" if f.ratio is None else f"{f.ratio:.2f}",
            "" if f.goal is None else f"{'≤' if f.at_most else '≥'} {f.goal:g}",
            {True: "reached", False: "missed", None: ""}[f.reached],
        )
        if f.baseline is not None:
            table.add_row(f"  {f.baseline_of}", f"{_readable(f.baseline)} {f.unit}")
    console.print(table)


def _readable(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.4g}"


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"machine": machine(), "figures": [asdict(figure) for figure in figures]}
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
