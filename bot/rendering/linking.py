"""Messages about linked accounts."""

from collections.abc import Sequence

from bot.domain.typed import typed
from bot.domain.views import MessageView
from bot.i18n import gettext as _
from bot.i18n import ngettext
from bot.rendering.words import literal


def code(code: str) -> MessageView:
    """A code to type with one's other account."""
    return MessageView(
        title=_("One player, several accounts"),
        text=_(
            "Type this with your other account, wherever I am:\n\n`{command}`\n\nIt works once, within 10 minutes. "
            "Give it to nobody else. After that, both accounts are one player: their answers and points count "
            "together, and a question that both answered counts once. `{undo}` undoes it."
        ).format(command=typed("link", code=code), undo=typed("unlink")),
    )


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


def unlinked(others: Sequence[tuple[str, str]]) -> MessageView:
    """An account has been unlinked and is a player of its own again."""
    return MessageView(
        text=_("This account plays for itself again, with the answers given here. Still linked: {accounts}.").format(
            accounts=_named(others)
        )
    )


def _named(accounts: Sequence[tuple[str, str]]) -> str:
    return ", ".join(_("{name} ({space})").format(name=literal(name), space=literal(space)) for name, space in accounts)
