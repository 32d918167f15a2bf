"""Leagues and the spaces in them."""

import sqlalchemy as sa

from bot.storage.tables.base import ID, id_column, metadata
from bot.storage.types import Day, Instant

leagues = sa.Table(
    "leagues",
    metadata,
    id_column(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("min_account_days", sa.Integer, nullable=False),
    sa.Column("min_join_days", sa.Integer, nullable=False),
    sa.Column("team_race_on_demand", sa.Boolean, nullable=False),
    sa.Column("name_unanswered", sa.Boolean, nullable=False),
    sa.Column("streak_freeze", sa.Boolean, nullable=False),
    sa.Column("weekly_day", sa.Integer, nullable=False),
    sa.Column("weekly_time", sa.Text, nullable=False),
    sa.Column("card_theme", sa.Text, nullable=False),
    sa.Column("public_key", sa.Text),  # the secret of the public link: the column is older than the glossary
    sa.Index("ix_leagues_public_key", "public_key", unique=True),
)

seasons = sa.Table(
    "seasons",
    metadata,
    sa.Column("league_id", sa.ForeignKey("leagues.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("starts_on", Day, nullable=False),
    sa.Column("ends_on", Day),
    sa.Column("archived_at", Instant),
    sa.Column("archive", sa.JSON),  # the final standings of teams and players, as they were shown
)

season_names = sa.Table(
    "season_names",
    metadata,
    sa.Column("league_id", ID, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),  # the position in the archive's list of players
    sa.Column("player_id", sa.ForeignKey("players.id"), nullable=False, index=True),
    sa.ForeignKeyConstraint(["league_id", "number"], ["seasons.league_id", "seasons.number"]),
    sa.Index("ix_season_names_season", "league_id", "number"),
)

spaces = sa.Table(
    "spaces",
    metadata,
    id_column(),
    sa.Column("adapter", sa.Text, nullable=False),
    sa.Column("external_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("league_id", sa.ForeignKey("leagues.id"), nullable=False, index=True),
    sa.Column("left_at", Instant),
    sa.Column("weekly_channel", sa.Text),  # None: the channel of its oldest running series
    sa.Column("weekly_next_at", Instant, index=True),
    sa.Column(
        "had_host", sa.Boolean, nullable=False, server_default=sa.false()
    ),  # used where the platform doesn't say who its hosts are
    sa.Column("class_code", sa.Text),  # what people must type to join, where the platform doesn't decide who joins
    sa.Column("class_code_until", Instant),
    sa.Column("quick_allowed", sa.Text, nullable=False, server_default="everywhere"),
    sa.Column("quick_channel", sa.Text),
    sa.Column("language", sa.Text, nullable=False, server_default="en"),
    sa.Column("digest_week", Day),  # the Monday of the week that people still have to be told about; NULL: none
    sa.UniqueConstraint("adapter", "external_id"),
    sa.Index(
        "ix_spaces_digest",
        "digest_week",
        sqlite_where=sa.text("digest_week IS NOT NULL"),
        postgresql_where=sa.text("digest_week IS NOT NULL"),
    ),
)

former_leagues = sa.Table(
    "former_leagues",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("league_id", ID, primary_key=True),  # no foreign key: a league without spaces is deleted
    sa.Index("ix_former_leagues_league_id", "league_id"),
)

# Channels in which the bot couldn't post, and about which the space's hosts have been told.
closed_channels = sa.Table(
    "closed_channels",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
)

# The host of a space who set the bot up there last.
in_charge = sa.Table(
    "in_charge",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
)

# Whoever was made host in a space: an account or, where that is empty, a group of the platform.
hosts = sa.Table(
    "hosts",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),  # empty: everywhere in the space
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("group_id", sa.Text, primary_key=True),
    sa.Column("since", Instant, nullable=False),
)

league_requests = sa.Table(
    "league_requests",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("league_id", sa.ForeignKey("leagues.id"), nullable=False, index=True),
    sa.Column("asked_at", Instant, nullable=False),
)
