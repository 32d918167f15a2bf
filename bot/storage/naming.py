"""Store who is named in messages and archived seasons.

The texts show the names that people had at the time; separate rows say which player is meant. So people are found under
every name that they ever had. The rows refer to players: on PostgreSQL, a transaction that is about to name somebody
waits for one that is forgetting them, and then finds them gone.
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.identity import LeagueId, PlayerId
from bot.domain.naming import named_in
from bot.domain.views import MessageView
from bot.storage import tables as t

NamedLines = dict[int, set[PlayerId]]
"""The players who may be meant in each line of an archive, counted from 0."""


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
    """Return who may be meant in each line of an archived season's list of players."""
    this = t.season_names.c.league_id == league_id, t.season_names.c.number == number
    found: NamedLines = {}
    for row in await connection.execute(sa.select(t.season_names).where(*this)):
        found.setdefault(row.line, set()).add(PlayerId(row.player_id))
    return found


async def pass_on(connection: AsyncConnection, player: PlayerId, to: PlayerId) -> None:
    """After linking accounts: make all messages and archives that name a player name another one instead."""
    for table in (t.post_names, t.season_names):
        await connection.execute(sa.update(table).where(table.c.player_id == player).values(player_id=to))


async def share(connection: AsyncConnection, player: PlayerId, new: PlayerId) -> None:
    """After separating accounts: record that wherever a player is named, the new one may be meant, too."""
    for table in (t.post_names, t.season_names):
        others = [column for column in table.c if column.name != "player_id"]
        theirs = sa.select(*others, sa.literal(new, table.c.player_id.type)).where(table.c.player_id == player)
        await connection.execute(sa.insert(table).from_select([*others, table.c.player_id], theirs))
