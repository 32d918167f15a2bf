"""The tables. Migrations in ``migrations/`` make them; a test holds the two against each other."""

import sqlalchemy as sa

from bot.storage.types import Day, Instant

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes an "INTEGER PRIMARY KEY" the row's own place; any other type costs an index beside it.
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id(name: str = "id") -> sa.Column[int]:
    """A primary key that the program makes itself, never the database."""
    return sa.Column(name, _ID, primary_key=True, autoincrement=False)


leagues = sa.Table(
    "leagues",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("min_account_days", sa.Integer, nullable=False),
    sa.Column("min_join_days", sa.Integer, nullable=False),
    sa.Column("team_race_on_demand", sa.Boolean, nullable=False),
    sa.Column("weekly_day", sa.Integer, nullable=False),
    sa.Column("weekly_time", sa.Text, nullable=False),
    sa.Column("card_theme", sa.Text, nullable=False),
    sa.Column("public_key", sa.Text),
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
    sa.Column("archive", sa.JSON),  # how it ended: teams and players, as they were shown
)

season_names = sa.Table(
    "season_names",
    metadata,
    sa.Column("league_id", _ID, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),  # of the archive's players, counted from 0
    sa.Column("player_id", sa.ForeignKey("players.id"), nullable=False, index=True),
    sa.ForeignKeyConstraint(["league_id", "number"], ["seasons.league_id", "seasons.number"]),
    sa.Index("ix_season_names_season", "league_id", "number"),
)

spaces = sa.Table(
    "spaces",
    metadata,
    _id(),
    sa.Column("adapter", sa.Text, nullable=False),
    sa.Column("external_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("league_id", sa.ForeignKey("leagues.id"), nullable=False, index=True),
    sa.Column("left_at", Instant),
    sa.Column("weekly_channel", sa.Text),  # None: that of its oldest running series
    sa.Column("weekly_next_at", Instant, index=True),
    sa.Column("had_host", sa.Boolean, nullable=False, server_default=sa.false()),  # where no platform says who is
    sa.UniqueConstraint("adapter", "external_id"),
)

former_leagues = sa.Table(
    "former_leagues",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("league_id", _ID, primary_key=True),  # it may be deleted: nobody was left in it
    sa.Index("ix_former_leagues_league_id", "league_id"),
)

# Channels in which the bot couldn't post, once a space's hosts were told so.
closed_channels = sa.Table(
    "closed_channels",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
)

league_requests = sa.Table(
    "league_requests",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("league_id", sa.ForeignKey("leagues.id"), nullable=False, index=True),
    sa.Column("asked_at", Instant, nullable=False),
)

codes = sa.Table(
    "codes",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),  # of the code: nobody who reads the database can use it
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("subject", _ID, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)

# Wishes to be one player, by the players on both sides; one of them may be gone before it is answered.
link_wishes = sa.Table(
    "link_wishes",
    metadata,
    sa.Column("asking", _ID, primary_key=True, autoincrement=False),
    sa.Column("asked", _ID, nullable=False, unique=True),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("asking_agrees", sa.Boolean, nullable=False),
    sa.Column("asked_agrees", sa.Boolean, nullable=False),
)

players = sa.Table(
    "players",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("races", sa.Boolean, nullable=False, server_default=sa.true()),  # may be named among the fastest
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("external_id", sa.Text, primary_key=True),
    sa.Column("player_id", sa.ForeignKey("players.id"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("is_host", sa.Boolean, nullable=False, server_default=sa.false()),  # where no platform says who is
    sa.Column("session_epoch", sa.Integer, nullable=False, server_default="0"),  # sessions of earlier ones are over
    sa.Column("removed_at", Instant),
)

# Linking and separating accounts give an account another player. A session remembers the one that its account joined
# as, which may be gone by now: these rows lead from there to the player of today.
later_players = sa.Table(
    "later_players",
    metadata,
    sa.Column("player_id", _ID, primary_key=True),
    sa.Column("later_id", _ID, primary_key=True),
    sa.Index("ix_later_players_later_id", "later_id"),
)

teams = sa.Table(
    "teams",
    metadata,
    _id(),
    sa.Column("league_id", sa.ForeignKey("leagues.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded_name", sa.Text, nullable=False),
    sa.Column("brought_by", sa.ForeignKey("spaces.id"), index=True),  # the space that it came into the league with
    sa.Column("own_name", sa.Text),  # before it came, where its name was taken in the league
    sa.UniqueConstraint("league_id", "folded_name"),
)

team_members = sa.Table(
    "team_members",
    metadata,
    sa.Column("league_id", sa.ForeignKey("leagues.id"), primary_key=True),
    sa.Column("player_id", sa.ForeignKey("players.id"), primary_key=True),
    sa.Column("team_id", sa.ForeignKey("teams.id"), nullable=False, index=True),
    sa.Column("since", Day, nullable=False),  # the Monday of the week in which they came
)

team_groups = sa.Table(
    "team_groups",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("external_id", sa.Text, primary_key=True),
    sa.Column("team_id", sa.ForeignKey("teams.id"), nullable=False, index=True),
)

banks = sa.Table(
    "banks",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded_name", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("space_id", sa.ForeignKey("spaces.id")),  # None: it is the operator's, and open to every space
    sa.Column("starter", sa.Boolean, nullable=False),
    sa.Column("notes", sa.JSON, nullable=False),
    sa.Column("findings", sa.JSON, nullable=False),
    # A name is unique among the banks of a space, and among the operator's; NULLs never equal each other.
    sa.Index("ix_banks_of_a_space", "space_id", "folded_name", unique=True),
    sa.Index(
        "ix_banks_of_the_operator",
        "folded_name",
        unique=True,
        sqlite_where=sa.text("space_id IS NULL"),
        postgresql_where=sa.text("space_id IS NULL"),
    ),
)

questions = sa.Table(
    "questions",
    metadata,
    _id(),
    sa.Column("bank_id", sa.ForeignKey("banks.id"), nullable=False, index=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("source_id", sa.Text),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    # Of the current revision, so that drawing a question is one query:
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("topic", sa.Text),
    sa.Column("difficulty", sa.Text),
    sa.Column("after_id", sa.ForeignKey("questions.id")),  # it is asked only once that one was
)

images = sa.Table(
    "images",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("question_id", sa.ForeignKey("questions.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("stem", sa.Text, nullable=False),
    sa.Column("choices", sa.JSON, nullable=False),
    sa.Column("key", _ID, nullable=False),
    sa.Column("selects", sa.Integer),  # None: all that apply
    sa.Column("explanation", sa.Text, nullable=False),
    sa.Column("section", sa.Text),
    sa.Column("topic", sa.Text),
    sa.Column("difficulty", sa.Text),
    sa.Column("tags", sa.JSON, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("findings", sa.JSON, nullable=False),
    sa.Column("source_key", _ID),  # where a person corrected the key: what the source says
    sa.Column("image", sa.ForeignKey("images.digest"), index=True),
    sa.Column("image_alt", sa.Text),
)

series = sa.Table(
    "series",
    metadata,
    _id(),
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
    sa.Column("anchor", Day),  # a date on which it asks, where it does so every few days
    sa.Column("holidays", sa.JSON, nullable=False),
    sa.Column("weights", sa.JSON, nullable=False),  # by topic
    sa.Column("difficulty", sa.Text),
    sa.Column("thread", sa.Boolean, nullable=False),
    sa.Column("together", sa.Text),
    sa.Column("supply", sa.Text, nullable=False),
)

shared_questions = sa.Table(
    "shared_questions",
    metadata,
    _id(),
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
    _id(),
    sa.Column("space_id", sa.ForeignKey("spaces.id"), nullable=False),
    sa.Column("league_id", sa.ForeignKey("leagues.id"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("question_id", sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("key", _ID, nullable=False),
    sa.Column("selects", sa.Integer),  # None: all that apply
    sa.Column("shown_order", sa.JSON, nullable=False),
    sa.Column("reveal", sa.Text, nullable=False),
    sa.Column("answer_with", sa.Text, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("closes_at", Instant),
    sa.Column("closed_at", Instant),
    sa.Column("series_id", sa.ForeignKey("series.id")),
    sa.Column("due_on", Day),
    sa.Column("private_to", sa.Text),
    sa.Column("shared_id", sa.ForeignKey("shared_questions.id"), index=True),
    sa.UniqueConstraint("series_id", "due_on"),
    # Drawing asks when a space was last asked each question, which others may have been asked ten thousand times.
    sa.Index("ix_rounds_asked", "question_id", "space_id", "opened_at"),
    sa.Index("ix_rounds_league", "league_id", "opened_at"),  # a week's few, of millions that all leagues have
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
    sa.Column("choices", _ID, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("event_id", sa.Text, nullable=False),
    sa.Column("account", sa.Text),  # which of the player's accounts in the round's space; older answers don't say
    # What it counts: where, on which local day of the league, and how much (None: not yet, or not at all).
    sa.Column("league_id", _ID, nullable=False),
    sa.Column("day", Day, nullable=False),
    sa.Column("on_demand", sa.Boolean, nullable=False),
    sa.Column("points", _ID),
    sa.Column("correct", sa.Boolean),
    sa.Index("ix_answers_player_id", "player_id"),
    sqlite_with_rowid=False,
)

totals = sa.Table(
    "totals",
    metadata,
    sa.Column("league_id", _ID, primary_key=True),
    sa.Column("period", sa.Text, primary_key=True),
    sa.Column("player_id", _ID, primary_key=True),
    sa.Column("points", _ID, nullable=False),
    sa.Column("correct", sa.Integer, nullable=False),
    sa.Column("answered", sa.Integer, nullable=False),
    # Points of on-demand answers: on the rows of single days before the daily cap, else those that count.
    sa.Column("on_demand", _ID, nullable=False),
    sa.Index("ix_totals_rank", "league_id", "period", "points"),
    sqlite_with_rowid=False,
)

posts = sa.Table(
    "posts",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("sequence", _ID, nullable=False),  # the order in which they were first asked for
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("space_id", sa.ForeignKey("spaces.id"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("view", sa.JSON, nullable=False),
    sa.Column("image", sa.Text),  # the digest of the picture that the view shows
    sa.Column("posted_at", Instant, nullable=False),
    sa.Column("round_id", sa.ForeignKey("rounds.id")),
    sa.Column("reply_to", sa.Text),
    sa.Column("private_to", sa.Text),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("message_ref", sa.Text),
    sa.Column("waiting", sa.Boolean, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("claimed_by", sa.Text),
    sa.Column("problem", sa.Text),
    sa.Index(
        "ix_posts_waiting",
        "waiting",  # with "= 1" below, for SQLite: it would else read every post there ever was
        "not_before",
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting"),
    ),
    sa.Index("ix_posts_transcript", "space_id", "channel", "sequence"),
    sa.Index("ix_posts_message", "space_id", "channel", "message_ref"),
)

# Who is named where in a message. Several players at one spot: accounts that were linked have parted since, and either
# may be meant. None: somebody who can't be told any more, in messages from before there was this table.
post_names = sa.Table(
    "post_names",
    metadata,
    sa.Column("post_key", sa.ForeignKey("posts.key"), nullable=False, index=True),
    sa.Column("part", sa.Integer, nullable=False),  # the section, counted from 0; -1: the table
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("player_id", sa.ForeignKey("players.id"), index=True),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", _ID, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    sa.Column("details", sa.Text, nullable=False),
)
