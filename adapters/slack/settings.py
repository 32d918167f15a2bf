"""Slack's settings, and the mode that follows from them.

Slack's SDK is imported only for its tables, because every command of the program reads this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from string import ascii_lowercase, digits
from typing import ClassVar

import sqlalchemy as sa
from pydantic import Field, SecretStr, field_validator
from typing_extensions import override

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import AdapterSettings, Address

_LONGEST_COMMAND = 32
_IN_COMMANDS = frozenset(ascii_lowercase + digits + "-_")


class SlackSettings(AdapterSettings):
    """The tokens of one workspace, or the app that many workspaces install, and where Slack is reached."""

    adapter: ClassVar[str] = "slack"
    saved: ClassVar[tuple[str, ...]] = ("SLACK_CLIENT_ID",)

    slack_bot_token: SecretStr | None = Field(None, alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, alias="SLACK_SIGNING_SECRET")
    slack_client_id: str = Field("", alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, alias="SLACK_CLIENT_SECRET")
    slack_token_key: SecretStr | None = Field(None, alias="SLACK_TOKEN_KEY")
    slack_command: str = Field("/quiz", alias="SLACK_COMMAND")
    slack_api_base: Address = Field("https://slack.com/api/", alias="SLACK_API_BASE")

    @field_validator("slack_command")
    @classmethod
    def _a_slash_command(cls, value: str) -> str:
        if not (value[:1] == "/" and 2 <= len(value) <= _LONGEST_COMMAND and set(value[1:]) <= _IN_COMMANDS):
            raise ValueError(_("write it like /quizbot: small letters, digits, - and _, at most 32 characters in all"))
        return value

    @property
    @override
    def is_wanted(self) -> bool:
        """Whether there is a token, or an app that workspaces install by themselves."""
        return self.slack_bot_token is not None or bool(self.slack_client_id)

    @override
    def tables(self) -> Sequence[sa.Table]:
        """The tables for the workspaces' tokens; none if Slack's packages aren't installed."""
        if find_spec("slack_bolt") is None:
            return ()
        from adapters.slack.web_api.stores import tables  # noqa: PLC0415 - the SDK comes with it

        return tables()


@dataclass(frozen=True, slots=True)
class Mode:
    """The mode that follows from the settings.

    Attributes:
        bot_token: the token of the only workspace; empty if each workspace has its own, from an installation.
        app_token: for Socket Mode; empty if Slack posts to ``/slack/events``.
        signing_secret: proves that a request comes from Slack.
    """

    bot_token: str
    app_token: str
    signing_secret: str

    @property
    def many(self) -> bool:
        """Whether any workspace may install the bot."""
        return not self.bot_token

    @property
    def sockets(self) -> bool:
        """Whether the bot connects to Slack, instead of Slack to the bot."""
        return bool(self.app_token)


def mode_of(settings: SlackSettings) -> Mode:
    """Work out the mode from the settings.

    Raises:
        BadInput: a setting is missing, or isn't the right kind of token.
    """
    bot, app, secret = (
        one.get_secret_value() if one else ""
        for one in (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret)
    )
    if settings.slack_client_id:
        if not secret:
            raise BadInput(_("Set SLACK_SIGNING_SECRET, too: without it anybody could pretend to be Slack."))
        return Mode("", app, secret)
    if not bot:
        raise BadInput(
            _("Set SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…): docs/slack.md says where to get them.")
        )
    if bot.startswith("xapp-") or app.startswith("xoxb-"):
        raise BadInput(_("SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-: they are mixed up."))
    if not app and not secret:
        raise BadInput(
            _(
                "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode), too: without the secret "
                "anybody could pretend to be Slack."
            )
        )
    return Mode(bot, app, secret)
