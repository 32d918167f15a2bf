"""People, their accounts and their teams."""

import sqlalchemy as sa

from bot.storage.tables.base import ID, id_column, metadata
from bot.storage.types import Day, Instant

codes = sa.Table(
    "codes",
    metadata,
    sa.Column(
        "digest", sa.Text, primary_key=True
    ),  # not the code itself, so that reading the database gives nobody a code to use
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("subject", ID, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)

# Wishes of two players to become one; either may be gone before the wish is answered.
link_wishes = sa.Table(
    "link_wishes",
    metadata,
    sa.Column("asking", ID, primary_key=True, autoincrement=False),
    sa.Column("asked", ID, nullable=False, unique=True),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("asking_agrees", sa.Boolean, nullable=False),
    sa.Column("asked_agrees", sa.Boolean, nullable=False),
)

players = sa.Table(
    "players",
    metadata,
    id_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column(
        "races", sa.Boolean, nullable=False, server_default=sa.true()
    ),  # whether they may be named among the fastest
)

members = sa.Table(
    "members",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("external_id", sa.Text, primary_key=True),
    sa.Column("player_id", sa.ForeignKey("players.id"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column(
        "session_epoch", sa.Integer, nullable=False, server_default="0"
    ),  # sessions with a lower number have ended
    sa.Column("removed_at", Instant),
    sa.Column("link_digest", sa.Text),  # of the member's sign-in link, not the link itself
    sa.Column("link_until", Instant),
    sa.Index("ix_members_link_digest", "link_digest", unique=True),
)

# What members want to be told in direct messages.
subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("refused", sa.Integer, nullable=False),  # direct messages in a row that the platform refused
    sa.Column("handled_on", Day),  # the last day on which they were told, or needn't be
)

# What members did for a space's questions, until its weekly post has thanked them for it.
thanks = sa.Table(
    "thanks",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("deed", sa.Text, primary_key=True),
    sa.Column("question_id", ID, primary_key=True),  # no foreign key: the question may be deleted meanwhile
    sa.Column("at", Instant, nullable=False),
)

# Recently deleted accounts: nothing that they did before the deletion is stored any more.
deletions = sa.Table(
    "deletions",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("digest", sa.Text, primary_key=True),  # of the account, not its id
    sa.Column("at", Instant, nullable=False, index=True),
)

# Linking or separating accounts gives an account another player. A session remembers the player at its sign-in, who may
# be gone by now: these rows lead from that player to the present one.
later_players = sa.Table(
    "later_players",
    metadata,
    sa.Column("player_id", ID, primary_key=True),
    sa.Column("later_id", ID, primary_key=True),
    sa.Index("ix_later_players_later_id", "later_id"),
)

teams = sa.Table(
    "teams",
    metadata,
    id_column(),
    sa.Column("league_id", sa.ForeignKey("leagues.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded_name", sa.Text, nullable=False),
    sa.Column("brought_by", sa.ForeignKey("spaces.id"), index=True),  # the space that brought it into the league
    sa.Column("own_name", sa.Text),  # its earlier name, if that was taken in the league
    sa.UniqueConstraint("league_id", "folded_name"),
)

team_members = sa.Table(
    "team_members",
    metadata,
    sa.Column("league_id", sa.ForeignKey("leagues.id"), primary_key=True),
    sa.Column("player_id", sa.ForeignKey("players.id"), primary_key=True),
    sa.Column("team_id", sa.ForeignKey("teams.id"), nullable=False, index=True),
    sa.Column("since", Day, nullable=False),  # the Monday of the week in which they joined
)

team_groups = sa.Table(
    "team_groups",
    metadata,
    sa.Column("space_id", sa.ForeignKey("spaces.id"), primary_key=True),
    sa.Column("external_id", sa.Text, primary_key=True),
    sa.Column("team_id", sa.ForeignKey("teams.id"), nullable=False, index=True),
)
