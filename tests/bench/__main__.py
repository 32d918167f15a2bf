"""``python -m tests.bench``: measure, print, write."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.progress import track

from bot import logs
from tests.bench.discord import discord_clicks, discord_morning
from tests.bench.durable import durable_answers
from tests.bench.figures import Figure, show, write
from tests.bench.history import old_league
from tests.bench.latency import acknowledgements
from tests.bench.memory import peak_memory
from tests.bench.morning import morning
from tests.bench.slack import slack_clicks


def main() -> None:
    """Run every benchmark; ``--fast`` takes under two minutes."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--fast", action="store_true", help="shorter runs, smaller leagues")
    logs.configure("warning", as_json=False)
    figures = list(track(_all(fast=parser.parse_args().fast), description="Measuring", total=26, transient=True))
    show(figures)
    write(figures, Path("var/bench.json"))


def _all(*, fast: bool) -> Iterator[Figure]:
    yield from durable_answers(3 if fast else 10)
    yield from acknowledgements(5 if fast else 60)
    yield from peak_memory(100_000 if fast else 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        yield from old_league(Path(folder), 1_000_000 if fast else 10_000_000)
    yield from slack_clicks(8 if fast else 30)
    yield from discord_clicks(1 if fast else 8)
    yield from discord_morning()
    yield from morning(500 if fast else 10_000)


if __name__ == "__main__":
    main()
