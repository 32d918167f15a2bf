"""Delete banks, except for questions that rounds need."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.former_banks import former_name
from bot.domain.identity import BankId, SpaceId
from bot.storage import tables as t
from bot.storage.images import SqlImages


async def forget_banks(connection: AsyncConnection, space_id: SpaceId) -> None:
    """Delete a space's banks; one with questions that another space was asked goes to that space, without its name."""
    await _forget_unasked(connection, sa.select(t.banks.c.id).where(t.banks.c.space_id == space_id))
    for bank_id, heir in await _heirs(connection, space_id):
        # The heir may have a bank with the old name, and needn't know it.
        left = _nameless(bank_id) | {"space_id": heir}
        await connection.execute(sa.update(t.banks).where(t.banks.c.id == bank_id).values(left))
    await connection.execute(sa.delete(t.banks).where(t.banks.c.space_id == space_id))


async def forget_bank(connection: AsyncConnection, bank_id: BankId) -> int:
    """Delete a bank; if rounds asked some of its questions, they stay in it, withdrawn, and it loses its name.

    Returns how many stay.
    """
    this = t.banks.c.id == bank_id
    await _forget_unasked(connection, sa.select(t.banks.c.id).where(this))
    asked = sa.select(sa.func.count()).where(t.questions.c.bank_id == bank_id)
    stay = await connection.scalar(asked)
    await connection.execute(
        sa.update(t.banks).where(this).values(_nameless(bank_id)) if stay else sa.delete(t.banks).where(this)
    )
    return stay or 0


def _nameless(bank_id: int) -> dict[str, object]:
    name = former_name(bank_id)
    return {"name": name, "folded_name": name, "title": name, "notes": [], "findings": [], "mendings": []}


async def _forget_unasked(connection: AsyncConnection, banks: sa.Select[tuple[int]]) -> None:
    """Delete the questions of banks that no round asked, and withdraw the others."""
    asked = sa.exists().where(t.rounds.c.question_id == t.questions.c.id)
    await _withdraw(connection, sa.and_(t.questions.c.bank_id.in_(banks), asked))
    unasked = sa.and_(t.questions.c.bank_id.in_(banks), ~asked)
    questions = sa.select(t.questions.c.id).where(unasked)
    theirs = t.revisions.c.question_id.in_(questions)
    of_choices = t.choice_images.c.question_id.in_(questions)
    pictures = sa.union(
        sa.select(t.revisions.c.image).where(theirs, t.revisions.c.image.is_not(None)),
        sa.select(t.choice_images.c.image).where(of_choices),
    )
    digests = list(await connection.scalars(pictures))
    await connection.execute(sa.delete(t.choice_images).where(of_choices))
    await connection.execute(sa.delete(t.revisions).where(theirs))
    await SqlImages(connection).drop(digests)
    await forget_shared(connection, t.shared_questions.c.question_id.in_(questions))
    await connection.execute(sa.delete(t.questions).where(unasked))


async def forget_shared(connection: AsyncConnection, where: sa.ColumnElement[bool]) -> None:
    """Delete shared questions; the rounds that asked them keep their answers."""
    these = sa.select(t.shared_questions.c.id).where(where)
    await connection.execute(sa.update(t.rounds).where(t.rounds.c.shared_id.in_(these)).values(shared_id=None))
    await connection.execute(sa.delete(t.shared_questions).where(where))


async def _withdraw(connection: AsyncConnection, where: sa.ColumnElement[bool]) -> None:
    """Withdraw questions that were asked: their rounds need them, but nobody may draw them."""
    withdrawn = {"withdrawn": True, "status": "withdrawn", "after_id": None}
    await connection.execute(sa.update(t.questions).where(where).values(withdrawn))


async def _heirs(connection: AsyncConnection, space_id: SpaceId) -> Sequence[tuple[int, int]]:
    """Return the space's banks with questions that another space was asked, each with one such space."""
    found = await connection.execute(
        sa.select(t.banks.c.id, sa.func.min(t.rounds.c.space_id))
        .join(t.questions, t.questions.c.bank_id == t.banks.c.id)
        .join(t.rounds, t.rounds.c.question_id == t.questions.c.id)
        .where(t.banks.c.space_id == space_id)
        .group_by(t.banks.c.id)
    )
    return [(bank_id, heir) for bank_id, heir in found]
