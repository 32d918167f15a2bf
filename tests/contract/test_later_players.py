"""Which player an account may belong to since accounts were linked and separated."""

import pytest
import sqlalchemy as sa

from bot.services.forgetting import forget_accounts
from bot.services.leagues.spaces import ensure_space
from bot.storage import tables as t
from tests.contract.test_linking import link, person


@pytest.fixture
async def there(game):
    other = await ensure_space(game.app, "slack", "T1", "Slack group", "Asia/Tokyo")
    return type(game)(game.app, other, game.clock)


async def test_what_became_of_a_player_is_known_as_long_as_anybody_is_there_whom_it_became(game, there):
    await game.app.storage.write(lambda unit: unit.people.ensure_player(there.member("Ada")))
    ada, lovelace = await number(there, "Ada"), await number(game, "Lovelace")
    await link(there, game, "Ada", "Lovelace")
    await person(game, "Lovelace").says("/quiz unlink")
    parted = await number(game, "Lovelace")
    await link(there, there, "Ada", "Bob")
    assert len({ada, lovelace, parted}) == 3
    assert await may_be_same_player(game, parted, lovelace)
    assert await may_be_same_player(game, parted, ada), "one account may be meant or the other"
    assert not await may_be_same_player(game, lovelace, parted)
    await forget_accounts(game.app, [there.member("Ada")])
    await forget_accounts(game.app, [there.member("Bob")])
    assert await may_be_same_player(game, parted, lovelace), "by way of a player who is gone"
    assert not await may_be_same_player(game, await number(game, "Eve"), lovelace)
    await forget_accounts(game.app, [game.member("Lovelace")])
    rows = await game.app.storage.read_raw(lambda connection: connection.execute(sa.select(t.later_players)))
    assert rows.all() == []


async def number(side, name):
    return await side.app.storage.write(lambda unit: unit.people.ensure_player(side.member(name)))


async def may_be_same_player(game, player_id, then):
    return await game.app.storage.read(lambda unit: unit.people.may_be_same_player(player_id, then))
