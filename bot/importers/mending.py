"""The import desk: what a person does with the questions of a file before they are stored. All functions are pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft, Select
from bot.domain.errors import BadInput
from bot.domain.kinds import kind_of
from bot.domain.mending import Mended, Portion, as_read, changed_since, drafted
from bot.domain.questions import MAX_CHOICES
from bot.domain.selection import selection
from bot.i18n import gettext as _
from bot.importers import MAX_CHARACTERS
from bot.importers.checks.lint import check
from bot.importers.excerpts import is_ready, lines_around

_LACKING = frozenset({FindingCode.UNKEYED, FindingCode.BROKEN, FindingCode.KIND_NOT_ASKED})
"""What a question lacks, whoever has looked at it."""


_TOLD = 5
"""The most findings of a sort that are told of one question."""


class At(NamedTuple):
    """Which question at the desk: its portion, by the position of its first source in the file, and its position."""

    portion: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What somebody filled in for a question: texts, and which choices are right.

    Attributes:
        rows: for each choice, its position so far; -1: it is new.
        select: how many choices to pick; None: as many as are right.
    """

    stem: str
    choices: tuple[str, ...]
    key: tuple[int, ...]
    explanation: str
    choice_explanations: tuple[str, ...]
    rows: tuple[int, ...]
    select: Select | None = None


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
        return _is_whole(self.draft)

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
    return Desk(document=document, portions=_numbered(portions))


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
        problems = _problems(draft, noticed, previous, following) if outcome is None else _left(draft)
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


def edit(desk: Desk, at: At, filled: Edit) -> Desk:
    """Put what somebody filled in in the place of a question; what is wrong with it then is noticed.

    Raises:
        BadInput: there is no such question, its kind can't be mended like this, or the texts are too long.
    """
    return _with(desk, at, [_filled(desk, at, filled)])


def accept(desk: Desk, at: At, filled: Edit | None = None) -> Desk:
    """Keep a question as it is, or as somebody filled it in: whatever was noticed about it before counts as seen.

    If something else is wrong with what was filled in, the question goes on waiting.

    Raises:
        BadInput: as for `edit`; or it lacks choices, or has too many, and so can't be stored.
    """
    seen = _draft(desk, at).findings
    one = _checked(desk, at, _mended(desk, at)) if filled is None else _filled(desk, at, filled)
    if not _is_whole(_drafted(desk, at, one)):
        raise BadInput(_("It has too few choices to be stored, or too many. Mend it, or drop it."))
    left = tuple(code for code in one.findings if code in _LACKING or code not in seen)
    return _with(desk, at, [replace(one, findings=left, settled=all(code in seen for code in left))])


def drop(desk: Desk, at: At) -> Desk:
    """Take a question off the desk, so that it isn't stored.

    Raises:
        BadInput: there is no such question.
    """
    _draft(desk, at)
    return _with(desk, at, [])


def undo(desk: Desk, number: int) -> Desk:
    """Put back the questions of a portion as the file gives them.

    Raises:
        BadInput: there is no such portion.
    """
    portion = desk.portions.get(number)
    if portion is None:
        raise _gone()
    back = [Portion(sources=(source,)) for source in portion.sources]
    portions = [*_before(desk, number), *back, *_after(desk, number)]
    return replace(desk, portions=_numbered(portions), version=desk.version + 1)


def join(desk: Desk, at: At) -> Desk:
    """Join a question with the next one: their texts follow each other, and somebody has to look at the whole.

    Raises:
        BadInput: there is no such question, none follows it, or one of the two is of another kind or has pictures.
    """
    _draft(desk, at)
    following = next((row.at for row in laid(desk) if row.at > at), None)
    if following is None:
        raise BadInput(_("There is no question after this one to join it with."))
    pair = _draft(desk, at), _draft(desk, following)
    if any(draft.kind != "choice" or draft.files for draft in pair):
        raise BadInput(_("Only multiple-choice questions without pictures can be joined."))
    if following.portion != at.portion:
        desk = _portions_joined(desk, at.portion, following.portion)
    portion = desk.portions[at.portion]
    outcome = portion.outcome or ()
    whole = _joined(outcome[at.position], outcome[at.position + 1])
    _check_size(whole)
    rest = (*outcome[: at.position], _to_be_seen(whole), *outcome[at.position + 2 :])
    return _replaced(desk, at.portion, replace(portion, outcome=rest))


def split(desk: Desk, at: At, line: int, first: Sequence[QuestionDraft], second: Sequence[QuestionDraft]) -> Desk:
    """Put two questions in the place of one; somebody has to look at both.

    Args:
        desk: where the question lies.
        at: which one.
        line: the line of the file at which the second question begins.
        first: what the lines above that line were read as, if they stood alone.
        second: what that line and those below it were read as.

    Raises:
        BadInput: there is no such question, it is of another kind, or the line isn't inside it.
    """
    row = _row(desk, at)
    if line not in split_lines(desk, row):
        raise _not_inside()
    source = _mended(desk, at)
    parts = []
    begin = row.draft.line
    for start, end, read in ((begin, line, first), (line, _end(desk, row), second)):
        found = [one for one in read if one.kind == "choice"] or [_only_text(desk, start, end)]
        for one in found:
            offset = source.offset + start + one.line - 1 - begin
            pictures = (-1,) * len(one.choices)
            parts.append(replace(as_read(one), source=source.source, offset=offset, pictures=pictures))
    return _with(desk, at, [_to_be_seen(one) for one in parts])


def split_lines(desk: Desk, row: Laid) -> range:
    """Return the lines at which a question can be split: those of its own but the first, if their text is kept."""
    lines = range(row.draft.line + 1, _end(desk, row))
    kept = all(number in desk.document.lines for number in (row.draft.line, *lines))
    return lines if kept and row.is_choice else range(0)


def halves(desk: Desk, at: At, line: int) -> tuple[str, str]:
    """Return the text of a question above a line, and from that line on.

    Raises:
        BadInput: there is no such question, or the line isn't inside it.
    """
    row = _row(desk, at)
    if line not in split_lines(desk, row):
        raise _not_inside()
    return _text(desk, row.draft.line, line), _text(desk, line, _end(desk, row))


def _row(desk: Desk, at: At) -> Laid:
    found = next((row for row in laid(desk) if row.at == at), None)
    if found is None:
        raise _gone()
    return found


def _text(desk: Desk, start: int, end: int) -> str:
    return "\n".join(desk.document.lines.get(number, "") for number in range(start, end))


def _end(desk: Desk, row: Laid) -> int:
    """The number of the line after a question's own lines."""
    lines = row.lines(desk.document)
    return min(lines.stop, row.following or lines.stop) if lines else row.draft.line + 1


def _only_text(desk: Desk, start: int, end: int) -> QuestionDraft:
    return QuestionDraft(line=1, stem=_text(desk, start, end).strip(), choices=())


def _not_inside() -> BadInput:
    return BadInput(_("Choose a line of the question at which the next one begins."))


def _is_whole(draft: QuestionDraft) -> bool:
    return kind_of(draft).fewest_choices <= len(draft.choices) <= MAX_CHOICES


def _gone() -> BadInput:
    return BadInput(_("That question isn't on this page any more."))


def _draft(desk: Desk, at: At) -> QuestionDraft:
    portion = desk.portions.get(at.portion)
    drafts = portion.drafts if portion else ()
    if not 0 <= at.position < len(drafts):
        raise _gone()
    return drafts[at.position]


def _mended(desk: Desk, at: At) -> Mended:
    return _outcome(desk.portions[at.portion])[at.position]


def _outcome(portion: Portion) -> tuple[Mended, ...]:
    """What was made of a portion, or would be if somebody changed nothing."""
    if portion.outcome is not None:
        return portion.outcome
    return tuple(replace(as_read(draft), source=number) for number, draft in enumerate(portion.drafts))


def _filled(desk: Desk, at: At, filled: Edit) -> Mended:
    draft = _draft(desk, at)
    one = _mended(desk, at)
    if not kind_of(draft).picks:
        raise BadInput(_("Questions of this kind can be edited once they are stored."))
    if draft.kind == "choice":
        told = filled.choice_explanations if any(filled.choice_explanations) else None
        pictures = tuple(one.pictures[row] if 0 <= row < len(one.pictures) else -1 for row in filled.rows)
        wanted = max(len(filled.key), 1) if filled.select is None else filled.select
        one = replace(one, choices=filled.choices, choice_explanations=told, pictures=pictures, select=wanted)
    if any(position >= len(one.choices) for position in filled.key):
        raise BadInput(_("What is right must be one of the choices."))
    one = replace(one, stem=filled.stem, key=filled.key, explanation=filled.explanation, settled=False)
    _check_size(one)
    return _checked(desk, at, one)


def _drafted(desk: Desk, at: At, one: Mended) -> QuestionDraft:
    return drafted(one, desk.portions[at.portion].sources[one.source])


def _checked(desk: Desk, at: At, one: Mended) -> Mended:
    """Return a question that somebody has looked at, with what can be seen to be wrong with it."""
    codes = dict.fromkeys(finding.code for finding in check(_drafted(desk, at, one)))
    return replace(one, findings=tuple(codes))


def _to_be_seen(one: Mended) -> Mended:
    """Return a question that was put together from parts: it isn't asked before somebody has looked at it."""
    return replace(one, findings=tuple(dict.fromkeys((*one.findings, FindingCode.SWALLOWED))), settled=False)


def _left(draft: QuestionDraft) -> list[str]:
    """What is still to be said about a question that somebody has mended."""
    told = [finding.message for finding in check(draft) if finding.code in draft.findings]
    if FindingCode.SWALLOWED in draft.findings:
        told.insert(0, _("It was put together just now. Check its text and what is right."))
    return told


def _joined(one: Mended, other: Mended) -> Mended:
    stem = "\n\n".join(filter(None, (one.stem, other.stem)))
    key = (*one.key, *(len(one.choices) + position for position in other.key))
    notes = tuple(text for part in (one, other) for text in (part.choice_explanations or ("",) * len(part.choices)))
    return replace(
        one,
        stem=stem,
        choices=one.choices + other.choices,
        key=key,
        select=selection(stem, len(key)),
        explanation="\n\n".join(filter(None, (one.explanation, other.explanation))),
        choice_explanations=notes if any(notes) else None,
        pictures=(-1,) * (len(one.choices) + len(other.choices)),
        findings=tuple(dict.fromkeys((*one.findings, *other.findings))),
    )


def _portions_joined(desk: Desk, number: int, following: int) -> Desk:
    """Make one portion of two, and of the dropped ones between them."""
    between = [portion for at, portion in desk.portions.items() if number <= at <= following]
    sources: tuple[QuestionDraft, ...] = ()
    outcome: tuple[Mended, ...] = ()
    for portion in between:
        outcome += tuple(replace(one, source=one.source + len(sources)) for one in _outcome(portion))
        sources += portion.sources
    whole = Portion(sources=sources, outcome=outcome, before=between[0].before)
    portions = [*_before(desk, number), whole, *_after(desk, following)]
    return replace(desk, portions=_numbered(portions))


def _with(desk: Desk, at: At, instead: Sequence[Mended]) -> Desk:
    portion = desk.portions[at.portion]
    outcome = _outcome(portion)
    rest = (*outcome[: at.position], *instead, *outcome[at.position + 1 :])
    return _replaced(desk, at.portion, replace(portion, outcome=rest))


def _replaced(desk: Desk, number: int, portion: Portion) -> Desk:
    return replace(desk, portions={**desk.portions, number: portion}, version=desk.version + 1)


def _before(desk: Desk, number: int) -> list[Portion]:
    return [portion for at, portion in desk.portions.items() if at < number]


def _after(desk: Desk, number: int) -> list[Portion]:
    return [portion for at, portion in desk.portions.items() if at > number]


def _numbered(portions: Sequence[Portion]) -> dict[int, Portion]:
    numbered = {}
    number = 0
    for portion in portions:
        numbered[number] = portion
        number += len(portion.sources)
    return numbered


def _check_size(one: Mended) -> None:
    texts = (one.stem, one.explanation, *one.choices, *(one.choice_explanations or ()))
    if (length := sum(map(len, texts))) > MAX_CHARACTERS:
        message = _("It has {count} characters with its explanations; the limit is {limit}.")
        raise BadInput(message.format(count=length, limit=MAX_CHARACTERS))
    if len(one.choices) > MAX_CHOICES:
        message = _("It has {count} choices; the limit is {limit}.")
        raise BadInput(message.format(count=len(one.choices), limit=MAX_CHOICES))


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
