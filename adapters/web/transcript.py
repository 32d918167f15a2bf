"""The channel as one member sees it, read from the database for every page and event."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from adapters.web.outbound import Seen
from adapters.web.room import CHANNEL, Room
from adapters.web.visitors import Visitor
from adapters.web.whispers import Whispers
from bot.domain.answers import Answer
from bot.domain.identity import RoundId
from bot.domain.leagues import League
from bot.domain.responses import Given
from bot.domain.rounds import Reveal, Round
from bot.domain.views import MessageView
from bot.ports import HOSTS, Post, Unit
from bot.services.leagues.spaces import league_of
from bot.services.rounds.answering import receipts
from bot.services.rounds.asking import question_key
from bot.services.standings.so_far import so_far_today

LATEST = 60
"""How many messages the page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Played:
    """What a member did in the rounds that are shown, and what comes after a verdict.

    Attributes:
        given: what the member answered in each round.
        settled: the rounds whose first answer counts, and was given.
        pinned: the open rounds of the channel's series.
        today: the rounds whose verdict the member learned on the league's current day.
        answered: how many answered in each round.
        so_far: a line about the member's standing after today's answers.
        next_at: when the channel's next question comes.
    """

    given: dict[RoundId, Given] = field(default_factory=dict)
    settled: frozenset[RoundId] = frozenset()
    pinned: frozenset[RoundId] = frozenset()
    today: frozenset[RoundId] = frozenset()
    answered: dict[RoundId, int] = field(default_factory=dict)
    so_far: str = ""
    next_at: datetime | None = None


async def all_seen(room: Room, visitor: Visitor) -> list[Seen]:
    """Return the latest messages, oldest first, with the replies that only this member sees."""
    posts = await room.app.storage.read(lambda unit: _latest(unit, room, visitor))
    replies = room.whispers.replies_to(visitor.member.external_id)
    oldest = posts[0].posted_at if posts else None
    shown = [reply for reply in replies if oldest is None or reply.post.posted_at >= oldest]
    whispered = [replace(reply, folded=reply is not shown[-1]) for reply in shown]
    posts = [*await room.app.storage.read(lambda unit: _pinned_before(unit, room, posts)), *posts]
    seen = await _seen(room, visitor, [post for post in posts if _may_see(visitor, post)])
    return sorted([*seen, *whispered], key=lambda one: one.order)


async def _latest(unit: Unit, room: Room, visitor: Visitor) -> list[Post]:
    """Return the channel's latest messages; hosts also get the messages for hosts."""
    reader = visitor.member.external_id  # or what others were told alone would push out what everybody sees
    posts = await unit.outbox.recent(room.space.id, CHANNEL, LATEST, reader=reader)
    if visitor.is_host:
        posts += await unit.outbox.recent(room.space.id, HOSTS, LATEST, reader=reader)
    return sorted(posts, key=lambda post: post.posted_at)[-LATEST:]


async def _pinned_before(unit: Unit, room: Room, posts: Sequence[Post]) -> list[Post]:
    """Return the open questions of the day that newer messages have pushed out of the latest ones."""
    shown = {post.key for post in posts}
    keys = [question_key(one.id) for one in await unit.rounds.open_in(room.space.id, CHANNEL) if _is_pinned(one)]
    found = [await unit.outbox.find(key) for key in keys if key not in shown]
    return [post for post in found if post is not None]


def _is_pinned(round_: Round) -> bool:
    return round_.series_id is not None and round_.private_to is None


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
    seen = Seen(post=post, said=said, is_reply=True)
    room.whispers.reply(visitor.member.external_id, seen)
    return seen


def _may_see(visitor: Visitor, post: Post) -> bool:
    channels = {CHANNEL, HOSTS} if visitor.is_host else {CHANNEL}
    here = post.space_id == visitor.member.space_id and post.channel in channels
    return here and post.private_to in {None, visitor.member.external_id}


async def _seen(room: Room, visitor: Visitor, posts: Sequence[Post]) -> list[Seen]:
    asked = {post.round_id for post in posts if post.round_id is not None}
    now = room.app.clock.now()
    played = await room.app.storage.read(lambda unit: _played(unit, visitor, asked, now))
    told = await _told(room, visitor, asked)
    return [_one(post, played, told, room.whispers, visitor.member.external_id) for post in posts]


def _one(post: Post, played: _Played, told: dict[RoundId, MessageView], whispers: Whispers, member_id: str) -> Seen:
    if post.round_id is None or post.is_direct:
        return Seen(post=post)
    given, settled = played.given.get(post.round_id, frozenset()), post.round_id in played.settled
    is_open = post.view.controls is not None
    seen = Seen(
        post=post,
        given=given,
        receipt=told.get(post.round_id),
        so_far=played.so_far if post.round_id in played.today else "",
        next_at=played.next_at,
    )
    if post.reply_to is not None:  # what the question told at once, its result doesn't tell again
        return replace(seen, receipt=seen.receipt if given and not settled else None, explains=not settled)
    return replace(
        seen,
        settled=settled,
        pinned=is_open and post.round_id in played.pinned,
        answered=played.answered.get(post.round_id, 0) if is_open else None,
        explains=is_open or settled or not given,
        refused=whispers.refused(member_id, post.round_id),
        back=whispers.turned(member_id, post.round_id),
    )


async def _played(unit: Unit, visitor: Visitor, round_ids: Collection[RoundId], now: datetime) -> _Played:
    if not round_ids:
        return _Played()
    current = await unit.answers.of_member(visitor.member, round_ids)
    rounds = [round_ for round_id in current if (round_ := await unit.rounds.find(round_id))]
    league = await league_of(unit, visitor.member.space_id)
    today = league.day(now)
    told_today = frozenset(one.id for one in rounds if _told_on(one, current[one.id], league) == today)
    still_open = await unit.rounds.open_in(visitor.member.space_id, CHANNEL)
    series = await unit.schedules.all(visitor.member.space_id, CHANNEL) if rounds else []
    return _Played(
        given={round_.id: current[round_.id].response.given(round_.order) for round_ in rounds},
        settled=frozenset(round_.id for round_ in rounds if round_.reveal is Reveal.ON_ANSWER),
        pinned=frozenset(one.id for one in still_open if _is_pinned(one)),
        today=told_today,
        answered=await unit.rounds.answered(round_ids),
        so_far=await so_far_today(unit, league, visitor.player_id, today) if told_today else "",
        next_at=min((one.next_at for one in series if one.next_at), default=None),
    )


def _told_on(round_: Round, answer: Answer, league: League) -> date | None:
    """Return the day on which a member learned the verdict; None: it is still kept back."""
    if round_.reveal is Reveal.ON_ANSWER:
        return answer.day
    return league.day(round_.closed_at) if round_.closed_at else None


async def _told(room: Room, visitor: Visitor, round_ids: Collection[RoundId]) -> dict[RoundId, MessageView]:
    """Return the member's latest receipt of each round: the kept one, or else a new one made from the answer.

    What was kept before the verdict could be told gives way to it.
    """
    told = await receipts(room.app, visitor.member, round_ids)
    last = {i: room.whispers.receipt_for(visitor.member.external_id, i) for i in round_ids}
    verdicts = {i for i, view in told.items() if view.options}
    return told | {i: view for i, view in last.items() if view and (view.options or i not in verdicts)}
