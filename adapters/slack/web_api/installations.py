"""The bot's tokens: one from the settings, or one for each workspace, encrypted in the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.ports import MessengerError

_SECRET_COLUMNS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")


@dataclass(frozen=True, slots=True)
class Installed:
    """An installation in one workspace; ``installer`` is empty and ``at`` None if unknown."""

    token: str
    installer: str = ""
    at: datetime | None = None


class Unreadable(MessengerError):
    """A token was encrypted with another key; it isn't revoked."""

    def __init__(self, team_id: str) -> None:
        super().__init__(
            _(
                "SLACK_TOKEN_KEY isn't the key that encrypted the token of the Slack workspace {team}. "
                "Set it as it was, or install the app there again."
            ).format(team=team_id)
        )


class Installations(Protocol):
    """The tokens of the workspaces."""

    async def find(self, team_id: str) -> Installed | None:
        """Return the bot's installation in a workspace; None if the bot isn't installed there.

        Raises:
            Unreadable: its token was encrypted with another key.
        """

    async def forget(self, refused: Installed | None, team_id: str) -> bool:
        """Forget a workspace's installations up to the refused one; False if the bot has been installed again since."""

    async def forget_installer(self, team_id: str, user_id: str) -> None:
        """Forget that somebody installed the bot."""


@dataclass(frozen=True, slots=True)
class OneInstallation(Installations):
    """`Installations` of a bot that serves one workspace, with a token from the settings."""

    team_id: str
    token: str

    @override
    async def find(self, team_id: str) -> Installed | None:
        """Return the token, if it belongs to the workspace."""
        return Installed(self.token) if team_id == self.team_id else None

    @override
    async def forget(self, refused: Installed | None, team_id: str) -> bool:
        """Do nothing: the settings stay as they are."""
        return True

    @override
    async def forget_installer(self, team_id: str, user_id: str) -> None:
        """Do nothing: the settings don't say who installed the bot."""


def cipher(key: str) -> Fernet:
    """Make the cipher that encrypts the tokens.

    Raises:
        BadInput: the key isn't valid.
    """
    try:
        return Fernet(key)
    except ValueError:
        raise BadInput(
            _(
                "SLACK_TOKEN_KEY must be 32 random bytes in URL-safe base64. Make one: "
                'python -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'
            )
        ) from None


class _Encrypted(TypeDecorator[str]):
    """A text that is stored encrypted; a text that another key encrypted reads as missing."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, fernet: Fernet) -> None:
        super().__init__()
        self.fernet = fernet

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.fernet.encrypt(value.encode()).decode()

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        try:
            return None if value is None else self.fernet.decrypt(value).decode()
        except InvalidToken:
            return None


class InstallationStore(AsyncSQLAlchemyInstallationStore, Installations):
    """slack_sdk's store as `Installations`: tokens are encrypted."""

    def __init__(self, client_id: str, engine: AsyncEngine, fernet: Fernet) -> None:
        super().__init__(client_id, engine)
        for table in (self.bots, self.installations):
            for column in table.c:
                if column.name in _SECRET_COLUMNS:
                    column.type = _Encrypted(fernet)

    @override
    async def async_save(self, installation: Installation) -> None:
        """Store an installation in a workspace; one for a whole organisation is never stored."""
        if not installation.is_enterprise_install:
            await super().async_save(installation)

    @override
    async def find(self, team_id: str) -> Installed | None:
        c = self.installations.c
        latest = (
            sa.select(c.bot_token, c.user_id, c.installed_at)
            .where(c.client_id == self.client_id, c.team_id == team_id, c.bot_token.is_not(None))
            .order_by(c.installed_at.desc(), c.id.desc())
            .limit(1)
        )
        async with self.engine.connect() as connection:
            row = (await connection.execute(latest)).one_or_none()
        if row is None:
            return None
        if row.bot_token is None:
            raise Unreadable(team_id)
        return Installed(row.bot_token, row.user_id, row.installed_at)

    @override
    async def forget(self, refused: Installed | None, team_id: str) -> bool:
        """Delete a workspace's installations up to the refused one; False if there is a later one."""
        async with self.engine.begin() as connection:
            for table in (self.bots, self.installations):
                ours = (table.c.client_id == self.client_id) & (table.c.team_id == team_id)
                if refused is not None:
                    await connection.execute(table.delete().where(ours, table.c.installed_at <= refused.at))
            return await connection.scalar(sa.select(self.installations.c.id).where(ours).limit(1)) is None

    @override
    async def forget_installer(self, team_id: str, user_id: str) -> None:
        c = self.installations.c
        theirs = (c.client_id == self.client_id) & (c.team_id == team_id) & (c.user_id == user_id)
        gone = {"user_id": "", "user_token": None, "user_refresh_token": None}
        async with self.engine.begin() as connection:
            await connection.execute(self.installations.update().where(theirs).values(gone))
