"""Series, rounds, answers, and totals of answers."""

import sqlalchemy as sa

from bot.storage.tables.base import ID, id_column, metadata
from bot.storage.types import Day, Instant

series = sa.Table(
    "series",
    metadata,
    id_column(),
    sa.Column("space_id", sa.ForeignKey("spaces.id"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("local_time", sa.Text, nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("days", sa.Text, nullable=False),
    sa.Column("bank", sa.Text),
    sa.Column("topic", sa.Text),
    sa.Column("answer_with", sa.Text, nullable=False),
    sa.Column("reveal", sa.Text, nullable=False),
    sa.Column("close_after_s", sa.Integer),
    sa.Column("next_at", Instant, index=True),
    sa.Column("removed", sa.Boolean, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("every", sa.Integer, nullable=False),
    sa.Column("anchor", Day),  # one of the dates with a question, if it asks only every few days
    sa.Column("holidays", sa.JSON, nullable=False),
    sa.Column("weights", sa.JSON, nullable=False),  # each topic's share
    sa.Column("difficulty", sa.Text),
    sa.Column("thread", sa.Boolean, nullable=False),
    sa.Column("quiet", sa.Boolean, nullable=False),
    sa.Column("together", sa.Text),
    sa.Column("cards", sa.Boolean, nullable=False),
    sa.Column("supply", sa.Text, nullable=False),
    sa.Column("set_by", sa.Text),  # the account of the host who set it up
    sa.Column("mention", sa.Text),  # whom each question calls; NULL: nobody
)

nights = sa.Table(
    "nights",
    metadata,
    id_column(),
    sa.Column("space_id", sa.ForeignKey("spaces.id"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("seconds", sa.Integer, nullable=False),
    sa.Column("bank", sa.Text),
    sa.Column("topic", sa.Text),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("stops", sa.Boolean, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("speed", sa.Boolean, nullable=False),
    sa.Index(
        "ix_nights_going_on",  # one at a time in a channel
        "space_id",
        "channel",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
)

shared_questions = sa.Table(
    "shared_questions",
    metadata,
    id_column(),
    sa.Column("league_id", sa.ForeignKey("leagues.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("due_on", Day, nullable=False),
    sa.Column("question_id", sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.UniqueConstraint("league_id", "name", "due_on"),
)

rounds = sa.Table(
    "rounds",
    metadata,
    id_column(),
    sa.Column("space_id", sa.ForeignKey("spaces.id"), nullable=False),
    sa.Column("league_id", sa.ForeignKey("leagues.id"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("question_id", sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", ID, nullable=False),
    sa.Column("key_text", sa.Text),  # the key of a kind that is stored as a text; ``key`` is 0 beside it
    sa.Column("selects", sa.Integer),  # how many choices to pick; None: all that apply
    sa.Column("shown_order", sa.JSON, nullable=False),
    sa.Column("reveal", sa.Text, nullable=False),
    sa.Column("answer_with", sa.Text, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("closes_at", Instant),
    sa.Column("closed_at", Instant),
    sa.Column("series_id", sa.ForeignKey("series.id")),
    sa.Column("night_id", ID),
    sa.Column("due_on", Day),
    sa.Column("private_to", sa.Text),
    sa.Column("shared_id", sa.ForeignKey("shared_questions.id"), index=True),
    sa.Column("number", sa.Integer),  # its place among the questions of its series, counted from 1; NULL: unknown
    sa.Column("remind_at", Instant),  # when people who haven't answered are reminded; NULL: never, or done
    sa.Column("speed", sa.Boolean, nullable=False),
    sa.UniqueConstraint("series_id", "due_on"),
    sa.Index(
        "ix_rounds_night",
        "night_id",
        sqlite_where=sa.text("night_id IS NOT NULL"),
        postgresql_where=sa.text("night_id IS NOT NULL"),
    ),
    # Drawing looks up when a space was last asked a question that others may have been asked ten thousand times.
    sa.Index("ix_rounds_asked", "question_id", "space_id", "opened_at"),
    sa.Index(
        "ix_rounds_cards",  # finds a league's cards for its streaks, and nothing at once if it has none
        "league_id",
        "opened_at",
        sqlite_where=sa.text("kind = 'card'"),
        postgresql_where=sa.text("kind = 'card'"),
    ),
    sa.Index(
        "ix_rounds_series",  # finds the days on which a league was asked, for its streaks
        "league_id",
        "opened_at",
        sqlite_where=sa.text("series_id IS NOT NULL"),
        postgresql_where=sa.text("series_id IS NOT NULL"),
    ),
    sa.Index("ix_rounds_league", "league_id", "opened_at"),  # finds a league's few rounds of a week among millions
    # Finds a space's few latest rounds with typed answers, however many choices and statements there are.
    sa.Index(
        "ix_rounds_typed",
        "space_id",
        "id",
        sqlite_where=sa.text("key_text IS NOT NULL"),
        postgresql_where=sa.text("key_text IS NOT NULL"),
    ),
    sa.Index(
        "ix_rounds_remind",
        "remind_at",
        sqlite_where=sa.text("remind_at IS NOT NULL"),
        postgresql_where=sa.text("remind_at IS NOT NULL"),
    ),
    sa.Index(
        "ix_rounds_open",
        "closes_at",
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    ),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("round_id", sa.ForeignKey("rounds.id"), primary_key=True),
    sa.Column("player_id", sa.ForeignKey("players.id"), primary_key=True),
    sa.Column("choices", ID, nullable=False),
    sa.Column("typed", sa.Text),  # a response that is stored as a text; ``choices`` is 0 beside it
    sa.Column("at", Instant, nullable=False),
    sa.Column("event_id", sa.Text, nullable=False),
    sa.Column("account", sa.Text),  # the player's account that gave it; older answers don't say
    # The league and its local day where the answer counts, and for how much (points None: not yet, or never).
    sa.Column("league_id", ID, nullable=False),
    sa.Column("day", Day, nullable=False),
    sa.Column("on_demand", sa.Boolean, nullable=False),
    sa.Column("points", ID),
    sa.Column("correct", sa.Boolean),
    sa.Index("ix_answers_player_id", "player_id"),
    sqlite_with_rowid=False,
)

# Wrong answers that the hosts of a space don't want to be asked about again.
set_aside = sa.Table(
    "set_aside",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("question_id", sa.ForeignKey("questions.id"), primary_key=True, index=True),
    # A digest of the answer: it may stay when somebody is forgotten, but what they typed may not.
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("at", Instant, nullable=False),
)

totals = sa.Table(
    "totals",
    metadata,
    sa.Column("league_id", ID, primary_key=True),
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("player_id", ID, primary_key=True),
    sa.Column("points", ID, nullable=False),
    sa.Column("correct", sa.Integer, nullable=False),
    sa.Column("answered", sa.Integer, nullable=False),
    # Points of on-demand answers: before the daily cap in rows of single days, after it in all other rows.
    sa.Column("on_demand", ID, nullable=False),
    sa.Index("ix_totals_rank", "league_id", "period", "points"),
    sqlite_with_rowid=False,
)
