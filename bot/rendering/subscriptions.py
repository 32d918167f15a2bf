"""What people are told about their subscriptions, whatever the subject."""

from bot.domain.subscriptions import Subject, Subscription
from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.rendering.replies import say


def choice(subject: Subject, subscription: Subscription | None, *, offer: str, running: str) -> MessageView:
    """Say whether the reader is told about a subject, and which command changes that.

    Args:
        subject: what it is about; also the name of the command.
        subscription: the reader's; None: they have none.
        offer: what is said without a subscription, with a field ``{command}`` for what begins one.
        running: what is said while messages are sent, with a field ``{command}`` for what ends them.
    """
    if subscription is None:
        text, turn = offer, "on"
    elif subscription.is_given_up:
        text, turn = _("My messages to you were refused, so I stopped. Allow them, then turn them on: {command}"), "on"
    else:
        text, turn = running, "off"
    return say(text.format(command=typed(subject.value, turn=turn)))
