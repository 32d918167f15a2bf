"""How long an acknowledgement takes when clicks arrive at a steady rate, whatever the bot does (open loop)."""

import asyncio
import itertools
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.application import Application
from bot.domain.answers import SubmitAnswer
from tests.bench.figures import Figure
from tests.bench.league import clicks, league, open_round
from tests.bench.sizes import Size

_GOALS_MS = {2_000: 5.0, 4_000: 15.0}
_SLICE_S = 0.001


def acknowledgements(size: Size) -> Iterator[Figure]:
    """The 99th percentile and the worst case at each rate."""
    for rate, goal in _GOALS_MS.items():
        with tempfile.TemporaryDirectory() as folder:
            waits = sorted(asyncio.run(_run(Path(folder), rate, size)))
        p99 = waits[int(len(waits) * 0.99)] * 1000
        yield Figure(name=f"acknowledgement_p99_ms_at_{rate}", value=p99, unit="ms", goal=goal, at_most=True)
        yield Figure(
            name=f"acknowledgement_worst_ms_at_{rate}", value=waits[-1] * 1000, unit="ms", goal=3_000, at_most=True
        )


async def _run(folder: Path, rate: int, size: Size) -> list[float]:
    waits: list[float] = []
    players, seconds = size.players // 2, size.steady_s
    async with league(folder) as (app, space, round_id):
        everybody = clicks(app, space, round_id, players)
        await asyncio.gather(*(app.answers.submit(one) for one in everybody))  # every player is known from here on
        # Every player answers each round once, so that each click is a new answer.
        rounds = [await open_round(app, space) for _ in range(int(rate * seconds / players) + 1)]
        upcoming = itertools.chain.from_iterable(clicks(app, space, one, players) for one in rounds)
        await _open_loop(app, upcoming, rate, seconds, waits)
    return waits


async def _open_loop(
    app: Application, upcoming: Iterator[SubmitAnswer], rate: int, seconds: float, waits: list[float]
) -> None:
    """Send each click at its planned moment; its wait counts from there, so that a stall counts for all it delays."""
    began, sent = time.perf_counter(), 0
    async with asyncio.TaskGroup() as tasks:
        while (now := time.perf_counter() - began) < seconds:
            for number in range(sent, int(now * rate)):
                tasks.create_task(_acknowledged(app, next(upcoming), began + number / rate, waits))
            sent = max(sent, int(now * rate))
            await asyncio.sleep(_SLICE_S)


async def _acknowledged(app: Application, one: SubmitAnswer, planned: float, waits: list[float]) -> None:
    await app.answers.submit(one)
    waits.append(time.perf_counter() - planned)
