"""Delete or blank every row that holds a person.

A new column that holds a person is added to one of the tuples below; a test fails for columns that are missing.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import PlayerId, RoundId, SpaceId
from bot.domain.views import MessageView
from bot.ports import PostKind
from bot.storage import tables as t
from bot.storage.forgetting.names import forget_names
from bot.storage.linking import lock_players
from bot.storage.parts import parts
from bot.storage.posting import stored

_NOTHING = MessageView(text="–")

OF_A_PLAYER = (
    t.answers.c.player_id,
    t.totals.c.player_id,
    t.team_members.c.player_id,
    t.link_wishes.c.asking,
    t.link_wishes.c.asked,
)
"""Rows with a player in one of these columns are deleted with the player."""

NAMING_A_PLAYER = (t.post_names.c.player_id, t.season_names.c.player_id)
"""Their rows say where a player is named; they are deleted once the names are taken out of the texts."""

OF_AN_ACCOUNT = (
    t.suggestions.c.account,
    t.waiting_imports.c.account,
    t.in_charge.c.account,
    t.hosts.c.account,
    t.subscriptions.c.account,
    t.thanks.c.account,
)
"""Rows of a space with an account in one of these columns are deleted with the account."""

_NEED_NO_MEMBER = (*OF_AN_ACCOUNT, t.series.c.set_by)
"""The columns with accounts that may be stored nowhere else: those of people who never answered."""

BLANKED = (
    (t.rounds.c.private_to, {"private_to": ""}),
    (t.posts.c.private_to, {"private_to": "", "problem": None}),
    (t.series.c.set_by, {"set_by": None}),
)
"""What takes the place of an account in one of these columns, and goes with it; the row itself stays."""


async def forget_player(
    connection: AsyncConnection, player: PlayerId, unknown_in: Collection[SpaceId], at: datetime
) -> list[RoundId]:
    """Delete a player with all their accounts; see `bot.ports.Forgetting.forget_player`."""
    await lock_players(connection, [player])
    theirs = t.members.c.player_id == player
    accounts = await connection.execute(sa.select(t.members.c.space_id, t.members.c.external_id).where(theirs))
    for space_id, external_id in accounts.all():
        await forget_private(connection, space_id, external_id)
    await connection.execute(sa.delete(t.members).where(theirs))
    return await forget_lost_accounts(connection, [player], unknown_in, at)


async def forget_private(connection: AsyncConnection, space_id: SpaceId, external_id: str) -> bool:
    """Detach private rounds and messages from an account, and delete what it wrote; return whether there was any."""
    found = False
    for column in OF_AN_ACCOUNT:
        theirs = column.table.c.space_id == space_id, column == external_id
        found = (await connection.execute(sa.delete(column.table).where(*theirs))).rowcount > 0 or found
    # Direct messages tell about them, and older news may; other private messages belong to a round, and say nothing.
    tells = sa.or_(t.posts.c.kind == PostKind.DIRECT, t.posts.c.round_id.is_(None))
    told = t.posts.c.space_id == space_id, t.posts.c.private_to == external_id, tells
    await connection.execute(sa.update(t.posts).where(*told).values(view=stored(_NOTHING), waiting=False))
    for column, blank in BLANKED:
        theirs = column.table.c.space_id == space_id, column == external_id
        changed = await connection.execute(sa.update(column.table).where(*theirs).values(blank))
        found = found or changed.rowcount > 0
    return found


async def spaces_with(connection: AsyncConnection, adapter: str, external_id: str) -> set[SpaceId]:
    """Return the spaces with rows of an account that needn't be a member; see `bot.ports.Forgetting.spaces_with`."""
    theirs = [
        sa.select(column.table.c.space_id)
        .join(t.spaces, t.spaces.c.id == column.table.c.space_id)
        .where(t.spaces.c.adapter == adapter, column == external_id)
        for column in _NEED_NO_MEMBER
    ]
    return set(map(SpaceId, await connection.scalars(sa.union(*theirs))))


async def forget_lost_accounts(
    connection: AsyncConnection, players: Collection[PlayerId], unknown_in: Collection[SpaceId], at: datetime
) -> list[RoundId]:
    """Forget what players were called by accounts that were just deleted, and the players without any other account.

    Args:
        connection: its transaction, which has locked the players and deleted the accounts.
        players: those who lost an account.
        unknown_in: the spaces in whose messages names that can't be matched to a player are deleted, too.
        at: when messages change.

    Returns the rounds whose results named these players, or may show what they typed: post those results again.
    """
    typed_in: set[RoundId] = set()
    for gone in _without_account(players):
        shown = _may_show_typed.where(t.answers.c.player_id.in_(gone))
        typed_in.update(map(RoundId, await connection.scalars(shown)))
        for column in OF_A_PLAYER:
            await connection.execute(sa.delete(column.table).where(column.in_(gone)))
    rounds = {*await forget_names(connection, players, unknown_in, at), *typed_in}
    for gone in _without_account(players):
        for column in (*NAMING_A_PLAYER, t.players.c.id):
            await connection.execute(sa.delete(column.table).where(column.in_(gone)))
    await _forget_dead_ends(connection)
    return sorted(rounds)


# Of right answers, a result shows only their number beside the question's own words; an open round has no result yet.
_may_show_typed = (
    sa.select(t.answers.c.round_id)
    .join(t.rounds)
    .where(t.answers.c.typed.is_not(None), t.answers.c.correct.is_not(True), t.rounds.c.closed_at.is_not(None))
)


def _without_account(players: Collection[PlayerId]) -> Iterator[sa.Select[tuple[int]]]:
    """Yield queries that together find those of some players who have no account."""
    has_account = sa.exists().where(t.members.c.player_id == t.players.c.id)
    for some in parts(sorted(players)):
        yield sa.select(t.players.c.id).where(t.players.c.id.in_(some), ~has_account)


async def _forget_dead_ends(connection: AsyncConnection) -> None:
    """Delete the steps of linking and separating that lead to no player who is still there."""
    step = t.later_players.c
    here = sa.select(t.players.c.id).join(t.later_players, step.later_id == t.players.c.id)
    lasting = here.cte("lasting", recursive=True)
    lasting = lasting.union(sa.select(step.player_id).join(lasting, step.later_id == lasting.c.id))
    await connection.execute(sa.delete(t.later_players).where(step.later_id.not_in(sa.select(lasting.c.id))))
