"""Coming into workspaces and channels, and leaving them: nothing is asked where the bot can't be heard."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.drafting import SHORTCUT
from adapters.slack.web_api.workspaces import Workspaces
from bot.application import Application
from bot.domain.errors import BadInput
from bot.services.platforms.arriving import arrive, depart
from bot.services.series.series import ask_in_series_now
from bot.testing import FakeClock
from tests.patience import PATIENCE_S

Bot = Any  # the fixtures' classes: test folders aren't packages


async def told_host(bot: Bot, text: str) -> str:
    direct = bot.team.direct(bot.ada)
    return bot.server.render(await direct.sees(text))


async def series(bot: Bot) -> list[Any]:
    space = await bot.space()
    return await bot.app.storage.read(lambda unit: unit.schedules.all(space.id))


def welcomes(bot: Bot, who: Any) -> int:
    return len([m for m in bot.team.direct(who).messages if "Hello!" in bot.server.render(m)])


async def test_the_first_host_who_shows_up_is_welcomed_once_and_not_an_owner_who_never_heard_of_it(bot: Bot) -> None:
    owner = bot.team.add_user("Olga", owner=True)
    await bot.bob.opens_home()
    await bot.greets()
    assert "/quiz daily set" in await told_host(bot, "Hello!")
    await bot.leave()
    await bot.come()
    await owner.opens_home()
    await bot.says("help", owner)
    await bot.settled()
    assert [welcomes(bot, one) for one in (bot.ada, bot.bob, owner)] == [1, 0, 0]


@pytest.mark.parametrize("shows_up", ["writes", "types", "opens home", "uses the shortcut"])
async def test_a_host_shows_up_by_whatever_reaches_the_bot(bot: Bot, shows_up: str) -> None:
    message = await bot.bob.says("What is recall?", bot.channel)
    await {
        "uses the shortcut": lambda: bot.ada.shortcut(SHORTCUT, message),
        "writes": lambda: bot.ada.says("hello", bot.team.direct(bot.ada)),
        "types": lambda: bot.types("help"),
        "opens home": bot.ada.opens_home,
    }[shows_up]()
    await told_host(bot, "Hello!")


async def test_a_stranger_from_another_workspace_is_nobody_to_put_in_charge(bot: Bot) -> None:
    stranger = bot.team.add_user("Mallory", admin=True, primary_owner=True, home_team="T0ELSEWHERE")
    await stranger.says(f"<@{bot.team.bot.id}> help", bot.channel)
    assert "/quiz daily set" not in bot.server.render(await stranger.sees("What you can type"))
    space = await bot.space()
    assert await bot.app.storage.read(lambda unit: unit.spaces.in_charge(space.id)) is None


async def test_where_nobody_is_in_charge_the_primary_owner_is_told_before_other_owners(bot: Bot) -> None:
    bot.team.add_user("Olga", owner=True)
    primary = bot.team.add_user("Pia", primary_owner=True)
    bot.team.add_user("Mallory", primary_owner=True, home_team="T0ELSEWHERE")
    await bot.daily()
    bot.ada.deleted = True
    bot.adapter._people._profiles.clear()  # as after five minutes
    await (await bot.channel.archive()).acked()
    await bot.team.direct(primary).sees("I can't ask in a channel")


async def test_who_set_the_bot_up_is_known_after_a_restart(bot: Bot) -> None:
    owner = bot.team.add_user("Olga", owner=True)
    await bot.daily()
    await bot.round(bot.questions()[-1])
    await bot.leave()
    await bot.come()
    await (await bot.channel.archive()).acked()
    await told_host(bot, "I can't ask in a channel")
    assert not [m for m in bot.team.direct(owner).messages if "I can't ask" in bot.server.render(m)]


async def test_a_host_who_wants_to_be_forgotten_is_in_charge_no_more(bot: Bot) -> None:
    owner = bot.team.add_user("Olga", owner=True)
    await bot.daily()
    space = await bot.space()
    assert await bot.app.storage.read(lambda unit: unit.spaces.in_charge(space.id)) == bot.ada.id
    exported = await (await bot.types("privacy export")).reply()
    assert '"set the bot up here last": true' in str(exported.blocks), "below the fold"
    await bot.insists("privacy delete", "Delete it for good")
    assert await bot.app.storage.read(lambda unit: unit.spaces.in_charge(space.id)) is None
    await (await bot.channel.archive()).acked()
    await bot.team.direct(owner).sees("I can't ask in a channel")


async def test_an_archived_channel_ends_its_round_pauses_its_series_and_tells_the_host(bot: Bot) -> None:
    question = await bot.daily()
    await bot.round(question)
    await (await bot.channel.archive()).acked()
    assert "The channel was archived." in await told_host(bot, "I can't ask in a channel")
    assert [one.next_at for one in await series(bot)] == [None]
    assert (await bot.round(question)).closed_at is not None


async def test_a_season_does_not_end_while_its_standings_cannot_be_posted(bot: Bot) -> None:
    await bot.daily()
    bot.channel.archived = True  # the event is still on its way
    bot.channel = bot.team.add_channel("office")
    assert "I can't post in the channel for leaderboards" in await bot.says("league season end")
    assert "Season 1 is on" in await bot.says("league season")


async def test_when_whoever_set_it_up_has_left_somebody_else_is_told(bot: Bot) -> None:
    await bot.daily()
    owner = bot.team.add_user("Olga", owner=True)
    bot.ada.deleted = True
    bot.adapter._people._profiles.clear()  # as after five minutes
    await (await bot.channel.archive()).acked()
    await bot.team.direct(owner).sees("I can't ask in a channel")


async def test_being_removed_from_a_channel_does_the_same(bot: Bot) -> None:
    await bot.daily()
    await (await bot.channel.remove_bot()).acked()
    assert "/invite @Quizbot" in await told_host(bot, "I can't ask in a channel")
    assert [one.next_at for one in await series(bot)] == [None]


async def test_a_private_channel_that_gets_another_id_goes_on_as_before(bot: Bot) -> None:
    """https://docs.slack.dev/reference/events/channel_id_changed: a private channel that is shared does."""
    bot.channel.private = True
    question = await bot.daily("reveal=at_close close_after=1d")
    await bot.clicks(bot.ada, question, "A")
    old = bot.channel.id
    await (await bot.channel.share()).acked()
    assert bot.channel.id != old
    assert "Saved" in await bot.clicks(bot.bob, question, "B")
    await bot.channel.sees("2 answered.")
    await bot.asks("daily now")
    await bot.result(question)
    assert [one.channel for one in await series(bot)] == [bot.channel.id]
    assert "No question is open" not in await bot.says("daily show")


async def test_an_id_that_is_none_moves_nothing(bot: Bot) -> None:
    await bot.daily()
    for new in ("", "C1 ", None, {"id": "C1"}):
        event = {"type": "channel_id_changed", "old_channel_id": bot.channel.id, "new_channel_id": new}
        await (await bot.server.event(bot.team, event)).acked()
    assert [one.channel for one in await series(bot)] == [bot.channel.id]


async def test_a_channel_that_refuses_posts_is_named_to_the_host(bot: Bot) -> None:
    await bot.says("daily set 09:00 Europe/Berlin")
    bot.channel.refuse_bot("restricted_action")
    await bot.types("daily now")
    shown = await told_host(bot, "I can't ask in a channel")
    assert "#study" in shown
    assert "settings keep me from posting" in shown


async def test_in_a_public_channel_it_joins_by_itself(bot: Bot) -> None:
    bot.channel.members.remove(bot.team.bot.id)
    await bot.asks("metrics")
    assert bot.channel.has_bot


async def test_in_a_private_channel_it_asks_to_be_invited(bot: Bot) -> None:
    bot.channel.private = True
    bot.channel.members.remove(bot.team.bot.id)
    assert "/invite @Quizbot" in await bot.says("metrics")
    assert bot.questions() == []


async def test_uninstalling_stops_everything_and_keeps_the_data_for_a_while(bot: Bot) -> None:
    question = await bot.daily()
    await bot.clicks(bot.bob, question, "A")
    await (await bot.server.uninstall(bot.team)).acked()
    space = await bot.space()
    assert space.left_at is not None
    tomorrow = bot.app.clock.now() + timedelta(days=1)
    assert await bot.app.storage.read(lambda unit: unit.schedules.due(tomorrow, ["slack"])) == []
    assert await bot.adapter.problem() == "the workspace removed the bot"


async def test_an_uninstallation_that_slack_cannot_confirm_now_is_taken_when_it_comes_again(bot: Bot) -> None:
    bot.server.ack_timeout = 0.2
    bot.server.fail_next(500, "auth.test", times=2)  # for each of the two events that tell of it
    await (await bot.server.uninstall(bot.team)).acked()
    assert (await bot.space()).left_at is not None


async def test_a_channel_that_another_workspace_shared_and_archived_is_known_by_ours(bot: Bot) -> None:
    await bot.daily()
    with bot.server.held():
        archived = await bot.channel.archive()
    archived.payload["team_id"] = "TELSEWHERE"  # ours stands in authorizations
    await archived.send()
    await archived.acked()
    assert [one.next_at for one in await series(bot)] == [None]


async def test_a_workspace_that_left_through_another_process_is_missed_within_half_a_minute(app: Application) -> None:
    seconds = 1000.0
    workspaces = Workspaces(app, lambda: seconds)
    space = await arrive(app, "slack", "T1", "Study", zone="UTC")
    assert await workspaces.space("T1") == space
    await depart(app, "slack", "T1")
    seconds += 31
    assert await workspaces.space("T1") is None


async def test_a_revoked_token_does_the_same(bot: Bot) -> None:
    await (await bot.server.revoke(bot.team.bot_token)).acked()
    assert (await bot.space()).left_at is not None


async def test_a_token_that_no_event_called_revoked_is_noticed_at_the_next_post(bot: Bot) -> None:
    await bot.says("daily set 09:00 Europe/Berlin topic=metrics")
    (one,) = await series(bot)
    bot.team.grant.refusal = "token_revoked"
    await ask_in_series_now(bot.app, one.id)

    async with asyncio.timeout(PATIENCE_S):
        while (await bot.space()).left_at is None:  # noqa: ASYNC110 - nothing tells of the commit
            await asyncio.sleep(0.02)


async def test_in_a_group_conversation_it_says_where_it_works(bot: Bot) -> None:
    bot.server.fail_next("missing_scope", "conversations.info")
    assert "Type that in a channel" in await bot.says("metrics")


async def test_a_token_that_was_revoked_while_the_bot_was_away_keeps_it_from_starting(bot: Bot) -> None:
    await bot.leave()
    bot.team.grant.refusal = "token_revoked"
    with pytest.raises(BadInput, match="SLACK_BOT_TOKEN"):
        await bot.come()


async def test_the_result_of_a_deleted_question_is_posted_at_a_later_try_too(start: Callable[..., Any]) -> None:
    bot = await start(FakeClock())
    question = await bot.daily()
    await bot.clicks(bot.bob, question, "A")
    question.deleted = True
    bot.server.fail_next(500, lambda sent: "thread_ts" in sent.args)
    await bot.asks("daily now")
    await bot.tries_again()
    await bot.channel.sees("Right answer:")


async def test_a_question_that_somebody_deleted_closes_and_its_result_stands_alone(bot: Bot) -> None:
    question = await bot.daily()
    await bot.clicks(bot.bob, question, "A")
    question.deleted = True
    await bot.asks("daily now")
    await bot.channel.sees("Right answer:")
