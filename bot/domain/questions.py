"""Questions: immutable revisions under a stable id."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from string import ascii_uppercase

from bot.domain.drafts import FindingCode, QuestionDraft, Select
from bot.domain.identity import BankId, ChoiceId, QuestionId
from bot.domain.images import Image

MAX_CHOICES = 25
"""The most choices a question may have: a platform's menu takes 25, and letters must not run out."""

LETTERS = ascii_uppercase[:MAX_CHOICES]

HARMLESS = frozenset(
    {
        FindingCode.UNKEYED,
        FindingCode.NEAR_DUPLICATE,
        FindingCode.PAGE_FURNITURE,
        FindingCode.ENCODING_REPAIRED,
    }
)
"""Findings that don't keep a question from being asked (a missing key does so by itself)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a question."""

    id: ChoiceId
    text: str
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One revision of a question.

    Attributes:
        choices: in the order of the source.
        key: ids of the right choices; empty: an unkeyed question, which is never scored.
        findings: what still wants a person's look.
        after: the question that must be asked before it; the same for all revisions.
        source_key: what the source gives as key, where a person corrected it; else None.
    """

    id: QuestionId
    revision: int
    bank_id: BankId
    stem: str
    choices: tuple[Choice, ...]
    key: frozenset[ChoiceId]
    select: Select = 1
    explanation: str = ""
    section: str | None = None
    topic: str | None = None
    difficulty: str | None = None
    tags: tuple[str, ...] = ()
    line: int = 0
    findings: tuple[FindingCode, ...] = ()
    withdrawn: bool = False
    source_key: frozenset[ChoiceId] | None = None
    image: Image | None = None
    after: QuestionId | None = None

    @property
    def status(self) -> str:
        """``ready``, ``unkeyed``, ``needs attention`` or ``withdrawn``: only ready questions are drawn."""
        return status(keyed=bool(self.key), findings=self.findings, withdrawn=self.withdrawn)

    def choice(self, choice_id: ChoiceId) -> Choice:
        """The choice with this id; KeyError when the question has none such."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise KeyError(choice_id)


def status(*, keyed: bool, findings: Sequence[FindingCode], withdrawn: bool) -> str:
    """What may be done with a question; see `Question.status`."""
    if withdrawn:
        return "withdrawn"
    if any(code not in HARMLESS for code in findings):
        return "needs attention"
    return "ready" if keyed else "unkeyed"


def first_revision(draft: QuestionDraft, *, question_id: QuestionId, bank_id: BankId) -> Question:
    """The question that a draft becomes when its bank has not seen it before."""
    return _revision(draft, question_id, bank_id, 1, [ChoiceId(n) for n in range(len(draft.choices))])


def next_revision(draft: QuestionDraft, known: Question) -> Question | None:
    """The revision that an edited draft makes of a known question, or None when nothing changed.

    A choice keeps its id when its text is the same, else when it stands where the old one stood: answers
    given before the edit still mean what they meant. A key that a person corrected stays so for as long as
    the source repeats the one that was wrong, and what was withdrawn stays withdrawn.
    """
    ids = _carry_ids(draft.choices, known.choices)
    new = _revision(draft, known.id, known.bank_id, known.revision + 1, ids)
    new = replace(new, withdrawn=known.withdrawn, after=known.after)
    if known.source_key is not None and new.key == known.source_key:
        new = _keep_correction(new, known)
    same = _content(new) == _content(known)
    return None if same else new


def corrected(question: Question, key: frozenset[ChoiceId]) -> Question:
    """The revision with another key that a person gives it; its doubts are settled, too."""
    return replace(
        question,
        revision=question.revision + 1,
        key=key,
        select=question.select if question.select == "all" else len(key),
        findings=(),
        source_key=question.key if question.source_key is None else question.source_key,
    )


def _keep_correction(new: Question, known: Question) -> Question:
    lost = known.image is not None and new.image is None  # what was settled was so with the picture in sight
    return replace(
        new,
        key=known.key,
        select=known.select,
        findings=new.findings if lost else known.findings,
        source_key=known.source_key,
    )


def _carry_ids(texts: Sequence[str], known: Sequence[Choice]) -> list[ChoiceId]:
    by_text: dict[str, list[ChoiceId]] = {}
    for choice in known:
        by_text.setdefault(choice.text, []).append(choice.id)
    # Two choices may read the same: each takes the next id of that text.
    same = [by_text[text].pop(0) if by_text.get(text) else None for text in texts]
    taken = {i for i in same if i is not None}
    fresh = max((choice.id for choice in known), default=-1) + 1
    carried: list[ChoiceId] = []
    for position, found in enumerate(same):
        chosen = found
        if chosen is None and position < len(known) and known[position].id not in taken:
            chosen = known[position].id
        if chosen is None:
            chosen, fresh = ChoiceId(fresh), fresh + 1
        taken.add(chosen)
        carried.append(chosen)
    return carried


def _revision(
    draft: QuestionDraft, question_id: QuestionId, bank_id: BankId, revision: int, ids: Sequence[ChoiceId]
) -> Question:
    explanations = draft.choice_explanations or ("",) * len(draft.choices)
    return Question(
        id=question_id,
        revision=revision,
        bank_id=bank_id,
        stem=draft.stem,
        choices=tuple(
            Choice(id=i, text=text, explanation=why)
            for i, text, why in zip(ids, draft.choices, explanations, strict=True)
        ),
        key=frozenset(ids[n] for n in draft.key),
        select=draft.select,
        explanation=draft.explanation,
        section=draft.section,
        topic=draft.topic,
        difficulty=draft.difficulty,
        tags=draft.tags,
        line=draft.line,
        findings=draft.findings,
        image=_image(draft),
    )


def _image(draft: QuestionDraft) -> Image | None:
    if draft.image is None:
        return None
    return Image(digest=draft.image.digest, media_type=draft.image.media_type, alt=draft.image_alt)


def _content(question: Question) -> tuple[object, ...]:
    """All that makes a revision differ: its line in the file doesn't."""
    return (
        question.stem,
        question.choices,
        question.key,
        question.select,
        question.explanation,
        question.section,
        question.topic,
        question.difficulty,
        question.tags,
        question.findings,
        question.image,
    )


_NAMES_OTHERS = re.compile(
    r"""
      \b(?:all|none|any|both|neither|each|some|two|three|either)\s+(?:of\s+)?(?:the\s+|these\s+|those\s+)?
        (?:above|below|(?:other\s+)?(?:options?|choices?|answers?)|previous|preceding|listed|these|those)\b
    | \b(?:all|none|any|both|neither|either)\s+(?:of\s+)?(?:the|these|those)\s+others?\b
    | ^\W*(?:all|none|any|both|neither|either)\s+of\s+them\W*$
    | \b(?:above|preceding|previous)\s+(?:options?|choices?|answers?|statements?)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LETTER = r"(?:[A-H]\b|\([A-Ha-h]\))(?!['’/+\#-])"
_LETTERED = re.compile(
    rf"""
      \b(?i:both|either|neither|options?|choices?|answers?|only)\s+{_LETTER}
    | ^\W*{_LETTER}(?:\s*,\s*{_LETTER})*\s*(?:,|\band\b|\bor\b|&)\s*{_LETTER}(?:\s+(?i:only|both|together))?\W*$
    | ^\W*{_LETTER}\s+(?i:only)\W*$
    """,
    re.VERBOSE,
)
_EXPLAINS_BY_LETTER = re.compile(
    rf"""
      \b(?i:options?|choices?|answers?)(?:\s*:\s*|\s+(?:is|are|was)\s+|\s+){_LETTER}
    | \b{_LETTER}(?:\s*(?:,|and|or|&)\s*{_LETTER})*\s+(?:is|are)\s+
        (?:(?:the|both|all|not)\s+)*(?:in)?(?:correct|right|wrong)\b
    """,
    re.VERBOSE,
)


def order_matters(question: Question) -> bool:
    """Whether a choice, or an explanation, refers to choices by letter or place ("Both A and C").

    The choices of such a question are always shown in the order of the source.
    """
    texts = [choice.text for choice in question.choices]
    explained = [question.explanation, *(choice.explanation for choice in question.choices)]
    return any(_NAMES_OTHERS.search(text) or _LETTERED.search(text) for text in texts) or any(
        _EXPLAINS_BY_LETTER.search(text) for text in explained
    )


def shown_order(question: Question, random: Random) -> tuple[ChoiceId, ...]:
    """The order in which one round shows the choices: shuffled by ``random`` unless `order_matters`."""
    ids = [choice.id for choice in question.choices]
    if not order_matters(question):
        random.shuffle(ids)
    return tuple(ids)


def key_from_letters(question: Question, letters: str) -> frozenset[ChoiceId]:
    """The key that ``B,D`` (or ``BD``) names: letters count the choices in the order of the source.

    Raises:
        ValueError: where a letter names no choice, or there is none.
    """
    names = [letter for letter in letters.upper() if letter.isalnum()]
    available = LETTERS[: len(question.choices)]
    unknown = [letter for letter in names if letter not in available]
    if unknown or not names:
        raise ValueError(", ".join(unknown) or letters)
    return frozenset(question.choices[available.index(letter)].id for letter in names)
