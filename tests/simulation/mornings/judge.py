"""Each series has asked once for each of its local dates, in one message, or says in the audit that it couldn't."""

from collections import Counter
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.services.rounds.asking import question_key
from bot.storage import tables as t
from tests.simulation.model import GRACE
from tests.simulation.mornings.process import MorningProcess
from tests.simulation.mornings.world import Daily, Morning


class Judge:
    """See the module."""

    def __init__(self, world: Morning, process: MorningProcess) -> None:
        self._world = world
        self._process = process

    async def looks(self) -> None:
        """Hold the disk and the platforms against what the walls' clocks say."""
        rounds = await self._rows(
            sa.select(t.rounds.c.id, t.rounds.c.series_id, t.rounds.c.due_on, t.rounds.c.opened_at)
        )
        skips = await self._rows(sa.select(t.audit.c.subject, t.audit.c.details).where(t.audit.c.action == "skipped"))
        skipped = Counter((row.subject, datetime.fromisoformat(row.details)) for row in skips)
        for daily in self._world.dailies:
            asked: dict[date, list[Any]] = {}
            for row in rounds:
                if row.series_id == daily.series.id:
                    asked.setdefault(row.due_on, []).append(row)
            for day, due in daily.due.items():
                self._day(daily, day, due, asked.get(day, []), skipped[f"series {daily.series.id}", due])
            for day in asked.keys() - daily.due.keys():
                if asked[day][0].opened_at <= self._world.ends:
                    self._world.violates(f"series {daily.series.id} asks for {day}, which wasn't due")
        self._messages([question_key(row.id) for row in rounds])
        for row in await self._rows(sa.select(t.posts.c.key, t.posts.c.problem).where(t.posts.c.waiting)):
            self._world.violates(f"{row.key} never came: {row.problem}")

    def _day(self, daily: Daily, day: date, due: datetime, rounds: list[Any], skips: int) -> None:
        name = f"series {daily.series.id} for {day}"
        if len(rounds) + skips != 1:
            self._world.violates(f"{name} has {len(rounds)} rounds and {skips} audit lines")
        for row in rounds:
            if not due <= row.opened_at <= due + GRACE:
                self._world.violates(f"{name}, due at {due}, opens at {row.opened_at}")
        if skips and any(due <= beat.began <= beat.ended <= due + GRACE for beat in self._world.beats):
            self._world.violates(f"{name} is skipped, and somebody was there in time")

    def _messages(self, questions: list[str]) -> None:
        posted = sum((platform.posted for platform in self._world.platforms.values()), Counter())
        for key in questions:
            if posted[key] != 1 and not (posted[key] and key in self._world.overtaken):
                self._world.violates(f"{key} is posted {posted[key]} times")
        for key, times in posted.items():
            if times != 1 and key not in {*questions, *self._world.overtaken}:
                self._world.violates(f"{key} is posted {times} times")

    async def _rows(self, query: sa.Select[Any]) -> list[Any]:
        async def read(connection):
            return (await connection.execute(query)).all()

        return await self._process._database.read_raw(read)
