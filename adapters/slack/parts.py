"""The adapter's parts, as its listeners share them."""

from dataclasses import dataclass

from aiohttp import ClientSession

from adapters.common.background import Background
from adapters.slack.messenger import SlackMessenger
from adapters.slack.web_api.channels import Channels
from adapters.slack.web_api.people import People
from adapters.slack.web_api.workspaces import Workspaces
from bot.application import Application


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parts:
    """One running adapter."""

    app: Application
    session: ClientSession
    workspaces: Workspaces
    people: People
    channels: Channels
    messenger: SlackMessenger
    background: Background
