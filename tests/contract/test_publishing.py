"""Standings that everybody may see who has the link."""

from bot.services.standings.public_link import public_league, publish, unpublish
from bot.testing import Conversation


async def test_a_link_opens_the_standings_until_they_are_closed(game):
    key = await publish(game.app, game.space.id, actor="Ada")
    league = await public_league(game.app, key)
    assert league is not None
    assert league.id == game.space.league_id
    assert await unpublish(game.app, game.space.id, actor="Ada")
    assert await public_league(game.app, key) is None


async def test_opening_twice_keeps_the_link(game):
    key = await publish(game.app, game.space.id, actor="Ada")
    assert await publish(game.app, game.space.id, actor="Bo") == key


async def test_a_link_of_before_opens_nothing_once_they_were_closed(game):
    old = await publish(game.app, game.space.id, actor="Ada")
    await unpublish(game.app, game.space.id, actor="Ada")
    assert await publish(game.app, game.space.id, actor="Ada") != old
    assert await public_league(game.app, old) is None


async def test_closing_what_is_closed_changes_nothing(game):
    assert not await unpublish(game.app, game.space.id, actor="Ada")


async def test_both_are_noted(game):
    await publish(game.app, game.space.id, actor="Ada")
    await unpublish(game.app, game.space.id, actor="Bo")
    entries = await game.app.storage.read(lambda unit: unit.audit.about(f"league {game.space.league_id}"))
    assert [(entry.actor, entry.action) for entry in entries] == [
        ("Ada", "standings made public"),
        ("Bo", "standings made private"),
    ]


async def test_hosts_switch_it_in_chat(app, space):
    host = Conversation(app, space, is_host=True)
    await host.follows(
        [
            ("/league public", "On or off?"),
            ("/league public on", "can read the standings…http://127.0.0.1:8080/public/"),
            ("/league public off", "The link doesn't work any more."),
            ("/league public off", "There is no public link."),
        ]
    )


async def test_nobody_else_switches_it(app, space):
    await Conversation(app, space).follows([("/league public on", "Only a host can do that.")])
