"""Everything that use cases need, in one parameter."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from cachetools import FIFOCache

from bot.domain.identity import QuestionId, RoundId
from bot.domain.introductions import Introduction
from bot.domain.operators import Operator
from bot.domain.questions import Question
from bot.domain.rounds import Round
from bot.ports import AnswerWriter, Clock, FileReader, Ids, Messenger, NextFire, Storage, Unit
from bot.services.absences import Absences
from bot.services.desks import Desks
from bot.services.formulas import FormulaPictures
from bot.services.limiting import Limiter
from bot.services.own_charts import OwnCharts
from bot.services.pictures import Pictures
from bot.services.sheets import Sheets
from bot.services.turns import Turns

T = TypeVar("T")

_KEPT = 1_000


class Revisions:
    """A cache of question revisions: they never change, so a busy round reads its question once."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._kept: FIFOCache[tuple[QuestionId, int], Question] = FIFOCache(_KEPT)
        self._turns = Turns()

    async def of(self, round_: Round) -> Question:
        """Return the question revision that a round asks."""
        key = round_.question_id, round_.revision
        if key in self._kept:
            return self._kept[key]
        async with self._turns.of(key):  # of many clicks at once, the first one reads for all
            return self._kept.get(key) or await self._read(key)

    async def _read(self, key: tuple[QuestionId, int]) -> Question:
        question = await self._storage.read(lambda unit: unit.banks.question(*key))
        self._kept[key] = question
        return question


@dataclass(frozen=True, kw_only=True)
class Core:
    """Storage, time, ids and chance. The composition root makes one per process.

    Attributes:
        files: reads the files that people upload.
        random: draws questions and shuffles choices; unpredictable outside tests, or the order would give the key away.
        language: the language in which new spaces are spoken to.
        site_url: the address of the web pages, without a slash at the end.
        waiting: set when the outbox is to be delivered now.
        counted: rounds whose public count of answers has changed since it was last shown.
        on_forgotten: what adapters do once somebody has been forgotten.
        turns: locks for things that must happen one after another, such as the reactions of one member.
        serves: the platforms that this process serves, by name; none on the command line.
        introductions: the platforms with spaces elsewhere, by their own names; each sets its own when it starts.
        operator: who runs the bot; None if they haven't said.
        absences: when these platforms' events were lost.
    """

    storage: Storage
    answers: AnswerWriter
    files: FileReader
    clock: Clock
    ids: Ids
    random: Random
    next_fire: NextFire
    revisions: Revisions
    limiter: Limiter
    sheets: Sheets
    language: str = "en"
    site_url: str = "http://127.0.0.1:8080"
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    counted: set[RoundId] = field(default_factory=set)
    turns: Turns = field(default_factory=Turns)
    pictures: Pictures = field(default_factory=Pictures)
    desks: Desks = field(default_factory=Desks)
    formulas: FormulaPictures = field(default_factory=FormulaPictures)
    charts: OwnCharts = field(default_factory=OwnCharts)
    serves: dict[str, Messenger] = field(default_factory=dict)
    introductions: dict[str, Introduction] = field(default_factory=dict)
    operator: Operator | None = None
    absences: Absences = field(default_factory=Absences)
    on_forgotten: list[Callable[[], None]] = field(default_factory=list)

    def forgotten(self) -> None:
        """Drop everything from this process's memory that may name somebody who was just forgotten."""
        self.pictures.drop()
        self.charts.drop()
        for drop in self.on_forgotten:
            drop()

    async def write_and_deliver(self, work: Callable[[Unit], Awaitable[T]]) -> T:
        """Do some work in one transaction, then have the messages that it put into the outbox delivered at once."""
        done = await self.storage.write(work)
        self.wake()
        return done

    def wake(self) -> None:
        """Have the outbox delivered now, instead of at the next tick."""
        self.waiting.set()
