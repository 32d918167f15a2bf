"""Both sides of a wish to be one player act in the same moment."""

import asyncio

from bot.storage.wishes import SqlWishes
from tests.contract.accounts import code_of, person
from tests.contract.locking import held_up


async def test_both_sides_may_say_yes_in_the_same_moment(game, monkeypatch):
    """The second yes comes while the first is being stored."""
    await person(game, "Alias").says(f"/quiz link {await code_of(game)}")
    put = SqlWishes.put
    storing = asyncio.Event()

    async def put_and_dawdle(*args):
        monkeypatch.setattr(SqlWishes, "put", put)
        await put(*args)
        storing.set()
        await held_up(game.app, second)

    async def say_yes():
        await storing.wait()
        return await person(game, "Alias").says("/quiz link confirm")

    monkeypatch.setattr(SqlWishes, "put", put_and_dawdle)
    second = asyncio.create_task(say_yes())
    await person(game).says("/quiz link confirm")
    assert "You are one player now" in await second
