"""Handle slash commands: acknowledge them in time, act, and reply in private; hand answers to `Answers`."""

from collections.abc import Coroutine, Mapping
from dataclasses import replace
from functools import partial

import discord
import structlog

from adapters.common.background import Background
from adapters.common.fetching import Reach
from adapters.common.long_texts import beside_the_loop
from adapters.discord import command_forms, inbound, outbound
from adapters.discord.answering import Answers, broken
from adapters.discord.commands import is_hidden
from adapters.discord.controls import Json
from adapters.discord.deadlines import DEFER_AFTER_S
from adapters.discord.inbound import Origin
from adapters.discord.outbound import Outgoing
from adapters.discord.permissions import require_call, require_room
from adapters.discord.presence import Presence
from adapters.discord.replies import ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION, Replies
from adapters.discord.rest import TROUBLE
from adapters.discord.roles import Roles
from adapters.discord.servers import Servers
from adapters.discord.spaces import ADAPTER, Spaces
from adapters.discord.tokens import Tokens
from bot.application import Application
from bot.domain.commands import Caller, ChatCommand
from bot.domain.errors import BadInput, QuizbotError
from bot.domain.identity import Space
from bot.domain.limits import Limit
from bot.domain.series import HERE
from bot.domain.series_options import parse_mention
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.domain.words import ticked
from bot.i18n import gettext as _
from bot.i18n import use_language
from bot.services.banks.importing import LARGEST
from bot.services.chat import dispatch
from bot.services.chat.commands import Command
from bot.services.chat.commands.importing import import_file
from bot.services.chat.completion import suggest
from bot.services.illustrations import file_of
from bot.services.limiting import typist
from bot.services.people.hosting import is_host

_DRAIN_S = 5.0
_HANDLED = frozenset({inbound.COMMAND, inbound.COMPONENT, inbound.SUBMITTED_MODAL})

_log = structlog.get_logger(__name__)


class Interactions:
    """Handles interactions, each in its own task."""

    def __init__(
        self,
        app: Application,
        spaces: Spaces,
        presence: Presence,
        roles: Roles,
        replies: Replies,
        tokens: Tokens,
        servers: Servers,
        ids: Mapping[str, str],
        files: Reach,
        *,
        defer_after: float = DEFER_AFTER_S,
    ) -> None:
        self._app = app
        self._answers = Answers(app, spaces, roles, replies, tokens, ids, defer_after=defer_after)
        self._spaces = spaces
        self._presence = presence
        self._roles = roles
        self._replies = replies
        self._tokens = tokens
        self._servers = servers
        self._ids = ids
        self._files = files
        self._work = Background()
        self._closed = False

    def take(self, interaction: Json) -> None:
        """Start handling an interaction, as the gateway sent it."""
        if not self._closed:
            self._work.start(self._handle(interaction), "interaction")

    async def stop(self) -> None:
        """Stop taking interactions, and finish those already taken."""
        self._closed = True
        await self._work.finish(_DRAIN_S)
        await self._files.close()

    async def _handle(self, interaction: Json) -> None:
        who = inbound.origin(interaction)
        try:
            with use_language(inbound.language(interaction) or self._app.settings.language):
                if work := self._work_for(who, interaction):
                    await work
        except TROUBLE as error:
            _log.info("not_replied", event_id=who.id, reason=str(error))
        except Exception:  # noqa: BLE001 - a failed interaction must not end the others; the traceback is logged
            _log.exception("interaction_failed", event_id=who.id)

    def _work_for(self, who: Origin, interaction: Json) -> Coroutine[None, None, None] | None:
        """Return what handles an interaction; awaiting it here, too, would cost every click another coroutine."""
        if interaction["type"] == inbound.AUTOCOMPLETE:
            return self._complete(who, interaction)
        if interaction["type"] not in _HANDLED:
            return None
        if not inbound.runs_command(interaction):
            return self._answers.take(who, interaction)
        if inbound.may_open_form(interaction):
            return self._open_form(who, interaction)
        return self._command(who, interaction)

    async def _command(self, who: Origin, interaction: Json) -> None:
        """Acknowledge, then run: if a command arrives twice, only one copy can be acknowledged, and only that runs."""
        replaces = inbound.replaces(interaction)
        try:
            await self._replies.defer(who, replaces=replaces)
        except discord.HTTPException as error:
            if error.code not in {ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION}:
                raise
            _log.info("command_not_ours", event_id=who.id, reason=str(error))
            return
        self._tokens.remember(who)
        try:
            self._app.limiter.take(Limit.MESSAGES, typist(ADAPTER, who.guild or "", who.user))
            command = inbound.command(interaction)
            view = await self._run(who, command, interaction)
        except QuizbotError as error:
            await self._reply(who, outbound.error(error, self._ids), instead=not replaces)
        except Exception:  # noqa: BLE001 - the traceback is logged, and the person is told
            await self._reply(who, broken(who), instead=not replaces)
        else:
            if view is not None:
                await self._reply(who, await self._message(view), instead=not (replaces and view.refuses))
            elif Command.is_public(command.options):  # a private question has already replaced the reply
                await self._replies.take_back(who)

    async def _reply(self, who: Origin, outgoing: Outgoing, *, instead: bool) -> None:
        """Reply after an acknowledgement: ``instead`` of the message that it shows or is about, or below that."""
        if instead:
            await self._replies.edit(who, outgoing)
        else:
            await self._replies.follow_up(who, outgoing)

    async def _message(self, view: MessageView) -> outbound.Outgoing:
        file = await file_of(self._app, view.chart) if view.chart else None
        pictures = [(view.chart, file)] if view.chart and file else []
        return await beside_the_loop(view, partial(outbound.message, view, ids=self._ids, pictures=pictures))

    async def _open_form(self, who: Origin, interaction: Json) -> None:
        """Run a command that opens a form, and reply at once: after an acknowledgement, Discord takes no modal."""
        try:
            self._app.limiter.take(Limit.MESSAGES, typist(ADAPTER, who.guild or "", who.user))
            view = await self._run(who, inbound.command(interaction), interaction)
            if view is not None and view.form is not None:
                await self._replies.show(who, command_forms.modal(view.form))
                return
            outgoing = await self._message(view or MessageView())
        except QuizbotError as error:
            outgoing = outbound.error(error, self._ids)
        except TROUBLE:
            raise
        except Exception:  # noqa: BLE001 - the traceback is logged, and the person is told
            outgoing = broken(who)
        await self._replies.reply(who, outgoing)

    async def _run(self, who: Origin, command: ChatCommand, interaction: Json) -> MessageView | None:
        if who.guild is None:
            return await dispatch.run_in_private(self._app, ADAPTER, who.user, command)
        space = await self._presence.meet(who.guild)
        caller = await self._caller(who, space, command)
        if command.name == "bank import":
            return await self._import(caller, command, interaction)

        async def enter(channel: str, *, public: bool) -> None:
            if public and channel == caller.channel:
                require_room(interaction, thread=ticked(command.options.get("thread", "")))
            elif public:
                self._servers.require_room(channel)
            await self._require_call(who.guild, command, interaction)

        view = await dispatch.run(self._app, caller, command, enter=enter)
        if command.name == "team map":
            self._roles.forget(space.id)
        return view

    async def _require_call(self, guild: str | None, command: ChatCommand, interaction: Json) -> None:
        """Check that the bot may mention whom a command wants each question to mention."""
        mention = parse_mention(command.options.get("mention", "")) if guild else ""
        if guild and mention:
            role = None if mention == HERE else await self._servers.role(guild, mention.removeprefix("&"))
            require_call(interaction, role)

    async def _caller(self, who: Origin, space: Space, command: ChatCommand) -> Caller:
        """Return who runs a command; in a command of hosts, whoever the server's settings let use it is one."""
        caller = who.caller(space)
        command_id = self._ids.get(command.name)
        if command_id is None or not is_hidden(command.name) or await is_host(self._app, caller):
            return caller
        return replace(caller, is_host=await self._servers.opened(command_id, who))

    async def _import(self, caller: Caller, command: ChatCommand, interaction: Json) -> MessageView:
        await dispatch.require_right(self._app, caller, command)
        for file in inbound.uploads(interaction):
            if file.size > LARGEST:
                raise BadInput(_("“{name}” is too large: the limit is 10 MB.").format(name=file.name))
            arrived = await self._files.download(file.url, most=LARGEST)
            return await import_file(self._app, caller, file.name, arrived.data)
        raise BadInput(_("There is no file in it. Add one: {command}").format(command=typed("bank import")))

    async def _complete(self, who: Origin, interaction: Json) -> None:
        field = inbound.completion(interaction)
        space = await self._spaces.of(who.guild) if who.guild else None
        found = [] if field is None or space is None else await suggest(self._app, space, *field)
        await self._replies.complete(who, found)
