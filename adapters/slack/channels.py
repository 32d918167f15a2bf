"""Getting into channels, and saying which one is closed."""

from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.failures import Closed
from adapters.slack.workspace import Method, Workspace
from bot.ports import Forbidden, MessengerError
from bot.rendering.words import literal


async def inside(workspace: Workspace, method: Method, arguments: dict[str, Any]) -> AsyncSlackResponse:
    """Call a method that needs the bot in the channel it names; a public one it joins by itself."""
    try:
        return await workspace.call(method, arguments)
    except Closed as error:
        if error.code != "not_in_channel":
            raise
        try:
            await workspace.call(workspace.client.conversations_join, {"channel": arguments["channel"]})
        except MessengerError:
            raise error from None
        return await workspace.call(method, arguments)


async def named(workspace: Workspace, channel: str, error: Closed) -> Forbidden:
    """The error with the channel's name before it, where that can be found out."""
    try:
        answer = await workspace.call(workspace.client.conversations_info, {"channel": channel})
    except MessengerError:
        return error
    name = answer["channel"].get("name")
    return Closed(error.code, f"#{literal(name)}: {error}") if name else error
