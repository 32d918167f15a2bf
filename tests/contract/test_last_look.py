"""Whatever closes a round that is answered with reactions, they are read before it closes."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.answers import AnswerStatus
from bot.domain.rounds import AnswerWith
from bot.ports import HOSTS, Forbidden, Gone, MessengerError, Reactions
from bot.scheduling.runner import Runner
from bot.services.platforms.delivery import deliver
from bot.services.platforms.gone import channel_gone
from bot.services.rounds.asking import question_key, result_key
from bot.services.rounds.closing import PATIENCE, close_round
from bot.services.rounds.reacting import react, read_back_all
from bot.services.series.series import add_series, ask_in_series_now, remove_series
from bot.testing import FakeMessenger, application_on, draft, plain

pytestmark = pytest.mark.sqlite_first

SECOND = timedelta(seconds=1)


@pytest.fixture
async def web(game):
    messenger = FakeMessenger()
    messenger.reacted = {}
    return messenger


@pytest.fixture
async def runner(game, web):
    """The process that serves the platform."""
    return Runner(game.app, {"web": web}, worker="one", grace=timedelta(hours=2))


@pytest.fixture
async def daily(game, runner):
    """A series that has asked its first question by reactions."""
    await game.imports(draft("Which one?"), draft("Which other?"))
    series = await game.series(answer_with=AnswerWith.REACTIONS)
    game.clock.set(series.next_at)
    await runner.tick()
    return series


@pytest.fixture
async def asked(game, daily):
    (round_,) = await game.app.storage.read(lambda unit: unit.rounds.open_of_series(daily.id))
    return round_


def stands(game, web, asked, *names, right=True, complete=True):
    """Under the question stand these people's reactions."""
    position = asked.order.index(0 if right else 1)
    there = {game.member(name): frozenset({position}) for name in names}
    web.reacted[question_key(asked.id)] = Reactions(put_on=there, complete=complete)


async def is_open(game, round_):
    return (await game.app.storage.read(lambda unit: unit.rounds.find(round_.id))).closed_at is None


async def asks_now(game, daily, _runner):
    await ask_in_series_now(game.app, daily.id)


async def sets_it_anew(game, daily, _runner):
    await add_series(game.app, game.space, "study", daily.timetable, replaces=[daily])


async def stops_it(game, daily, _runner):
    await remove_series(game.app, daily.id)


async def next_morning(game, _daily, runner):
    game.clock.advance(days=1)
    await runner.tick()


async def closes_the_channel(game, _daily, _runner):
    await channel_gone(game.app, game.space, "study", "I may not write there.")


@pytest.mark.parametrize("end", [asks_now, sets_it_anew, stops_it, next_morning, closes_the_channel])
async def test_what_nobody_heard_counts_whatever_ends_the_round(game, web, runner, daily, asked, end):
    stands(game, web, asked, "Ada")
    game.clock.advance(SECOND)
    await end(game, daily, runner)
    assert not await is_open(game, asked)
    assert await game.points() == {"Ada": 10}
    await game.agrees()


@pytest.mark.parametrize("end", [asks_now, sets_it_anew, stops_it])
async def test_what_the_command_line_ends_is_read_and_closed_by_the_running_bot(
    game, url, web, runner, daily, asked, end
):
    stands(game, web, asked, "Ada")
    game.clock.advance(SECOND)
    async with application_on(url, clock=game.clock, seed=2) as command_line:
        await end(type(game)(command_line, game.space, game.clock), daily, None)
    assert await is_open(game, asked)
    await runner.tick()
    assert not await is_open(game, asked)
    assert await game.points() == {"Ada": 10}
    assert result_key(asked.id) in web.shown


async def test_a_round_that_was_ended_takes_no_answer_from_then_on(game, url, web, runner, daily, asked):
    assert (await game.answers(asked, "Ada", 1)).status is AnswerStatus.SAVED
    game.clock.advance(SECOND)
    async with application_on(url, clock=game.clock, seed=2) as command_line:
        await ask_in_series_now(command_line, daily.id)
    late = await game.answers(asked, "Ada", 0, at=game.clock.now())
    in_time = await game.answers(asked, "Bob", 0, at=game.clock.now() - timedelta(microseconds=1))
    assert (late.status, in_time.status) == (AnswerStatus.CLOSED, AnswerStatus.SAVED)


@pytest.mark.both_databases
async def test_two_that_close_at_once_make_one_result(game, web, asked):
    stands(game, web, asked, "Ada", "Bob")
    game.clock.advance(SECOND)
    await asyncio.gather(*(close_round(game.app, asked.id) for _ in range(4)))
    await deliver(game.app, {"web": web}, "one")
    assert await game.points() == {"Ada": 10, "Bob": 10}
    assert [key for _done, key in web.log].count(result_key(asked.id)) == 1
    await game.agrees()


async def hosts_read(game, web):
    await deliver(game.app, {"web": web}, "one")
    return [plain(post.view) for key, post in web.shown.items() if post.channel == HOSTS and key.startswith("u")]


@pytest.fixture
def down(web, monkeypatch):
    """Lets the platform answer with an error from now on; None: it answers again."""

    async def reactions(post):
        if error := failing.get("error"):
            raise error
        return web.reacted.get(post.key, Reactions(put_on={}))

    failing = {}
    monkeypatch.setattr(FakeMessenger, "reactions", lambda _self, post: reactions(post))
    return lambda error: failing.update(error=error)


async def test_a_platform_that_is_down_holds_up_the_close_and_not_the_next_question(
    game, web, runner, daily, asked, down
):
    stands(game, web, asked, "Ada")
    game.clock.advance(SECOND)
    down(MessengerError("down"))
    following = await ask_in_series_now(game.app, daily.id)
    await runner.tick()
    assert question_key(following.id) in web.shown
    assert await is_open(game, asked)
    game.clock.advance(PATIENCE - SECOND)
    await runner.tick()
    assert await is_open(game, asked)
    down(None)
    await runner.tick()
    assert await game.points() == {"Ada": 10}
    assert await hosts_read(game, web) == []


async def test_a_close_does_not_wait_for_ever_and_hosts_are_told_once(game, web, runner, daily, asked, down):
    down(MessengerError("down"))
    await ask_in_series_now(game.app, daily.id)
    game.clock.advance(PATIENCE)
    await runner.tick()
    await runner.tick()
    assert not await is_open(game, asked)
    (told,) = await hosts_read(game, web)
    assert "Which" in told
    assert "couldn't be reached" in told
    assert result_key(asked.id) in web.shown


async def test_reactions_that_the_bot_may_not_see_hold_up_nothing_and_hosts_read_why(game, web, daily, asked, down):
    down(Forbidden("Allow me to read the channel's history."))
    await ask_in_series_now(game.app, daily.id)
    assert not await is_open(game, asked)
    (told,) = await hosts_read(game, web)
    assert "Allow me to read the channel's history." in told


async def test_of_a_message_that_is_gone_nobody_is_told(game, web, daily, asked, down):
    down(Gone("deleted"))
    await ask_in_series_now(game.app, daily.id)
    assert not await is_open(game, asked)
    assert await hosts_read(game, web) == []


async def test_what_can_be_read_half_is_read_again_as_a_whole(game, web, runner, asked, monkeypatch):
    """The database refuses after the first answers: nothing closes before all are stored."""
    stands(game, web, asked, "Ada", "Bob", "Cy")
    submit, refused = game.app.answers.submit, []

    async def second_fails(submitted):
        if submitted.member.name == "Bob" and not refused:
            refused.append(submitted)
            raise MessengerError("busy")
        return await submit(submitted)

    monkeypatch.setattr(game.app.answers, "submit", second_fails)
    game.clock.advance(SECOND)
    await game.app.storage.write(lambda unit: unit.rounds.end(asked.id, game.clock.now()))
    await runner.tick()
    assert refused
    assert await is_open(game, asked)
    await runner.tick()
    assert await game.points() == {"Ada": 10, "Bob": 10, "Cy": 10}


async def takes_it_back(game, web, asked, name):
    """Somebody reacts, and takes it off again: what is stored is an answer that was taken back."""
    reference, position = web.references[question_key(asked.id)], asked.order.index(0)
    for on in (True, False):
        await react(game.app, game.space, "study", reference, game.member(name), position, on=on)
        game.clock.advance(SECOND)


async def test_after_an_absence_a_reaction_counts_that_was_taken_back_before(game, web, daily, asked):
    await takes_it_back(game, web, asked, "Ada")
    stands(game, web, asked, "Ada")  # put on again while nobody listened
    game.clock.advance(SECOND)
    game.app.absences.begin("web")
    game.app.absences.end("web", lost_until=game.clock.now())
    await ask_in_series_now(game.app, daily.id)
    assert await game.points() == {"Ada": 10}


async def test_what_was_read_back_after_an_absence_is_not_revived_by_the_close(game, web, daily, asked):
    game.app.absences.end("web", lost_until=game.clock.now() + SECOND)
    game.clock.advance(SECOND)
    await read_back_all(game.app, "web", web)
    await takes_it_back(game, web, asked, "Ada")
    stands(game, web, asked, "Ada")  # an older one, which doesn't count where one choice is wanted
    await ask_in_series_now(game.app, daily.id)
    assert await game.points() == {}


async def test_what_could_not_be_read_back_after_an_absence_is_made_up_at_the_close(game, web, daily, asked, down):
    await takes_it_back(game, web, asked, "Ada")
    stands(game, web, asked, "Ada")
    game.app.absences.end("web", lost_until=game.clock.now())
    down(MessengerError("down"))
    await read_back_all(game.app, "web", web)
    assert await game.points() == {}
    down(None)
    await ask_in_series_now(game.app, daily.id)
    assert await game.points() == {"Ada": 10}


async def test_buttons_are_closed_without_asking_the_platform(game, web, runner, down):
    await game.imports()
    series = await game.series()
    round_ = await ask_in_series_now(game.app, series.id)
    down(MessengerError("down"))
    await remove_series(game.app, series.id)
    assert not await is_open(game, round_)
