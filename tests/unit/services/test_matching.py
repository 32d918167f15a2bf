"""Which question an edited draft without an id is a version of, if what it accepts says little or has grown."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain.accepted import AcceptedNumber
from bot.domain.kinds import kind_of
from bot.domain.revisions import first_revision, widened
from bot.services.banks.matching import match
from bot.testing import draft, number, short, statement

FOUR = AcceptedNumber(value=Fraction(4))
LAMBDA = short("Which service runs code?", "AWS Lambda")


def is_matched(known, *, by):
    return match([by], [known], {}) == [known]


def stored(made):
    return first_revision(made, question_id=1, bank_id=1)


@pytest.mark.parametrize(
    ("known", "other"),
    [
        (short("What is the capital of France?"), "What is the capital of Italy?"),
        (number("How many bits are in a nibble?", FOUR), "How many bits are in a pixel?"),
        (number("How many legs has a cat?", FOUR), "How many legs has a chair?"),
        (statement("S3 is a regional service."), "IAM is a regional service."),
    ],
    ids=lambda one: one if isinstance(one, str) else one.kind,
)
def test_two_questions_whose_answers_say_little_are_one_only_if_their_stems_hardly_differ(known, other):
    assert not is_matched(stored(known), by=replace(known, stem=other))
    assert is_matched(stored(known), by=replace(known, stem=f"{known.stem}!"))


def test_a_question_of_another_kind_under_a_similar_stem_is_another_question():
    known = draft("Is S3 a regional service?", "True", "False")
    assert is_matched(stored(known), by=replace(known, stem="S3 is a regional service."))
    assert not is_matched(stored(known), by=statement("S3 is a regional service."))
    assert is_matched(stored(known), by=statement(known.stem))


def test_a_spelling_tells_a_question_from_others_also_once_a_person_accepted_one_more():
    known = stored(LAMBDA)
    wider = widened(known, kind_of(known).accepting(known.key, "Lambda"))
    edited = replace(LAMBDA, stem="Which service of AWS is it that runs code?")
    assert is_matched(known, by=edited)
    assert is_matched(wider, by=edited)


@pytest.mark.parametrize(
    "accepted", [["Lambda", "lambda"], ["e\u0301te\u0301"], ["AWS\u200b Lambda"]], ids=["twice", "decomposed", "unseen"]
)
def test_an_answer_tells_a_question_from_others_however_the_file_encodes_it(accepted):
    made = short("Which service runs the code of yours?", *accepted)
    assert is_matched(stored(made), by=replace(made, stem="Which service runs your code?"))


LONG = "regularisation can make coefficients of a linear model become exactly zero in practice"


@pytest.mark.parametrize(
    ("stem", "other"),
    [
        (f"L1 {LONG}.", f"L2 {LONG}."),
        (f"AWS: {LONG}.", f"ARN: {LONG}."),
        (f"It is so that {LONG}.", f"It is not so that {LONG}."),
        (f"An increase of {LONG}.", f"A decrease of {LONG}."),
        (f"If x > 0, {LONG}.", f"If x < 0, {LONG}."),
    ],
)
def test_one_letter_or_word_makes_another_statement(stem, other):
    assert not is_matched(stored(statement(stem)), by=statement(other))


def test_a_slip_that_is_put_right_makes_no_other_statement():
    right = f"It is said that L1 {LONG}."
    for slip in (
        right.replace("linear", "liner"),
        right.replace("coeff", "coef"),
        right.replace("said that", "sadi that"),
    ):
        assert is_matched(stored(statement(slip)), by=statement(right))
