"""What the weekly post tells beside the standings: how it begins, who rose, what split the group, and what comes."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.alternatives import alternatives
from bot.domain.headlines import (
    CloseRace,
    Comeback,
    Flawless,
    Headline,
    NewLeader,
    QuietWeek,
    RecordWeek,
    SharedLead,
    Unsolved,
    Win,
)
from bot.domain.kinds import kind_of
from bot.domain.shortening import shortened
from bot.domain.thanks import Thanked
from bot.domain.views import Section
from bot.domain.weeks import Coming, Riser, SplitQuestion
from bot.domain.zones import zone_words
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.words import literal, moved, points, side_by_side

_LONGEST = 140
"""The most characters of a question, or of its answer."""


def headline_words(headline: Headline) -> str:
    """Say in one sentence what is most worth telling about a week."""
    match headline:
        case CloseRace():
            told = _("A close race: {name} won by {points}.")
            return told.format(name=literal(headline.name), points=points(float(headline.lead)))
        case SharedLead():
            told = _("A tie at the top: {first} and {second} share the lead.")
            return told.format(first=literal(headline.first), second=literal(headline.second))
        case Comeback():
            told = _("What a comeback: {name} won, after being number {before} the week before.")
            return told.format(name=literal(headline.name), before=headline.before)
        case NewLeader():
            return _("There is a new leader: {name}.").format(name=literal(headline.name))
        case Win():
            told = _("{name} won the week with {points}.")
            return told.format(name=literal(headline.name), points=points(float(headline.score)))
        case _:
            return _answers_words(headline)


def _answers_words(headline: Flawless | RecordWeek | Unsolved | QuietWeek) -> str:
    match headline:
        case Flawless():
            number = headline.answers
            told = ngettext(
                "{name} gave {number} answer, and it was right.",
                "{name} gave {number} answers, and all of them were right.",
                number,
            )
            return told.format(name=literal(headline.name), number=number)
        case RecordWeek():
            number = headline.answers
            told = ngettext(
                "A record: {number} answer, more than in any week of the last three months.",
                "A record: {number} answers, more than in any week of the last three months.",
                number,
            )
            return told.format(number=number)
        case QuietWeek():
            number = headline.answers
            return ngettext(
                "A quiet week, with {number} answer.", "A quiet week, with {number} answers.", number
            ).format(number=number)
        case Unsolved():
            return (
                _("Nobody got Monday's question."),
                _("Nobody got Tuesday's question."),
                _("Nobody got Wednesday's question."),
                _("Nobody got Thursday's question."),
                _("Nobody got Friday's question."),
                _("Nobody got Saturday's question."),
                _("Nobody got Sunday's question."),
            )[headline.weekday]
        case _:
            assert_never(headline)


def risers(best: Sequence[Riser]) -> Section | None:
    """Who gained the most places since the week before; None: nobody gained any."""
    if not best:
        return None
    lines = [f"- {literal(one.name)}: {moved(one.gained)}" for one in best]
    return Section(title=_("On the way up"), text="\n".join(lines), players=tuple(one.player_id for one in best))


def split(question: SplitQuestion | None) -> Section | None:
    """The question that split the group, with its answer."""
    if question is None:
        return None
    stem = got_it(question.question.stem, right=question.right, answered=question.answered)
    answer = _("The answer: {answer}").format(answer=shortened(_right(question), _LONGEST))
    return Section(title=_("The question that split the group"), text=f"{literal(stem)}\n{literal(answer)}")


def got_it(stem: str, *, right: int, answered: int) -> str:
    """A question, shortened, with how many got it."""
    told = ngettext("{stem} ({right} of {answered} got it)", "{stem} ({right} of {answered} got it)", right)
    return told.format(stem=shortened(stem, _LONGEST), right=right, answered=answered)


def thanks(people: Sequence[Thanked]) -> Section | None:
    """Whom to thank for new and better questions."""
    if not people:
        return None
    lines = [f"- {literal(one.name)}: {side_by_side(_deeds(one))}" for one in people]
    return Section(title=_("Thank you"), text="\n".join(lines), players=tuple(one.player_id for one in people))


def _deeds(one: Thanked) -> list[str]:
    new, better = one.suggested, one.improved
    told = [ngettext("{number} new question", "{number} new questions", new).format(number=new)] if new else []
    if better:
        told.append(ngettext("{number} question improved", "{number} questions improved", better).format(number=better))
    return told


def coming(questions: Sequence[Coming]) -> Section | None:
    """When questions come in the next seven days."""
    if not questions:
        return None
    lines = [f"- {_days(one)}, {one.at:%H:%M} {zone_words(one.zone)}" for one in questions]
    return Section(title=_("Questions to come"), text="\n".join(lines))


def _right(split: SplitQuestion) -> str:
    """What was right, by the texts of choices rather than by their letters."""
    round_, kind = split.round, kind_of(split.round)
    if kind.picks or kind.lettered:
        return side_by_side(option.text for option in kind.result(round_, split.question, ()) if option.right)
    parts = round_.key.named(round_.order)
    return alternatives(parts) if kind.any_part else side_by_side(parts)


def _days(coming: Coming) -> str:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    if len(coming.days) == len(names):
        return _("every day")
    return side_by_side(names[day.weekday()] for day in coming.days)
