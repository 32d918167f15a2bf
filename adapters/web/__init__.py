"""The web room: a study channel on a local page, for groups without Discord or Slack."""

from adapters.web.adapter import WebAdapter
from bot.application import Adapter, Application

__all__ = ["create"]


def create(app: Application) -> Adapter:
    """Create the web adapter of this process; it serves the room once started."""
    return WebAdapter(app)
