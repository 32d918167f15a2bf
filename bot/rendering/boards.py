"""Leaderboards and a player's own figures."""

from collections.abc import Mapping, Sequence

from bot.domain.progress import Progress
from bot.domain.standings import MIN_TEAM, Ranked, Standing, Window, player_standing
from bot.domain.streaks import Streak
from bot.domain.team_race import FULL_TEAM
from bot.domain.typed import typed
from bot.domain.views import MessageView, Section, Table
from bot.i18n import gettext as _
from bot.i18n import pgettext
from bot.ports import OwnPlace
from bot.rendering.numbers import number, percent
from bot.rendering.streaks import streak_in_words
from bot.rendering.words import bare_points, literal, side_by_side
from bot.rendering.words import points as points_in_words

ENOUGH = 3
"""Place, name, and points or score: what standings need at least."""


def leaderboard(
    standings: Sequence[Standing], window: Window, by: Ranked, own: OwnPlace | None = None, *, last_week: bool = False
) -> MessageView:
    """The leaderboard of a window; the reader's ``own`` place is added if the list doesn't reach it.

    With ``last_week``, it is that of the week before this one.
    """
    title = _("Leaderboard: last week") if last_week else _title(window)
    if not standings and last_week:
        return MessageView(title=title, text=_("Nobody answered last week."))
    if not standings:
        text = _("No answers in this period yet. Be the first: {command}").format(command=typed("quiz"))
        return MessageView(title=title, text=text)
    if by is Ranked.TEAM:
        return MessageView(title=title, table=standings_table(standings, by=by), footer=team_rule())
    listed = own is None or any(standing.player_id == own.score.player_id for standing in standings)
    rows = standings if own is None or listed else [*standings, player_standing(own.place, own.score)]
    return MessageView(title=title, table=standings_table(rows), footer=_neighbours(own) if own else "")


def _title(window: Window) -> str:
    return {
        Window.DAY: _("Leaderboard: today"),
        Window.WEEK: _("Leaderboard: this week"),
        Window.MONTH: _("Leaderboard: this month"),
        Window.SEASON: _("Leaderboard: this season"),
        Window.ALL: _("Leaderboard: all time"),
    }[window]


def team_rule() -> str:
    """One line that says how teams are ranked, shown under every table of teams."""
    return _(
        "Score: the mean of those who answered; below {full} of them it leans towards the mean of all. "
        "{fewest} make a place; newcomers count from their first week."
    ).format(full=FULL_TEAM, fewest=MIN_TEAM)


def _neighbours(own: OwnPlace) -> str:
    """The players directly above and below the reader, and how far away they are."""
    parts = []
    if own.better is not None:
        parts.append(
            _("{name} is {points} ahead of you.").format(
                name=literal(own.better.name), points=points_in_words(own.better.points - own.score.points)
            )
        )
    if own.worse is not None:
        parts.append(
            _("{name} is {points} behind you.").format(
                name=literal(own.worse.name), points=points_in_words(own.score.points - own.worse.points)
            )
        )
    return " ".join(parts)


def standings_table(standings: Sequence[Standing], *, by: Ranked = Ranked.PLAYER, title: str = "") -> Table:
    """Places, names and points as rows."""
    if by is Ranked.TEAM:
        return Table(
            title=title,
            columns=(_("Place"), _("Team"), _("Score"), _("Mean points"), _("Took part")),
            rows=tuple(
                (place_of(s), literal(s.name), bare_points(float(s.score)), bare_points(float(s.points)), part_of(s))
                for s in standings
            ),
            enough=ENOUGH,
        )
    return Table(
        title=title,
        columns=(_("Place"), _("Name"), _("Points"), pgettext("number", "Right"), _("Answered")),
        rows=tuple(
            (place_of(s), literal(s.name), bare_points(float(s.points)), number(s.right), number(s.answered))
            for s in standings
        ),
        players=tuple(s.player_id for s in standings),
        enough=ENOUGH,
    )


def part_of(team: Standing) -> str:
    """How many of a team answered."""
    return _("{number} of {all}").format(number=team.members, all=team.of)


def place_of(standing: Standing) -> str:
    """A place, or a dash if there is none."""
    return "–" if standing.place is None else str(standing.place)


def so_far(streak: Streak, place: int | None) -> str:
    """A line for somebody who has just answered: days in a row, if there are several, and place in the week, if any."""
    places = {1: _("first this week"), 2: _("second this week"), 3: _("third this week")}
    parts = [streak_in_words(streak)] if streak.days > 1 else []
    if place is not None:
        parts.append(places.get(place) or _("number {number} this week").format(number=place))
    line = side_by_side(parts)
    return f"{line[:1].upper()}{line[1:]}." if line else ""


def stats(own: Progress, streak: Streak, cards: Mapping[str, int]) -> MessageView:
    """A player's own accuracy, points and streak, and how often they gave each judgement of a card."""
    title, total = _("Your answers so far"), own.total
    by_card = [f"- {literal(word)}: {number}" for word, number in sorted(cards.items(), key=lambda one: -one[1])]
    judged = [Section(title=_("Cards, by your own judgement"), text="\n".join(by_card))] if by_card else []
    if by_card and not total.answered:
        text = _("Nothing scored yet. Your streak: {days}.").format(days=streak_in_words(streak))
        return MessageView(title=title, text=text, sections=tuple(judged))
    if not total.answered:
        text = _("None yet. Try {command} for a first question!").format(command=typed("quiz"))
        return MessageView(title=title, text=text)
    summary = _("{right} of {answered} right ({share}), {points}, {days}.").format(
        right=number(total.right),
        answered=number(total.answered),
        share=percent(total.share),
        points=points_in_words(own.points),
        days=streak_in_words(streak),
    )
    lines = []
    for topic in sorted(own.topics, key=lambda one: one.topic or ""):
        name, share = literal(topic.topic) if topic.topic else _("no topic"), percent(topic.total.share)
        lines.append(f"- {name}: {topic.total.right}/{topic.total.answered} ({share})")
    return MessageView(
        title=title, text=summary, sections=(Section(title=_("By topic"), text="\n".join(lines)), *judged)
    )
