"""A question that is open in a channel isn't asked there again: whoever has read its key would get points twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotFound
from bot.domain.rounds import Reveal
from bot.services.rounds.asking import ask_now
from bot.services.series.series import ask_due, ask_in_series_now
from bot.testing import draft, plain

pytestmark = pytest.mark.sqlite_first

TWO = draft("First?", "a", "b"), draft("Second?", "a", "b")


async def one_morning_later(game):
    game.clock.advance(days=1)
    for series in await game.app.storage.read(lambda unit: unit.schedules.due(game.clock.now(), ["web"])):
        await ask_due(game.app, series, timedelta(days=1))


async def test_who_asks_again_and_again_gets_every_question_once(game):
    await game.imports(*TWO)
    first, second = await game.asks(), await game.asks()
    assert first.question_id != second.question_id
    with pytest.raises(NotFound, match="Every matching question is open already"):
        await game.asks()
    await game.closes(first)
    assert (await game.asks()).question_id == first.question_id


async def test_who_asks_for_more_than_there_are_is_told_how_many(game):
    await game.imports(*TWO)
    with pytest.raises(NotFound, match="Only 2 more questions fit that aren't open here yet"):
        await game.asks(count=3)
    assert len({one.question_id for one in await ask_now(game.app, game.caller(), count=2)}) == 2


async def test_other_channels_and_other_peoples_private_questions_take_nothing_away(game):
    await game.imports()
    await game.asks()
    elsewhere = replace(game.caller("Ada"), channel="elsewhere")
    await ask_now(game.app, elsewhere, private=True)
    await ask_now(game.app, replace(game.caller("Bob"), channel="elsewhere"), private=True)
    with pytest.raises(NotFound):
        await ask_now(game.app, elsewhere)
    await ask_now(game.app, replace(game.caller("Cid"), channel="elsewhere"))


@pytest.mark.both_databases
async def test_a_series_asks_another_question_than_the_one_that_is_open(game):
    await game.imports(*TWO)
    quick = await game.asks()
    assert (await game.daily()).question_id != quick.question_id


async def test_a_series_may_repeat_its_own_question_because_that_closes_first(game):
    await game.imports()
    series = await game.series(reveal=Reveal.AT_CLOSE)
    first = await ask_in_series_now(game.app, series.id)
    assert (await ask_in_series_now(game.app, series.id)).question_id == first.question_id


async def test_two_series_that_ask_together_in_one_channel_ask_different_questions(game):
    await game.imports(*TWO)
    await game.series(name="one", together="exam")
    await game.series(name="two", together="exam")
    await one_morning_later(game)
    opened = await game.app.storage.read(lambda unit: unit.rounds.open_in(game.space.id, "study"))
    assert len({one.question_id for one in opened}) == len(opened) == 2


@pytest.mark.parametrize("together", [None, "exam"])
async def test_nobody_keeps_a_series_from_asking_by_opening_all_its_questions(game, together):
    await game.imports(*TWO)
    series = await game.series(together=together)
    game.clock.advance(days=1)
    quick = await ask_now(game.app, game.caller("Eve"), count=2)
    await ask_due(game.app, series.id, timedelta(days=1))
    opened = await game.app.storage.read(lambda unit: unit.rounds.open_in(game.space.id, "study"))
    (daily,) = [one for one in opened if one.series_id == series.id]
    assert {one.question_id for one in opened} == {one.question_id for one in quick}
    assert len(opened) == 2, "the quick one has closed"
    assert (await ask_in_series_now(game.app, series.id)).id != daily.id


async def test_a_series_whose_every_question_is_open_says_so(game):
    await game.imports()
    series = await game.series()
    await game.daily(name="before")
    with pytest.raises(NotFound, match="Every question of this series is already open here"):
        await ask_in_series_now(game.app, series.id)
    await one_morning_later(game)
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 50))
    assert any("Today's question is already open here" in plain(post.view) for post in posts)
