"""Asking, and looking at standings."""

from bot.domain.commands import Caller, Option, Slot, ValueKind, ValueSource
from bot.domain.errors import BadInput
from bot.domain.limits import Limit
from bot.domain.series_options import LEVELS
from bot.domain.standings import Ranked, Window
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.domain.words import ticked
from bot.i18n import gettext as _
from bot.i18n import later
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.rounds import asking
from bot.services.rounds.asking import MOST_AT_ONCE
from bot.services.standings import scores
from bot.services.standings.own_progress import stats

_LAST_WEEK = "last-week"
_WINDOWS = (*Window, _LAST_WEEK)


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
        private=ticked(options.get("private", "")),
    )


async def _leaderboard(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    window, by = options.get("window", Window.WEEK), Ranked(options.get("by", Ranked.PLAYER))
    if window == _LAST_WEEK:
        return await scores.leaderboard(core, caller, window=Window.WEEK, by=by, last_week=True)
    return await scores.leaderboard(core, caller, window=Window(window), by=by)


async def _stats(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if options.get("member", caller.member.external_id) != caller.member.external_id:
        return await scores.standing_of(core, caller, options["member"])
    return await stats(core, caller)


COMMANDS = (
    Command(
        name="quiz",
        does=later("Ask a question now"),
        handler=_quiz,
        limit=Limit.ASKS,
        counts_by="count",
        options=(
            Option(
                name="topic",
                about=later("What it is about"),
                slot=Slot.NEXT,
                takes_rest=True,
                completed_from=ValueSource.TOPICS,
            ),
            Option(name="difficulty", about=later("How hard, if the bank says so"), choices=LEVELS),
            Option(
                name="count",
                about=later("How many questions (default: one)"),
                kind=ValueKind.NUMBER,
                bounds=(1, MOST_AT_ONCE),
            ),
            Option(name="private", about=later("For you alone"), kind=ValueKind.YES_NO),
        ),
        posts=True,
        help=later("a question now; {command} asks about a topic").format(command=typed("quiz", topic="TOPIC")),
        at_hand=True,
    ),
    Command(
        name="leaderboard",
        does=later("Show who leads"),
        handler=_leaderboard,
        limit=None,
        options=(
            Option(
                name="window",
                about=later("Which period (default: this week)"),
                slot=Slot.ANYWHERE,
                choices=_WINDOWS,
            ),
            Option(name="by", about=later("Players or teams"), slot=Slot.ANYWHERE, choices=tuple(Ranked)),
        ),
        help=later("who leads this week; add last-week, day, month, season, all, or team"),
        misfit=later("“{word}” isn't a window. There are: {windows}; add team for teams.").format(
            windows=", ".join(_WINDOWS)
        ),
        at_hand=True,
    ),
    Command(
        name="stats",
        does=later("Show your points, your days in a row, and your accuracy by topic"),
        handler=_stats,
        limit=None,
        options=(Option(name="member", about=later("Whose figures (default: yours)"), kind=ValueKind.MEMBER),),
        help=later("your own accuracy and streak"),
        misfit=later("You can only see your own figures: {command}").format(command=typed("stats")),
        at_hand=True,
    ),
)
