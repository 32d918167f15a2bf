"""Answers: clicks and reactions become the core's, and are acknowledged once they are on disk."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from typing_extensions import override

from adapters.common.long_texts import is_long
from adapters.slack import inbound
from adapters.slack.inbound import From
from adapters.slack.outbound import CHOOSE, PICK, SUBMIT, Content, contents
from adapters.slack.replying import Parts, reply
from bot.domain.errors import BadInput, Busy, QuizbotError
from bot.domain.identity import Space
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import StorageUnavailable
from bot.rendering.words import literal
from bot.services.rounds.answering import submit_answer
from bot.services.rounds.reacting import react

_ANSWERS = re.compile(rf"{PICK}:\d+|{SUBMIT}")

_receipt = lru_cache(maxsize=500)(contents)
"""Cached: a question has few receipts, and everybody who chose the same gets the same one."""


@lru_cache(maxsize=500)
def _quick_receipt(view: MessageView) -> list[Content] | None:
    """Return a receipt as Slack's messages; None if it is so long that it must be made on a thread."""
    return None if is_long(view) else contents(view)


class Answers(AsyncMiddleware):
    """Handles clicks and reactions.

    Clicks are the most frequent events and come all at once. A middleware behind the sender checks handles them,
    because finding a listener and its parameters would double the cost.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def register(self, bolt: AsyncApp) -> None:
        """Register the listeners."""
        bolt.middleware(self)
        bolt.event("reaction_added")(self.react)
        bolt.event("reaction_removed")(self.react)
        bolt.action(CHOOSE)(self.tick)

    @override
    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        """Handle a click on an answer's button; let everything else pass."""
        body = req.body
        if body.get("type") == "block_actions" and _ANSWERS.fullmatch(str(body["actions"][0].get("action_id"))):
            return await self.click(req.context.ack, body)
        return await next()

    async def click(self, ack: AsyncAck, body: dict[str, Any]) -> BoltResponse:
        """Store an answer, acknowledge it, and then tell its owner what became of it."""
        source = inbound.source(body)
        try:
            space = await space_of(self._parts, source)
            clicked = inbound.click(body, source)
            member = await self._parts.people.member(space, source.user_id, source.user_name)
            view = await submit_answer(self._parts.app, clicked.by(member))
        except (Busy, StorageUnavailable) as error:
            self._tell(source, MessageView(text=literal(str(error))))
            return BoltResponse(status=503)  # no acknowledgement: Slack marks the button, too
        except QuizbotError as error:
            self._tell(source, MessageView(text=literal(str(error))))
            return await ack()
        self._tell(source, view)
        meet(self._parts, space, source.user_id)
        return await ack()

    async def tick(self, ack: AsyncAck) -> None:
        """Acknowledge a ticked box: Slack remembers it until the answer is submitted."""
        await ack()

    async def react(self, event: dict[str, Any], context: dict[str, Any]) -> None:
        """Handle a reaction; if it can't be stored now, don't acknowledge it, so that Slack sends it again."""
        reaction, team_id = inbound.reaction(event), context.get("team_id")
        space = await self._parts.workspaces.space(team_id) if team_id else None
        if reaction is None or space is None:
            return
        workspace = await self._parts.workspaces.of(space.external_id)
        member = await self._parts.people.member_asked(workspace, space, reaction.user_id)
        if self._parts.people.is_bot(space, reaction.user_id):
            return
        await react(
            self._parts.app,
            space,
            reaction.channel,
            reaction.message_ref,
            member,
            reaction.position,
            on=reaction.on,
            at=reaction.at,
            event_id=reaction.event_id,
        )
        meet(self._parts, space, reaction.user_id)

    def _tell(self, source: From, view: MessageView) -> None:
        self._parts.background.start(self._reply(source, view), "receipt")

    async def _reply(self, source: From, view: MessageView) -> None:
        made = _quick_receipt(view)
        if made is None:
            made = await asyncio.to_thread(_receipt, view)
        await reply(self._parts, source, made)


async def space_of(parts: Parts, source: From) -> Space:
    """Return the space that an answer comes from.

    Raises:
        BadInput: the bot isn't installed there.
    """
    space = await parts.workspaces.space(source.team_id)
    if space is None:
        raise BadInput(_("I'm not installed in this workspace."))
    return space


def meet(parts: Parts, space: Space, user_id: str) -> None:
    """Update in the background what is known about somebody who takes part, if it isn't new."""
    if parts.people.wants_to_meet(space, user_id):
        parts.background.start(_met(parts, space, user_id), "meeting somebody")


async def _met(parts: Parts, space: Space, user_id: str) -> None:
    await parts.people.meet(await parts.workspaces.of(space.external_id), space, user_id)
