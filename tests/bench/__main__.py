"""``python -m tests.bench``: measure, print, write."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import track

from bot import logs
from bot.process import spare_the_collector
from tests.bench.crowd import crowd
from tests.bench.discord import discord_clicks, discord_morning
from tests.bench.durable import durable_answers
from tests.bench.figures import Figure, show, write
from tests.bench.history import old_league
from tests.bench.latency import acknowledgements
from tests.bench.memory import peak_memory
from tests.bench.morning import morning
from tests.bench.night import quiz_night
from tests.bench.reading import reading
from tests.bench.room import room
from tests.bench.sizes import SIZES, Size
from tests.bench.slack import slack_clicks
from tests.bench.typed import typed_answers

BENCHMARKS: tuple[Callable[[Size], Iterator[Figure]], ...] = (
    durable_answers,
    typed_answers,
    acknowledgements,
    peak_memory,
    old_league,
    reading,
    slack_clicks,
    discord_clicks,
    discord_morning,
    morning,
    room,
    crowd,
    quiz_night,
)


def main() -> None:
    """Run every benchmark, or one of them, print a table and write ``var/bench.json``."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--size", choices=SIZES, default="full", help="fast takes under two minutes")
    parser.add_argument("--only", choices=[benchmark.__name__ for benchmark in BENCHMARKS], help="run this one alone")
    wanted = parser.parse_args()
    size = SIZES[wanted.size]
    benchmarks = [benchmark for benchmark in BENCHMARKS if wanted.only in {None, benchmark.__name__}]
    logs.configure("warning", as_json=False)
    progress = Console(stderr=True)
    figures: list[Figure] = []
    for benchmark in track(benchmarks, description="Measuring", console=progress, transient=True):
        spare_the_collector()  # as a bot does when it has started
        figures += benchmark(size)
    show(figures, Console())
    write(figures, Path("var/bench.json"))


if __name__ == "__main__":
    main()
