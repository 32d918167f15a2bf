"""The process's HTTP server, which serves the adapters' addresses and the health checks."""

from bot.site.doorway import KNOWN, came_from, is_secure
from bot.site.limits import Limits
from bot.site.names import is_loopback
from bot.site.server import HttpServer

__all__ = ["KNOWN", "HttpServer", "Limits", "came_from", "is_loopback", "is_secure"]
