"""``python -m tests.bench``: measure, print, write."""

import argparse
from pathlib import Path

from bot import logs
from tests.bench.durable import durable_answers
from tests.bench.figures import Figure, show, write


def main() -> None:
    """Run every benchmark; ``--fast`` takes under two minutes."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--fast", action="store_true", help="shorter runs, smaller leagues")
    fast = parser.parse_args().fast
    logs.configure("warning", as_json=False)
    figures: list[Figure] = [*durable_answers(3 if fast else 10)]
    show(figures)
    write(figures, Path("var/bench.json"))


if __name__ == "__main__":
    main()
