"""``quizbot series``: the daily questions."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.application import Application
from bot.cli.console import LARGEST_ID, ConfigOption, JsonOption, out, print_json, with_application
from bot.domain.errors import BadInput
from bot.domain.identity import SeriesId
from bot.domain.series import (
    Series,
    Timetable,
    describe_days,
    local,
    parse_answer_with,
    parse_days,
    parse_duration,
    parse_reveal,
    parse_time,
    parse_zone,
)
from bot.i18n import gettext as _
from bot.rendering.replies import describe
from bot.rendering.words import plain
from bot.scheduling.next_fire import preview as next_moments
from bot.services import series as use_cases
from bot.services.places import ensure_space

app = typer.Typer(help="The daily questions: add, list, pause, resume, remove, ask now, preview.", no_args_is_help=True)

SeriesArgument = Annotated[int, typer.Argument(metavar="ID", max=LARGEST_ID, help="As `quizbot series list` shows it.")]


@app.command()
def add(
    at: Annotated[str, typer.Option("--time", help="Local time, like 09:00.")],
    zone: Annotated[str, typer.Option(help="IANA zone, like Europe/Berlin.")],
    adapter: Annotated[str, typer.Option(help="web, discord or slack.")] = "web",
    space: Annotated[str, typer.Option(help="The platform's id of the server or workspace.")] = "local",
    channel: Annotated[str, typer.Option(help="The platform's id of the channel.")] = "study",
    bank: Annotated[str | None, typer.Option(help="Draw from this bank only.")] = None,
    topic: Annotated[str | None, typer.Option(help="Draw this topic only.")] = None,
    days: Annotated[str, typer.Option(help="Weekdays, like mon,tue or mon-fri.")] = "daily",
    answer_with: Annotated[str, typer.Option(help="buttons or reactions.")] = "buttons",
    reveal: Annotated[str, typer.Option(help="on_answer or at_close.")] = "",
    close_after: Annotated[str | None, typer.Option(help="30m, 8h, 1d; else until the next question.")] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Ask a question in a channel, every day or on some weekdays."""
    timetable = Timetable(at=parse_time(at), zone=parse_zone(zone), days=parse_days(days))
    answer = parse_answer_with(answer_with)
    shown = parse_reveal(reveal, answer)
    lasts = parse_duration(close_after) if close_after else None

    async def work(application: Application) -> Series:
        place = await ensure_space(application, adapter, space, space, timetable.zone)
        return await use_cases.add_series(
            application,
            place,
            channel,
            timetable,
            bank=bank,
            topic=topic,
            answer_with=answer,
            reveal=shown,
            close_after=lasts,
        )

    _show(with_application(work, config), as_json=as_json)


@app.command("list")
def list_(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """List all series."""
    found = with_application(lambda a: a.storage.read(lambda unit: unit.schedules.all()), config)
    if as_json:
        print_json([_series_json(one) for one in found])
        return
    if not found:
        out.print("No series yet. Add one: quizbot series add --time 09:00 --zone Europe/Berlin")
    for one in found:
        _show(one, as_json=False)


@app.command()
def pause(series_id: SeriesArgument, as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Ask nothing more until it is resumed."""
    _show(with_application(lambda a: use_cases.pause_series(a, SeriesId(series_id)), config), as_json=as_json)


@app.command()
def resume(series_id: SeriesArgument, as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Ask again, from the next moment on."""
    _show(with_application(lambda a: use_cases.resume_series(a, SeriesId(series_id)), config), as_json=as_json)


@app.command()
def remove(series_id: SeriesArgument, config: ConfigOption = None) -> None:
    """End a series; its questions, answers and points stay."""
    with_application(lambda a: use_cases.remove_series(a, SeriesId(series_id)), config)
    out.print(f"Series {series_id} is removed.")


@app.command()
def now(series_id: SeriesArgument, as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Ask its next question at once; a running bot posts it within two seconds."""
    round_ = with_application(lambda a: use_cases.ask_in_series_now(a, SeriesId(series_id)), config)
    if as_json:
        print_json({"round": str(round_.id), "question": str(round_.question_id), "series": str(series_id)})
    else:
        out.print(f"Asked: round {round_.id}. A running bot posts it now, another one when it starts.")


@app.command()
def preview(
    series_id: Annotated[int | None, typer.Argument(metavar="[ID]", max=LARGEST_ID)] = None,
    at: Annotated[str | None, typer.Option("--time", help="Local time, like 09:00.")] = None,
    zone: Annotated[str | None, typer.Option(help="IANA zone, like Europe/Berlin.")] = None,
    days: Annotated[str, typer.Option(help="Weekdays, like mon,tue or mon-fri.")] = "daily",
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="From this date on, like 2026-03-28.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=10_000, help="How many.")] = 5,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Show the next posting times of a series, or of a time and zone."""
    timetable = _timetable(series_id, at, zone, days, config)
    try:
        moments = next_moments(timetable, _beginning(start, timetable.zone), count)
    except OverflowError:
        raise BadInput(_("That leads out of the years 1 to 9999. Choose another date, or a smaller count.")) from None
    if as_json:
        print_json([{"local": local(m, timetable.zone).isoformat(), "utc": m.isoformat()} for m in moments])
        return
    for moment in moments:
        out.print(f"{local(moment, timetable.zone):%a %Y-%m-%d %H:%M %Z} = {moment:%a %Y-%m-%d %H:%M} UTC")


def _timetable(series_id: int | None, at: str | None, zone: str | None, days: str, config: Path | None) -> Timetable:
    if series_id is not None:
        found = with_application(lambda a: use_cases.find_series(a, SeriesId(series_id)), config)
        return found.timetable
    if at is None or zone is None:
        raise typer.BadParameter("give a series' ID, or --time and --zone")
    return Timetable(at=parse_time(at), zone=parse_zone(zone), days=parse_days(days))


def _beginning(start: str | None, zone: str) -> datetime:
    if start is None:
        return datetime.now(UTC)
    try:
        day = date.fromisoformat(start)
    except ValueError:
        raise BadInput(_("“{text}” isn't a date. Write it like 2026-03-28.").format(text=start)) from None
    return datetime.combine(day, time(), ZoneInfo(zone))


def _show(series: Series, *, as_json: bool) -> None:
    if as_json:
        print_json(_series_json(series))
    else:
        out.print(f"{series.id}: {plain(describe(series))}", markup=False, highlight=False)


def _series_json(series: Series) -> dict[str, Any]:
    return {
        "id": str(series.id),
        "channel": series.channel,
        "time": f"{series.timetable.at:%H:%M}",
        "zone": series.timetable.zone,
        "days": describe_days(series.timetable.days),
        "bank": series.bank,
        "topic": series.topic,
        "answer_with": series.answer_with,
        "reveal": series.reveal,
        "close_after_s": None if series.close_after is None else int(series.close_after.total_seconds()),
        "paused": series.paused,
        "next_utc": None if series.next_at is None else series.next_at.isoformat(),
    }
