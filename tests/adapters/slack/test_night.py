"""A quiz night with many players stays within Slack's limits."""

import time
from collections import Counter

from adapters.slack.web_api.pace import Gate, Pauses
from bot.services.rounds.closing import close_round
from tests.soak import LONG

PLAYERS = 300 if LONG else 10
AT_ONCE = 10


async def test_a_question_of_a_night_takes_the_same_few_calls_however_many_answer(start):
    bot = await start(gate=Gate(), pauses=Pauses())
    await bot.greets()
    bot.server.limits.on = True
    before, began = len(bot.server.requests), time.monotonic()
    await bot.types("night start count:1 seconds:300 metrics")
    await bot.server.until(lambda: len(bot.questions()) == 2, "the question")
    question = bot.questions()[-1]
    people = [bot.team.add_user(f"Member {number}") for number in range(PLAYERS)]
    for start_at in range(0, PLAYERS, AT_ONCE):
        for pressed in [await person.press(question, "A") for person in people[start_at : start_at + AT_ONCE]]:
            await pressed.acked()
            await pressed.reply()
    await bot.server.until(lambda: f"{PLAYERS} answered." in bot.server.render(question), "the count")
    await close_round(bot.app, (await bot.round(question)).id)
    bot.app.wake()
    await bot.server.until(lambda: "The quiz night is over" in bot.server.render(bot.questions()[-1]), "the podium")
    calls = Counter(sent.method for sent in bot.server.requests[before:])
    assert calls["chat.postMessage"] == 4  # that it begins, the question, its result, the podium
    counts = calls["chat.update"] - 1  # the last one closes it
    assert counts <= 1 + (time.monotonic() - began) / Pauses().next_count
    assert not bot.server.limits.refused
