"""Notices that the bot sends by itself to the hosts of a space."""

from bot.domain.shortening import shortened
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.series import EXAMPLE
from bot.rendering.words import literal

_STEM = 120
"""How many characters of a question are enough to recognise it."""


def welcome() -> MessageView:
    """The welcome in a new space, with the next step."""
    return MessageView(
        title=_("Hello! I ask your study group a question every day."),
        text=_(
            "Set one in the channel where you study: `{daily}`. "
            "Anybody can try me at once with `{quiz}`, and `{help}` lists the rest."
        ).format(daily=EXAMPLE, quiz=typed("quiz"), help=typed("help")),
    )


def channel_parked(reason: str) -> MessageView:
    """Why a channel gets no more questions, and how to resume them. ``reason`` is Markdown."""
    return MessageView(
        title=_("I can't ask in a channel any more"),
        text=_("{reason}\n\nIts daily question is paused. Once that is fixed, resume it with `{command}`.").format(
            reason=reason, command=typed("daily resume")
        ),
    )


def closed_unread(stem: str, reason: str) -> MessageView:
    """A question closed although its reactions couldn't be checked again. ``reason`` is Markdown."""
    return MessageView(
        title=_("I closed a question without checking its reactions again"),
        text=_(
            "{question}\n\n{reason}\n\nAnswers that I had recorded count. Reactions given while I wasn't connected "
            "may be missing."
        ).format(question=literal(shortened(stem, _STEM)), reason=reason),
    )
