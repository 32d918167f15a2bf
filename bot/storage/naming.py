"""Who is named in messages and archived seasons, and how people are taken out of them.

The texts show names as they were; separate rows say whose they are. So people are found under every name that they ever
had. The rows refer to players: on PostgreSQL, a transaction that names somebody waits for one that is forgetting them,
and finds them gone.
"""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import LeagueId, PlayerId, RoundId, SpaceId
from bot.domain.naming import Spot, named_in, spots_with_names, without_names
from bot.domain.views import MessageView
from bot.rendering.words import literal
from bot.storage import tables as t
from bot.storage.images import SqlImages
from bot.storage.parts import parts
from bot.storage.posting import edit, read

NamedLines = dict[int, set[PlayerId]]
"""Who may be meant in each line, counted from 0."""
AccountNames = dict[PlayerId, set[str]]
"""What the accounts of each player are called."""


async def name_in_post(connection: AsyncConnection, key: str, view: MessageView, *, is_new: bool) -> None:
    """Store who is named in a message."""
    if not is_new:
        await connection.execute(sa.delete(t.post_names).where(t.post_names.c.post_key == key))
    rows = [
        {"post_key": key, "part": one.spot.part, "line": one.spot.line, "player_id": one.player_id}
        for one in named_in(view)
    ]
    if rows:
        await connection.execute(sa.insert(t.post_names), rows)


async def name_in_season(connection: AsyncConnection, league_id: LeagueId, number: int, lines: NamedLines) -> None:
    """Store who is named in an archived season, by the lines of its players."""
    this = t.season_names.c.league_id == league_id, t.season_names.c.number == number
    await connection.execute(sa.delete(t.season_names).where(*this))
    rows = [
        {"league_id": league_id, "number": number, "line": line, "player_id": player_id}
        for line, players in lines.items()
        for player_id in sorted(players)
    ]
    if rows:
        await connection.execute(sa.insert(t.season_names), rows)


async def named_in_season(connection: AsyncConnection, league_id: LeagueId, number: int) -> NamedLines:
    """Who may be meant in each line of an archived season's players."""
    this = t.season_names.c.league_id == league_id, t.season_names.c.number == number
    found: NamedLines = {}
    for row in await connection.execute(sa.select(t.season_names).where(*this)):
        found.setdefault(row.line, set()).add(PlayerId(row.player_id))
    return found


async def pass_on(connection: AsyncConnection, player: PlayerId, to: PlayerId) -> None:
    """Make everything that names a player name another one instead, after linking."""
    for table in (t.post_names, t.season_names):
        await connection.execute(sa.update(table).where(table.c.player_id == player).values(player_id=to))


async def share(connection: AsyncConnection, player: PlayerId, new: PlayerId) -> None:
    """Make everything that names a player name another one, too: after separating accounts, either may be meant."""
    for table in (t.post_names, t.season_names):
        others = [column for column in table.c if column.name != "player_id"]
        theirs = sa.select(*others, sa.literal(new, table.c.player_id.type)).where(table.c.player_id == player)
        await connection.execute(sa.insert(table).from_select([*others, table.c.player_id], theirs))


async def forget(
    connection: AsyncConnection, players: Collection[PlayerId], unknown_in: Collection[SpaceId], at: datetime
) -> list[RoundId]:
    """Remove people from every message and archive that names them; return the rounds whose results to post again.

    A name stays where somebody who may be meant has an account of that name. So accounts that are to be forgotten must
    be deleted before, and players who have none left only afterwards.

    Args:
        connection: its transaction, in which the players are locked.
        players: those who lost an account.
        unknown_in: the spaces whose messages may mean them by names of which nobody knows whose they are.
        at: when messages change.
    """
    keys = await _keys(connection, players, unknown_in)
    rounds = [await _forget_in_post(connection, key, set(players), at) for key in keys]
    await _forget_in_seasons(connection, set(players))
    for some in parts(sorted(players)):
        gone = sa.select(t.players.c.id).where(t.players.c.id.in_(some), ~_HAS_ACCOUNT)
        for table in (t.post_names, t.season_names):
            await connection.execute(sa.delete(table).where(table.c.player_id.in_(gone)))
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
    """Remove people from one message; for a result, return its round, so that it can be made again."""
    row = (await connection.execute(_POST.where(t.posts.c.key == key))).one()
    if row.round_id is not None:
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
    if spots:
        await edit(connection, key, without_names(view, spots), at)
    if spots and view.image is not None:
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
    candidates = await named_in_season(connection, league_id, number)
    names = await _account_names(connection, set().union(*candidates.values()))
    stay = [
        (player, candidates[line])
        for line, player in enumerate(kept["players"])
        if not candidates[line] & players or any(player["name"] in names.get(one, ()) for one in candidates[line])
    ]
    archive = kept | {"players": [player for player, _who in stay]}
    await connection.execute(sa.update(t.seasons).where(*this).values(archive=archive))
    await name_in_season(connection, league_id, number, {line: who for line, (_player, who) in enumerate(stay)})


async def _account_names(connection: AsyncConnection, players: Collection[PlayerId]) -> AccountNames:
    names: AccountNames = {}
    for some in parts(sorted(players)):
        accounts = sa.select(t.members.c.player_id, t.members.c.name).where(t.members.c.player_id.in_(some))
        for player_id, name in await connection.execute(accounts):
            names.setdefault(PlayerId(player_id), set()).add(name)
    return names


_POST = sa.select(t.posts.c.view, t.posts.c.round_id)
_NAMED = sa.select(t.post_names.c.part, t.post_names.c.line, t.post_names.c.player_id)
_HAS_ACCOUNT = sa.exists().where(t.members.c.player_id == t.players.c.id)
