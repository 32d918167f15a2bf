"""The process's HTTP server: adapters put their addresses on it, and health checks theirs."""

from bot.site.doorway import KNOWN, came_from, is_secure
from bot.site.limits import Limits
from bot.site.names import is_loopback
from bot.site.server import HttpServer

__all__ = ["KNOWN", "HttpServer", "Limits", "came_from", "is_loopback", "is_secure"]
