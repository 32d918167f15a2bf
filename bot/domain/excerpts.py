"""Which lines of a file belong beside a question, for people who compare what was read with what the file says."""

from collections.abc import Mapping

from bot.domain.drafts import LineRole, QuestionDraft
from bot.domain.kinds import kind_of
from bot.domain.questions import status
from bot.i18n import Later, later

_ABOVE = 8
"""The most lines above a question that are kept."""
_BELOW = 60
"""The most lines from a question's first one on that are kept."""
_OWN = frozenset({LineRole.STEM, LineRole.CHOICE, LineRole.KEY, LineRole.EXPLANATION})

ROLES: Mapping[str, Later] = {
    LineRole.STEM: later("question"),
    LineRole.CHOICE: later("choice"),
    LineRole.KEY: later("key"),
    LineRole.EXPLANATION: later("explanation"),
    LineRole.HEADING: later("heading"),
    LineRole.NOTE: later("note"),
    LineRole.FURNITURE: later("page header or footer"),
    LineRole.BLANK: later("blank"),
}
"""What each line was taken for, in words, by its letter."""


def is_ready(draft: QuestionDraft) -> bool:
    """Whether a question can be asked as it was read."""
    enough = len(draft.choices) >= kind_of(draft).fewest_choices
    return enough and status(keyed=draft.is_keyed, findings=draft.findings, withdrawn=False) == "ready"


def lines_around(line: int, following: int | None, roles: str) -> range:
    """Return the numbers of the lines to show with a question: from the last line of the one before it on.

    Args:
        line: the number of the question's first line.
        following: that of the next question's first line, the last one to be shown; None: no question follows.
        roles: what each line of the file was taken for.
    """
    first = line
    while first > 1 and line - first < _ABOVE:
        first -= 1
        if roles[first - 1] in _OWN:
            break
    last = min(len(roles), line + _BELOW, len(roles) if following is None else max(following, line))
    while last > line and roles[last - 1] == LineRole.BLANK:
        last -= 1
    return range(first, last + 1)
