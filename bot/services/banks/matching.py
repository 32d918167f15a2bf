"""Which question of a bank a draft is, when a file comes a second time."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.domain.drafts import QuestionDraft
from bot.domain.identity import QuestionId
from bot.domain.questions import Question

SAME_STEM = 60.0
"""How alike (0 to 100) two stems with the same choices must be to be one question, edited."""


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
    for identity in (_with_picture, _whole, _stem, _choices):
        for n, question in _same(identity, [(n, drafts[n]) for n in rest if matched[n] is None], free):
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


def _choices(asked: _Asked) -> Hashable:
    return asked.choices


def _same(
    identity: _Identity, drafts: Sequence[tuple[int, QuestionDraft]], free: dict[QuestionId, Question]
) -> Iterator[tuple[int, Question]]:
    """Pairs that are the same by ``identity``; a question that is paired isn't free any more."""
    waiting: dict[Hashable, list[Question]] = defaultdict(list)
    for question in free.values():
        texts = frozenset(choice.text for choice in question.choices)
        picture = question.image.digest if question.image else None
        waiting[identity(_Asked(question.stem, texts, picture))].append(question)
    for n, draft in drafts:
        picture = draft.image.digest if draft.image else None
        for question in waiting.get(identity(_Asked(draft.stem, frozenset(draft.choices), picture)), ()):
            alike = identity is not _choices or fuzz.ratio(question.stem, draft.stem) >= SAME_STEM
            if question.id in free and alike:
                yield n, free.pop(question.id)
                break
