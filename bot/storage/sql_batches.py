"""Store a batch of answers through SQLAlchemy, in any database that it supports."""

from collections.abc import Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.answers import AnswerOutcome, SubmitAnswer
from bot.domain.settling import acceptable, players_to_be, settle
from bot.storage.answers import SqlAnswers
from bot.storage.database import Database
from bot.storage.deletions import deletions_of, hold
from bot.storage.leagues import SqlLeagues
from bot.storage.people import SqlPeople
from bot.storage.rounds import SqlRounds
from bot.storage.siblings import kinds, lock_siblings


class SqlBatches:
    """Stores batches of answers; locks their rounds in the same order as every other transaction."""

    def __init__(self, database: Database, new_id: Callable[[], int]) -> None:
        self._database = database
        self._new_id = new_id

    async def store(self, batch: Sequence[SubmitAnswer]) -> list[AnswerOutcome]:
        """Store a batch in one transaction; return the outcomes in the same order."""
        return await self._database.write_raw(lambda connection: self._store(connection, batch))

    async def _store(self, connection: AsyncConnection, batch: Sequence[SubmitAnswer]) -> list[AnswerOutcome]:
        rounds = await SqlRounds(connection).lock_all({one.round_id for one in batch})
        leagues = await SqlLeagues(connection).some({round_.league_id for round_ in rounds.values()})
        siblings = await lock_siblings(connection, rounds.values())
        people, answers = SqlPeople(connection, self._new_id), SqlAnswers(connection)
        players = await people.known_players([one.member for one in batch])
        await hold(connection, {one.member.account for one in batch} - players.keys())
        deletions = await deletions_of(connection, batch)
        known = acceptable(batch, rounds, leagues, deletions)
        if to_be := players_to_be(known, rounds):
            players |= await people.ensure_players(to_be)
        clicks = [(one.round_id, (one.member.space_id, one.member.external_id)) for one in known]
        whose = {(round_id, players[member]) for round_id, member in clicks if member in players}
        keys = whose | {
            (sibling.round_id, player) for round_id, player in whose for sibling in siblings.get(round_id, ())
        }
        before = await answers.stored(keys, kinds(rounds.values(), siblings)) if keys else {}
        settled = settle(batch, rounds, players, before, leagues, siblings, deletions)
        await answers.save(list(settled.changed.values()), before, rounds, leagues)
        return settled.outcomes
