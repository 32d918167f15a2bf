"""The bot's outbox, read beside the bot, for a fraction of what a look through its own storage takes."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from sqlalchemy.engine import make_url

from bot.application import Application
from bot.storage.types import microseconds
from tests.patience import until

_WAITS = """
SELECT EXISTS (
    SELECT 1 FROM posts JOIN spaces ON spaces.id = posts.space_id
    WHERE posts.waiting AND posts.not_before <= ? AND spaces.adapter = ?
)
"""


async def settled(app: Application, adapter: str) -> None:
    """Wait until every message that was asked for stands on a platform, or was given up; only on SQLite."""

    async def nothing_waits() -> bool:
        soon = app.clock.now() + timedelta(hours=1)  # what is being posted is put off until its claim runs out
        ((found,),) = database.execute(_WAITS, (microseconds(soon), adapter)).fetchall()
        return not found

    # Opened once, because to read the schema takes eighty times as long as to look.
    with closing(sqlite3.connect(str(make_url(app.settings.database_url).database))) as database:
        await until(nothing_waits, "the end of what was to be posted")
