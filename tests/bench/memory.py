"""``python -m tests.bench.memory ANSWERS PLAYERS``: peak memory of a process that stores so many answers."""

import asyncio
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.league import clicks, league, open_round
from tests.bench.sizes import Size


def peak_memory(size: Size) -> Iterator[Figure]:
    """Measured in a process of its own, in MiB."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory", str(size.stored), str(size.players)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Figure(
        name=f"peak_memory_mib_{size.stored // 1000}k", value=float(run.stdout), unit="MiB", goal=120, at_most=True
    )


async def _store(folder: Path, answers: int, players: int) -> None:
    async with league(folder) as (app, space, first):
        for number in range(answers // players):
            round_id = await open_round(app, space) if number else first
            everybody = list(clicks(app, space, round_id, players))
            for start in range(0, players, 1_000):
                await asyncio.gather(*(app.answers.submit(one) for one in everybody[start : start + 1_000]))


def peak_mib() -> float:
    """This process's own: the kernel's other figure begins with that of the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(_store(Path(made), *map(int, sys.argv[1:])))
    sys.stdout.write(str(peak_mib()))
