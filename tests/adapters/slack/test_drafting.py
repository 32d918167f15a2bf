"""A message becomes a question, once a host has looked it over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.drafting import Draft, Unusable, draft_of, filled_in, message_text
from bot import importers
from bot.domain.drafts import ParsedDocument
from bot.domain.limits import Allowance, Limit

Bot = Any  # the fixtures' classes: test folders aren't packages

MESSAGE = "1. Which service keeps objects in buckets?\nA. Amazon EBS\nB. Amazon S3\nAnswer: B\nExplanation: S3 does."


async def opened(bot: Bot, who: Any, text: str) -> Any:
    message = await bot.bob.says(text, bot.channel)
    await (await who.shortcut("make_question", message)).acked()
    await bot.server.until(lambda: who.modal, "a modal")
    return who.modal


async def test_the_form_is_filled_with_the_question_that_a_message_holds(bot: Bot) -> None:
    modal = await opened(bot, bot.ada, MESSAGE)
    initial = {block["block_id"]: block["element"].get("initial_value", "") for block in modal.blocks}
    assert initial == {
        "stem": "Which service keeps objects in buckets?",
        "choices": "Amazon EBS\nAmazon S3",
        "right": "B",
        "why": "S3 does.",
    }


async def test_what_was_looked_over_is_stored_and_can_be_asked(bot: Bot) -> None:
    modal = await opened(bot, bot.ada, "S3 keeps objects in buckets.")
    filled = {"stem": "What keeps objects in buckets?", "choices": "EBS\nS3\nEFS", "right": "b"}
    await (await bot.ada.submits(modal, filled)).acked()
    assert not modal.open
    assert "1 new" in bot.server.render(await bot.ada.sees("1 new"))
    assert "From the chat" not in await bot.says("bank review chat-" + bot.team.id)
    assert f"chat-{bot.team.id}" in await bot.says("bank list")


async def test_what_became_of_it_is_told_even_where_the_bot_is_not(bot: Bot) -> None:
    elsewhere = bot.team.add_channel("elsewhere")
    elsewhere.members.remove(bot.team.bot.id)
    asked = await bot.ada.shortcut("make_question", elsewhere.write(bot.bob, "S3 keeps objects in buckets."))
    await bot.server.until(lambda: bot.ada.modal, "a modal")
    filled = {"stem": "What keeps objects in buckets?", "choices": "EBS\nS3", "right": "b"}
    await (await bot.ada.submits(bot.ada.modal, filled)).acked()
    assert "1 new" in bot.server.render(await asked.reply())
    assert not elsewhere.has_bot


async def test_a_slip_is_told_beside_its_field_and_nothing_is_lost(bot: Bot) -> None:
    modal = await opened(bot, bot.ada, "S3 keeps objects in buckets.")
    await (await bot.ada.submits(modal, {"stem": "What?", "choices": "EBS\nS3", "right": "C"})).acked()
    assert modal.open
    assert modal.errors == {"right": "Write letters from A to B."}
    assert "chat-" not in await bot.says("bank list")


async def test_somebody_is_told_when_a_form_comes_too_late(bot: Bot) -> None:
    bot.server.fail_next("expired_trigger_id", "views.open")
    message = await bot.bob.says(MESSAGE, bot.channel)
    asked = await bot.ada.shortcut("make_question", message)
    assert "That took me too long. Please try again." in bot.server.render(await asked.reply())


async def test_it_is_for_hosts(bot: Bot) -> None:
    message = await bot.ada.says(MESSAGE, bot.channel)
    asked = await bot.bob.shortcut("make_question", message)
    assert "Only a host" in bot.server.render(await asked.reply())
    assert bot.bob.modal is None
    await bot.says(f"host add <@{bot.bob.id}|bob>")
    assert (await opened(bot, bot.bob, MESSAGE)).open


async def test_it_counts_as_a_command(bot: Bot) -> None:
    few = {Limit.MESSAGES: Allowance(at_once=1, every=timedelta(hours=1))}
    bot.app.limiter.limits = replace(bot.app.limiter.limits, allowances=few)
    message = await bot.ada.says(MESSAGE, bot.channel)
    told = [bot.server.render(await (await bot.bob.shortcut("make_question", message)).reply()) for _ in range(2)]
    assert ["Only a host" in told[0], "That was a lot at once." in told[1]] == [True, True]


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("S3 keeps objects.", Draft(why="S3 keeps objects.")),
        ("What keeps objects?", Draft(stem="What keeps objects?")),
    ],
)
def test_a_message_without_choices_is_a_question_or_explains_one(text: str, draft: Draft) -> None:
    assert draft_of(text, importers.parse(text.encode())) == draft
    assert draft_of(text, ParsedDocument(format="prose")) == draft


def test_a_messages_text_is_read_without_slacks_marks() -> None:
    text = "Is &lt;b&gt; bold? See <https://x.example|the docs> or <https://y.example>, <@U123|ada>"
    assert message_text(text) == "Is <b> bold? See the docs or https://y.example, ada"


def values(**texts: str) -> dict[str, Any]:
    return {name: {name: {"value": text}} for name, text in texts.items()}


def test_the_letters_name_the_key_in_any_spelling() -> None:
    question = filled_in(values(stem="What?", choices=" a \n\nb\nc", right="c, A", why=""))
    assert (question.choices, question.key, question.select) == (("a", "b", "c"), (0, 2), 2)


@pytest.mark.parametrize(
    ("choices", "right", "blamed"),
    [("a", "A", "choices"), ("a\nb", "", "right"), ("a\nb", "C", "right"), ("\n".join("x" * 26), "A", "choices")],
)
def test_what_is_no_question_says_why(choices: str, right: str, blamed: str) -> None:
    with pytest.raises(Unusable) as told:
        filled_in(values(stem="What?", choices=choices, right=right))
    assert set(told.value.errors) == {blamed}
