"""A file that comes again with every question edited is matched in a time that grows with its questions."""

from random import Random
from time import thread_time

import pytest

from bot.domain.identity import BankId, QuestionId
from bot.domain.questions import Question
from bot.domain.revisions import first_revision
from bot.services.banks.matching import match
from bot.testing import draft

MANY = 4_000
random = Random(7)
WORDS = ["".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=random.randint(3, 9))) for _ in range(3_000)]
STEMS = {
    "prose": [" ".join(random.choices(WORDS, k=14)) for _ in range(MANY)],
    "numbered": [f"Is this the statement number {n} of the list?" for n in range(MANY)],
    "all the same": ["Is it?"] * MANY,
    "all alike": ["Is it " + "so " * 300 + str(n) for n in range(MANY // 4)],
    "nothing alike": [chr(0x4E00 + n) * 30 for n in range(MANY)],
}


def stored(stems: list[str]) -> list[Question]:
    return [
        first_revision(draft(stem, "True", "False", line=n), question_id=QuestionId(n + 1), bank_id=BankId(1))
        for n, stem in enumerate(stems)
    ]


@pytest.mark.parametrize("stems", STEMS.values(), ids=list(STEMS))
def test_thousands_of_edited_questions_are_matched_soon(stems: list[str]) -> None:
    known = stored(stems)
    began = thread_time()
    matched = match([draft(f"{stem} (sic)", "True", "False") for stem in stems], known, {})
    assert thread_time() - began < 2
    found = [question for question in matched if question]
    assert len({question.id for question in found}) == len(found), "each is matched once"


@pytest.mark.parametrize("name", ["prose", "numbered", "all the same"])
def test_an_edited_question_is_found_among_thousands_of_the_same_choices(name: str) -> None:
    known = stored(STEMS[name])
    matched = match([draft(f"{stem} (sic)", "True", "False") for stem in STEMS[name]], known, {})
    assert [question and question.id for question in matched] == [question.id for question in known]


def test_it_is_found_where_the_file_has_another_order() -> None:
    stems = STEMS["prose"][:500]
    matched = match([draft(f"{stem} (sic)", "True", "False") for stem in reversed(stems)], stored(stems), {})
    assert [question and question.stem for question in matched] == stems[::-1]
