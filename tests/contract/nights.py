"""Quiz nights second by second, as the scheduler drives them."""

from bot.domain.views import MessageView
from bot.services import night
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
