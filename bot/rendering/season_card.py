"""A season's final standings as a card."""

from bot.domain.leagues import FinalStandings
from bot.domain.weeks import TOP_TEAMS
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.boards import team_rule
from bot.rendering.cards.card import Card, PlayerLine, TeamLine
from bot.rendering.numbers import number
from bot.rendering.seasons import final_part, final_place, season_days, season_name
from bot.rendering.week_card import heads


def season_card(league: str, final: FinalStandings) -> Card:
    """The card of a season that has ended, without changes of place."""
    more = len(final.teams) - TOP_TEAMS
    return Card(
        title=_("Final standings: {season}").format(season=season_name(final.season)),
        subtitle=f"{league} · {season_days(final.season)}",
        heads=heads(_("Players of the season"), change=""),
        teams=tuple(
            TeamLine(
                place=final_place(team.place),
                name=team.name,
                change=None,
                score=number(team.score),
                mean=number(team.mean),
                participation=final_part(team),
                share=team.members / team.of,
            )
            for team in final.teams
        ),
        players=tuple(
            PlayerLine(place=final_place(player.place), name=player.name, points=number(player.points))
            for player in final.players[:TOP_TEAMS]
        ),
        rule=team_rule() if final.teams else "",
        more=ngettext("and {number} more team", "and {number} more teams", more).format(number=more)
        if more > 0
        else "",
    )
