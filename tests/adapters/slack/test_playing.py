"""A day in the study channel, as its people see it."""

import re
from itertools import pairwise
from typing import Any

import pytest

from tests.platforms.slack.mrkdwn import pings

Bot = Any  # the fixture's class: test folders aren't packages

SECRETS = ("the-right-one-because", "explained-in-general")


async def test_a_daily_question_is_set_with_one_command_and_confirmed(bot: Bot) -> None:
    shown = await bot.says("daily set 09:00 Europe/Berlin")
    assert "The daily question is set" in shown
    assert "Every day at 09:00 Berlin time, starting" in shown
    assert "next:" in await bot.says("daily show")


async def test_the_question_shows_everything_and_pings_nobody(bot: Bot) -> None:
    question = await bot.asks("metrics")
    shown = bot.server.render(question)
    for text in ("Quick question", "Which metric fits *rare* positives? `x < y` <!channel>", "R² & <i>more</i>"):
        assert text in shown
    assert "[A] [B] [C] [D]" in shown
    assert re.search(r"Closes \w+ \d+, \d{4} \d+:\d\d [AP]M", shown)
    assert pings(question) == set()
    assert question.text.startswith("Quick question: Which metric fits rare positives?")


async def test_the_close_is_shown_in_each_readers_zone(bot: Bot) -> None:
    question = await bot.asks("metrics")
    berlin, tokyo = (bot.server.render(question, tz=zone) for zone in ("Europe/Berlin", "Asia/Tokyo"))
    assert berlin != tokyo


async def test_an_answer_gets_its_verdict_privately(bot: Bot) -> None:
    question = await bot.asks("metrics")
    told = await bot.clicks(bot.ada, question, await bot.right(question))
    assert "is right! 10 points" in told
    assert SECRETS[0] in told
    assert [message for message in bot.bob.ephemerals if SECRETS[0] in bot.server.render(message)] == []
    await bot.until_answers(question, {"Ada": await bot.right(question)})


async def test_a_second_click_says_what_stands(bot: Bot) -> None:
    question = await bot.asks("metrics")
    await bot.clicks(bot.ada, question, await bot.wrong(question))
    assert "Your first answer stands." in await bot.clicks(bot.ada, question, await bot.right(question))


async def test_an_answer_at_the_close_is_saved_and_may_be_changed(bot: Bot) -> None:
    question = await bot.daily("reveal=at_close close_after=1h")
    assert "Saved: B. You can change it" in await bot.clicks(bot.bob, question, "B")
    assert "Changed to C." in await bot.clicks(bot.bob, question, "C")
    await bot.until_answers(question, {"Bob": "C"})


async def test_several_are_ticked_and_submitted(bot: Bot) -> None:
    question = await bot.asks("ensembles")
    asked = await bot.round(question)
    assert "Choose 2." in bot.server.render(question)
    boxes = f"round:{asked.id}:choose"
    ticked = await bot.ada.check(question, boxes, ["0"])
    await ticked.acked()
    assert "Please choose exactly 2." in await bot.clicks(bot.ada, question, "Submit")
    right = sorted(asked.order.index(choice) for choice in asked.key)
    await (await bot.ada.check(question, boxes, [str(at) for at in right])).acked()
    assert "all right!" in await bot.clicks(bot.ada, question, "Submit")
    assert ticked.replies == []


@pytest.mark.parametrize("topic", ["metrics", "ensembles"])
async def test_at_each_edit_every_block_has_a_new_id_but_for_the_boxes_that_people_tick(bot: Bot, topic: str) -> None:
    """A ``block_id`` is for one iteration of a message: https://docs.slack.dev/reference/block-kit/blocks/actions-block.

    What is ticked stays ticked in a block that keeps its id: https://github.com/slackapi/java-slack-sdk/issues/762
    """
    question = await bot.asks(topic)
    asked = await bot.round(question)
    ticked = [f"round:{asked.id}:choose"] if topic == "ensembles" else []
    for who, text in ((bot.ada, "1 answered."), (bot.bob, "2 answered.")):
        for block in ticked:
            await (await who.check(question, block, ["0", "1"])).acked()
        await bot.clicks(who, question, "Submit" if ticked else "A")
        await bot.channel.sees(text)
    ids = [{block["block_id"] for block in version.blocks} for version in question.versions]
    assert [earlier & later for earlier, later in pairwise(ids)] == [set(ticked)] * question.edits


async def test_the_count_is_shown_in_the_question(bot: Bot) -> None:
    question = await bot.asks("metrics")
    await bot.clicks(bot.ada, question, "A")
    await bot.clicks(bot.bob, question, "B")
    await bot.channel.sees("2 answered.")
    assert len(question.versions) <= 3


async def test_the_close_edits_the_question_and_puts_the_result_into_its_thread(bot: Bot) -> None:
    first = await bot.daily()
    right = await bot.right(first)
    await bot.clicks(bot.ada, first, right)
    await bot.clicks(bot.bob, first, await bot.wrong(first))
    await bot.asks("daily now")
    result = bot.server.render(await bot.result(first))
    for text in (
        f"Right answer: {right}",
        f"✓ *{right}*",
        "*right*",
        "█████░░░░░  1 (50%)",
        "Ada: 10 points",
        *SECRETS,
    ):
        assert text in result
    await bot.channel.sees("Closed. 2 answered.")
    closed = bot.server.render(first)
    assert "[A]" not in closed
    assert not [secret for secret in SECRETS if secret in closed]


async def test_a_latecomer_is_told_that_it_has_closed(bot: Bot) -> None:
    first = await bot.daily()
    before = first.versions[0].blocks
    await bot.asks("daily now")
    await bot.channel.sees("Closed.")
    first.versions[-1].blocks[:] = before  # what a client shows that hasn't heard of the edit
    assert "This question has closed" in await bot.clicks(bot.bob, first, "A")


async def test_nothing_that_is_sent_before_the_close_tells_the_key(bot: Bot) -> None:
    question = await bot.daily("reveal=at_close close_after=1h")
    await bot.clicks(bot.ada, question, "A")
    await bot.clicks(bot.bob, question, "B")
    await bot.channel.sees("2 answered.")
    assert not [one for secret in SECRETS for one in bot.server.occurrences(secret)]
    buttons = [one for block in question.blocks for one in block.get("elements", ()) if one["type"] == "button"]
    assert [one["value"].partition(":")[2] for one in buttons] == ["0", "1", "2", "3"]


async def test_a_private_question_is_its_owners_alone(bot: Bot) -> None:
    await bot.types("private=yes metrics", bot.bob)
    question = await bot.bob.sees("Quick question")
    assert bot.questions() == []
    assert bot.ada.ephemerals == []
    assert "points" in await bot.clicks(bot.bob, question, await bot.right(question))


async def test_help_tells_everybody_what_to_type_and_hosts_more(bot: Bot) -> None:
    everybody, host = await bot.says("help", bot.bob), await bot.says("help", bot.ada)
    assert len(everybody.splitlines()) <= 13
    assert "/quiz daily set" in host
    assert "/quiz daily set" not in everybody


async def test_what_only_hosts_may_do_is_refused_to_others(bot: Bot) -> None:
    for text in ("daily set 09:00 Europe/Berlin", "daily stop", "bank list", "bank import", "team map S1 Reds"):
        assert "Only a host" in await bot.says(text, bot.bob)


async def test_a_slip_gets_an_explanation_that_shows_what_was_typed(bot: Bot) -> None:
    assert "“<!channel> & x”" in await bot.says("&lt;!channel&gt; &amp; x", bot.bob)
    assert "“Mars/Base” isn't a time zone" in await bot.says("daily set 09:00 Mars/Base")


async def test_an_admin_of_another_workspace_is_no_host_in_a_shared_channel(bot: Bot) -> None:
    stranger = bot.team.add_user("Mallory", admin=True, home_team="T0ELSEWHERE")
    for text in ("daily set 09:00", "bank import", "league invite"):
        assert "Only a" in await bot.says(text, stranger), text
    assert "10 points" in await bot.clicks(stranger, question := await bot.asks("metrics"), await bot.right(question))


async def test_names_in_curly_quotes_are_one_word(bot: Bot) -> None:
    assert "Team Night Owls is created" in await bot.says("team create “Night Owls”", bot.bob)


async def test_the_standings_show_people_by_the_name_they_show(bot: Bot) -> None:
    question = await bot.asks("metrics")
    await bot.clicks(bot.bob, question, await bot.right(question))
    await bot.until_answers(question, {"Bob": await bot.right(question)})  # asked for behind the click's back
    assert re.search(r"1\s+Bob\s+10", await bot.says("leaderboard week"))


async def test_in_a_direct_message_one_can_see_and_delete_ones_data(bot: Bot) -> None:
    question = await bot.asks("metrics")
    await bot.clicks(bot.bob, question, "A")
    direct = bot.team.direct(bot.bob)

    async def replied(text: str) -> Any:
        return await (await bot.bob.slash("/quiz", text, direct)).reply()

    async def says(text: str) -> str:
        return bot.server.render(await replied(text))

    assert '"space": "Study"' in await says("privacy export")
    asked = await replied("privacy delete")
    assert "deleted" in await bot.clicks(bot.bob, asked, "Delete it for good")
    assert await bot.answers(question) == {}
    refusal = await says("leaderboard")
    assert "works in a channel" in refusal
    assert all(name in refusal for name in ("help", "privacy", "reminders", "digest"))
