"""The real Slack clients, which know nothing of the server but its address."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.slack import SlackServer, Team


@asynccontextmanager
async def client_of(team: Team, *retry_handlers: object) -> AsyncIterator[AsyncWebClient]:
    """A Web API client with the workspace's bot token."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(
            team.bot_token,
            base_url=team.server.api_base,
            session=session,
            retry_handlers=list(retry_handlers),
        )


@asynccontextmanager
async def connected(
    bolt: AsyncApp, slack: SlackServer, *, ping_interval: float = 5
) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect the app in Socket Mode."""
    handler = AsyncSocketModeHandler(bolt, slack.app.app_token, ping_interval=ping_interval)
    await handler.connect_async()
    await slack.socket.connected()
    try:
        yield handler
    finally:
        await handler.close_async()


@asynccontextmanager
async def listening(bolt: AsyncApp) -> AsyncIterator[str]:
    """Serve the app in HTTP mode, and give its address."""

    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    site = web.Application()
    site.add_routes([web.post("/slack/events", handle)])
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


async def refusal(call: Awaitable[object]) -> SlackApiError:
    """Return the error that a call must end with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value


async def error_of(call: Awaitable[object]) -> str:
    """Return the code of the error that a call must end with."""
    return (await refusal(call)).response["error"]
