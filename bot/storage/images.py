"""Storage of pictures, by the digests of their bytes."""

from collections.abc import Collection, Iterable
from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from bot.domain.identity import BankId, SpaceId
from bot.domain.images import ImageFile
from bot.ports import Images
from bot.storage import tables as t
from bot.storage.question_draw import is_open_to
from bot.storage.upsert import insert


class SqlImages(Images):
    """`bot.ports.Images` over one connection's transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @override
    async def put(self, files: Iterable[ImageFile]) -> None:
        statement = insert(self._connection, t.images).on_conflict_do_nothing()
        for file in files:
            await self._connection.execute(statement.values(asdict(file)))

    @override
    async def find(self, digest: str) -> ImageFile | None:
        row = (await self._connection.execute(sa.select(t.images).where(t.images.c.digest == digest))).one_or_none()
        return ImageFile(**row._mapping) if row else None

    @override
    async def seen_in(self, space_id: SpaceId, digest: str) -> ImageFile | None:
        asked = sa.exists().where(t.rounds.c.question_id == t.questions.c.id, t.rounds.c.space_id == space_id)
        of_a_question = [
            sa.exists().where(
                table.c.image == digest,
                table.c.question_id == t.questions.c.id,
                t.questions.c.bank_id == t.banks.c.id,
                sa.or_(is_open_to(space_id), asked),
            )
            for table in (t.revisions, t.choice_images)
        ]
        of_a_post = sa.exists().where(t.posts.c.space_id == space_id, t.posts.c.image == digest)
        is_seen = sa.select(sa.or_(*of_a_question, of_a_post))
        return await self.find(digest) if await self._connection.scalar(is_seen) else None

    @override
    async def size_of(self, bank_id: BankId) -> int:
        own = sa.select(t.questions.c.id).where(t.questions.c.bank_id == bank_id)
        shown = sa.union(
            *(
                sa.select(table.c.image).where(table.c.question_id.in_(own), table.c.image.is_not(None))
                for table in (t.revisions, t.choice_images)
            )
        )
        size = sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(t.images.c.data)), 0))
        return int((await self._connection.execute(size.where(t.images.c.digest.in_(shown)))).scalar_one())

    @override
    async def drop(self, digests: Collection[str]) -> None:
        users = t.revisions.c.image, t.choice_images.c.image
        unused = [~sa.exists().where(image == t.images.c.digest) for image in users]
        await self._connection.execute(sa.delete(t.images).where(t.images.c.digest.in_(digests), *unused))
