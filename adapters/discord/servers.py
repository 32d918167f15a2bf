"""What discord.py knows about the servers: channels, permissions, owners."""

import discord
import structlog
from cachetools import LRUCache

from adapters.discord.inbound import Origin
from adapters.discord.opened import is_opened
from adapters.discord.permissions import invitation, missing, needs
from adapters.discord.rest import Rest, in_the_cores_words
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.ports import Forbidden, MessengerError
from bot.rendering.words import literal

_log = structlog.get_logger(__name__)

_DIRECT_KEPT = 10_000
"""How many people's channels for direct messages are remembered."""

_Channel = discord.abc.GuildChannel | discord.Thread


class Servers:
    """The servers as the gateway last described them."""

    def __init__(self, client: discord.Client, rest: Rest, *, hide_reactions: bool) -> None:
        self._client = client
        self._rest = rest
        self._hide_reactions = hide_reactions
        self._direct: LRUCache[str, str] = LRUCache(_DIRECT_KEPT)

    @property
    def own_id(self) -> int:
        """Return the id of the bot's own account."""
        return self._client.user.id if self._client.user else 0

    @property
    def hiding(self) -> bool:
        """Whether the bot is set to remove other people's reactions; then a removed one wasn't taken back."""
        return self._hide_reactions

    def may_hide(self, channel: str) -> bool:
        """Whether the bot is set and allowed to remove other people's reactions in a channel."""
        found = self._known(channel)
        return self._hide_reactions and found is not None and _permissions(found).manage_messages

    def what_is_missing(self, channel: str) -> str:
        """Say in Markdown why the bot can't post in a channel, and what to do about it."""
        found = self._known(channel)
        if found is None:
            return _(
                "A channel where I ask is gone, or I can't see it any more. Let me see it (“View Channel”), "
                "or set the daily question in another channel."
            )
        lacking = self._missing(found)
        if not lacking:
            return _shut(literal(found.name))
        return needs(literal(found.name), lacking)

    def require_room(self, channel: str) -> None:
        """Check that the bot can post in a channel of a server that it is in.

        An archived thread passes: Discord doesn't list it, and the bot reopens it.

        Raises:
            Forbidden: it can't; the text says what is missing.
        """
        found = self._known(channel)
        if found is None:
            return
        may = _permissions(found)
        if lacking := missing(may, hides=False, thread=isinstance(found, discord.Thread)):
            raise Forbidden(needs(found.name, lacking))
        if isinstance(found, discord.Thread) and found.locked and not (may.administrator or may.manage_threads):
            raise Forbidden(_shut(found.name))

    def _missing(self, channel: _Channel) -> list[str]:
        thread = isinstance(channel, discord.Thread)
        return missing(_permissions(channel), hides=self._hide_reactions, thread=thread)

    async def server(self, guild: str) -> discord.Guild:
        """Return a server that the bot is in, from the gateway, or else by asking Discord.

        Raises:
            Forbidden: the bot isn't in that server.
            MessengerError: Discord can't be asked right now.
        """
        known = self._client.get_guild(int(guild))
        if known is not None and not known.unavailable:
            return known
        try:
            with in_the_cores_words(self._not_in_it):
                return await self._client.fetch_guild(int(guild), with_counts=False)
        except Forbidden:
            raise
        except MessengerError as error:
            _log.warning("server_unknown", server=guild, reason=str(error))
            raise MessengerError(
                _("Discord isn't telling me about this server right now. Please try again in a moment.")
            ) from error

    async def role(self, guild: str, role_id: str) -> discord.Role:
        """Return a role of a server, except that of everyone.

        Raises:
            BadInput: the server has no such role.
            Forbidden, MessengerError: as for `server`.
        """
        found = (await self.server(guild)).get_role(int(role_id)) if role_id.isdecimal() else None
        if found is None or found.is_default():
            raise BadInput(_("This server has no such role. Type @ and pick one, or write here or off."))
        return found

    async def opened(self, command_id: str, who: Origin) -> bool:
        """Whether a server's settings let somebody use a command that Discord shows to hosts alone."""
        return await is_opened(self._rest, self._client.application_id or 0, command_id, who)

    def _not_in_it(self) -> str:
        """The error for a server without the bot: a server can have the application's commands alone."""
        link = invitation(self._client.application_id or 0, hides=self._hide_reactions)
        return _("I'm not in this server. Somebody who manages it can add me: {link}").format(link=link)

    async def channel_to_owner(self, guild: str) -> str:
        """Return the channel for direct messages to a server's owner.

        Raises:
            MessengerError: there is none, or Discord can't be asked right now.
        """
        known = self._client.get_guild(int(guild))
        owner = known.owner_id if known else None
        if owner is None:
            owner = (await self.server(guild)).owner_id
        if owner is None:
            raise Forbidden(_("I'm not in that server any more."))
        with in_the_cores_words(lambda: _("The server's owner doesn't accept messages from me.")):
            return await self.direct_channel(str(owner))

    async def direct_channel(self, user: str) -> str:
        """Return the channel for direct messages to somebody; may raise what `rest.TROUBLE` names."""
        if user not in self._direct:
            opened = await self._rest.call("POST", "/users/@me/channels", {"recipient_id": user})
            self._direct[user] = str(opened["id"])
        return self._direct[user]

    def _known(self, channel: str) -> _Channel | None:
        found = self._client.get_channel(int(channel)) if channel.isdecimal() else None
        return found if isinstance(found, _Channel) else None


def where_to_welcome(server: discord.Guild) -> str | None:
    """Return the server's channel for announcements, if the bot may write there."""
    channel = server.system_channel
    if not channel or missing(_permissions(channel), hides=False):  # broken data may have 0 or an empty list there
        return None
    return str(channel.id)


def _shut(channel: str) -> str:
    return _("I can't write in #{channel} any more. Is it archived or locked?").format(channel=channel)


def _permissions(channel: _Channel) -> discord.Permissions:
    return channel.permissions_for(channel.guild.me)
