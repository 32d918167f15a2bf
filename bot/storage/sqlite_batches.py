"""Store a batch of answers through SQLite's own driver, in one call on the writer's thread.

Under load, most time is spent here: SQLAlchemy's asyncio layer would hand every statement to a thread and back, about
forty times a batch; here that happens once. The stored rows are the same as those of `bot.storage.sql_batches`.
"""

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.answers import Answer, AnswerOutcome, SubmitAnswer
from bot.domain.grading import Grade
from bot.domain.identity import LeagueId, PlayerId, RoundId
from bot.domain.leagues import League, Rules, Season
from bot.domain.ledger import Ledger, PlayerDay, day_name
from bot.domain.rounds import Round
from bot.domain.settling import AnswerId, Deletions, MemberKey, Siblings, acceptable, players_to_be, settle
from bot.storage import types
from bot.storage.answers import ANSWER_COLUMNS, answer_row
from bot.storage.bulk import run
from bot.storage.database import Database
from bot.storage.deletions import suspects
from bot.storage.leagues import season
from bot.storage.responses import key_in, response_in
from bot.storage.rounds import SqlRounds
from bot.storage.siblings import kinds, siblings

_KEPT_ROUNDS = 10_000

_ROUNDS = (
    "WITH wanted (id) AS (VALUES {rows}) "
    "SELECT rounds.id, key, key_text, closes_at, closed_at, channel, private_to, "
    "(SELECT max(at) FROM deletions), leagues.id, name, zone, min_account_days, min_join_days "
    "FROM wanted CROSS JOIN rounds USING (id) JOIN leagues ON leagues.id = league_id"
)
_SEASONS = (
    "WITH league (league_id) AS (VALUES {rows}) "
    "SELECT league_id, number, name, starts_on, ends_on FROM league CROSS JOIN seasons USING (league_id) "
    "ORDER BY league_id, starts_on"
)
_KNOWN = (
    "WITH click (space_id, external_id, round_id) AS (VALUES {rows}) "
    "SELECT space_id, external_id, click.round_id, player_id, name, choices, typed, at, event_id, points, correct, day "
    "FROM click CROSS JOIN members USING (space_id, external_id) LEFT JOIN answers USING (round_id, player_id)"
)
_SHARING = (
    "WITH wanted (shared_id) AS (VALUES {rows}) "
    "SELECT shared_id, rounds.id, space_id, kind FROM wanted CROSS JOIN rounds USING (shared_id)"
)
_DELETED = (
    "WITH wanted (space_id, digest) AS (VALUES {rows}) "
    "SELECT space_id, digest, at FROM wanted CROSS JOIN deletions USING (space_id, digest)"
)
_ADD_PLAYERS = "INSERT INTO players (id, name) VALUES {rows}"
_ADD_MEMBERS = "INSERT INTO members (space_id, external_id, player_id, name) VALUES {rows}"
_RENAME_PLAYER = "UPDATE players SET name = ? WHERE id = ?"
_RENAME_MEMBER = "UPDATE members SET name = ? WHERE space_id = ? AND external_id = ?"
_SAVE_ANSWERS = (
    f"INSERT INTO answers ({', '.join(ANSWER_COLUMNS)}) VALUES {{rows}} "  # noqa: S608 - constants
    f"ON CONFLICT DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in ANSWER_COLUMNS[2:])}"
)
_ON_DEMAND = (
    "WITH total (league_id, period, player_id) AS (VALUES {rows}) "
    "SELECT league_id, period, player_id, on_demand FROM total CROSS JOIN totals USING (league_id, period, player_id)"
)
_ADD_TOTALS = (  # which periods contain a day of a league: the same for every player
    "WITH span (league_id, period, is_day) AS "
    "(VALUES (?, ?, true), (?, ?, false), (?, ?, false), (?, ?, false), (?, ?, false)), "
    "sums (player_id, points, correct, answered, on_demand, counted) AS (VALUES {rows}) "
    "INSERT INTO totals (league_id, period, player_id, points, correct, answered, on_demand) "
    "SELECT league_id, period, player_id, points, correct, answered, CASE WHEN is_day THEN on_demand ELSE counted END "
    "FROM span CROSS JOIN sums "
    "WHERE true ON CONFLICT DO UPDATE SET points = points + excluded.points, correct = correct + excluded.correct, "
    "answered = answered + excluded.answered, on_demand = on_demand + excluded.on_demand"
)
_DROP_EMPTY_TOTALS = "DELETE FROM totals WHERE answered = 0 AND (league_id, period, player_id) IN (VALUES {rows})"


class SqliteBatches:
    """Stores batches on the process's one writing connection."""

    def __init__(self, database: Database, new_id: Callable[[], int]) -> None:
        self._database = database
        self._new_id = new_id
        self._rounds: OrderedDict[RoundId, Round] = OrderedDict()

    async def store(self, batch: Sequence[SubmitAnswer]) -> list[AnswerOutcome]:
        """Store a batch in one transaction; return the outcomes in the same order."""
        await self._meet({one.round_id for one in batch})
        return await self._database.write_direct(lambda connection: self._transaction(connection, batch))

    async def _meet(self, round_ids: Collection[RoundId]) -> None:
        """Read, and remember, what never changes in these rounds; the rest is read in every transaction (`_ROUNDS`)."""
        unknown = [round_id for round_id in round_ids if round_id not in self._rounds]
        if unknown:
            self._rounds |= await self._database.read_raw(lambda connection: SqlRounds(connection).lock_all(unknown))
        for round_id in round_ids:
            if round_id in self._rounds:  # so that this batch's own rounds aren't dropped below
                self._rounds.move_to_end(round_id)
        while len(self._rounds) > max(_KEPT_ROUNDS, len(round_ids)):
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
        rounds, leagues, last_deletion = self._current(connection, {one.round_id for one in batch})
        deletions = _deletions(connection, batch, last_deletion) if last_deletion else {}
        known = acceptable(batch, rounds, leagues, deletions)
        others = _siblings(connection, rounds)
        players, before = self._known(connection, known, others, rounds) if known else ({}, {})
        settled = settle(batch, rounds, players, before, leagues, others, deletions)
        if settled.changed:
            _save(connection, settled.changed, before, rounds, leagues)
        return settled.outcomes

    def _current(
        self, connection: sqlite3.Connection, round_ids: Collection[RoundId]
    ) -> tuple[dict[RoundId, Round], dict[LeagueId, League], datetime | None]:
        """Return the rounds and their leagues as they are now, and when an account was last deleted."""
        rounds: dict[RoundId, Round] = {}
        last_deletion = None
        found: dict[LeagueId, list[Any]] = {}
        for row in run(connection, _ROUNDS, [(round_id,) for round_id in round_ids]):
            round_id, key, key_text, closes_at, closed_at, channel, private_to, last_deletion, league_id, *league = row
            found[league_id] = league
            if known := self._rounds.get(round_id):
                now = {
                    "key": key_in(known.kind, key, key_text),
                    "closes_at": None if closes_at is None else types.moment(closes_at),
                    "closed_at": None if closed_at is None else types.moment(closed_at),
                    "channel": channel,
                    "private_to": private_to,
                    "league_id": league_id,
                }
                same = all(getattr(known, name) == value for name, value in now.items())
                rounds[round_id] = known if same else replace(known, **now)
        return rounds, _leagues(connection, found), None if last_deletion is None else types.moment(last_deletion)

    def _known(
        self,
        connection: sqlite3.Connection,
        known: Sequence[SubmitAnswer],
        others: Siblings,
        rounds: Mapping[RoundId, Round],
    ) -> tuple[dict[MemberKey, PlayerId], dict[AnswerId, Answer]]:
        """Return the members' players, making those `players_to_be` that don't exist yet, and their stored answers."""
        clicks = [(one.member.space_id, one.member.external_id, one.round_id) for one in known]
        if others:
            clicks += [(space, who, other.round_id) for space, who, asked in clicks for other in others.get(asked, ())]
        kind_of_round = kinds(rounds.values(), others)
        players: dict[MemberKey, PlayerId] = {}
        names: dict[MemberKey, str] = {}
        before: dict[AnswerId, Answer] = {}
        for space_id, external_id, round_id, player_id, name, choices, *rest in run(connection, _KNOWN, clicks):
            players[space_id, external_id], names[space_id, external_id] = player_id, name
            if choices is not None:
                key = round_id, player_id
                before[key] = _answer(key, kind_of_round[round_id], choices, *rest)
        members = {(one.member.space_id, one.member.external_id): one.member.name for one in known}
        if members != names:
            to_be = dict.fromkeys((one.space_id, one.external_id) for one in players_to_be(known, rounds))
            new = {who: PlayerId(self._new_id()) for who in to_be if who not in players}
            run(connection, _ADD_PLAYERS, [(player_id, members[who]) for who, player_id in new.items()])
            run(connection, _ADD_MEMBERS, [(*who, player_id, members[who]) for who, player_id in new.items()])
            renamed = [who for who in players if members[who] != names[who]]
            connection.executemany(_RENAME_MEMBER, [(members[who], *who) for who in renamed])
            connection.executemany(_RENAME_PLAYER, [(members[who], players[who]) for who in renamed])
            players |= new
        return players, before


def _save(
    connection: sqlite3.Connection,
    changed: dict[AnswerId, Answer],
    before: dict[AnswerId, Answer],
    rounds: dict[RoundId, Round],
    leagues: dict[LeagueId, League],
) -> None:
    ledger = Ledger(leagues)
    rows = []
    for key in sorted(changed):  # so that rows next to each other in the file are written together
        answer, round_ = changed[key], rounds[key[0]]
        old = before.get(key)
        if old is not None:
            ledger.add(old, round_, ledger.local_day(old, round_), sign=-1)
        day = ledger.local_day(answer, round_)
        ledger.add(answer, round_, day)
        rows.append(answer_row(answer, round_, types.microseconds(answer.at), types.days(day)))
    run(connection, _SAVE_ANSWERS, rows)
    on_demand = _on_demand(connection, ledger.capped_days())
    for league_id, names, sums in ledger.days(on_demand):
        run(connection, _ADD_TOTALS, sums, [value for name in names for value in (league_id, name)])
    if ledger.takes_out:
        run(connection, _DROP_EMPTY_TOTALS, [row[:3] for row in ledger.rows(on_demand)])


def _siblings(connection: sqlite3.Connection, rounds: Mapping[RoundId, Round]) -> Siblings:
    shared = {round_.shared_id for round_ in rounds.values() if round_.shared_id is not None}
    return siblings(rounds.values(), run(connection, _SHARING, [(one,) for one in shared])) if shared else {}


def _deletions(connection: sqlite3.Connection, batch: Sequence[SubmitAnswer], newest: datetime) -> Deletions:
    accounts = suspects(batch, newest)
    rows = run(connection, _DELETED, list(accounts))
    return {accounts[space_id, of_account]: types.moment(at) for space_id, of_account, at in rows}


def _leagues(connection: sqlite3.Connection, found: Mapping[LeagueId, Sequence[Any]]) -> dict[LeagueId, League]:
    seasons: dict[LeagueId, list[Season]] = {league_id: [] for league_id in found}
    for league_id, *row in run(connection, _SEASONS, [(league_id,) for league_id in found]):
        seasons[league_id].append(season(*row))
    return {
        league_id: League(
            id=league_id,
            name=name,
            zone=zone,
            seasons=tuple(seasons[league_id]),
            rules=Rules(min_account_days=account_days, min_join_days=join_days),
        )
        for league_id, (name, zone, account_days, join_days) in found.items()
    }


def _on_demand(connection: sqlite3.Connection, days: Collection[PlayerDay]) -> dict[PlayerDay, int]:
    names = {(league_id, day_name(day), player_id): (league_id, player_id, day) for league_id, player_id, day in days}
    return {
        names[league, name, player]: sum_ for league, name, player, sum_ in run(connection, _ON_DEMAND, list(names))
    }


def _answer(
    key: AnswerId,
    kind: str,
    choices: int,
    typed: str | None,
    at: int,
    event_id: str,
    points: int | None,
    right: int | None,
    day: int,
) -> Answer:
    return Answer(
        round_id=key[0],
        player_id=key[1],
        response=response_in(kind, choices, typed),
        at=types.moment(at),
        event_id=event_id,
        grade=None if points is None else Grade(points=points, right=bool(right)),
        day=types.date_of(day),
    )
