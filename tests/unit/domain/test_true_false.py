"""True or false: two words in a fixed order, stored and graded as multiple choice is."""

from dataclasses import replace
from random import Random

import pytest

from bot.domain.errors import BadInput
from bot.domain.kinds import KINDS
from bot.domain.revisions import first_revision, next_revision
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.views import ControlKind
from bot.testing import A_MONDAY, draft

KIND = KINDS["true_false"]
DRAFT = replace(draft("S3 is a block store.", "True", "False", key=[1]), kind="true_false")
QUESTION = first_revision(DRAFT, question_id=3, bank_id=1)


def a_round(answer_with=AnswerWith.BUTTONS):
    return Round(
        id=7,
        space_id=1,
        league_id=1,
        channel="study",
        question_id=3,
        revision=1,
        key=QUESTION.key,
        select=1,
        order=KIND.shuffled(QUESTION, Random(1)),
        reveal=Reveal.AT_CLOSE,
        answer_with=answer_with,
        opened_at=A_MONDAY,
        closes_at=None,
        kind="true_false",
    )


def test_the_words_are_never_shuffled():
    assert {KIND.shuffled(QUESTION, Random(seed)) for seed in range(10)} == {(0, 1)}


def test_buttons_say_the_words_and_reactions_need_letters():
    round_ = a_round()
    assert KIND.controls(round_).kind is ControlKind.BUTTONS
    assert [(one.letter, one.text) for one in KIND.options(round_, QUESTION)] == [("", "True"), ("", "False")]
    by_reaction = a_round(AnswerWith.REACTIONS)
    assert [(one.letter, one.text) for one in KIND.options(by_reaction, QUESTION)] == [("A", "True"), ("B", "False")]


@pytest.mark.parametrize(("position", "word", "right"), [(0, "True", False), (1, "False", True)])
def test_a_response_is_one_word_and_all_or_nothing(position, word, right):
    round_ = a_round()
    response = KIND.response(frozenset({position}), round_)
    assert response.spelled(round_.order) == (word,)
    assert KIND.stored_response(response.stored) == response
    assert QUESTION.key.grade(response).right is right
    assert (QUESTION.key.grade(response).points > 0) is right
    assert QUESTION.key.spelled(round_.order) == ("False",)
    assert KIND.stored_key(QUESTION.key.stored) == QUESTION.key


@pytest.mark.parametrize("given", [frozenset(), frozenset({0, 1}), frozenset({2}), ("True",)])
def test_anything_but_one_of_the_two_is_refused(given):
    assert KIND.refusal(given, a_round()) is not None


def test_a_key_is_typed_as_a_word():
    assert KIND.typed_key(" TRUE ", QUESTION).spelled(()) == ("True",)
    assert KIND.typed_key("false", QUESTION) == QUESTION.key
    with pytest.raises(BadInput, match="neither true nor false"):
        KIND.typed_key("B", QUESTION)


def test_a_choice_question_that_becomes_a_statement_gets_the_ids_of_a_statement():
    before = first_revision(draft("S3 is a block store.", "False", "True", key=[0]), question_id=3, bank_id=1)
    after = next_revision(DRAFT, before)
    assert after.order == (0, 1)
    assert after.key == QUESTION.key
