"""The servers that the bot is in, as the core knows them."""

from adapters.common import spaces
from bot.application import Application

ADAPTER = "discord"


class Spaces(spaces.Spaces):
    """The spaces that are servers; the one process that serves them changes them, so what is known stays true."""

    def __init__(self, app: Application) -> None:
        super().__init__(app, ADAPTER)
