"""Databases: migrations, transactions, two at once, and what can't be used."""

import asyncio
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot.bootstrap import application
from bot.domain.errors import Busy, NotFound
from bot.domain.identity import LeagueId
from bot.domain.leagues import League
from bot.ports import StorageUnavailable
from bot.settings import Settings
from bot.storage import schema
from bot.storage import tables as t
from bot.storage.database import Database
from bot.storage.unit import SqlUnit
from bot.testing import application_on
from tests.contract.stored_schema import current_revision, drift


def a_league(number):
    return League(id=number, name=f"League {number}", zone="UTC")


async def names(app):
    return [league.name for league in await app.storage.read(lambda unit: unit.leagues.all())]


async def test_migrations_make_exactly_the_tables_that_the_program_uses(app):
    found = await drift(app.storage)
    assert found == []


async def test_migrating_at_the_same_time_and_again_is_harmless(empty_url, clock):
    async def once():
        async with application_on(empty_url, clock=clock) as one:
            return await current_revision(one.storage)

    assert set(await asyncio.gather(*(once() for _ in range(3)))) == {schema.newest_revision()}
    assert await once() == schema.newest_revision()


async def test_a_database_of_a_newer_program_is_left_alone(url, clock):
    async with application_on(url, clock=clock) as one:
        await one.storage.write_raw(lambda c: c.execute(sa.text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(StorageUnavailable, match="newer Quizbot"):
        async with application_on(url, clock=clock):
            pass
    database = Database(url, lambda connection: SqlUnit(connection, lambda: 1))
    newest = {"newest": schema.newest_revision()}
    await database.write_raw(lambda c: c.execute(sa.text("UPDATE alembic_version SET version_num = :newest"), newest))
    await database.close()


async def test_whoever_waits_too_long_for_a_connection_is_asked_to_try_again(app, monkeypatch):
    """Thousands of events may be waiting for a few connections."""
    monkeypatch.setattr(app.storage._reading.sync_engine.pool, "_timeout", 0.01)
    goes_on = asyncio.Event()
    reading = [asyncio.create_task(app.storage.read(lambda _unit: goes_on.wait())) for _ in range(40)]
    given_up, _others = await asyncio.wait(reading, return_when=asyncio.FIRST_COMPLETED)
    goes_on.set()
    await asyncio.gather(*reading, return_exceptions=True)
    assert {type(one.exception()) for one in given_up} == {Busy}
    assert await names(app) == []


@pytest.mark.parametrize("wrong", [{"database": "nowhere"}, {"username": "nobody"}])
async def test_a_server_without_such_a_database_or_user_is_said_in_words(postgres, clock, wrong):
    url = make_url(postgres.create()).set(**wrong).render_as_string(hide_password=False)
    with pytest.raises(StorageUnavailable, match="does not exist"):
        async with application_on(url, clock=clock):
            pass


async def test_a_transaction_is_stored_whole_or_not_at_all(app):
    async def work(unit):
        await unit.leagues.add(a_league(1))
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        await app.storage.write(work)
    assert await names(app) == []


async def test_a_reader_sees_one_snapshot_while_others_write(app):
    """What is stored between two reads of one transaction doesn't show in the second."""

    async def read(unit):
        before = len(await unit.leagues.all())
        await app.storage.write(lambda other: other.leagues.add(a_league(7)))
        return before, len(await unit.leagues.all())

    assert await app.storage.read(read) == (0, 0)
    assert await names(app) == ["League 7"]


async def test_a_cancelled_writer_is_finished_and_mixes_with_nobody(app):
    began, go_on = asyncio.Event(), asyncio.Event()

    async def slow(unit):
        await unit.leagues.add(a_league(1))
        began.set()
        await go_on.wait()
        raise RuntimeError("undone")

    writing = asyncio.create_task(app.storage.write(slow))
    await began.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    go_on.set()
    await app.storage.write(lambda unit: unit.leagues.add(a_league(2)))
    assert await names(app) == ["League 2"]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_a_cancelled_batch_keeps_its_turn_until_it_is_through(app):
    loop, began, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def slow(_connection):
        loop.call_soon_threadsafe(began.set)
        go_on.wait()

    writing = asyncio.create_task(app.storage.write_direct(slow))
    await began.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    try:
        assert app.storage._turn.locked()
    finally:
        go_on.set()
    await app.storage.write(lambda unit: unit.leagues.add(a_league(2)))
    assert await names(app) == ["League 2"]


async def test_writers_of_two_processes_wait_for_each_other(app, url, clock):
    async with application_on(url, clock=clock, seed=2) as other:
        await asyncio.gather(
            *(
                one.storage.write(lambda unit, n=n: unit.leagues.add(a_league(n)))
                for n, one in enumerate((app, other) * 20)
            )
        )
    assert len(await names(app)) == 40


async def test_two_transactions_that_lock_crosswise_both_succeed(app, url, clock):
    for n in (1, 2):
        await app.storage.write(lambda unit, n=n: unit.leagues.add(a_league(n)))

    touched = {1: asyncio.Event(), 2: asyncio.Event()}

    async def touch(connection, *numbers):
        for number in numbers:
            await connection.execute(
                sa.update(t.leagues).where(t.leagues.c.id == number).values(min_join_days=sa.text("min_join_days + 1"))
            )
            touched[number].set()
            if not app.storage.is_sqlite:  # it lets only one of them begin
                await touched[numbers[1]].wait()

    async with application_on(url, clock=clock, seed=2) as other:
        await asyncio.gather(
            app.storage.write_raw(lambda c: touch(c, 1, 2)), other.storage.write_raw(lambda c: touch(c, 2, 1))
        )
    leagues = await app.storage.read(lambda unit: unit.leagues.all())
    assert [league.rules.min_join_days for league in leagues] == [2, 2]


async def test_moments_and_days_come_back_exactly(game):
    await game.imports()
    round_ = await game.daily()
    assert await game.app.storage.read(lambda unit: unit.rounds.find(round_.id)) == round_


@pytest.mark.parametrize(
    "address", ["sqlite+aiosqlite:////proc/no/quizbot.db", "postgresql+asyncpg://u:hidden@127.0.0.1:9/x"]
)
async def test_a_database_that_cannot_be_reached_says_what_to_do(address):
    with pytest.raises(StorageUnavailable) as refused:
        async with application(Settings(database_url=address)):
            pass
    assert "hidden" not in str(refused.value)


async def test_a_damaged_file_is_reported_not_replaced(tmp_path):
    path = tmp_path / "quizbot.db"
    path.write_bytes(b"this is no database" * 1000)
    with pytest.raises(StorageUnavailable):
        async with application(Settings(database_url=f"sqlite+aiosqlite:///{path}")):
            pass
    assert path.read_bytes().startswith(b"this is no database")


async def test_sqlite_is_durable_and_shared(tmp_path):
    async with application(Settings(database_url=f"sqlite+aiosqlite:///{tmp_path / 'q.db'}")) as app:

        async def pragmas(connection):
            return [
                (await connection.exec_driver_sql(f"PRAGMA {p}")).scalar()
                for p in ("journal_mode", "synchronous", "foreign_keys", "locking_mode")
            ]

        assert await app.storage.write_raw(pragmas) == ["wal", 2, 1, "normal"]


GONE = 4711


@pytest.mark.parametrize(
    "look_up",
    [
        lambda unit: unit.spaces.get(GONE),
        lambda unit: unit.spaces.lock(GONE),
        lambda unit: unit.leagues.lock(GONE),
        lambda unit: unit.banks.question(GONE),
        lambda unit: unit.schedules.get(GONE),
        lambda unit: unit.schedules.lock(GONE),
    ],
)
async def test_what_must_be_there_is_missed_aloud(app, look_up):
    """Whoever asks for something by its number, and goes on as if it were there, hears its number when it isn't."""
    with pytest.raises((LookupError, NotFound), match=str(GONE)):
        await app.storage.write(look_up)


@pytest.mark.parametrize(
    "look_up",
    [
        lambda unit: unit.spaces.find(GONE),
        lambda unit: unit.spaces.lock_if_there(GONE),
        lambda unit: unit.rounds.find(GONE),
        lambda unit: unit.rounds.lock_if_there(GONE),
        lambda unit: unit.schedules.lock_if_there(GONE),
    ],
)
async def test_what_may_be_gone_is_none(app, look_up):
    assert await app.storage.write(look_up) is None


async def test_a_league_that_must_be_there_is_missed_aloud(game):
    """Of a league that is gone, `get` raises what names it, and `find` says that there is none."""
    gone = LeagueId(4711)
    assert await game.app.storage.read(lambda unit: unit.leagues.find(gone)) is None
    with pytest.raises(LookupError, match="no league 4711"):
        await game.app.storage.read(lambda unit: unit.leagues.get(gone))


async def test_a_closed_database_opens_no_new_connection(url, clock):
    async with application_on(url, clock=clock) as app:
        assert await names(app) == []
    for late in (app.storage.read, app.storage.write):
        with pytest.raises(RuntimeError, match="closed"):
            await late(lambda unit: unit.leagues.all())
    if app.storage.is_sqlite:
        with pytest.raises(RuntimeError, match="the database is closed"):
            await app.storage.write_direct(lambda _connection: None)
    assert app.storage._writing.pool.checkedin() == 0
