"""The adapter's parts, as its listeners share them."""

from dataclasses import dataclass

from aiohttp import ClientSession

from adapters.common.background import Background
from adapters.slack.channels import Channels
from adapters.slack.messenger import SlackMessenger
from adapters.slack.people import People
from adapters.slack.workspaces import Workspaces
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
