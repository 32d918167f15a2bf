"""A server, a workspace, and real clients of slack_sdk and slack-bolt that know nothing but its address."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.testing import FakeClock
from tests.platforms.slack import Channel, SlackServer, Team, User

Connect = Callable[[AsyncApp], AbstractAsyncContextManager[AsyncSocketModeHandler]]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """By the machine's clock."""
    async with SlackServer() as server:
        yield server


@pytest.fixture
async def still(clock: FakeClock) -> AsyncIterator[SlackServer]:
    """By a clock that stands still."""
    async with SlackServer(clock=clock) as server:
        yield server


@pytest.fixture
def team(slack: SlackServer) -> Team:
    """A workspace with the app in it."""
    return slack.add_team()


@pytest.fixture
def channel(team: Team) -> Channel:
    """A public channel with the bot in it."""
    return team.add_channel("study")


@pytest.fixture
def ada(team: Team, channel: Channel) -> User:
    """An admin."""
    return team.add_user("Ada", admin=True)


@asynccontextmanager
async def client_of(team: Team, *retry_handlers: object) -> AsyncIterator[AsyncWebClient]:
    """A client with the workspace's bot token."""
    async with aiohttp.ClientSession() as session:
        yield AsyncWebClient(
            team.bot_token,
            base_url=team.server.api_base,
            session=session,
            retry_handlers=list(retry_handlers),
        )


@pytest.fixture
async def client(team: Team) -> AsyncIterator[AsyncWebClient]:
    """A client that never retries."""
    async with client_of(team) as one:
        yield one


@pytest.fixture
def bolt(client: AsyncWebClient, slack: SlackServer) -> AsyncApp:
    """An app without listeners."""
    return AsyncApp(client=client, signing_secret=slack.app.signing_secret, raise_error_for_unhandled_request=False)


@asynccontextmanager
async def connected(bolt: AsyncApp, slack: SlackServer) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app in Socket Mode."""
    handler = AsyncSocketModeHandler(bolt, slack.app.app_token, ping_interval=0.2)
    await handler.connect_async()
    await slack.socket.connected()
    try:
        yield handler
    finally:
        await handler.close_async()


@asynccontextmanager
async def listening(bolt: AsyncApp) -> AsyncIterator[str]:
    """The app in HTTP mode; its address."""

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
