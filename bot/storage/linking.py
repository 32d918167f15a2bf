"""Link the accounts of one person into one player, and separate them again.

The caller rebuilds the players' totals afterwards, in the same transaction.
"""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import Member, PlayerId, RoundId, SpaceId
from bot.domain.linking import AccountAnswer, superfluous
from bot.storage import naming
from bot.storage import tables as t
from bot.storage.upsert import insert


async def lock_players(connection: AsyncConnection, players: Collection[PlayerId]) -> bool:
    """Lock everything stored about some players until this transaction ends.

    Returns False if one of them is gone. On PostgreSQL, locks are taken in the usual order: first the spaces where they
    have accounts, so that no question is asked there and nobody joins a team; then the rounds that they answered or can
    answer; then the players. A transaction that stores an answer looks up the player only after locking the round.
    """
    spaces = sa.select(t.members.c.space_id).where(t.members.c.player_id.in_(players))
    here = sa.select(t.spaces.c.id).where(t.spaces.c.id.in_(spaces)).order_by("id")
    await connection.execute(here.with_for_update(key_share=True))
    answered = sa.select(t.answers.c.round_id).where(t.answers.c.player_id.in_(players))
    open_there = sa.and_(t.rounds.c.space_id.in_(spaces), t.rounds.c.closed_at.is_(None))
    rounds = sa.select(t.rounds.c.id).where(sa.or_(open_there, t.rounds.c.id.in_(answered))).order_by("id")
    await connection.execute(rounds.with_for_update())
    them = sa.select(t.players.c.id).where(t.players.c.id.in_(players)).order_by("id").with_for_update()
    return set(await connection.scalars(them)) == set(players)


async def merge(connection: AsyncConnection, player: PlayerId, into: PlayerId) -> list[RoundId]:
    """Give all accounts and answers of a locked player to another one; return the rounds that lost an answer."""
    dropped = superfluous(await _given(connection, [player, into]))
    for one in dropped:
        this = t.answers.c.round_id == one.round_id, t.answers.c.player_id == one.player_id
        await connection.execute(sa.delete(t.answers).where(*this))
    in_a_team = sa.select(t.team_members.c.league_id).where(t.team_members.c.player_id == into)
    also_in_one = t.team_members.c.player_id == player, t.team_members.c.league_id.in_(in_a_team)
    await connection.execute(sa.delete(t.team_members).where(*also_in_one))
    for table in (t.answers, t.team_members, t.members):
        await connection.execute(sa.update(table).where(table.c.player_id == player).values(player_id=into))
    hides = sa.select(t.players.c.id).where(t.players.c.id == player, ~t.players.c.races)
    unseen = sa.update(t.players).where(t.players.c.id == into, sa.exists(hides))
    await connection.execute(unseen.values(races=False))
    await naming.pass_on(connection, player, into)
    await connection.execute(sa.delete(t.totals).where(t.totals.c.player_id == player))
    await connection.execute(sa.delete(t.players).where(t.players.c.id == player))
    await _remember(connection, player, into)
    return sorted({one.round_id for one in dropped})


async def _given(connection: AsyncConnection, players: Collection[PlayerId]) -> list[AccountAnswer]:
    rows = await connection.execute(
        sa.select(t.answers, t.rounds.c.shared_id).join(t.rounds).where(t.answers.c.player_id.in_(players))
    )
    return [
        AccountAnswer(
            round_id=RoundId(row.round_id),
            player_id=PlayerId(row.player_id),
            shared_id=row.shared_id,
            at=row.at,
            event_id=row.event_id,
            chosen=bool(row.choices),
        )
        for row in rows
    ]


async def separate(connection: AsyncConnection, member: Member, player: PlayerId, new: PlayerId) -> None:
    """Make an account of a locked player a player of its own, ``new``, with the answers that it gave.

    Answers that don't say which account gave them go along if the player has no other account in the space.
    """
    races = await connection.scalar(sa.select(t.players.c.races).where(t.players.c.id == player))
    await connection.execute(sa.insert(t.players).values(id=new, name=member.name, races=races))
    this = t.members.c.space_id == member.space_id, t.members.c.external_id == member.external_id
    await connection.execute(sa.update(t.members).where(*this).values(player_id=new))
    here = sa.select(t.rounds.c.id).where(t.rounds.c.space_id == member.space_id)
    answers = [t.answers.c.player_id == player, t.answers.c.round_id.in_(here)]
    if await _is_in(connection, player, member.space_id):
        answers.append(t.answers.c.account == member.external_id)
    await connection.execute(sa.update(t.answers).where(*answers).values(player_id=new))
    await _share_team(connection, member, player, new)
    await naming.share(connection, player, new)
    await _remember(connection, player, new)
    await name_by_account(connection, [player])


async def _is_in(connection: AsyncConnection, player: PlayerId, space_id: SpaceId) -> bool:
    here = t.members.c.player_id == player, t.members.c.space_id == space_id
    return await connection.scalar(sa.select(t.members.c.player_id).where(*here).limit(1)) is not None


async def _share_team(connection: AsyncConnection, member: Member, player: PlayerId, new: PlayerId) -> None:
    """Put the new player into the same team; the old one stays in it if they still have an account in the league."""
    league = sa.select(t.spaces.c.league_id).where(t.spaces.c.id == member.space_id).scalar_subquery()
    its_team = t.team_members.c.player_id == player, t.team_members.c.league_id == league
    still_there = (
        sa.select(t.members.c.player_id)
        .join(t.spaces, t.spaces.c.id == t.members.c.space_id)
        .where(t.members.c.player_id == player, t.spaces.c.league_id == league)
    )
    if await connection.scalar(still_there.limit(1)) is None:
        await connection.execute(sa.update(t.team_members).where(*its_team).values(player_id=new))
        return
    columns = t.team_members.c
    same = sa.select(columns.league_id, sa.literal(new, columns.player_id.type), columns.team_id, columns.since).where(
        *its_team
    )
    names = ["league_id", "player_id", "team_id", "since"]
    await connection.execute(sa.insert(t.team_members).from_select(names, same))


async def _remember(connection: AsyncConnection, player: PlayerId, later: PlayerId) -> None:
    """Remember that an account of one player may belong to a ``later`` player from now on."""
    row = insert(connection, t.later_players).values(player_id=player, later_id=later)
    await connection.execute(row.on_conflict_do_nothing())


async def became(connection: AsyncConnection, then: PlayerId, player: PlayerId) -> bool:
    """Whether linking and separating lead from the player ``then`` to another one, in any number of steps."""
    step = t.later_players.c
    reached = sa.select(step.later_id).where(step.player_id == then).cte("reached", recursive=True)
    reached = reached.union(sa.select(step.later_id).join(reached, step.player_id == reached.c.later_id))
    found = sa.select(reached.c.later_id).where(reached.c.later_id == player)
    return await connection.scalar(found) is not None


async def name_by_account(connection: AsyncConnection, players: Collection[PlayerId]) -> None:
    """Rename players whose name is none of their accounts' names, after one of these accounts."""
    own = t.members.c.player_id == t.players.c.id
    theirs = sa.select(sa.func.min(t.members.c.name)).where(own).scalar_subquery()
    is_one = sa.exists().where(own, t.members.c.name == t.players.c.name)
    has_one = sa.exists().where(own)
    who = t.players.c.id.in_(players)
    await connection.execute(sa.update(t.players).where(who, ~is_one, has_one).values(name=theirs))
