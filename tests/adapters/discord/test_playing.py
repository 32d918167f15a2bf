"""A study group plays on Discord."""

from datetime import timedelta

from bot.services.rounds.closing import close_round
from tests.adapters.discord.conftest import MULTIPLE, RIGHT_WHY, SINGLE
from tests.platforms.discord import Callback, render


async def test_the_host_sets_a_daily_question_and_sees_when_it_comes(bot):
    reply = await bot.daily()
    assert reply.ephemeral
    assert "Europe/Berlin" in render(reply.reply)
    assert "09:00" in render(reply.reply)


async def test_the_daily_question_is_posted_when_its_time_comes(start_bot, server, channel, clock):
    bot, _own = await start_bot(SINGLE, clock=clock)
    await bot.daily(time="12:00")
    assert not channel.messages
    clock.advance(hours=2)  # from nine to eleven UTC, which is noon in Berlin
    question = await server.until(lambda: channel.messages and channel.last)
    assert "Question 1" in render(question)


async def test_a_click_is_told_its_verdict_in_private(bot):
    question = await bot.ask()
    (right,) = await bot.right(question)
    click = await (await bot.server.click(bot.ada, question, question.button("ABCD"[right]))).replied()
    assert click.ephemeral
    assert "is right! 10 points." in render(click.reply)
    assert RIGHT_WHY in render(click.reply)
    assert await bot.answers(question) == {"Ada": [right]}


async def test_a_second_click_says_what_stands(bot):
    question = await bot.ask()
    (right,) = await bot.right(question)
    wrong = (right + 1) % 4
    await (await bot.server.click(bot.ada, question, question.button("ABCD"[right]))).replied()
    again = await (await bot.server.click(bot.ada, question, question.button("ABCD"[wrong]))).replied()
    assert "Your first answer stands." in render(again.reply)
    assert await bot.answers(question) == {"Ada": [right]}


async def test_where_several_are_right_they_are_chosen_from_a_menu(start_bot):
    bot, _own = await start_bot(MULTIPLE)
    question = await bot.ask()
    (menu,) = question.controls
    assert "Choose 2." in render(question)
    assert [option["label"][:3] for option in menu["options"]] == ["A. ", "B. ", "C. ", "D. "]
    right = await bot.right(question)
    chosen = await (await bot.server.select(bot.ada, question, menu["custom_id"], list(map(str, right)))).replied()
    sent = await bot.server.click(bot.ada, chosen.reply, chosen.reply.button("Submit"))
    assert "all right! 10 points." in render((await sent.replied()).reply)
    assert await bot.answers(question) == {"Ada": right}


async def test_the_count_under_the_question_follows(bot):
    question = await bot.ask()
    assert "Nobody has answered yet." in render(question)
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    await bot.server.until(lambda: "1 answered." in render(question))


async def test_the_answer_may_change_until_the_close_where_the_series_says_so(bot):
    question = await bot.daily_question(reveal="at_close")
    (right,) = await bot.right(question)
    for letter in ("ABCD"[(right + 1) % 4], "ABCD"[right]):
        click = await (await bot.server.click(bot.ada, question, question.button(letter))).replied()
        assert "You can change it until the question closes." in render(click.reply)
        assert "right" not in render(click.reply)
    assert await bot.answers(question) == {"Ada": [right]}


async def test_at_the_close_the_question_loses_its_buttons_and_the_result_replies_to_it(bot):
    question = await bot.daily_question()
    (right,) = await bot.right(question)
    await (await bot.server.click(bot.ada, question, question.button("ABCD"[right]))).replied()
    await close_round(bot.app, (await bot.round(question)).id)
    bot.app.wake()
    result = await bot.server.until(lambda: bot.channel.last.reply_to and bot.channel.last)
    assert result.reply_to is question
    assert f"✅ **{'ABCD'[right]}.** Recall (**right**)" in render(result)
    assert "1 (100%)" in render(result)
    assert "Ada: 10 points" in render(result)
    assert f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}/{question.id}" in render(result)
    await bot.server.until(lambda: not question.controls)
    assert "Closed. 1 answered." in render(question)
    assert RIGHT_WHY not in render(question)


async def test_a_click_after_the_close_is_told_so_and_what_was_right(bot):
    question = await bot.daily_question()
    custom_id = question.button("A")
    await close_round(bot.app, (await bot.round(question)).id)
    click = await bot.server.click(bot.ada, question, custom_id, unchecked=True)
    reply = await click.replied()
    assert reply.ephemeral
    assert "This question has closed. That came too late for points" in render(reply.reply)


async def test_a_private_question_is_seen_and_answered_by_one_alone(bot):
    asked = await bot.server.command(bot.ada, bot.channel, "quiz", {"private": True})
    await bot.server.until(lambda: asked.followups or asked.is_shown)
    question = asked.followups[-1] if asked.followups else asked.reply
    assert question.is_ephemeral
    assert not bot.channel.messages
    click = await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    assert "A" in render(click.reply)
    bob = bot.server.add_user("Bob", bot.guild)
    stolen = await bot.server.click(bob, question, question.button("A"), unchecked=True)
    assert "isn't here any more" in (await stolen.replied()).content


async def test_nothing_is_left_of_the_acknowledgement_of_a_public_question(bot):
    asked = await bot.server.command(bot.ada, bot.channel, "quiz")
    await bot.question()
    assert asked.callback is Callback.DEFERRED_MESSAGE
    await bot.server.until(lambda: bot.server.calls(r"DELETE /webhooks/.*/messages/@original"))


async def test_three_questions_are_three_messages(start_bot):
    bot, _own = await start_bot(SINGLE, MULTIPLE)
    await bot.server.command(bot.ada, bot.channel, "quiz", {"count": 2})
    await bot.server.until(lambda: len(bot.channel.messages) == 2)


async def test_the_board_the_stats_and_teams_are_told_in_private(bot):
    question = await bot.ask()
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    for line, options, expected in (
        ("leaderboard", {"window": "day"}, "Ada"),
        ("leaderboard", {"by": "team"}, "No answers"),
        ("stats", {}, "of 1 right"),
        ("team create", {"name": "The Owls"}, "is created"),
        ("team list", {}, "Ada"),
        ("help", {}, "/leaderboard"),
        ("privacy export", {}, "Everything stored about you"),
    ):
        reply = await (await bot.server.command(bot.ada, bot.channel, line, options)).replied()
        assert reply.ephemeral
        assert expected in render(reply.reply), line


async def test_data_can_be_had_and_deleted_in_direct_messages(bot):
    question = await bot.ask()
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    direct = await bot.server.direct(bot.ada)
    export = await (await bot.server.command(bot.ada, direct, "privacy export")).replied()
    assert "Everything stored about you" in render(export.reply)
    shy = await (await bot.server.command(bot.ada, direct, "privacy race", {"show": "off"})).replied()
    assert "I won't name you among the fastest" in shy.content
    asked = (await (await bot.server.command(bot.ada, direct, "privacy delete")).replied()).reply
    await (await bot.server.click(bot.ada, asked, asked.button("Delete it for good"))).acknowledged()
    await bot.server.until(lambda: "Done" in render(asked), "the deletion")
    assert await bot.answers(question) == {}


async def test_help_works_in_direct_messages(bot):
    direct = await bot.server.direct(bot.ada)
    assert "/quiz" in render((await (await bot.server.command(bot.ada, direct, "help")).replied()).reply)


async def test_a_question_of_an_hour_closes_by_itself(start_bot, server, channel, clock):
    bot, _own = await start_bot(SINGLE, clock=clock)
    question = await bot.ask()
    clock.advance(timedelta(hours=1, seconds=1))
    await server.until(lambda: channel.last.reply_to is question)


async def test_a_question_that_is_asked_anew_keeps_its_count(bot):
    question = await bot.daily_question(reveal="at_close")
    asked = await bot.round(question)
    await (await bot.server.click(bot.ada, question, question.button("A"))).replied()
    await bot.server.until(lambda: "1 answered." in render(question))
    post = await bot.app.storage.read(lambda unit: unit.outbox.find(f"q{asked.id}"))
    await bot.adapter.messenger.edit(post)
    assert "1 answered." in render(question)
