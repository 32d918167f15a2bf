"""The web room: a study channel on a local page, for groups without Discord or Slack."""

from adapters.web.adapter import WebAdapter
from bot.application import Adapter, Application

__all__ = ["create"]


def create(app: Application) -> Adapter:
    """The web adapter of this process; nothing listens before its ``start``."""
    return WebAdapter(app)
