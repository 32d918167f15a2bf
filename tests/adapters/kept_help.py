"""The lines of /help whose looks are kept: those of the first version, so that a new command changes no look."""

from bot.domain.views import MessageView
from bot.rendering import replies
from bot.services.chat.commands.table import help_lines

EVERYBODY = ("quiz", "leaderboard", "stats", "team list", "link", "privacy export")
HOSTS = ("daily set", "daily show", "bank list", "team map", "team draw", "league invite", "league season")


def kept_help() -> MessageView:
    """Help for hosts, with these lines alone."""
    everybody = [line for line in help_lines(for_hosts=False) if line[0].command in EVERYBODY]
    return replies.help_text(everybody, [line for line in help_lines(for_hosts=True) if line[0].command in HOSTS])
