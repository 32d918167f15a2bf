"""Databases of earlier versions come along with everything in them."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from bot import storage
from bot.domain.grading import DAILY_CAP, POINT
from bot.domain.standings import Ranked, Window
from bot.services.scores import standings, verify
from bot.storage import migrating
from bot.storage.database import Database
from bot.storage.unit import SqlUnit
from bot.testing import application_on

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
        assert await app.storage.read_raw(lambda connection: connection.run_sync(migrating.drift)) == []
        assert await verify(app) == []
        (ada,) = await standings(app, league=None, window=Window.SEASON, by=Ranked.PLAYER)
    assert (ada.name, ada.points, ada.answered) == ("Ada", RIGHT + DAILY_CAP, MORE_THAN_COUNTS + 1)
