"""Questions: immutable revisions under a stable id."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from string import ascii_uppercase

from bot.domain.drafts import FindingCode, Select
from bot.domain.identity import BankId, ChoiceId, QuestionId
from bot.domain.images import Image
from bot.domain.responses import Key

MAX_CHOICES = 25
"""The most choices a question may have: platforms' menus take 25, and letters must not run out."""

MAX_CHARACTERS = 40_000
"""The longest question, in characters, with its choices and explanations: to show it, all of it has to be read."""

LETTERS = ascii_uppercase[:MAX_CHOICES]

HARMLESS = frozenset(
    {
        FindingCode.UNKEYED,
        FindingCode.NEAR_DUPLICATE,
        FindingCode.PAGE_FURNITURE,
        FindingCode.ENCODING_REPAIRED,
        FindingCode.SIMPLIFIED,
    }
)
"""Findings that don't prevent a question from being asked (a missing key does that by itself)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a question.

    Attributes:
        text: what it says, as Markdown; of a choice that is only a picture, what the picture shows, as plain text.
        picture_alone: whether the choice is only its picture, so that the text is for places that show no pictures.
    """

    id: ChoiceId
    text: str
    explanation: str = ""
    image: Image | None = None
    picture_alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One revision of a question.

    Attributes:
        choices: in the order of the source.
        key: what is right; falsy for an unkeyed question, which is never scored.
        findings: what a person should still look at.
        after: the question that must be asked before this one; the same for all revisions.
        source_key: the key in the source, if a person has corrected it; else None.
        kind: the name of its kind in `bot.domain.kinds`; another word for a kind that is kept, and never asked.
    """

    id: QuestionId
    revision: int
    bank_id: BankId
    stem: str
    choices: tuple[Choice, ...]
    key: Key
    select: Select = 1
    explanation: str = ""
    section: str | None = None
    topic: str | None = None
    difficulty: str | None = None
    tags: tuple[str, ...] = ()
    line: int = 0
    findings: tuple[FindingCode, ...] = ()
    withdrawn: bool = False
    source_key: Key | None = None
    image: Image | None = None
    after: QuestionId | None = None
    kind: str = "choice"

    def __hash__(self) -> int:
        """Hash what tells questions apart: every click looks up its receipt by them, and hashing all fields is slow."""
        return hash((self.id, self.revision, self.stem))

    @property
    def status(self) -> str:
        """``ready``, ``unkeyed``, ``needs attention`` or ``withdrawn``: only ready questions are drawn."""
        return status(keyed=bool(self.key), findings=self.findings, withdrawn=self.withdrawn)

    @property
    def images(self) -> tuple[Image, ...]:
        """Its own picture and those of its choices."""
        return tuple(image for image in (self.image, *(choice.image for choice in self.choices)) if image)

    @property
    def order(self) -> tuple[ChoiceId, ...]:
        """Ids of the choices, in the order of the source."""
        return tuple(choice.id for choice in self.choices)

    def choice(self, choice_id: ChoiceId) -> Choice:
        """The choice with this id; KeyError if the question has none."""
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
    | \b{_LETTER}(?:\s*(?:,|and|or|&)\s*{_LETTER}){{0,7}}\s+(?:is|are)\s+  # seven more at most: letters end at H
        (?:(?:the|both|all|not)\s+){{0,3}}(?:in)?(?:correct|right|wrong)\b
    """,
    re.VERBOSE,
)


def order_matters(question: Question) -> bool:
    """Whether a choice, or an explanation, refers to choices by letter or position ("Both A and C").

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
