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
class _Asked:
    """What there is to know about the rounds that are shown, whoever looks.

    Attributes:
        league: the league that the room is in.
        pinned: the open rounds of the channel's series.
        answered: how many answered in each round.
        next_at: when the channel's next question comes.
    """

    league: League
    pinned: frozenset[RoundId]
    answered: dict[RoundId, int]
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Played:
    """What a member did in the rounds that are shown.

    Attributes:
        given: what the member answered in each round.
        settled: the rounds whose first answer counts, and was given.
        today: the rounds whose verdict the member learned on the league's current day.
        so_far: a line about the member's standing after today's answers.
    """

    given: dict[RoundId, Given] = field(default_factory=dict)
    settled: frozenset[RoundId] = frozenset()
    today: frozenset[RoundId] = frozenset()
    so_far: str = ""


async def all_seen(room: Room, visitor: Visitor) -> list[Seen]:
    """Return the latest messages, oldest first, with the replies that only this member sees."""
    latest, before, asked = await room.app.storage.read(lambda unit: _messages(unit, room, visitor))
    replies = room.whispers.replies_to(visitor.member.external_id)
    oldest = latest[0].posted_at if latest else None
    shown = [reply for reply in replies if oldest is None or reply.post.posted_at >= oldest]
    whispered = [replace(reply, folded=reply is not shown[-1]) for reply in shown]
    seen = await _seen(room, visitor, [post for post in [*before, *latest] if _may_see(visitor, post)], asked)
    return sorted([*seen, *whispered], key=lambda one: one.order)


async def _messages(unit: Unit, room: Room, visitor: Visitor) -> tuple[list[Post], list[Post], _Asked | None]:
    """Return the latest messages, the open questions of the day before them, and what there is to know about all."""
    latest, pinned = await _latest(unit, room, visitor), await _pinned(unit, room)
    before = await _before(unit, pinned, latest)
    return latest, before, await _asked(unit, room, pinned, [*before, *latest])


async def _latest(unit: Unit, room: Room, visitor: Visitor) -> list[Post]:
    """Return the channel's latest messages; hosts also get the messages for hosts."""
    reader = visitor.member.external_id  # or what others were told alone would push out what everybody sees
    posts = await unit.outbox.recent(room.space.id, CHANNEL, LATEST, reader=reader)
    if visitor.is_host:
        posts += await unit.outbox.recent(room.space.id, HOSTS, LATEST, reader=reader)
    return sorted(posts, key=lambda post: post.posted_at)[-LATEST:]


async def _pinned(unit: Unit, room: Room) -> list[RoundId]:
    """Return the open questions of the day."""
    open_rounds = await unit.rounds.open_in(room.space.id, CHANNEL)
    return [one.id for one in open_rounds if one.series_id is not None and one.private_to is None]


async def _before(unit: Unit, pinned: Sequence[RoundId], posts: Sequence[Post]) -> list[Post]:
    """Return the messages of pinned questions that newer ones have pushed out of the latest."""
    shown = {post.key for post in posts}
    found = [await unit.outbox.find(key) for key in map(question_key, pinned) if key not in shown]
    return [post for post in found if post is not None]


async def one_seen(room: Room, visitor: Visitor, key: str) -> Seen | None:
    """Return one message; None if there is none that this member may see."""
    post, asked = await room.reads.read(key, lambda: room.app.storage.read(lambda unit: _message(unit, room, key)))
    if post is None or not _may_see(visitor, post):
        return None
    return (await _seen(room, visitor, [post], asked))[0]


async def _message(unit: Unit, room: Room, key: str) -> tuple[Post | None, _Asked | None]:
    """Return one message, and what there is to know about the round that it shows."""
    post = await unit.outbox.find(key)
    if post is None or post.round_id is None:
        return post, None
    return post, await _asked(unit, room, await _pinned(unit, room), [post])


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


async def _asked(unit: Unit, room: Room, pinned: Sequence[RoundId], posts: Sequence[Post]) -> _Asked | None:
    """Return what there is to know about the rounds of these messages; None if they show none."""
    round_ids = _rounds_of(posts)
    if not round_ids:
        return None
    series = await unit.schedules.all(room.space.id, CHANNEL)
    return _Asked(
        league=await league_of(unit, room.space.id),
        pinned=frozenset(pinned),
        answered=await unit.rounds.answered(round_ids),
        next_at=min((one.next_at for one in series if one.next_at), default=None),
    )


def _rounds_of(posts: Sequence[Post]) -> set[RoundId]:
    return {post.round_id for post in posts if post.round_id is not None}


async def _seen(room: Room, visitor: Visitor, posts: Sequence[Post], asked: _Asked | None) -> list[Seen]:
    if asked is None:
        return [Seen(post=post) for post in posts]
    round_ids, now = _rounds_of(posts), room.app.clock.now()
    played = await room.app.storage.read(lambda unit: _played(unit, visitor, round_ids, asked.league, now))
    told = await _told(room, visitor, round_ids, played)
    return [_one(post, asked, played, told, room.whispers, visitor.member.external_id) for post in posts]


def _one(
    post: Post,
    asked: _Asked,
    played: _Played,
    told: dict[RoundId, MessageView],
    whispers: Whispers,
    member_id: str,
) -> Seen:
    if post.round_id is None or post.is_direct:
        return Seen(post=post)
    given, settled = played.given.get(post.round_id, frozenset()), post.round_id in played.settled
    is_open = post.view.controls is not None
    seen = Seen(
        post=post,
        given=given,
        receipt=told.get(post.round_id),
        so_far=played.so_far if post.round_id in played.today else "",
        next_at=asked.next_at if played.given else None,
    )
    if post.reply_to is not None:  # what the question told at once, its result doesn't tell again
        return replace(seen, receipt=seen.receipt if given and not settled else None, explains=not settled)
    return replace(
        seen,
        settled=settled,
        pinned=is_open and post.round_id in asked.pinned,
        answered=asked.answered.get(post.round_id, 0) if is_open else None,
        explains=is_open or settled or not given,
        refused=whispers.refused(member_id, post.round_id),
        back=whispers.turned(member_id, post.round_id),
    )


async def _played(
    unit: Unit, visitor: Visitor, round_ids: Collection[RoundId], league: League, now: datetime
) -> _Played:
    current = await unit.answers.of_member(visitor.member, round_ids)
    rounds = [round_ for round_id in current if (round_ := await unit.rounds.find(round_id))]
    today = league.day(now)
    told_today = frozenset(one.id for one in rounds if _told_on(one, current[one.id], league) == today)
    return _Played(
        given={round_.id: current[round_.id].response.given(round_.order) for round_ in rounds},
        settled=frozenset(round_.id for round_ in rounds if round_.reveal is Reveal.ON_ANSWER),
        today=told_today,
        so_far=await so_far_today(unit, league, visitor.player_id, today) if told_today else "",
    )


def _told_on(round_: Round, answer: Answer, league: League) -> date | None:
    """Return the day on which a member learned the verdict; None: it is still kept back."""
    if round_.reveal is Reveal.ON_ANSWER:
        return answer.day
    return league.day(round_.closed_at) if round_.closed_at else None


async def _told(
    room: Room, visitor: Visitor, round_ids: Collection[RoundId], played: _Played
) -> dict[RoundId, MessageView]:
    """Return the member's latest receipt of each round: the kept one, or else a new one made from the answer.

    What was kept before the verdict could be told gives way to it.
    """
    told = await receipts(room.app, visitor.member, round_ids) if played.given else {}
    last = {i: room.whispers.receipt_for(visitor.member.external_id, i) for i in round_ids}
    verdicts = {i for i, view in told.items() if view.options}
    return told | {i: view for i, view in last.items() if view and (view.options or i not in verdicts)}
