"""One Slack workspace: its Web API, through the gate, with errors that the core knows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.web_api.failures import explained
from adapters.slack.web_api.pace import Gate
from bot.ports import RateLimited

AT_ONCE = 2.5
"""Seconds that somebody who waits for an answer may have to wait at the gate."""
IN_TIME = 120.0
"""The same where nobody waits."""

_TRIES = 3

Method = Callable[..., Awaitable[AsyncSlackResponse]]


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """The way to Slack that all workspaces of a process share."""

    session: ClientSession
    gate: Gate
    base_url: str

    def client(self, token: str) -> AsyncWebClient:
        """A client that tries once: whoever calls knows whether doing it twice does harm."""
        return AsyncWebClient(token=token, base_url=self.base_url, session=self.session, retry_handlers=[])


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """A workspace that the bot is installed in.

    Attributes:
        bot_user: the bot's own user id there.
        url: where its messages are linked to, such as ``https://study.slack.com/``.
        installer: who installed the bot; empty where that isn't known.
    """

    team_id: str
    name: str
    bot_user: str
    url: str
    client: AsyncWebClient
    gate: Gate
    installer: str = ""

    async def call(self, method: Method, arguments: dict[str, Any], *, patience: float = AT_ONCE) -> AsyncSlackResponse:
        """Call a method of ``client`` once, when the gate lets it.

        Raises:
            RateLimited: the gate would keep it for longer than ``patience``, in seconds, or Slack says so.
            MessengerError: see `adapters.slack.web_api.failures`.
        """
        name = method.__name__
        counter = name, self.team_id, str(arguments["channel"]) if name == "chat_postMessage" else ""
        await self.gate.enter(counter, patience)
        try:
            with explained():
                return await method(**arguments)
        except RateLimited as error:
            self.gate.close(counter, error.retry_after)
            raise

    async def ask(self, method: Method, arguments: dict[str, Any]) -> AsyncSlackResponse:
        """The same where nobody waits for it and doing it twice does no harm: it is tried again when Slack is busy."""
        for _try in range(_TRIES - 1):
            try:
                return await self.call(method, arguments, patience=IN_TIME)
            except RateLimited:
                continue
        return await self.call(method, arguments, patience=IN_TIME)

    def link(self, channel: str, ts: str) -> str:
        """The address of a message."""
        return f"{self.url}archives/{channel}/p{ts.replace('.', '')}"
