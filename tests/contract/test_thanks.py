"""Whoever suggested or improved a question is thanked once, in the weekly post of their space."""

import json
from datetime import UTC, datetime

import pytest

from bot.domain.thanks import Thanked
from bot.domain.writing import Written
from bot.services.banks import accepting, suggesting, writing
from bot.services.banks.correcting import correct_key
from bot.services.chat.dispatch import handle
from bot.services.forgetting import forget_accounts
from bot.services.people.privacy import export_data
from bot.services.standings.weekly_post import post_week
from bot.testing import plain
from tests.contract.test_weekly import in_the_same_league

pytestmark = pytest.mark.sqlite_first

WHICH = Written(kind="short", question="Which?", answers="that")


@pytest.fixture
def host(game):
    return game.caller("Hana", is_host=True)


@pytest.fixture
async def played(game):
    """Somebody answers, so that the week is told about."""
    await game.imports()
    await game.answers(await game.asks(), "Ada", 0)


async def suggested(game, host, name, question="Which?"):
    written = Written(kind="short", question=question, answers="that")
    await suggesting.suggest(game.app, game.caller(name), written)
    ((one, _name),) = (await suggesting.waiting(game.app, host)).shown
    return (await suggesting.approve(game.app, host, one.id)).question


async def owed(game):
    begin, end = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)
    found = await game.app.storage.read(lambda unit: unit.thanks.between(game.space.id, begin, end))
    return [(one.name, one.suggested, one.improved) for one in found]


async def week(game):
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 200))
    return "\n".join(plain(post.view) for post in posts if post.key.startswith("t"))


@pytest.mark.both_databases
async def test_a_suggestion_that_was_accepted_and_questions_that_were_improved_are_thanked_for_once(game, host, played):
    first, second = await suggested(game, host, "Bo"), await suggested(game, host, "Bo", "What?")
    for answer in ("this", "these"):
        await writing.edit(game.app, host, first.id, Written(kind="short", question="Which?", answers=answer))
    await accepting.accept(game.app, host, second.id, text="it")
    assert await owed(game) == [("Bo", 2, 0), ("Hana", 0, 2)]
    told = await week(game)
    assert "Thank you\n- Bo: 2 new questions\n- Hana: 2 questions improved" in told
    assert await owed(game) == []


async def test_a_key_corrected_in_chat_is_thanked_for_but_not_one_on_the_command_line(game, host):
    question = await suggested(game, host, "Bo")
    await correct_key(game.app, question.id, "other", reason="", actor="somebody")
    assert await owed(game) == [("Bo", 1, 0)]
    asked = await handle(game.app, host, f"/quiz question correct {question.id} key=those")
    await handle(game.app, host, asked.sections[-1].buttons[0].command.plain)
    assert await owed(game) == [("Bo", 1, 0), ("Hana", 0, 1)]


async def test_nobody_is_thanked_for_nothing(game, host, played):
    question = await suggested(game, host, "Hana")  # who accepts it, too
    await suggesting.suggest(game.app, game.caller("Bo"), WHICH)  # which the bank has already
    ((one, _name),) = (await suggesting.waiting(game.app, host)).shown
    await suggesting.approve(game.app, host, one.id)
    await writing.edit(game.app, host, question.id, WHICH)
    await accepting.accept(game.app, host, question.id, text="that")
    assert await owed(game) == []
    assert "Thank you" not in await week(game)


async def test_another_space_of_the_league_thanks_only_its_own(game, host, played):
    await suggested(game, host, "Bo")
    other = await in_the_same_league(game, "other")
    assert await owed(other) == []


async def test_what_is_done_on_monday_before_the_post_waits_for_the_next_one(game, host, played):
    game.clock.set(datetime(2026, 3, 9, 7, tzinfo=UTC))  # Monday, before the post
    await suggested(game, host, "Bo")
    assert "Thank you" not in await week(game)
    monday, end = datetime(2026, 3, 9, tzinfo=UTC), datetime(2026, 3, 16, tzinfo=UTC)
    (left,) = await game.app.storage.read(lambda unit: unit.thanks.between(game.space.id, monday, end))
    assert left == Thanked(player_id=left.player_id, name="Bo", suggested=1)


async def test_it_is_exported_and_forgotten(game, host, played):
    question = await suggested(game, host, "Bo")
    (thanks,) = json.loads(await export_data(game.app, [game.member("Bo")]))["thanks that wait for the weekly post"]
    assert (thanks["question"], thanks["did"]) == (str(question.id), "suggested")
    told = await week(game)
    assert "- Bo: 1 new question" in told
    await forget_accounts(game.app, [game.member("Bo")])
    assert "- –: 1 new question" in await week(game)
