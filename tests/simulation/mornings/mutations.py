"""Ways to break the program on purpose, each of which lets some morning go wrong."""

import sqlite3
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.series import series as series_service
from bot.storage.audit import SqlAudit
from bot.storage.outbox import SqlOutbox
from bot.storage.rounds import SqlRounds
from bot.storage.schedules import SqlSchedules

Mutation = Callable[[pytest.MonkeyPatch, Path], None]
"""Breaks the program, and where needed the empty database."""


def two_decide_at_once(patch: pytest.MonkeyPatch, file: Path) -> None:
    """What is due is looked up before the turn to write, and neither program nor database looks again."""
    ask_due, look_up = series_service.ask_due, SqlSchedules.lock_if_there
    read: ContextVar = ContextVar("read")

    async def broken(core, series_id, grace) -> None:
        read.set(await core.storage.read(lambda unit: look_up(unit.schedules, series_id)))
        await ask_due(core, series_id, grace)

    async def stale(schedules, series_id):
        return read.get(None) or await look_up(schedules, series_id)

    patch.setattr("bot.scheduling.runner.ask_due", broken)
    patch.setattr(SqlSchedules, "lock_if_there", stale)
    _forgets_what_was_asked(patch)
    _without_constraint(file)


def moves_on_after_the_commit(patch: pytest.MonkeyPatch, _file: Path) -> None:
    """A series gets its next moment in a second transaction; who dies before it leaves the day to be asked again."""
    ask_due, set_next = series_service.ask_due, SqlSchedules.set_next
    moves: ContextVar = ContextVar("moves")

    async def broken(core, series_id, grace) -> None:
        moves.set(later := [])
        await ask_due(core, series_id, grace)
        for move in later:
            await core.storage.write(lambda unit, move=move: set_next(unit.schedules, *move))

    async def remembered(_schedules, *move) -> None:
        moves.get().append(move)

    patch.setattr("bot.scheduling.runner.ask_due", broken)
    patch.setattr(SqlSchedules, "set_next", remembered)
    _forgets_what_was_asked(patch)


def posts_without_a_search(patch: pytest.MonkeyPatch, _file: Path) -> None:
    """A message that may be there is posted again."""
    claim = SqlOutbox.claim

    async def broken(outbox, adapters, worker, now, lane):
        return [replace(one, tries=0) for one in await claim(outbox, adapters, worker, now, lane)]

    patch.setattr(SqlOutbox, "claim", broken)


def claims_nothing(patch: pytest.MonkeyPatch, _file: Path) -> None:
    """Each process delivers whatever waits."""
    claim = SqlOutbox.claim

    async def broken(outbox, adapters, worker, now, lane):
        claimed = await claim(outbox, adapters, worker, now, lane)
        for one in claimed:
            await outbox.failed(one.post.key, "", now)
        return claimed

    patch.setattr(SqlOutbox, "claim", broken)


def notes_before_posting(patch: pytest.MonkeyPatch, _file: Path) -> None:
    """A message counts as posted from its claim on."""
    claim = SqlOutbox.claim

    async def broken(outbox, adapters, worker, now, lane):
        claimed = await claim(outbox, adapters, worker, now, lane)
        for one in claimed:
            await outbox.delivered(one.post.key, one.post.version, "soon")
        return claimed

    patch.setattr(SqlOutbox, "claim", broken)


def late_without_end(patch: pytest.MonkeyPatch, _file: Path) -> None:
    """A question that was missed by hours is asked all the same."""
    _with_grace(patch, lambda grace: grace * 100)


def never_late(patch: pytest.MonkeyPatch, _file: Path) -> None:
    """Whoever was away for a minute skips the question."""
    _with_grace(patch, lambda _grace: timedelta(seconds=50))


def skips_in_silence(patch: pytest.MonkeyPatch, _file: Path) -> None:
    """Nobody can look up why a day had no question."""

    async def nothing(_audit, _entry) -> None:
        return None

    patch.setattr(SqlAudit, "add", nothing)


def _with_grace(patch: pytest.MonkeyPatch, change: Callable[[timedelta], timedelta]) -> None:
    ask_due = series_service.ask_due

    async def broken(core, series_id, grace) -> None:
        await ask_due(core, series_id, change(grace))

    patch.setattr("bot.scheduling.runner.ask_due", broken)


def _forgets_what_was_asked(patch: pytest.MonkeyPatch) -> None:
    async def never(_rounds, _series_id, _due_on) -> bool:
        return False

    patch.setattr(SqlRounds, "asked_on", never)


def _without_constraint(file: Path) -> None:
    """Take the constraint away that lets a series ask once for a date: the table is made anew, as it is empty."""
    database = sqlite3.connect(file)
    made = database.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'rounds' AND sql IS NOT NULL").fetchall()
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("DROP TABLE rounds")
    for (sql,) in made:
        database.execute(sql.replace("UNIQUE (series_id, due_on)", "CHECK (TRUE)"))
    database.close()


MUTATIONS: dict[str, Mutation] = {
    mutation.__name__: mutation
    for mutation in (
        two_decide_at_once,
        moves_on_after_the_commit,
        posts_without_a_search,
        claims_nothing,
        notes_before_posting,
        late_without_end,
        never_late,
        skips_in_silence,
    )
}
