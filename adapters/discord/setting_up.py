"""``quizbot setup discord``: the way to a token that Discord accepts, and to the bot's invitation."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from string import hexdigits

import discord

from adapters.discord.connection import explained
from adapters.discord.gate import Gate
from adapters.discord.library import Client, redirect
from adapters.discord.permissions import invitation
from adapters.discord.settings import DiscordSettings
from adapters.discord.spelling import in_words, use_prefix
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import NeededSecret, Settings, Setup, last_steps

PORTAL = "https://discord.com/developers/applications"
_TOKEN = "DISCORD_TOKEN"  # noqa: S105 - a setting's name
_PUBLIC_KEY_LENGTH = 64


def way(loaded: Settings) -> Setup:
    """Return the way to Discord."""
    settings = loaded.of(DiscordSettings)
    return Setup(
        first=_(
            "Open {address} and choose “New Application”. Type the name that people will see, such as Quizbot, and "
            "choose “Create”."
        ).format(address=PORTAL),
        secrets=(
            NeededSecret(
                variable=_TOKEN,
                name=_("Token"),
                where=_(
                    "Choose “Bot” on the left, then “Reset Token”, and confirm. Discord shows the token once: choose "
                    "“Copy”. Leave the privileged intents off."
                ),
                try_out=partial(_try_out, settings),
            ),
        ),
        afterwards=partial(_afterwards, settings, loaded.zone),
    )


async def _try_out(settings: DiscordSettings, token: str, _before: Mapping[str, str]) -> str:
    if token.isdigit():
        raise BadInput(_("That is an Application ID. The token is under “Bot”, “Reset Token”."))
    if len(token) == _PUBLIC_KEY_LENGTH and set(token) <= set(hexdigits):
        raise BadInput(_("That is the Public Key. The token is under “Bot”, “Reset Token”."))
    async with _application(settings, token) as about:
        if about.bot_require_code_grant:
            raise BadInput(
                _(
                    "The token works, but nobody can invite the bot: under “Bot”, turn “Requires OAuth2 Code Grant” "
                    "off, and save."
                )
            )
        if about.interactions_endpoint_url:
            raise BadInput(
                _(
                    "The token works, but the bot won't hear commands: under “General Information”, delete the "
                    "“Interactions Endpoint URL”, and save."
                )
            )
        return _("The token works. The application is called {name}.").format(name=about.name)


async def _afterwards(settings: DiscordSettings, zone: str, secrets: Mapping[str, str]) -> str:
    async with _application(settings, secrets[_TOKEN]) as about:
        link = invitation(about.id, hides=settings.discord_hide_reactions)
    use_prefix(settings.discord_command_prefix)
    invited = _("Open this link, choose your server, and authorise the bot:\n{link}").format(link=link)
    return "\n\n".join((invited, *last_steps(zone, in_words)))


@asynccontextmanager
async def _application(settings: DiscordSettings, token: str) -> AsyncIterator[discord.AppInfo]:
    """Log in and yield what Discord says of the application."""
    redirect(settings.discord_api_base, settings.discord_gateway_url)
    client = Client(Gate(), identify_pause=0, guilds_within=0)
    try:
        with explained():
            await client.login(token)
            yield await client.application_info()
    finally:
        await client.close()
