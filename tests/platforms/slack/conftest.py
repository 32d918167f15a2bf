"""A server, a workspace with somebody in it, and a real client and app."""

from collections.abc import AsyncIterator

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.testing import FakeClock
from tests.platforms.slack import Channel, SlackServer, Team, User
from tests.platforms.slack.clients import client_of


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """A Slack server that follows the machine's clock."""
    async with SlackServer() as server:
        yield server


@pytest.fixture
async def still(clock: FakeClock) -> AsyncIterator[SlackServer]:
    """A Slack server whose clock stands still."""
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
    """Ada, an admin of the workspace."""
    return team.add_user("Ada", admin=True)


@pytest.fixture
async def client(team: Team) -> AsyncIterator[AsyncWebClient]:
    """A Web API client that never retries."""
    async with client_of(team) as one:
        yield one


@pytest.fixture
def bolt(client: AsyncWebClient, slack: SlackServer) -> AsyncApp:
    """A slack-bolt app without listeners."""
    return AsyncApp(client=client, signing_secret=slack.app.signing_secret, raise_error_for_unhandled_request=False)
