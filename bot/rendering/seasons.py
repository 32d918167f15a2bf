"""Messages about seasons: the current one, earlier ones, and their final standings."""

from collections.abc import Sequence

from bot.domain.leagues import BEGINNING, FinalPlayer, FinalStandings, FinalTeam, Season
from bot.domain.standings import Ranked
from bot.domain.typed import typed
from bot.domain.views import Caution, MessageView, Section, Table
from bot.domain.weeks import TOP_PLAYERS, TOP_PLAYERS_ALONE, TOP_TEAMS
from bot.i18n import gettext as _
from bot.rendering.boards import ENOUGH, team_rule
from bot.rendering.numbers import number
from bot.rendering.words import literal


def season_name(season: Season) -> str:
    """A season's name, or its number if it has none."""
    return season.name or _("Season {number}").format(number=season.number)


def season_days(season: Season) -> str:
    """A season's first and last day."""
    if season.starts_on == BEGINNING:
        return _("from the beginning") if season.ends_on is None else until(str(season.ends_on))
    if season.ends_on is None:
        return _("from {first} on").format(first=season.starts_on)
    return _("{first} to {last}").format(first=season.starts_on, last=season.ends_on)


def until(last: str) -> str:
    """The days up to the ``last`` one, from the first that anything was scored."""
    return _("up to {last}").format(last=last)


def ending(season: Season) -> Caution:
    """What happens if a running season is ended."""
    return Caution(
        title=_("End the season?"),
        text=_(
            "Today will be the last day of {season}. Its final standings will be posted in every space of the league."
        ).format(season=literal(season_name(season))),
        yes=_("End it"),
    )


def season_over(final: FinalStandings) -> MessageView:
    """A season's final standings, for everybody."""
    best = final.players[:TOP_PLAYERS]
    lines = [f"- {literal(player.name)}: {number(player.points)}" for player in best]
    named = tuple(player.player_id for player in best)
    players = (Section(title=_("Players of the season"), text="\n".join(lines), players=named),)
    return MessageView(
        title=_("Final standings: {season}").format(season=literal(season_name(final.season))),
        text=season_days(final.season),
        table=final_table(final, Ranked.TEAM if final.teams else Ranked.PLAYER),
        sections=players if final.teams else (),
        footer=team_rule() if final.teams else "",
    )


def between_seasons(final: FinalStandings | None, by: Ranked) -> MessageView:
    """The season leaderboard while no season runs: the final standings of the last one."""
    title = _("No season is running")
    if final is None:
        return MessageView(title=title, text=_("There are no final standings of an earlier season, either."))
    text = _("This is how “{season}” ended ({days}).").format(
        season=literal(season_name(final.season)), days=season_days(final.season)
    )
    return MessageView(title=title, text=text, table=final_table(final, by))


def season_list(running: Season | None, over: Sequence[tuple[Season, FinalStandings | None]]) -> MessageView:
    """The current season, and who won earlier ones."""
    if running:
        text = _("{season} is on ({days}).").format(season=literal(season_name(running)), days=season_days(running))
    else:
        start = typed("league season", action="start", name="NAME")
        text = _("No season is running. A host can begin one: {command}").format(command=start)
    lines = [f"- {literal(season_name(season))} ({season_days(season)}){_winners(final)}" for season, final in over]
    before = (Section(title=_("Earlier seasons"), text="\n".join(lines)),) if lines else ()
    return MessageView(title=_("Seasons"), text=text, sections=before)


def final_table(final: FinalStandings, by: Ranked) -> Table | None:
    """The top of a season's teams or players."""
    if by is Ranked.TEAM:
        columns: tuple[str, ...] = (_("Place"), _("Team"), _("Score"), _("Mean points"), _("Took part"))
        rows = tuple(_team_row(team) for team in final.teams[:TOP_TEAMS])
        return Table(columns=columns, rows=rows, enough=ENOUGH) if rows else None
    best = final.players[:TOP_PLAYERS_ALONE]
    columns = (_("Place"), _("Name"), _("Points"))
    named = tuple(player.player_id for player in best)
    return Table(columns=columns, rows=tuple(map(_player_row, best)), players=named) if best else None


def final_place(place: int | None) -> str:
    """A place, or a dash if there is none."""
    return "–" if place is None else str(place)


def final_part(team: FinalTeam) -> str:
    """How many of a team answered."""
    return _("{number} of {all}").format(number=team.members, all=team.of)


def _team_row(team: FinalTeam) -> tuple[str, ...]:
    return final_place(team.place), literal(team.name), number(team.score), number(team.mean), final_part(team)


def _player_row(player: FinalPlayer) -> tuple[str, ...]:
    return final_place(player.place), literal(player.name), number(player.points)


def _winners(final: FinalStandings | None) -> str:
    """The winners, several if they share the first place; empty if the season ended in a league that the space left."""
    if final is None:
        return ""
    names = [literal(one.name) for standings in (final.teams, final.players) for one in standings if one.place == 1]
    return ": " + (", ".join(names) or _("nobody answered"))
