"""Know seasons and what a league agrees on, richer series, and questions that several places share."""

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CAP = 50 * 72_072  # the daily cap when this was written, in parts of a point


def upgrade() -> None:
    """Add what series, leagues and teams need."""
    _keep_seasons()
    _extend_leagues_and_spaces()
    _extend_series_and_rounds()
    _extend_people()
    _keep_codes_and_requests()
    _say_what_on_demand_answers_count()


def _keep_seasons() -> None:
    op.create_table(
        "seasons",
        sa.Column("league_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("archive", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_seasons_league_id")),
        sa.PrimaryKeyConstraint("league_id", "number", name=op.f("pk_seasons")),
    )
    op.execute("INSERT INTO seasons (league_id, number, name, starts_on) SELECT id, season, '', 0 FROM leagues")


def _extend_leagues_and_spaces() -> None:
    op.drop_column("leagues", "season")
    op.add_column("leagues", _new("min_account_days", sa.Integer(), "0"))
    op.add_column("leagues", _new("min_join_days", sa.Integer(), "0"))
    op.add_column("leagues", _new("team_race_on_demand", sa.Boolean(), sa.true()))
    op.add_column("leagues", _new("weekly_day", sa.Integer(), "0"))
    op.add_column("leagues", _new("weekly_time", sa.Text(), "09:00"))
    op.add_column("leagues", _new("card_theme", sa.Text(), "light"))
    op.add_column("leagues", sa.Column("public_key", sa.Text(), nullable=True))
    op.create_index(op.f("ix_leagues_public_key"), "leagues", ["public_key"], unique=True)
    op.add_column("spaces", sa.Column("weekly_channel", sa.Text(), nullable=True))
    op.add_column("spaces", sa.Column("weekly_next_at", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_spaces_weekly_next_at"), "spaces", ["weekly_next_at"], unique=False)


def _extend_series_and_rounds() -> None:
    op.create_table(
        "shared_questions",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("league_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Integer(), nullable=False),
        sa.Column("question_id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_shared_questions_league_id")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_shared_questions_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_questions")),
        sa.UniqueConstraint("league_id", "name", "due_on", name=op.f("uq_shared_questions_league_id_name_due_on")),
    )
    op.add_column("series", sa.Column("name", sa.Text(), nullable=True))
    op.add_column("series", _new("every", sa.Integer(), "1"))
    op.add_column("series", sa.Column("anchor", sa.Integer(), nullable=True))
    op.add_column("series", _new("holidays", sa.JSON(), "[]"))
    op.add_column("series", _new("weights", sa.JSON(), "{}"))
    op.add_column("series", sa.Column("difficulty", sa.Text(), nullable=True))
    op.add_column("series", _new("thread", sa.Boolean(), sa.false()))
    op.add_column("series", sa.Column("together", sa.Text(), nullable=True))
    _refer("rounds", "shared_id", "shared_questions")
    op.create_index(op.f("ix_rounds_shared_id"), "rounds", ["shared_id"], unique=False)
    _refer("questions", "after_id", "questions")


def _extend_people() -> None:
    op.add_column("players", _new("races", sa.Boolean(), sa.true()))
    op.add_column("team_members", _new("since", sa.Integer(), "0"))


def _keep_codes_and_requests() -> None:
    op.create_table(
        "codes",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_codes")),
    )
    op.create_table(
        "league_requests",
        sa.Column("space_id", _ID, nullable=False),
        sa.Column("league_id", _ID, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["league_id"], ["leagues.id"], name=op.f("fk_league_requests_league_id")),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"], name=op.f("fk_league_requests_space_id")),
        sa.PrimaryKeyConstraint("space_id", name=op.f("pk_league_requests")),
    )
    op.create_index(op.f("ix_league_requests_league_id"), "league_requests", ["league_id"], unique=False)


def _new(name: str, kind: sa.types.TypeEngine[Any], default: str | sa.ColumnElement[bool]) -> sa.Column[Any]:
    """A column for tables that hold rows already."""
    return sa.Column(name, kind, nullable=False, server_default=default)


def _refer(table: str, column: str, target: str) -> None:
    """A column that refers to another table; SQLite takes it only so, or with a copy of the whole table."""
    kind = _ID.compile(op.get_bind().dialect)
    name = op.f(f"fk_{table}_{column}")
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES {target} (id)")


def _say_what_on_demand_answers_count() -> None:
    """Keep with every longer period, too, how many of its points come from on-demand answers."""
    connection = op.get_bind()
    days = connection.execute(
        sa.text(
            "SELECT league_id, player_id, period, on_demand FROM totals "
            "WHERE on_demand > 0 AND period LIKE '____-__-__'"
        )
    )
    sums: dict[tuple[int, int, str], int] = defaultdict(int)
    for league_id, player_id, name, on_demand in days:
        day = date.fromisoformat(name)
        year, week, _ = day.isocalendar()
        for period in (f"{year}-W{week:02}", name[:7], "all"):
            sums[league_id, player_id, period] += min(_CAP, on_demand)
    numbers = dict(connection.execute(sa.text("SELECT league_id, number FROM seasons")).tuples().all())
    sums |= {
        (league_id, player_id, f"season-{numbers[league_id]}"): points
        for (league_id, player_id, period), points in sums.items()
        if period == "all"
    }
    rows = [
        {"league": league_id, "player": player_id, "period": period, "points": points}
        for (league_id, player_id, period), points in sums.items()
    ]
    if rows:
        connection.execute(
            sa.text(
                "UPDATE totals SET on_demand = :points "
                "WHERE league_id = :league AND player_id = :player AND period = :period"
            ),
            rows,
        )
