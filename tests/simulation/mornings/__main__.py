"""``python -m tests.simulation.mornings SEED [LAST]``: play a seed again, or all from one to another."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bot.bootstrap import application
from bot.settings import Settings
from tests.simulation.mornings.play import Failed, play


async def _migrate(file: Path) -> None:
    async with application(Settings(database_url=f"sqlite+aiosqlite:///{file}")):
        pass


def main() -> None:
    """Play, and say what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.mornings")
    parser.add_argument("seed", type=int)
    parser.add_argument("last", type=int, nargs="?")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        migrated = Path(folder) / "migrated.db"
        asyncio.run(_migrate(migrated))
        for seed in range(options.seed, (options.last or options.seed) + 1):
            try:
                played = play(seed, migrated)
            except Failed as failed:
                sys.exit(str(failed))
            if options.last is None:
                sys.stdout.write("\n".join([*played, ""]))
            sys.stdout.write(f"seed {seed}: nothing wrong\n")


if __name__ == "__main__":
    main()
