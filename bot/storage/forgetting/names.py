"""Take people out of messages and archived seasons that name them.

The rows of `bot.storage.naming` say who is named where.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import LeagueId, PlayerId, RoundId, SpaceId
from bot.domain.naming import Spot, spots_with_names, without_names
from bot.ports import PostKind
from bot.rendering.words import literal
from bot.storage import naming
from bot.storage import tables as t
from bot.storage.images import SqlImages
from bot.storage.parts import parts
from bot.storage.posting import edit, read

AccountNames = dict[PlayerId, set[str]]
"""What the accounts of each player are called."""


async def spaces_that_may_name(connection: AsyncConnection, space_ids: Collection[SpaceId]) -> set[SpaceId]:
    """Return the spaces that share a league with one of these, or ever did."""
    were_in, are_in = t.former_leagues.c, t.spaces.c
    shared = sa.union(
        sa.select(are_in.league_id).where(are_in.id.in_(space_ids)),
        sa.select(were_in.league_id).where(were_in.space_id.in_(space_ids)),
    )
    leagues = sa.select(shared.subquery().c.league_id)
    found = sa.union(
        sa.select(are_in.id).where(are_in.league_id.in_(leagues)),
        sa.select(were_in.space_id).where(were_in.league_id.in_(leagues)),
    )
    return {SpaceId(space_id) for space_id in await connection.scalars(found)}


async def forget_names(
    connection: AsyncConnection, players: Collection[PlayerId], unknown_in: Collection[SpaceId], at: datetime
) -> list[RoundId]:
    """Remove people from every message and archive that names them; return the rounds whose results to post again.

    A name stays where somebody who may be meant has an account of that name. So call this after deleting the accounts,
    and before deleting players left without one.

    Args:
        connection: its transaction, in which the players are locked.
        players: those who lost an account.
        unknown_in: the spaces in whose messages names that can't be matched to a player are removed, too.
        at: when messages change.
    """
    keys = await _keys(connection, players, unknown_in)
    rounds = [await _forget_in_post(connection, key, set(players), at) for key in keys]
    await _forget_in_seasons(connection, set(players))
    return sorted({round_id for round_id in rounds if round_id is not None})


async def _keys(
    connection: AsyncConnection, players: Collection[PlayerId], unknown_in: Collection[SpaceId]
) -> list[str]:
    keys: set[str] = set()
    for some in parts(sorted(players)):
        theirs = sa.select(t.post_names.c.post_key).where(t.post_names.c.player_id.in_(some))
        keys.update(await connection.scalars(theirs.distinct()))
    for spaces in parts(sorted(unknown_in)):
        unknown = sa.select(t.posts.c.key).join(t.post_names).where(t.post_names.c.player_id.is_(None))
        keys.update(await connection.scalars(unknown.where(t.posts.c.space_id.in_(spaces)).distinct()))
    return sorted(keys)


async def _forget_in_post(
    connection: AsyncConnection, key: str, players: set[PlayerId], at: datetime
) -> RoundId | None:
    """Remove people from one message; for a result, return its round, so that it can be made again.

    A question's own text and picture stay, because they name nobody.
    """
    row = (await connection.execute(_POST.where(t.posts.c.key == key))).one()
    if row.kind == PostKind.RESULT:
        return RoundId(row.round_id)
    view = read(row.view)
    shown = dict(spots_with_names(view))
    candidates: dict[Spot, set[PlayerId | None]] = {}
    for part, line, player_id in await connection.execute(_NAMED.where(t.post_names.c.post_key == key)):
        candidates.setdefault(Spot(part=part, line=line), set()).add(player_id)
    known = {player_id for who in candidates.values() for player_id in who if player_id is not None}
    names = await _account_names(connection, known)
    spots = {
        spot
        for spot, who in candidates.items()
        if (None in who or who & players) and not any(_is_called(shown.get(spot), names, one) for one in who)
    }
    is_question = row.kind == PostKind.QUESTION
    if spots:
        nameless = without_names(view, spots)
        await edit(
            connection, key, replace(nameless, text=view.text, image=view.image) if is_question else nameless, at
        )
    if spots and view.image is not None and not is_question:
        await SqlImages(connection).drop({view.image.digest})
    for spot in spots:
        here = t.post_names.c.post_key == key, t.post_names.c.part == spot.part, t.post_names.c.line == spot.line
        await connection.execute(sa.delete(t.post_names).where(*here))
    return None


def _is_called(shown: str | None, names: AccountNames, player_id: PlayerId | None) -> bool:
    return player_id is not None and shown in {literal(name) for name in names.get(player_id, ())}


async def _forget_in_seasons(connection: AsyncConnection, players: set[PlayerId]) -> None:
    seasons: set[tuple[LeagueId, int]] = set()
    for some in parts(sorted(players)):
        theirs = sa.select(t.season_names.c.league_id, t.season_names.c.number).where(
            t.season_names.c.player_id.in_(some)
        )
        seasons.update((LeagueId(league_id), number) for league_id, number in await connection.execute(theirs))
    for league_id, number in sorted(seasons):
        await _forget_in_season(connection, league_id, number, players)


async def _forget_in_season(
    connection: AsyncConnection, league_id: LeagueId, number: int, players: set[PlayerId]
) -> None:
    this = t.seasons.c.league_id == league_id, t.seasons.c.number == number
    kept = (await connection.execute(sa.select(t.seasons.c.archive).where(*this))).scalar_one()
    candidates = await naming.named_in_season(connection, league_id, number)
    names = await _account_names(connection, set().union(*candidates.values()))
    stay = [
        (player, candidates[line])
        for line, player in enumerate(kept["players"])
        if not candidates[line] & players or any(player["name"] in names.get(one, ()) for one in candidates[line])
    ]
    archive = kept | {"players": [player for player, _who in stay]}
    await connection.execute(sa.update(t.seasons).where(*this).values(archive=archive))
    await naming.name_in_season(connection, league_id, number, {line: who for line, (_player, who) in enumerate(stay)})


async def _account_names(connection: AsyncConnection, players: Collection[PlayerId]) -> AccountNames:
    names: AccountNames = {}
    for some in parts(sorted(players)):
        accounts = sa.select(t.members.c.player_id, t.members.c.name).where(t.members.c.player_id.in_(some))
        for player_id, name in await connection.execute(accounts):
            names.setdefault(PlayerId(player_id), set()).add(name)
    return names


_POST = sa.select(t.posts.c.view, t.posts.c.kind, t.posts.c.round_id)
_NAMED = sa.select(t.post_names.c.part, t.post_names.c.line, t.post_names.c.player_id)
