"""Databases of earlier versions come along with everything in them."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot import storage
from bot.domain.grading import DAILY_CAP, POINT
from bot.domain.identity import Member
from bot.domain.naming import spots_with_names
from bot.domain.standings import Ranked, Window
from bot.services.banks.correcting import correct_key
from bot.services.banks.storing import import_document
from bot.services.forgetting import forget_accounts
from bot.services.standings.scores import standings, verify
from bot.storage import tables as t
from bot.storage.database import Database
from bot.storage.unit import SqlUnit
from bot.testing import application_on, document, draft
from tests.contract.stored_schema import drift

RIGHT = 10 * POINT
MORE_THAN_COUNTS = 6
"""Right answers to /quiz on one day: one more than the daily cap lets count."""
A_MONDAY = 20_514
"""2026-03-02 as the database keeps it."""


def upgrade_to(revision):
    def work(connection):
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
        command.upgrade(config, revision)

    return work


def old_rows():
    """A league from before there were seasons by date, where somebody answered a daily and six quick questions."""
    choices = '[{"id": 0, "text": "A", "why": ""}, {"id": 1, "text": "B", "why": ""}]'
    yield "leagues VALUES (1, 'Study group', 'Europe/Berlin', 3)"
    yield "spaces VALUES (2, 'web', 'local', 'Study group', 1, NULL)"
    yield "players VALUES (3, 'Ada')"
    yield "members VALUES (2, 'ada', 3, 'Ada')"
    yield "teams VALUES (4, 1, 'Owls', 'owls')"
    yield "team_members VALUES (1, 3, 4)"
    yield "banks VALUES (5, 'old', 'old', 'Old', 1, NULL, FALSE, '[]', '[]')"
    yield "questions VALUES (6, 5, 1, 7, NULL, FALSE, 'ready', NULL, NULL)"
    rest = "'[]', 7, '[]', NULL, NULL, NULL"
    yield f"revisions VALUES (6, 1, 0, 'Which?', '{choices}', 1, 1, '', NULL, NULL, NULL, {rest})"
    rest = "NULL, NULL, 'buttons', 'on_answer', NULL, NULL, FALSE"
    yield f"series VALUES (7, 2, 'study', '09:00', 'Europe/Berlin', 'daily', {rest})"
    for number in range(MORE_THAN_COUNTS + 1):
        series, on_demand = ("7", "FALSE") if number == 0 else ("NULL", "TRUE")
        yield (
            f"rounds VALUES ({10 + number}, 2, 1, 'study', 6, 1, 1, 1, '[0, 1]', 'on_answer', 'buttons', "
            f"{A_MONDAY * 86_400_000_000}, NULL, NULL, {series}, NULL, NULL)"
        )
        yield (
            f"answers VALUES ({10 + number}, 3, 1, {A_MONDAY * 86_400_000_000 + number}, 'e{number}', 1, {A_MONDAY}, "
            f"{on_demand}, {RIGHT}, TRUE)"
        )
    for name, on_demand in (
        ("2026-03-02", MORE_THAN_COUNTS * RIGHT),
        ("2026-W10", 0),
        ("2026-03", 0),
        ("season-3", 0),
        ("all", 0),
    ):
        answered = MORE_THAN_COUNTS + 1
        yield f"totals VALUES (1, '{name}', 3, {RIGHT + DAILY_CAP}, {answered}, {answered}, {on_demand})"


async def test_scores_of_before_there_were_seasons_by_date_still_agree_with_the_answers(empty_url, clock):
    old = Database(empty_url, lambda connection: SqlUnit(connection, lambda: 1))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0003")))
    for row in old_rows():
        await old.write_raw(lambda connection, row=row: connection.exec_driver_sql(f"INSERT INTO {row}"))
    await old.close()
    async with application_on(empty_url, clock=clock) as app:
        assert await drift(app.storage) == []
        assert await verify(app) == []
        (ada,) = await standings(app, league=None, window=Window.SEASON, by=Ranked.PLAYER)
    assert (ada.name, ada.points, ada.answered) == ("Ada", RIGHT + DAILY_CAP, MORE_THAN_COUNTS + 1)


def rows_that_name_people():
    """Two spaces that shared a league, and one that nobody of theirs was in; before it was kept who is named where."""
    league = {"zone": "UTC", "min_account_days": 0, "min_join_days": 0, "team_race_on_demand": True}
    league |= {"weekly_day": 0, "weekly_time": "09:00", "card_theme": "light"}
    for number, name in ((1, "Here"), (2, "Gone away"), (3, "Elsewhere")):
        yield "leagues", league | {"id": number, "name": name}
        yield "spaces", {"id": 10 + number, "adapter": "web", "external_id": name, "name": name, "league_id": number}
    players = [{"player_id": 21, "name": "Ada", "points": 3.0, "place": 1}]
    players += [{"player_id": 20, "name": "Long gone", "points": 2.0, "place": 2}]
    players += [{"player_id": 22, "name": "Bobby", "points": 1.0, "place": 3}]
    season = {"number": 1, "name": "Spring", "starts_on": "2026-01-01", "ends_on": "2026-02-01"}
    archive = {"season": season, "teams": [], "players": players}
    dates = {"starts_on": 0, "ends_on": 1, "archived_at": 0}
    yield "seasons", dates | {"league_id": 1, "number": 1, "name": "Spring", "archive": archive}
    for player, name, space in ((21, "Ada", 11), (22, "Bob", 11), (23, "Sam", 11), (24, "Sam", 12), (25, "Eve", 13)):
        yield "players", {"id": player, "name": name, "races": True}
        account = f"account-{player}"
        yield "members", {"space_id": space, "external_id": account, "player_id": player, "name": name}
    at = {"at": 0, "details": ""}
    moved = {"action": "moved into league", "details": "league 2 from league 1, with teams: "}
    yield "audit", at | {"id": 31, "actor": "bot", "subject": "space 12"} | moved
    yield "audit", at | {"id": 32, "actor": "member account-21", "subject": "league 1", "action": "season ended"}
    yield "audit", at | {"id": 33, "actor": "web account-22", "subject": "space 11", "action": "league invitation"}
    yield "audit", at | {"id": 34, "actor": "web a stranger", "subject": "space 11", "action": "league invitation"}
    yield "audit", at | {"id": 35, "actor": "command line (root)", "subject": "totals", "action": "repaired"}
    table = {"title": "", "columns": ["Place", "Name", "Points", "Right", "Answered"]}
    for space in (11, 12, 13):
        rows = [[str(place), name, "1", "1", "1"] for place, name in enumerate(("Ada", "Bobby", "Hedwig", "Sam"))]
        streaks = {"title": "Longest streaks", "text": "- Ada: 5 days in a row\n- Hedwig: 3 days in a row"}
        view = {"title": "Last week's leaderboard", "text": "", "table": table | {"rows": rows}, "sections": [streaks]}
        waits = {"posted_at": 0, "version": 1, "waiting": False, "tries": 0, "not_before": 0, "channel": "study"}
        yield "posts", waits | {"key": f"t{space}2610", "sequence": space, "space_id": space, "view": view}


async def test_whoever_was_named_before_that_was_kept_is_found_by_name_and_unknown_names_go_with_the_first_to_go(
    empty_url, clock
):
    old = Database(empty_url, lambda connection: SqlUnit(connection, lambda: 1))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0006")))
    for table, row in rows_that_name_people():
        columns = [sa.column(name, sa.JSON if name in {"archive", "view"} else None) for name in row]
        insert = sa.insert(sa.table(table, *columns)).values(row)
        await old.write_raw(lambda connection, insert=insert: connection.execute(insert))
    await old.close()

    def names_in(post):
        return [name for _spot, name in spots_with_names(post.view)]

    async with application_on(empty_url, clock=clock) as app:
        assert await drift(app.storage) == []

        async def told(space_id):
            return names_in(await app.storage.read(lambda unit: unit.outbox.find(f"t{space_id}2610")))

        async def season():
            final = await app.storage.read(lambda unit: unit.leagues.archived(1, 1))
            return [player.name for player in final.players]

        async def actors(connection):
            return list(await connection.scalars(sa.select(t.audit.c.actor).order_by(t.audit.c.id)))

        assert await season() == ["Ada", "Bobby"]
        told_by = ["bot", "player 21", "player 22", "somebody", "command line (root)"]
        assert await app.storage.read_raw(actors) == told_by
        await forget_accounts(app, [Member(space_id=11, external_id="account-22", name="Bob")])
        assert await season() == ["Ada"]
        for space_id in (11, 12):  # Bob was Bobby, by the archive; he may have been Hedwig or one of the Sams
            assert await told(space_id) == ["Ada", "–", "–", "–", "Ada", "–"]
        assert await told(13) == ["Ada", "Bobby", "Hedwig", "Sam", "Ada", "Hedwig"], "nobody of theirs was ever there"
        await forget_accounts(app, [Member(space_id=11, external_id="account-21", name="Ada")])
        assert await told(12) == ["–"] * 6
        assert await season() == []


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_what_earlier_programs_left_in_the_file_of_deleted_rows_goes_at_the_update(empty_url, clock, tmp_path):
    old = Database(empty_url, lambda connection: SqlUnit(connection, lambda: 1))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0006")))
    await old.close()
    file = tmp_path / "empty.db"
    with closing(sqlite3.connect(file)) as before:
        before.execute("PRAGMA secure_delete=OFF")
        before.executemany("INSERT INTO players VALUES (?, ?, true)", [(n, f"Hedwig {n}") for n in range(1_000)])
        before.execute("DELETE FROM players")
        before.commit()
    assert b"Hedwig" in file.read_bytes()
    async with application_on(empty_url, clock=clock):
        assert b"Hedwig" not in b"".join(path.read_bytes() for path in tmp_path.glob("empty.db*"))


async def test_whoever_was_host_of_the_room_still_is_also_after_linking(empty_url, clock):
    old = Database(empty_url, lambda connection: SqlUnit(connection, lambda: 1))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0007")))
    rows = [row for row in rows_that_name_people() if row[0] in {"leagues", "spaces", "players", "members"}]
    notes = [(41, "web room host", "was the first to join", "21"), (42, "web room host", "opened the host link", "99")]
    notes += [(43, "player 99", "accounts linked", "22")]
    for number, subject, action, details in notes:
        note = {"id": number, "at": 0, "actor": "bot", "subject": subject, "action": action, "details": details}
        rows.append(("audit", note))
    for table, row in rows:
        insert = sa.insert(sa.table(table, *(sa.column(name) for name in row))).values(row)
        await old.write_raw(lambda connection, insert=insert: connection.execute(insert))
    await old.close()
    async with application_on(empty_url, clock=clock) as app:
        assert await drift(app.storage) == []
        people = await app.storage.read(lambda unit: unit.admissions.all(11))
    assert {one.member.name: one.is_host for one in people} == {"Ada": True, "Bob": True, "Sam": False}
    assert {(one.session_epoch, one.removed_at) for one in people} == {(0, None)}


async def test_questions_and_answers_of_before_there_were_kinds_are_multiple_choice(empty_url, clock):
    old = Database(empty_url, lambda connection: SqlUnit(connection, lambda: 1))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0003")))
    for row in old_rows():
        await old.write_raw(lambda connection, row=row: connection.exec_driver_sql(f"INSERT INTO {row}"))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0012")))
    corrected = "UPDATE revisions SET source_key = 2"
    await old.write_raw(lambda connection: connection.exec_driver_sql(corrected))
    await old.close()

    async def read(unit):
        return await unit.banks.question(6), await unit.rounds.find(10), await unit.answers.of_round(10)

    async with application_on(empty_url, clock=clock) as app:
        assert await drift(app.storage) == []
        question, round_, (answer,) = await app.storage.read(read)
        assert (question.kind, question.key, question.source_key) == ("choice", {0}, {1})
        assert (round_.kind, round_.key, answer.response, answer.grade.right) == ("choice", {0}, {0}, True)
        again = await import_document(app, document(draft("Which?", "A", "B", key=[1])), bank="old")
        assert (again.new, again.edited, again.unchanged) == (0, 0, 1)
        done = await correct_key(app, question.id, "B", reason="", actor="test")
        assert (done.rounds, done.answers) == (MORE_THAN_COUNTS + 1, MORE_THAN_COUNTS + 1)
        assert await verify(app) == []


async def test_names_of_banks_stop_being_everybodys_and_questions_keep_their_banks(empty_url, clock):
    old = Database(empty_url, lambda connection: SqlUnit(connection, lambda: 1))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0003")))
    for row in old_rows():
        await old.write_raw(lambda connection, row=row: connection.exec_driver_sql(f"INSERT INTO {row}"))
    own = "banks VALUES (8, 'Mine', 'mine', 'Mine', 4, 2, FALSE, '[]', '[]')"
    await old.write_raw(lambda connection: connection.exec_driver_sql(f"INSERT INTO {own}"))
    await old.close()
    async with application_on(empty_url, clock=clock) as app:
        assert await drift(app.storage) == []
        assert (await app.storage.read(lambda unit: unit.banks.question(6))).bank_id == 5
        mine = await app.storage.read(lambda unit: unit.banks.named("MINE", 2))
        assert (mine.id, mine.version, mine.space_id) == (8, 4, 2)
        assert await app.storage.read(lambda unit: unit.banks.mendings(8)) == ()
        assert await app.storage.read(lambda unit: unit.banks.named("mine", None)) is None
        for name, owner in (("old", 2), ("mine", None)):
            report = await import_document(app, document(draft()), bank=name, space_id=owner)
            assert report.new == 1
        twin, everybodys = replace(mine, id=9), replace(mine, id=10, space_id=None)
        for again in (twin, everybodys):
            with pytest.raises(sa.exc.IntegrityError):
                await app.storage.write(lambda unit, again=again: unit.banks.add(again))
        gone = sa.delete(t.banks).where(t.banks.c.id == 5)
        with pytest.raises(sa.exc.IntegrityError):  # questions refer to it
            await app.storage.write_raw(lambda connection: connection.execute(gone))


async def test_news_for_one_person_that_waits_during_the_update_comes_as_a_direct_message(empty_url, clock):
    old = Database(empty_url, lambda connection: SqlUnit(connection, lambda: 1))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0003")))
    for row in old_rows():
        await old.write_raw(lambda connection, row=row: connection.exec_driver_sql(f"INSERT INTO {row}"))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0031")))
    rest = {"space_id": 2, "channel": "study", "posted_at": 0, "version": 1, "tries": 0, "not_before": 0}
    rest |= {"private_to": "ada", "view": {"title": "", "text": "It is in the bank now."}, "round_id": None}
    for number, (key, kind, more) in enumerate(
        (
            ("n1", "notice", {"waiting": True}),
            ("n2", "notice", {"waiting": True, "private_to": None}),
            ("n3", "notice", {"waiting": False, "message_ref": "1"}),
            ("q10", "question", {"waiting": True, "round_id": 10}),
        )
    ):
        values = {"key": key, "kind": kind, "sequence": number, "message_ref": None} | rest | more
        columns = [sa.column(name, sa.JSON if name == "view" else None) for name in values]
        insert = sa.insert(sa.table("posts", *columns)).values(values)
        await old.write_raw(lambda connection, insert=insert: connection.execute(insert))
    await old.close()
    async with application_on(empty_url, clock=clock) as app:
        assert await drift(app.storage) == []
        posts = await app.storage.read(lambda unit: unit.outbox.recent(2, "study", 9))
    assert {post.key: post.is_direct for post in posts} == {"n1": True, "n2": False, "n3": False, "q10": False}
