"""The Discord adapter: builds its parts, starts them and stops them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web
from typing_extensions import override

from adapters.common.fetching import Reach
from adapters.discord.buckets import PATIENCE_S
from adapters.discord.commands import commands, ids
from adapters.discord.connection import Connection, explained
from adapters.discord.deadlines import DEFER_AFTER_S
from adapters.discord.doctor import look
from adapters.discord.gate import Gate
from adapters.discord.interactions import Interactions
from adapters.discord.library import Client, drop_malformed, hear_interactions, hear_ready, ignore_messages, redirect
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.permissions import invitation
from adapters.discord.presence import Presence
from adapters.discord.reactions import ReactionBoard
from adapters.discord.replies import Replies
from adapters.discord.rest import Rest
from adapters.discord.roles import Roles
from adapters.discord.servers import Servers
from adapters.discord.session_starts import SessionStarts
from adapters.discord.settings import DiscordSettings
from adapters.discord.spaces import ADAPTER, Spaces
from adapters.discord.spelling import in_words, use_prefix
from adapters.discord.tokens import Tokens
from bot.application import Adapter, Application, Check
from bot.domain.errors import BadInput
from bot.domain.introductions import Introduction
from bot.i18n import gettext as _
from bot.i18n import use_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Waiting times in seconds; the defaults suit Discord.

    Attributes:
        connect: how long the first connection may take.
        guilds: how long to wait for the next server in Discord's list at the start.
        identify: the pause between two new sessions.
        rate_limit: how long a request may wait for its rate limit before it is put off.
        defer: how long to wait for a click to be stored before it is acknowledged.
    """

    connect: float = 60.0
    guilds: float = 2.0
    identify: float = 5.0
    defer: float = DEFER_AFTER_S
    rate_limit: float = PATIENCE_S


_NAME = "Discord"
_DRAIN_S = 2.0
_FILES_AT = ("cdn.discordapp.com", "media.discordapp.net")


def _files(settings: DiscordSettings) -> Reach:
    """Return the client that downloads people's uploads."""
    base = settings.discord_api_base
    return Reach(_FILES_AT, None if base == DiscordSettings.model_fields["discord_api_base"].default else base)


class DiscordAdapter(Adapter):
    """`bot.application.Adapter` for Discord."""

    name = ADAPTER
    messenger: DiscordMessenger

    def __init__(self, app: Application, pauses: Pauses | None = None, gate: Gate | None = None) -> None:
        """Set up without contacting Discord; the default pauses and gate keep to Discord's limits."""
        self._app = app
        self._pauses = pauses or Pauses()
        gate = gate or Gate()
        self._session_starts = SessionStarts()
        self._client = Client(
            gate,
            identify_pause=self._pauses.identify,
            guilds_within=self._pauses.guilds,
            patience=self._pauses.rate_limit,
            session_starts=self._session_starts,
        )
        self._rest = Rest(self._client.http)
        self._replies = Replies()
        self._settings = app.settings.of(DiscordSettings)
        hide_reactions = self._settings.discord_hide_reactions
        spaces, tokens, roles = Spaces(app), Tokens(), Roles(app)
        servers = Servers(self._client, self._rest, hide_reactions=hide_reactions)
        self._ids: dict[str, str] = {}
        self._board = ReactionBoard(app, self._rest, spaces, servers, roles)
        self._presence = Presence(app, spaces, servers)
        self._interactions = Interactions(
            app,
            spaces,
            self._presence,
            roles,
            self._replies,
            tokens,
            servers,
            self._ids,
            _files(self._settings),
            defer_after=self._pauses.defer,
        )
        self.messenger = DiscordMessenger(
            app, self._rest, self._replies, spaces, servers, tokens, self._board, self._ids
        )
        self._connection = Connection(self._client, app.clock, app.absences, self._catch_up)
        self._logged_in = False
        self._listen()

    def _listen(self) -> None:
        hear_interactions(self._client, self._interactions.take)
        hear_ready(self._client, self._presence.note_ready)
        ignore_messages(self._client)
        drop_malformed(self._client)
        for part in (self._connection, self._presence, self._board):
            for name in dir(part):
                if name.startswith("on_"):
                    self._client.event(getattr(part, name))

    @override
    async def start(self, site: web.Application) -> None:
        """Register the commands, connect, and catch up on what happened while the bot was away."""
        settings = self._settings
        if settings.discord_token is None:
            raise BadInput(_("Set DISCORD_TOKEN to the token of your bot: docs/discord.md says where to get one."))
        redirect(settings.discord_api_base, settings.discord_gateway_url)
        use_prefix(settings.discord_command_prefix)
        self._logged_in = True
        with explained():
            await self._client.login(settings.discord_token.get_secret_value())
            application_id = self._client.application_id or 0
            self._replies.open(application_id)
            link = invitation(application_id, hides=self._settings.discord_hide_reactions)
            self._app.introductions[_NAME] = Introduction(spell=in_words, invitation=link)
            with use_language(self._app.settings.language):
                path = "/applications/{application_id}/commands"
                menus = await asyncio.to_thread(commands)  # the first time, it loads all languages
                registered = await self._rest.call("PUT", path, menus, application_id=application_id)
                self._ids.update(ids(registered))
            shards, _address, limits = await self._client.http.get_bot_gateway()
            self._session_starts.learn(limits, needed=shards)
            await self._session_starts.reserve(shards)
            await self._connection.open(shards, self._pauses.connect)

    async def _catch_up(self) -> None:
        await self._presence.catch_up([server for server in self._client.guilds if not server.unavailable])
        self._board.read_back(self.messenger)

    @override
    def greeting(self, address: str) -> str:
        """Return the line with the link that adds the bot to a server."""
        link = self._app.introductions[_NAME].invitation
        return _("Discord: connected. To add the bot to a server, open {link}").format(link=link)

    @override
    async def stop(self) -> None:
        """Finish running work, then disconnect."""
        await self._interactions.stop()
        await self.messenger.stop()
        await self._board.stop()
        if self._logged_in:
            await self._connection.close()
        await self._client.finish(_DRAIN_S)
        await self._replies.close()

    @override
    async def problem(self) -> str | None:
        """Say why the gateway isn't connected; None if it is."""
        return self._connection.problem()

    @override
    async def check(self) -> Sequence[Check]:
        """Check the token, the gateway, and every channel with a series."""
        return await look(self._app)
