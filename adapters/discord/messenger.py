"""Posting on Discord: each message under a stable nonce, so that trying again never posts twice."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from functools import partial

import discord
import structlog
from cachetools import LRUCache
from typing_extensions import override

from adapters.common.counts import Counts, NoMoreEdits
from adapters.common.long_texts import beside_the_loop
from adapters.discord.controls import Json, round_in
from adapters.discord.edit_pace import COUNTS_AT_ONCE, OLD, pause
from adapters.discord.inbound import snowflake
from adapters.discord.outbound import Outgoing, Picture, letters, message
from adapters.discord.reactions import ReactionBoard
from adapters.discord.replies import Replies
from adapters.discord.rest import ARCHIVED, Rest, in_the_cores_words
from adapters.discord.servers import Servers
from adapters.discord.spaces import Spaces
from adapters.discord.tokens import Tokens
from bot.application import Application
from bot.domain.sheets import Sheet, sheet_of, without_sheet
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import (
    HOSTS,
    Gone,
    Messenger,
    MessengerError,
    OutcomeUnknown,
    Post,
    PostKind,
    RateLimited,
    Reactions,
    Unit,
)
from bot.services.illustrations import Illustration, file_of, illustrations
from bot.services.turns import Turns

_log = structlog.get_logger(__name__)

_CLOCKS_APART_MS = 60_000
"""How far Discord's clock and ours may differ when searching a message by its time."""

_LONGEST_THREAD = 100
_THREAD_RESTS_MINUTES = 1440
"""Discord archives a thread after a day without messages."""
_HAS_A_THREAD = 160004
_SHORTLY_S = 5.0
"""After how many seconds a thread that may not have been opened is tried again."""

_SHEETS_REMEMBERED = 1024
"""Of so many messages it is known whether they have their sheets; that of others is painted again to find out."""

_PAGE = 100
_PAGES = 10


class DiscordMessenger(Messenger):
    """`bot.ports.Messenger` for every server that the bot is in."""

    def __init__(
        self,
        app: Application,
        rest: Rest,
        replies: Replies,
        spaces: Spaces,
        servers: Servers,
        tokens: Tokens,
        board: ReactionBoard,
        ids: Mapping[str, str],
    ) -> None:
        self._app = app
        self._rest = rest
        self._replies = replies
        self._spaces = spaces
        self._servers = servers
        self._tokens = tokens
        self._board = board
        self._ids = ids
        self._turns = Turns()
        self._has_sheet: LRUCache[str, bool] = LRUCache(_SHEETS_REMEMBERED)
        self.counts = Counts(
            self._edit_count,
            lambda post: pause(post.posted_at, app.clock.now()),
            room=asyncio.Semaphore(COUNTS_AT_ONCE),
        )

    @override
    async def post(self, post: Post) -> str:
        """Post a message; one that a single member sees in the channel needs the token of what they last did there.

        Raises:
            Gone: the member has no valid token any more.
        """
        if post.kind is PostKind.THREAD:
            return await self._open_queued_thread(post)
        outgoing = await self._new_message(post)
        if post.is_whisper and post.private_to is not None:
            return await self._whisper(post, post.private_to, outgoing)
        channel = await self._channel(post)
        with self._in_words(post, channel):
            reference = await self._send(channel, post, outgoing)
        await self._open_thread(channel, reference, post)
        self._board.lay_out(replace(post, message_ref=reference), self)
        return reference

    async def _send(self, channel: str, post: Post, outgoing: Outgoing) -> str:
        body = outgoing.body | {"nonce": post.key, "enforce_nonce": True}
        if post.reply_ref is not None and not post.is_direct:
            body["message_reference"] = {"message_id": post.reply_ref, "fail_if_not_exists": False}
        path = "/channels/{channel_id}/messages"
        return str((await self._rest.call("POST", path, body, outgoing.files, channel_id=channel))["id"])

    @override
    async def find(self, post: Post) -> str | None:
        """Look for a message among those posted since then; what one member sees in a channel can't be found."""
        if post.is_whisper or post.kind is PostKind.THREAD:
            return None
        channel = await self._channel(post)
        wanted = await self._message(await self._as_posted(post), keeps_files=True)
        after = max(0, snowflake(post.posted_at) - (_CLOCKS_APART_MS << 22))
        for _page in range(_PAGES):
            with self._in_words(post, channel):
                found: list[Json] = await self._rest.call(
                    "GET", "/channels/{channel_id}/messages", query={"after": after, "limit": _PAGE}, channel_id=channel
                )
            for one in sorted(found, key=lambda each: int(each["id"])):
                if int(one["author"]["id"]) == self._servers.own_id and _is_that(one, post, wanted):
                    await self._open_thread(channel, str(one["id"]), post)
                    self._board.lay_out(replace(post, message_ref=str(one["id"])), self)
                    return str(one["id"])
            if len(found) < _PAGE:
                return None
            after = max(int(one["id"]) for one in found)
        return None

    async def stop(self) -> None:
        """Finish what is under way."""
        await self.counts.stop()

    async def _open_thread(self, channel: str, message_ref: str, post: Post) -> None:
        """Open the thread that a posted message should have, or queue it if it can't be opened now."""
        if not post.view.discussion:
            return
        try:
            await self._try_to_open_thread(channel, message_ref, post.view.discussion)
        except MessengerError as error:
            wait = error.retry_after if isinstance(error, RateLimited) else _SHORTLY_S
            thread = Post(
                key=f"t{post.key}",
                kind=PostKind.THREAD,
                space_id=post.space_id,
                channel=channel,
                view=MessageView(discussion=post.view.discussion),
                posted_at=self._app.clock.now() + timedelta(seconds=wait),
                reply_to=post.key,
            )
            await self._app.storage.write(lambda unit: _queue_once(unit, thread))

    async def _open_queued_thread(self, post: Post) -> str:
        """Open a thread that couldn't be opened at first; return its id, which is that of its message."""
        if post.reply_ref is None:
            raise MessengerError("its message isn't there yet")
        await self._try_to_open_thread(post.channel, post.reply_ref, post.view.discussion)
        return post.reply_ref

    async def _try_to_open_thread(self, channel: str, message_ref: str, name: str) -> None:
        """Open a thread under a message, unless it has one; if Discord refuses, the message stays without a thread.

        Raises:
            RateLimited: too many were opened just now.
            MessengerError: Discord can't be asked.
        """
        body = {"name": name[:_LONGEST_THREAD], "auto_archive_duration": _THREAD_RESTS_MINUTES}
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        try:
            with in_the_cores_words(lambda: "threads can't be opened there"):
                await self._rest.call("POST", path, body, channel_id=channel, message_id=message_ref)
        except (RateLimited, OutcomeUnknown):
            raise
        except MessengerError as error:
            refusal = error.__cause__
            if not isinstance(refusal, discord.HTTPException):
                raise  # Discord wasn't asked
            if refusal.code != _HAS_A_THREAD:
                _log.warning("thread_not_opened", channel=channel, message=message_ref, reason=str(refusal))

    @override
    async def edit(self, post: Post) -> None:
        """Edit a message; a count that is still waiting is dropped."""
        if post.message_ref is None:
            raise Gone("it was never posted")
        self.counts.forget(post.key)
        async with self._turns.of(post.key):
            answered = await self._app.storage.read(lambda unit: _answered(unit, post))
            told, keeps_files = await self._as_posted(post), bool(await _illustrations(post))
            outgoing = await self._message(told, answered=answered, keeps_files=keeps_files)
            if post.is_whisper:
                await self._edit_whisper(post.message_ref, outgoing)
            else:
                await self._patch(await self._channel(post), post.message_ref, outgoing)

    @override
    async def show_count(self, post: Post, answered: int) -> None:
        if post.view.controls is not None and post.private_to is None and post.message_ref is not None:
            self.counts.show(post, answered)

    @override
    async def reactions(self, post: Post) -> Reactions | None:
        with in_the_cores_words(lambda: self._servers.what_is_missing(post.channel)):
            return await self._board.read(post)

    async def _edit_count(self, posted: Post, _answered_then: int) -> None:
        """Show how many have answered; called when it is this count's turn."""

        async def read(unit: Unit) -> tuple[Post | None, int]:
            post = await unit.outbox.find(posted.key)
            return post, await _answered(unit, post)

        async with self._turns.of(posted.key):
            post, answered = await self._app.storage.read(read)
            if post is None or post.message_ref is None or post.view.controls is None:
                return  # it closed meanwhile
            view = (await self._as_posted(post)).view
            make = partial(message, view, answered=answered, keeps_files=True, ids=self._ids, kind=post.kind)
            outgoing = await beside_the_loop(view, make)
            try:
                await self._patch(post.channel, post.message_ref, outgoing, only=("embeds", "allowed_mentions"))
            except RateLimited as error:
                if self._app.clock.now() - post.posted_at < OLD:
                    raise
                raise NoMoreEdits(str(error)) from error

    async def _patch(self, channel: str, message_ref: str, outgoing: Outgoing, *, only: tuple[str, ...] = ()) -> None:
        body = {name: value for name, value in outgoing.body.items() if not only or name in only}
        files = () if only else outgoing.files
        path = "/channels/{channel_id}/messages/{message_id}"
        with in_the_cores_words(lambda: self._servers.what_is_missing(channel)):
            try:
                await self._rest.call("PATCH", path, body, files, channel_id=channel, message_id=message_ref)
            except discord.HTTPException as error:
                if error.code != ARCHIVED or not await self._reopened(channel):
                    raise
                await self._rest.call("PATCH", path, body, files, channel_id=channel, message_id=message_ref)

    async def _reopened(self, thread: str) -> bool:
        """Reopen an archived thread, in which nothing can be changed; False if a moderator locked it."""
        try:
            await self._rest.call("PATCH", "/channels/{channel_id}", {"archived": False}, channel_id=thread)
        except discord.Forbidden:
            return False
        return True

    async def _new_message(self, post: Post) -> Outgoing:
        """Turn a post into a message with its pictures; a sheet that can't be painted is told in words."""
        shown = await _illustrations(post)
        files = await asyncio.gather(*(file_of(self._app, one) for one in shown))
        pictures = [(one, file) for one, file in zip(shown, files, strict=True) if file]
        if any(isinstance(one, Sheet) for one in shown):
            self._has_sheet[post.key] = any(isinstance(one, Sheet) for one, _file in pictures)
        return await self._message(post, pictures=pictures)

    async def _as_posted(self, post: Post) -> Post:
        """Return a post that is edited; it stays in words if its sheet couldn't be painted when it was new."""
        sheet = sheet_of(post.view)
        if sheet is not None and post.key not in self._has_sheet:
            self._has_sheet[post.key] = await self._app.sheets.of(sheet) is not None
        return post if sheet is None or self._has_sheet[post.key] else replace(post, view=without_sheet(post.view))

    async def _message(
        self, post: Post, *, answered: int = 0, pictures: Sequence[Picture] = (), keeps_files: bool = False
    ) -> Outgoing:
        link = ""
        if post.reply_ref is not None and not post.is_whisper:
            space = await self._spaces.by_id(post.space_id)
            link = f"https://discord.com/channels/{space.external_id}/{post.channel}/{post.reply_ref}"
        told = answered if post.private_to is None else None
        make = partial(
            message,
            post.view,
            answered=told,
            link=link,
            channel=post.channel if post.is_direct else "",
            pictures=pictures,
            keeps_files=keeps_files,
            ids=self._ids,
            kind=post.kind,
        )
        return await beside_the_loop(post.view, make)

    async def _channel(self, post: Post) -> str:
        if post.is_direct:
            with in_the_cores_words(_takes_no_messages):
                return await self._servers.direct_channel(post.private_to or "")
        if post.channel != HOSTS:
            return post.channel
        space = await self._spaces.by_id(post.space_id)
        return await self._servers.channel_to_owner(space.external_id)

    def _in_words(self, post: Post, channel: str) -> AbstractContextManager[None]:
        missing = _takes_no_messages if post.is_direct else partial(self._servers.what_is_missing, channel)
        return in_the_cores_words(missing)

    async def _whisper(self, post: Post, member: str, outgoing: Outgoing) -> str:
        who = self._tokens.of(post.channel, member, self._app.clock.now())
        if who is None:
            raise Gone("nothing that the member did here lately lets the bot speak to them alone")
        reference = await self._by_token(lambda: self._replies.follow_up(who, outgoing))
        self._tokens.posted(reference, who)
        return reference

    async def _edit_whisper(self, message_ref: str, outgoing: Outgoing) -> None:
        who = self._tokens.behind(message_ref, self._app.clock.now())
        if who is None:
            raise Gone("the token that it was posted with works no longer")
        await self._by_token(lambda: self._replies.edit(who, outgoing, message_ref))

    @staticmethod
    async def _by_token(send: Callable[[], Awaitable[str | None]]) -> str:
        with in_the_cores_words(lambda: "its token works no longer"):
            return await send() or ""


def _takes_no_messages() -> str:
    return _("They don't accept messages from me.")


async def _illustrations(post: Post) -> tuple[Illustration, ...]:
    make = partial(illustrations, post.view, letters(post.view), asks=post.kind is PostKind.QUESTION)
    return await beside_the_loop(post.view, make)


async def _queue_once(unit: Unit, post: Post) -> None:
    if await unit.outbox.find(post.key) is None:
        await unit.outbox.put(post)


async def _answered(unit: Unit, post: Post | None) -> int:
    """Return how many have answered an open question."""
    if post is None or post.round_id is None or post.view.controls is None:
        return 0
    return (await unit.rounds.answered([post.round_id])).get(post.round_id, 0)


def _is_that(found: Json, post: Post, wanted: Outgoing) -> bool:
    """Whether one of our messages belongs to a post: compare its round, or else its words."""
    if (asked := round_in(found.get("components", ()))) is not None:
        return asked == post.round_id and post.reply_to is None
    same_text = found.get("content", "") == wanted.content
    return same_text and [_words(one) for one in found.get("embeds", ())] == [_words(one) for one in wanted.embeds]


def _words(embed: Json) -> tuple[str, str]:
    return str(embed.get("title", "")), str(embed.get("description", ""))
