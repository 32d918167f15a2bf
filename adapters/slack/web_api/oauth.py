"""Install the bot into many workspaces: ``/slack/install`` leads to Slack, which leads back with a code for a token."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
import structlog
from cryptography.fernet import Fernet
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event, pool
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from typing_extensions import override
from yarl import URL

from adapters.slack.settings import SlackSettings
from adapters.slack.web_api.installations import InstallationStore, cipher
from adapters.slack.web_api.workspaces import Workspaces
from bot.domain.errors import BadInput, QuizbotError
from bot.i18n import gettext as _

INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"
SCOPES = (
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "usergroups:read",
    "users:read",
)
"""The permissions that the bot asks for, as in `config/slack-manifest.yaml`: no more than it needs."""

_STATE_LASTS_S = 600
_LOCK_WAIT_S = 5

_log = structlog.get_logger(__name__)


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


def open_stores(settings: SlackSettings, database_url: str) -> Stores:
    """Open the stores with their own connections; none stays open, because installations are rare.

    Raises:
        BadInput: a setting is missing or unusable.
    """
    if settings.slack_client_secret is None:
        raise BadInput(_("Set SLACK_CLIENT_SECRET, too: it goes with SLACK_CLIENT_ID."))
    if settings.slack_token_key is None:
        raise BadInput(_("Set SLACK_TOKEN_KEY: it encrypts the workspaces' tokens in the database."))
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

    fernet = cipher(settings.slack_token_key.get_secret_value())
    return Stores(
        engine=engine,
        installations=InstallationStore(settings.slack_client_id, engine, fernet),
        states=States(_STATE_LASTS_S, engine),
    )


def tables() -> list[sa.Table]:
    """Return the tables that the stores make in the bot's database."""
    nowhere = create_async_engine("sqlite+aiosqlite://")
    installations = InstallationStore("", nowhere, Fernet(Fernet.generate_key()))
    return [*installations.metadata.sorted_tables, *States(_STATE_LASTS_S, nowhere).metadata.sorted_tables]


def flow(settings: SlackSettings, client: AsyncWebClient, stores: Stores, workspaces: Workspaces) -> AsyncOAuthFlow:
    """Make Bolt's installation flow; at its end the bot arrives in the workspace."""

    async def success(args: AsyncSuccessArgs) -> BoltResponse:
        team_id = args.installation.team_id
        try:
            if team_id is None:
                raise BadInput("an installation for a whole organisation")
            await workspaces.arrive(team_id)
        except QuizbotError as error:
            _log.warning("installation_incomplete", team=team_id, reason=str(error))
            return await failure(
                AsyncFailureArgs(
                    request=args.request,
                    reason="not_a_workspace" if team_id is None else "storage_error",
                    error=error,
                    suggested_status_code=400 if team_id is None else 500,
                    settings=args.settings,
                    default=args.default,
                )
            )
        return await args.default.success(args)

    async def failure(args: AsyncFailureArgs) -> BoltResponse:
        return await args.default.failure(args)

    secret = settings.slack_client_secret
    return AsyncOAuthFlow(
        client=client,
        settings=AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            scopes=list(SCOPES),
            user_scopes=[],
            install_path=INSTALL,
            redirect_uri_path=REDIRECT,
            callback_options=AsyncCallbackOptions(success=success, failure=failure),
            authorization_url=str(URL(client.base_url).join(URL("/oauth/v2/authorize"))),
            installation_store=stores.installations,
            installation_store_bot_only=True,
            state_store=stores.states,
            state_expiration_seconds=_STATE_LASTS_S,
        ),
    )
