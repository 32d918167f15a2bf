"""The hosts' page about the league: rules, weekly card, seasons, teams, other spaces and the public link.

Each of its forms runs a command, as somebody would type it in chat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from adapters.web import markdown, telling
from adapters.web.door import Visit
from adapters.web.failures import status_of
from adapters.web.hosting.lengths import check_lengths
from bot.domain.commands import ChatCommand
from bot.domain.errors import BadInput, NotAllowed, QuizbotError
from bot.domain.league_options import THEMES, changed
from bot.domain.leagues import League
from bot.domain.limits import Limit
from bot.domain.typed import plainly
from bot.domain.views import Caution, MessageView
from bot.domain.words import WEEKDAYS
from bot.i18n import Later, later
from bot.i18n import gettext as _
from bot.ports import Unit
from bot.rendering.seasons import ending, season_name
from bot.services.chat import dispatch
from bot.services.leagues.agreement import overview
from bot.services.leagues.joining import leaving
from bot.services.limiting import person
from bot.services.standings.seasons import seasons

ADDRESS = "/hosting/league"
ASK = "/hosting/league/ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of the page.

    Attributes:
        command: the command that it runs.
        fields: the command's options by the names of the form's fields.
        fixed: what it says to other options.
        said: a sentence on what it did; None: the command's own reply.
        shows: whether the reply is more than a sentence, and shown on the page at once.
    """

    command: str
    fields: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    said: Later | None = None
    shows: bool = False


FORMS = {
    "rules": Form(
        command="league set",
        fields={
            name: name
            for name in ("account_age", "join_age", "team_race_on_demand", "name_unanswered", "streak_freeze")
        },
        said=later("The rules are saved."),
    ),
    "weekly": Form(
        command="league set",
        fields={name: name for name in ("weekly_day", "weekly_time", "card")},
        said=later("The weekly post is saved."),
    ),
    "season": Form(command="league season", fields={"season": "name"}, fixed={"action": "start"}),
    "season-end": Form(command="league season", fixed={"action": "end"}),
    "team": Form(command="team create", fields={"team": "name"}),
    "team-join": Form(command="team join", fields={"join_team": "name"}),
    "team-leave": Form(command="team leave"),
    "draw": Form(command="team draw", fields={"teams": "teams"}, shows=True),
    "draw-now": Form(
        command="team draw", fields={"teams": "teams"}, fixed={"confirm": "yes"}, said=later("The teams are drawn.")
    ),
    "invite": Form(command="league invite", shows=True),
    "code": Form(command="league join", fields={"code": "code"}, shows=True),
    "confirm": Form(command="league confirm", fields={"space": "name"}),
    "decline": Form(command="league decline", fields={"space": "name"}),
    "leave": Form(command="league leave"),
    "public-on": Form(command="league public", fixed={"show": "on"}, said=later("The public link is made.")),
    "public-off": Form(command="league public", fixed={"show": "off"}, said=later("The public link is closed.")),
}
"""The page's forms, by what their buttons send."""


async def show(visit: Visit) -> web.StreamResponse:
    """Show the league as it is, with everything that hosts decide about it."""
    return await _page(visit)


async def take(visit: Visit) -> web.StreamResponse:
    """Run the command of a form; show what is wrong beside the form's field."""
    visit.room.app.limiter.take(Limit.MESSAGES, person(visit.caller))
    form = FORMS.get(visit.text("do"))
    if form is None:
        raise BadInput(_("This page is out of date. Please reload it."))
    given = {option: text for name, option in form.fields.items() if (text := visit.text(name).strip())}
    try:
        check_lengths(given.values())
        reply = await dispatch.run(
            visit.room.app,
            visit.caller,
            ChatCommand(name=form.command, options={**given, **form.fixed}),
            confirmed=True,  # the page asks by itself
        )
    except NotAllowed:
        raise
    except QuizbotError as error:
        return await _page(visit, form=form, error=error)
    if reply is not None and form.shows:
        return await _page(visit, reply=reply)
    raise telling.done(visit, ADDRESS, str(form.said) if form.said else _sentence(reply))


def _sentence(reply: MessageView | None) -> str:
    return markdown.words(reply.text or reply.title) if reply else ""


async def ask(visit: Visit) -> web.StreamResponse:
    """Ask before the season ends, or before the space leaves its league."""
    do = "leave" if visit.request.query.get("do") == "leave" else "season-end"
    caution = await (_leaving(visit) if do == "leave" else _ending(visit))
    return await telling.asking(visit, caution, form={"do": do}, action=ADDRESS, back=ADDRESS)


async def _leaving(visit: Visit) -> Caution:
    caution = await leaving(visit.room.app, visit.caller)
    if caution is None:  # it may have asked to join another
        text = _("Your space no longer asks to join another league, and stays in its own.")
        caution = Caution(title=_("Take the request back?"), text=text, yes=_("Take it back"))
    return caution


async def _ending(visit: Visit) -> Caution:
    running, _over = await seasons(visit.room.app, visit.caller)
    if running is None or running.ends_on is not None:
        raise web.HTTPSeeOther(ADDRESS)
    return ending(running)


async def _page(
    visit: Visit, *, form: Form | None = None, error: QuizbotError | None = None, reply: MessageView | None = None
) -> web.Response:
    async def read(unit: Unit) -> dict[str, object]:
        found = await overview(unit, visit.room.space.id)
        league = found.gathering.league
        newest = league.seasons[-1]
        return {
            "league": league,
            "gathering": found.gathering,
            "asking": found.asking,
            "wanted": found.wanted,
            "season": newest if newest.ends_on is None else None,
            "all_teams": await unit.people.teams(league.id),
            "own_team": await unit.people.team_of(league.id, visit.member.player_id),
        }

    shown = await visit.room.app.storage.read(read)
    league = shown["league"]
    values = _values(league) if isinstance(league, League) else {}
    problem = plainly(str(error)) if error else ""
    wrong = {_blamed(visit, form, league): problem} if form and isinstance(league, League) and form.fields else {}
    typed = {name: visit.text(name) for name in form.fields} if wrong and form else {}
    return await telling.page(
        visit,
        "hosting_league.html",
        status=status_of(error) if error else 200,
        values={**dict.fromkeys(("season", "team", "join_team", "teams", "code", "space"), ""), **values, **typed},
        wrong=wrong,
        problem="" if wrong else problem,
        reply=reply,
        drawn=visit.text("teams") if reply and visit.text("do") == "draw" else "",
        season_name=season_name,
        days=WEEKDAYS,
        themes=THEMES,
        site=visit.room.app.site_url,
        **shown,
    )


def _values(league: League) -> dict[str, str]:
    """Return the rules and the weekly post as the form's fields say them."""
    return {
        "account_age": str(league.rules.min_account_days),
        "join_age": str(league.rules.min_join_days),
        "team_race_on_demand": _yes(league.rules.team_race_on_demand),
        "name_unanswered": _yes(league.rules.name_unanswered),
        "streak_freeze": _yes(league.rules.streak_freeze),
        "weekly_day": WEEKDAYS[league.weekly.weekday],
        "weekly_time": f"{league.weekly.at:%H:%M}",
        "card": league.weekly.theme,
    }


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _blamed(visit: Visit, form: Form, league: League) -> str:
    """Return the field of a form that is wrong: of several, the first that is by itself."""
    for name, option in form.fields.items():
        try:
            changed(league, {option: visit.text(name)} if form.command == "league set" else {})
        except BadInput:
            return name
    return next(iter(form.fields))
