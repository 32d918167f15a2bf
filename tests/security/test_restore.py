"""What `quizbot restore` puts in place of the database, and what it refuses."""

import asyncio
import errno
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
from contextlib import closing

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from adapters.slack.web_api.stores import tables
from adapters.web.sessions import signing_key
from bot.bootstrap import application
from bot.services.leagues.spaces import ensure_space
from bot.settings import load
from bot.storage.migrating import upgrade


async def _use(name):
    async with application(load()) as app:
        await ensure_space(app, "web", name, name, "UTC")


@pytest.fixture
def database(here):
    """A database with one space, whose copy is `copy.db`; a second space came after."""
    asyncio.run(_use("first"))
    return here / "var" / "quizbot.db"


@pytest.fixture
def copy(run, here, database):
    assert run("backup", here / "copy.db").code == 0
    asyncio.run(_use("second"))
    return here / "copy.db"


def spaces(path):
    with closing(sqlite3.connect(path)) as opened:
        return {name for (name,) in opened.execute("SELECT name FROM spaces")}


def change(path, *statements):
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            opened.execute(statement)
        opened.commit()


DOCTORED = {
    "trigger": ["CREATE TRIGGER x AFTER INSERT ON members BEGIN DELETE FROM audit; END"],
    "view beside": ["CREATE VIEW everything AS SELECT * FROM players"],
    "view in its place": ["DROP TABLE alembic_version", "CREATE VIEW alembic_version AS SELECT '0007' AS version_num"],
    "virtual table": ["CREATE VIRTUAL TABLE found USING fts5(text)"],
    "table of its own": ["CREATE TABLE more (id INTEGER)"],
    "index of its own": ["CREATE UNIQUE INDEX one_answer ON answers (round_id)"],
    "column of its own": ["ALTER TABLE players ADD COLUMN is_host INTEGER DEFAULT 1"],
    "missing table": ["DROP TABLE team_members"],
    "missing index": ["DROP INDEX ix_audit_subject"],
    "no constraint": [
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'players'",
    ],
    "index named like SQLite's": [
        "CREATE UNIQUE INDEX x ON members (player_id)",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = replace(sql, ' x ', ' sqlite_autoindex_x ') WHERE name = 'x'",
        "UPDATE sqlite_master SET name = 'sqlite_autoindex_x' WHERE name = 'x'",
    ],
    "table named like SQLite's": [
        "CREATE TABLE x (player_id INTEGER REFERENCES players (id))",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = replace(sql, ' x ', ' sqlite_stat4 ') WHERE name = 'x'",
        "UPDATE sqlite_master SET name = 'sqlite_stat4', tbl_name = 'sqlite_stat4' WHERE name = 'x'",
    ],
    "no version": ["DELETE FROM alembic_version"],
    "two versions": ["INSERT INTO alembic_version VALUES ('0001')"],
    "newer": ["UPDATE alembic_version SET version_num = '9999'"],
    "older than its tables": ["UPDATE alembic_version SET version_num = '0003'"],
    "row without its row": ["UPDATE spaces SET league_id = 5"],
}


@pytest.mark.parametrize("how", DOCTORED)
def test_a_doctored_copy_is_refused_and_the_database_stays(run, copy, database, how):
    change(copy, *DOCTORED[how])
    refused = run("restore", copy)
    assert refused.code == 1
    assert str(copy) in refused.err
    assert spaces(database) == {"first", "second"}
    assert sorted(one.name for one in database.parent.iterdir()) == ["quizbot.db", "quizbot.db.lock"]


def test_what_sqlite_adds_by_itself_is_no_reason_to_refuse_a_copy(run, copy, database):
    change(copy, "ANALYZE")
    assert run("restore", copy).code == 0
    assert spaces(database) == {"first"}


def naming(journal, file, page_size):
    """A journal that names a file, as those of transactions over several databases do."""
    magic, named = bytes.fromhex("d9d505f920a163d7"), str(file).encode()
    head = magic + struct.pack(">5I", 0, 0, journal.with_name("copy.db").stat().st_size // page_size, 512, page_size)
    tail = struct.pack(">I", 2**30 // page_size + 1) + named + struct.pack(">2I", len(named), sum(named)) + magic
    journal.write_bytes(head.ljust(512, b"\0") + tail)


def test_a_journal_beside_a_copy_deletes_no_file(run, copy, database, here):
    (page_size,) = struct.unpack(">H", copy.read_bytes()[16:18])
    precious, journal = here / "precious.txt", here / "copy.db-journal"
    precious.write_text("kept")
    naming(journal, precious, page_size)
    refused = run("restore", copy)
    assert precious.exists()
    assert refused.code == 1
    assert str(journal) in refused.err
    assert spaces(database) == {"first", "second"}


def test_what_is_wrong_with_a_copy_is_named(run, copy):
    change(copy, DOCTORED["trigger"][0])
    assert "trigger “x”" in run("restore", copy).err


def test_what_was_there_before_is_kept_and_private(run, copy, database):
    restored = run("restore", copy)
    assert restored.code == 0
    assert spaces(database) == {"first"}
    kept = database.with_name("quizbot.db.before-restore")
    assert str(kept) in restored.out
    assert spaces(kept) == {"first", "second"}
    assert {one.stat().st_mode & 0o777 for one in database.parent.iterdir()} == {0o600}
    run("restore", kept)
    assert spaces(database) == {"first", "second"}
    assert spaces(database.with_name("quizbot.db.before-restore-2")) == {"first"}


def test_a_disk_that_knows_no_locks_is_told_in_one_line(run, copy, monkeypatch):
    def flock(*_args):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", flock)
    refused = run("restore", copy)
    assert refused.code == 1
    assert "can't be locked: No locks available" in refused.err


def test_a_link_to_the_database_stays_a_link(run, copy, database, here):
    kept_on = here / "volume"
    kept_on.mkdir()
    there = database.rename(kept_on / "kept.db")
    database.symlink_to(there)
    assert run("restore", copy).code == 0
    assert database.readlink() == there
    assert spaces(there) == {"first"}
    assert spaces(kept_on / "kept.db.before-restore") == {"first", "second"}


@pytest.fixture(params=[0, 0o777], ids=["open", "closed"])
def mask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_files_are_private_whatever_the_umask(run, here, mask):
    shutil.rmtree(here / "var")
    asyncio.run(_use("first"))
    assert run("backup", here / "copy.db").code == 0
    signing_key(load())
    assert (here / "var").stat().st_mode & 0o777 == 0o700
    for file in (
        here / "copy.db",
        here / "var" / "quizbot.db",
        here / "var" / "quizbot.db.lock",
        here / "var" / "web-session.key",
    ):
        assert file.stat().st_mode & 0o777 == 0o600, file


@pytest.mark.parametrize("revision", ["0001", "0004", "0007"])
def test_a_copy_of_an_older_version_comes_back(run, here, revision):
    old = here / "old.db"
    engine = sa.create_engine(f"sqlite:///{old}", poolclass=StaticPool)
    with engine.begin() as connection:
        upgrade(connection, to=revision)
    engine.dispose()
    assert run("restore", old).code == 0
    assert run("scores", "verify").code == 0


def test_tables_of_installed_workspaces_come_back_and_others_under_their_name_do_not(run, copy, here):
    engine = sa.create_engine(f"sqlite:///{copy}", poolclass=StaticPool)
    with engine.begin() as connection:
        for table in tables():
            table.create(connection)
    engine.dispose()
    assert run("restore", copy).code == 0
    change(copy, "ALTER TABLE slack_bots ADD COLUMN more TEXT")
    assert "slack_bots" in run("restore", copy).err


RUNS = """
import asyncio, sys
from bot.bootstrap import application
from bot.settings import load

async def use():
    async with application(load()):
        print("up", flush=True)
        await asyncio.sleep(60)

asyncio.run(use())
"""


def test_nothing_is_put_back_while_a_bot_runs_but_after_it_was_killed(run, copy, database):
    with subprocess.Popen([sys.executable, "-c", RUNS], stdout=subprocess.PIPE, text=True) as bot:
        try:
            assert bot.stdout.readline() == "up\n"
            assert "Stop it first" in run("restore", copy).err
        finally:
            bot.send_signal(signal.SIGKILL)
    assert spaces(database) == {"first", "second"}
    assert run("restore", copy).code == 0
    assert spaces(database) == {"first"}
    assert not database.with_name("quizbot.db-wal").exists()


def test_nothing_is_put_back_while_another_program_has_the_database_open(run, copy, database):
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN")
        other.execute("SELECT * FROM spaces").fetchall()
        assert "Another program" in run("restore", copy).err
    assert spaces(database) == {"first", "second"}


def leave_a_log(path, name):
    """Leave a database as a killed bot does: its spaces have another name, but only in the log beside it."""
    log = path.with_name(f"{path.name}-wal")
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("UPDATE spaces SET name = ?", [name])
        opened.commit()
        file, logged = path.read_bytes(), log.read_bytes()
    path.write_bytes(file)
    log.write_bytes(logged)


def test_a_log_that_a_killed_bot_left_is_never_applied_to_the_copy(run, copy, database):
    leave_a_log(database, "changed")
    assert run("restore", copy).code == 0
    assert spaces(database) == {"first"}
    assert spaces(database.with_name("quizbot.db.before-restore")) == {"changed"}


def interrupted(path):
    """A database's file and rollback journal as a crash leaves them amidst a transaction: the file alone is wrong."""
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")
        opened.execute("PRAGMA cache_size=2")  # so that pages are written before the transaction ends
        opened.execute("BEGIN")
        opened.execute("UPDATE spaces SET name = 'half'")
        opened.execute("CREATE TABLE more AS SELECT zeroblob(500000) AS empty")
        return path.read_bytes(), path.with_name(f"{path.name}-journal").read_bytes()


def test_a_copy_of_a_file_amidst_a_transaction_is_rolled_back_with_its_journal(run, copy, database):
    file, journal = interrupted(copy)
    copy.write_bytes(file)
    copy.with_name("copy.db-journal").write_bytes(journal)
    assert run("restore", copy).code == 0
    assert spaces(database) == {"first"}
    assert copy.read_bytes() == file, "a copy is only read"


def test_a_copy_of_a_file_and_its_log_is_restored_with_both(run, copy, database):
    leave_a_log(copy, "logged")
    assert run("restore", copy).code == 0
    assert spaces(database) == {"logged"}


def test_a_journal_that_a_killed_bot_left_is_never_applied_to_the_copy(run, copy, database):
    _file, journal = interrupted(database)
    database.write_bytes(b"")
    beside = database.with_name("quizbot.db-journal")
    beside.write_bytes(journal)
    assert run("restore", copy).code == 0
    assert not beside.exists()
    assert spaces(database) == {"first"}


def test_a_full_disk_leaves_the_database_as_it_was(run, copy, database, monkeypatch):
    def full(*_files):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    assert "No space left" in run("restore", copy).err
    assert spaces(database) == {"first", "second"}


def test_postgresql_is_told_what_to_do(run, here, monkeypatch):
    (here / "copy.db").write_bytes(b"")
    monkeypatch.setenv("QUIZBOT_DATABASE_URL", "postgresql+asyncpg://quizbot@127.0.0.1:1/quizbot")
    assert "pg_restore --clean" in run("restore", here / "copy.db").err
    assert "pg_dump --format=custom" in run("backup", here / "other.db").err
