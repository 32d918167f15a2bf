"""Run commands from chat, in the same way on every platform."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from bot import security
from bot.domain.commands import Caller, ChatCommand
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.typed import typed, without_marks
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.words import listed
from bot.security import Event
from bot.services.chat.asking_first import ask_first
from bot.services.chat.commands.table import COMMANDS
from bot.services.chat.grammar import parse_command
from bot.services.core import Core
from bot.services.limiting import person
from bot.services.people import privacy
from bot.services.people.hosting import is_host


class Enter(Protocol):
    """Gets a platform ready for a post in a channel."""

    async def __call__(self, channel: str, *, public: bool) -> None:
        """Make sure that the bot can post there, for everybody or (not ``public``) for the caller alone.

        Raises:
            Forbidden: it can't; the message says what is missing and what to do.
        """


async def _is_ready(channel: str, *, public: bool) -> None:
    """The `Enter` of a platform where the bot can always post."""


async def handle(core: Core, caller: Caller, text: str) -> MessageView | None:
    """Run a typed command; see `run`.

    Raises:
        QuizbotError: the message says what was wrong, and what to type instead.
    """
    return await run(core, caller, parse_command(text))


async def run(
    core: Core, caller: Caller, command: ChatCommand, *, enter: Enter = _is_ready, confirmed: bool = False
) -> MessageView | None:
    """Run a command and return the private reply; None if a public message says it all.

    The commands of one account run one after another: one that was still running while the account is deleted would
    make it again.

    Args:
        core: what use cases need.
        caller: who typed it, and where.
        command: the command, with its options.
        enter: called before a command that makes the bot post, with the channel.
        confirmed: whether the caller has been asked already, if the command can't be undone.

    Raises:
        NotAllowed: the command is for hosts.
        Forbidden: the bot can't post where it would have to; nothing was done.
        Outdated: the caller's account was deleted after the command was typed.
        Limited: the caller does too much of it at once.
        QuizbotError: the message says what was wrong, and what to type instead.
    """
    member = replace(caller.member, acted_at=caller.member.acted_at or core.clock.now())  # before it waits for its turn
    caller = replace(caller, member=member)
    found = COMMANDS[command.name]
    async with core.turns.of(("commands", caller.space.adapter, caller.member.external_id)):
        await require_right(core, caller, command)
        # The adapter may have read the space before it changed its league, or its channel for leaderboards.
        space = await core.storage.read(lambda unit: unit.spaces.find(caller.space.id))
        caller, options = replace(caller, space=space or caller.space), _cleaned(command.options)
        if (channel := await _posts_in(core, caller, command, options)) is not None:
            await enter(channel, public=found.is_public(command.options))
        with core.limiter.within(found.limit, person(caller), found.counts(options)):
            caution = await found.asks(core, caller, options) if found.asks and not confirmed else None
            who = caller.member.account, caller.channel
            question = await ask_first(core, who, found.name, options, caution) if caution else None
            return question or await found.handler(core, caller, options)


async def _posts_in(core: Core, caller: Caller, command: ChatCommand, options: dict[str, str]) -> str | None:
    """Return the channel in which a command makes the bot post; None: it posts nowhere."""
    found = COMMANDS[command.name]
    if found.makes_post(command.options):
        return caller.channel
    return await found.posts_in(core, caller, options) if found.posts_in else None


async def require_right(core: Core, caller: Caller, command: ChatCommand) -> None:
    """Refuse a host's command to everybody else.

    Raises:
        NotAllowed: the command, or one of its chosen options, is for hosts.
    """
    found = COMMANDS[command.name]
    if found.is_for_hosts(command.options) and not await is_host(core, caller, of_channel=found.of_channel):
        player = await core.storage.read(lambda unit: unit.people.player(caller.member))
        security.note(Event.ROLE_REFUSED, player=player)
        raise NotAllowed(_("Only a host can do that."))


async def run_in_private(core: Core, adapter: str, member_id: str, command: ChatCommand) -> MessageView:
    """Run a command from a direct message, which belongs to no space: help, or one's own data from all spaces.

    Raises:
        NotFound: the command needs a channel.
    """
    found = COMMANDS[command.name]
    if found.in_private is None:
        here = dict.fromkeys(one.group or one.name for one in COMMANDS.values() if one.in_private)
        commands = listed([str(typed(name)) for name in here])
        raise NotFound(_("That works in a channel that I'm in. Here you can use {commands}").format(commands=commands))
    taken_at = core.clock.now()
    async with core.turns.of(("commands", adapter, member_id)):
        known, options = await privacy.accounts(core, adapter, member_id), _cleaned(command.options)
        accounts = [replace(one, acted_at=taken_at) for one in known]
        with core.limiter.within(found.limit, [("account", adapter, member_id)]):
            caution = await found.asks_in_private(core, accounts, options) if found.asks_in_private else None
            question = await ask_first(core, (adapter, member_id), found.name, options, caution) if caution else None
            return question or await found.in_private(core, accounts, options)


def _cleaned(options: Mapping[str, str]) -> dict[str, str]:
    """Return the options without the marks of commands: replies repeat them, and must not show them as commands."""
    return {name: without_marks(value) for name, value in options.items()}
