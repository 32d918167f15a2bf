"""Everything that the adapter listens to, put on a Bolt app."""

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.slack import inbound
from adapters.slack.answering import Answers
from adapters.slack.commands import Commands
from adapters.slack.drafting import Drafting
from adapters.slack.home import Home
from adapters.slack.leaving import Comings
from adapters.slack.parts import Parts
from adapters.slack.replying import tell
from bot.domain.views import MessageView
from bot.i18n import gettext as _


def listen(bolt: AsyncApp, parts: Parts) -> None:
    """Register all listeners; answers first, since Bolt asks them in turn and nothing comes as often."""
    for listeners in (Answers(parts), Commands(parts), Home(parts), Drafting(parts), Comings(parts)):
        listeners.register(bolt)

    async def unknown(ack: AsyncAck, body: dict[str, Any]) -> None:
        """A button that isn't ours (any more)."""
        await ack()
        view = MessageView(text=_("This button leads nowhere any more. Answer in a newer message."))
        parts.background.start(tell(parts, inbound.source(body), view), "unknown button")

    bolt.action(re.compile(".*"))(unknown)
