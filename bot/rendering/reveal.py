"""Extra sections of a result: how hard it was, who was fastest, and the longest streaks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.accuracy import Accuracy, Hardness
from bot.domain.answers import Answer
from bot.domain.fastest import fastest
from bot.domain.identity import PlayerId
from bot.domain.kinds import kind_of
from bot.domain.rounds import Round
from bot.domain.speed import points_for_speed
from bot.domain.streaks import Streak
from bot.domain.views import Section
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.numbers import percent
from bot.rendering.streaks import streak_in_words
from bot.rendering.words import and_more_people, literal, span, worth

_NAMED_WINNERS = 10
_NAMED_STREAKS = 3
_SHORTEST_STREAK = 3
_FEWEST_TO_COMPARE = 2
_FEWEST_FOR_USUAL = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlights:
    """What a result may say about the players.

    Attributes:
        among_fastest: the players who may be named among the fastest.
        streaks: each player's days in a row.
        usually: the accuracy of this space's recent answers to other questions.
    """

    among_fastest: Collection[PlayerId] = frozenset()
    streaks: Mapping[PlayerId, Streak] = field(default_factory=dict)
    usually: Accuracy | None = None


def highlights(
    round_: Round, given: Sequence[Answer], names: Mapping[PlayerId, str], told: Highlights
) -> tuple[Section, ...]:
    """The sections of a result."""
    if not given or not round_.key:
        return ()
    of_grades = (_how_hard(given, told.usually), _points(round_, given, names, told)) if kind_of(round_).scored else ()
    return tuple(filter(None, (*of_grades, _streaks(given, names, told))))


def accuracy(given: Sequence[Answer]) -> Accuracy:
    """How many of a round's answers were right."""
    return Accuracy(right=sum(bool(answer.grade and answer.grade.right) for answer in given), answered=len(given))


def _how_hard(given: Sequence[Answer], usually: Accuracy | None) -> Section | None:
    if len(given) < _FEWEST_TO_COMPARE:
        return None
    here = accuracy(given)
    text = how_hard(here) if here.right else _("Hard: nobody got it this time. Next one!")
    if usually and usually.answered >= _FEWEST_FOR_USUAL:
        text = " ".join((text, _("The usual share here is {share}.").format(share=percent(usually.share))))
    return Section(title=_("How hard it was"), text=text)


def how_hard(here: Accuracy) -> str:
    """Say in words how hard a question was, and how many got it."""
    return {
        Hardness.EASY: ngettext(
            "Easy: {right} of {answered} got it ({share}).", "Easy: {right} of {answered} got it ({share}).", here.right
        ),
        Hardness.MEDIUM: ngettext(
            "Medium: {right} of {answered} got it ({share}).",
            "Medium: {right} of {answered} got it ({share}).",
            here.right,
        ),
        Hardness.HARD: ngettext(
            "Hard: {right} of {answered} got it ({share}).", "Hard: {right} of {answered} got it ({share}).", here.right
        ),
    }[here.hardness].format(right=here.right, answered=here.answered, share=percent(here.share))


def _points(round_: Round, given: Sequence[Answer], names: Mapping[PlayerId, str], told: Highlights) -> Section | None:
    """List the fastest with their times, then the rest by points and name, so that the order reveals no other times."""
    paid = [(answer, answer.grade) for answer in given if answer.grade and answer.grade.points]
    earned = {answer.player_id: grade.points for answer, grade in paid}
    told_worth = {
        answer.player_id: worth(grade.points, points_for_speed(grade, round_, answer.response))
        for answer, grade in paid
    }
    if not earned:
        alone = len(given) < _FEWEST_TO_COMPARE
        return Section(title=_("Points"), text=_("Nobody got it this time. Next one!")) if alone else None
    times = fastest(round_, given, told.among_fastest)
    others = sorted((p for p in earned if p not in times), key=lambda p: (-earned[p], names[p].casefold()))
    lines = [
        f"- {literal(names[player])}: " + _("{points}, after {time}").format(points=told_worth[player], time=span(time))
        for player, time in times.items()
    ]
    others = others[: _NAMED_WINNERS - len(times)]
    lines += [f"- {literal(names[player])}: {told_worth[player]}" for player in others]
    if len(earned) > _NAMED_WINNERS:
        lines.append("- " + and_more_people(len(earned) - _NAMED_WINNERS))
    title = _("Points, the fastest first") if times else _("Points")
    return Section(title=title, text="\n".join(lines), players=(*times, *others))


def _streaks(given: Sequence[Answer], names: Mapping[PlayerId, str], told: Highlights) -> Section | None:
    running = {
        answer.player_id: streak
        for answer in given
        if (streak := told.streaks.get(answer.player_id)) and streak.days >= _SHORTEST_STREAK
    }
    longest = sorted(running, key=lambda player: (-running[player].days, names[player].casefold()))[:_NAMED_STREAKS]
    if not longest:
        return None
    lines = [f"- {literal(names[player])}: " + streak_in_words(running[player]) for player in longest]
    return Section(title=_("Longest streaks"), text="\n".join(lines), players=tuple(longest))
