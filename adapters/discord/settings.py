"""Discord's settings. This module doesn't import discord.py, because every command of the program reads it."""

from string import ascii_lowercase, digits
from typing import ClassVar

from pydantic import Field, SecretStr, field_validator
from typing_extensions import override

from bot.i18n import gettext as _
from bot.settings import AdapterSettings, Address

_LONGEST_PREFIX = 20
"""A command's name has 32 characters at most, and our longest first word eleven."""
_IN_COMMANDS = frozenset(ascii_lowercase + digits + "-_")


class DiscordSettings(AdapterSettings):
    """Settings of the Discord adapter: the bot's token, and how to use it."""

    adapter: ClassVar[str] = "discord"

    discord_token: SecretStr | None = Field(None, alias="DISCORD_TOKEN")
    discord_api_base: Address = Field("https://discord.com/api/v10", alias="DISCORD_API_BASE")
    discord_gateway_url: Address = Field("wss://gateway.discord.gg/", alias="DISCORD_GATEWAY_URL")
    discord_command_prefix: str = Field("", alias="DISCORD_COMMAND_PREFIX")
    discord_hide_reactions: bool = Field(False, alias="DISCORD_HIDE_REACTIONS")

    @field_validator("discord_command_prefix")
    @classmethod
    def _a_beginning_of_names(cls, value: str) -> str:
        if len(value) > _LONGEST_PREFIX or not set(value) <= _IN_COMMANDS:
            raise ValueError(_("write it like quizbot-: small letters, digits, - and _, at most 20 characters"))
        return value

    @property
    @override
    def is_wanted(self) -> bool:
        """Whether there is a token."""
        return self.discord_token is not None
