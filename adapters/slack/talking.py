"""Answer direct messages to the bot, and mentions in a channel, with what people can do there."""

from typing import Any

from cachetools import FIFOCache
from slack_bolt.app.async_app import AsyncApp

from adapters.slack import inbound
from adapters.slack.inbound import Said
from adapters.slack.outbound import contents
from adapters.slack.replying import Parts, speak_to
from adapters.slack.web_api import messages
from adapters.slack.web_api.people import Profile
from adapters.slack.web_api.workspaces import ADAPTER
from bot.domain.commands import Caller
from bot.domain.identity import Member
from bot.domain.limits import Limit
from bot.domain.views import MessageView
from bot.ports import MessengerError
from bot.rendering.replies import spoken_to, spoken_to_in_private
from bot.services.chat.commands.table import help_text
from bot.services.limiting import Limited, typist
from bot.services.people.hosting import is_host

_REMEMBERED = 10_000


class Talking:
    """Answers messages to the bot. Bots are never answered, or two of them would talk forever."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._heard: FIFOCache[tuple[str, str], None] = FIFOCache(_REMEMBERED)

    def register(self, bolt: AsyncApp) -> None:
        """Register the listeners."""
        bolt.event("app_mention")(self.hear)
        bolt.event("message")(self.hear)

    async def hear(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """Answer a message in the background, unless it has been heard before."""
        said, team_id = inbound.said(event), context.get("team_id")
        if said is None or not team_id or (said.channel, said.ts) in self._heard:
            return
        self._heard[said.channel, said.ts] = None
        self._parts.background.start(self._answer(str(team_id), said), "answer to a message")

    async def _answer(self, team_id: str, said: Said) -> None:
        try:
            self._parts.app.limiter.take(Limit.MESSAGES, typist(ADAPTER, team_id, said.user_id))
        except Limited:
            return  # an answer to each of too many messages would be too many, too
        space = await self._parts.workspaces.meet(team_id)
        workspace = await self._parts.workspaces.of(team_id)
        try:
            profile = await self._parts.people.profile(workspace, said.user_id)
            groups = await self._parts.people.groups_that_host(workspace, space, said.user_id)
        except MessengerError:
            profile, groups = Profile(said.user_id), frozenset()  # if Slack doesn't answer, nobody is a host
        if profile.is_bot or said.user_id == workspace.bot_user:
            return
        speak_to(self._parts, team_id, said.user_id)
        at = inbound.moment(said.ts)
        member = Member(space_id=space.id, external_id=said.user_id, name=profile.name, acted_at=at)
        if profile.is_admin:
            await self._parts.people.meet_host(space, member)
        caller = Caller(space=space, channel=said.channel, member=member, is_host=profile.is_admin, groups=groups)
        answer = contents(self._said_back(said, is_host=await is_host(self._parts.app, caller, of_channel=True)))
        if inbound.is_direct(said.channel):
            await messages.say(workspace, said.channel, answer, said.thread)
        else:
            await messages.whisper(workspace, said.channel, said.user_id, answer, said.thread)

    def _said_back(self, said: Said, *, is_host: bool) -> MessageView:
        if said.asks_for_help:
            return help_text(is_host=is_host, operator=self._parts.app.operator)
        return spoken_to_in_private(is_host=is_host) if inbound.is_direct(said.channel) else spoken_to()
