"""Shared by all listeners: the parts of the running adapter, and private replies."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from math import ceil

import structlog

from adapters.common.background import Background
from adapters.common.fetching import NotReached, Reach
from adapters.common.long_texts import beside_the_loop
from adapters.slack.inbound import From
from adapters.slack.messenger import SlackMessenger
from adapters.slack.outbound import Content, contents
from adapters.slack.text.spelling import spelled
from adapters.slack.web_api import messages
from adapters.slack.web_api.channels import Channels
from adapters.slack.web_api.people import People
from adapters.slack.web_api.workspace import Workspace
from adapters.slack.web_api.workspaces import Workspaces
from bot.application import Application
from bot.domain.errors import QuizbotError
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import language, speak
from bot.ports import Forbidden, MessengerError, OutcomeUnknown, RateLimited
from bot.rendering.words import literal, plain, span

_MOST_REPLIES = 4
"""The most replies sent to a response_url, which takes five."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parts:
    """The parts of the running adapter."""

    app: Application
    reach: Reach
    workspaces: Workspaces
    people: People
    channels: Channels
    messenger: SlackMessenger
    background: Background


def said(error: QuizbotError) -> str:
    """Write an error as Markdown for the person who caused it."""
    if isinstance(error, Forbidden):
        return str(error)  # it says what to type
    if isinstance(error, RateLimited):
        wait = span(timedelta(seconds=max(ceil(error.retry_after), 1)))
        return _("Slack limits how often I can do that. Please try again in {time}.").format(time=wait)
    if isinstance(error, OutcomeUnknown):
        return _("Slack isn't answering right now. Please try again in a moment.")
    return literal(str(error))


def speak_to(parts: Parts, team_id: str, user_id: str) -> None:
    """Speak somebody's language for the rest of the running task, once Slack has been asked about them."""
    speak(parts.people.language(team_id, user_id) or language())


async def tell(parts: Parts, to: From, view: MessageView, *, replaces: bool = False) -> None:
    """Reply in private; a reply that is too long is sent as a file.

    Args:
        parts: the running adapter's.
        to: whose request it is, and the address for the reply.
        view: what to say.
        replaces: whether the reply replaces the message whose button or form was used, if that still works.

    Raises:
        MessengerError: see `reply`.
    """
    replies = await beside_the_loop(view, partial(contents, view))
    if len(replies) > _MOST_REPLIES:
        text = _("That's long, so I sent it to you as a file in a direct message.")
        try:
            await _send_file(await parts.workspaces.of(to.team_id), to.user_id, view)
        except MessengerError as error:
            text = _("It is too long for a message, and I can't send it as a file: {reason}").format(reason=said(error))
        replies = contents(MessageView(text=text))
    await reply(parts, to, replies, replaces=replaces)


async def tell_outcome(
    parts: Parts, to: From, outcome: Awaitable[MessageView | None], *, replaces: bool = False
) -> None:
    """Reply in private with what somebody's request came to, even if that is an error; None: say nothing.

    An error never takes the place of a message, even if the reply would: see `tell`.

    Raises:
        Exception: the request failed by no mistake of theirs; they have been told that something broke.
        MessengerError: see `reply`.
    """
    try:
        view = await outcome
    except QuizbotError as error:
        view, replaces = MessageView(text=said(error)), False
    except Exception:
        await tell(parts, to, MessageView(text=_("Something broke here. It isn't your fault.")))
        raise
    if view is not None:
        await tell(parts, to, view, replaces=replaces)


async def reply(parts: Parts, to: From, replies: Sequence[Content], *, replaces: bool = False) -> None:
    """Send a ready Slack message in private: through the response_url while it lasts, otherwise another way.

    Raises:
        MessengerError: neither works.
    """
    for number, one in enumerate(replies):
        replaces = replaces and number == 0
        if not (to.response_url and await _respond(parts, to.response_url, one, replaces=replaces)):
            workspace = await parts.workspaces.of(to.team_id)
            await messages.whisper(workspace, to.channel, to.user_id, replies[number:])
            break


async def _respond(parts: Parts, url: str, content: Content, *, replaces: bool) -> bool:
    """Try the response_url, which takes five replies within half an hour; return whether it did."""
    message = {"text": content.text, "response_type": "ephemeral", "replace_original": replaces}
    if content.blocks:
        message["blocks"] = content.blocks
    try:
        return await parts.reach.post(url, message) == 200
    except NotReached as error:
        _log.info("response_url_failed", reason=type(error.__cause__ or error).__name__)
        return False


async def _send_file(workspace: Workspace, user_id: str, view: MessageView) -> None:
    opened = await workspace.call(workspace.client.conversations_open, {"users": user_id})
    file = {"filename": "quizbot.txt", "content": plain(spelled(view.text)), "title": plain(spelled(view.title))}
    await workspace.call(workspace.client.files_upload_v2, {"channel": str(opened["channel"]["id"]), **file})
