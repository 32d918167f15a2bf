"""Slack is slow, says no, says it twice, or says what nobody asked: nothing is lost, and nothing is there twice."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.web_api.pace import Gate, Pauses
from bot.domain.drafts import ParsedDocument
from bot.ports import Lane
from bot.services.banks.storing import import_document
from bot.testing import FakeClock
from tests.adapters.slack.conftest import SINGLE, Time

Bot = Any  # the fixtures' classes: test folders aren't packages


async def test_a_click_that_comes_three_times_counts_once_and_a_late_one_never_wins(bot: Bot) -> None:
    question = await bot.daily("reveal=at_close close_after=1h")
    await bot.round(question)
    first = await bot.ada.press(question, "A")
    await first.acked()
    await (await bot.ada.press(question, "B")).acked()
    for _time in range(3):
        await first.again()
    await bot.server.until(lambda: len([m for m in bot.ada.ephemerals if m.blocks]) >= 6, "receipts")
    await bot.until_answers(question, {"Ada": "B"})


async def test_a_receipt_finds_its_way_when_the_response_url_has_ended(start: Callable[..., Any]) -> None:
    clock = FakeClock()
    bot = await start(clock)
    question = await bot.asks("metrics")
    await bot.round(question)
    with bot.server.held():
        pressed = await bot.bob.press(question, "A")
    clock.advance(minutes=50)
    await pressed.send()
    await pressed.acked()
    await bot.bob.sees("A")
    assert pressed.replies == []
    assert len(bot.server.calls("chat.postEphemeral")) == 1


async def test_a_command_that_is_delivered_twice_asks_once(bot: Bot) -> None:
    typed = await bot.types("metrics")
    await typed.again()
    await typed.again()
    await bot.server.until(bot.questions, "a question")
    await bot.asks("ensembles")
    assert len(bot.questions()) == 2


async def test_a_post_whose_answer_was_lost_is_found_again_and_not_posted_twice(bot: Bot) -> None:
    bot.server.fail_next("connection dropped", "chat.postMessage", after_doing=True)
    question = await bot.asks("metrics")
    await bot.round(question)
    assert len(bot.questions()) == 1
    assert len(bot.server.calls("chat.postMessage")) == 2  # the welcome's beside it


async def test_a_result_whose_answer_was_lost_is_found_again_in_its_thread(start: Callable[..., Any]) -> None:
    bot = await start(FakeClock())
    first = await bot.daily()
    await bot.round(first)
    bot.server.fail_next(500, lambda sent: "thread_ts" in sent.args, after_doing=True)
    await bot.asks("daily now")
    await bot.result(first)
    await bot.tries_again()
    assert len(first.replies) == 1


async def test_a_message_that_another_app_gave_the_same_key_is_not_taken_for_the_bots(
    start: Callable[..., Any],
) -> None:
    bot = await start(FakeClock())
    first = await bot.daily()
    await bot.round(first)
    key = first.metadata["event_payload"]["key"].replace("q", "r")
    forged = await bot.team.add_user("Otherbot", is_bot=True).says("Nothing to see.", bot.channel, thread=first)
    forged.metadata = {"event_type": first.metadata["event_type"], "event_payload": {"key": key}}
    bot.server.fail_next(500, lambda sent: "thread_ts" in sent.args)
    await bot.asks("daily now")
    await bot.tries_again()
    assert [one.author for one in first.replies] == [forged.author, bot.team.bot]


@pytest.mark.parametrize("in_thread", [False, True])
async def test_a_lost_post_is_found_at_a_page_a_minute(start: Callable[..., Any], in_thread: bool) -> None:
    """One request a minute with 15 objects for an app outside the Marketplace.

    https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps
    """
    clock = FakeClock()
    bot = await start(clock, gate=Gate(lambda: clock.now().timestamp(), paces={}))
    await bot.greets()
    bot.server.limits.unlisted = True
    first = await bot.daily()
    await bot.round(first)
    for number in range(20):
        await bot.bob.says(f"message {number}", bot.channel, thread=first if in_thread else None)

    def is_lost(sent: Any) -> bool:
        return sent.method == "chat.postMessage" and ("thread_ts" in sent.args) is in_thread

    bot.server.fail_next(500, is_lost, after_doing=True)
    await bot.types("daily now")
    method = "conversations.replies" if in_thread else "conversations.history"

    def minutes_pass() -> bool:
        clock.advance(seconds=1)  # a try may last eight of them: more at a time would outrun a slow machine's
        return len(pages(bot, method)) == 2

    await bot.put_off()
    await bot.server.until(minutes_pass, "the second page")
    await bot.settled()
    posted = first.replies if in_thread else bot.questions()
    assert len([one for one in posted if one.author is bot.team.bot]) == (1 if in_thread else 2)
    assert len(pages(bot, method)) == 2


async def test_a_search_begins_again_outside_the_thread_if_that_is_deleted(start: Callable[..., Any]) -> None:
    clock = FakeClock()
    bot = await start(clock, gate=Gate(lambda: clock.now().timestamp(), paces={}))
    await bot.greets()
    bot.server.limits.unlisted = True
    first = await bot.daily()
    await bot.round(first)
    for number in range(20):
        await bot.bob.says(f"message {number}", bot.channel, thread=first)
    bot.server.fail_next(500, lambda sent: sent.method == "chat.postMessage" and "thread_ts" in sent.args)
    await bot.types("daily now")

    def begun_to_search() -> bool:
        clock.advance(seconds=1)  # a try may last eight of them: more at a time would outrun a slow machine's
        return bool(pages(bot, "conversations.replies"))

    def has_result() -> bool:
        clock.advance(seconds=1)  # a try may last eight of them: more at a time would outrun a slow machine's
        return any((one.metadata or {}).get("event_payload", {}).get("key", "")[:1] == "r" for one in bot.questions())

    await bot.put_off()
    await bot.server.until(begun_to_search, "the first page")
    first.delete()
    await bot.server.until(has_result, "the result in the channel")
    assert {one.answer.get("error") for one in bot.server.calls("conversations.history")} <= {None, "ratelimited"}


def pages(bot: Bot, method: str) -> list[Any]:
    return [one for one in bot.server.calls(method) if one.status == 200]


async def test_a_post_that_takes_too_long_is_looked_for_before_it_is_tried_again(start: Callable[..., Any]) -> None:
    bot = await start(FakeClock())
    await bot.greets()
    bot.adapter.messenger._pauses = replace(bot.pauses, post=0.2)
    with bot.server.stuck("chat.postMessage"):
        await bot.types("metrics")
        await bot.put_off()
    question = await bot.server.until(lambda: next(iter(bot.questions()), None), "a question, after all")
    await bot.tries_again()
    await bot.round(question)
    assert len(bot.questions()) == 1


@pytest.mark.parametrize("error", ["edit_window_closed", "cant_update_message"])
async def test_a_question_that_cannot_be_edited_stays_open_and_gets_its_result(bot: Bot, error: str) -> None:
    """https://docs.slack.dev/reference/methods/chat.update lists both: the message is still there."""
    question = await bot.daily("reveal=at_close close_after=1d")
    bot.server.fail_next(error, "chat.update", times=100)
    await bot.clicks(bot.ada, question, "A")
    await bot.server.until(lambda: bot.server.refusals(error), "a count that isn't shown")
    assert "Saved" in await bot.clicks(bot.bob, question, "B")
    assert (await bot.round(question)).closed_at is None
    assert question.replies == []
    await bot.asks("daily now")
    assert "2 answered." in bot.server.render(await bot.result(question))
    await bot.settled()
    assert "This question has closed" in await bot.clicks(bot.bob, question, "A")


async def test_a_server_error_only_delays(start: Callable[..., Any]) -> None:
    bot = await start(FakeClock())
    await bot.greets()
    bot.server.fail_next(500, "chat.postMessage", times=1)
    await bot.types("metrics")
    await bot.tries_again()
    assert len(bot.questions()) == 1


async def test_too_many_is_obeyed(start: Callable[..., Any]) -> None:
    clock, time = FakeClock(), Time()
    bot = await start(clock, gate=Gate(time, time.sleep, paces={}))
    await bot.greets()
    bot.server.fail_next(429, "chat.postMessage", retry_after=2)
    await bot.types("metrics")
    await bot.put_off()

    async def waits_until(seconds: float) -> list[Lane]:
        then = clock.now() + timedelta(seconds=seconds)
        return await bot.app.storage.read(lambda unit: unit.outbox.waiting_lanes(["slack"], then))

    assert [await waits_until(1.9), await waits_until(2)] == [[], [Lane.CHANNELS]]
    clock.advance(seconds=2)
    await bot.server.until(bot.questions, "a question")
    assert time.slept == [2], "whoever came earlier to the same counter would have had to wait, too"
    assert bot.server.limits.refused["chat.postMessage"] == 1


async def test_at_slacks_limits_nothing_is_refused(start: Callable[..., Any]) -> None:
    bot = await start(pauses=Pauses(), gate=Gate())
    more = [replace(SINGLE, line=n, stem=f"Question number {n}?") for n in (100, 200)]
    await import_document(bot.app, ParsedDocument(format="numbered", questions=more), bank="more")
    bot.server.limits.on = True
    await bot.types("count=2")
    await bot.server.until(lambda: len(bot.questions()) == 2, "two questions")
    await bot.daily("answer_with=reactions")
    await bot.server.until(lambda: len(bot.questions()[-1].reactions) == 4, "four signs")
    assert dict(bot.server.limits.refused) == {}


async def test_two_hundred_people_answer_within_two_seconds(start: Callable[..., Any]) -> None:
    bot = await start(pauses=Pauses(next_count=1, finish=0), gate=Gate())  # meeting them all would take minutes
    people = [bot.team.add_user(f"Player {number}") for number in range(200)]
    question = await bot.asks("metrics")
    await bot.round(question)
    bot.server.limits.on = True
    pressed = []
    for person in people:
        pressed.append(await person.press(question, "ABCD"[len(pressed) % 4]))
        await asyncio.sleep(0.008)
    for one in pressed:
        await one.acked()
    answers = await bot.answers(question)
    assert len(answers) == 200
    await bot.channel.sees("200 answered.")
    assert len(question.versions) <= 6
    assert not {name for name in bot.server.limits.refused if name != "users.info"}
    assert dict(bot.server.limits.refused) == {}


async def test_forged_buttons_store_nothing_and_get_a_polite_word(bot: Bot) -> None:
    question = await bot.asks("metrics")
    asked = await bot.round(question)
    chance = random.Random(7)
    values = [
        f"{chance.randrange(2**63)}:{chance.randrange(30)}",
        f"{asked.id}:99",
        f"{asked.id}:-1",
        f"{asked.id}:",
        f"{asked.id}:0:1",
        "9" * 40,
        "x",
        "",
        "²:²",
        "<!channel>",
    ]
    for value in values * 5:
        forged = await bot.bob.forge(question, {"action_id": "pick:0", "value": value})
        await forged.acked()
        assert bot.server.render(await forged.reply()).strip()
    for action_id in ("pick:", "unknown", "x" * 255):
        forged = await bot.bob.forge(question, {"action_id": action_id, "value": "1"})
        await forged.acked()
        assert "work any more" in bot.server.render(await forged.reply())
    assert await bot.answers(question) == {}


async def test_the_round_of_another_channel_or_workspace_takes_no_answer(bot: Bot) -> None:
    question = await bot.asks("metrics")
    asked = await bot.round(question)
    other = bot.team.add_channel("other")
    elsewhere = other.write(bot.team.bot, "x", question.blocks)
    forged = await bot.bob.forge(elsewhere, {"action_id": "pick:0", "value": f"{asked.id}:0"})
    assert "isn't here any more" in bot.server.render(await forged.reply())
    stranger = bot.server.add_team("Elsewhere")
    channel = stranger.add_channel("study")
    eve = stranger.add_user("Eve", admin=True)
    channel.id = bot.channel.id
    forged = await eve.forge(
        channel.write(stranger.bot, "x", question.blocks), {"action_id": "pick:0", "value": f"{asked.id}:0"}
    )
    await forged.acked()
    assert await bot.answers(question) == {}


async def test_a_database_that_refuses_gets_no_acknowledgement_but_words(bot: Bot) -> None:
    question = await bot.asks("metrics")
    await bot.round(question)
    await bot.app.answers.close()
    pressed = await bot.bob.press(question, "A")
    await bot.bob.sees("")
    assert pressed.ack is None
