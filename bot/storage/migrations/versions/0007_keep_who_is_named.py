"""Keep who is named in messages and archived seasons, and no account in the audit.

Messages of before tell names and not whose they are. A name that exactly one player of the places that share a league,
or did, has or had in an archived season is that player's; any other is kept as somebody's of whom nobody knows who.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLE = -1
_TEAM = "Team"
_AT_ONCE = 1_000
_LINE = re.compile(r"- ((?:\\.|[^\\:])*):")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MOVED = re.compile(r"league (\d+)")
_ADAPTERS = {"web", "discord", "slack"}

_posts = sa.table("posts", *map(sa.column, ("key", "space_id", "round_id", "reply_to")), sa.column("view", sa.JSON))
_spaces = sa.table("spaces", *map(sa.column, ("id", "adapter", "league_id")))
_members = sa.table("members", *map(sa.column, ("space_id", "external_id", "player_id", "name")))
_players = sa.table("players", *map(sa.column, ("id", "name")))
_seasons = sa.table("seasons", *map(sa.column, ("league_id", "number")), sa.column("archive", sa.JSON))
_audit = sa.table("audit", *map(sa.column, ("id", "actor", "action", "subject", "details")))


def upgrade() -> None:
    """Make the tables, and fill them from what there is."""
    post_names = op.create_table(
        "post_names",
        sa.Column("post_key", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("player_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(["post_key"], ["posts.key"], name=op.f("fk_post_names_post_key")),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_post_names_player_id")),
    )
    op.create_index(op.f("ix_post_names_post_key"), "post_names", ["post_key"], unique=False)
    op.create_index(op.f("ix_post_names_player_id"), "post_names", ["player_id"], unique=False)
    season_names = op.create_table(
        "season_names",
        sa.Column("league_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("player_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["league_id", "number"],
            ["seasons.league_id", "seasons.number"],
            name=op.f("fk_season_names_league_id"),
        ),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_season_names_player_id")),
    )
    op.create_index("ix_season_names_season", "season_names", ["league_id", "number"], unique=False)
    op.create_index(op.f("ix_season_names_player_id"), "season_names", ["player_id"], unique=False)
    circles = _circles()
    names = _names(circles)  # before archives lose the ids that tell whose they are
    _keep(season_names, _named_in_seasons())
    _keep(post_names, _named_in_posts(circles, names))
    _forget_accounts()


def _keep(table: sa.Table, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, _AT_ONCE)):
        op.get_bind().execute(sa.insert(table), some)


def _rows(query: sa.Select[Any]) -> list[sa.Row[Any]]:
    return list(op.get_bind().execute(query))


def _circles() -> dict[int, int]:
    """The leagues whose places share one, or ever did, each by the least of them."""
    least = {row.league_id: row.league_id for row in _rows(sa.select(_seasons.c.league_id))}
    least |= {row.league_id: row.league_id for row in _rows(sa.select(_spaces.c.league_id))}
    moves = _rows(sa.select(_audit.c.details).where(_audit.c.action == "moved into league"))
    for row in moves:
        leagues = [int(number) for number in _MOVED.findall(row.details)]
        found = {least.setdefault(league, league) for league in leagues}
        for league, its in least.items():
            if its in found:
                least[league] = min(found)
    return least


def _named_in_seasons() -> Iterator[dict[str, Any]]:
    known = _known()
    for row in _archives():
        archive = dict(row.archive)
        players = [player for player in archive["players"] if player["player_id"] in known]
        archive["players"] = [{k: v for k, v in player.items() if k != "player_id"} for player in players]
        this = _seasons.c.league_id == row.league_id, _seasons.c.number == row.number
        op.get_bind().execute(sa.update(_seasons).where(*this).values(archive=archive))
        for line, player in enumerate(players):
            yield {
                "league_id": row.league_id,
                "number": row.number,
                "line": line,
                "player_id": player["player_id"],
            }


def _known() -> set[int]:
    return {row.id for row in _rows(sa.select(_players.c.id))}


def _archives() -> list[sa.Row[Any]]:
    return [row for row in _rows(sa.select(_seasons)) if row.archive is not None]


def _names(circles: dict[int, int]) -> dict[int, dict[str, set[int]]]:
    """Whose a name may be, by circle; from archives, too, which tell names of before."""
    found: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    places = _spaces.join(_members, _members.c.space_id == _spaces.c.id)
    here = sa.select(_spaces.c.league_id, _members.c.player_id, _members.c.name, _players.c.name.label("called"))
    for row in _rows(here.select_from(places.join(_players, _players.c.id == _members.c.player_id))):
        for name in (row.name, row.called):
            found[circles[row.league_id]][name].add(row.player_id)
    known = _known()
    for season in _archives():
        for player in season.archive["players"]:
            if player["player_id"] in known:
                found[circles[season.league_id]][player["name"]].add(player["player_id"])
    return found


def _named_in_posts(circles: dict[int, int], names: dict[int, dict[str, set[int]]]) -> Iterator[dict[str, Any]]:
    circle_of = {row.id: circles[row.league_id] for row in _rows(sa.select(_spaces.c.id, _spaces.c.league_id))}
    for post in _results_and_cards():
        whose = names[circle_of[post.space_id]]
        for part, line, name in _shown(post.view):
            players = whose.get(_ESCAPE.sub(r"\1", name), set())
            only = next(iter(players)) if len(players) == 1 else None
            yield {"post_key": post.key, "part": part, "line": line, "player_id": only}


def _results_and_cards() -> Iterator[sa.Row[Any]]:
    tells = sa.or_(_posts.c.reply_to.is_not(None), _posts.c.key.like("t%"))
    wanted = sa.select(_posts.c.key, _posts.c.space_id, _posts.c.view).where(tells).order_by(_posts.c.key)
    last = ""
    while rows := _rows(wanted.where(_posts.c.key > last).limit(_AT_ONCE)):
        yield from rows
        last = rows[-1].key


def _shown(view: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    """Where a message tells names, and the names as they are written there."""
    table = view.get("table")
    if table and table["columns"][1] != _TEAM:
        for line, row in enumerate(table["rows"]):
            yield _TABLE, line, row[1]
    for part, section in enumerate(view.get("sections") or ()):
        for line, text in enumerate(section["text"].split("\n")):
            if found := _LINE.match(text):
                yield part, line, found[1]


def _forget_accounts() -> None:
    """Let the audit tell people by their player's number: an account may be a name."""
    accounts: dict[str, list[sa.Row[Any]]] = defaultdict(list)
    places = _spaces.join(_members, _members.c.space_id == _spaces.c.id)
    everybody = sa.select(_spaces, _members.c.external_id, _members.c.player_id).select_from(places)
    for row in _rows(everybody.order_by(_members.c.player_id)):
        accounts[row.external_id] += [row]
    adapters = {row.adapter for row in _rows(sa.select(_spaces.c.adapter).distinct())} | _ADAPTERS
    for entry in _rows(sa.select(_audit)):
        adapter, _space, account = entry.actor.partition(" ")
        if account and adapter in adapters | {"member"}:
            found = [row for row in accounts[account] if adapter in {"member", row.adapter}]
            here = [row for row in found if entry.subject in {f"space {row.id}", f"league {row.league_id}"}]
            actor = f"player {(here or found)[0].player_id}" if found else "somebody"
            op.get_bind().execute(sa.update(_audit).where(_audit.c.id == entry.id).values(actor=actor))
