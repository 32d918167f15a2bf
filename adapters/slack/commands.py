"""``/quiz …``: acknowledged at once, run in the background, and answered in private."""

import re
from typing import Any

import structlog
from cachetools import FIFOCache
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from adapters.slack import inbound
from adapters.slack.command_forms import CALLBACK, asked_by, command_in, modal
from adapters.slack.inbound import From
from adapters.slack.modals import open_modal
from adapters.slack.outbound import RUN
from adapters.slack.replying import Parts, said, speak_to, tell, tell_outcome
from adapters.slack.settings import SlackSettings
from adapters.slack.shared_files import import_shared
from adapters.slack.text import mrkdwn
from adapters.slack.web_api.workspace import Workspace
from adapters.slack.web_api.workspaces import ADAPTER
from bot.domain.commands import Caller, ChatCommand
from bot.domain.errors import NotAllowed, QuizbotError
from bot.domain.identity import Space
from bot.domain.league_options import HERE
from bot.domain.limits import Limit
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.ports import Forbidden, MessengerError
from bot.services.chat import dispatch
from bot.services.chat.commands import CONFIRM
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import parse_command
from bot.services.limiting import typist
from bot.services.people.hosting import is_host

COMMANDS_HEARD = ("/quiz", "/quizbot")
"""The commands that the manifest declares. Both do the same, for workspaces where another app has one of them."""

_REMEMBERED = 10_000

_log = structlog.get_logger(__name__)


class Commands:
    """Handles typed commands."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._done: FIFOCache[str, None] = FIFOCache(_REMEMBERED)

    def register(self, bolt: AsyncApp) -> None:
        """Register the listeners."""
        own = self._parts.app.settings.of(SlackSettings).slack_command
        for name in {*COMMANDS_HEARD, own}:
            bolt.command(name)(self.take)
        bolt.action(re.compile(rf"{RUN}:\d+"))(self.click)
        bolt.view(CALLBACK)(self.filled_in)

    async def take(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Acknowledge a command, and run it unless it has been started before."""
        await ack()
        self._start(body, inbound.command_text(body))

    async def click(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Acknowledge a click on a button that runs a command, and run it unless it has been started before."""
        await ack()
        self._start(body, str(body["actions"][0].get("value") or ""))

    def _start(self, body: dict[str, Any], text: str) -> None:
        if self._is_new(str(body["trigger_id"])):
            source = inbound.source(body)
            outcome = self._reply(source, text, str(body["trigger_id"]))
            replaces = "actions" in body and _replaces(text)
            self._parts.background.start(tell_outcome(self._parts, source, outcome, replaces=replaces), "command")

    def _is_new(self, trigger_id: str) -> bool:
        """Whether this command arrives for the first time: a repeated one must not ask another question."""
        if trigger_id in self._done:
            return False
        self._done[trigger_id] = None
        return True

    async def _reply(self, source: From, text: str, trigger_id: str) -> MessageView | None:
        """Run a command, and return the private reply; if that is a form, open it."""
        self._count(source)
        view = await self._run(source, parse_command(text))
        if view is None or view.form is None:
            return view
        self._parts.app.limiter.take(Limit.FORMS, typist(ADAPTER, source.team_id, source.user_id))
        workspace = await self._parts.workspaces.of(source.team_id)
        return await open_modal(workspace, trigger_id, modal(view.form, source))

    async def filled_in(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> BoltResponse:
        """Run a form's command with what was filled in; what is refused stays in the form, and the form says why."""
        source = asked_by(body, view)
        try:
            self._count(source)
            command = command_in(view)
            told = await self._run(source, command)
        except QuizbotError as error:
            first = str(view["blocks"][0]["block_id"])
            return await ack(response_action="errors", errors={first: mrkdwn.visible(said(error))})
        if told is not None and told.refuses:
            return await ack(response_action="errors", errors=dict(told.mistakes))
        if told is not None:
            replaces = COMMANDS[command.name].replaces
            self._parts.background.start(tell(self._parts, source, told, replaces=replaces), "reply to a form")
        return await ack()

    def _count(self, source: From) -> None:
        self._parts.app.limiter.take(Limit.MESSAGES, typist(ADAPTER, source.team_id, source.user_id))

    async def _run(self, source: From, command: ChatCommand) -> MessageView | None:
        if command.name == "privacy delete" and CONFIRM in command.options:  # nobody misses what is dropped
            await self._parts.workspaces.forget_installer(source.team_id, source.user_id)
            self._parts.people.forget(source.team_id, source.user_id)
        if inbound.is_direct(source.channel) and not COMMANDS[command.name].of_a_space:
            return await dispatch.run_in_private(self._parts.app, ADAPTER, source.user_id, command)
        space = await self._parts.workspaces.meet(source.team_id)
        workspace = await self._parts.workspaces.of(source.team_id)
        caller, are_rights_known = await self._caller(workspace, space, source)
        speak_to(self._parts, source.team_id, source.user_id)
        inbound.check_mentions(command)
        inbound.check_call(command)
        hosts = await is_host(self._parts.app, caller)
        if hosts:
            await self._parts.people.meet_host(space, caller.member)
        if hosts and command.name.startswith(("daily", "league")):
            await self._parts.people.takes_charge(caller.member)
        if hosts and command.name == "bank import":
            return await self._import(workspace, caller, command)

        async def enter(channel: str, *, public: bool) -> None:  # noqa: ARG001 - only members see private ones, too
            await self._enter(workspace, source.channel, channel)

        try:
            return await dispatch.run(self._parts.app, caller, command, enter=enter)
        except NotAllowed:
            if are_rights_known:
                raise
            raise NotAllowed(
                _("I can't find out from Slack right now whether you are a host. Please try again in a moment.")
            ) from None

    async def _enter(self, workspace: Workspace, here: str, channel: str) -> None:
        """Make sure that the bot can post in a channel: ``here``, where somebody typed a command, or another one."""
        try:
            await self._parts.channels.enter(workspace, channel)
        except Forbidden:
            if channel == here:
                raise
            other = typed("league set", named={"weekly_channel": HERE})
            raise Forbidden(
                _(
                    "I can't post in the channel for leaderboards: it is archived, or I'm not allowed in. To use this "
                    "channel instead, type {command}"
                ).format(command=other)
            ) from None

    async def _caller(self, workspace: Workspace, space: Space, source: From) -> tuple[Caller, bool]:
        """Return who typed a command, and whether Slack said what they may do."""
        try:
            return await self._parts.people.caller(workspace, space, source.user_id, source.channel), True
        except MessengerError as error:
            # If Slack doesn't answer, nobody is a host: better to refuse a host than to obey somebody else.
            _log.warning("rights_unknown", team=source.team_id, reason=str(error))
            member = await self._parts.people.member(space, source.user_id, source.user_name)
            return Caller(space=space, channel=source.channel, member=member, is_host=False), False

    async def _import(self, workspace: Workspace, caller: Caller, command: ChatCommand) -> MessageView | None:
        """Import the file that the host shared last; if there is none, say how to share one."""
        view = await import_shared(self._parts, workspace, caller, command.options)
        return view or await dispatch.run(self._parts.app, caller, command)


def _replaces(text: str) -> bool:
    """Whether the reply to a button's command takes the place of the message with the button."""
    try:
        return COMMANDS[parse_command(text).name].replaces
    except QuizbotError:
        return False
