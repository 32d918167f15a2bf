"""Whoever wants it is told about their own week, once, after the weekly post."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.accuracy import Accuracy
from bot.domain.subscriptions import Subject
from bot.i18n import use_language
from bot.scheduling.runner import Runner
from bot.services.forgetting import forget_accounts
from bot.services.people.subscribing import subscribe, unsubscribe
from bot.services.rounds.closing import close_round
from bot.services.standings.digests import send_digests, spaces_to_digest
from bot.services.standings.weekly_post import post_week
from bot.testing import Conversation, FakeMessenger, application_on, draft, plain
from tests.contract.accounts import link
from tests.contract.locking import held_up
from tests.contract.test_weekly import in_the_same_league

pytestmark = pytest.mark.sqlite_first


@pytest.fixture
async def questions(game):
    await game.imports(*(draft(f"Question {n}?", "yes", "no", topic="S3" if n < 9 else "EC2") for n in range(12)))


async def play(game, day, *right, wrong=(), topic=None):
    """Ask and answer one question on a day of March."""
    game.clock.set(datetime(2026, 3, day, 12, tzinfo=UTC))
    round_ = await game.asks(topic=topic)
    await game.at_once(*(game.click(round_, name, 0) for name in right))
    await game.at_once(*(game.click(round_, name, 1) for name in wrong))
    await close_round(game.app, round_.id)


async def wants(game, *names, wanted=True):
    for name in names:
        await (subscribe if wanted else unsubscribe)(game.app, [game.member(name)], Subject.DIGEST)


async def week_is_over(game, day=9):
    """Let the weekly post come, and everything that follows it."""
    game.clock.set(datetime(2026, 3, day, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    while due := await spaces_to_digest(game.app, ["web"]):
        await send_digests(game.app, due[0])


async def told(game, space=None):
    """Who was told what, in direct messages."""
    space_id = (space or game.space).id
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(space_id, "study", 200))
    return [(post.private_to, plain(post.view)) for post in posts if post.is_direct]


async def test_a_subscriber_is_told_their_points_place_streak_and_best_topic(game, questions):
    await wants(game, "Ada", "Di")  # who doesn't play
    await play(game, 3, "Ada", wrong=["Bo"], topic="EC2")
    for day in (4, 5, 6, 7):
        await play(game, day, "Bo", wrong=["Ada"], topic="S3")
    await play(game, 8, "Ada", wrong=["Bo"], topic="S3")
    await week_is_over(game)
    ((who, said),) = await told(game)
    assert who == "ada"
    assert said.startswith(
        "Your week in Study group\n2 of 6 right (33%), 20 points, 6 days in a row.\nYou were number 2.\n"
    )
    assert "Your best topic: S3, with 1 of 5 right." in said
    assert "No more of these: /quiz digest off" in said


async def test_the_change_of_place_is_told_from_the_second_week_on(game, questions):
    await wants(game, "Ada", "Bo")
    await play(game, 3, "Ada", wrong=["Bo"])
    await play(game, 4, "Ada", "Bo")
    await week_is_over(game)
    await play(game, 10, "Bo", wrong=["Ada"])
    await play(game, 11, "Ada", "Bo")
    await week_is_over(game, day=16)
    first, second = (dict(news) for news in ((await told(game))[:2], (await told(game))[2:]))
    assert "You were number 1.\n" in first["ada"]
    assert "You were number 2 (down 1 place)." in second["ada"]
    assert "You were number 1 (up 1 place)." in second["bo"]


async def test_whoever_played_alone_is_told_no_place(game, questions):
    await wants(game, "Ada")
    await play(game, 3, "Ada")
    await week_is_over(game)
    ((_who, said),) = await told(game)
    assert "number" not in said


async def test_whoever_said_no_or_never_asked_is_told_nothing(game, questions):
    await wants(game, "Ada")
    await wants(game, "Ada", wanted=False)
    await play(game, 3, "Ada", "Bo")
    await week_is_over(game)
    assert await told(game) == []


async def test_it_is_in_the_language_in_which_it_was_asked_for(game, questions):
    with use_language("de"):
        await wants(game, "Ada")
    await play(game, 3, "Ada", wrong=["Bo"])
    await week_is_over(game)
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 200))
    assert [post.language for post in posts if post.is_direct] == ["de"]


@pytest.mark.both_databases
async def test_nobody_is_told_twice_after_a_restart(game, questions, url, clock):
    await wants(game, "Ada", "Bo")
    await play(game, 3, "Ada", wrong=["Bo"])
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    async with application_on(url, clock=clock, seed=2) as second:
        for app in (game.app, second, game.app):
            await send_digests(app, game.space.id)
            await post_week(app, game.space.id)
    assert [who for who, _said in await told(game)] == ["ada", "bo"]
    assert await spaces_to_digest(game.app, ["web"]) == []


@pytest.mark.both_databases
async def test_one_person_with_two_accounts_in_a_league_is_told_once(game, questions):
    other = await in_the_same_league(game, "other")
    await play(game, 3, "Ada", wrong=["Bo"])
    await link(game, other)
    await wants(game, "Ada")
    await wants(other, "Ada")
    await other.asks()
    await week_is_over(game)
    await post_week(game.app, other.space.id)
    await send_digests(game.app, other.space.id)
    assert [who for who, _said in await told(game) + await told(game, other.space)] == ["ada"]


async def test_many_are_told_a_few_at_a_time_and_no_more_wait_than_can_be_delivered(game, questions):
    names = [f"Player {number:02}" for number in range(25)]
    await wants(game, *names)
    await play(game, 3, *names)
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    numbers = []
    for _beat in range(4):
        await send_digests(game.app, game.space.id)
        numbers.append(len(await told(game)))
    assert numbers == [10, 20, 20, 20]
    messenger = FakeMessenger()
    runner = Runner(game.app, {"web": messenger}, worker="w", grace=timedelta(hours=6))
    for _beat in range(3):
        await runner.tick()
    assert len([post for post in messenger.shown.values() if post.is_direct]) == 25


async def test_whoever_changes_their_mind_meanwhile_is_not_told_twice(game, questions):
    await wants(game, "Ada", "Bo")
    await play(game, 3, "Ada", "Bo")
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    await send_digests(game.app, game.space.id)
    await wants(game, "Ada", wanted=False)
    await wants(game, "Ada")
    await send_digests(game.app, game.space.id)
    assert [who for who, _said in await told(game)] == ["ada", "bo"]


async def test_a_digest_that_would_be_a_week_late_is_dropped(game, questions):
    await wants(game, "Ada")
    await play(game, 3, "Ada", wrong=["Bo"])
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    game.clock.set(datetime(2026, 3, 16, 7, tzinfo=UTC))
    await send_digests(game.app, game.space.id)
    assert await told(game) == []
    assert await spaces_to_digest(game.app, ["web"]) == []


async def test_a_space_where_nobody_wants_it_is_left_alone(game, questions):
    await play(game, 3, "Ada", "Bo")
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    assert await spaces_to_digest(game.app, ["web"]) == []


async def test_without_a_weekly_post_nobody_is_told(game, questions):
    await wants(game, "Ada")
    await game.asks()
    await week_is_over(game)
    assert await told(game) == []


async def test_whoever_is_forgotten_is_told_nothing_and_what_they_were_told_is_gone(game, questions):
    await wants(game, "Ada", "Bo")
    await play(game, 3, "Ada", "Bo")
    await week_is_over(game)
    await forget_accounts(game.app, [game.member("Ada")])
    assert [said for _who, said in await told(game) if "points" in said] == [dict(await told(game))["bo"]]
    await play(game, 10, "Ada", "Bo")
    await week_is_over(game, day=16)
    assert [who for who, said in await told(game) if "points" in said] == ["bo", "bo"]


@pytest.mark.both_databases
async def test_whoever_is_forgotten_at_this_very_moment_leaves_no_digest_behind(game, questions):
    await wants(game, "Ada")
    await play(game, 3, "Ada")
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)

    async def forget(unit):
        await unit.forgetting.forget_private(game.member("Ada"))
        telling = asyncio.create_task(send_digests(game.app, game.space.id))
        await held_up(game.app, telling)
        return telling

    await (await game.app.storage.write(forget))
    assert await told(game) == []


async def test_a_week_by_topic_counts_graded_answers_of_its_days_alone(game, questions):
    await play(game, 2, "Ada", topic="EC2")
    await play(game, 3, "Ada", topic="S3")
    await play(game, 4, wrong=["Ada"], topic="S3")
    await play(game, 9, "Ada", topic="S3")

    async def read(unit):
        player = await unit.people.player(game.member("Ada"))
        first, last = (datetime(2026, 3, day, tzinfo=UTC).date() for day in (3, 8))
        return await unit.answers.by_topic(player, game.space.league_id, first, last)

    assert await game.app.storage.read(read) == {"S3": Accuracy(right=1, answered=2)}


async def test_people_choose_with_a_command(game):
    await Conversation(game.app, game.space).follows(
        [
            ("/quiz digest", "Would you like a private message about your own week…/quiz digest on"),
            ("/quiz digest on", "After each weekly post, I'll send you a private message"),
            ("/quiz digest", "I tell you about your own week…/quiz digest off"),
            ("/quiz digest maybe", "Type on or off: /quiz digest on"),
            ("/quiz digest off", "I won't write to you about your own week any more."),
            ("/quiz digest", "Would you like"),
        ]
    )


async def test_on_and_off_are_understood_in_the_language_of_who_types(game):
    with use_language("de"):
        await Conversation(game.app, game.space).follows(
            [
                ("/quiz digest an", "Nach jeder Wochennachricht"),
                ("/quiz digest Aus", "keinen Wochenrückblick mehr"),
                ("/quiz reminders nein", "keine Erinnerungen mehr"),
            ]
        )
