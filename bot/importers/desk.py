"""The import desk: the questions of a file, with what was noticed about each. All functions are pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import getsizeof
from typing import NamedTuple

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.kinds import kind_of
from bot.domain.mending import Portion, changed_since
from bot.domain.questions import MAX_CHOICES
from bot.i18n import gettext as _
from bot.importers.checks.lint import check
from bot.importers.excerpts import is_ready, lines_around

LACKING = frozenset({FindingCode.UNKEYED, FindingCode.BROKEN, FindingCode.KIND_NOT_ASKED})
"""What a question lacks, whoever has looked at it."""


_TOLD = 5
"""The most findings of a sort that are told of one question."""


class At(NamedTuple):
    """Which question at the desk: its portion, by the position of its first source in the file, and its position."""

    portion: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A file's questions as a person has mended them so far.

    Attributes:
        document: the file as it was read.
        portions: its questions in their order, by the position of their first source in the file.
        version: changes with whatever is done.
    """

    document: ParsedDocument
    portions: Mapping[int, Portion]
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """One question as it lies on the desk.

    Attributes:
        following: the first line of the next question; None: it is the last one.
        problems: what was noticed about it, in sentences.
        settled: whether a person decided to keep it with its findings.
        mended: whether a person has changed anything about it.
    """

    at: At
    draft: QuestionDraft
    following: int | None
    problems: tuple[str, ...] = field(default=())
    settled: bool = False
    mended: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it can be asked once it is stored."""
        return is_ready(self.draft)

    @property
    def is_whole(self) -> bool:
        """Whether it has as many choices as its kind needs: others aren't stored."""
        return is_whole(self.draft)

    @property
    def waits(self) -> bool:
        """Whether somebody has to look at it."""
        return not (self.settled or self.is_ready)

    @property
    def is_choice(self) -> bool:
        """Whether its texts can be mended, and whether it can be joined and split."""
        return self.draft.kind == "choice"

    @property
    def picks(self) -> bool:
        """Whether its right choices can be picked."""
        return kind_of(self.draft).picks

    def lines(self, document: ParsedDocument) -> range:
        """Return the numbers of the lines to show with it; none if the file isn't read line by line."""
        if not document.roles:
            return range(0)
        return lines_around(self.draft.line, self.following, document.roles)


def opened(document: ParsedDocument, portions: Sequence[Portion]) -> Desk:
    """Return a desk with a file's questions on it."""
    return Desk(document=document, portions=numbered(portions))


def size(desk: Desk) -> int:
    """Return about how many bytes of memory a desk takes: its texts, some of which have four for each character."""
    document = desk.document
    texts: list[str] = [*document.lines.values(), *(finding.message for finding in document.findings)]
    texts += [text for note in document.notes for text in (note.heading, note.text)]
    for draft in document.questions:
        texts += [draft.stem, draft.explanation, *draft.answers, *draft.tags, *(draft.choice_explanations or ())]
    for one in (one for portion in desk.portions.values() for one in portion.outcome or ()):
        texts += [one.stem, one.explanation, *one.choices, *(one.choice_explanations or ())]
    pictures = {id(file): len(file.data) for draft in document.questions for file in draft.files}
    return sum(map(getsizeof, texts)) + sum(pictures.values())


def laid(desk: Desk) -> list[Laid]:
    """Return every question on the desk, in the order of the file."""
    noticed: dict[FindingCode, list[Finding]] = defaultdict(list)
    for finding in sorted(desk.document.findings, key=_line):
        noticed[finding.code].append(finding)
    found = [
        (At(number, position), draft, portion)
        for number, portion in desk.portions.items()
        for position, draft in enumerate(portion.drafts)
    ]
    lines = [draft.line for _at, draft, _portion in found]
    rows = []
    around = zip(found, [0, *lines[:-1]], [*lines[1:], None], strict=True) if found else ()
    for (at, draft, portion), previous, following in around:
        outcome = portion.outcome
        problems = _problems(draft, noticed, previous, following) if outcome is None else left(draft)
        rows.append(
            Laid(
                at=at,
                draft=draft,
                following=following,
                problems=tuple(dict.fromkeys(problems)),
                settled=outcome is not None and outcome[at.position].settled,
                mended=outcome is not None,
            )
        )
    return rows


def dropped(desk: Desk) -> Iterator[tuple[int, QuestionDraft]]:
    """Yield the questions of the file that were dropped, each with the number of its portion."""
    for number, portion in desk.portions.items():
        if portion.outcome == ():
            yield number, portion.sources[0]


def is_whole(draft: QuestionDraft) -> bool:
    """Return whether a question has as many choices as its kind needs, and no more than can be shown."""
    return kind_of(draft).fewest_choices <= len(draft.choices) <= MAX_CHOICES


def left(draft: QuestionDraft) -> list[str]:
    """What is still to be said about a question that somebody has mended."""
    told = [finding.message for finding in check(draft) if finding.code in draft.findings]
    if FindingCode.SWALLOWED in draft.findings:
        told.insert(0, _("It was put together just now. Check its text and what is right."))
    return told


def numbered(portions: Sequence[Portion]) -> dict[int, Portion]:
    """Return portions by the position of their first source in the file."""
    found = {}
    number = 0
    for portion in portions:
        found[number] = portion
        number += len(portion.sources)
    return found


def _problems(
    draft: QuestionDraft, noticed: Mapping[FindingCode, Sequence[Finding]], previous: int, following: int | None
) -> Iterator[str]:
    """Yield what was noticed about a question as its file gives it.

    A finding may stand on a line between two questions and concern both.

    Args:
        draft: the question.
        noticed: all findings about the file by their codes, each by line.
        previous: the first line of the question before it; 0: it is the first.
        following: that of the next question; None: it is the last.
    """
    for code in draft.findings:
        findings = noticed.get(code, ())
        start, end = bisect_left(findings, draft.line, key=_line), len(findings)
        if following is not None:
            end = bisect_left(findings, max(following, draft.line + 1), key=_line)
        own = findings[start : min(end, start + _TOLD)]
        if not own:
            start = bisect_left(findings, previous, key=_line)
            own = [one for one in findings[start : start + 1] if following is None or one.line <= following]
        if code is FindingCode.MENDED_BEFORE:
            yield changed_since()
        elif own:
            yield from (finding.message for finding in own)
        else:
            yield code.value


def _line(finding: Finding) -> int:
    return finding.line
