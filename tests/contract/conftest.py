"""A quiz in few words: questions are imported, asked, answered and closed through the real use cases."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import count

import pytest

from bot.application import Application
from bot.domain.answers import AnswerOutcome, SubmitAnswer
from bot.domain.commands import Caller
from bot.domain.drafts import QuestionDraft
from bot.domain.grading import in_points
from bot.domain.identity import Member, Space
from bot.domain.rounds import Round
from bot.domain.series import Series, Timetable
from bot.domain.standings import Ranked, Window
from bot.services.banks.storing import ImportReport, import_document
from bot.services.rounds.asking import ask_now
from bot.services.rounds.closing import close_round
from bot.services.series.series import add_series, ask_in_series_now
from bot.services.standings.scores import standings, verify
from bot.testing import FakeClock, document, draft
from tests.contract.bringing import HereReader, Host


@dataclass
class Game:
    """One space where people play."""

    app: Application
    space: Space
    clock: FakeClock
    _events: count = field(default_factory=count)

    async def imports(self, *drafts: QuestionDraft, bank: str = "bank", **options) -> ImportReport:
        return await import_document(self.app, document(*(drafts or (draft(),))), bank=bank, **options)

    def member(self, name: str) -> Member:
        return Member(space_id=self.space.id, external_id=name.casefold(), name=name)

    def caller(self, name: str = "Ada", *, is_host: bool = False) -> Caller:
        return Caller(space=self.space, channel="study", member=self.member(name), is_host=is_host)

    async def asks(self, **options) -> Round:
        """An on-demand round."""
        (round_,) = await ask_now(self.app, self.caller(), **options)
        return round_

    async def series(self, **options) -> Series:
        """A daily series at nine in Berlin, which is eight in UTC."""
        timetable = options.pop("timetable", Timetable(at=time(9), zone="Europe/Berlin"))
        return await add_series(self.app, self.space, "study", timetable, **options)

    async def daily(self, **options) -> Round:
        """A round of a new series."""
        return await ask_in_series_now(self.app, (await self.series(**options)).id)

    def click(self, round_: Round, name: str, *choices: int, at: datetime | None = None, event: str | None = None):
        """A click on choices by their ids."""
        return SubmitAnswer(
            round_id=round_.id,
            channel="study",
            member=self.member(name),
            given=frozenset(round_.order.index(choice) for choice in choices),
            at=at or self.clock.now(),
            event_id=event or f"event-{next(self._events):06}",
        )

    async def answers(self, round_: Round, name: str, *choices: int, **options) -> AnswerOutcome:
        """Somebody clicks; the first choice of a draft (id 0) is right unless the test says otherwise."""
        return await self.app.answers.submit(self.click(round_, name, *choices, **options))

    async def closes(self, round_: Round) -> None:
        await close_round(self.app, round_.id)

    async def stored(self, round_: Round):
        """The answers of a round by the players' names."""

        async def read(unit):
            answers = await unit.answers.of_round(round_.id)
            names = await unit.people.names([answer.player_id for answer in answers])
            return {names[answer.player_id]: answer for answer in answers}

        return await self.app.storage.read(read)

    async def points(self, window: Window = Window.ALL, by: Ranked = Ranked.PLAYER) -> dict[str, float]:
        """The leaderboard: points by name."""
        board = await standings(self.app, league=None, window=window, by=by)
        return {standing.name: in_points(float(standing.points)) for standing in board}

    async def agrees(self) -> None:
        """Every total is what the answers give."""
        assert await verify(self.app) == []

    async def later(self, **parts: float) -> None:
        self.clock.advance(**parts)

    async def at_once(self, *clicks: SubmitAnswer) -> list[AnswerOutcome]:
        """Many clicks in the same moment."""
        return await asyncio.gather(*(self.app.answers.submit(click) for click in clicks))


@pytest.fixture
async def game(app: Application, space: Space, clock: FakeClock) -> Game:
    """A space with people and no questions yet."""
    return Game(app, space, clock)


@pytest.fixture
def hana(game):
    """A host who brings files, which are read in this process."""
    object.__setattr__(game.app, "files", HereReader())
    return Host(game)
