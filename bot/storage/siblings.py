"""Find the rounds that ask the same question in several spaces, so that each player's answer counts once."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import RoundId, SpaceId
from bot.domain.rounds import Round
from bot.domain.settling import Sibling, Siblings
from bot.storage import tables as t


async def lock_siblings(connection: AsyncConnection, rounds: Collection[Round]) -> Siblings:
    """Return the rounds that ask the same as these; no other transaction stores answers to them until this one ends.

    A lock on the shared question is enough: every transaction that stores an answer takes it after locking its own
    round, and needs no lock on the other rounds. Rounds that share nothing cost no query.
    """
    shared = {round_.shared_id for round_ in rounds if round_.shared_id is not None}
    if not shared:
        return {}
    locked = sa.select(t.shared_questions.c.id).where(t.shared_questions.c.id.in_(shared)).order_by("id")
    await connection.execute(
        locked.with_for_update(key_share=True)
    )  # so that a new round can still refer to the shared question
    rows = await connection.execute(
        sa.select(t.rounds.c.shared_id, t.rounds.c.id, t.rounds.c.space_id, t.rounds.c.kind).where(
            t.rounds.c.shared_id.in_(shared)
        )
    )
    return siblings(rounds, [(shared_id, round_id, space_id, kind) for shared_id, round_id, space_id, kind in rows])


def siblings(rounds: Collection[Round], found: Collection[tuple[int, RoundId, SpaceId, str]]) -> Siblings:
    """Return each round's siblings, picked from all rounds of the questions that they share."""
    return {
        round_.id: [
            Sibling(other, space_id, kind)
            for shared_id, other, space_id, kind in found
            if shared_id == round_.shared_id and other != round_.id
        ]
        for round_ in rounds
        if round_.shared_id is not None
    }


def kinds(rounds: Collection[Round], others: Siblings) -> Mapping[RoundId, str]:
    """Return the kind of each of these rounds and of their siblings."""
    found = {round_.id: round_.kind for round_ in rounds}
    return found | {sibling.round_id: sibling.kind for those in others.values() for sibling in those}
