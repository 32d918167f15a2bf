"""Checks every question, on its own and against the rest of its bank."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain

from bot.domain.doubts import check
from bot.domain.drafts import Finding, QuestionDraft
from bot.importers.checks.similar import find_repeats
from bot.importers.checks.truncation import cut_off


def lint(drafts: Sequence[QuestionDraft], progress: Callable[[float], None] | None = None) -> list[list[Finding]]:
    """Return the findings about each draft, in the order of the drafts.

    These findings are about the drafts alone. What an importer noticed in the file (an answer that isn't among the
    choices, a page header) is already on the drafts. Of two similar questions, the later one gets the finding.
    """
    beside_others: dict[int, list[Finding]] = defaultdict(list)
    for position, finding in chain(cut_off(drafts), find_repeats(drafts, progress)):
        beside_others[position].append(finding)
    return [[*check(draft), *beside_others.get(position, ())] for position, draft in enumerate(drafts)]
