"""A quiz night with many players stays within Discord's limits."""

import time

from adapters.discord.edit_pace import FRESH_S
from adapters.discord.gate import Gate
from bot.services.rounds.closing import close_round
from tests.adapters.discord.conftest import SINGLE
from tests.platforms.discord import render
from tests.soak import LONG

PLAYERS = 300 if LONG else 10
AT_ONCE = 10


async def test_a_question_of_a_night_takes_the_same_few_calls_however_many_answer(start_bot):
    bot, _own = await start_bot(SINGLE, gate=Gate())
    bot.server.rate_limits.on, began = True, time.monotonic()
    await bot.server.command(bot.host, bot.channel, "night start", {"count": 1, "seconds": 300})
    question = await bot.question()
    people = [bot.server.add_user(f"Member {number}", bot.guild) for number in range(PLAYERS)]
    for start_at in range(0, PLAYERS, AT_ONCE):
        some = people[start_at : start_at + AT_ONCE]
        for click in [await bot.server.click(person, question, question.button("A")) for person in some]:
            await click.replied()
    await bot.server.until(lambda: f"{PLAYERS} answered." in render(question))
    await close_round(bot.app, (await bot.round(question)).id)
    await bot.server.until(lambda: "The quiz night is over" in render(bot.channel.last))
    messages = f"/channels/{bot.channel.id}/messages"
    calls = {method: len(bot.server.calls(f"{method} {messages}")) for method in ("POST", "PATCH")}
    assert calls["POST"] == 4  # that it begins, the question, its result, the podium
    counts = calls["PATCH"] - 1  # the last one closes it
    assert counts <= 1 + (time.monotonic() - began) / FRESH_S
    assert bot.server.rate_limits.refused == []
