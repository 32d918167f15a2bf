"""How counted answers are spread over a question's choices."""

from bot.domain.accuracy import Accuracy
from bot.domain.kinds import kind_named
from bot.domain.revisions import first_revision
from bot.ports import Tally
from bot.services.banks.distribution import spread
from tests.adapters.stages.questions import CARD, NUMBER, PAIR


def tally(kind, choices, right, number):
    return Tally(response=kind_named(kind).stored_response(choices), right=right, number=number)


def shares(draft, *tallies):
    question = first_revision(draft, question_id=1, bank_id=1)
    told = spread(question, 3, tallies)
    return [(one.text, one.number, one.right) for one in told.shares], told


def test_somebody_who_chose_two_is_counted_at_both():
    both, half = tally("choice", 0b0011, True, 4), tally("choice", 0b0101, False, 2)
    found, told = shares(PAIR, both, half)
    assert found == [
        ("Bagging", 6, True),
        ("Dropout", 4, True),
        ("A larger step", 2, False),
        ("More features", 0, False),
    ]
    assert (told.asked, told.answered, told.accuracy) == (3, 6, Accuracy(right=4, answered=6))


def test_of_typed_answers_only_right_and_not_right_are_told():
    typed = [Tally(response=None, right=right, number=number) for right, number in ((True, 3), (False, 1))]
    found, _told = shares(NUMBER, *typed)
    assert found == [("right", 3, True), ("not right", 1, False)]


def test_a_card_has_no_accuracy_but_words():
    found, told = shares(CARD, tally("card", 3, None, 1), tally("card", 1, None, 2))
    assert found == [("Knew it", 2, False), ("Didn't know", 1, False)]
    assert told.accuracy.answered == 0


def test_without_answers_nothing_is_spread():
    found, told = shares(PAIR)
    assert (found, told.asked) == ([], 3)
