"""Whoever is forgotten is nowhere any more, whatever they were called: in no post, archive, log or byte of a file."""

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot.domain.identity import Member
from bot.domain.naming import spots_with_names
from bot.domain.views import MessageView, Table
from bot.ports import Post
from bot.rendering.words import literal
from bot.scheduling.runner import Runner
from bot.services.chat import dispatch
from bot.services.forgetting import forget_departed
from bot.services.leagues.spaces import ensure_space
from bot.services.platforms.arriving import depart
from bot.services.platforms.delivery import deliver
from bot.services.rounds.asking import ask_now
from bot.services.rounds.closing import close_round
from bot.services.standings.weekly_post import post_week
from bot.storage import tables as t
from bot.testing import FakeMessenger, draft, plain, pressed
from tests.contract.accounts import deleted_in_private
from tests.contract.test_leagues import host, unite

pytestmark = pytest.mark.sqlite_first

HERE = ("Hedwig", "Hedda-Ö. *G*", "Countess")
"""What one account was called, one after the other."""
THERE = ("Lighthouse", "Beacon 7", "Pharos")
ACCOUNTS = ("hedwig", "U0LANTERN")
"""In the room an account's id is the name that it joined under."""


@dataclass
class Account:
    """An account of somebody who changes names."""

    side: Any
    external_id: str
    name: str

    @property
    def member(self):
        return Member(space_id=self.side.space.id, external_id=self.external_id, name=self.name)

    @property
    def caller(self):
        return replace(self.side.caller(is_host=True), member=self.member)

    async def answers(self, round_):
        await self.side.app.answers.submit(replace(self.side.click(round_, "", 0), member=self.member))

    async def says(self, text):
        view = await dispatch.handle(self.side.app, self.caller, text)
        return view and plain(view)

    async def insists(self, text):
        return await self.says(pressed(await dispatch.handle(self.side.app, self.caller, text)))


@pytest.fixture
async def sides(game):
    """Four spaces with one league, on three platforms."""
    await game.imports(*(draft(f"Question number {n}?") for n in range(40)))
    others = [
        type(game)(game.app, await ensure_space(game.app, adapter, name, f"{name} group", "Asia/Tokyo"), game.clock)
        for adapter, name in (("slack", "T1"), ("web", "third"), ("discord", "G9"))
    ]
    for other in others:
        await unite(game, other)
    return [game, *others]


@pytest.fixture
def accounts(sides):
    return Account(sides[0], ACCOUNTS[0], HERE[0]), Account(sides[1], ACCOUNTS[1], THERE[0])


async def plays(sides, accounts, day):
    """A day of questions in every space, where both accounts answer and others, too."""
    sides[0].clock.set(datetime(2026, 3, day, 9, tzinfo=UTC))
    for side in sides:
        round_ = await side.asks()
        for account in accounts:
            if account.side is side:
                await account.answers(round_)
        await side.answers(round_, f"Bob {side.space.adapter}", 0)
        await side.answers(round_, f"Cy {side.space.adapter}", 1)
        await close_round(side.app, round_.id)


async def link(one, other):
    code = re.search(r"/quiz link (\S+?)`", await one.says("/quiz link"))[1]
    assert "Is this you, too?" in await other.says(f"/quiz link {code}")
    await one.says("/quiz link confirm")
    assert "You are one player now" in await other.says("/quiz link confirm")


async def lives(sides, accounts, linked):
    """Half a month in which both accounts are named wherever somebody can be, and renamed twice."""
    here, there = accounts
    await plays(sides, accounts, 7)
    if linked:
        await link(here, there)
    here.name, there.name = HERE[1], THERE[1]
    await plays(sides, accounts, 8)
    sides[0].clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    for side in sides:
        await post_week(side.app, side.space.id)
    await here.insists("/quiz league season end")
    assert await season_of(sides[0])
    await host(sides[3]).insists("/quiz league leave")  # its posts and its archive go on naming them
    here.name, there.name = HERE[2], THERE[2]
    await plays(sides, accounts, 10)
    if linked == "parted":
        await there.says("/quiz unlink")
    for account in accounts:
        await ask_now(account.side.app, account.caller, private=True)
    await here.says("/quiz team create Owls")
    await here.says("/quiz league public on")
    await there.says("/quiz team draw 2 confirm")
    await there.says("/quiz league invite")
    await host(sides[2]).insists("/quiz league leave")


async def season_of(side):
    """Who is named in the archived first season of a space's league."""

    async def read(unit):
        space = await unit.spaces.get(side.space.id)
        return await unit.leagues.archived(space.league_id, 1)

    final = await side.app.storage.read(read)
    return [player.name for player in final.players] if final else []


async def delivered(app, web, slack):
    while await deliver(app, {"web": web, "slack": slack}, "worker"):
        pass


def spellings(word):
    """How a word may be written in a file."""
    written = {word, word.casefold(), literal(word)}
    written |= {json.dumps(one)[1:-1] for one in set(written)}
    return {one.encode() for one in written}


async def leftovers(app, words):
    """Which of these words are in the database: in any byte of SQLite's files, or any column of PostgreSQL."""
    wanted = {word: spellings(word) for word in words}
    held = await (_rows if make_url(app.settings.database_url).get_backend_name() == "postgresql" else _files)(app)
    return {word for word, written in wanted.items() for one in written for data in held if one in data}


async def _files(app):
    path = Path(str(make_url(app.settings.database_url).database))
    files = [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")]
    return [file.read_bytes() for file in files if file.exists()]


async def _rows(app):
    columns = sa.text(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
    )

    async def read(connection):
        held = []
        for table, column, kind in (await connection.execute(columns)).all():
            shown = f"""encode("{column}", 'escape')""" if kind == "bytea" else f'"{column}"::text'
            every = f'SELECT {shown} FROM "{table}" WHERE "{column}" IS NOT NULL'  # noqa: S608 - of the schema itself
            held += await connection.scalars(sa.text(every))
        return [one.encode() for one in held]

    return await app.storage.read_raw(read)


@pytest.mark.parametrize("linked", ["", "linked"])
async def test_whoever_is_forgotten_is_in_no_byte_under_any_name_they_ever_had(game, sides, accounts, linked):
    web, slack = FakeMessenger(), FakeMessenger()
    await lives(sides, accounts, linked)
    await delivered(game.app, web, slack)
    before = [*web.shown.values(), *slack.shown.values()]
    told = "\n".join(plain(post.view) + (post.view.image.alt if post.view.image else "") for post in before)
    assert {name for name in (*HERE, *THERE) if name in told} >= {HERE[0], HERE[1]}, "else there is nothing to forget"
    await game.app.storage.wipe()
    assert await leftovers(game.app, (*HERE, *ACCOUNTS)) == {*HERE, *ACCOUNTS}, "the search finds what is there"
    for account in accounts:
        assert "Done" in await account.insists("/quiz privacy delete")
    await delivered(game.app, web, slack)
    assert await leftovers(game.app, (*HERE, *THERE, *ACCOUNTS)) == set()
    shown = [*web.shown.values(), *slack.shown.values()]
    told = "\n".join(plain(post.view) + (post.view.image.alt if post.view.image else "") for post in shown)
    assert [name for name in (*HERE, *THERE) if name in told] == []
    assert {"Bob web", "Cy slack"} == {name for name in ("Bob web", "Cy slack") if name in told}
    assert await leftovers(game.app, ("Bob web", "Cy slack")) == {"Bob web", "Cy slack"}
    await game.agrees()
    for account in accounts:
        assert await account.insists("/quiz privacy delete") == "Nothing was stored about you."


@pytest.mark.parametrize("linked", ["linked", "parted"])
async def test_an_account_is_forgotten_under_every_name_while_the_one_it_was_linked_with_stays(
    game, sides, accounts, linked
):
    """Of what named both while they were one player, nobody can tell which of them was meant: names tell."""
    here, there = accounts
    await lives(sides, accounts, linked)
    assert "Done" in await there.insists("/quiz privacy delete")
    assert await leftovers(game.app, (*HERE[2:], *THERE, *ACCOUNTS)) == {HERE[2], ACCOUNTS[0]}
    await game.agrees()
    assert "Done" in await here.insists("/quiz privacy delete")
    assert await leftovers(game.app, (*HERE, *THERE, *ACCOUNTS)) == set()


async def test_a_space_that_left_the_league_before_names_nobody_who_is_forgotten(game, sides, accounts):
    here, there = accounts

    async def told():
        posts = await game.app.storage.read(lambda unit: unit.outbox.recent(sides[3].space.id, "study", 200))
        texts = "\n".join(plain(post.view) for post in posts)
        return {name for name in (*HERE, *THERE) if name in texts}

    await lives(sides, accounts, "")
    spaces = [await game.app.storage.read(lambda unit, s=side: unit.spaces.get(s.space.id)) for side in sides]
    assert spaces[3].league_id != spaces[0].league_id
    assert {HERE[1], THERE[1]} <= await told(), "else there is nothing to forget"
    await here.insists("/quiz privacy delete")
    assert set() < await told() <= set(THERE)
    await there.insists("/quiz privacy delete")
    assert await told() == set()


@pytest.mark.both_databases
async def test_the_audit_goes_on_telling_what_was_done_and_not_by_whom(game, sides, accounts):
    """Everybody stands in it by a number, in the room, too, where the account's id is a name."""
    here, there = accounts

    async def entries():
        return await game.app.storage.read_raw(_audited)

    await lives(sides, accounts, "linked")
    number = await game.app.storage.read(lambda unit: unit.people.player(here.member))
    before = await entries()
    assert {f"player {number}"} <= {entry.actor for entry in before}
    assert {entry.actor.split()[0] for entry in before} == {"bot", "player"}
    for account in (there, here):
        assert "Done" in await account.insists("/quiz privacy delete")
    after = await entries()
    assert after[: len(before)] == before, "nothing of it had to be changed"
    told = "\n".join(" ".join((entry.actor, entry.action, entry.subject, entry.details)) for entry in after)
    assert [word for word in (*HERE, *THERE, *ACCOUNTS) if word.casefold() in told.casefold()] == []


async def _audited(connection):
    return (await connection.execute(sa.select(t.audit).order_by(t.audit.c.id))).all()


async def test_what_stays_is_said_before_one_of_several_accounts_is_deleted(game, sides, accounts):
    here, there = accounts
    await plays(sides, accounts, 5)
    await link(here, there)
    told = await here.says("/quiz privacy delete")
    for said in ("for good", f"{literal(there.name)} in T1 group"):
        assert said in told
    assert "Done" not in told
    assert await leftovers(game.app, [ACCOUNTS[0]]), "nothing is deleted yet"
    assert "Your other accounts stay" in await here.insists("/quiz privacy delete")
    assert await leftovers(game.app, [ACCOUNTS[0]]) == set()
    assert "Done: your answers" in await there.insists("/quiz privacy delete"), "of a single account nothing stays"


async def test_of_all_accounts_at_once_nothing_stays(game, sides):
    here, there = Account(sides[0], "ada", "Ada"), Account(sides[2], "ada", "Ada")
    await plays(sides, (here, there), 5)
    await link(here, there)
    assert "Done: your answers" in await deleted_in_private(game, "ada")


async def test_posts_go_on_naming_the_account_that_stays(game, sides, accounts):
    here, there = accounts
    await plays(sides, accounts, 5)
    await link(there, here)
    await plays(sides, (there, here), 6)  # here last: so the player is called
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    await here.insists("/quiz league season end")
    assert here.name in await season_of(game)
    await there.insists("/quiz privacy delete")
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 2))
    assert [here.name in plain(post.view) for post in posts] == [True, True]
    assert here.name in await season_of(game)


async def test_whoever_asked_in_private_and_never_answered_is_forgotten_too(game, accounts):
    here, _there = accounts
    await ask_now(game.app, here.caller, private=True)
    await game.app.storage.wipe()
    assert await leftovers(game.app, [ACCOUNTS[0]])
    assert "Done" in await deleted_in_private(game, ACCOUNTS[0])
    assert await leftovers(game.app, [ACCOUNTS[0], HERE[0]]) == set()


async def test_a_name_that_two_people_share_stays_where_it_is_the_others(game, sides, accounts):
    namesake = Account(sides[0], "account-1", HERE[0])
    await plays(sides, (accounts[0], namesake), 5)
    game.clock.set(datetime(2026, 3, 9, 8, tzinfo=UTC))
    await post_week(game.app, game.space.id)
    await accounts[0].insists("/quiz privacy delete")
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(game.space.id, "study", 9))
    assert [[name for _spot, name in spots_with_names(post.view)].count(HERE[0]) for post in posts] == [0, 2, 1]
    await namesake.insists("/quiz privacy delete")
    assert await leftovers(game.app, [HERE[0]]) == set()


async def test_people_of_a_space_that_is_forgotten_are_named_nowhere_else(game, sides, accounts):
    await lives(sides, accounts, "")
    await depart(game.app, "slack", "T1")
    game.clock.advance(days=40)
    await forget_departed(game.app, timedelta(days=30))
    await game.app.storage.wipe()
    assert await leftovers(game.app, (*HERE, *THERE, *ACCOUNTS)) == {*HERE, ACCOUNTS[0]}
    assert await leftovers(game.app, ("Bob slack", "Bob web")) == {"Bob web"}
    await game.agrees()


@pytest.mark.both_databases
async def test_everybody_whom_a_post_names_is_kept_beside_it(game, sides, accounts):
    await lives(sides, accounts, "linked")

    async def read(connection):
        names = set(await connection.scalars(sa.select(t.members.c.name))) | {*HERE, *THERE}
        kept = sa.select(t.post_names.c.post_key, t.post_names.c.part, t.post_names.c.line)
        return names, set(map(tuple, await connection.execute(kept)))

    names, kept = await game.app.storage.read_raw(read)
    written = {literal(name) for name in names}
    for side in sides:
        for post in await game.app.storage.read(lambda unit, p=side: unit.outbox.recent(p.space.id, "study", 200)):
            spots = dict(spots_with_names(post.view))
            told = {name for name in written if name in "\n".join(_texts(post.view))}
            assert told <= set(spots.values()), "a name stands where it isn't looked for"
            named = {(post.key, spot.part, spot.line) for spot, name in spots.items() if name in written}
            assert named <= kept


def _texts(view):
    yield from (view.title, view.text, view.footer, view.image.alt if view.image else "")
    yield from (section.text for section in view.sections)
    yield from (cell for row in (view.table.rows if view.table else ()) for cell in row)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
async def test_whoever_is_forgotten_while_a_message_that_names_them_is_written_is_not_in_it(game, accounts):
    """In SQLite one transaction writes after the other anyway."""
    here, _there = accounts
    await here.answers(await game.asks())
    player = await game.app.storage.read(lambda unit: unit.people.player(here.member))
    found = []

    async def tell(unit):
        found.append(await unit.people.players([player]))
        if len(found) == 1:
            assert "Done" in await here.insists("/quiz privacy delete")
        names = tuple(one.name for one in found[-1])
        rows = tuple(("1", name) for name in names)
        table = Table(columns=("Place", "Name"), rows=rows, players=(player,) * len(names))
        view = MessageView(title="Board", table=table)
        await unit.outbox.put(
            Post(key="t1", space_id=game.space.id, channel="study", view=view, posted_at=game.clock.now())
        )

    await game.app.storage.write(tell)
    assert [len(players) for players in found] == [1, 0]
    assert await leftovers(game.app, [HERE[0]]) == set()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_while_somebody_reads_the_log_it_is_emptied_later(game, accounts):
    here, _there = accounts
    await here.answers(await game.asks())
    with closing(sqlite3.connect(make_url(game.app.settings.database_url).database)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT name FROM players").fetchall()
        assert "Done" in await here.insists("/quiz privacy delete")
        assert await leftovers(game.app, [HERE[0]]) == {HERE[0]}
    await Runner(game.app, {}, worker="w", grace=timedelta(hours=1)).tick()
    assert await leftovers(game.app, [HERE[0]]) == set()
