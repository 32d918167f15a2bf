"""The channel as one member sees it, read from the database for every page and event."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from adapters.web.outbound import Seen
from adapters.web.room import CHANNEL, Room
from adapters.web.visitors import Visitor
from adapters.web.whispers import Whispers
from bot.domain.identity import RoundId
from bot.domain.responses import Given
from bot.domain.rounds import Reveal
from bot.domain.views import MessageView
from bot.ports import HOSTS, Post, Unit
from bot.services.rounds.answering import receipts

LATEST = 60
"""How many messages the page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Played:
    """What a member did in the rounds that are shown, by round."""

    given: dict[RoundId, Given] = field(default_factory=dict)
    settled: frozenset[RoundId] = frozenset()
    answered: dict[RoundId, int] = field(default_factory=dict)


async def all_seen(room: Room, visitor: Visitor) -> list[Seen]:
    """Return the latest messages, oldest first, with the replies that only this member sees."""
    posts = await room.app.storage.read(lambda unit: _latest(unit, room, visitor))
    replies = room.whispers.replies_to(visitor.member.external_id)
    oldest = posts[0].posted_at if posts else None
    whispered = [reply for reply in replies if oldest is None or reply.post.posted_at >= oldest]
    seen = await _seen(room, visitor, [post for post in posts if _may_see(visitor, post)])
    return sorted([*seen, *whispered], key=lambda one: one.order)


async def _latest(unit: Unit, room: Room, visitor: Visitor) -> list[Post]:
    """Return the channel's latest messages; hosts also get the messages for hosts."""
    posts = await unit.outbox.recent(room.space.id, CHANNEL, LATEST)
    if visitor.is_host:
        posts += await unit.outbox.recent(room.space.id, HOSTS, LATEST)
    return sorted(posts, key=lambda post: post.posted_at)[-LATEST:]


async def one_seen(room: Room, visitor: Visitor, key: str) -> Seen | None:
    """Return one message; None if there is none that this member may see."""
    post = await room.app.storage.read(lambda unit: unit.outbox.find(key))
    if post is None or not _may_see(visitor, post):
        return None
    return (await _seen(room, visitor, [post]))[0]


def whisper(room: Room, visitor: Visitor, view: MessageView, said: str = "") -> Seen:
    """Send a private message to one member; ``said`` is the command it replies to."""
    post = Post(
        key=f"w{room.app.ids.next()}",
        space_id=room.space.id,
        channel=CHANNEL,
        view=view,
        posted_at=room.app.clock.now(),
        private_to=visitor.member.external_id,
    )
    seen = Seen(post=post, said=said)
    room.whispers.reply(visitor.member.external_id, seen)
    return seen


def _may_see(visitor: Visitor, post: Post) -> bool:
    channels = {CHANNEL, HOSTS} if visitor.is_host else {CHANNEL}
    here = post.space_id == visitor.member.space_id and post.channel in channels
    return here and post.private_to in {None, visitor.member.external_id}


async def _seen(room: Room, visitor: Visitor, posts: Sequence[Post]) -> list[Seen]:
    asked = {post.round_id for post in posts if post.round_id is not None}
    played = await room.app.storage.read(lambda unit: _played(unit, visitor, asked))
    told = await _told(room, visitor, asked)
    return [_one(post, played, told, room.whispers, visitor.member.external_id) for post in posts]


def _one(post: Post, played: _Played, told: dict[RoundId, MessageView], whispers: Whispers, member_id: str) -> Seen:
    if post.round_id is None:
        return Seen(post=post)
    given = played.given.get(post.round_id, frozenset())
    if post.reply_to is not None:
        return Seen(post=post, given=given)
    return Seen(
        post=post,
        given=given,
        settled=post.round_id in played.settled,
        answered=played.answered.get(post.round_id, 0) if post.view.controls else None,
        receipt=told.get(post.round_id),
        refused=whispers.refused(member_id, post.round_id),
        back=whispers.turned(member_id, post.round_id),
    )


async def _played(unit: Unit, visitor: Visitor, round_ids: Collection[RoundId]) -> _Played:
    if not round_ids:
        return _Played()
    current = await unit.answers.of_member(visitor.member, round_ids)
    rounds = [round_ for round_id in current if (round_ := await unit.rounds.find(round_id))]
    return _Played(
        given={round_.id: current[round_.id].response.given(round_.order) for round_ in rounds},
        settled=frozenset(round_.id for round_ in rounds if round_.reveal is Reveal.ON_ANSWER),
        answered=await unit.rounds.answered(round_ids),
    )


async def _told(room: Room, visitor: Visitor, round_ids: Collection[RoundId]) -> dict[RoundId, MessageView]:
    """Return the member's latest receipt of each round: the kept one, or else a new one made from the answer."""
    told = await receipts(room.app, visitor.member, round_ids)
    last = {i: room.whispers.receipt_for(visitor.member.external_id, i) for i in round_ids}
    return told | {round_id: view for round_id, view in last.items() if view is not None}
