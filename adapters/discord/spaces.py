"""The spaces that are Discord servers."""

from adapters.common import spaces
from bot.application import Application

ADAPTER = "discord"


class Spaces(spaces.Spaces):
    """A cache of the spaces that are servers; only this process changes them, so it stays true."""

    def __init__(self, app: Application) -> None:
        super().__init__(app, ADAPTER)
