"""Tells that a part of a file was left out, and why."""

from bot.domain.drafts import Finding, FindingCode
from bot.domain.shortening import shortened
from bot.i18n import gettext as _

_QUOTED = 80
"""The most that the finding quotes from the file, in characters."""


def left_out(line: int, text: str, reason: str) -> Finding:
    """Return the finding about a text that no question could be made of."""
    message = _("“{text}” was left out. {reason}").format(text=shortened(text, _QUOTED), reason=reason)
    return Finding(line=line, code=FindingCode.BROKEN, message=message)
