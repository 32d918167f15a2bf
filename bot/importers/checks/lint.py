"""Checks every question, on its own and against the rest of its bank."""

from collections.abc import Callable, Sequence

from bot.domain.doubts import check
from bot.domain.drafts import Finding, QuestionDraft
from bot.importers.checks.similar import find_repeats
from bot.importers.checks.truncation import cut_off


def lint(drafts: Sequence[QuestionDraft], progress: Callable[[float], None] | None = None) -> list[list[Finding]]:
    """Return the findings about each draft, in the order of the drafts.

    These findings are about the drafts alone. What an importer noticed in the file (an answer that isn't among the
    choices, a page header) is already on the drafts. Of two similar questions, the later one gets the finding.
    """
    found = [check(draft) for draft in drafts]
    for position, finding in cut_off(drafts):
        found[position].append(finding)
    for position, finding in find_repeats(drafts, progress):
        found[position].append(finding)
    return found
