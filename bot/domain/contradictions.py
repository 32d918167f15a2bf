"""Finds explanations that contradict the key."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.drafts import QuestionDraft
from bot.i18n import gettext as _

LONGEST_SUBJECT = 90
"""How far before a verdict its choice may stand, in characters."""

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*")
_BAD = (
    r"(?:incorrect|wrong|false|over-?engineer\w*|over-?kill|unnecessary|inappropriate|unsuitable|unsuited|counter-?productive"
    r"|not\s+(?:(?:a|an|the|really|very|well)\s+)?(?:correct|right|appropriate|suitable|suited|necessary|needed|possible|supported|recommended|applicable|valid))"
)
_GOOD = (
    r"(?:the\s+)?(?:(?:correct|right|only\s+correct)(?:\s+(?:answer|choice|option|selection|solution|one))?"
    r"|(?:best|most\s+\w+)\s+(?:answer|choice|option|selection|solution))"
)
_REJECTS = re.compile(
    rf"\s(?:is|are|was|would\s+be)\s+{_BAD}\b|\s(?:does\s+not|doesn['’]t|do\s+not|don['’]t|would\s+not|wouldn['’]t)\s+make\s+sense\b",
    re.IGNORECASE,
)
_APPROVES = re.compile(
    rf"\s(?:is|are)\s+(?:therefore\s+|thus\s+|clearly\s+|indeed\s+)?{_GOOD}(?=\s*(?:$|[.,;:)—–-]|\b(?:because|since|as|here|for|which|that)\b))",
    re.IGNORECASE,
)
_LETTER_RIGHT = re.compile(
    r"\b(?:correct|right|best)\s+(?:answer|option|choice)\s*(?:is|:)\s*(?:option\s+)?\(?(?P<one>[A-Z])\b(?!['’])"
    r"|\b(?:[Oo]ption|[Aa]nswer|[Cc]hoice)\s+\(?(?P<other>[A-Z])\)?\s+is\s+(?:the\s+)?(?:correct|right|best)\b"
)
_LETTER_WRONG = re.compile(
    r"\b(?:[Oo]ption|[Aa]nswer|[Cc]hoice)\s+\(?(?P<one>[A-Z])\)?\s+is\s+(?:incorrect|wrong|false|not\s+correct)\b"
)
_STARTS_WRONG = re.compile(
    r"^\W*(?:(?:this|that)\s+(?:(?:option|choice|answer)\s+)?is\s+)?(?:incorrect|wrong|false)\b", re.IGNORECASE
)
_STARTS_RIGHT = re.compile(
    r"^\W*(?:(?:this|that)\s+(?:(?:option|choice|answer)\s+)?is\s+(?:the\s+)?)?correct\b", re.IGNORECASE
)
_VERDICT_WORDS = (
    "correct",
    "right",
    "best",
    "most",
    "wrong",
    "false",
    "engineer",
    "kill",
    " not ",
    "unnecess",
    "unsuit",
    "inapprop",
    "productive",
    "make sense",
)
_CLAUSE_START = re.compile(
    r"[,;:—–(]\s|\b(?:but|and|so|because|while|since|therefore|thus|hence|although|however|that)\s", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL_WORDS = frozenset(
    {
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "of",
        "to",
        "in",
        "on",
        "for",
        "with",
        "and",
        "or",
        "by",
        "is",
        "are",
        "be",
        "it",
        "its",
        "as",
        "at",
        "from",
        "option",
        "choice",
        "answer",
        "using",
        "use",
    }
)


def contradiction(draft: QuestionDraft) -> str:
    """Return a message that quotes where a draft's explanations contradict its key; empty if they don't."""
    if not draft.key or len(draft.choices) < 2:
        return ""
    told = draft.explanation.casefold()
    if not any(map(told.__contains__, _VERDICT_WORDS)):
        return _of_choices(draft)
    return _of_choices(draft) or _of_letters(draft) or _of_subjects(draft)


def _of_choices(draft: QuestionDraft) -> str:
    for position, text in enumerate(draft.choice_explanations or ()):
        against = _STARTS_WRONG if position in draft.key else _STARTS_RIGHT
        if against.search(text[:200]):
            return _message(text[:200])
    return ""


def _of_letters(draft: QuestionDraft) -> str:
    key = {chr(ord("A") + position) for position in draft.key}
    for found in _LETTER_RIGHT.finditer(draft.explanation):
        letter = found["one"] or found["other"]
        if letter not in key and ord(letter) - ord("A") < len(draft.choices):
            return _message(found[0])
    wrong = next((found for found in _LETTER_WRONG.finditer(draft.explanation) if found["one"] in key), None)
    return _message(wrong[0]) if wrong else ""


def _of_subjects(draft: QuestionDraft) -> str:
    """A message about a sentence that rejects the keyed choice or approves of another one."""
    words = [_words(choice) for choice in draft.choices]
    keyed = set(draft.key)
    for sentence, subject in _judged(draft.explanation, _REJECTS):
        meant = _meant(subject, words)
        if meant and meant <= keyed:
            return _message(sentence)
    approved = list(_judged(draft.explanation, _APPROVES))
    for sentence, subject in approved:
        meant = _meant(subject, words)
        if len(meant) == 1 and not meant & keyed:
            return _message(sentence)
    return ""


def _judged(text: str, verdict: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The sentences that give a verdict, each with the words that name what it judges."""
    for sentence in _SENTENCE.findall(text):
        found = verdict.search(sentence)
        if found:
            clauses = _CLAUSE_START.split(sentence[max(found.start() - LONGEST_SUBJECT, 0) : found.start()])
            yield sentence.strip(), clauses[-1]


def _meant(subject: str, words: Sequence[frozenset[str]]) -> set[int]:
    """The choices in which every word of ``subject`` occurs."""
    named = _words(subject)
    return {position for position, own in enumerate(words) if named <= own} if named else set()


def _words(text: str) -> frozenset[str]:
    found = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word.removesuffix("s") for word in found if word not in _SMALL_WORDS)


def _message(words: str) -> str:
    return _("The explanation contradicts the key: “{words}”.").format(words=words[:120].strip())
