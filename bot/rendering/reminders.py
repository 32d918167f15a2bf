"""Reminders in words, and what people are told about them."""

from datetime import datetime

from bot.domain.subscriptions import Subscription
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.replies import say
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
    if subscription is None:
        text, turn = _("You get no reminders. Would you like one before you lose a streak? {command}"), "on"
    elif subscription.is_given_up:
        text, turn = _("My messages to you were refused, so I stopped. Allow them, then turn them on: {command}"), "on"
    else:
        text, turn = _("I remind you before you lose a streak. Would you rather not? {command}"), "off"
    return say(text.format(command=typed("reminders", turn=turn)))


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
