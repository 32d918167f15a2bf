"""Slack: the study channel in a workspace, by Socket Mode or over HTTP, for one workspace or many."""

from bot.application import Adapter, Application

__all__ = ["create"]


def create(app: Application) -> Adapter:
    """The Slack adapter of this process; nothing is connected before its ``start``."""
    from adapters.slack.adapter import SlackAdapter  # noqa: PLC0415 - loads the SDK

    return SlackAdapter(app)
