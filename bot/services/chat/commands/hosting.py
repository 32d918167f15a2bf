"""Commands that say who is host."""

import re

from bot.domain.commands import Caller, Option, Slot, ValueKind
from bot.domain.errors import BadInput
from bot.domain.hosts import Host
from bot.domain.limits import Limit
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import later
from bot.rendering import hosts as rendering
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.people import hosting

_EVERYWHERE, _HERE = "everywhere", "here"
_WHO = re.compile(r"([@&])(.{1,200})")
_GROUP_SIGN = "&"


async def _add(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    host = _host(core, caller, options)
    await hosting.add_host(core, caller, host)
    return rendering.made_host(host, await _name(core, host))


async def _remove(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    host = _host(core, caller, options)
    await hosting.remove_host(core, caller, host)
    return rendering.no_longer_host(host, await _name(core, host))


async def _list(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return rendering.host_list(await hosting.named_hosts(core, caller.space.id), caller.channel)


async def _name(core: Core, host: Host) -> str:
    return await core.storage.read(lambda unit: hosting.name_here(unit, host.space_id, host.account))


def _host(core: Core, caller: Caller, options: dict[str, str]) -> Host:
    """Read who is meant, and where.

    Raises:
        BadInput: nobody is named, or not by a mention, or where is neither everywhere nor here.
    """
    who, where = options.get("who", "").strip(), options.get("where", _EVERYWHERE).casefold()
    found = _WHO.fullmatch(who)
    if found is None:
        raise BadInput(
            _("Mention the person or group you mean, like this: {command}").format(command=rendering.EXAMPLE)
        )
    if where not in {_EVERYWHERE, _HERE}:
        raise BadInput(_("“{where}” isn't one of the choices: everywhere, here.").format(where=where))
    is_group = found[1] == _GROUP_SIGN
    return Host(
        space_id=caller.space.id,
        account="" if is_group else found[2],
        group=found[2] if is_group else "",
        channel=caller.channel if where == _HERE else "",
        since=core.clock.now(),
    )


_OPTIONS = (
    Option(
        name="who",
        about=later("A person, a role or a user group"),
        kind=ValueKind.MENTION,
        slot=Slot.NEXT,
        takes_rest=True,
        required=True,
    ),
    Option(
        name="where",
        about=later("Everywhere, or only for this channel's daily questions (default: everywhere)"),
        slot=Slot.ANYWHERE,
        choices=(_EVERYWHERE, _HERE),
    ),
)

COMMANDS = (
    Command(
        name="host add",
        does=later("Make a person, a role or a user group a host"),
        handler=_add,
        limit=Limit.CHANGES,
        options=_OPTIONS,
        for_hosts=True,
        help=later("make a person, role or user group a host; with here, only for this channel; also host remove"),
        help_example=rendering.EXAMPLE,
    ),
    Command(
        name="host remove",
        does=later("Take somebody's host rights away again"),
        handler=_remove,
        limit=Limit.CHANGES,
        options=_OPTIONS,
        for_hosts=True,
    ),
    Command(
        name="host list",
        does=later("Who has been made a host here"),
        handler=_list,
        limit=None,
        for_hosts=True,
        opens_group=True,
        help=later("who has been made a host here"),
    ),
)
