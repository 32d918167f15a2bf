"""The permissions that the bot needs in a channel, in Discord's own words."""

from collections.abc import Sequence

import discord

from adapters.discord.controls import Json
from bot.i18n import gettext as _

_NEEDED = (
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "add_reactions",
)
_TO_HIDE_REACTIONS = "manage_messages"
_IN_THREADS = "send_messages_in_threads"
_THREADS = frozenset({10, 11, 12})
"""Types of channels that are threads: https://discord.com/developers/docs/resources/channel#channel-object."""


def needed(*, hides: bool) -> discord.Permissions:
    """Return the smallest set of permissions; with ``hides`` the bot also removes other people's reactions."""
    return discord.Permissions(**dict.fromkeys(_names(hides=hides), True))


def _names(*, hides: bool) -> tuple[str, ...]:
    return (*_NEEDED, _TO_HIDE_REACTIONS) if hides else _NEEDED


def missing(may: discord.Permissions, *, hides: bool, thread: bool = False) -> list[str]:
    """Name the missing permissions as the channel's settings do; writing in threads is a permission of its own."""
    names = [_IN_THREADS if thread and name == "send_messages" else name for name in _names(hides=hides)]
    words = {
        "view_channel": _("View Channel"),
        "send_messages": _("Send Messages"),
        "send_messages_in_threads": _("Send Messages in Threads"),
        "embed_links": _("Embed Links"),
        "attach_files": _("Attach Files"),
        "read_message_history": _("Read Message History"),
        "add_reactions": _("Add Reactions"),
        "manage_messages": _("Manage Messages"),
    }
    return [words[name] for name in names if not (may.administrator or getattr(may, name))]


def missing_here(interaction: Json) -> list[str]:
    """Name the permissions that a post needs and the bot lacks where an interaction happened, as Discord says."""
    may = discord.Permissions(int(interaction["app_permissions"]))
    return missing(may, hides=False, thread=interaction["channel"]["type"] in _THREADS)


def needs(channel: str, lacking: Sequence[str]) -> str:
    """Say which permissions the bot lacks in a channel, and where to give them."""
    return _("In #{channel} I need these permissions: {permissions}. Allow them in the channel's settings.").format(
        channel=channel, permissions=", ".join(lacking)
    )


def invitation(application_id: int, *, hides: bool = False) -> str:
    """Return the address where somebody who may manage a server can add the bot to it."""
    return discord.utils.oauth_url(
        application_id, permissions=needed(hides=hides), scopes=("bot", "applications.commands")
    )
