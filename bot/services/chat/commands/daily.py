"""The series of a channel."""

from functools import partial

from bot.domain.commands import Caller, Option, Slot, ValueSource
from bot.domain.errors import BadInput, NotFound
from bot.domain.identity import SeriesId
from bot.domain.limits import Limit
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.series import Series
from bot.domain.series_options import parse_date, parse_options, parse_timetable
from bot.domain.typed import Mention, Typed, typed
from bot.domain.views import Caution, MessageView
from bot.i18n import gettext as _
from bot.i18n import later, ngettext
from bot.ports import Unit
from bot.rendering import replies
from bot.rendering.series import EXAMPLE, series_list, series_previewed, stopping
from bot.rendering.series_set import series_set
from bot.services.chat.commands import Command
from bot.services.core import Core
from bot.services.people.hosting import name_here
from bot.services.rounds.closing import close_early
from bot.services.series import series
from bot.services.series.choosing import left_out
from bot.services.series.timetables import begun, paused_until, upcoming
from bot.services.series.usual_reveal import usual_reveal


async def _daily_set(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    _require_time_and_zone(options)
    chosen = parse_options(options)
    for_teams = False
    if not options.get("reveal") and chosen["reveal"] is Reveal.ON_ANSWER:
        usual = await core.storage.read(lambda unit: usual_reveal(unit, caller.space.id))
        chosen["reveal"], for_teams = usual, usual is Reveal.AT_CLOSE
    here = await _series_here(core, caller)
    added = await series.add_series(
        core,
        caller.space,
        caller.channel,
        parse_timetable(options),
        replaces=[one for one in here if one.is_named(chosen["name"])],
        set_by=caller.member,
        **chosen,
    )
    not_asked = await core.storage.read(lambda unit: left_out(unit, added))
    preview, coming = _command("daily preview", options), upcoming(core, added.timetable)
    return series_set(added, coming, not_asked, core.clock.now(), preview=preview, for_teams=for_teams)


async def _daily_preview(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    _require_time_and_zone(options)
    timetable, chosen = begun(core, parse_timetable(options)), parse_options(options)
    await core.storage.read(partial(_require_bank, caller=caller, bank=chosen["bank"]))
    return series_previewed(timetable, upcoming(core, timetable), _command("daily set", options))


async def _require_bank(unit: Unit, caller: Caller, bank: str | None) -> None:
    await series.require_bank(unit, caller.space, bank)


def _require_time_and_zone(options: dict[str, str]) -> None:
    if "time" not in options or "zone" not in options:
        raise BadInput(_("Tell me when and where: {command}").format(command=EXAMPLE))


def _command(name: str, options: dict[str, str]) -> Typed:
    """Return a command with the options of the one that was typed."""
    named = {name: value for name, value in options.items() if name not in {"time", "zone"}}
    return typed(name, time=options["time"], zone=options["zone"], named=named)


async def _daily_show(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    here = await _series_here(core, caller)
    return await _list(core, await _some_series_here(core, caller, options) if here else here)


async def _daily_pause(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    until = parse_date(options["until"]) if "until" in options else None
    paused = [await series.pause_series(core, one.id, until) for one in await _some_series_here(core, caller, options)]
    if until:
        return await _list(core, paused)
    return replies.say(_("Paused. To resume, use {command}.").format(command=typed("daily resume")))


async def _daily_resume(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    some = await _some_series_here(core, caller, options)
    return await _list(core, [await series.resume_series(core, one.id) for one in some])


async def _daily_now(core: Core, caller: Caller, options: dict[str, str]) -> None:
    await series.ask_out_of_turn(core, caller, await _some_series_here(core, caller, options))


async def _daily_close(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    named = [one.id for one in await _some_series_here(core, caller, options)] if options.get("name") else None

    async def read(unit: Unit) -> list[Round]:
        here = [one for one in await unit.rounds.open_in(caller.space.id, caller.channel) if one.private_to is None]
        return here if named is None else [one for one in here if one.series_id in named]

    rounds = await core.storage.read(read)
    if not rounds:
        raise NotFound(_("No daily question is open here.") if named else _("No question is open here."))
    await close_early(core, rounds)
    number = len(rounds)
    said = ngettext("Closed. The result follows.", "Closed. The results of {number} questions follow.", number)
    return replies.say(said.format(number=number))


async def _ask_stop(core: Core, caller: Caller, options: dict[str, str]) -> Caution:
    return stopping(await _some_series_here(core, caller, options))


async def _daily_stop(core: Core, caller: Caller, options: dict[str, str]) -> MessageView:
    for one in await _some_series_here(core, caller, options):
        await series.remove_series(core, one.id)
    return replies.say(_("Stopped. Points and past questions stay."))


async def _list(core: Core, some: list[Series]) -> MessageView:
    async def read(unit: Unit) -> dict[SeriesId, Mention]:
        return {
            one.id: Mention(one.set_by, await name_here(unit, one.space_id, one.set_by)) for one in some if one.set_by
        }

    ends = {one.id: day for one in some if (day := paused_until(core, one))}
    return series_list(some, ends, await core.storage.read(read))


async def _series_here(core: Core, caller: Caller) -> list[Series]:
    return await core.storage.read(lambda unit: unit.schedules.all(caller.space.id, caller.channel))


async def _some_series_here(core: Core, caller: Caller, options: dict[str, str]) -> list[Series]:
    """Return the channel's series with the given name; all of its series if no name is given."""
    here = await _series_here(core, caller)
    if not here:
        raise NotFound(_("No daily question here yet. Set one: {command}").format(command=EXAMPLE))
    name = options.get("name")
    if name and not any(one.is_named(name) for one in here):
        names = ", ".join(one.name for one in here if one.name) or _("none with a name")
        raise NotFound(
            _("No daily question here is named “{name}”. There are: {names}.").format(name=name, names=names)
        )
    return [one for one in here if not name or one.is_named(name)]


_NAME = Option(
    name="name",
    about=later("Which one, by its name (default: all in this channel)"),
    example="name=evening",
)
_SERIES = (
    Option(name="time", about=later("Local time, like 09:00"), slot=Slot.NEXT, required=True),
    Option(
        name="zone",
        about=later("Time zone, like Europe/Berlin"),
        slot=Slot.NEXT,
        required=True,
        completed_from=ValueSource.ZONES,
    ),
    Option(name="days", about=later("On some weekdays only, like mon-fri or mon,wed"), example="days=mon,tue"),
    Option(name="every", about=later("How many days apart, like 2 for every second day")),
    Option(name="holidays", about=later("Dates to leave out, like 2026-12-24..2027-01-06,2027-04-02")),
    Option(name="name", about=later("A short name, if this channel has several series")),
    Option(name="bank", about=later("From one bank only"), completed_from=ValueSource.BANKS),
    Option(name="topic", about=later("On one topic only"), completed_from=ValueSource.TOPICS),
    Option(name="weights", about=later("Shares of topics, like data:20,modeling:36")),
    Option(name="difficulty", about=later("easy, medium, hard, adaptive, or a mix like easy:50,hard:50")),
    Option(name="answer_with", about=later("How people answer (default: buttons)"), choices=tuple(AnswerWith)),
    Option(
        name="reveal",
        about=later("When people learn the verdict (default: at once, or at the close if your league has teams)"),
        choices=tuple(Reveal),
    ),
    Option(
        name="close_after",
        about=later("How long it stays open, like 30m, 8h or 1d (default: until the next one)"),
    ),
    Option(name="thread", about=later("Open a thread under each question to talk about it"), choices=("yes", "no")),
    Option(
        name="quiet",
        about=later("Where results come in the question's thread, don't repeat them in the channel (default: no)"),
        choices=("yes", "no"),
    ),
    Option(name="mention", about=later("Call people to each question: @role, here or off (default: off)")),
    Option(name="together", about=later("Series of your league with the same word here ask the same question")),
    Option(
        name="cards",
        about=later("Also ask cards whose back is too long to type; they aren't scored (default: no)"),
        choices=("yes", "no"),
    ),
)

COMMANDS = (
    Command(
        name="daily set",
        does=later("Ask a question every day in this channel; replaces a series of the same name"),
        handler=_daily_set,
        limit=None,
        options=_SERIES,
        for_hosts=True,
        of_channel=True,
        posts=True,
        help=later("a question every day at that time; also daily preview, now, close, pause, resume, stop"),
        help_example=EXAMPLE,
    ),
    Command(
        name="daily preview",
        does=later("Show when the question would come, without setting anything"),
        handler=_daily_preview,
        limit=None,
        options=_SERIES,
        for_hosts=True,
        of_channel=True,
    ),
    Command(
        name="daily show",
        does=later("The daily questions of this channel, and who set them up"),
        handler=_daily_show,
        limit=None,
        options=(_NAME,),
        opens_group=True,
        help=later("the daily questions of this channel, and who set them up"),
    ),
    Command(
        name="daily pause",
        does=later("Pause the daily question until you resume it"),
        handler=_daily_pause,
        limit=None,
        options=(
            _NAME,
            Option(name="until", about=later("The date when it resumes by itself, like 2027-01-07")),
        ),
        for_hosts=True,
        of_channel=True,
    ),
    Command(
        name="daily resume",
        does=later("Resume the daily question"),
        handler=_daily_resume,
        limit=None,
        options=(_NAME,),
        for_hosts=True,
        of_channel=True,
        posts=True,
    ),
    Command(
        name="daily now",
        does=later("Ask the next question now, and close the previous one"),
        handler=_daily_now,
        limit=Limit.ASKS,
        options=(_NAME,),
        for_hosts=True,
        of_channel=True,
        posts=True,
    ),
    Command(
        name="daily close",
        does=later("Close all open questions here now, even those from /quiz, and show the results"),
        handler=_daily_close,
        limit=None,
        options=(_NAME,),
        for_hosts=True,
        of_channel=True,
        posts=True,
    ),
    Command(
        name="daily stop",
        does=later("Stop the daily question; points and past questions stay"),
        handler=_daily_stop,
        asks=_ask_stop,
        replaces=True,
        limit=None,
        options=(_NAME,),
        for_hosts=True,
        of_channel=True,
    ),
)
