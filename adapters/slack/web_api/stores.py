"""slack_sdk's stores of installations and OAuth states, in the bot's database."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from cryptography.fernet import Fernet
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import event, pool
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from typing_extensions import override

from adapters.slack.web_api.installations import InstallationStore, cipher

STATE_LASTS_S = 600
_LOCK_WAIT_S = 5


class States(AsyncSQLAlchemyOAuthStateStore):
    """slack_sdk's store, but with expired states deleted: anybody can open the page that makes one and never return."""

    @override
    async def async_issue(self, *args: object, **more: object) -> str:
        """Make a new state, and delete the expired ones."""
        over = self.oauth_states.c.expire_at < datetime.now(UTC).replace(tzinfo=None)  # as slack_sdk writes it
        async with self.engine.begin() as connection:
            await connection.execute(self.oauth_states.delete().where(over))
        return await super().async_issue(*args, **more)


@dataclass(frozen=True, slots=True, eq=False)
class Stores:
    """slack_sdk's stores in the bot's own database."""

    engine: AsyncEngine
    installations: InstallationStore
    states: States

    async def make_tables(self) -> None:
        """Make the missing tables; another process may do so at the same time."""
        try:
            await self._make()
        except DBAPIError:
            await asyncio.sleep(_LOCK_WAIT_S / 10)
            await self._make()

    async def _make(self) -> None:
        await self.installations.create_tables()  # type: ignore[no-untyped-call]  # slack_sdk leaves its return open
        await self.states.create_tables()  # type: ignore[no-untyped-call]  # as above


def open_stores(client_id: str, token_key: str, database_url: str) -> Stores:
    """Open the stores with their own connections; none stays open, because installations are rare.

    Raises:
        BadInput: the key isn't valid.
    """
    url = make_url(database_url)
    is_sqlite = url.get_backend_name() == "sqlite"
    engine = create_async_engine(
        url, poolclass=pool.NullPool, connect_args={"timeout": _LOCK_WAIT_S} if is_sqlite else {}
    )
    if is_sqlite:

        @event.listens_for(engine.sync_engine, "connect")
        def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.execute("PRAGMA wal_autocheckpoint=0")  # the bot's one writing connection makes checkpoints
            cursor.close()

    fernet = cipher(token_key)
    return Stores(
        engine=engine,
        installations=InstallationStore(client_id, engine, fernet),
        states=States(STATE_LASTS_S, engine),
    )


def tables() -> list[sa.Table]:
    """Return the tables that the stores make in the bot's database."""
    nowhere = create_async_engine("sqlite+aiosqlite://")
    installations = InstallationStore("", nowhere, Fernet(Fernet.generate_key()))
    return [*installations.metadata.sorted_tables, *States(STATE_LASTS_S, nowhere).metadata.sorted_tables]
