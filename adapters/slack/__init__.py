"""Slack: the study channel in a workspace, by Socket Mode or over HTTP, for one workspace or many."""

from adapters.slack.adapter import SlackAdapter
from bot.application import Adapter, Application

__all__ = ["create"]


def create(app: Application) -> Adapter:
    """The Slack adapter of this process; nothing is connected before its ``start``."""
    return SlackAdapter(app)
