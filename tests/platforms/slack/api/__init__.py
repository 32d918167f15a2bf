"""The Web API's methods, each declared with its scopes and its rate limit tier."""

from tests.platforms.slack.api import chat, conversations, files, lookups, oauth, reactions, views
from tests.platforms.slack.api.base import METHODS, ApiError, Call, Method

__all__ = [
    "METHODS",
    "ApiError",
    "Call",
    "Method",
    "chat",
    "conversations",
    "files",
    "lookups",
    "oauth",
    "reactions",
    "views",
]
