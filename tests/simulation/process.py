"""One process of the bot, put together as the program does it, on the simulation's clock, ids and chances."""

import asyncio
from collections.abc import Mapping
from random import Random

from bot.apart.painting import SHEET_LIMITS, SHEETS, ApartPainter
from bot.apart.reader import ApartReader
from bot.domain.answers import AnswerOutcome, SubmitAnswer
from bot.domain.errors import QuizbotError
from bot.domain.limits import Limits
from bot.domain.sheets import Tile
from bot.ports import AnswerWriter, Clock, Ids, Messenger
from bot.scheduling.next_fire import next_fire
from bot.scheduling.runner import Runner
from bot.services.core import Core, Revisions
from bot.services.limiting import Limiter
from bot.services.sheets import Sheets
from bot.storage.answer_writer import answer_writer
from bot.storage.database import Database
from bot.storage.unit import SqlUnit
from tests.simulation.loop import Killed, Machine, running_on
from tests.simulation.model import GRACE

LIMITS = Limits(people_per_address=1, codes_held=3, open_questions=1_000, waiting_suggestions=100)
"""Nothing else is limited: days pass in a second here."""

LOST = object()
"""What became of work that nobody heard of again."""


class Heard:
    """`bot.ports.AnswerWriter` that remembers what it told whom."""

    def __init__(self, writer: AnswerWriter) -> None:
        self._writer = writer
        self._outcomes: dict[int, tuple[SubmitAnswer, AnswerOutcome]] = {}

    async def submit(self, submitted: SubmitAnswer) -> AnswerOutcome:
        outcome = await self._writer.submit(submitted)
        self._outcomes[id(submitted)] = submitted, outcome
        return outcome

    async def settle(self) -> None:
        await self._writer.settle()

    def told(self, submitted: SubmitAnswer) -> AnswerOutcome | None:
        """What this very delivery was told; None: nothing."""
        return self._outcomes.get(id(submitted), (None, None))[1]


class Process:
    """See the module."""

    def __init__(
        self, machine: Machine, url: str, clock: Clock, ids: Ids, random: Random, lines: Mapping[str, Messenger]
    ) -> None:
        self.machine = machine
        self.lines = lines
        self._database = Database(url, lambda connection: SqlUnit(connection, ids.next))
        self._writer = answer_writer(self._database, ids.next)
        self.heard = Heard(self._writer)
        self.core = Core(
            storage=self._database,
            answers=self.heard,
            files=ApartReader(),
            clock=clock,
            ids=ids,
            random=random,
            next_fire=next_fire,
            revisions=Revisions(self._database),
            limiter=Limiter(LIMITS, clock),
            sheets=Sheets(self._database, ApartPainter[Tile](SHEETS, SHEET_LIMITS).paint),
        )
        self.runner = Runner(self.core, lines, worker=machine.name, grace=GRACE)

    async def does(self, work):
        """Run something here: its result, the error that people are told, or LOST when the process died over it."""
        if self.machine.dead:
            work.close()
            return LOST

        async def here():
            running_on.set(self.machine)
            self.machine.tasks.append(asyncio.current_task())
            return await work

        try:
            return await asyncio.create_task(here())
        except QuizbotError as error:
            return LOST if self.machine.dead else error
        except (asyncio.CancelledError, Killed):
            if self.machine.dead:
                return LOST
            raise
        except Exception:
            if self.machine.dead:
                return LOST
            raise

    async def stop(self) -> None:
        """As the program ends in order."""

        async def close() -> None:
            await self._writer.close()
            await self._database.close()

        await self.does(close())
        self.machine.dead = True
        self.machine.bury()
