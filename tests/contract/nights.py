"""Quiz nights second by second, as the scheduler drives them."""

import sqlalchemy as sa

from bot.domain.views import MessageView
from bot.services import night
from bot.services.platforms.delivery import deliver
from bot.services.rounds.closing import close_round


async def beat(game, app=None):
    """What the scheduler does each second."""
    app = app or game.app
    due = await app.storage.read(lambda unit: unit.rounds.due_to_close(game.clock.now(), [game.space.adapter]))
    for round_id in due:
        await close_round(app, round_id)
    for one in await app.storage.read(lambda unit: unit.nights.going_on([game.space.adapter])):
        await night.move_on(app, one)


async def open_round(game, channel="study"):
    rounds = await game.app.storage.read(lambda unit: unit.rounds.open_in(game.space.id, channel))
    return rounds[0] if rounds else None


async def steps(game, seconds, app=None):
    for _second in range(seconds):
        game.clock.advance(seconds=1)
        await beat(game, app)


async def told(game, channel="study") -> list[MessageView]:
    return [post.view for post in await game.app.storage.read(lambda u: u.outbox.recent(game.space.id, channel, 99))]


async def titles(game, channel="study"):
    return [view.title for view in await told(game, channel)]


async def asked(game, started):
    return await game.app.storage.read(lambda unit: unit.nights.asked(started.id))


class KilledError(BaseException):
    """The process ends here."""


class Deadly:
    """Ends a process at every statement of its writing transactions, once at each ``step`` of a night; None: at none.

    On PostgreSQL, where reading and writing share their connections, also at those that read.
    """

    def __init__(self, app) -> None:
        self.step = None
        self.survived = set()
        sa.event.listen(app.storage._writing.sync_engine, "before_cursor_execute", self._send)

    def _send(self, _connection, _cursor, statement, *_about) -> None:
        if self.step is not None and (self.step, statement) not in self.survived:
            self.survived.add((self.step, statement))
            raise KilledError


async def one_moment(game, web, deadly, *started) -> None:
    """Do what is due and deliver it, in as many lives as it takes."""
    while True:
        deadly.step = str([await asked(game, one) for one in started])
        try:
            await beat_and_deliver(game, web)
        except KilledError:
            continue
        else:
            return
        finally:
            deadly.step = None


async def beat_and_deliver(game, web, app=None) -> None:
    await beat(game, app)
    while await deliver(app or game.app, {"web": web}, f"life {game.app.ids.next()}"):
        pass
