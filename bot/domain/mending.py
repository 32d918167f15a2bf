"""What a person made of the questions that a file gives, in words that can be kept until the file is read again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.domain.drafts import FindingCode, QuestionDraft, Select
from bot.i18n import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A question as a person left it; what isn't listed here stays as in its source.

    Attributes:
        source: which of its portion's sources it was made from, counted from 0.
        offset: how many lines below its source it begins.
        pictures: for each choice, the position of the source's choice whose picture it has; -1: none.
        settled: whether a person decided to keep it with the findings that it has.
    """

    source: int = 0
    offset: int = 0
    stem: str
    choices: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    select: Select = 1
    explanation: str = ""
    choice_explanations: tuple[str, ...] | None = None
    pictures: tuple[int, ...] = ()
    findings: tuple[FindingCode, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What a mended question said in its file: enough to tell whether it is unchanged, and to find it if it isn't.

    Attributes:
        digest: the same for as long as the file says the same about the question.
    """

    digest: str
    kind: str
    stem: str
    choices: tuple[str, ...]
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What a bank remembers of a portion that was mended; no outcome: its questions were dropped."""

    sources: tuple[Fingerprint, ...]
    outcome: tuple[Mended, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One question of a file, or several in a row that were joined, with what a person made of them.

    Attributes:
        sources: the questions as the file gives them.
        outcome: the questions as a person left them, none if they were dropped; None: nobody has mended them.
        before: what a person made of the question when the file said something else.
    """

    sources: tuple[QuestionDraft, ...]
    outcome: tuple[Mended, ...] | None = None
    before: Mending | None = None

    @property
    def drafts(self) -> tuple[QuestionDraft, ...]:
        """The questions to be stored."""
        if self.outcome is None:
            return self.sources if self.before is None else tuple(map(_marked, self.sources))
        return drafts_of(self.outcome, self.sources)


def as_read(draft: QuestionDraft) -> Mended:
    """Return a question of a file as a person would have left it without changing anything."""
    return Mended(
        stem=draft.stem,
        choices=draft.choices,
        key=draft.key,
        select=draft.select,
        explanation=draft.explanation,
        choice_explanations=draft.choice_explanations,
        pictures=tuple(range(len(draft.choices))),
        findings=draft.findings,
    )


def drafted(mended: Mended, source: QuestionDraft) -> QuestionDraft:
    """Return the draft that a person made of a question."""
    shown = source.choice_pictures
    pictures = tuple(shown[at] if shown and 0 <= at < len(shown) else None for at in mended.pictures)
    return replace(
        source,
        line=source.line + mended.offset,
        stem=mended.stem,
        choices=mended.choices,
        key=mended.key,
        select=mended.select,
        explanation=mended.explanation,
        choice_explanations=mended.choice_explanations,
        choice_pictures=pictures if any(pictures) else None,
        findings=mended.findings,
    )


def drafts_of(outcome: Sequence[Mended], sources: Sequence[QuestionDraft]) -> tuple[QuestionDraft, ...]:
    """Return the drafts of an outcome: only the first that is made from a source has its id and picture."""
    drafts = []
    seen: set[int] = set()
    for one in outcome:
        source = sources[one.source]
        if one.source in seen:
            source = replace(source, source_id=None, former_ids=(), after=None, image=None, image_alt="")
        seen.add(one.source)
        drafts.append(drafted(one, source))
    return tuple(drafts)


def fingerprint(draft: QuestionDraft) -> Fingerprint:
    """Return what to recognise a question of a file by; its line, headings and labels don't matter."""
    said = [
        *(draft.kind, draft.stem, draft.choices, draft.key, draft.select, draft.explanation),
        *(draft.choice_explanations, [str(one) for one in draft.accepted], draft.unit, draft.exact),
        *([[near.text, near.hint] for near in draft.near_misses], draft.back, draft.kept),
        *([file.digest for file in draft.files], draft.image_alt),
    ]
    digest = sha256(json.dumps(said).encode()).hexdigest()
    return Fingerprint(
        digest=digest, kind=draft.kind, stem=draft.stem, choices=draft.choices, source_id=draft.source_id
    )


def changed_since() -> str:
    """Return what to say about a question that somebody mended, if its file says something else now."""
    return _("Somebody mended this question, but the file has changed since. Check it again.")


def mending_of(portion: Portion) -> Mending | None:
    """Return what a bank should remember of a portion; None if nobody has mended it."""
    if portion.outcome is None:
        return None
    return Mending(sources=tuple(map(fingerprint, portion.sources)), outcome=portion.outcome)


def renewed(known: Sequence[Mending], portions: Sequence[Portion]) -> tuple[Mending, ...]:
    """Return what a bank should remember after a person decided about all portions of a file.

    What it remembers of other files' questions stays.
    """
    replaced = {fingerprint(source).digest for portion in portions for source in portion.sources}
    replaced |= {source.digest for portion in portions if portion.before for source in portion.before.sources}
    others = (one for one in known if not any(source.digest in replaced for source in one.sources))
    return (*others, *filter(None, map(mending_of, portions)))


def _marked(draft: QuestionDraft) -> QuestionDraft:
    return replace(draft, findings=tuple(dict.fromkeys((*draft.findings, FindingCode.MENDED_BEFORE))))
