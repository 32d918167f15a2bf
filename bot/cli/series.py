"""``quizbot series``: the daily questions."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.application import Application
from bot.cli import foresight
from bot.cli.console import LARGEST_ID, out, print_json, with_application
from bot.cli.options import ConfigOption, JsonOption
from bot.domain.clocks import Upcoming
from bot.domain.errors import BadInput
from bot.domain.identity import SeriesId
from bot.domain.rounds import Reveal
from bot.domain.series import Series, Timetable, due_date, local
from bot.domain.series_options import parse_date, parse_options, parse_timetable
from bot.domain.words import describe_days
from bot.i18n import gettext as _
from bot.rendering.series import clock_name, clock_words, describe
from bot.rendering.words import plain
from bot.scheduling.next_fire import preview as next_moments
from bot.services.leagues.spaces import ensure_space
from bot.services.series import series as use_cases
from bot.services.series.timetables import begun, paused_until, upcoming
from bot.services.series.usual_reveal import usual_reveal

app = typer.Typer(help="The daily questions: add, list, pause, resume, remove, ask now, preview.", no_args_is_help=True)

SeriesArgument = Annotated[
    int, typer.Argument(metavar="ID", max=LARGEST_ID, help="The series' id, as `quizbot series list` shows it.")
]
Days = Annotated[str, typer.Option(help="The weekdays with a question, like mon,tue or mon-fri.")]
Every = Annotated[int, typer.Option(min=1, max=366, help="Ask every so many days: 2 is every other day.")]
Holidays = Annotated[str, typer.Option(help="Dates without a question, like 2026-12-24..2027-01-06,2027-04-02.")]


@app.command()
def add(
    at: Annotated[str, typer.Option("--time", help="The local time of the question, like 09:00.")],
    zone: Annotated[str, typer.Option(help="The time zone, like Europe/Berlin.")],
    adapter: Annotated[str, typer.Option(help="The platform: web, or another one with an adapter.")] = "web",
    space: Annotated[str, typer.Option(help="The platform's id of the server or workspace.")] = "local",
    channel: Annotated[str, typer.Option(help="The platform's id of the channel.")] = "study",
    name: Annotated[str, typer.Option(help="The series' name, if the channel has several.")] = "",
    bank: Annotated[str, typer.Option(help="Ask questions from this bank only.")] = "",
    topic: Annotated[str, typer.Option(help="Ask questions on this topic only.")] = "",
    weights: Annotated[str, typer.Option(help="How often each topic comes, like data:20,modeling:36.")] = "",
    difficulty: Annotated[
        str, typer.Option(help="Difficulty: easy, medium, hard, adaptive, or a mix like easy:50,hard:50.")
    ] = "",
    days: Days = "daily",
    every: Every = 1,
    holidays: Holidays = "",
    answer_with: Annotated[str, typer.Option(help="How people answer: with buttons or reactions.")] = "buttons",
    reveal: Annotated[str, typer.Option(help="When people see if they were right: on_answer or at_close.")] = "",
    close_after: Annotated[
        str, typer.Option(help="How long a question is open: 30m, 8h, 1d. Default: until the next one.")
    ] = "",
    thread: Annotated[bool, typer.Option("--thread", help="Open a thread under each question.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Keep results in threads, if they come there.")] = False,
    mention: Annotated[
        str, typer.Option(help="Call people to each question: here, or & and the platform's id of a group.")
    ] = "",
    together: Annotated[
        str, typer.Option(help="Any word: all series of a league with this word ask the same questions.")
    ] = "",
    cards: Annotated[bool, typer.Option("--cards", help="Ask cards with long backs, too; they aren't scored.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Start the series without asking you first.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Start a series: a question in a channel, every day or on some days."""
    given = {
        "time": at,
        "zone": zone,
        "days": days,
        "every": str(every),
        "holidays": holidays,
        "name": name,
        "bank": bank,
        "topic": topic,
        "weights": weights,
        "difficulty": difficulty,
        "answer_with": answer_with,
        "reveal": reveal,
        "close_after": close_after,
        "thread": "yes" if thread else "no",
        "quiet": "yes" if quiet else "no",
        "mention": mention,
        "together": together,
        "cards": "yes" if cards else "no",
    }
    timetable, options = parse_timetable(given), parse_options(given)
    if sys.stdin.isatty() and not (yes or as_json):
        _confirm(timetable, config)

    async def work(application: Application) -> _Shown:
        known = await ensure_space(application, adapter, space, space, timetable.zone)
        if not reveal and options["reveal"] is Reveal.ON_ANSWER:
            options["reveal"] = await application.storage.read(lambda unit: usual_reveal(unit, known.id))
        return _shown(application, await use_cases.add_series(application, known, channel, timetable, **options))

    _show(with_application(work, config), as_json=as_json)


def _confirm(timetable: Timetable, config: Path | None) -> None:
    """Show when the first questions would come, and end the command if the user doesn't agree."""

    async def look(application: Application) -> Upcoming:
        return upcoming(application, begun(application, timetable))

    coming = with_application(look, config)
    for moment in coming.moments:
        shown = f"{local(moment, timetable.zone):%a %Y-%m-%d %H:%M} {clock_name(timetable.zone, moment)}"
        typer.echo(f"{shown} = {moment:%a %Y-%m-%d %H:%M} UTC")
    if words := clock_words(timetable, coming):
        typer.echo(words)
    if not typer.confirm(_("Start it?"), default=True):
        typer.echo(_("Nothing is set."))
        raise typer.Exit


@app.command("list")
def list_(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """List all series."""

    async def work(application: Application) -> list[_Shown]:
        found = await application.storage.read(lambda unit: unit.schedules.all())
        return [_shown(application, one) for one in found]

    found = with_application(work, config)
    if as_json:
        print_json([document for _line, document in found])
        return
    if not found:
        out.print("No series yet. Add one: quizbot series add --time 09:00 --zone Europe/Berlin")
    for one in found:
        _show(one, as_json=False)


@app.command()
def pause(
    series_id: SeriesArgument,
    until: Annotated[
        str, typer.Option(metavar="DATE", help="The date on which it resumes by itself, like 2027-01-07.")
    ] = "",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Pause a series until a date, or until you resume it."""
    day = parse_date(until) if until else None

    async def work(application: Application) -> _Shown:
        return _shown(application, await use_cases.pause_series(application, SeriesId(series_id), day))

    _show(with_application(work, config), as_json=as_json)


@app.command()
def resume(series_id: SeriesArgument, as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Resume a paused series; it asks again at its next time."""

    async def work(application: Application) -> _Shown:
        return _shown(application, await use_cases.resume_series(application, SeriesId(series_id)))

    _show(with_application(work, config), as_json=as_json)


@app.command()
def remove(series_id: SeriesArgument, config: ConfigOption = None) -> None:
    """End a series for good; its past questions, answers and points stay."""
    with_application(lambda a: use_cases.remove_series(a, SeriesId(series_id)), config)
    out.print(f"Series {series_id} is removed.")


@app.command()
def now(series_id: SeriesArgument, as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Ask the next question of a series now; a running bot posts it within two seconds."""
    round_ = with_application(lambda a: use_cases.ask_in_series_now(a, SeriesId(series_id)), config)
    if as_json:
        print_json({"round": str(round_.id), "question": str(round_.question_id), "series": str(series_id)})
    else:
        out.print(f"Asked: round {round_.id}. The bot posts it within two seconds, or when it starts.")


@app.command()
def preview(
    series_id: Annotated[
        int | None, typer.Argument(metavar="[ID]", max=LARGEST_ID, help="A series' id. Without it: --time and --zone.")
    ] = None,
    at: Annotated[str | None, typer.Option("--time", help="The local time of the question, like 09:00.")] = None,
    zone: Annotated[str | None, typer.Option(help="The time zone, like Europe/Berlin.")] = None,
    days: Days = "daily",
    every: Every = 1,
    holidays: Holidays = "",
    start: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DATE", help="Show times from this date on, like 2026-03-28. Default: from now on."
        ),
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=10_000, help="How many times to show.")] = 5,
    why: Annotated[
        bool, typer.Option("--why", help="Also show which question each would ask as things stand now, and why.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show when a series asks next, or when one with these options would."""
    if why:
        if series_id is None or start is not None:
            raise typer.BadParameter("--why shows what a series asks from now on: give its ID, and leave out --from")
        foresight.show(series_id, count, config, as_json=as_json)
        return
    given = {"days": days, "every": str(every), "holidays": holidays}
    timetable = _timetable(series_id, at, zone, given, config)
    try:
        moments = _moments(timetable, _beginning(start, timetable.zone), count)
    except OverflowError:
        raise BadInput(_("That goes beyond the years 1 to 9999. Choose another date, or a smaller count.")) from None
    if as_json:
        print_json([{"local": local(m, timetable.zone).isoformat(), "utc": m.isoformat()} for m in moments])
        return
    for moment in moments:
        out.print(f"{local(moment, timetable.zone):%a %Y-%m-%d %H:%M %Z} = {moment:%a %Y-%m-%d %H:%M} UTC")


def _timetable(
    series_id: int | None, at: str | None, zone: str | None, given: dict[str, str], config: Path | None
) -> Timetable:
    if series_id is not None:
        found = with_application(lambda a: use_cases.find_series(a, SeriesId(series_id)), config)
        return found.timetable
    if at is None or zone is None:
        raise typer.BadParameter("give a series' ID, or --time and --zone")
    return parse_timetable(given | {"time": at, "zone": zone})


def _moments(timetable: Timetable, start: datetime, count: int) -> list[datetime]:
    """Return the moments from a start; with ``every``, count days from the first one that could have a question."""
    if timetable.every > 1 and timetable.anchor is None:
        (first,) = next_moments(replace(timetable, every=1), start, 1)
        timetable = replace(timetable, anchor=due_date(timetable, first))
    return next_moments(timetable, start, count)


def _beginning(start: str | None, zone: str) -> datetime:
    return datetime.now(UTC) if start is None else datetime.combine(parse_date(start), time(), ZoneInfo(zone))


_Shown = tuple[str, dict[str, Any]]
"""A series as a line and as JSON."""


def _shown(application: Application, series: Series) -> _Shown:
    until = paused_until(application, series)
    document = {
        "id": str(series.id),
        "channel": series.channel,
        "name": series.name,
        "time": f"{series.timetable.at:%H:%M}",
        "zone": series.timetable.zone,
        "days": describe_days(series.timetable.days),
        "every": series.timetable.every,
        "anchor": series.timetable.anchor.isoformat() if series.timetable.anchor else None,
        "holidays": [day.isoformat() for day in sorted(series.timetable.holidays)],
        "bank": series.bank,
        "topic": series.topic,
        "weights": dict(series.weights),
        "difficulty": series.difficulty,
        "answer_with": series.answer_with,
        "reveal": series.reveal,
        "close_after_s": None if series.close_after is None else int(series.close_after.total_seconds()),
        "thread": series.thread,
        "quiet": series.quiet,
        "mention": series.mention,
        "together": series.together,
        "cards": series.cards,
        "paused": series.paused or until is not None,
        "paused_until": until.isoformat() if until else None,
        "next_utc": None if series.next_at is None else series.next_at.isoformat(),
    }
    return f"{series.id}: {plain(describe(series, until))}", document


def _show(shown: _Shown, *, as_json: bool) -> None:
    line, document = shown
    if as_json:
        print_json(document)
    else:
        out.print(line, markup=False, highlight=False)
