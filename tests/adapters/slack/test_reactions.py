"""Answers by reaction: what stands on the message is what counts."""

from typing import Any

from bot.services.series.series import ask_in_series_now

Bot = Any  # the fixtures' classes: test folders aren't packages
SIGNS = {"A": "one", "B": "two", "C": "three", "D": "four"}


async def ask(bot: Bot) -> Any:
    question = await bot.daily("answer_with=reactions close_after=1h")
    await bot.round(question)  # the database knows by now that it is there
    return question


async def test_the_bot_offers_a_sign_for_each_choice(bot: Bot) -> None:
    question = await ask(bot)
    await bot.server.until(lambda: len(question.reactions) == 4, "four signs")
    assert list(question.reactions) == list(SIGNS.values())
    shown = bot.server.render(question)
    assert ":one: *A*" in shown
    assert "[A]" not in shown


async def test_a_reaction_answers_another_switches_and_taking_it_off_takes_it_back(bot: Bot) -> None:
    question = await ask(bot)
    await bot.until_answers(question, {})
    await (await bot.ada.react(question, "two")).acked()
    await bot.until_answers(question, {"Ada": "B"})
    await (await bot.ada.react(question, "three")).acked()
    await bot.until_answers(question, {"Ada": "C"})
    await (await bot.ada.unreact(question, "three")).acked()
    await bot.until_answers(question, {})


async def test_other_reactions_and_other_messages_mean_nothing(bot: Bot) -> None:
    question = await ask(bot)
    await (await bot.ada.react(question, "tada")).acked()
    chat = await bot.bob.says("hello", bot.channel)
    await (await bot.ada.react(chat, "one")).acked()
    await bot.until_answers(question, {})


async def test_what_another_app_puts_on_a_question_is_no_answer(bot: Bot) -> None:
    question = await ask(bot)
    robot = bot.team.add_user("Robot")
    robot.is_bot = True
    await (await robot.react(question, "two")).acked()
    await (await bot.ada.react(question, "three")).acked()
    await bot.until_answers(question, {"Ada": "C"})


async def test_a_slack_that_is_slow_to_tell_a_name_gets_its_acknowledgement_in_time(bot: Bot) -> None:
    question = await ask(bot)
    stranger = bot.team.add_user("Cy")
    with bot.server.stuck("users.info"):
        await (await stranger.react(question, "two")).acked()
        await bot.until_answers(question, {stranger.id: "B"})


async def test_an_event_that_comes_three_times_counts_once(bot: Bot) -> None:
    question = await ask(bot)
    reacted = await bot.ada.react(question, "two")
    await reacted.again()
    await reacted.again()
    await bot.until_answers(question, {"Ada": "B"})


async def test_an_old_event_that_comes_again_does_not_overwrite_a_newer_choice(bot: Bot) -> None:
    question = await ask(bot)
    first = await bot.ada.react(question, "two")
    await first.acked()
    await (await bot.ada.react(question, "three")).acked()
    await first.again()
    await bot.until_answers(question, {"Ada": "C"})


async def test_reactions_given_while_the_bot_was_away_are_read_back(bot: Bot) -> None:
    question = await ask(bot)
    await (await bot.ada.react(question, "two")).acked()
    await bot.until_answers(question, {"Ada": "B"})
    await bot.leave()
    with bot.server.held():
        await bot.ada.unreact(question, "two")
        await bot.bob.react(question, "four")
    await bot.come()
    assert await bot.answers(question) == {"Bob": "D"}


async def test_reactions_are_read_back_when_a_connection_stands_again(bot: Bot) -> None:
    question = await ask(bot)
    with bot.server.held():
        await bot.ada.react(question, "two")
    await bot.until_answers(question, {})
    await bot.server.socket.disconnect("refresh_requested")
    await bot.until_answers(question, {"Ada": "B"})


async def test_a_close_while_no_connection_stands_counts_what_nobody_heard(bot: Bot) -> None:
    """The command line closes it, and Slack tells of nothing: only its Web API can be asked."""
    question = await ask(bot)
    for change in (bot.ada.react, bot.ada.unreact):
        await (await change(question, "two")).acked()
    await bot.until_answers(question, {})
    bot.server.fail_next("internal_error", "apps.connections.open", times=100)
    bot.server.socket.drop()
    await bot.server.until(bot.adapter._sockets.problem, "a lost connection")
    with bot.server.held():
        await bot.ada.react(question, "two")
    (series,) = await bot.app.storage.read(lambda unit: unit.schedules.all())
    await ask_in_series_now(bot.app, series.id)
    assert (await bot.round(question)).closed_at is not None
    assert await bot.answers(question) == {"Ada": "B"}


async def test_the_result_comes_with_the_close(bot: Bot) -> None:
    question = await ask(bot)
    right = await bot.right(question)
    await (await bot.ada.react(question, SIGNS[right])).acked()
    await bot.until_answers(question, {"Ada": right})
    await bot.asks("daily now")
    assert f"Right answer: {right}" in bot.server.render(await bot.result(question))


async def test_another_apps_reaction_is_not_read_back(bot: Bot) -> None:
    question = await ask(bot)
    robot = bot.team.add_user("Robot")
    robot.is_bot = True
    await bot.leave()
    with bot.server.held():
        await robot.react(question, "four")
    await bot.come()
    assert await bot.answers(question) == {}
