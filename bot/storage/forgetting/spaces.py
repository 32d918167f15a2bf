"""Delete a space with everything and everybody in it."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import PlayerId, RoundId, Space, SpaceId
from bot.ports import PostKind
from bot.storage import linking
from bot.storage import tables as t
from bot.storage.boards import SqlBoards
from bot.storage.forgetting.banks import forget_banks, forget_shared
from bot.storage.forgetting.people import forget_lost_accounts
from bot.storage.images import SqlImages
from bot.storage.league_moves import delete_league

OF_A_SPACE = (
    t.posts,
    t.rounds,
    t.nights,
    t.series,
    t.team_groups,
    t.members,
    t.league_requests,
    t.former_leagues,
    t.closed_channels,
    t.in_charge,
    t.hosts,
    t.set_aside,
    t.subscriptions,
    t.deletions,
    t.suggestions,
    t.thanks,
    t.waiting_imports,
    t.readings,
)
"""The tables whose rows are deleted with a space; a table comes before those that it refers to."""


async def forget_space(
    connection: AsyncConnection, space: Space, unknown_in: Collection[SpaceId], at: datetime
) -> list[RoundId]:
    """Delete a space; see `bot.ports.Forgetting.forget_space`."""
    people = await _people(connection, space)
    linked = await _also_elsewhere(connection, space)
    cards = set(await _cards(connection, t.posts.c.space_id == space.id))
    await _delete_rows(connection, space)
    await _keep(connection, linked, space)
    results = await forget_lost_accounts(connection, people, unknown_in, at)
    league_spaces = sa.select(t.spaces.c.id).where(t.spaces.c.league_id == space.league_id)
    cards.difference_update(await _cards(connection, t.posts.c.space_id.in_(league_spaces)))
    await SqlImages(connection).drop(cards)
    await forget_banks(connection, space.id)
    await connection.execute(sa.delete(t.spaces).where(t.spaces.c.id == space.id))
    if await connection.scalar(league_spaces.limit(1)) is None:
        await forget_shared(connection, t.shared_questions.c.league_id == space.league_id)
        await delete_league(connection, space.league_id)
    return results


async def _people(connection: AsyncConnection, space: Space) -> list[PlayerId]:
    """Return everybody with an account here; on PostgreSQL, no new post names them until this transaction ends."""
    here = sa.select(t.members.c.player_id).where(t.members.c.space_id == space.id)
    them = sa.select(t.players.c.id).where(t.players.c.id.in_(here)).order_by("id").with_for_update()
    return [PlayerId(player_id) for player_id in await connection.scalars(them)]


async def _also_elsewhere(connection: AsyncConnection, space: Space) -> set[PlayerId]:
    """Return the players with an account here and in another space."""
    other = t.members.alias()
    both = sa.select(t.members.c.player_id).join(other, other.c.player_id == t.members.c.player_id)
    here = t.members.c.space_id == space.id, other.c.space_id != space.id
    return {PlayerId(player_id) for player_id in await connection.scalars(both.where(*here))}


async def _cards(connection: AsyncConnection, where: sa.ColumnElement[bool]) -> Iterable[str]:
    """Return the pictures of weekly and season posts, which the spaces of a league share, and of podiums."""
    cards = t.posts.c.kind.in_([PostKind.WEEK, PostKind.SEASON, PostKind.NIGHT]), t.posts.c.image.is_not(None)
    return await connection.scalars(sa.select(t.posts.c.image).where(where, *cards))


async def _delete_rows(connection: AsyncConnection, space: Space) -> None:
    """Delete what belongs to a space alone; teams that it brought into its league stay there."""
    rounds = sa.select(t.rounds.c.id).where(t.rounds.c.space_id == space.id)
    await connection.execute(sa.delete(t.answers).where(t.answers.c.round_id.in_(rounds)))
    posts = sa.select(t.posts.c.key).where(t.posts.c.space_id == space.id)
    await connection.execute(sa.delete(t.post_names).where(t.post_names.c.post_key.in_(posts)))
    for table in OF_A_SPACE:
        await connection.execute(sa.delete(table).where(table.c.space_id == space.id))
    brought = sa.update(t.teams).where(t.teams.c.brought_by == space.id)
    await connection.execute(brought.values(brought_by=None, own_name=None))


async def _keep(connection: AsyncConnection, linked: Collection[PlayerId], space: Space) -> None:
    """Keep players who have other accounts: update their teams, names and totals without the account here."""
    if not linked:
        return
    in_league = (
        sa.select(t.members.c.player_id)
        .join(t.spaces, t.spaces.c.id == t.members.c.space_id)
        .where(t.spaces.c.league_id == space.league_id)
    )
    theirs = t.team_members.c.league_id == space.league_id, t.team_members.c.player_id.in_(linked)
    await connection.execute(sa.delete(t.team_members).where(*theirs, t.team_members.c.player_id.not_in(in_league)))
    await linking.name_by_account(connection, linked)
    await SqlBoards(connection).rebuild(players=linked)
