"""Mends the questions on the import desk, before they are stored. All functions are pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.desk import LACKING, At, Desk, Laid, is_whole, laid, numbered
from bot.domain.doubts import check
from bot.domain.drafts import FindingCode, QuestionDraft, Select
from bot.domain.errors import BadInput
from bot.domain.kinds import kind_of
from bot.domain.mending import Mended, Portion, as_read, drafted
from bot.domain.questions import MAX_CHARACTERS, MAX_CHOICES
from bot.domain.selection import selection
from bot.i18n import gettext as _


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
    if not is_whole(_drafted(desk, at, one)):
        raise BadInput(_("It has too few choices to be stored, or too many. Mend it, or drop it."))
    left = tuple(code for code in one.findings if code in LACKING or code not in seen)
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
    return replace(desk, portions=numbered(portions), version=desk.version + 1)


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
    return replace(desk, portions=numbered(portions))


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


def _check_size(one: Mended) -> None:
    texts = (one.stem, one.explanation, *one.choices, *(one.choice_explanations or ()))
    if (length := sum(map(len, texts))) > MAX_CHARACTERS:
        message = _("It has {count} characters with its explanations; the limit is {limit}.")
        raise BadInput(message.format(count=length, limit=MAX_CHARACTERS))
    if len(one.choices) > MAX_CHOICES:
        message = _("It has {count} choices; the limit is {limit}.")
        raise BadInput(message.format(count=len(one.choices), limit=MAX_CHOICES))
