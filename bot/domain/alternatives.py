"""Several answers in a sentence, any of which is enough."""

from collections.abc import Sequence

from bot.i18n import gettext as _

_MOST = 3


def alternatives(answers: Sequence[str]) -> str:
    """Name the first few of several answers: ``A, B or C``."""
    *others, last = answers[:_MOST]
    return _("{some} or {last}").format(some=", ".join(others), last=last) if others else last
