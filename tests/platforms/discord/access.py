"""Looks up what a request names by id, and refuses what isn't there or isn't allowed.

Each function raises `Refused` with the error that Discord would give.
"""

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
    """Return the channel in a request's path, if the bot sees it and has the permissions ``needs``."""
    channel = world.channels.get(request.id("channel"))
    if channel is None:
        raise Refused(UNKNOWN_CHANNEL)
    if (channel.guild and not channel.guild.bot_is_in) or May.VIEW_CHANNEL not in channel.bot_may:
        raise Refused(MISSING_ACCESS)
    if needs & ~channel.bot_may:
        raise Refused(MISSING_PERMISSIONS)
    return channel


def message_of(world: World, request: Request, needs: May = May.NOTHING) -> Message:
    """Return the message in a request's path, if the bot sees its channel and has the permissions ``needs`` there."""
    message = channel_of(world, request, needs).messages.get(request.id("message"))
    if message is None:
        raise Refused(UNKNOWN_MESSAGE)
    return message


def guild_of(world: World, request: Request) -> Guild:
    """Return the guild in a request's path, if the bot is in it."""
    guild = world.guilds.get(request.id("guild"))
    if guild is None or not guild.bot_is_in:
        raise Refused(UNKNOWN_GUILD)
    return guild


def user_of(world: World, request: Request) -> User:
    """Return the user in a request's path."""
    user = world.users.get(request.id("user"))
    if user is None:
        raise Refused(UNKNOWN_USER)
    return user
