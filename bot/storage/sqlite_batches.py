"""A batch of answers stored through SQLite's own driver, in one go on the writer's thread.

This is the hot path: SQLAlchemy's asyncio layer hands every statement to a thread and back, some forty times a
batch; here it is once. What is stored is the same, row for row, as `bot.storage.sql_batches` stores.
"""

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from bot.domain.answers import Answer, AnswerOutcome, SubmitAnswer
from bot.domain.grading import Grade
from bot.domain.identity import League, LeagueId, Member, PlayerId, RoundId
from bot.domain.rounds import Round
from bot.storage import tables as t
from bot.storage.answers import ANSWER_COLUMNS, answer_row
from bot.storage.database import Database
from bot.storage.ledger import Ledger, PlayerDay, day_name
from bot.storage.rounds import SqlRounds
from bot.storage.settling import AnswerKey, MemberKey, acceptable, settle

_KEPT_ROUNDS = 10_000

_ROUND = "SELECT key, closed_at, private_to FROM rounds WHERE id = ?"
_LEAGUE = "SELECT id, name, zone, season FROM leagues WHERE id = ?"
_ADD_PLAYER = "INSERT INTO players (id, name) VALUES (?, ?)"
_ADD_MEMBER = "INSERT INTO members (space_id, external_id, player_id, name) VALUES (?, ?, ?, ?)"
_RENAME_PLAYER = "UPDATE players SET name = ? WHERE id = ?"
_RENAME_MEMBER = "UPDATE members SET name = ? WHERE space_id = ? AND external_id = ?"
_STANDING = (  # for a JSON array of [space, external id, round]: one statement for the whole batch
    "SELECT members.player_id, members.name, choices, at, event_id, points, correct FROM json_each(?) AS click "
    "LEFT JOIN members ON members.space_id = click.value ->> 0 AND members.external_id = click.value ->> 1 "
    "LEFT JOIN answers ON answers.round_id = click.value ->> 2 AND answers.player_id = members.player_id "
    "ORDER BY click.id"
)
_SAVE_ANSWER = (
    f"INSERT INTO answers ({', '.join(ANSWER_COLUMNS)}) VALUES ({', '.join('?' * len(ANSWER_COLUMNS))}) "  # noqa: S608 - constants
    f"ON CONFLICT DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in ANSWER_COLUMNS[2:])}"
)
_ON_DEMAND = "SELECT on_demand FROM totals WHERE league_id = ? AND period = ? AND player_id = ?"
_ADD_TOTALS = (
    "INSERT INTO totals (league_id, period, player_id, points, correct, answered, on_demand) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET points = points + excluded.points, "
    "correct = correct + excluded.correct, answered = answered + excluded.answered, "
    "on_demand = on_demand + excluded.on_demand"
)
_DROP_EMPTY_TOTALS = "DELETE FROM totals WHERE answered = 0"


class SqliteBatches:
    """Stores batches on the process's one writing connection."""

    def __init__(self, database: Database, new_id: Callable[[], int]) -> None:
        self._database = database
        self._new_id = new_id
        self._rounds: OrderedDict[RoundId, Round] = OrderedDict()

    async def store(self, batch: Sequence[SubmitAnswer]) -> list[AnswerOutcome]:
        """Store a batch in one transaction; outcomes in its order."""
        await self._meet({one.round_id for one in batch})
        return await self._database.write_direct(lambda connection: self._transaction(connection, batch))

    async def _meet(self, round_ids: Collection[RoundId]) -> None:
        """Read what of a round never changes, once; the rest (`_ROUND`) is read in every transaction."""
        unknown = [round_id for round_id in round_ids if round_id not in self._rounds]
        if unknown:
            self._rounds |= await self._database.read_raw(lambda connection: SqlRounds(connection).lock_all(unknown))
        while len(self._rounds) > _KEPT_ROUNDS:
            self._rounds.popitem(last=False)

    def _transaction(self, connection: sqlite3.Connection, batch: Sequence[SubmitAnswer]) -> list[AnswerOutcome]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            outcomes = self._store(connection, batch)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return outcomes

    def _store(self, connection: sqlite3.Connection, batch: Sequence[SubmitAnswer]) -> list[AnswerOutcome]:
        rounds = self._current(connection, {one.round_id for one in batch})
        players: dict[MemberKey, PlayerId] = {}
        before: dict[AnswerKey, Answer] = {}
        known = acceptable(batch, rounds)
        clicks = json.dumps([(one.member.space_id, one.member.external_id, one.round_id) for one in known])
        rows = connection.execute(_STANDING, (clicks,)).fetchall()
        for one, (player_id, name, choices, *answer) in zip(known, rows, strict=True):
            member = one.member
            who = member.space_id, member.external_id
            if who not in players or player_id is not None:
                players[who] = self._player(connection, member, player_id, name)
            if choices is not None:
                key = one.round_id, players[who]
                before[key] = _answer(key, choices, *answer)
        settled = settle(batch, rounds, players, before)
        if settled.changed:
            _save(connection, settled.changed, before, rounds)
        return settled.outcomes

    def _current(self, connection: sqlite3.Connection, round_ids: Collection[RoundId]) -> dict[RoundId, Round]:
        rounds: dict[RoundId, Round] = {}
        for round_id in round_ids:
            known = self._rounds.get(round_id)
            row = connection.execute(_ROUND, (round_id,)).fetchone()
            if known is not None and row is not None:
                key, closed_at, private_to = row
                closed = None if closed_at is None else t.moment(closed_at)
                rounds[round_id] = replace(known, key=t.unmask(key), closed_at=closed, private_to=private_to)
        return rounds

    def _player(
        self, connection: sqlite3.Connection, member: Member, known: PlayerId | None, name: str | None
    ) -> PlayerId:
        """The player behind a member, made where there is none; the name is kept up to date."""
        if known is None:
            player = PlayerId(self._new_id())
            connection.execute(_ADD_PLAYER, (player, member.name))
            connection.execute(_ADD_MEMBER, (member.space_id, member.external_id, player, member.name))
            return player
        if name != member.name:
            connection.execute(_RENAME_MEMBER, (member.name, member.space_id, member.external_id))
            connection.execute(_RENAME_PLAYER, (member.name, known))
        return known


def _save(
    connection: sqlite3.Connection,
    changed: dict[AnswerKey, Answer],
    before: dict[AnswerKey, Answer],
    rounds: dict[RoundId, Round],
) -> None:
    ledger = Ledger(_leagues(connection, {round_.league_id for round_ in rounds.values()}))
    rows = []
    for key, answer in changed.items():
        round_ = rounds[answer.round_id]
        old = before.get(key)
        if old is not None:
            ledger.add(old, round_, ledger.local_day(old, round_), sign=-1)
        day = ledger.local_day(answer, round_)
        ledger.add(answer, round_, day)
        round_id, player_id, choices, at, event_id, league_id, _day, *rest = answer_row(answer, round_, day)
        rows.append((round_id, player_id, choices, t.microseconds(at), event_id, league_id, t.days(day), *rest))
    connection.executemany(_SAVE_ANSWER, rows)
    connection.executemany(_ADD_TOTALS, ledger.rows(_on_demand(connection, ledger.capped_days())))
    if ledger.takes_out:
        connection.execute(_DROP_EMPTY_TOTALS)


def _leagues(connection: sqlite3.Connection, league_ids: Collection[LeagueId]) -> dict[LeagueId, League]:
    rows = (connection.execute(_LEAGUE, (league_id,)).fetchone() for league_id in league_ids)
    return {i: League(id=i, name=name, zone=zone, season=season) for i, name, zone, season in rows}


def _on_demand(connection: sqlite3.Connection, days: Collection[PlayerDay]) -> dict[PlayerDay, int]:
    found: dict[PlayerDay, int] = {}
    for league_id, player_id, day in days:
        row = connection.execute(_ON_DEMAND, (league_id, day_name(day), player_id)).fetchone()
        found[league_id, player_id, day] = 0 if row is None else row[0]
    return found


def _answer(key: AnswerKey, choices: int, at: int, event_id: str, points: int | None, right: int | None) -> Answer:
    return Answer(
        round_id=key[0],
        player_id=key[1],
        choices=t.unmask(choices),
        at=t.moment(at),
        event_id=event_id,
        grade=None if points is None else Grade(points=points, right=bool(right)),
    )
