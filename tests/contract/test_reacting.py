"""Answers by reaction: as they come, twice, out of order, and read back after an absence."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.rounds import AnswerWith
from bot.ports import MessengerError, Reactions
from bot.scheduling.runner import Runner
from bot.services.platforms.delivery import deliver
from bot.services.rounds.asking import question_key
from bot.services.rounds.closing import PATIENCE
from bot.services.rounds.reacting import react, read_back, read_back_all
from bot.testing import FakeMessenger, draft

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def web(game):
    messenger = FakeMessenger()
    messenger.reacted = {}
    return messenger


@pytest.fixture
async def round_(game, web):
    await game.imports(draft("Which one?", "a", "b", "c", "d"))
    asked = await game.daily(answer_with=AnswerWith.REACTIONS, close_after=timedelta(hours=8))
    await deliver(game.app, {"web": web}, "one")
    return asked


@pytest.fixture
async def several(game, web):
    await game.imports(draft("Which two?", "a", "b", "c", "d", key=(0, 1), select=2), bank="several")
    asked = await game.daily(answer_with=AnswerWith.REACTIONS)
    await deliver(game.app, {"web": web}, "one")
    return asked


def ref(web, asked):
    return web.references[question_key(asked.id)]


async def puts(game, web, asked, name, position, *, on=True, **when):
    await react(game.app, game.space, "study", ref(web, asked), game.member(name), position, on=on, **when)


async def picked(game, asked):
    """The positions that stand, by name."""
    answers = await game.stored(asked)
    return {name: set(answer.response.given(asked.order)) for name, answer in answers.items() if answer.response}


async def test_the_newest_reaction_counts_and_taking_it_off_takes_the_answer_back(game, web, round_):
    await puts(game, web, round_, "Ada", 1)
    await puts(game, web, round_, "Ada", 2)
    await puts(game, web, round_, "Ada", 1, on=False)
    assert await picked(game, round_) == {"Ada": {2}}
    await puts(game, web, round_, "Ada", 2, on=False)
    assert await picked(game, round_) == {}


@pytest.mark.both_databases
async def test_where_several_are_wanted_all_count_even_at_the_same_moment(game, web, several):
    await asyncio.gather(*(puts(game, web, several, name, n) for n in (0, 1) for name in ("Ada", "Bob")))
    assert await picked(game, several) == {"Ada": {0, 1}, "Bob": {0, 1}}


async def test_where_several_are_wanted_one_that_is_overtaken_by_another_still_counts(game, web, several):
    """Slack tells when each reaction was given, and may tell of the later one first."""
    first, second = game.clock.now(), game.clock.now() + timedelta(milliseconds=5)
    game.clock.advance(seconds=1)
    await puts(game, web, several, "Ada", 1, at=second, event_id="2")
    await puts(game, web, several, "Ada", 0, at=first, event_id="1")
    assert await picked(game, several) == {"Ada": {0, 1}}
    await puts(game, web, several, "Ada", 0, on=False, at=first + timedelta(milliseconds=1), event_id="3")
    assert await picked(game, several) == {"Ada": {1}}


async def test_one_too_many_changes_nothing(game, web, several):
    for position in (0, 1, 2):
        await puts(game, web, several, "Ada", position)
    assert await picked(game, several) == {"Ada": {0, 1}}


async def test_a_replay_of_old_reactions_changes_nothing(game, web, round_):
    first, second = game.clock.now(), game.clock.now() + timedelta(seconds=5)
    await puts(game, web, round_, "Ada", 1, at=first, event_id="1")
    await puts(game, web, round_, "Ada", 2, at=second, event_id="2")
    await puts(game, web, round_, "Ada", 1, at=first, event_id="1")
    assert await picked(game, round_) == {"Ada": {2}}


async def test_a_reaction_on_any_other_message_or_space_is_none(game, web, round_):
    await react(game.app, game.space, "study", "ref-999", game.member("Ada"), 0, on=True)
    await react(game.app, game.space, "elsewhere", ref(web, round_), game.member("Ada"), 0, on=True)
    await puts(game, web, round_, "Ada", 24)
    assert await picked(game, round_) == {}


async def test_buttons_are_not_answered_with_reactions(game, web):
    await game.imports()
    asked = await game.daily()
    await deliver(game.app, {"web": web}, "one")
    await puts(game, web, asked, "Ada", 0)
    assert await picked(game, asked) == {}


async def test_what_happened_during_an_absence_is_read_back(game, web, round_):
    for name, position in (("Ada", 0), ("Bob", 1), ("Cy", 2)):
        await puts(game, web, round_, name, position)
    web.reacted[question_key(round_.id)] = Reactions(
        put_on={
            game.member("Ada"): frozenset({0}),
            game.member("Bob"): frozenset({1, 3}),
            game.member("Di"): frozenset({3}),
        }
    )
    game.clock.advance(hours=1)
    await read_back_all(game.app, "web", web)
    assert await picked(game, round_) == {"Ada": {0}, "Bob": {1}, "Di": {3}}


async def test_where_reactions_are_hidden_nobody_is_retracted(game, web, round_):
    await puts(game, web, round_, "Ada", 0)
    web.reacted[question_key(round_.id)] = Reactions(put_on={game.member("Bob"): frozenset({1})}, complete=False)
    game.clock.advance(minutes=1)
    post = await game.app.storage.read(lambda unit: unit.outbox.find(question_key(round_.id)))
    await read_back(game.app, web, post)
    assert await picked(game, round_) == {"Ada": {0}, "Bob": {1}}


async def test_where_reactions_are_hidden_several_add_up(game, web, several):
    await puts(game, web, several, "Ada", 0)
    web.reacted[question_key(several.id)] = Reactions(put_on={game.member("Ada"): frozenset({1})}, complete=False)
    game.clock.advance(minutes=1)
    await read_back_all(game.app, "web", web)
    assert await picked(game, several) == {"Ada": {0, 1}}


@pytest.mark.both_databases
async def test_what_somebody_does_while_reactions_are_read_wins(game, round_):
    """The pages that were read show Ada between two reactions: the old one is off, the new one not on yet."""

    class Meanwhile(FakeMessenger):
        async def reactions(self, _post):
            game.clock.advance(seconds=1)
            await puts(game, web, round_, "Ada", 2)
            return Reactions(put_on={})

    web = Meanwhile()
    web.references = {question_key(round_.id): "ref-1"}
    await puts(game, web, round_, "Ada", 1)
    game.clock.advance(seconds=1)
    await read_back_all(game.app, "web", web)
    assert await picked(game, round_) == {"Ada": {2}}


async def test_a_platform_that_has_none_to_read_back_is_left_alone(game, web, round_):
    await puts(game, web, round_, "Ada", 0)
    web.reacted = None
    await read_back_all(game.app, "web", web)
    assert await picked(game, round_) == {"Ada": {0}}


class DownFor(FakeMessenger):
    """A platform that can't be asked about one message."""

    async def reactions(self, post):
        if post.key == self.key:
            raise MessengerError("down")
        return await super().reactions(post)


async def test_one_round_that_cannot_be_read_holds_up_none(game, round_, several):
    platform = DownFor()
    platform.key = question_key(round_.id)
    platform.reacted = {question_key(several.id): Reactions(put_on={game.member("Bob"): frozenset({1})})}
    await read_back_all(game.app, "web", platform)
    assert await picked(game, several) == {"Bob": {1}}


async def test_reactions_are_read_back_before_a_round_closes_late(game, web, round_):
    """The bot was away over the close: what was put on meanwhile still counts."""
    web.reacted[question_key(round_.id)] = Reactions(put_on={game.member("Ada"): frozenset({round_.order.index(0)})})
    game.clock.advance(hours=9)
    runner = Runner(game.app, {"web": web}, worker="one", grace=timedelta(hours=2))
    await runner.tick()
    assert await game.points() == {"Ada": 10}


async def test_an_answer_that_was_taken_back_stays_so_at_the_close_though_an_older_reaction_stands(game, web, round_):
    right = round_.order.index(0)
    await puts(game, web, round_, "Ada", right)
    await puts(game, web, round_, "Ada", (right + 1) % 4)
    await puts(game, web, round_, "Ada", (right + 1) % 4, on=False)
    web.reacted[question_key(round_.id)] = Reactions(put_on={game.member("Ada"): frozenset({right})})
    game.clock.advance(hours=9)
    await Runner(game.app, {"web": web}, worker="one", grace=timedelta(hours=2)).tick()
    assert await picked(game, round_) == {}


async def test_reading_all_back_late_after_a_start_brings_back_no_answer_of_a_round_that_was_asked_since(
    game, web, round_
):
    """On a busy machine the reading that follows a start goes on while people play."""
    game.app.absences.begin("web")
    game.app.absences.end("web", lost_until=round_.opened_at)
    right = round_.order.index(0)
    await puts(game, web, round_, "Ada", right)
    await puts(game, web, round_, "Ada", (right + 1) % 4)
    await puts(game, web, round_, "Ada", (right + 1) % 4, on=False)
    web.reacted[question_key(round_.id)] = Reactions(put_on={game.member("Ada"): frozenset({right})})
    game.clock.advance(seconds=1)
    await read_back_all(game.app, "web", web)
    assert await picked(game, round_) == {}


@pytest.mark.both_databases
async def test_what_somebody_does_while_reactions_are_read_is_newer_though_it_began_before(game, web, round_):
    """Taking an answer back is on its way when answers are read, and stored before reactions are."""
    right = round_.order.index(0)
    await puts(game, web, round_, "Ada", right)
    await puts(game, web, round_, "Ada", (right + 1) % 4)
    begun = game.clock.now()
    game.clock.advance(seconds=1)

    class SlowToTell(FakeMessenger):
        async def reactions(self, _post):
            await puts(game, web, round_, "Ada", (right + 1) % 4, on=False, at=begun)
            return Reactions(put_on={game.member("Ada"): frozenset({right})})

    await read_back_all(game.app, "web", SlowToTell())
    assert await picked(game, round_) == {}


async def test_reactions_are_read_back_before_the_next_question_closes_the_round(game, web):
    await game.imports(draft("Which one?"), draft("Which other?"))
    daily = await game.series(answer_with=AnswerWith.REACTIONS)
    runner = Runner(game.app, {"web": web}, worker="one", grace=timedelta(hours=2))
    game.clock.set(daily.next_at)
    await runner.tick()
    (asked,) = await game.app.storage.read(lambda unit: unit.rounds.open_of_series(daily.id))
    web.reacted[question_key(asked.id)] = Reactions(put_on={game.member("Ada"): frozenset({asked.order.index(0)})})
    game.clock.advance(days=1)
    await runner.tick()
    assert await game.points() == {"Ada": 10}


async def test_a_close_waits_for_a_platform_that_is_down_but_not_for_ever(game, web, round_):
    runner = Runner(game.app, {"web": web}, worker="one", grace=timedelta(hours=2))

    async def is_open():
        return (await game.app.storage.read(lambda unit: unit.rounds.find(round_.id))).closed_at is None

    game.clock.advance(hours=8)
    web.fail_next(MessengerError("down"))
    await runner.tick()
    assert await is_open()
    game.clock.advance(seconds=PATIENCE.total_seconds())
    web.fail_next(MessengerError("down"))
    await runner.tick()
    assert not await is_open()
