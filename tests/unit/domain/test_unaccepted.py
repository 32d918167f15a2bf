"""Wrong answers are gathered for hosts: those that count as one together, and each person once."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import AcceptedNumber, NearMiss
from bot.domain.identity import BankId, PlayerId, QuestionId
from bot.domain.kinds import KINDS, kind_of
from bot.domain.revisions import first_revision
from bot.domain.unaccepted import WrongAnswer, gathered
from bot.testing import blanks, draft, number, short
from tests.unit.domain.typed_rounds import a_round

LAMBDA = short("Which service?", "Lambda", near_misses=[NearMiss(text="Fargate", hint="It runs containers.")])
CASE = short("Which command?", "ls", exact=True)
WEIGHT = number("How heavy?", AcceptedNumber(value=Fraction(3), tolerance=Fraction("0.1")), unit="kg")
typed = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["Lambda", "lamda", "AWS Lambda", "a Fargate", "3,5", "1,234", "1e3 kg", "7 g"]),
)


def asked(drafted, number=1):
    return first_revision(drafted, question_id=QuestionId(number), bank_id=BankId(1))


def wrong(question, player, text):
    kind = kind_of(question)
    return WrongAnswer(question.id, PlayerId(player), kind.response((text,), a_round(kind)))


def told(answers, *questions):
    return [(one.text, one.people) for one in gathered(answers, {question.id: question for question in questions})]


def test_texts_that_count_as_one_are_one_and_shown_as_most_people_typed_them():
    question = asked(LAMBDA)
    texts = ["aws lambda", "AWS Lambda", "AWS Lambda", "The AWS lambda!", "Batch"]
    answers = [wrong(question, player, text) for player, text in enumerate(texts)]
    assert told(answers, question) == [("AWS Lambda", 4), ("Batch", 1)]


def test_a_person_counts_once_however_often_they_were_asked():
    question = asked(LAMBDA)
    answers = [wrong(question, 1, "AWS Lambda"), wrong(question, 1, "aws lambda"), wrong(question, 1, "AWS Lambda")]
    assert told(answers, question) == [("AWS Lambda", 1)]


def test_an_exact_question_tells_all_spellings_apart():
    question = asked(CASE)
    answers = [wrong(question, 1, "LS"), wrong(question, 2, "Ls"), wrong(question, 3, "LS")]
    assert told(answers, question) == [("LS", 2), ("Ls", 1)]


def test_numbers_that_are_the_same_are_one():
    question = asked(WEIGHT)
    answers = [wrong(question, player, text) for player, text in enumerate(["3,5", "3.50 kg", "7/2", "4"])]
    assert told(answers, question) == [("3.5", 3), ("4", 1)]


@pytest.mark.parametrize("text", ["", "lambda", "Lamda", "fargate", "FARGATE!"])
def test_what_is_right_by_now_or_known_for_a_near_miss_does_not_wait(text):
    question = asked(LAMBDA)
    assert told([wrong(question, 1, text)], question) == []


@pytest.mark.parametrize("text", ["3.05", "3 g", "4 lb", "1" * 41])
def test_a_number_that_is_close_enough_or_that_no_key_can_accept_does_not_wait(text):
    question = asked(WEIGHT)
    assert told([wrong(question, 1, text)], question) == []


def test_a_question_whose_key_is_lost_has_nothing_to_accept_beside():
    question = asked(short("Which?"))
    assert told([wrong(question, 1, "Lambda")], question) == []


def test_of_equally_many_the_older_question_comes_first_and_then_the_alphabet():
    one, other = asked(LAMBDA, 1), asked(CASE, 2)
    answers = [
        wrong(other, 1, "dir"),
        wrong(one, 1, "b"),
        wrong(one, 2, "a"),
        wrong(other, 3, "pwd"),
        wrong(other, 4, "pwd"),
    ]
    assert told(answers, one, other) == [("pwd", 2), ("a", 1), ("b", 1), ("dir", 1)]


def test_codes_tell_answers_apart_and_do_not_tell_what_they_are():
    question = asked(LAMBDA)
    found = gathered([wrong(question, 1, "AWS Lambda"), wrong(question, 2, "Batch")], {question.id: question})
    again = gathered([wrong(question, 3, "aws lambda")], {question.id: question})
    assert found[0].code == again[0].code != found[1].code
    assert {len(one.code) for one in found} == {32}


def test_choices_are_never_accepted_later():
    question = asked(draft())
    kind = kind_of(question)
    response = kind.response(frozenset({1}), a_round(kind, question.key, order=question.order))
    assert gathered([WrongAnswer(question.id, PlayerId(1), response)], {question.id: question}) == []
    assert {kind.name for kind in KINDS.values() if kind.accepts_later} == {"number", "short", "blanks"}


def in_blanks(question, player, *texts):
    kind = kind_of(question)
    return WrongAnswer(question.id, PlayerId(player), kind.response(texts, a_round(kind, question.key)))


def test_each_wrong_text_in_a_blank_waits_by_itself_behind_the_number_of_its_blank():
    near = NearMiss(text="Rhine", hint="That is Cologne's.", blank=1)
    question = asked(blanks("____ lies on the ____.", ["Paris"], ["Seine"], near_misses=[near]))
    answers = [
        in_blanks(question, 1, "Paris", "Sequana"),
        in_blanks(question, 2, "lutetia", "sequana"),
        in_blanks(question, 3, "Lutetia", "Rhine"),
        in_blanks(question, 4, "Lutetia", ""),
        in_blanks(question, 5, "Seine", "Seine"),
    ]
    assert told(answers, question) == [("1: Lutetia", 3), ("2: Sequana", 2), ("1: Seine", 1)]
    for one in gathered(answers, {question.id: question}):
        assert kind_of(question).accepting(question.key, one.text) != question.key


def test_a_lone_blank_needs_no_number_and_answers_to_other_blanks_do_not_wait():
    question = asked(blanks("Paris lies on the ____.", ["Seine"]))
    other = asked(blanks("____ lies on the ____.", ["Paris"], ["Seine"]))
    answers = [in_blanks(question, 1, "Sequana"), in_blanks(other, 2, "Lutetia", "Sequana")]
    assert told(answers, question) == [("Sequana", 1)]


@given(st.sampled_from([LAMBDA, CASE, WEIGHT]), typed)
def test_what_is_gathered_can_be_accepted_and_then_the_answer_is_right(drafted, text):
    question = asked(drafted)
    kind, answer = kind_of(question), wrong(question, 1, text)
    for one in gathered([answer], {question.id: question}):
        assert not question.key.grade(answer.response).right
        wider = kind.accepting(question.key, one.text)
        assert wider.grade(answer.response).right
        assert kind.unaccepted(wider, answer.response) == ()


@given(st.lists(st.tuples(st.integers(1, 4), typed), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_answers_makes_no_difference_and_nobody_counts_twice(given_, random: Random):
    question = asked(LAMBDA)
    answers = [wrong(question, player, text) for player, text in given_]
    found = gathered(answers, {question.id: question})
    random.shuffle(answers)
    assert gathered(answers, {question.id: question}) == found
    assert all(1 <= one.people <= len({player for player, _text in given_}) for one in found)
    assert [one.people for one in found] == sorted((one.people for one in found), reverse=True)
