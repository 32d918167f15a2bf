"""Which question of a bank a draft is, when a file comes a second time.

The work grows with the questions, not with their square: no draft's stem is compared with more than `COMPARED` others,
and of no stem more than `_BEGINNING` characters.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.domain.drafts import QuestionDraft
from bot.domain.identity import QuestionId
from bot.domain.questions import Question

SAME_STEM = 60.0
"""How alike (0 to 100) two stems with the same choices must be to be one question, edited."""

COMPARED = 40
"""With how many questions of the same choices a draft is compared: all of them where there are no more."""

_BEGINNING = 1_000
_RAREST = 4
"""How many of the rarest words of a stem are looked up where the same choices stand under many stems."""
_BESIDE = 4
"""How many positions before and behind its own a draft is looked for: an edited file mostly keeps its order."""


def exported_id(question: Question) -> str:
    """The id that an exported bank gives a question, whatever the source called it."""
    return f"q{question.id}"


def match(
    drafts: Sequence[QuestionDraft], known: Sequence[Question], source_ids: Mapping[str, QuestionId]
) -> list[Question | None]:
    """For each draft the question it is a version of, or None when it is new.

    A source's own id decides (its first use, where a file uses one twice), or one that it gave before, or the id that
    an export gave. Else the same stem, choices and picture; else the same stem and choices; else the same stem; else
    the same choices under a stem that is much alike. Each question is matched once.

    Where more than `COMPARED` questions have the same choices (True and False), a draft is compared only with those
    that share a rare word of its stem, most such words first, and with those that stand where it stands.
    """
    by_id = {question.id: question for question in known}
    ids = {exported_id(question): question.id for question in known} | dict(source_ids)
    matched: list[Question | None] = [None] * len(drafts)
    decided: set[int] = set()
    used: set[str] = set()
    for n, draft in enumerate(drafts):
        if draft.source_id is not None and draft.source_id not in used:
            used.add(draft.source_id)
            decided.add(n)
            named = (ids[name] for name in (draft.source_id, *draft.former_ids) if name in ids)
            matched[n] = next((by_id.pop(question_id) for question_id in named if question_id in by_id), None)
    has_source_id = {source_ids[key] for key in source_ids}
    free = {i: q for i, q in by_id.items() if i not in has_source_id}
    rest = [n for n in range(len(drafts)) if n not in decided]
    for identity in (_with_picture, _whole, _stem):
        for n, question in _same(identity, [(n, drafts[n]) for n in rest if matched[n] is None], free):
            matched[n] = question
    for n, question in _alike([(n, drafts[n]) for n in rest if matched[n] is None], free):
        matched[n] = question
    return matched


class _Asked(NamedTuple):
    """What of a question, or of a draft, tells it from others."""

    stem: str
    choices: frozenset[str]
    picture: str | None


_Identity = Callable[[_Asked], Hashable]


def _with_picture(asked: _Asked) -> Hashable:
    return asked


def _whole(asked: _Asked) -> Hashable:
    return asked.stem, asked.choices


def _stem(asked: _Asked) -> Hashable:
    return asked.stem


def _of_draft(draft: QuestionDraft) -> _Asked:
    return _Asked(draft.stem, frozenset(draft.choices), draft.image.digest if draft.image else None)


def _of_question(question: Question) -> _Asked:
    texts = frozenset(choice.text for choice in question.choices)
    return _Asked(question.stem, texts, question.image.digest if question.image else None)


def _same(
    identity: _Identity, drafts: Sequence[tuple[int, QuestionDraft]], free: dict[QuestionId, Question]
) -> Iterator[tuple[int, Question]]:
    """Pairs that are the same by ``identity``; a question that is paired isn't free any more."""
    waiting: dict[Hashable, deque[Question]] = defaultdict(deque)
    for question in free.values():
        waiting[identity(_of_question(question))].append(question)
    for n, draft in drafts:
        if same := waiting.get(identity(_of_draft(draft))):
            yield n, free.pop(same.popleft().id)


def _alike(
    drafts: Sequence[tuple[int, QuestionDraft]], free: Mapping[QuestionId, Question]
) -> Iterator[tuple[int, Question]]:
    """Pairs of the same choices under stems that are much alike."""
    asked: dict[frozenset[str], list[tuple[int, QuestionDraft]]] = defaultdict(list)
    for n, draft in drafts:
        asked[frozenset(draft.choices)].append((n, draft))
    known: dict[frozenset[str], list[Question]] = defaultdict(list)
    for question in free.values():
        known[_of_question(question).choices].append(question)
    for choices, some in asked.items():
        if choices in known:
            crowd = _Crowd(known[choices])
            for position, (n, draft) in enumerate(some):
                if (found := crowd.take(draft.stem, position)) is not None:
                    yield n, found


class _Crowd:
    """Questions with the same choices; each can be taken once."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = questions
        self._left = dict.fromkeys(range(len(questions)))
        self._by_word: dict[str, list[int]] = defaultdict(list)
        if len(questions) > COMPARED:
            words = [_words(question.stem) for question in questions]
            self._frequency = Counter(word for some in words for word in some)
            for position, some in enumerate(words):
                for word in some:
                    if self._frequency[word] <= COMPARED:
                        self._by_word[word].append(position)

    def take(self, stem: str, position: int) -> Question | None:
        """The first question that is much like a stem, which stands at ``position`` among those of its file."""
        text = stem[:_BEGINNING]
        for other in self._candidates(stem, position):
            question = self._questions[other]
            if fuzz.ratio(question.stem[:_BEGINNING], text, score_cutoff=SAME_STEM):
                del self._left[other]
                return question
        return None

    def _candidates(self, stem: str, position: int) -> list[int]:
        if len(self._left) <= COMPARED:
            return list(self._left)
        rarest = sorted((word for word in _words(stem) if word in self._by_word), key=self._by_rarity)[:_RAREST]
        shared = Counter(other for word in rarest for other in self._by_word[word])
        beside = range(max(0, position - _BESIDE), min(len(self._questions), position + _BESIDE + 1))
        ranked = sorted(shared, key=lambda other: (-shared[other], other))
        closest = [position, *sorted(beside, key=lambda other: (abs(other - position), other))]
        found = dict.fromkeys([*ranked[: COMPARED - len(beside)], *closest])
        return [other for other in found if other in self._left]

    def _by_rarity(self, word: str) -> tuple[int, str]:
        return self._frequency[word], word


def _words(stem: str) -> set[str]:
    return set(stem[:_BEGINNING].casefold().split())
