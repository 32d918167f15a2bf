"""Keep in columns and tables what the program read out of audit entries, keys of messages and JSON.

What it goes by is what it would have read: entries about spaces, series and teams that are gone say nothing more.
"""

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LEAGUE = re.compile(r"league (\d+)")
_SUPPLIES = {"enough questions": "enough", "questions run low": "low", "questions used up": "used up"}
_LATER = ("accounts linked", "account separated")

_audit = sa.table("audit", *map(sa.column, ("id", "action", "subject", "details")))
_spaces = sa.table("spaces", *map(sa.column, ("id", "adapter", "name", "league_id")))
_teams = sa.table("teams", *map(sa.column, ("id", "name", "brought_by", "own_name")))
_series = sa.table("series", *map(sa.column, ("id", "supply")))
_players = sa.table("players", sa.column("id"))
_posts = sa.table("posts", *map(sa.column, ("key", "kind", "image")), sa.column("view", sa.JSON))


def upgrade() -> None:
    """Make the tables and columns, and fill them from what there is."""
    _keep_moves()
    _keep_closed_channels()
    _keep_later_players()
    _keep_supplies()
    _keep_kinds_of_posts()


def _keep_moves() -> None:
    former_leagues = _of_a_space("former_leagues", sa.Column("league_id", _ID, nullable=False))
    op.create_index("ix_former_leagues_league_id", "former_leagues", ["league_id"], unique=False)
    _refer("teams", "brought_by", "spaces")
    op.create_index(op.f("ix_teams_brought_by"), "teams", ["brought_by"], unique=False)
    op.add_column("teams", sa.Column("own_name", sa.Text(), nullable=True))
    spaces = {row.id: row for row in op.get_bind().execute(sa.select(_spaces))}
    were_in: dict[tuple[int, int], None] = {}
    brought: dict[int, list[int]] = {}
    for space_id, details in _entries("space", "moved into league"):
        if space_id in spaces:
            leagues, _colon, teams = details.partition(":")
            numbers = map(int, _LEAGUE.findall(leagues))
            were_in |= dict.fromkeys((space_id, number) for number in numbers if number != spaces[space_id].league_id)
            brought[space_id] = [int(number) for number in re.findall(r"\d+", teams)]  # the last move alone counts
    _insert(former_leagues, [{"space_id": space_id, "league_id": league_id} for space_id, league_id in were_in])
    for space_id, team_ids in brought.items():
        for team_id in team_ids:
            _bring(team_id, spaces[space_id])


def _bring(team_id: int, space: sa.Row[Any]) -> None:
    """Keep that a team came with a space, and its name from before the space's was put behind it."""
    this = _teams.c.id == team_id
    name = op.get_bind().scalar(sa.select(_teams.c.name).where(this))
    if name is not None:
        short = name.removesuffix(f" ({space.name})")
        values = {"brought_by": space.id, "own_name": None if short == name else short}
        op.get_bind().execute(sa.update(_teams).where(this).values(values))


def _keep_closed_channels() -> None:
    closed_channels = _of_a_space("closed_channels", sa.Column("channel", sa.Text(), nullable=False))
    known = set(op.get_bind().scalars(sa.select(_spaces.c.id)))
    entries = ((space_id, details.partition(": ")[0]) for space_id, details in _entries("space", "channel parked"))
    closed = dict.fromkeys((space_id, channel) for space_id, channel in entries if space_id in known)
    _insert(closed_channels, [{"space_id": space_id, "channel": channel} for space_id, channel in closed])


def _keep_later_players() -> None:
    later_players = op.create_table(
        "later_players",
        sa.Column("player_id", _ID, autoincrement=False, nullable=False),
        sa.Column("later_id", _ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("player_id", "later_id", name=op.f("pk_later_players")),
    )
    op.create_index("ix_later_players_later_id", "later_players", ["later_id"], unique=False)
    steps = {(player_id, int(details)) for player_id, details in _entries("player", *_LATER)}
    lasting = set(op.get_bind().scalars(sa.select(_players.c.id)))  # with those from whom steps lead to somebody here
    while found := {player_id for player_id, later_id in steps if later_id in lasting} - lasting:
        lasting |= found
    rows = [{"player_id": one, "later_id": later} for one, later in sorted(steps) if later in lasting]
    _insert(later_players, rows)


def _keep_supplies() -> None:
    op.add_column("series", sa.Column("supply", sa.Text(), nullable=False, server_default="enough"))
    for series_id, action in _actions("series", *_SUPPLIES):  # the last of them stays
        this = sa.update(_series).where(_series.c.id == series_id)
        op.get_bind().execute(this.values(supply=_SUPPLIES[action]))


def _keep_kinds_of_posts() -> None:
    op.add_column("posts", sa.Column("kind", sa.Text(), nullable=False, server_default="notice"))
    op.add_column("posts", sa.Column("image", sa.Text(), nullable=True))
    key = _posts.c.key
    kinds = sa.case(
        (key.like("q%"), "question"),
        (key.like("r%"), "result"),
        (key.like("t%s%"), "season"),
        (key.like("t%"), "week"),
        else_="notice",
    )
    digest = _posts.c.view["image"]["digest"].as_string()
    op.get_bind().execute(sa.update(_posts).values(kind=kinds, image=digest))


def _entries(subject: str, *actions: str) -> Iterator[tuple[int, str]]:
    """Whom audit entries of one kind are about, by number, and their details, oldest first."""
    for number, _action, details in _audited(subject, actions):
        yield number, details


def _actions(subject: str, *actions: str) -> Iterator[tuple[int, str]]:
    """Whom audit entries are about, by number, and which of some kinds each is, oldest first."""
    for number, action, _details in _audited(subject, actions):
        yield number, action


def _audited(subject: str, actions: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    columns = _audit.c
    wanted = sa.select(columns.subject, columns.action, columns.details).where(columns.action.in_(actions))
    for row in op.get_bind().execute(wanted.order_by(columns.id)).all():
        word, _space, number = row.subject.partition(" ")
        if word == subject:
            yield int(number), row.action, row.details


def _of_a_space(name: str, other: sa.Column[Any]) -> sa.Table:
    """A table of what a space has several of."""
    other.autoincrement = False
    return op.create_table(
        name,
        sa.Column("space_id", _ID, nullable=False),
        other,
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f(f"fk_{name}_space_id")),
        sa.PrimaryKeyConstraint("space_id", other.name, name=op.f(f"pk_{name}")),
    )


def _insert(table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.get_bind().execute(sa.insert(table), rows)


def _refer(table: str, column: str, target: str) -> None:
    """A column that refers to another table; SQLite takes it only so, or with a copy of the whole table."""
    kind = _ID.compile(op.get_bind().dialect)
    name = op.f(f"fk_{table}_{column}")
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES {target} (id)")
