"""Answers by reaction: the bot puts its own on a question first, then reads everybody else's.

Discord gives a reaction neither a time nor an id, so only the order of arrival counts: reactions of one person to one
message are handled one after the other.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

import discord
import structlog
from cachetools import LRUCache

from adapters.common.background import Background
from adapters.discord.controls import Json, position_of, sign
from adapters.discord.inbound import joined_at, moment, name_of
from adapters.discord.rest import ARCHIVED, TROUBLE, Rest
from adapters.discord.roles import Roles
from adapters.discord.servers import Servers
from adapters.discord.spaces import ADAPTER, Spaces
from bot.application import Application
from bot.domain.errors import QuizbotError
from bot.domain.identity import UNKNOWN, Member, Seniority, Space, SpaceId
from bot.domain.views import ControlKind
from bot.ports import Gone, Messenger, Post, Reactions, Unit
from bot.services.platforms.gone import channel_gone
from bot.services.rounds.reacting import react, read_back, read_back_all
from bot.services.turns import Turns

MOST = 20
"""How many different reactions a message can have."""

_PAGE = 100
_MOST_REMEMBERED = 20_000
_LAID_OUT_AT_ONCE = 8
_DRAIN_S = 2.0
_PAUSES_S = (1.0, 5.0, 20.0, 60.0, 300.0)
_NORMAL, _SUPER = 0, 1
"""The types of reactions, which are counted together and listed apart."""
_UNUSED = {"me": False, "count_details": {"normal": 0, "burst": 0}}
_ONE = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}"

_log = structlog.get_logger(__name__)


class ReactionBoard:
    """The reactions on the bot's questions; its ``on_…`` methods hear the gateway's events."""

    def __init__(self, app: Application, rest: Rest, spaces: Spaces, servers: Servers, roles: Roles) -> None:
        self._app = app
        self._rest = rest
        self._spaces = spaces
        self._servers = servers
        self._roles = roles
        self._turns = Turns()
        self._work = Background()
        self._stopping = asyncio.Event()
        self._room = asyncio.Semaphore(_LAID_OUT_AT_ONCE)
        self._in_sight: dict[str, set[tuple[str, str]]] = {}
        self._joined_at: LRUCache[tuple[str, str], datetime | None] = LRUCache(_MOST_REMEMBERED)

    def lay_out(self, post: Post, messenger: Messenger) -> None:
        """Soon put the bot's reactions on a question, then read those that people have given already."""
        if post.view.controls is not None and post.view.controls.kind is ControlKind.REACTIONS:
            self._work.start(self._lay_out(post, messenger), f"reactions of {post.key}")

    def read_back(self, messenger: Messenger) -> None:
        """Start reading the reactions given while the bot was offline.

        With thousands of open questions this takes minutes; a question that closes meanwhile is read before it closes.
        """
        self._work.start(self._read_back(messenger), "reading reactions back")

    async def _read_back(self, messenger: Messenger) -> None:
        try:
            await read_back_all(self._app, ADAPTER, messenger)
            await self._hide_what_was_read()
        except QuizbotError as error:
            _log.warning("reactions_not_read", reason=str(error))

    async def stop(self) -> None:
        """Start nothing new, and let running requests finish."""
        self._stopping.set()
        await self._work.finish(_DRAIN_S)

    async def _lay_out(self, post: Post, messenger: Messenger) -> None:
        """Retry until the reactions are there, because nobody can answer without them, and people's have been read.

        Few questions at once, or other messages would wait.
        """
        for pause in (*_PAUSES_S, None):
            async with self._room:
                if await self._laid_out(post, messenger) or pause is None:
                    return
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._stopping.wait()
                    return
            now = await self._app.storage.read(lambda unit: unit.outbox.find(post.key))
            if now is None or now.view.controls is None:
                return

    async def _laid_out(self, post: Post, messenger: Messenger) -> bool:
        try:
            for position in range(min(len(post.view.options), MOST)):
                await self._put(post, sign(position))
            if not await self._is_recorded(post):  # whoever reacts before that is heard by reading alone
                return False
            await read_back(self._app, messenger, post)
            await self._hide_what_was_read()
        except discord.Forbidden:  # nobody can answer without the reactions, so the server's owner has to know
            space, reason = await self._spaces.by_id(post.space_id), self._servers.what_is_missing(post.channel)
            await channel_gone(self._app, space, post.channel, reason)
        except (*TROUBLE, QuizbotError) as error:
            _log.warning("reactions_not_laid_out", key=post.key, reason=str(error))
            return isinstance(error, Gone)
        return True

    async def _is_recorded(self, post: Post) -> bool:
        """Whether the database knows where the message is: people may see it a moment before."""
        stored = await self._app.storage.read(lambda unit: unit.outbox.find(post.key))
        return stored is not None and stored.message_ref is not None

    async def _put(self, post: Post, emoji: str) -> None:
        await self._rest.call(
            "PUT", f"{_ONE}/@me", channel_id=post.channel, message_id=post.message_ref or "", emoji=emoji
        )

    async def _put_back(self, post: Post, emoji: str) -> None:
        try:
            await self._put(post, emoji)
        except discord.HTTPException as error:
            if error.code != ARCHIVED:  # there nobody can react any more
                raise

    async def read(self, post: Post) -> Reactions:
        """Read people's reactions to a question; put the bot's own back if they are missing."""
        found = await self._rest.call(
            "GET",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=post.channel,
            message_id=post.message_ref or "",
        )
        found_on = {one["emoji"]["name"]: one for one in found.get("reactions", ())}
        in_sight: set[tuple[str, str]] = set()
        put_on: dict[str, tuple[Member, frozenset[int]]] = {}
        for position in range(min(len(post.view.options), MOST)):
            emoji = sign(position)
            one = found_on.get(emoji, _UNUSED)
            if not one["me"]:
                await self._put_back(post, emoji)
            async for user in self._others(post, emoji, one):
                member = Member(space_id=post.space_id, external_id=user["id"], name=name_of(user))
                _member, picks = put_on.get(user["id"], (member, frozenset()))
                put_on[user["id"]] = member, picks | {position}
                in_sight.add((emoji, user["id"]))
        if self._servers.may_hide(post.channel):
            self._in_sight[post.key] = in_sight
        return Reactions(
            put_on=dict(put_on.values()),
            complete=not self._servers.hiding,
            seniority=await self._seniority(post, put_on),
        )

    async def _seniority(self, post: Post, users: Collection[str]) -> dict[str, Seniority]:
        """Look up when accounts were made and, if the league asks for it, when newcomers joined the server.

        An account's id holds its age; Discord gives join dates only one at a time.
        """
        guild, asks = await self._app.storage.read(partial(_asks_when_they_joined, space_id=post.space_id))
        _post, answered = await self._app.storage.read(partial(_who_answered, key=post.key)) if asks else (None, users)
        found = {user: Seniority(account_since=moment(user)) for user in users}
        for user in set(users).difference(answered):
            found[user] = replace(found[user], joined_at=await self._joined(guild, user))
        return found

    async def _joined(self, guild: str, user: str) -> datetime | None:
        """Return when somebody joined; None if they have left."""
        if (guild, user) not in self._joined_at:
            path = "/guilds/{guild_id}/members/{user_id}"
            try:
                member = await self._rest.call("GET", path, guild_id=guild, user_id=user)
            except discord.NotFound:
                return None
            self._joined_at[guild, user] = joined_at(member)
        return self._joined_at[guild, user]

    async def _others(self, post: Post, emoji: str, one: Json) -> AsyncIterator[Json]:
        """Yield the people who put an emoji on a question, be it as a super reaction, from its entry in the message."""
        counted = one["count_details"]
        for sort, others in ((_NORMAL, counted["normal"] - one["me"]), (_SUPER, counted["burst"])):
            if others > 0:
                async for user in self._people(post, emoji, sort):
                    yield user

    async def _people(self, post: Post, emoji: str, sort: int) -> AsyncIterator[Json]:
        after = "0"
        while True:
            found: list[Json] = await self._rest.call(
                "GET",
                _ONE,
                query={"type": sort, "after": after, "limit": _PAGE},
                channel_id=post.channel,
                message_id=post.message_ref or "",
                emoji=emoji,
            )
            for user in found:
                if not user.get("bot"):
                    yield user
            if len(found) < _PAGE:
                return
            after = max((user["id"] for user in found), key=int)

    async def _hide_what_was_read(self) -> None:
        """Remove the reactions that were read, if their owners' answers are stored."""
        while self._in_sight and not self._stopping.is_set():
            key, in_sight = self._in_sight.popitem()
            post, answered = await self._app.storage.read(partial(_who_answered, key=key))
            for emoji, user in in_sight:
                if post is not None and user in answered:
                    await self._hide(post.channel, post.message_ref or "", emoji, user)

    async def _hide(self, channel: str, message_ref: str, emoji: str, user: str) -> None:
        try:
            await self._rest.call(
                "DELETE", f"{_ONE}/{{user_id}}", channel_id=channel, message_id=message_ref, emoji=emoji, user_id=user
            )
        except TROUBLE as error:
            _log.info("reaction_not_hidden", message=message_ref, reason=str(error))

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Handle a reaction put on any message."""
        position, own = position_of(event.emoji.name), self._servers.own_id
        if position is None or event.guild_id is None or event.user_id == own or event.message_author_id != own:
            return
        if event.member is None or event.member.bot:
            return
        now, space = self._app.clock.now(), await self._spaces.of(str(event.guild_id))
        if space is not None:
            name = event.member.display_name
            member = Member(space_id=space.id, external_id=str(event.user_id), name=name, acted_at=now)
            channel, message_ref = str(event.channel_id), str(event.message_id)
            roles = [str(role.id) for role in event.member.roles]
            seniority = Seniority(account_since=moment(member.external_id), joined_at=event.member.joined_at)
            self._joined_at[space.external_id, member.external_id] = event.member.joined_at
            stored = await self._react(
                space, channel, message_ref, member, position, on=True, roles=roles, seniority=seniority
            )
            if stored and self._servers.may_hide(channel):
                await self._hide(channel, message_ref, event.emoji.name, member.external_id)

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        """Handle a reaction that somebody took back, or that the bot removed to hide it."""
        position, channel = position_of(event.emoji.name), str(event.channel_id)
        if position is None or event.guild_id is None or event.user_id == self._servers.own_id:
            return
        space = await self._spaces.of(str(event.guild_id))
        if space is not None and not self._servers.hiding:
            member = Member(space_id=space.id, external_id=str(event.user_id), name="")
            await self._react(space, channel, str(event.message_id), member, position, on=False)

    async def _react(
        self,
        space: Space,
        channel: str,
        message_ref: str,
        member: Member,
        position: int,
        *,
        on: bool,
        roles: Sequence[str] = (),
        seniority: Seniority = UNKNOWN,
    ) -> bool:
        """Store a reaction as an answer; False: it stays on the message and is read again at the close."""
        async with self._turns.of((message_ref, member.external_id)):
            known = member if on else await self._known(member)
            if known is None:
                return False
            try:
                await self._roles.follow(known, roles)
                await react(self._app, space, channel, message_ref, known, position, on=on, seniority=seniority)
            except QuizbotError as error:
                _log.warning("reaction_not_taken", message=message_ref, reason=str(error))
                return False
            return True

    async def _known(self, member: Member) -> Member | None:
        """Return the member under the stored name: an event about a removal has no name."""
        accounts = await self._app.storage.read(lambda unit: unit.people.accounts(ADAPTER, member.external_id))
        return next((one for one in accounts if one.space_id == member.space_id), None)


async def _asks_when_they_joined(unit: Unit, space_id: SpaceId) -> tuple[str, bool]:
    """Return a space's server, and whether its league makes new members wait."""
    space = await unit.spaces.get(space_id)
    league = await unit.leagues.get(space.league_id)
    return space.external_id, league.rules.min_join_days > 0


async def _who_answered(unit: Unit, key: str) -> tuple[Post | None, set[str]]:
    """Return the question's message, and the accounts whose answers are stored."""
    post = await unit.outbox.find(key)
    if post is None or post.round_id is None:
        return None, set()
    answers = await unit.answers.of_round(post.round_id)
    members = await unit.people.members_behind(post.space_id, [answer.player_id for answer in answers])
    return post, {member.external_id for member in members}
