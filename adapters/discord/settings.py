"""Discord's settings. This module doesn't import discord.py, because every command of the program reads it."""

from typing import ClassVar

from pydantic import Field, SecretStr
from typing_extensions import override

from bot.settings import AdapterSettings, Address


class DiscordSettings(AdapterSettings):
    """Settings of the Discord adapter: the bot's token, and how to use it."""

    adapter: ClassVar[str] = "discord"

    discord_token: SecretStr | None = Field(None, alias="DISCORD_TOKEN")
    discord_api_base: Address = Field("https://discord.com/api/v10", alias="DISCORD_API_BASE")
    discord_gateway_url: Address = Field("wss://gateway.discord.gg/", alias="DISCORD_GATEWAY_URL")
    discord_hide_reactions: bool = Field(False, alias="DISCORD_HIDE_REACTIONS")

    @property
    @override
    def is_wanted(self) -> bool:
        """Whether there is a token."""
        return self.discord_token is not None
