"""Messages about linked accounts."""

from collections.abc import Sequence

from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.words import literal


def code(code: str) -> MessageView:
    """A code to type with the reader's other account."""
    return MessageView(
        title=_("One player, several accounts"),
        text=_(
            "Type this with your other account, wherever I am:\n\n`{command}`\n\n"
            "It works once, within 10 minutes, and is for nobody else. Then come back, type `{look}` and say yes: "
            "both accounts are one player once both agree. Answers and points of both count together, a question that "
            "both answered counts once. `{undo}` parts them."
        ).format(command=typed("link", code=code), look=typed("link"), undo=typed("unlink")),
    )


def asked(accounts: Sequence[tuple[str, str]]) -> MessageView:
    """The question whether the reader also owns these accounts."""
    return MessageView(
        title=_("Is this you, too?"),
        text=_(
            "{accounts}\n\nOnly say yes to an account of your own: each then sees the other's answers, and points "
            "count together.\n\nYes: `{yes}`\nNo: `{no}`\n\nBoth sides have to say yes, within 10 minutes."
        ).format(accounts=_named(accounts), yes=typed("link", action="confirm"), no=typed("link", action="decline")),
    )


def waits_for_other(accounts: Sequence[tuple[str, str]]) -> MessageView:
    """One side has said yes."""
    return MessageView(
        text=_("You said yes. Now type `{command}` as {accounts} and say yes there, within 10 minutes.").format(
            command=typed("link"), accounts=_named(accounts)
        )
    )


def declined() -> MessageView:
    """One side has said no."""
    return MessageView(text=_("Nothing was linked."))


def linked(accounts: Sequence[tuple[str, str]], dropped: int) -> MessageView:
    """Accounts have become one player; ``dropped`` counts the questions that were answered twice."""
    text = _("You are one player now: {accounts}.").format(accounts=_named(accounts))
    if dropped:
        twice = ngettext(
            "{number} question was answered twice: the earlier answer counts.",
            "{number} questions were answered twice: the earlier answers count.",
            dropped,
        )
        text += " " + twice.format(number=dropped)
    return MessageView(text=text)


def unlinked(others: Sequence[tuple[str, str]], unclaimed: int) -> MessageView:
    """An account is a player of its own again; of ``unclaimed`` answers nobody knows which account gave them."""
    text = _("This account plays for itself again, with its own answers. Still linked: {accounts}.").format(
        accounts=_named(others)
    )
    if unclaimed:
        text += " " + ngettext(
            "{number} older answer stays there: it doesn't say which account gave it.",
            "{number} older answers stay there: they don't say which account gave them.",
            unclaimed,
        ).format(number=unclaimed)
    return MessageView(text=text)


def _named(accounts: Sequence[tuple[str, str]]) -> str:
    return ", ".join(_("{name} ({space})").format(name=literal(name), space=literal(space)) for name, space in accounts)
