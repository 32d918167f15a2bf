"""What a verdict says: the right choice by letter and text, and at a glance whether the answer was right."""

import pytest

from bot.domain.answers import Answer, AnswerOutcome, AnswerStatus
from bot.domain.kinds.choice import ChoiceKind
from bot.domain.kinds.order import OrderKind
from bot.domain.revisions import first_revision
from bot.domain.rounds import Reveal
from bot.domain.views import Mark
from bot.rendering.receipts import receipt
from bot.testing import A_MONDAY, draft, in_order
from tests.unit.domain.typed_rounds import a_round


def verdict(*choices, picks, key=(0,)):
    question = first_revision(draft("Which?", *choices, key=key, select=len(key)), question_id=3, bank_id=1)
    round_ = a_round(ChoiceKind(), question.key, order=question.order, select=question.select, reveal=Reveal.ON_ANSWER)
    response = ChoiceKind().response(frozenset(picks), round_)
    grade = round_.key.grade(response)
    answer = Answer(round_id=7, player_id=1, response=response, grade=grade, at=A_MONDAY, event_id="e1")
    return receipt(AnswerOutcome(status=AnswerStatus.SAVED, round=round_, answer=answer), question)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (("Shadow variant", "Canary"), "It's A, Shadow variant."),
        (("It scales to zero.", "It doesn't."), "It's A, It scales to zero."),
        (("```\nx = 1\n```", "y"), "It's A."),
        (("long " * 50, "short"), "It's A."),
    ],
)
def test_a_wrong_pick_is_told_the_right_letter_with_its_text_if_that_is_short(choices, said):
    assert verdict(*choices, picks=[1]).text == f"B isn't it this time. {said}"


def test_an_order_is_told_by_its_letters_alone():
    question = first_revision(in_order("Which first?", "a", "b", "c"), question_id=3, bank_id=1)
    order = (question.order[1], question.order[0], question.order[2])
    round_ = a_round(OrderKind(), question.key, order=order, reveal=Reveal.ON_ANSWER)
    response = OrderKind().response(("A, B, C",), round_)
    answer = Answer(
        round_id=7, player_id=1, response=response, grade=round_.key.grade(response), at=A_MONDAY, event_id="e1"
    )
    told = receipt(AnswerOutcome(status=AnswerStatus.SAVED, round=round_, answer=answer), question)
    assert told.text.endswith("The right answer is B, A, C.")


def test_several_right_ones_are_told_by_their_letters():
    told = verdict("a", "b", "c", picks=[1, 2], key=(0, 1))
    assert told.text == "B, C: not this time. The right answers are A, B."


@pytest.mark.parametrize(("picks", "mark"), [([0, 1], Mark.RIGHT), ([0], Mark.NONE), ([2, 3], Mark.WRONG)])
def test_a_verdict_says_at_a_glance_whether_the_answer_was_right(picks, mark):
    assert verdict("a", "b", "c", "d", picks=picks, key=(0, 1)).mark is mark
