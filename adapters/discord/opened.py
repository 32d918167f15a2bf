"""Commands that Discord hides from most people, and that a server's settings open to somebody.

https://discord.com/developers/docs/interactions/application-commands#permissions
"""

from collections.abc import Sequence

import structlog

from adapters.discord.controls import Json
from adapters.discord.inbound import Origin
from adapters.discord.rest import TROUBLE, Rest

_ROLE, _USER, _CHANNEL = 1, 2, 3

_log = structlog.get_logger(__name__)


async def is_opened(rest: Rest, application_id: int, command_id: str, who: Origin) -> bool:
    """Whether a server's settings open a command to somebody in their channel; no if Discord doesn't answer.

    Discord itself checks that for a slash command, but not for a button that runs one.
    """
    path = "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}/permissions"
    try:
        found = await rest.call(
            "GET", path, application_id=application_id, guild_id=who.guild or "", command_id=command_id
        )
    except TROUBLE as error:  # 10066: the settings say nothing of this command
        _log.info("settings_unknown", server=who.guild, reason=str(error))
        return False
    return opens(found["permissions"], who)


def opens(settings: Sequence[Json], who: Origin) -> bool:
    """Whether a command's settings in a server open it to somebody: their own come before those of their roles."""
    said = {(one["type"], str(one["id"])): bool(one["permission"]) for one in settings}
    everybody, every_channel = str(who.guild), str(int(who.guild or 1) - 1)
    if not said.get((_CHANNEL, who.channel), said.get((_CHANNEL, every_channel), True)):
        return False
    if (own := said.get((_USER, who.user))) is not None:
        return own
    of_roles = [said[_ROLE, role] for role in who.roles if (_ROLE, role) in said]
    return any(of_roles) if of_roles else said.get((_ROLE, everybody), False)
