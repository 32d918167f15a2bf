"""Digests in words, and what people are told about them."""

from bot.domain.own_weeks import OwnWeek
from bot.domain.subscriptions import Subject, Subscription
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.numbers import percent
from bot.rendering.replies import say
from bot.rendering.streaks import streak_in_words
from bot.rendering.subscriptions import choice
from bot.rendering.words import literal, moved, points


def digest(space: str, week: OwnWeek) -> MessageView:
    """Tell somebody how their own week went, from the space of this name."""
    return MessageView(
        title=_("Your week in {space}").format(space=literal(space)),
        text="\n".join(filter(None, (_sums(week), _standing(week), _best(week)))),
        footer=_("No more of these: {command}").format(command=typed("digest", turn="off")),
    )


def _sums(week: OwnWeek) -> str:
    told = _("{right} of {answered} right ({share}), {points}.")
    if week.streak.days:
        told = _("{right} of {answered} right ({share}), {points}, {days}.")
    return told.format(
        right=week.right,
        answered=week.answered,
        share=percent(week.right / week.answered),
        points=points(week.points),
        days=streak_in_words(week.streak),
    )


def _standing(week: OwnWeek) -> str:
    if week.place is None:
        return ""
    if not week.gained:
        return _("You were number {number}.").format(number=week.place)
    return _("You were number {number} ({change}).").format(number=week.place, change=moved(week.gained))


def _best(week: OwnWeek) -> str:
    if week.best is None:
        return ""
    topic, answers = week.best
    told = _("Your best topic: {topic}, with {right} of {answered} right.")
    return told.format(topic=literal(topic), right=answers.right, answered=answers.answered)


def digest_choice(subscription: Subscription | None) -> MessageView:
    """Say whether the reader gets digests."""
    return choice(
        Subject.DIGEST,
        subscription,
        offer=_("Would you like a private message about your own week, after each weekly post? {command}"),
        running=_("I tell you about your own week. Would you rather not? {command}"),
    )


def digest_chosen(*, wanted: bool) -> MessageView:
    """Confirm the reader's choice whether to get digests."""
    if wanted:
        return say(_("After each weekly post, I'll send you a private message about your own week, if you played."))
    return say(_("I won't write to you about your own week any more."))
