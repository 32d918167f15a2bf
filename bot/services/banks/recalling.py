"""Do again to a file's questions what people did when it was last imported: pure functions, for a thread to run."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.desk import is_whole
from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.mending import Mending, Portion, changed_since, drafts_of, fingerprint
from bot.domain.questions import Question
from bot.domain.revisions import first_revision
from bot.services.banks.matching import match


def recalled(drafts: Sequence[QuestionDraft], mendings: Sequence[Mending]) -> tuple[Portion, ...]:
    """Return a file's questions, with what people made of those that haven't changed in the file since.

    A question that has changed is as the file gives it now, and marked `FindingCode.MENDED_BEFORE`, so that somebody
    looks at it once more.
    """
    if not mendings:
        return tuple(Portion(sources=(draft,)) for draft in drafts)
    waiting: dict[str, deque[Mending]] = defaultdict(deque)
    for mending in mendings:
        waiting[mending.sources[0].digest].append(mending)
    digests = [fingerprint(draft).digest for draft in drafts]
    portions: list[Portion] = []
    at = 0
    while at < len(drafts):
        done = _next(waiting, digests, at)
        length = len(done.sources) if done else 1
        outcome = done.outcome if done else None
        portions.append(Portion(sources=tuple(drafts[at : at + length]), outcome=outcome))
        at += length
    left = [mending for same in waiting.values() for mending in same]
    return _with_changed(portions, left)


def _next(waiting: Mapping[str, deque[Mending]], digests: Sequence[str], at: int) -> Mending | None:
    """Take the mending of the questions that begin at a position; None if there is none."""
    for mending in waiting.get(digests[at], ()):
        wanted = [source.digest for source in mending.sources]
        if list(digests[at : at + len(wanted)]) == wanted:
            waiting[digests[at]].remove(mending)
            return mending
    return None


def _with_changed(portions: Sequence[Portion], left: Sequence[Mending]) -> tuple[Portion, ...]:
    """Note on each portion that nobody has mended what somebody made of an earlier version of it."""
    if not left:
        return tuple(portions)
    known: list[Question] = []
    origin: dict[QuestionId, Mending] = {}
    ids: dict[str, QuestionId] = {}
    for mending in left:
        for source in mending.sources:
            number = QuestionId(len(known))
            draft = QuestionDraft(line=0, stem=source.stem, choices=source.choices, kind=source.kind)
            known.append(first_revision(draft, question_id=number, bank_id=BankId(0)))
            origin[number] = mending
            if source.source_id is not None:
                ids.setdefault(source.source_id, number)
    free = [n for n, portion in enumerate(portions) if portion.outcome is None]
    found = dict(zip(free, match([portions[n].sources[0] for n in free], known, ids), strict=True))
    return tuple(
        Portion(sources=portion.sources, before=origin[question.id]) if (question := found.get(n)) else portion
        for n, portion in enumerate(portions)
    )


def findings_left(document: ParsedDocument, portions: Sequence[Portion]) -> tuple[Finding, ...]:
    """Return the findings about a file without those that somebody has dealt with, and with those about old mendings.

    A finding belongs to the question that begins on its line or above it.
    """
    settled: dict[int, set[FindingCode]] = {}
    changed = []
    for portion in portions:
        line, done = portion.sources[0].line, _settled(portion)
        settled[line] = settled.get(line, done) & done  # in some formats, several questions stand on one line
        if portion.before is not None:
            changed.append(Finding(line=line, code=FindingCode.MENDED_BEFORE, message=changed_since()))
    if not changed and not any(settled.values()):
        return document.findings
    starts = deque(sorted(settled))
    left: list[Finding] = []
    done = set[FindingCode]()
    for finding in sorted(document.findings, key=lambda one: one.line):
        while starts and starts[0] <= finding.line:
            done = settled[starts.popleft()]
        if finding.code not in done:
            left.append(finding)
    return tuple(sorted((*left, *changed), key=lambda one: one.line))


def _settled(portion: Portion) -> set[FindingCode]:
    """Return the codes that a portion had in its file, and no longer has."""
    if portion.outcome is None:
        return set()
    before = {code for source in portion.sources for code in source.findings}
    return before - {code for one in portion.outcome for code in one.findings}


def matched(
    portions: Sequence[Portion],
    mendings: Sequence[Mending],
    known: Sequence[Question],
    source_ids: Mapping[str, QuestionId],
) -> list[tuple[QuestionDraft, Question | None]]:
    """Return the questions of all portions that are whole, each with the one in the bank that it is a version of.

    The bank may know a question as it was mended before, as it is mended now, or as its file gives it: it is looked for
    in this order. ``mendings`` are those that the bank remembers.
    """
    before = {mending.sources[0].digest: mending for mending in mendings}
    rows = [row for portion in portions for row in _looks(portion, before) if is_whole(row[0])]
    found: list[Question | None] = [None] * len(rows)
    free = list(known)
    for turn in range(max((len(looks) for _draft, looks in rows), default=0)):
        left = [n for n, (_draft, looks) in enumerate(rows) if found[n] is None and turn < len(looks)]
        for n, question in zip(left, match([rows[n][1][turn] for n in left], free, source_ids), strict=True):
            found[n] = question
        taken = {question.id for question in found if question}
        free = [question for question in free if question.id not in taken]
    return [(draft, question) for (draft, _looks), question in zip(rows, found, strict=True)]


def _looks(
    portion: Portion, mendings: Mapping[str, Mending]
) -> Iterator[tuple[QuestionDraft, Sequence[QuestionDraft]]]:
    """Yield each question of a portion with all that the bank may know it as."""
    mending = portion.before or (mendings.get(fingerprint(portion.sources[0]).digest) if mendings else None)
    last = len(portion.sources) - 1
    outcome = [replace(one, source=min(one.source, last)) for one in mending.outcome] if mending else []
    earlier = drafts_of(outcome, portion.sources)
    for at, draft in enumerate(portion.drafts):
        looks = [*earlier[at : at + 1], draft]
        if portion.outcome is not None:
            looks.append(portion.sources[portion.outcome[at].source])
        yield draft, looks
