"""A space with a daily question, and people who are reminded of it or aren't."""

from datetime import UTC, datetime, time, timedelta

from bot.domain.series import Timetable
from bot.scheduling.runner import Runner
from bot.services.series.series import add_series
from bot.testing import Conversation, FakeMessenger, draft, plain

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


class Room:
    """A runner for a space with a daily question at nine, and people who answer it or don't."""

    def __init__(self, game, messenger):
        self.game, self.messenger, self.space = game, messenger, game.space
        self.runner = self.restarted()

    def restarted(self):
        self.runner = Runner(self.game.app, {"web": self.messenger}, worker="one", grace=timedelta(hours=2))
        return self.runner

    async def at(self, moment):
        """Let the clock show a moment, and the runner do all that is due."""
        self.game.clock.set(moment)
        await self.beat()

    async def beat(self):
        """One beat, without the weekly posts, whose cards take long to paint."""
        await self.runner._beat()
        await self.runner._deliver_all()

    async def round(self):
        """The open round of the series in the study channel."""
        (open_,) = await self.game.app.storage.read(lambda unit: unit.rounds.open_in(self.space.id, "study"))
        return open_

    async def answers(self, *names):
        """These people answer it."""
        for name in names:
            await Conversation(self.game.app, self.space, speaker=name).answers(await self.round(), frozenset({0}))

    async def says(self, who, text):
        return await Conversation(self.game.app, self.space, speaker=who).says(text)

    @property
    def reminded(self):
        """Whom the messenger was to bring what."""
        return [(post.private_to, plain(post.view)) for post in self.messenger.shown.values() if post.is_direct]


async def a_room(game):
    await game.imports(*(draft(f"{number}?") for number in range(60)))
    game.clock.set(MONDAY)
    return Room(game, FakeMessenger())


async def daily(room, zone="UTC", **options):
    return await add_series(room.game.app, room.space, "study", Timetable(at=time(9), zone=zone), **options)


async def with_a_streak(room, *names, **options):
    """A first day on which these people answer, and the question of the second day, which nobody has answered yet."""
    await daily(room, **options)
    for name in names:
        assert "two hours before" in await room.says(name, "/quiz reminders on")
    await room.at(MONDAY + timedelta(hours=9))
    await room.answers(*names)
    await room.at(MONDAY + timedelta(days=1, hours=9))
