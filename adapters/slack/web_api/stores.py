"""What Bolt's installation flow needs: a store of installations in the bot's database, and OAuth states."""

import asyncio
import sqlite3
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import event, pool
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from typing_extensions import override

from adapters.slack.web_api.installations import InstallationStore, cipher
from bot import sqlite

STATE_LASTS_S = 600
_STATE = b"slack oauth state"
"""Tells a state from the tokens, which the same key encrypts."""
_LOCK_WAIT_S = 5


class States(AsyncOAuthStateStore):
    """OAuth states that nobody stores: each is encrypted, with the time at which it was made.

    Anybody can open the page that makes one, as often as they like, and never return.
    """

    def __init__(self, fernet: Fernet) -> None:
        self._fernet = fernet

    @override
    async def async_issue(self, *args: object, **more: object) -> str:
        """Make a new state; it lasts for `STATE_LASTS_S`."""
        return self._fernet.encrypt(_STATE).decode()

    @override
    async def async_consume(self, state: str) -> bool:
        """Whether a state is one of ours and not too old; a code of Slack's can be used only once anyway."""
        try:
            return self._fernet.decrypt(state, STATE_LASTS_S) == _STATE
        except (InvalidToken, ValueError):  # ValueError: it isn't ASCII
            return False


@dataclass(frozen=True, slots=True, eq=False)
class Stores:
    """The stores of an app that many workspaces install."""

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


def open_stores(client_id: str, token_key: str, database_url: str) -> Stores:
    """Open the stores with their own connections; none stays open, because installations are rare.

    Raises:
        BadInput: the key isn't valid.
    """
    url = make_url(database_url)
    is_sqlite = url.get_backend_name() == "sqlite"

    async def connect() -> sqlite.Connection:
        file = str(url.database)
        opened = sqlite.Connection(partial(sqlite3.connect, file, timeout=_LOCK_WAIT_S, check_same_thread=False))
        await opened
        return opened

    engine = create_async_engine(url, poolclass=pool.NullPool, **({"async_creator": connect} if is_sqlite else {}))
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
        states=States(fernet),
    )


def tables() -> list[sa.Table]:
    """Return slack_sdk's tables in the bot's database; older versions also stored OAuth states."""
    nowhere = create_async_engine("sqlite+aiosqlite://")
    installations = InstallationStore("", nowhere, Fernet(Fernet.generate_key()))
    return [
        *installations.metadata.sorted_tables,
        *AsyncSQLAlchemyOAuthStateStore(STATE_LASTS_S, nowhere).metadata.sorted_tables,
    ]
