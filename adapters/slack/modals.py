"""Open modals: Slack allows that for three seconds after what somebody did."""

from adapters.slack.text.blocks import Block
from adapters.slack.web_api.workspace import Refused, Workspace
from bot.domain.views import MessageView
from bot.i18n import gettext as _

_PATIENCE_S = 1.5
"""The longest that opening a form waits for Slack's rate limit, in seconds: Slack allows three for everything."""


async def open_modal(workspace: Workspace, trigger_id: str, modal: Block) -> MessageView | None:
    """Open a modal; return what to say if it is too late for that."""
    opening = {"trigger_id": trigger_id, "view": modal}
    try:
        await workspace.call(workspace.client.views_open, opening, patience=_PATIENCE_S)
    except Refused as error:
        if error.code == "expired_trigger_id":
            return MessageView(text=_("That took me too long. Please try again."))
        if error.code != "exchanged_trigger_id":  # exchanged: the click came twice, and the form is open
            raise RuntimeError("Slack doesn't take the form") from error
    return None
