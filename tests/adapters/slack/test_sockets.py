"""Socket Mode: the bot stays connected, whatever Slack and the network do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.socket_mode import Line, SocketMode
from bot.domain.errors import BadInput
from tests.patience import PATIENCE_S

Bot = Any  # the fixtures' classes: test folders aren't packages


async def test_a_refresh_is_followed_before_the_old_connection_ends(bot: Bot) -> None:
    question = await bot.asks("metrics")
    await bot.server.socket.disconnect("refresh_requested")
    await bot.server.socket.connected(opened=2)
    assert len(bot.server.socket.connections) == 2
    assert "points" in await bot.clicks(bot.ada, question, await bot.right(question))


async def test_what_came_on_the_old_connection_is_acknowledged_there(bot: Bot) -> None:
    question = await bot.asks("metrics")
    await bot.round(question)
    pressed = await bot.ada.press(question, "A")
    await bot.server.socket.disconnect("warning")
    await pressed.acked()


async def test_a_dropped_connection_is_back_at_once(bot: Bot) -> None:
    question = await bot.asks("metrics")
    bot.adapter._sockets._sleep = sleeps = Sleeps()
    bot.server.socket.drop()
    await bot.server.socket.connected(opened=2)
    assert sleeps.seconds == []
    assert "points" in await bot.clicks(bot.ada, question, await bot.right(question))


async def test_while_nothing_comes_in_readiness_says_so(bot: Bot) -> None:
    await bot.server.stop()
    await bot.server.until(bot.adapter._sockets.problem, "a problem")
    assert "not connected to Slack" in (await bot.adapter.problem() or "")
    await bot.server.start()
    await bot.server.socket.connected()
    await bot.server.until(lambda: bot.adapter._sockets.problem() is None, "no problem")


async def test_while_slack_has_no_room_for_a_connection_readiness_says_so(bot: Bot) -> None:
    later = asyncio.Event()
    bot.adapter._sockets._sleep = lambda _seconds: later.wait()
    await bot.server.socket.disconnect("too_many_websockets")
    await bot.server.until(bot.adapter._sockets.problem, "a problem")
    assert "not connected to Slack" in (await bot.adapter.problem() or "")
    later.set()
    await bot.server.socket.connected(opened=2)
    await bot.server.until(lambda: bot.adapter._sockets.problem() is None, "no problem")


async def test_events_that_came_while_it_was_away_are_taken_when_they_come_again(bot: Bot) -> None:
    question = await bot.daily("answer_with=reactions close_after=1h")
    await bot.round(question)
    bot.server.socket.drop()
    reacted = await bot.ada.react(question, "two")
    await reacted.acked(within=PATIENCE_S)
    await bot.until_answers(question, {"Ada": "B"})


class Sleeps:
    """Sleeps that a test looks at instead of waiting for them."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0.01)


@asynccontextmanager
async def second_connection(bot: Bot) -> AsyncIterator[Sleeps]:
    """One more connection of the same app, whose pauses are looked at; the bot's own is gone."""
    await bot.adapter._sockets.stop()
    sleeps = Sleeps()
    async with ClientSession() as session:
        client = AsyncWebClient(base_url=bot.server.api_base, session=session)
        line = Line(client=client, session=session, app_token=bot.server.app.app_token)
        sockets = SocketMode(line, bot.adapter._intake, lambda: None, lambda: None, sleeps)
        await sockets.start()
        yield sleeps
        await sockets.stop()


async def test_connections_that_end_again_and_again_are_not_hurried(bot: Bot) -> None:
    async with second_connection(bot) as sleeps:
        for _time in range(4):
            opened = bot.server.socket.opened
            bot.server.socket.drop()
            await bot.server.socket.connected(opened=opened + 1)
    assert len(sleeps.seconds) == 3  # none before the first
    assert sleeps.seconds[2] > sleeps.seconds[0]


async def test_too_many_connections_are_met_with_longer_and_longer_pauses(bot: Bot) -> None:
    async with second_connection(bot) as sleeps:
        for _time in range(4):
            opened = bot.server.socket.opened
            await bot.server.socket.disconnect("too_many_websockets")
            await bot.server.socket.connected(opened=opened + 1)
            await asyncio.sleep(0.05)
    pauses = [seconds for seconds in sleeps.seconds if seconds != 8.0]
    assert len(pauses) >= 4
    assert pauses[3] > 3 * pauses[0] >= 2.0


@pytest.mark.parametrize(("error", "words"), [("invalid_auth", "SLACK_APP_TOKEN"), ("not_allowed_token_type", "xapp-")])
async def test_a_wrong_app_token_keeps_it_from_starting_in_one_line(bot: Bot, error: str, words: str) -> None:
    await bot.leave()
    bot.server.fail_next(error, "apps.connections.open")
    with pytest.raises(BadInput, match=words) as told:
        await bot.come()
    assert "\n" not in str(told.value)


async def test_a_slack_that_cannot_be_reached_keeps_it_from_starting_in_one_line(bot: Bot) -> None:
    await bot.leave()
    await bot.server.stop()
    with pytest.raises(BadInput, match="can't be reached") as told:
        await bot.come()
    assert "\n" not in str(told.value)
    await bot.server.start()
