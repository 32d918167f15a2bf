"""Multiple choice: what is given, answered and stored is the same, said three ways."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import AnswerStatus
from bot.domain.kinds import KINDS, kind_of
from bot.domain.kinds.choice import ChoiceKey, ChoiceRefusal, Chosen
from bot.domain.responses import Response
from bot.domain.revisions import first_revision
from bot.domain.rounds import AnswerWith, Reveal, Round
from bot.domain.views import ControlKind
from bot.testing import A_MONDAY, draft

CHOICE = KINDS["choice"]
orders = st.integers(2, 25).flatmap(lambda size: st.permutations(range(size))).map(tuple)


def a_round(order=(2, 0, 1), key=(0,), select=1, answer_with=AnswerWith.BUTTONS):
    return Round(
        id=7,
        space_id=1,
        league_id=1,
        channel="study",
        question_id=3,
        revision=1,
        key=ChoiceKey(key),
        select=select,
        order=order,
        reveal=Reveal.AT_CLOSE,
        answer_with=answer_with,
        opened_at=A_MONDAY,
        closes_at=None,
    )


@given(st.data(), orders)
def test_a_response_is_what_was_given_and_what_is_stored(data, order):
    round_ = a_round(order)
    given_ = frozenset(data.draw(st.sets(st.sampled_from(range(len(order))))))
    response = kind_of(round_).response(given_, round_)
    assert response.given(order) == given_
    assert CHOICE.stored_response(response.stored) == response
    assert bool(response) == bool(response.stored) == bool(given_)


@given(st.data(), orders)
def test_a_key_is_what_is_stored_and_fits_what_shows_it(data, order):
    key = ChoiceKey(data.draw(st.sets(st.sampled_from(order))))
    assert CHOICE.stored_key(key.stored) == key
    assert bool(key) == bool(key.stored)
    assert key.fits(order)
    assert key.spelled(order) == Chosen(key).spelled(order) == tuple(sorted(key.spelled(order)))
    assert not ChoiceKey({25}).fits(order)


def test_letters_follow_the_order_of_the_round_and_texts_that_of_the_source():
    chosen = Chosen({0, 2})
    assert chosen.spelled((2, 1, 0)) == ("A", "C")
    assert chosen.spelled((1, 0, 2)) == ("B", "C")
    assert chosen.texts({0: "zero", 1: "one", 2: "two"}) == ("zero", "two")


def test_positions_that_a_round_does_not_have_are_left_out_of_a_response():
    round_ = a_round()
    assert CHOICE.response(frozenset({-1, 0, 3}), round_) == Chosen({2})


def test_a_typed_text_picks_nothing_and_is_refused():
    round_ = a_round()
    assert CHOICE.refusal(("A",), round_) is ChoiceRefusal.NO_SUCH_CHOICE
    assert CHOICE.response(("A",), round_) == Chosen()


def test_a_question_without_a_key_has_the_one_that_is_false():
    unkeyed = first_revision(draft(key=()), question_id=1, bank_id=1)
    assert unkeyed.key == CHOICE.no_key
    assert not unkeyed.key


def test_a_response_of_another_kind_is_never_graded():
    other = type("Other", (Response,), dict.fromkeys(Response.__abstractmethods__))()
    with pytest.raises(TypeError, match="multiple choice"):
        ChoiceKey({1}).grade(other)


def test_no_refusal_is_called_what_an_outcome_is():
    assert not {str(refusal) for refusal in ChoiceRefusal} & {str(status) for status in AnswerStatus}


@pytest.mark.parametrize(
    ("changes", "kind", "fewest", "most"),
    [
        ({}, ControlKind.BUTTONS, 1, 1),
        ({"select": 2}, ControlKind.SELECT, 2, 2),
        ({"select": "all"}, ControlKind.SELECT, 1, 3),
        ({"answer_with": AnswerWith.REACTIONS}, ControlKind.REACTIONS, 1, 1),
    ],
)
def test_controls_say_how_many_may_be_picked(changes, kind, fewest, most):
    controls = CHOICE.controls(replace(a_round(), **changes))
    assert (controls.kind, controls.round_id, controls.fewest, controls.most) == (kind, 7, fewest, most)


def test_the_open_question_tells_nothing_of_the_key_and_the_result_counts():
    question = first_revision(draft("Which?", "a", "b", "c"), question_id=3, bank_id=1)
    round_ = a_round()
    assert [(one.text, one.right, one.number) for one in CHOICE.options(round_, question)] == [
        ("c", False, 0),
        ("a", False, 0),
        ("b", False, 0),
    ]
    told = CHOICE.result(round_, question, [Chosen({0}), Chosen({0}), Chosen({2})])
    assert [(one.letter, one.right, one.number) for one in told] == [("A", False, 1), ("B", True, 2), ("C", False, 0)]
