"""Discord: the study channel of a server, with slash commands, buttons, menus and reactions."""

from bot.application import Adapter, Application

__all__ = ["create"]


def create(app: Application) -> Adapter:
    """Create the Discord adapter of this process; it connects when started."""
    from adapters.discord.adapter import DiscordAdapter  # noqa: PLC0415 - loads the SDK

    return DiscordAdapter(app)
