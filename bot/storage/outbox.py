"""Storage of the outbox: messages that a use case stored in its transaction, to be posted on a platform afterwards."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import RoundId, SpaceId
from bot.ports import Claim, Lane, Outbox, Post, PostKind
from bot.storage import naming
from bot.storage import tables as t
from bot.storage.posting import edit, read, shown, stored

CLAIM_LASTS = timedelta(seconds=8)
"""How long a worker has to post the messages that it claimed, before another worker may claim them."""

_AT_ONCE = {Lane.CHANNELS: 50, Lane.DIRECT: 10}
"""How many messages to claim at once.

A process can post 50 in half the time that a claim lasts, at 50 a second. Direct ones are few, because platforms
dislike bots that write to many people quickly.
"""


class SqlOutbox(Outbox):
    """`bot.ports.Outbox` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection, new_id: Callable[[], int]) -> None:
        self._connection = connection
        self._new_id = new_id

    @override
    async def put(self, post: Post) -> None:
        is_new = not await edit(self._connection, post.key, post.view, post.posted_at)
        if is_new:
            values = {name: getattr(post, name) for name in _POST_COLUMNS if name != "view"}
            fresh = {
                "sequence": self._new_id(),
                "view": stored(post.view),
                "image": shown(post.view),
                "waiting": True,
                "tries": 0,
                "not_before": post.posted_at,
            }
            await self._connection.execute(sa.insert(t.posts), values | fresh)
        await naming.name_in_post(self._connection, post.key, post.view, is_new=is_new)

    @override
    async def find(self, key: str) -> Post | None:
        row = (await self._connection.execute(_POST.where(t.posts.c.key == key))).one_or_none()
        return _post(row) if row else None

    @override
    async def at_message(self, space_id: SpaceId, channel: str, message_ref: str) -> Post | None:
        here = t.posts.c.space_id == space_id, t.posts.c.channel == channel, t.posts.c.message_ref == message_ref
        is_message = t.posts.c.kind != PostKind.THREAD  # a thread has the id of its message
        row = (await self._connection.execute(_POST.where(*here, is_message))).one_or_none()
        return _post(row) if row else None

    @override
    async def give_up_in(self, space_id: SpaceId, channel: str | None, reason: str) -> None:
        here = [t.posts.c.space_id == space_id, t.posts.c.waiting]
        if channel is not None:
            here.append(t.posts.c.channel == channel)
        await self._connection.execute(sa.update(t.posts).where(*here).values(waiting=False, problem=reason))

    @override
    async def may_stand(self, key: str) -> bool:
        begun = t.posts.c.waiting & (t.posts.c.tries > 0)
        return bool(await self._connection.scalar(sa.select(begun).where(t.posts.c.key == key)))

    @override
    async def waiting_lanes(self, adapters: Collection[str], now: datetime) -> list[Lane]:
        found = (await self._connection.execute(_WAITING_LANES, {"now": now, "adapters": list(adapters)})).one()
        return [lane for lane, waits in zip(Lane, found, strict=True) if waits]

    @override
    async def claim(
        self, adapters: Collection[str], worker: str, now: datetime, lane: Lane = Lane.CHANNELS
    ) -> list[Claim]:
        rows = (await self._connection.execute(_CLAIMABLE[lane], {"now": now, "adapters": list(adapters)})).all()
        if rows:
            await self._connection.execute(
                sa.update(t.posts)
                .where(t.posts.c.key.in_([row.key for row in rows]))
                .values(claimed_by=worker, not_before=now + CLAIM_LASTS, tries=t.posts.c.tries + 1)
            )
        until = now + CLAIM_LASTS
        return [
            Claim(
                post=_post(row),
                adapter=row.adapter,
                language=row.language or row.spoken,
                tries=row.tries,
                until=until,
            )
            for row in rows
        ]

    @override
    async def direct_waiting(self, space_id: SpaceId) -> int:
        here = t.posts.c.waiting, t.posts.c.space_id == space_id, t.posts.c.kind == PostKind.DIRECT
        number: int = await self._connection.scalar(sa.select(sa.func.count()).select_from(t.posts).where(*here)) or 0
        return number

    @override
    async def delivered(self, key: str, version: int, message_ref: str) -> None:
        posted = {"this": key, "posted": version, "reference": message_ref}
        await self._connection.execute(_DELIVERED, posted)

    @override
    async def put_off(self, claim: Claim, reason: str, retry_at: datetime, *, untried: bool = False) -> None:
        mine = t.posts.c.key == claim.post.key, t.posts.c.waiting, t.posts.c.not_before <= claim.until
        before = {"tries": claim.tries} if untried else {}
        await self._connection.execute(
            sa.update(t.posts).where(*mine).values(problem=reason, not_before=retry_at, **before)
        )

    @override
    async def failed(self, key: str, reason: str, retry_at: datetime | None) -> None:
        again = {"waiting": False} if retry_at is None else {"not_before": retry_at}
        waits = (
            t.posts.c.key == key,
            t.posts.c.waiting,
        )  # the waiting messages of its channel may have been given up meanwhile
        await self._connection.execute(sa.update(t.posts).where(*waits).values(problem=reason, **again))

    @override
    async def last_asked_in(self, space_id: SpaceId) -> str | None:
        asked = t.posts.c.space_id == space_id, t.posts.c.round_id.is_not(None), t.posts.c.private_to.is_(None)
        latest = sa.select(t.posts.c.channel).where(*asked).order_by(t.posts.c.sequence.desc()).limit(1)
        channel: str | None = await self._connection.scalar(latest)
        return channel

    @override
    async def recent(self, space_id: SpaceId, channel: str, limit: int, *, reader: str | None = None) -> list[Post]:
        here = [t.posts.c.space_id == space_id, t.posts.c.channel == channel]
        if reader is not None:
            here.append(sa.or_(t.posts.c.private_to.is_(None), t.posts.c.private_to == reader))
        rows = await self._connection.execute(_POST.where(*here).order_by(t.posts.c.sequence.desc()).limit(limit))
        return [_post(row) for row in reversed(rows.all())]


_POST_COLUMNS = (
    "key",
    "space_id",
    "channel",
    "view",
    "posted_at",
    "kind",
    "round_id",
    "reply_to",
    "private_to",
    "language",
    "version",
    "message_ref",
)
_POST = sa.select(*(t.posts.c[name] for name in _POST_COLUMNS))
_DELIVERED = (
    sa.update(t.posts)
    .where(t.posts.c.key == sa.bindparam("this"))
    .values(
        message_ref=sa.bindparam("reference"),
        waiting=t.posts.c.version != sa.bindparam("posted"),
        problem=None,
        tries=0,
        claimed_by=None,
        not_before=t.posts.c.posted_at,
    )
)


_IN_LANE = {Lane.CHANNELS: t.posts.c.kind != PostKind.DIRECT, Lane.DIRECT: t.posts.c.kind == PostKind.DIRECT}
_WAITING = {
    lane: _POST.add_columns(t.posts.c.tries, t.spaces.c.adapter, t.spaces.c.language.label("spoken"))
    .join(t.spaces)
    .where(
        t.posts.c.waiting,
        t.posts.c.not_before <= sa.bindparam("now"),
        t.spaces.c.adapter.in_(sa.bindparam("adapters")),
        in_lane,
    )
    for lane, in_lane in _IN_LANE.items()
}
_WAITING_LANES = sa.select(*(_WAITING[lane].exists() for lane in Lane))
_CLAIMABLE = {
    lane: waiting.order_by(t.posts.c.sequence).limit(_AT_ONCE[lane]).with_for_update(skip_locked=True, of=t.posts)
    for lane, waiting in _WAITING.items()
}


def _post(row: sa.Row[Any]) -> Post:
    return Post(
        key=row.key,
        space_id=SpaceId(row.space_id),
        channel=row.channel,
        view=read(row.view),
        posted_at=row.posted_at,
        kind=PostKind(row.kind),
        round_id=None if row.round_id is None else RoundId(row.round_id),
        reply_to=row.reply_to,
        private_to=row.private_to,
        language=row.language,
        version=row.version,
        message_ref=row.message_ref,
    )
