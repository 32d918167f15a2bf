"""Nothing tells the answer early, pings anybody, or wears out Discord's patience."""

import asyncio
from pathlib import Path

import discord
import pytest

from adapters.discord.controls import sign
from adapters.discord.gate import Gate
from adapters.discord.permissions import invitation, needed
from bot.domain.drafts import QuestionDraft
from bot.services.rounds.closing import close_round
from tests.adapters.discord.conftest import RIGHT_WHY, SINGLE
from tests.platforms.discord import Callback, Message, render


@pytest.mark.parametrize("answer_with", ["buttons", "reactions"])
async def test_nothing_that_was_sent_before_the_close_tells_the_answer(bot, answer_with):
    question = await bot.daily_question(reveal="at_close", answer_with=answer_with)
    for number, position in enumerate((0, 1, 2, 3)):
        person = bot.server.add_user(f"Member {number}", bot.guild)
        if answer_with == "reactions":
            await bot.server.until(lambda: len(question.reactions) == 4)
            await bot.server.react(person, question, sign(position))
        else:
            await (await bot.server.click(person, question, question.button("ABCD"[position]))).replied()
    asked = await bot.round(question)
    await bot.stored(lambda unit: unit.rounds.answered([asked.id]), {asked.id: 4})
    await bot.server.until(lambda: "4 answered." in render(question))
    before = bot.server.clock.elapsed()
    for secret in (RIGHT_WHY, "explained-in-general", "Right answer", "is right", "isn't it"):
        assert bot.server.sent(secret, before) == []
    await close_round(bot.app, asked.id)
    bot.app.wake()
    await bot.server.until(lambda: bot.server.sent(RIGHT_WHY))


async def test_custom_ids_and_positions_say_nothing_but_the_position(bot):
    question = await bot.ask()
    asked = await bot.round(question)
    ids = [control["custom_id"] for control in question.controls]
    assert ids == [f"answer:{asked.id}:{position}" for position in range(4)]
    assert {control["style"] for control in question.controls} == {2}


EVIL = QuestionDraft(
    line=1,
    stem="@everyone @here <@&1> <@1> what now?",
    choices=("@everyone", "<@&1> `@here`", "[x](https://evil.example)", "```\n@everyone\n```"),
    key=(0,),
    explanation="@everyone should know",
)


async def test_no_text_of_anybodys_notifies_anybody(start_bot, server):
    bot, _own = await start_bot(EVIL)
    question = await bot.ask()
    person = server.add_user("@everyone <@1> **bold**", bot.guild)
    await (await server.click(person, question, question.button("A"))).replied()
    await (await server.command(person, bot.channel, "team create", {"name": "@everyone"})).replied()
    await (await server.command(person, bot.channel, "team list")).replied()
    await close_round(bot.app, (await bot.round(question)).id)
    bot.app.wake()
    await server.until(lambda: bot.channel.last.reply_to and bot.channel.last)
    for message in bot.channel.messages.values():
        assert (message.pings.everybody, message.pings.roles, message.pings.users) == (False, (), ())
    sent = [request for request in server.requests if request.method in {"POST", "PATCH"} and request.body]
    bodies = [request.body.get("data") or request.body for request in sent if isinstance(request.body, dict)]
    speaking = [body for body in bodies if "content" in body or "embeds" in body]
    assert speaking
    assert all(body["allowed_mentions"] == {"parse": [], "replied_user": False} for body in speaking)


async def test_two_hundred_people_in_two_seconds_are_all_told_in_time_and_kept(start_bot):
    bot, _own = await start_bot(SINGLE, gate=Gate())
    question = await bot.daily_question(reveal="at_close")
    asked = await bot.round(question)
    people = [bot.server.add_user(f"Member {number}", bot.guild) for number in range(200)]
    bot.server.rate_limits.on = True
    clicks = []
    for number, person in enumerate(people):
        clicks.append(await bot.server.click(person, question, question.button("ABCD"[number % 4])))
        await asyncio.sleep(0.01)
    for click in clicks:
        await click.replied()
    assert max(click.acknowledged_after for click in clicks) < 3
    assert {click.callback for click in clicks} <= {Callback.MESSAGE, Callback.DEFERRED_MESSAGE}
    assert await bot.app.storage.read(lambda unit: unit.rounds.answered([asked.id])) == {asked.id: 200}
    edits = len(bot.server.calls(f"PATCH /channels/.*{question.id}"))
    assert edits <= 5
    await bot.server.until(lambda: "200 answered." in render(question))
    assert bot.server.rate_limits.refused == []


async def test_a_morning_in_many_channels_meets_no_429(start_bot, server):
    bot, _own = await start_bot(SINGLE, gate=Gate())
    channels = [bot.guild.add_channel(f"study-{number}") for number in range(60)]
    server.rate_limits.on = True
    for channel in channels:
        await server.command(bot.ada, channel, "quiz")
    await server.until(lambda: all(channel.messages for channel in channels))
    assert server.rate_limits.refused == []


class CountingGate(Gate):
    """Counts whoever passes."""

    def __init__(self):
        super().__init__(per_second=1_000)
        self.passed = 0

    async def turn(self):
        self.passed += 1
        await super().turn()


async def test_replies_to_interactions_pass_no_gate_because_no_global_limit_binds_them(start_bot, server):
    """See https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints."""
    gate = CountingGate()
    bot, _own = await start_bot(SINGLE, gate=gate)
    before, asked_before = gate.passed, len(server.requests)
    question = await bot.ask()
    await (await server.click(bot.ada, question, question.button("A"))).replied()
    await (await server.command(bot.ada, bot.channel, "quiz", {"private": True})).replied()
    await bot.settled()
    replies = server.calls(r" /(interactions|webhooks)/")
    assert len(replies) >= 4
    assert gate.passed - before == len(server.requests) - asked_before - len(replies)


async def test_what_people_write_is_skipped_and_what_they_delete_is_heard(bot, monkeypatch):
    """Message events of all servers come in for the deleted ones' sake; objects are made of none."""
    made = []
    monkeypatch.setattr(discord.Message, "__init__", lambda *_args, **_more: made.append(1))
    question = await bot.daily_question()
    asked = await bot.round(question)
    chatter = Message(id=bot.server.world.ids.next(), channel=bot.channel, author=bot.ada, content="hm")
    bot.server.world.tell_of(bot.channel, "MESSAGE_CREATE", bot.server.world.describe(chatter))
    await bot.server.delete_message(question)

    async def is_closed(unit):
        return (await unit.rounds.find(asked.id)).closed_at is not None

    await bot.stored(is_closed, True)
    assert made == []


async def test_messages_keep_their_nonce(bot):
    await bot.ask()
    (post,) = [request for request in bot.server.calls(r"POST /channels/\d+/messages$") if request.body["components"]]
    asked = await bot.round(bot.channel.last)
    assert (post.body["nonce"], post.body["enforce_nonce"]) == (f"q{asked.id}", True)
    assert len(post.body["nonce"]) <= 25


def test_the_invitation_asks_for_no_more_than_is_needed():
    names = {name for name, granted in needed(hides=False) if granted}
    assert names == {
        "read_messages", "send_messages", "embed_links", "attach_files", "read_message_history", "add_reactions"
    }  # fmt: skip
    assert needed(hides=True).manage_messages


def test_the_guide_gives_the_link_that_the_code_makes():
    guide = (Path(__file__).parents[3] / "docs/discord.md").read_text(encoding="utf-8")
    plain, hiding = invitation(0), invitation(0, hides=True)
    for link in (plain, hiding):
        permissions = link.split("permissions=")[1].split("&")[0]
        assert f"permissions={permissions}&scope=bot+applications.commands" in guide
