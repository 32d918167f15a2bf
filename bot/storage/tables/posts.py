"""The bot's posts, and the audit."""

import sqlalchemy as sa

from bot.storage.tables.base import ID, metadata
from bot.storage.types import Instant

posts = sa.Table(
    "posts",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("sequence", ID, nullable=False),  # the order in which posts were first put into the outbox
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("space_id", sa.ForeignKey("spaces.id"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("view", sa.JSON, nullable=False),
    sa.Column("image", sa.Text),  # the digest of the picture that the view shows
    sa.Column("posted_at", Instant, nullable=False),
    sa.Column("round_id", sa.ForeignKey("rounds.id")),
    sa.Column("reply_to", sa.Text),
    sa.Column("private_to", sa.Text),
    sa.Column("language", sa.Text),  # of its words; NULL: that of the space
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("message_ref", sa.Text),
    sa.Column("waiting", sa.Boolean, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("not_before", Instant, nullable=False),
    sa.Column("claimed_by", sa.Text),
    sa.Column("problem", sa.Text),
    sa.Index(
        "ix_posts_waiting",
        "waiting",  # needed with the "= 1" below: without it, SQLite would read every post there ever was
        "not_before",
        sqlite_where=sa.text("waiting = 1"),
        postgresql_where=sa.text("waiting"),
    ),
    sa.Index("ix_posts_transcript", "space_id", "channel", "sequence"),
    sa.Index("ix_posts_message", "space_id", "channel", "message_ref"),
)

# Which players a message names, and where. Several players in one spot: their accounts were linked then and have been
# separated since, so either may be meant. None: an unknown person, in a message that is older than this table.
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
    sa.Column("id", ID, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    sa.Column("details", sa.Text, nullable=False),
)
