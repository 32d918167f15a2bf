"""Commands in chat, the same on every platform."""

from collections.abc import Awaitable, Callable, Sequence

from bot.domain.commands import Caller, ChatCommand
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.identity import Member
from bot.domain.series import (
    Series,
    Timetable,
    parse_answer_with,
    parse_days,
    parse_duration,
    parse_reveal,
    parse_time,
    parse_zone,
)
from bot.domain.standings import Ranked, Window
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering import replies
from bot.rendering.words import literal
from bot.services import asking, banks, groups, privacy, scores, series, teams
from bot.services.chat_grammar import parse_command
from bot.services.core import Core

_PREVIEWED = 5


async def handle(core: Core, caller: Caller, text: str) -> MessageView | None:
    """Run a typed command; see `run`.

    Raises:
        QuizbotError: with what was wrong, and what to type instead.
    """
    return await run(core, caller, parse_command(text))


async def run(core: Core, caller: Caller, command: ChatCommand) -> MessageView | None:
    """Do what somebody asked for; the private reply, or None where a public message says it all.

    Raises:
        NotAllowed: the command is for admins.
        QuizbotError: with what was wrong, and what to type instead.
    """
    if command.name in _FOR_ADMINS and not caller.is_admin:
        raise NotAllowed(_("Only an admin of this place may do that."))
    return await _HANDLERS[command.name](core, caller, command.options)


async def run_in_private(core: Core, adapter: str, member_id: str, command: ChatCommand) -> MessageView:
    """Do what somebody asked for in a direct message, where there is no space: help, and one's data of all spaces.

    Raises:
        NotFound: the command needs a channel.
    """
    if command.name == "help":
        return replies.help_text(is_admin=False)
    if not command.name.startswith("privacy"):
        raise NotFound(_("That works in a channel where I am. Here I can do: /quiz help and /quiz privacy"))
    return await _PRIVACY[command.name](core, await privacy.accounts(core, adapter, member_id))


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


async def _team_create(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    team = await teams.create_team(core, caller, options.get("name", ""))
    return replies.say(_("Team {name} is founded, and you are in it.").format(name=literal(team.name)))


async def _team_join(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    team = await teams.join_team(core, caller, options.get("name", ""))
    return replies.say(_("You play for {name} now.").format(name=literal(team.name)))


async def _team_map(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("group"):
        raise BadInput(_("Which group, and which team? /quiz team map GROUP NAME"))
    team = await groups.map_group(core, caller, options["group"], options.get("name", ""))
    if team is None:
        return replies.say(_("That group stands for no team any more."))
    return replies.say(
        _("Whoever is in that group plays for {name} from the next answer on.").format(name=literal(team.name))
    )


async def _team_leave(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    name = await teams.leave_team(core, caller)
    return replies.say(_("You left {name}.").format(name=literal(name)) if name else _("You are in no team."))


async def _team_list(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.team_list(await teams.teams(core, caller))


async def _daily_set(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if "time" not in options or "zone" not in options:
        raise BadInput(_("Tell me when and where: /quiz daily set 09:00 Europe/Berlin"))
    timetable = Timetable(
        at=parse_time(options["time"]),
        zone=parse_zone(options["zone"]),
        days=parse_days(options.get("days", "daily")),
    )
    answer_with = parse_answer_with(options.get("answer_with", "buttons"))
    close_after = options.get("close_after")
    added = await series.add_series(
        core,
        caller.space,
        caller.channel,
        timetable,
        bank=options.get("bank"),
        topic=options.get("topic"),
        answer_with=answer_with,
        reveal=parse_reveal(options.get("reveal", ""), answer_with),
        close_after=parse_duration(close_after) if close_after else None,
        replaces=await _series_here(core, caller),
    )
    moments, moment = [], core.clock.now()
    for _number in range(_PREVIEWED):
        moment = core.next_fire(timetable, moment)
        moments.append(moment)
    return replies.series_set(added, moments)


async def _daily_show(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.series_list(await _series_here(core, caller))


async def _daily_pause(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    for one in await _some_series_here(core, caller):
        await series.pause_series(core, one.id)
    return replies.say(_("Paused. /quiz daily resume goes on."))


async def _daily_resume(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    resumed = [await series.resume_series(core, one.id) for one in await _some_series_here(core, caller)]
    return replies.series_list(resumed)


async def _daily_now(core: Core, caller: Caller, _options: dict[str, str]) -> None:
    for one in await _some_series_here(core, caller):
        await series.ask_in_series_now(core, one.id)


async def _daily_stop(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    for one in await _some_series_here(core, caller):
        await series.remove_series(core, one.id)
    return replies.say(_("Stopped. Points and past questions stay."))


async def _series_here(core: Core, caller: Caller) -> list[Series]:
    return await core.storage.read(lambda unit: unit.schedules.all(caller.space.id, caller.channel))


async def _some_series_here(core: Core, caller: Caller) -> list[Series]:
    here = await _series_here(core, caller)
    if not here:
        raise NotFound(_("No daily question here yet. Set one: /quiz daily set 09:00 Europe/Berlin"))
    return here


async def _bank_list(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.bank_list(await banks.summaries(core, caller.space.id))


async def _bank_import(_core: Core, _caller: Caller, _options: dict[str, str]) -> MessageView:
    return replies.say(
        _("Import your file on this room's import page, or on the command line: `quizbot bank import FILE`")
    )


async def _bank_review(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    if not options.get("name"):
        raise BadInput(_("Which bank? /quiz bank review NAME"))
    bank, questions = await banks.bank_questions(core, options["name"], caller.space.id)
    return replies.bank_review(bank, [question for question in questions if question.status != "ready"])


async def _privacy_export(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await _export(core, [caller.member])


async def _privacy_delete(core: Core, caller: Caller, _options: dict[str, str]) -> MessageView:
    return await _delete(core, [caller.member])


async def _export(core: Core, members: Sequence[Member]) -> MessageView:
    return replies.own_data(await privacy.export_data(core, members))


async def _delete(core: Core, members: Sequence[Member]) -> MessageView:
    known = await privacy.delete_data(core, members)
    return replies.say(
        _("Done: your answers, points and name are deleted.") if known else _("Nothing was stored about you.")
    )


_PRIVACY: dict[str, Callable[[Core, Sequence[Member]], Awaitable[MessageView]]] = {
    "privacy export": _export,
    "privacy delete": _delete,
}
_Handler = Callable[[Core, Caller, dict[str, str]], Awaitable[MessageView | None]]
_HANDLERS: dict[str, _Handler] = {
    "quiz": _quiz,
    "leaderboard": _leaderboard,
    "stats": _stats,
    "help": _help,
    "team create": _team_create,
    "team join": _team_join,
    "team leave": _team_leave,
    "team list": _team_list,
    "team map": _team_map,
    "daily set": _daily_set,
    "daily show": _daily_show,
    "daily pause": _daily_pause,
    "daily resume": _daily_resume,
    "daily now": _daily_now,
    "daily stop": _daily_stop,
    "bank list": _bank_list,
    "bank import": _bank_import,
    "bank review": _bank_review,
    "privacy export": _privacy_export,
    "privacy delete": _privacy_delete,
}
_FOR_ADMINS = frozenset(name for name in _HANDLERS if name.startswith(("daily", "bank", "team map")))
