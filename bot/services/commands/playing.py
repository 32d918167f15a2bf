"""Asking, looking at standings, and help."""

from bot.domain.commands import Caller
from bot.domain.errors import BadInput
from bot.domain.standings import Ranked, Window
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.services import asking, scores
from bot.services.commands import Handler
from bot.services.core import Core


async def _quiz(core: Core, caller: Caller, options: dict[str, str]) -> None:
    try:
        count = int(options.get("count", "1"))
    except ValueError:
        raise BadInput(_("“{count}” isn't a number of questions.").format(count=options["count"])) from None
    await asking.ask_now(
        core,
        caller,
        topic=options.get("topic"),
        difficulty=options.get("difficulty"),
        count=count,
        private=options.get("private", "").casefold() in {"true", "yes", "1", "on"},
    )


async def _leaderboard(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    window, by = Window(options.get("window", Window.WEEK)), Ranked(options.get("by", Ranked.PLAYER))
    return await scores.leaderboard(core, caller, window=window, by=by)


async def _stats(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if options.get("member", caller.member.external_id) != caller.member.external_id:
        return await scores.standing_of(core, caller, options["member"])
    return await scores.stats(core, caller)


async def _help(_core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.help_text(is_admin=caller.is_admin)


HANDLERS: dict[str, Handler] = {
    "quiz": _quiz,
    "leaderboard": _leaderboard,
    "stats": _stats,
    "help": _help,
}
