"""REST routes for guilds, channels, users and the application."""

from typing import Any

from tests.platforms.discord import payloads
from tests.platforms.discord.access import channel_of, guild_of, user_of
from tests.platforms.discord.api import Handler
from tests.platforms.discord.errors import MISSING_PERMISSIONS, UNKNOWN_MEMBER, UNKNOWN_USER, Refused
from tests.platforms.discord.gateway import Gateway
from tests.platforms.discord.model import Json
from tests.platforms.discord.permissions import May
from tests.platforms.discord.recording import Request, snowflake
from tests.platforms.discord.world import World


class SpaceRoutes:
    """Tells the bot where it is, who else is there, and who the bot itself is."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway

    def routes(self) -> dict[str, Handler]:
        """Return the handlers by method and route."""
        return {
            "GET /gateway": lambda _: {"url": self._gateway.url},
            "GET /gateway/bot": lambda _: self._gateway.bot_gateway(),
            "GET /oauth2/applications/@me": lambda _: self._application(),
            "GET /applications/@me": lambda _: self._application(),
            "GET /users/@me": lambda _: payloads.user(self._world.bot) | {"verified": True, "mfa_enabled": True},
            "GET /users/@me/guilds": self._my_guilds,
            "DELETE /users/@me/guilds/{guild}": self._leave,
            "POST /users/@me/channels": self._direct_channel,
            "GET /users/{user}": lambda request: payloads.user(user_of(self._world, request)),
            "GET /channels/{channel}": lambda request: payloads.channel(channel_of(self._world, request)),
            "PATCH /channels/{channel}": self._reopen,
            "DELETE /channels/{channel}": self._delete_channel,
            "POST /channels/{channel}/typing": self._type,
            "GET /guilds/{guild}": self._guild,
            "GET /guilds/{guild}/channels": self._channels,
            "GET /guilds/{guild}/roles": lambda request: payloads.guild(guild_of(self._world, request))["roles"],
            "GET /guilds/{guild}/members/{user}": self._member,
        }

    def _application(self) -> Json:
        return {
            "id": str(self._world.application_id),
            "name": self._world.bot.name,
            "icon": None,
            "verify_key": "0" * 64,
            "owner": payloads.user(self._world.bot),
            "team": None,
            **self._world.application,
        }

    def _my_guilds(self, request: Request) -> Any:
        after = snowflake(request.query.get("after", "0"), ("after",))
        mine = [each for each in self._world.guilds.values() if each.bot_is_in and each.id > after]
        found = mine[: int(request.query.get("limit", 200))]
        return [{"id": str(each.id), "name": each.name, "icon": None, "owner": False, "features": []} for each in found]

    def _leave(self, request: Request) -> None:
        self._world.put_bot_out(guild_of(self._world, request))

    def _direct_channel(self, request: Request) -> Any:
        user = self._world.users.get(snowflake(request.json.get("recipient_id"), ("recipient_id",)))
        if user is None:
            raise Refused(UNKNOWN_USER)
        return payloads.channel(self._world.direct_channel(user))

    def _reopen(self, request: Request) -> Any:
        """Reopen a thread: https://discord.com/developers/docs/resources/channel#modify-channel."""
        channel = channel_of(self._world, request)
        if channel.parent is None or request.json != {"archived": False}:
            raise Refused(MISSING_PERMISSIONS)
        if (May.MANAGE_THREADS if channel.locked else channel.to_write) not in channel.bot_may:
            raise Refused(MISSING_PERMISSIONS)
        channel.change(archived=False)
        return payloads.channel(channel)

    def _delete_channel(self, request: Request) -> Any:
        channel = channel_of(self._world, request, May.MANAGE_CHANNELS)
        body = payloads.channel(channel)
        self._world.delete_channel(channel)
        return body

    def _type(self, request: Request) -> None:
        if May.SEND_MESSAGES not in channel_of(self._world, request).bot_may:
            raise Refused(MISSING_PERMISSIONS)

    def _guild(self, request: Request) -> Any:
        guild = guild_of(self._world, request)
        return payloads.guild(guild) | {"approximate_member_count": len(guild.members)}

    def _channels(self, request: Request) -> Any:
        return [payloads.channel(each) for each in guild_of(self._world, request).channels.values()]

    def _member(self, request: Request) -> Any:
        member = guild_of(self._world, request).members.get(request.id("user"))
        if member is None:
            raise Refused(UNKNOWN_MEMBER)
        return payloads.member(member)
