"""Posting on Slack; see `bot.ports.Messenger` for what each call promises.

A message's reference is its ``ts``. That of a direct message begins with its channel, which the core doesn't know.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog
from cachetools import LRUCache
from typing_extensions import override

from adapters.common.background import Background
from adapters.common.counts import Counts, NoMoreEdits
from adapters.common.long_texts import beside_the_loop
from adapters.slack.outbound import Content, contents, labels, to_question
from adapters.slack.text.blocks import MOST_SEEDED
from adapters.slack.web_api import messages
from adapters.slack.web_api.messages import Sent, look, seed
from adapters.slack.web_api.pace import Pauses
from adapters.slack.web_api.people import People
from adapters.slack.web_api.pictures import SHOWN, Pictures
from adapters.slack.web_api.searching import Searches
from adapters.slack.web_api.workspace import AT_ONCE, Refused, Revoked, Workspace
from adapters.slack.web_api.workspaces import Workspaces
from bot.application import Application
from bot.domain.views import ControlKind, MessageView
from bot.i18n import gettext as _
from bot.ports import HOSTS, Forbidden, Gone, Messenger, OutcomeUnknown, Post, PostKind, Reactions, Unit
from bot.rendering.words import literal
from bot.services.illustrations import Illustration, illustrations
from bot.services.platforms.gone import message_gone
from bot.services.turns import Turns

_CLOCKS_DIFFER = timedelta(minutes=2)
_DIRECT_KEPT = 10_000
"""How many people's direct conversations are remembered: Slack lets the bot open some 50 a minute."""

_log = structlog.get_logger(__name__)


class SlackMessenger(Messenger):
    """`bot.ports.Messenger` for every workspace."""

    def __init__(
        self, app: Application, workspaces: Workspaces, people: People, background: Background, pauses: Pauses
    ) -> None:
        self._app = app
        self._workspaces = workspaces
        self._people = people
        self._background = background
        self._pauses = pauses
        self._pictures = Pictures(app)
        self._searches = Searches()
        self._direct: LRUCache[tuple[str, str], str] = LRUCache(_DIRECT_KEPT)
        self._turns = Turns()
        self.counts = Counts(self._edit_count, lambda _post: pauses.next_count, first=pauses.first_count)

    @override
    async def post(self, post: Post) -> str:
        """Post a message; text that is too long for it follows in its thread."""
        try:
            async with asyncio.timeout(self._pauses.post):
                return await self._post_with_pictures(post)
        except TimeoutError:
            raise OutcomeUnknown(f"Slack took more than {self._pauses.post:g} s") from None

    async def _post_with_pictures(self, post: Post) -> str:
        workspace = await self._workspaces.of_space(post.space_id)
        shown = await _illustrations(post)
        files = await self._pictures.files_of(workspace, shown, within=self._pauses.picture)
        try:
            reference = await self._post(workspace, post, files)
        except Refused as error:
            if not any(files.values()) or error.code != "invalid_blocks":
                raise
            files = dict.fromkeys(files, "")  # Slack hasn't looked through them yet
            reference = await self._post(workspace, post, files)
        if "" in files.values() and post.private_to is None:
            self._background.start(self._show_pictures(replace(post, message_ref=reference)), f"pictures of {post.key}")
        return reference

    async def _post(self, workspace: Workspace, post: Post, files: Mapping[Illustration, str]) -> str:
        about = ""
        if post.is_direct and post.reply_ref:
            about = to_question(workspace.link(post.channel, post.reply_ref), post.channel)
        parts = await beside_the_loop(post.view, partial(contents, post.view, files=files, link=about))
        if post.is_whisper and post.private_to is not None:
            return await messages.whisper(workspace, post.channel, post.private_to, parts)
        channel = await self._channel(workspace, post)
        thread = None if post.is_direct else post.reply_ref
        try:
            aloud = await self._is_aloud(post)
            sent = await messages.send(workspace, channel, parts[0], post.key, thread, aloud=aloud)
        except Revoked:
            self._background.start(self._workspaces.recheck(workspace.team_id), "token")
            raise
        self._follow_up(workspace, channel, post, sent, parts[1:])
        return sent.ts if channel == post.channel else f"{channel}:{sent.ts}"

    async def _is_aloud(self, post: Post) -> bool:
        """Whether a post in a thread is shown in the channel, too: a result is, unless its series is quiet.

        People who answered with a button don't follow the question's thread, and wouldn't hear of a result there.
        """

        async def read(unit: Unit) -> bool:
            round_ = await unit.rounds.find(post.round_id) if post.round_id is not None else None
            if round_ is None:
                return False
            return round_.series_id is None or not await unit.schedules.is_quiet(round_.series_id)

        return post.kind is PostKind.RESULT and await self._app.storage.read(read)

    async def _show_pictures(self, post: Post) -> None:
        """Replace the alt texts of pictures with the pictures, once they are ready."""
        await asyncio.sleep(self._pauses.late_picture)
        async with self._turns.of(post.key):
            now = await self._stored(post.key)
            await self._rewrite(now if now and now.message_ref else post)
        if post.round_id is not None:
            self._app.counted.add(post.round_id)  # show the count again that the edit removes

    def _follow_up(self, workspace: Workspace, channel: str, post: Post, sent: Sent, rest: list[Content]) -> None:
        """Post what belongs below a posted message."""
        thread, image, controls = sent.thread, post.view.image, post.view.controls
        if rest:
            self._background.start(messages.say(workspace, channel, rest, thread), f"rest of {post.key}")
        if image is not None and image.media_type not in SHOWN:
            self._background.start(self._pictures.share(workspace, image, channel, thread), f"picture of {post.key}")
        if controls is not None and controls.kind is ControlKind.REACTIONS:
            self._offer(workspace, post, sent.ts)
        self._begin_thread(workspace, channel, post, sent.ts)

    def _begin_thread(self, workspace: Workspace, channel: str, post: Post, ts: str, *, again: bool = False) -> None:
        """Open a message's discussion thread, if it should have one; ``again``: an earlier try may have done so."""
        if post.view.discussion:
            opening = self._open_thread(workspace, channel, post, ts, again=again)
            self._background.start(opening, f"thread of {post.key}")

    async def _open_thread(self, workspace: Workspace, channel: str, post: Post, ts: str, *, again: bool) -> None:
        key, since = f"{post.key}-thread", post.posted_at - _CLOCKS_DIFFER
        if again and await self._searches.find(workspace, channel, ts, key, since):
            return
        (content,) = contents(MessageView(text=literal(post.view.discussion)))
        await messages.open_thread(workspace, channel, content, key, ts)

    @override
    async def find(self, post: Post) -> str | None:
        """Look for the message by its key; messages to hosts, or that one member saw in a channel, aren't searched."""
        if post.is_whisper or post.channel == HOSTS:
            return None
        workspace = await self._workspaces.of_space(post.space_id)
        channel = await self._channel(workspace, post)
        since = post.posted_at - _CLOCKS_DIFFER
        found = await self._searches.find(workspace, channel, await self._thread(post), post.key, since)
        if found is not None:
            self._begin_thread(workspace, channel, post, found, again=True)
        return found if found is None or channel == post.channel else f"{channel}:{found}"

    @override
    async def edit(self, post: Post) -> None:
        """Edit a message, unless the workspace doesn't let it be edited any more; private ones can't be edited."""
        if post.is_whisper:
            raise Gone(_("Slack doesn't keep messages that only one person sees."))
        async with self._turns.of(post.key):
            self.counts.forget(post.key)
            try:
                await self._rewrite(post)
            except NoMoreEdits as error:  # it stays as it is; what is clicked there is answered all the same
                _log.warning("not_edited", key=post.key, reason=str(error))

    @override
    async def show_count(self, post: Post, answered: int) -> None:
        if post.private_to is None:
            self.counts.show(post, answered)

    @override
    async def reactions(self, post: Post) -> Reactions | None:
        """Return who put which signs on a question; add the bot's own if they are missing."""
        workspace = await self._workspaces.of_space(post.space_id)
        space = await self._workspaces.space(workspace.team_id)
        if space is None or post.message_ref is None or post.private_to is not None:
            return None
        choices = len(post.view.options)
        seen = await look(workspace, post.channel, post.message_ref, choices)
        if len(seen.put_on.pop(workspace.bot_user, ())) < min(choices, MOST_SEEDED):
            self._offer(workspace, post, post.message_ref)
        members = {}
        for user, positions in seen.put_on.items():
            member = await self._people.member_asked(workspace, space, user)
            if self._people.is_bot(space, user):
                continue
            members[member] = positions
            self._background.start(self._people.meet(workspace, space, user), "meeting somebody")
        return Reactions(put_on=members, complete=seen.complete)

    def _offer(self, workspace: Workspace, post: Post, ts: str) -> None:
        signs = seed(workspace, post.channel, ts, len(post.view.options))
        self._background.start(signs, f"signs of {post.key}")

    async def _channel(self, workspace: Workspace, post: Post) -> str:
        """Return the channel for a message: a direct one for the hosts, and for what one member is told."""
        if post.channel != HOSTS and not post.is_direct:
            return post.channel
        user = post.private_to or await self._people.in_charge(workspace, post.space_id)
        if user is None:
            raise Forbidden(_("I couldn't find anybody who runs this workspace."))
        who = workspace.team_id, user
        if who not in self._direct:
            opened = await workspace.call(workspace.client.conversations_open, {"users": user})
            self._direct[who] = str(opened["channel"]["id"])
        return self._direct[who]

    async def _rewrite(self, post: Post, answered: int | None = None, patience: float = AT_ONCE) -> None:
        workspace = await self._workspaces.of_space(post.space_id)
        channel, _colon, ts = (post.message_ref or "").rpartition(":")
        files = await self._pictures.files_of(workspace, await _illustrations(post))

        async def put(files: Mapping[Illustration, str]) -> None:
            content, *_rest = await beside_the_loop(post.view, partial(contents, post.view, answered, files=files))
            await messages.rewrite(workspace, channel or post.channel, ts, content, post.key, patience=patience)

        try:
            await put(files)
        except Refused as error:
            if not any(files.values()) or error.code != "invalid_blocks":
                raise
            self._pictures.forget(workspace, files)  # somebody deleted a file
            await put({})

    async def _edit_count(self, post: Post, answered: int) -> None:
        """Show the current count in a question, unless the question has closed meanwhile."""
        async with self._turns.of(post.key):
            before = await self._stored(post.key)
            if before is None or before.view.controls is None or before.message_ref is None:
                return
            try:
                # Counts don't queue at the gate: a result needs the room in Slack's limits more.
                await self._rewrite(before, answered, patience=0)
            except Gone:
                await self._gone(before, before.message_ref)
                return
            after = await self._stored(post.key)
            if after is not None and after.version != before.version:  # another process closed it at the same time
                await self._rewrite(after)

    async def _gone(self, post: Post, message_ref: str) -> None:
        workspace = await self._workspaces.of_space(post.space_id)
        space = await self._workspaces.space(workspace.team_id)
        if space is not None:
            await message_gone(self._app, space, post.channel, message_ref)

    async def _stored(self, key: str) -> Post | None:
        return await self._app.storage.read(lambda unit: unit.outbox.find(key))

    async def _thread(self, post: Post) -> str | None:
        answered = await self._stored(post.reply_to) if post.reply_to and not post.is_direct else None
        return answered.message_ref if answered else None


async def _illustrations(post: Post) -> tuple[Illustration, ...]:
    make = partial(illustrations, post.view, labels(post.view), asks=post.kind is PostKind.QUESTION)
    return await beside_the_loop(post.view, make)
