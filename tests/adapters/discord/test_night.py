"""A quiz night with many players stays within Discord's limits."""

from adapters.discord.gate import Gate
from bot.services.rounds.closing import close_round
from tests.adapters.discord.conftest import SINGLE
from tests.platforms.discord import render
from tests.soak import LONG

PLAYERS = 300 if LONG else 10


async def test_a_question_of_a_night_takes_the_same_few_calls_however_many_answer(start_bot):
    bot, _own = await start_bot(SINGLE, gate=Gate())
    bot.server.rate_limits.on = True
    await bot.server.command(bot.host, bot.channel, "night start", {"count": 1, "seconds": 300})
    question = await bot.question()
    people = [bot.server.add_user(f"Member {number}", bot.guild) for number in range(PLAYERS)]
    clicks = [await bot.server.click(person, question, question.button("A")) for person in people]
    for click in clicks:
        await click.replied()
    await bot.server.until(lambda: f"{PLAYERS} answered." in render(question))
    await close_round(bot.app, (await bot.round(question)).id)
    await bot.server.until(lambda: "The quiz night is over" in render(bot.channel.last))
    messages = f"/channels/{bot.channel.id}/messages"
    calls = {method: len(bot.server.calls(f"{method} {messages}")) for method in ("POST", "PATCH")}
    assert calls["POST"] == 4  # that it begins, the question, its result, the podium
    assert calls["PATCH"] <= 4  # the count, and the close
    assert bot.server.rate_limits.refused == []
