"""Posts and edits messages from the fields of a request."""

from collections.abc import Sequence
from datetime import timedelta

from tests.platforms.discord.errors import (
    ARCHIVED,
    EMPTY_MESSAGE,
    LOCKED,
    MISSING_PERMISSIONS,
    NO_HISTORY_TO_REPLY_TO,
    TOO_MANY_OLD_EDITS,
    Form,
    Refused,
)
from tests.platforms.discord.limits import check_message
from tests.platforms.discord.mentions import pings
from tests.platforms.discord.model import EPHEMERAL, Attachment, Channel, Json, Message
from tests.platforms.discord.permissions import May
from tests.platforms.discord.recording import Upload, snowflake
from tests.platforms.discord.world import World

_SETTABLE_FLAGS = 1 << 2 | 1 << 12  # suppress embeds, suppress notifications
_NONCES_LAST = timedelta(minutes=5)
_OLD = timedelta(hours=1)


def post(world: World, channel: Channel, body: Json, uploads: Sequence[Upload]) -> Message:
    """Post a message by the bot. With ``enforce_nonce``, return an earlier one under the same nonce, if any."""
    check_message(body)
    before = _posted_before(world, channel, body)
    if before is not None:
        return before
    open_thread(channel)
    _check_rights(channel, body, uploads)
    message = compose(world, channel, body, uploads, flags=int(body.get("flags") or 0) & _SETTABLE_FLAGS)
    message.nonce = body.get("nonce")
    publish(world, message)
    return message


def open_thread(channel: Channel) -> None:
    """Reopen an archived thread, as writing in it does; one that is locked stays closed without MANAGE_THREADS.

    See https://discord.com/developers/docs/topics/threads#active-archived-threads.
    """
    if channel.locked and May.MANAGE_THREADS not in channel.bot_may:
        raise Refused(LOCKED)
    if channel.archived:
        channel.change(archived=False)


def compose(world: World, channel: Channel, body: Json, uploads: Sequence[Upload], *, flags: int = 0) -> Message:
    """Return a message by the bot that isn't in its channel yet, from fields that are checked already."""
    reply_to = _replied_to(channel, body)
    message = Message(id=world.ids.next(), channel=channel, author=world.bot, flags=flags, reply_to=reply_to)
    _fill(world, message, body, uploads)
    everybody = [each.user for each in channel.guild.members.values()] if channel.guild else list(world.users.values())
    if not flags & EPHEMERAL:
        message.pings = pings(message.content, body.get("allowed_mentions"), channel, reply_to, everybody)
    return message


def publish(world: World, message: Message) -> None:
    """Put a message into its channel, where everybody sees it."""
    message.channel.messages[message.id] = message
    world.tell_of(message.channel, "MESSAGE_CREATE", world.describe(message))


def edit(world: World, message: Message, body: Json, uploads: Sequence[Upload]) -> None:
    """Edit a message of the bot's own; fields that aren't in the request stay as they are."""
    check_message(body)
    if message.channel.archived:
        raise Refused(ARCHIVED)
    if message.channel.locked and May.MANAGE_THREADS not in message.channel.bot_may:
        raise Refused(LOCKED)
    if world.old_edits is not None and world.now() - message.posted_at > _OLD:
        if message.edits_while_old >= world.old_edits:
            raise Refused(TOO_MANY_OLD_EDITS)
        message.edits_while_old += 1
    rewrite(world, message, body, uploads)
    world.tell_of(message.channel, "MESSAGE_UPDATE", world.describe(message))


def rewrite(world: World, message: Message, body: Json, uploads: Sequence[Upload]) -> None:
    """Replace a message's fields with those of a request that is checked already."""
    _fill(world, message, body, uploads)
    message.edits += 1
    message.edited_at = world.now()


def _fill(world: World, message: Message, body: Json, uploads: Sequence[Upload]) -> None:
    content = message.content if "content" not in body else (body["content"] or "")
    embeds = message.embeds if "embeds" not in body else (body["embeds"] or [])
    components = message.components if "components" not in body else (body["components"] or [])
    files = _files(world, message, body, uploads)
    if not (content.strip() or embeds or files):
        raise Refused(EMPTY_MESSAGE)
    message.content = content.strip()
    message.embeds = [{"type": "rich", **embed} for embed in embeds]
    message.components, message.attachments = components, files


def _files(world: World, message: Message, body: Json, uploads: Sequence[Upload]) -> list[Attachment]:
    """Return a message's files after a request: earlier ones that it lists (all if it has no list), and new ones."""
    listed = body.get("attachments")
    described = {str(each.get("id")): each.get("description") for each in listed or []}
    kept = [each for each in message.attachments if listed is None or str(each.id) in described]
    for upload in uploads:
        index = upload.field.removeprefix("files[").removesuffix("]")
        kept.append(world.store_file(upload.filename, upload.content, described.get(index)))
    return kept


def _posted_before(world: World, channel: Channel, body: Json) -> Message | None:
    if not body.get("enforce_nonce") or body.get("nonce") is None:
        return None
    for message in reversed(channel.messages.values()):
        if world.now() - message.posted_at > _NONCES_LAST:
            break
        if message.author is world.bot and str(message.nonce) == str(body["nonce"]):
            return message
    return None


def _check_rights(channel: Channel, body: Json, uploads: Sequence[Upload]) -> None:
    needed = channel.to_write
    if body.get("embeds"):
        needed |= May.EMBED_LINKS
    if uploads:
        needed |= May.ATTACH_FILES
    if needed & ~channel.bot_may:
        raise Refused(MISSING_PERMISSIONS)
    if body.get("message_reference") and May.READ_HISTORY not in channel.bot_may:
        raise Refused(NO_HISTORY_TO_REPLY_TO)


def _replied_to(channel: Channel, body: Json) -> Message | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    original = channel.messages.get(snowflake(reference.get("message_id"), ("message_reference", "message_id")))
    if original is None and reference.get("fail_if_not_exists", True):
        form = Form()
        form.refuse(("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        form.settle()
    return original
