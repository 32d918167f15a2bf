"""Messages about drawn teams: their members and their strength."""

from collections.abc import Sequence

from bot.domain.team_draw import DrawnTeam
from bot.domain.typed import Typed
from bot.domain.views import MessageView, Section
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.words import and_more_people, literal, points

_NAMED = 20


def teams_drawn(teams: Sequence[DrawnTeam], *, again: Typed, confirmed: bool) -> MessageView:
    """The drawn teams: a proposal with the command that creates them, or a confirmation."""
    if confirmed:
        title, text = _("The teams are drawn"), _("Points count for the new teams from Monday of this week.")
    else:
        title = _("Proposed teams")
        text = _("Nothing has changed yet. To draw them like this today: {command}").format(command=f"`{again}`")
    sections = tuple(Section(title=literal(team.name), text=_team(team)) for team in teams)
    footer = _("Strength is the mean of the last 30 days up to yesterday; newcomers are spread evenly.")
    return MessageView(title=title, text=text, sections=sections, footer=footer)


def _team(team: DrawnTeam) -> str:
    size = ngettext("{number} member", "{number} members", len(team.members)).format(number=len(team.members))
    strength = _("no results yet") if team.strength is None else _("{points} each").format(points=points(team.strength))
    names = ", ".join(literal(name) for name in team.members[:_NAMED])
    if len(team.members) > _NAMED:
        names += " " + and_more_people(len(team.members) - _NAMED)
    return f"{size}, {strength}: {names}"
