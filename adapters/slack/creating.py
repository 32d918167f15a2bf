"""What both variants of ``quizbot setup slack`` need: the link that creates an app, and calls to try secrets out."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import yaml
from aiohttp import ClientSession, ClientTimeout
from yarl import URL

from adapters.slack.doctor import MANIFEST
from adapters.slack.settings import SlackSettings
from adapters.slack.text.spelling import DEFAULT
from adapters.slack.web_api.pace import Gate
from adapters.slack.web_api.workspace import Access
from bot.i18n import gettext as _
from bot.resources import resource

_APPS = URL("https://api.slack.com/apps")
_EXAMPLE_SITE = "https://quiz.example.org"
"""The bot's address in the manifest of HTTP mode."""
_WITHIN_S = 8.0


def creation_link(command: str = DEFAULT, file: str = MANIFEST, site: str = "") -> str:
    """Return the address where Slack makes an app from one of our manifests.

    A ``command`` other than the default replaces those in it, and ``site`` replaces its example address.
    """
    text = resource("config", file).read_text(encoding="utf-8")
    manifest = yaml.safe_load(text.replace(_EXAMPLE_SITE, site) if site else text)
    if command != DEFAULT:
        first, *_others = manifest["features"]["slash_commands"]
        manifest["features"]["slash_commands"] = [first | {"command": command}]
    return str(_APPS.with_query(new_app="1", manifest_json=json.dumps(manifest, separators=(",", ":"))))


def in_private() -> str:
    """Say how to get the bot into a private channel."""
    return _("Is the channel private? Invite the bot there first: /invite @Quizbot")


def where_set() -> str:
    """Say where a setting that is in the way may be."""
    return _("It is in the environment, in the settings file, or a file in the folder “secrets” beside that.")


@asynccontextmanager
async def connected(settings: SlackSettings) -> AsyncIterator[Access]:
    """Yield the access to Slack's Web API, for some calls."""
    async with ClientSession(timeout=ClientTimeout(total=_WITHIN_S)) as session:
        yield Access(session, Gate(), settings.slack_api_base)
