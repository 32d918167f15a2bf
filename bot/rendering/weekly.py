"""The weekly post: a message that says everything its picture shows."""

from bot.domain.views import MessageView, Section, Table
from bot.domain.weeks import HardQuestion, TeamOfWeek, WeekReview, WeekStory
from bot.i18n import gettext as _
from bot.i18n import ngettext, pgettext
from bot.rendering.boards import ENOUGH, part_of, place_of, standings_table, team_rule
from bot.rendering.week_story import coming, got_it, headline_words, risers, split, thanks
from bot.rendering.words import bare_points, days_in_a_row, literal, points

_NO_STORY = WeekStory()


def week_in_review(week: WeekReview, story: WeekStory = _NO_STORY) -> MessageView:
    """Last week's teams and best players, or the players' leaderboard if no team has a place."""
    days = week_days(week)
    if week.more_teams:
        days = _("{days}, the best {shown} of {all} teams").format(
            days=days, shown=len(week.teams), all=len(week.teams) + week.more_teams
        )
    return MessageView(
        title=week_title(week),
        text="\n\n".join((headline_words(story.headline), days)) if story.headline else days,
        table=_teams(week) if week.teams else standings_table(week.players),
        sections=tuple(filter(None, (*_sections(week, story), thanks(story.thanked), coming(story.coming)))),
        footer=team_rule() if week.teams else _("A new week begins: everybody starts at zero. Good luck!"),
    )


def week_title(week: WeekReview) -> str:
    """The title of the weekly post."""
    return _("Last week's teams") if week.teams else _("Last week's leaderboard")


def week_days(week: WeekReview) -> str:
    """The first and the last day of the week."""
    return _("{first} to {last}").format(first=week.monday, last=week.sunday)


def more_teams(week: WeekReview) -> str:
    """How many teams aren't shown; empty if all are."""
    if not week.more_teams:
        return ""
    return ngettext("and {number} more team", "and {number} more teams", week.more_teams).format(number=week.more_teams)


def hardest(question: HardQuestion) -> str:
    """The hardest question, shortened, with how many got it."""
    return got_it(question.stem, right=question.right, answered=question.answered)


def _teams(week: WeekReview) -> Table:
    return Table(
        columns=(_("Place"), _("Team"), _("Score"), _("Moved"), _("Mean points"), _("Took part")),
        rows=tuple(_team(team) for team in week.teams),
        enough=ENOUGH,
    )


def _team(team: TeamOfWeek) -> tuple[str, ...]:
    s = team.standing
    score, mean = bare_points(float(s.score)), bare_points(float(s.points))
    return place_of(s), literal(s.name), score, _change(team.change), mean, part_of(s)


def _change(places: int | None) -> str:
    if places is None:
        return pgettext("team", "new")
    return f"▲ {places}" if places > 0 else f"▼ {-places}" if places else "–"


def _sections(week: WeekReview, story: WeekStory) -> list[Section | None]:
    sections: list[Section | None] = []
    if week.teams:
        lines = [f"- {literal(s.name)}: {points(float(s.points))}" for s in week.players]
        best = tuple(player.player_id for player in week.players)
        sections.append(Section(title=_("Players of the week"), text="\n".join(lines), players=best))
    sections += [risers(story.risers), split(story.split)]
    if week.hardest:
        sections.append(Section(title=_("Hardest question"), text=literal(hardest(week.hardest))))
    if week.streaks:
        lines = [f"- {literal(one.name)}: {days_in_a_row(one.days)}" for one in week.streaks]
        keep_on = tuple(one.player_id for one in week.streaks)
        sections.append(Section(title=_("Longest streaks"), text="\n".join(lines), players=keep_on))
    return sections
