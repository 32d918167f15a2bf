"""Messages about who is host."""

from collections.abc import Sequence

from bot.domain.hosts import Host
from bot.domain.typed import Mention, typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _

EXAMPLE = typed("host add", who="WHO")
"""An example of the command that makes somebody host."""


def made_host(host: Host, name: str) -> MessageView:
    """Confirm that somebody is host now."""
    text = _("{who} is a host in this channel now.") if host.channel else _("{who} is a host now.")
    return MessageView(text=text.format(who=_who(host, name)))


def no_longer_host(host: Host, name: str) -> MessageView:
    """Confirm that somebody is no host any more."""
    text = _("{who} isn't a host in this channel any more.") if host.channel else _("{who} isn't a host any more.")
    return MessageView(text=text.format(who=_who(host, name)))


def host_list(hosts: Sequence[tuple[Host, str]], channel: str) -> MessageView:
    """The hosts of a space, each with their name there, for a reader in one of its channels."""
    always = _("People who run the server or workspace are always hosts.")
    if not hosts:
        text = _("Nobody has been made a host here yet. To make somebody a host: `{command}`").format(command=EXAMPLE)
        return MessageView(text=text, footer=always)
    lines = "\n".join(f"- {_line(host, name, channel)}" for host, name in hosts)
    return MessageView(title=_("Hosts"), text=lines, footer=always)


def _line(host: Host, name: str, channel: str) -> str:
    if not host.channel:
        return str(_who(host, name))
    text = _("{who}, in this channel only") if host.channel == channel else _("{who}, in another channel only")
    return text.format(who=_who(host, name))


def _who(host: Host, name: str) -> Mention:
    return Mention(host.group or host.account, name, is_group=bool(host.group))
