"""Reminders in words, and what people are told about them."""

from datetime import datetime

from bot.domain.subscriptions import Subject, Subscription
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.replies import say
from bot.rendering.subscriptions import choice
from bot.rendering.words import literal


def reminder(space: str, days: int, answer_by: datetime) -> MessageView:
    """Remind somebody of today's question in a space, before they lose a streak of so many days."""
    return MessageView(
        title=_("Today's question is still open"),
        text=ngettext(
            "You have answered {number} day in a row in {space}. Answer in time to keep your streak.",
            "You have answered {number} days in a row in {space}. Answer in time to keep your streak.",
            days,
        ).format(number=days, space=f"**{literal(space)}**"),
        answer_by=answer_by,
        footer=_("No more reminders: {command}").format(command=typed("reminders", turn="off")),
    )


def reminders_choice(subscription: Subscription | None) -> MessageView:
    """Say whether the reader gets reminders."""
    return choice(
        Subject.REMINDERS,
        subscription,
        offer=_("You get no reminders. Would you like one before you lose a streak? {command}"),
        running=_("I remind you before you lose a streak. Would you rather not? {command}"),
    )


def reminders_chosen(*, wanted: bool) -> MessageView:
    """Confirm the reader's choice whether to get reminders."""
    if not wanted:
        return say(_("I won't remind you any more."))
    return say(
        _(
            "If you're about to lose your streak, I'll tell you in private two hours before the question closes or the "
            "day ends."
        )
    )
