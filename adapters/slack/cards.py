"""Cards: a button shows the back in private, with buttons to answer; clicks on these are handled like others."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.slack import inbound
from adapters.slack.answering import space_of
from adapters.slack.inbound import From
from adapters.slack.outbound import SHOW_BACK
from adapters.slack.replying import Parts, tell_outcome
from adapters.slack.web_api.workspaces import ADAPTER
from bot.domain.limits import Limit
from bot.domain.views import MessageView
from bot.services.limiting import typist
from bot.services.rounds.cards import show_back


class Cards:
    """Handles the button that shows the back."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def register(self, bolt: AsyncApp) -> None:
        """Register the listener."""
        bolt.action(SHOW_BACK)(self.asked)

    async def asked(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Acknowledge the click, and show the back."""
        await ack()
        source = inbound.source(body)
        self._parts.background.start(tell_outcome(self._parts, source, self._back(source, body)), "back of a card")

    async def _back(self, source: From, body: dict[str, Any]) -> MessageView:
        self._parts.app.limiter.take(Limit.FORMS, typist(ADAPTER, source.team_id, source.user_id))
        space = await space_of(self._parts, source)
        member = await self._parts.people.member(space, source.user_id, source.user_name)
        round_id = inbound.round_id(str(body["actions"][0].get("value")))
        return await show_back(self._parts.app, member, source.channel, round_id)
