"""A week's card, with the same content as the message of `bot.rendering.weekly`."""

from bot.domain.standings import Standing
from bot.domain.weeks import TeamOfWeek, WeekReview
from bot.i18n import gettext as _
from bot.rendering.boards import part_of, place_of, team_rule
from bot.rendering.cards.card import Card, Fact, Heads, PlayerLine, TeamLine
from bot.rendering.weekly import hardest, more_teams, week_days, week_title
from bot.rendering.words import bare_points, days_in_a_row


def week_card(week: WeekReview) -> Card:
    """The card of a week."""
    return Card(
        title=week_title(week),
        subtitle=f"{week.league} · {week_days(week)}",
        heads=heads(_("Players of the week") if week.teams else _("Players")),
        teams=tuple(_line(team) for team in week.teams),
        players=tuple(player_line(player) for player in week.players),
        facts=tuple(_facts(week)),
        rule=team_rule() if week.teams else "",
        more=more_teams(week),
    )


def heads(players: str, change: str | None = None) -> Heads:
    """The headings of the columns; ``change`` is empty for cards without changes of place."""
    return Heads(
        name=_("Team"),
        change=_("Moved") if change is None else change,
        score=_("Score"),
        mean=_("Mean"),
        participation=_("Took part"),
        players=players,
        points=_("Points"),
    )


def player_line(player: Standing) -> PlayerLine:
    """One player's row on the card."""
    return PlayerLine(place=place_of(player), name=player.name, points=bare_points(float(player.points)))


def team_line(team: Standing, change: int | None) -> TeamLine:
    """One team's row on the card."""
    return TeamLine(
        place=place_of(team),
        name=team.name,
        change=change,
        score=bare_points(float(team.score)),
        mean=bare_points(float(team.points)),
        participation=part_of(team),
        share=team.members / team.of,
    )


def _line(team: TeamOfWeek) -> TeamLine:
    return team_line(team.standing, team.change)


def _facts(week: WeekReview) -> list[Fact]:
    facts = []
    if week.hardest:
        facts.append(Fact(label=_("Hardest question"), text=hardest(week.hardest)))
    if week.streaks:
        told = ", ".join(f"{one.name} ({days_in_a_row(one.days)})" for one in week.streaks)
        facts.append(Fact(label=_("Longest streaks"), text=told))
    return facts
