"""What people type into a control with one field."""

from bot.domain.lines import one_line
from bot.domain.responses import Given

_MOST_READ = 1_000
"""The rest of a longer text is cut off before anything else is done with it; fields take much less."""


def typed_line(given: Given) -> str:
    """Return the line typed into a control with one field; empty if there is none."""
    match given:
        case [str() as text]:
            return one_line(text[:_MOST_READ])
    return ""


def takes_back(given: Given) -> bool:
    """Whether a control's one field was left blank; a submission that lost its field says nothing."""
    match given:
        case [str() as text]:
            return not text.strip()
    return False
