"""Banks and their questions."""

import sqlalchemy as sa

from bot.storage.tables.base import ID, id_column, metadata
from bot.storage.types import Instant

banks = sa.Table(
    "banks",
    metadata,
    id_column(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded_name", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("space_id", sa.ForeignKey("spaces.id")),  # None: the operator's bank, open to every space
    sa.Column("starter", sa.Boolean, nullable=False),
    sa.Column("notes", sa.JSON, nullable=False),
    sa.Column("findings", sa.JSON, nullable=False),
    # What people made of questions before they were stored, so that the next import does it again:
    sa.Column("mendings", sa.JSON, nullable=False),
    # A name is unique among a space's banks, and among the operator's. Two indexes, because no NULL equals another.
    sa.Index("ix_banks_of_a_space", "space_id", "folded_name", unique=True),
    sa.Index(
        "ix_banks_of_the_operator",
        "folded_name",
        unique=True,
        sqlite_where=sa.text("space_id IS NULL"),
        postgresql_where=sa.text("space_id IS NULL"),
    ),
)

# Readings by example, under the names that people gave them.
readings = sa.Table(
    "readings",
    metadata,
    id_column(),
    sa.Column("space_id", sa.ForeignKey("spaces.id")),  # None: the operator's, for files of every space
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("folded_name", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("choice", sa.Text, nullable=False),
    sa.Column("right", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("explanation", sa.Text, nullable=False),
    sa.Column("answer_above", sa.Boolean, nullable=False),
    sa.Index("ix_readings_of_a_space", "space_id", "folded_name", unique=True),
    sa.Index(
        "ix_readings_of_the_operator",
        "folded_name",
        unique=True,
        sqlite_where=sa.text("space_id IS NULL"),
        postgresql_where=sa.text("space_id IS NULL"),
    ),
)

questions = sa.Table(
    "questions",
    metadata,
    id_column(),
    sa.Column("bank_id", sa.ForeignKey("banks.id"), nullable=False, index=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("source_id", sa.Text),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    # Copied from the current revision, so that drawing a question takes one query:
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("topic", sa.Text),
    sa.Column("difficulty", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("series_kind", sa.Text),  # the kind that a series asks it as; None: its own
    sa.Column("after_id", sa.ForeignKey("questions.id")),  # the question that must be asked first
)

images = sa.Table(
    "images",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

# Questions that people wrote, and that aren't in a bank yet: suggestions, and forms with mistakes.
suggestions = sa.Table(
    "suggestions",
    metadata,
    id_column(),
    sa.Column("space_id", sa.ForeignKey("spaces.id"), nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("waits", sa.Boolean, nullable=False),  # for a host; if not, for its writer to correct it
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("answers", sa.Text, nullable=False),
    sa.Column("explanation", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Index("ix_suggestions_account", "space_id", "account"),
)

# Files that were read, until whoever brought them decides what is stored.
waiting_imports = sa.Table(
    "waiting_imports",
    metadata,
    id_column(),
    sa.Column("space_id", sa.ForeignKey("spaces.id"), nullable=False),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("format", sa.Text),  # None: as is found from the file's content
    sa.Column("bank", sa.Text, nullable=False),
    sa.Column("traces", sa.JSON, nullable=False),
    sa.Column("examples", sa.JSON, nullable=False),  # questions of it that it is read like; none: as it is understood
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),  # the file, compressed
    sa.Index("ix_waiting_imports_account", "space_id", "account"),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("question_id", sa.ForeignKey("questions.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("stem", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("choices", sa.JSON, nullable=False),
    sa.Column("key", ID, nullable=False),
    sa.Column("key_text", sa.Text),  # the key of a kind that is stored as a text; ``key`` is 0 beside it
    sa.Column("selects", sa.Integer),  # how many choices to pick; None: all that apply
    sa.Column("explanation", sa.Text, nullable=False),
    sa.Column("section", sa.Text),
    sa.Column("topic", sa.Text),
    sa.Column("difficulty", sa.Text),
    sa.Column("tags", sa.JSON, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("findings", sa.JSON, nullable=False),
    sa.Column("source_key", ID),  # the key in the source, if a person has corrected it
    sa.Column("source_key_text", sa.Text),
    sa.Column("image", sa.ForeignKey("images.digest"), index=True),
    sa.Column("image_alt", sa.Text),
)

# Which pictures the choices of a revision show; which choice shows which stands in the revision's ``choices``.
choice_images = sa.Table(
    "choice_images",
    metadata,
    sa.Column("question_id", ID, primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    sa.Column("image", sa.ForeignKey("images.digest"), primary_key=True, index=True),
    sa.ForeignKeyConstraint(["question_id", "revision"], ["revisions.question_id", "revisions.revision"]),
)
