"""The permissions that the bot needs in a channel, in Discord's own words."""

from collections.abc import Sequence

import discord

from adapters.discord.controls import Json
from bot.i18n import gettext as _
from bot.ports import Forbidden

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
_THREADS, _WITH_THREADS = frozenset({10, 11, 12}), frozenset({0, 5})
"""Types of channels that are threads, and those whose messages can have one: text and announcement channels."""


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


def require_room(interaction: Json, *, thread: bool) -> None:
    """Check that the bot can post where an interaction happened and, if ``thread``, open threads there.

    Raises:
        Forbidden: it can't; the text says what is missing.
    """
    channel, may = interaction["channel"], discord.Permissions(int(interaction["app_permissions"]))
    lacking = missing(may, hides=False, thread=channel["type"] in _THREADS)
    if thread and channel["type"] not in _WITH_THREADS:
        raise Forbidden(
            _("Discord opens threads only in text and announcement channels. Leave out the thread option here.")
        )
    if thread and not (may.administrator or may.create_public_threads):
        lacking.append(_("Create Public Threads"))
    if lacking:
        raise Forbidden(needs(str(channel.get("name") or channel["id"]), lacking))
    if channel.get("thread_metadata", {}).get("locked") and not (may.administrator or may.manage_threads):
        raise Forbidden(_("This thread is locked. Unlock it, or give me the permission “Manage Threads” there."))


def require_call(interaction: Json, role: discord.Role | None) -> None:
    """Check that a question may mention a role, or ``@here`` if that is None, in the channel of an interaction.

    The person who sets it up must be allowed to do it, too: nobody calls people by the bot whom they can't call.

    Raises:
        Forbidden: the bot or the person lacks a permission; the text says who lacks what.
    """
    if role is not None and role.mentionable:
        return
    which = _("Mention @everyone, @here, and All Roles")
    own, theirs = (
        discord.Permissions(int(may)) for may in (interaction["app_permissions"], interaction["member"]["permissions"])
    )
    channel = interaction["channel"]
    if not (own.administrator or own.mention_everyone):
        raise Forbidden(needs(str(channel.get("name") or channel["id"]), [which]))
    if not (theirs.administrator or theirs.mention_everyone):
        raise Forbidden(
            _("To have me mention that, you need the permission “{permission}” here yourself.").format(permission=which)
        )


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
