"""Notices that the bot sends by itself to the hosts of a space."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.series import Series
from bot.domain.shortening import shortened
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.series import EXAMPLE, describe
from bot.rendering.words import literal, span

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


def back_again(away: timedelta, running: Sequence[Series], paused: Sequence[Series]) -> MessageView:
    """What the bot found when it was added to a space again.

    Args:
        away: how long it was away.
        running: the series that ran when it was removed; hosts are asked to resume those without a next moment.
        paused: the series that were paused already.
    """
    said = [_("I was away for {time}. Points, banks and settings are as they were.").format(time=span(away))]
    asks = any(one.paused for one in running)
    if running and asks:
        said.append(
            _(
                "That is a long time, so I paused these daily questions. To resume one, type `{command}` in its "
                "channel:"
            ).format(command=typed("daily resume"))
        )
    elif running:
        said.append(_("These daily questions continue:"))
    said.extend(_listed(running))
    if paused:
        said.append(_("These were already paused:"))
        said.extend(_listed(paused))
    if not (running or paused):
        said.append(_("No daily question is set. Set one: `{daily}`").format(daily=EXAMPLE))
    return MessageView(title=_("I'm back"), text="\n\n".join(said))


def _listed(some: Sequence[Series]) -> list[str]:
    return ["\n".join(f"- {describe(one)}" for one in some)] if some else []


def channel_parked(reason: str) -> MessageView:
    """Why a channel gets no more questions, and how to resume them. ``reason`` is Markdown."""
    return MessageView(
        title=_("I can't ask in a channel any more"),
        text=_("{reason}\n\nIts daily question is paused. Once that is fixed, resume it with `{command}`.").format(
            reason=reason, command=typed("daily resume")
        ),
    )


def not_posted(reason: str, here: Sequence[Series]) -> MessageView:
    """A message that a locked thread didn't take, with the series that are ``here``. ``reason`` is Markdown."""
    said = [reason, _("What I was going to post there is lost.")]
    if here:
        said.append(_("Once I can post there again, these daily questions continue:"))
    return MessageView(title=_("I can't post in a thread"), text="\n\n".join([*said, *_listed(here)]))


def closed_unread(stem: str, reason: str) -> MessageView:
    """A question closed although its reactions couldn't be checked again. ``reason`` is Markdown."""
    return MessageView(
        title=_("I closed a question without checking its reactions again"),
        text=_(
            "{question}\n\n{reason}\n\nAnswers that I had recorded count. Reactions given while I wasn't connected "
            "may be missing."
        ).format(question=literal(shortened(stem, _STEM)), reason=reason),
    )
