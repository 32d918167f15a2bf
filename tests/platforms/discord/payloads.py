"""Writes everything as JSON, the way Discord's documentation describes it."""

from datetime import datetime

from tests.platforms.discord.clock import time_of
from tests.platforms.discord.model import Attachment, Channel, Guild, Json, Member, Message, Role, User
from tests.platforms.discord.permissions import EVERYTHING, May

DIRECT = 1
_REPLY, _COMMAND_REPLY, _DEFAULT = 19, 20, 0


def user(one: User) -> Json:
    """An account."""
    return {
        "id": str(one.id),
        "username": one.name.lower(),
        "global_name": one.name,
        "discriminator": "0",
        "avatar": None,
        "bot": one.is_bot,
        "public_flags": 0,
        "flags": 0,
    }


def member(one: Member, *, with_user: bool = True) -> Json:
    """An account in a guild."""
    body: Json = {
        "roles": [str(role.id) for role in one.roles],
        "joined_at": one.joined_at.isoformat(),
        "premium_since": None,
        "nick": None,
        "avatar": None,
        "pending": False,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "communication_disabled_until": None,
    }
    return body | {"user": user(one.user)} if with_user else body


def role(one: Role, position: int) -> Json:
    """A role of a guild."""
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(int(one.may)),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": one.mentionable,
        "flags": 0,
    }


def channel(one: Channel) -> Json:
    """A channel; the bot's permissions in it are written as an overwrite for the bot alone."""
    last = str(max(one.messages)) if one.messages else None
    if one.guild is None:
        recipients = [user(one.recipient)] if one.recipient else []
        return {"id": str(one.id), "type": DIRECT, "recipients": recipients, "last_message_id": last, "flags": 0}
    if one.parent is not None:
        return _thread(one) | {"last_message_id": last}
    bot = one.world.bot
    overwrite = {
        "id": str(bot.id),
        "type": 1,
        "allow": str(int(one.bot_may)),
        "deny": str(int(EVERYTHING & ~one.bot_may)),
    }
    return {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild.id),
        "name": one.name,
        "position": list(one.guild.channels).index(one.id) if one.id in one.guild.channels else 0,
        "permission_overwrites": [overwrite],
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_message_id": last,
        "flags": 0,
    }


def _thread(one: Channel) -> Json:
    """A thread, which has its parent's permissions."""
    parent = one.parent or one
    return {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild.id) if one.guild else None,
        "parent_id": str(parent.id),
        "owner_id": str(one.guild.owner.id) if one.guild else None,
        "name": one.name,
        "message_count": len(one.messages),
        "member_count": 1,
        "total_message_sent": len(one.messages),
        "rate_limit_per_user": 0,
        "flags": 0,
        "thread_metadata": {
            "archived": one.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": time_of(one.id).isoformat(),
            "locked": one.locked,
        },
    }


def guild(one: Guild) -> Json:
    """A guild as REST returns it."""
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "owner_id": str(one.owner.id),
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": [role(each, position) for position, each in enumerate(one.roles)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "nsfw_level": 0,
    }


def guild_create(one: Guild, *, with_members: bool) -> Json:
    """A guild as the gateway sends it: with its channels, and at least the bot's own member."""
    bot = one.world.bot
    return guild(one) | {
        "unavailable": False,
        "large": False,
        "joined_at": one.members[bot.id].joined_at.isoformat(),
        "member_count": len(one.members),
        "members": [member(each) for each in one.members.values() if with_members or each.user is bot],
        "channels": [channel(each) for each in one.channels.values()],
        "threads": [
            _thread(each)
            for each in one.world.channels.values()
            if each.guild is one and each.parent is not None and not each.archived
        ],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def thread(under: Message) -> Json:
    """The thread under a message; its id is that of the message."""
    return {
        "id": str(under.id),
        "type": 11,
        "name": under.thread,
        "parent_id": str(under.channel.id),
        "guild_id": str(under.channel.guild.id) if under.channel.guild else None,
        "message_count": 0,
        "thread_metadata": {"archived": False, "auto_archive_duration": 1440, "locked": False},
    }


def attachment(one: Attachment) -> Json:
    """A file."""
    body: Json = {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.content),
        "url": one.url,
        "proxy_url": one.url,
        "content_type": one.content_type,
    }
    return body | {"description": one.description} if one.description else body


def emoji(name: str) -> Json:
    """An emoji: the character itself, or ``name:id`` for a guild's own."""
    own_name, _, number = name.partition(":")
    return {"id": number, "name": own_name} if number else {"id": None, "name": name}


def reactions(one: Message, bot: User) -> list[Json]:
    """The reactions to a message, with their numbers."""
    return [
        {
            "emoji": emoji(name),
            "count": len(people),
            "count_details": {which: len(one.reacted(name, burst=which == "burst")) for which in ("normal", "burst")},
            "me": bot.id in people,
            "me_burst": (name, bot.id) in one.super_reactions,
            "burst_colors": [],
        }
        for name, people in one.reactions.items()
    ]


def message(one: Message, bot: User, application_id: int) -> Json:
    """A message, as the bot sees it."""
    body: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel.id),
        "type": _COMMAND_REPLY if one.interaction else _REPLY if one.reply_to else _DEFAULT,
        "author": user(one.author),
        "content": one.content,
        "timestamp": one.posted_at.isoformat(),
        "edited_timestamp": _iso(one.edited_at),
        "tts": False,
        "mention_everyone": bool(one.pings and one.pings.everybody),
        "mentions": [user(each) for each in one.pings.users] if one.pings else [],
        "mention_roles": [str(each) for each in one.pings.roles] if one.pings else [],
        "attachments": [attachment(each) for each in one.attachments],
        "embeds": one.embeds,
        "components": one.components,
        "reactions": reactions(one, bot),
        "pinned": False,
        "flags": one.flags,
    }
    if one.nonce is not None:
        body["nonce"] = one.nonce
    if one.interaction is not None:
        body |= {"interaction_metadata": one.interaction, "webhook_id": str(application_id)}
        body["application_id"] = str(application_id)
    if one.reply_to is not None:
        reference = {"type": 0, "message_id": str(one.reply_to.id), "channel_id": str(one.channel.id)}
        if one.channel.guild is not None:
            reference["guild_id"] = str(one.channel.guild.id)
        body["message_reference"] = reference
        body["referenced_message"] = message(one.reply_to, bot, application_id) if one.reply_to.is_there else None
    return body


def permissions(may: May) -> str:
    """Permissions as Discord writes them."""
    return str(int(may))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
