"""What goes wrong between the bot and Discord costs no answer, no question, and nobody's patience."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.ports import Post
from bot.services.chat.commands import playing
from bot.services.rounds.closing import close_round
from tests.adapters.discord.conftest import SINGLE
from tests.platforms.discord import CONNECTION_LOST, INVITED, Callback, May, Message, render
from tests.platforms.discord.interactions import TO_ACKNOWLEDGE_S

POSTS = r"POST /channels/\d+/messages$"


async def paused(unit):
    """Whether each series is paused."""
    return [series.paused for series in await unit.schedules.all()]


@pytest.mark.parametrize(
    "trouble",
    [
        lambda server: server.storm(3, match=POSTS),
        lambda server: server.storm(3, match=POSTS, scope="global"),
        lambda server: server.fail_next(500, match=POSTS),
        lambda server: server.fail_next(502, match=POSTS, after_work=True),
        lambda server: server.fail_next(CONNECTION_LOST, match=POSTS),
        lambda server: server.fail_next(CONNECTION_LOST, match=POSTS, after_work=True),
        lambda server: server.slow(POSTS, 1.0),
    ],
    ids=["429", "429 for all", "500", "502 afterwards", "cut off", "cut off afterwards", "slow"],
)
async def test_a_question_is_posted_once_whatever_happens_to_the_request(bot, trouble):
    trouble(bot.server)
    await bot.server.command(bot.ada, bot.channel, "quiz")
    await bot.server.until(lambda: bot.channel.messages)
    await bot.round(bot.channel.last)
    assert len(bot.channel.messages) == 1


async def test_a_click_is_replied_to_through_a_storm(bot):
    question = await bot.ask()
    bot.server.storm(2, match="/callback")
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    bot.server.fail_next(500, match="/callback", after_work=True)
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()


async def test_a_click_whose_commit_takes_long_is_acknowledged_first(bot):
    question = await bot.ask()
    await bot.round(question)
    hold = asyncio.Event()

    async def busy(_unit):
        await hold.wait()

    writing = asyncio.create_task(bot.app.storage.write(busy))
    click = await bot.server.click(bot.ada, question, question.button("A"))
    await click.acknowledged()
    assert click.callback is Callback.DEFERRED_MESSAGE
    assert click.acknowledged_after < TO_ACKNOWLEDGE_S
    assert not click.is_shown
    hold.set()
    await writing
    await click.replied()
    assert click.ephemeral
    assert len(await bot.answers(question)) == 1


async def test_the_same_click_twice_is_one_answer_and_one_reply(bot):
    question = await bot.ask()
    bot.server.deliver_twice("INTERACTION_CREATE")
    click = await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    await bot.server.until(lambda: len(bot.server.calls("/callback")) >= 2)
    assert len(await bot.answers(question)) == 1
    assert not click.followups


async def test_a_click_while_the_network_is_slow_is_kept(bot):
    question = await bot.ask()
    bot.server.slow("/callback", 60)
    await bot.server.click(bot.ada, question, question.button("A"))
    asked = await bot.round(question)
    await bot.stored(lambda unit: unit.rounds.answered([asked.id]), {asked.id: 1})
    bot.server.slow("/callback", 0)


async def test_forged_ids_are_refused_kindly_and_change_nothing(bot):
    question = await bot.ask()
    asked = await bot.round(question)
    random = Random(5)
    forged = [
        "".join(random.choices("answer:s0123456789 x-\n", k=random.randint(1, 100))) for _number in range(995)
    ] + [f"answer:{asked.id}:9", f"answer:{asked.id}:24", f"answers:{asked.id}", f"answer:{asked.id + 1}:0", "answer::"]
    clicks = [await bot.server.click(bot.ada, question, custom_id, unchecked=True) for custom_id in forged]
    for click in clicks:
        await click.replied()
        assert click.ephemeral
        assert "broke" not in click.content
    assert await bot.answers(question) == {}


async def test_the_rounds_of_another_server_or_channel_cannot_be_answered(bot):
    question = await bot.ask()
    elsewhere = bot.guild.add_channel("lobby")
    theirs = bot.server.add_guild("Another group")
    foreign = theirs.add_channel("study")
    theirs.add_member(bot.ada)
    for channel in (elsewhere, foreign):
        question.channel, kept = channel, question.channel
        click = await bot.server.click(bot.ada, question, question.button("A"), unchecked=True)
        question.channel = kept
        assert "isn't here any more" in (await click.replied()).content
    assert await bot.answers(question) == {}


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        (May.SEND_MESSAGES, "Send Messages"),
        (May.EMBED_LINKS, "Embed Links"),
        (May.VIEW_CHANNEL, "View Channel"),
    ],
)
async def test_a_channel_that_is_closed_to_the_bot_is_parked_and_its_owner_told_what_is_missing(bot, lacking, words):
    await bot.daily()
    bot.channel.let_bot(INVITED & ~lacking)
    await bot.asks_by_itself()
    assert "/daily resume" in await bot.owner_is_told(words)
    await bot.stored(paused, [True])


async def test_an_owner_who_takes_no_messages_keeps_nothing_waiting(bot):
    await bot.daily()
    bot.guild.owner.takes_messages = False
    bot.channel.let_bot(INVITED & ~May.SEND_MESSAGES)
    await bot.asks_by_itself()
    tomorrow = bot.app.clock.now() + timedelta(days=1)
    await bot.stored(paused, [True])
    await bot.stored(lambda unit: unit.outbox.waiting_lanes(["discord"], tomorrow), [])


async def test_a_deleted_question_ends_its_round(bot):
    question = await bot.daily_question()
    asked = await bot.round(question)
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    await bot.server.delete_message(question)
    result = await bot.server.until(lambda: bot.channel.messages and bot.channel.last)
    assert "1 answered." in render(result)
    closed = await bot.app.storage.read(lambda unit: unit.rounds.find(asked.id))
    assert closed.closed_at


async def test_a_question_that_was_deleted_unheard_is_noticed_at_the_next_count(start_bot, server):
    bot, _own = await start_bot(SINGLE)
    question = await bot.daily_question()
    asked = await bot.round(question)
    custom_id = question.button("A")
    del bot.channel.messages[question.id]  # in an outage of the gateway, say
    await (await server.click(bot.ada, question, custom_id, unchecked=True)).replied()
    await close_round(bot.app, asked.id)
    bot.app.wake()
    result = await server.until(lambda: bot.channel.messages and bot.channel.last)
    assert "Right answer" in render(result)


async def test_a_deleted_channel_stops_its_series(bot):
    await bot.daily_question()
    await bot.server.delete_channel(bot.channel)
    await bot.owner_is_told("The channel #study was deleted.")
    await bot.stored(paused, [True])


async def test_a_question_that_got_there_before_a_crash_is_found(bot):
    question = await bot.ask()
    asked = await bot.round(question)
    for _number in range(150):
        bot.channel.messages[bot.server.world.ids.next()] = _chatter(bot)
    post = await bot.app.storage.read(lambda unit: unit.outbox.find(f"q{asked.id}"))
    assert await bot.adapter.messenger.find(post) == str(question.id)


async def test_a_result_that_got_there_before_a_crash_is_found_by_its_words(bot):
    question = await bot.daily_question()
    asked = await bot.round(question)
    await close_round(bot.app, asked.id)
    bot.app.wake()
    result = await bot.server.until(lambda: bot.channel.last.reply_to and bot.channel.last)
    post = await bot.app.storage.read(lambda unit: unit.outbox.find(f"r{asked.id}"))
    assert await bot.adapter.messenger.find(replace(post, reply_ref=str(question.id))) == str(result.id)


async def test_what_was_never_posted_is_not_found(bot):
    question = await bot.ask()
    asked = await bot.round(question)
    post = await bot.app.storage.read(lambda unit: unit.outbox.find(f"q{asked.id}"))
    other = Post(
        key="q1", space_id=post.space_id, channel=post.channel, view=post.view, posted_at=post.posted_at, round_id=1
    )
    assert await bot.adapter.messenger.find(other) is None


def _chatter(bot):
    return Message(id=bot.server.world.ids.next(), channel=bot.channel, author=bot.ada, content="hm")


async def test_a_message_that_takes_no_more_edits_is_left_alone(start_bot, server, clock):
    bot, _own = await start_bot(SINGLE, clock=clock)
    question = await bot.daily_question(reveal="at_close")
    server.world.old_edits = 0
    clock.advance(hours=2)
    await (await server.click(bot.ada, question, question.button("A"))).replied()
    await server.until(lambda: server.calls(f"PATCH .*{question.id}"))
    assert question.edits == 0


async def test_errors_in_the_program_are_told_kindly(bot, monkeypatch):
    async def broken(*_args, **_more):
        raise RuntimeError("a bug")

    monkeypatch.setattr(playing, "stats", broken)
    reply = await (await bot.server.command(bot.ada, bot.channel, "stats")).replied()
    assert "Something broke here" in reply.content
    assert "a bug" not in reply.content
