"""Match the drafts of a file that is imported again with the questions in the bank.

The work grows with the number of questions, not with its square: for each draft, at most `COMPARED` stems are
tested for likeness, each by its first `_BEGINNING` characters.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.domain.drafts import QuestionDraft
from bot.domain.identity import QuestionId
from bot.domain.kinds import kind_named, same_words
from bot.domain.questions import Question
from bot.domain.revisions import accepted_answers

SAME_STEM = 60.0
"""How alike (0 to 100) two stems with the same choices must be to count as one edited question."""

SAME_STEM_ALONE = 95.0
"""How alike two stems must be if the choices, or accepted answers, say little: "True" and "False", one number, or none.

The words of the stems must then also be the same but for slips: a statement about L1 isn't one about L2.
"""

COMPARED = 40
"""The most questions with the same choices that a draft is compared with."""

_BEGINNING = 1_000
_RAREST = 4
"""How many of a stem's rarest words are looked up if many questions have the same choices."""
_BESIDE = 4
"""How many positions to search before and after a draft's own: an edited file mostly keeps its order."""


def exported_id(question: Question) -> str:
    """Return the id that an exported bank gives a question, whatever id the source gave it."""
    return f"q{question.id}"


def match(
    drafts: Sequence[QuestionDraft], known: Sequence[Question], source_ids: Mapping[str, QuestionId]
) -> list[Question | None]:
    """Return, for each draft, the question that it is a version of; None if it is new.

    A draft's id decides: the source's own, an earlier one of the source, or the one from an export; if a file uses an
    id twice, the first use counts. Without an id, these are tried in turn: the same stem, choices, pictures and kind;
    the same stem and choices; the same stem; the same kind and choices under a similar stem. Each question is matched
    at most once.

    If more than `COMPARED` questions have the same choices (such as True and False), a draft is compared only with
    questions that share rare words with its stem, most shared words first, and with questions near its position.
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
    for identity in (_all_parts, _stem_and_answers, _stem):
        for n, question in _same(identity, [(n, drafts[n]) for n in rest if matched[n] is None], free):
            matched[n] = question
    for n, question in _alike([(n, drafts[n]) for n in rest if matched[n] is None], free):
        matched[n] = question
    return matched


class _Asked(NamedTuple):
    """The parts of a question, or of a draft, that distinguish it from others."""

    stem: str
    answers: frozenset[str]
    pictures: frozenset[str]
    kind: str

    def may_become(self, stem: str, new: str) -> bool:
        """Whether somebody may have edited ``stem``, the stem of a question with these answers, into ``new``."""
        from rapidfuzz import fuzz  # noqa: PLC0415 - 2 MiB, and only an import that changes a bank needs it

        stem, new = stem[:_BEGINNING], new[:_BEGINNING]
        if self.answers and kind_named(self.kind).answers_identify:
            return fuzz.ratio(stem, new, score_cutoff=SAME_STEM) > 0
        return fuzz.ratio(stem, new, score_cutoff=SAME_STEM_ALONE) > 0 and same_words(stem, new)


_Identity = Callable[[_Asked], Hashable]


def _all_parts(asked: _Asked) -> Hashable:
    return asked


def _stem_and_answers(asked: _Asked) -> Hashable:
    return asked.stem, asked.answers


def _stem(asked: _Asked) -> Hashable:
    return asked.stem


def _kind_and_answers(asked: _Asked) -> Hashable:
    return asked.kind, asked.answers


def _of_draft(draft: QuestionDraft) -> _Asked:
    pictures = frozenset(file.digest for file in draft.files)
    return _Asked(draft.stem, frozenset(draft.choices or accepted_answers(draft)), pictures, draft.kind)


def _of_question(question: Question) -> _Asked:
    in_source = question.key if question.source_key is None else question.source_key
    answers = [choice.text for choice in question.choices] or in_source.spelled(())
    pictures = frozenset(image.digest for image in question.images)
    return _Asked(question.stem, frozenset(answers), pictures, question.kind)


def _same(
    identity: _Identity, drafts: Sequence[tuple[int, QuestionDraft]], free: dict[QuestionId, Question]
) -> Iterator[tuple[int, Question]]:
    """Yield the pairs that are equal by ``identity``, and take each paired question out of ``free``."""
    waiting: dict[Hashable, deque[Question]] = defaultdict(deque)
    for question in free.values():
        waiting[identity(_of_question(question))].append(question)
    for n, draft in drafts:
        if same := waiting.get(identity(_of_draft(draft))):
            yield n, free.pop(same.popleft().id)


def _alike(
    drafts: Sequence[tuple[int, QuestionDraft]], free: Mapping[QuestionId, Question]
) -> Iterator[tuple[int, Question]]:
    """Yield pairs that have the same kind, the same choices or accepted answers, and similar stems."""
    asked: dict[Hashable, list[tuple[int, QuestionDraft]]] = defaultdict(list)
    for n, draft in drafts:
        asked[_kind_and_answers(_of_draft(draft))].append((n, draft))
    known: dict[Hashable, list[Question]] = defaultdict(list)
    for question in free.values():
        known[_kind_and_answers(_of_question(question))].append(question)
    for same, some in asked.items():
        if same in known:
            crowd = _Crowd(known[same], _of_draft(some[0][1]))
            for position, (n, draft) in enumerate(some):
                if (found := crowd.take(draft.stem, position)) is not None:
                    yield n, found


class _Crowd:
    """Questions with the same choices as some drafts; each question is taken by one draft at most."""

    def __init__(self, questions: Sequence[Question], asked: _Asked) -> None:
        self._questions = questions
        self._asked = asked
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
        """Take the first question with a similar stem; ``position`` is the draft's, among drafts with these choices."""
        for other in self._candidates(stem, position):
            question = self._questions[other]
            if self._asked.may_become(question.stem, stem):
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
