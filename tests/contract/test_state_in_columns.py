"""What earlier versions read back out of prose stands in columns after the update."""

import sqlalchemy as sa

from bot.domain.series import Supply
from bot.ports import PostKind
from bot.storage import tables as t
from bot.storage.database import Database
from bot.storage.unit import SqlUnit
from bot.testing import application_on
from tests.contract.stored_schema import drift
from tests.contract.test_migrations import upgrade_to


def rows_with_state_in_prose():
    """A room and two other spaces that moved between leagues, from when the audit was read back."""
    league = {"zone": "UTC", "min_account_days": 0, "min_join_days": 0, "team_race_on_demand": True}
    league |= {"weekly_day": 0, "weekly_time": "09:00", "card_theme": "light"}
    for number, name in ((1, "Here"), (2, "Elsewhere")):
        yield "leagues", league | {"id": number, "name": name}
    for number, adapter, in_league in ((11, "web", 1), (12, "slack", 1), (13, "discord", 2), (14, "discord", 2)):
        space = {"id": number, "adapter": adapter, "external_id": f"T{number}", "name": f"Space {number}"}
        yield "spaces", space | {"league_id": in_league}
    for number, name in ((41, "Owls (Space 12)"), (42, "Foxes"), (43, "Bears (Space 12)")):
        yield "teams", {"id": number, "league_id": 1, "name": name, "folded_name": name.casefold()}
    for number in (20, 24, 27):
        yield "players", {"id": number, "name": f"P{number}", "races": True}
    series = {"space_id": 11, "channel": "study", "local_time": "09:00", "zone": "UTC", "days": "daily"}
    series |= {"answer_with": "buttons", "reveal": "on_answer", "removed": False, "every": 1}
    for number in (51, 52, 53):
        yield "series", series | {"id": number, "holidays": [], "weights": {}, "thread": False}
    image = {"digest": "abc", "media_type": "image/png", "alt": "a card"}
    posts = {"q1": image, "r1": None, "t112610": image, "t11s3": None, "w11": None}
    waits = {"posted_at": 0, "version": 1, "waiting": False, "tries": 0, "not_before": 0, "channel": "study"}
    for number, (key, shown) in enumerate(posts.items()):
        view = {"title": "?", "text": "", "image": shown}
        yield "posts", waits | {"key": key, "sequence": number, "space_id": 11, "view": view}
    for number, (subject, action, details) in enumerate(audit_with_state(), 100):
        entry = {"id": number, "at": 0, "actor": "bot", "subject": subject, "action": action, "details": details}
        yield "audit", entry


def audit_with_state():
    yield "space 12", "moved into league", "league 3 from league 4, with teams: 43"
    yield "space 12", "moved into league", "league 1 from league 3, with teams: 41 42 40"
    yield "space 13", "moved into league", "league 2 from league 1, with teams: "
    yield "space 99", "moved into league", "league 2 from league 1, with teams: 43"
    yield "space 12", "league left", "league 77"
    yield "space 11", "channel parked", "study: I may not write there: give me rights"
    yield "space 11", "channel parked", "study: again"
    yield "space 99", "channel parked", "study: gone"
    yield "web room host", "was the first to join", "21"
    yield "web room host", "opened the host link", "27"
    yield "player 21", "accounts linked", "20"
    yield "player 20", "account separated", "22"
    yield "player 22", "account separated", "24"
    yield "player 27", "answer dropped", "round 5: the earlier of two accounts' answers counts"
    yield "player 25", "accounts linked", "26"
    yield "series 51", "questions run low", "1 fresh left"
    yield "series 51", "questions used up", "0 fresh left"
    yield "series 52", "questions run low", "1 fresh left"
    yield "series 52", "enough questions", "9 fresh left"
    yield "series 53", "questions run low", "1 fresh left"
    yield "series 53", "skipped", "2026-03-02T09:00:00+00:00"


async def test_what_was_read_out_of_prose_stands_in_columns_afterwards(empty_url, clock):
    old = Database(empty_url, lambda connection: SqlUnit(connection, lambda: 1))
    await old.write_raw(lambda connection: connection.run_sync(upgrade_to("0007")))
    for table, row in rows_with_state_in_prose():
        columns = [sa.column(name, sa.JSON if name in {"view", "holidays", "weights"} else None) for name in row]
        insert = sa.insert(sa.table(table, *columns)).values(row)
        await old.write_raw(lambda connection, insert=insert: connection.execute(insert))
    await old.close()

    async with application_on(empty_url, clock=clock) as app:
        assert await drift(app.storage) == []

        async def read(unit):
            named = {space_id: await unit.forgetting.spaces_that_may_name([space_id]) for space_id in (11, 12, 13, 14)}
            assert named == {11: {11, 12, 13}, 12: {11, 12, 13}, 13: {11, 12, 13, 14}, 14: {13, 14}}
            assert await unit.spaces.was_closed(11, "study")
            assert not await unit.spaces.was_closed(11, "study: I may not write there")
            assert not await unit.spaces.was_closed(12, "study")
            assert [await unit.admissions.had_host(space_id) for space_id in (11, 12)] == [True, False]
            became = {(then, now) for then in (20, 21, 22, 24, 25, 27) for now in (20, 24, 27)}
            became = {(then, now) for then, now in became if await unit.people.may_be_same_player(now, then)}
            assert became == {(20, 20), (20, 24), (21, 20), (21, 24), (22, 24), (24, 24), (27, 27)}
            supplies = [(await unit.schedules.get(number)).supply for number in (51, 52, 53)]
            assert supplies == [Supply.USED_UP, Supply.ENOUGH, Supply.LOW]
            kinds = [(await unit.outbox.find(key)).kind for key in ("q1", "r1", "t112610", "t11s3", "w11")]
            assert kinds == [PostKind.QUESTION, PostKind.RESULT, PostKind.WEEK, PostKind.SEASON, PostKind.NOTICE]

        await app.storage.read(read)
        teams = await rows(app, t.teams.c.id, t.teams.c.brought_by, t.teams.c.own_name)
        assert teams == {(41, 12, "Owls"), (42, 12, None), (43, None, None)}
        pictures = await rows(app, t.posts.c.key, t.posts.c.image)
        assert {key for key, image in pictures if image == "abc"} == {"q1", "t112610"}
        steps = await rows(app, t.later_players.c.player_id, t.later_players.c.later_id)
        assert (25, 26) not in steps, "nobody is there any more whom it leads to"


async def rows(app, *columns):
    found = await app.storage.read_raw(lambda connection: connection.execute(sa.select(*columns)))
    return {tuple(row) for row in found}
