"""How long a text in a form that runs a command may be."""

from collections.abc import Iterable

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.services.chat.grammar import LONGEST


def check_lengths(texts: Iterable[str]) -> None:
    """Check texts that parsers read next, whose time may grow with the length.

    Raises:
        BadInput: a text is longer than a whole command in chat may be.
    """
    if any(len(text) > LONGEST for text in texts):
        raise BadInput(_("That is too long: it can have {most} characters at most.").format(most=LONGEST))
