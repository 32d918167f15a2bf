"""Slack: the study channel in a workspace, by Socket Mode or over HTTP, for one workspace or many."""

from bot.application import Adapter, Application

__all__ = ["create"]


def create(app: Application) -> Adapter:
    """Create the Slack adapter of this process; it connects when started."""
    from adapters.slack.adapter import SlackAdapter  # noqa: PLC0415 - loads the SDK

    return SlackAdapter(app)
