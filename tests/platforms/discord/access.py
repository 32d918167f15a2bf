"""What the bot asks for by id, if it is there and the bot may."""

from tests.platforms.discord.errors import (
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    UNKNOWN_CHANNEL,
    UNKNOWN_GUILD,
    UNKNOWN_MESSAGE,
    UNKNOWN_USER,
    Refused,
)
from tests.platforms.discord.model import Channel, Guild, Message, User
from tests.platforms.discord.permissions import May
from tests.platforms.discord.recording import Request
from tests.platforms.discord.world import World


def channel_of(world: World, request: Request, needs: May = May.NOTHING) -> Channel:
    """The channel in a request's path."""
    channel = world.channels.get(request.id("channel"))
    if channel is None:
        raise Refused(UNKNOWN_CHANNEL)
    if (channel.guild and not channel.guild.bot_is_in) or May.VIEW_CHANNEL not in channel.bot_may:
        raise Refused(MISSING_ACCESS)
    if needs & ~channel.bot_may:
        raise Refused(MISSING_PERMISSIONS)
    return channel


def message_of(world: World, request: Request, needs: May = May.NOTHING) -> Message:
    """The message in a request's path."""
    message = channel_of(world, request, needs).messages.get(request.id("message"))
    if message is None:
        raise Refused(UNKNOWN_MESSAGE)
    return message


def guild_of(world: World, request: Request) -> Guild:
    """The guild in a request's path."""
    guild = world.guilds.get(request.id("guild"))
    if guild is None or not guild.bot_is_in:
        raise Refused(UNKNOWN_GUILD)
    return guild


def user_of(world: World, request: Request) -> User:
    """The user in a request's path."""
    user = world.users.get(request.id("user"))
    if user is None:
        raise Refused(UNKNOWN_USER)
    return user
