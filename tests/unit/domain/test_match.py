"""Sides that are matched: each pair counts, a wrong one against the right ones."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.kinds.match import Matched, MatchKey, MatchKind
from bot.domain.kinds.order import InOrder
from bot.domain.kinds.row import RowRefusal
from bot.domain.responses import Row
from bot.domain.revisions import corrected, draft_of, first_revision, next_revision
from bot.domain.rounds import Reveal
from bot.domain.views import ControlKind
from bot.testing import matching
from tests.unit.domain.typed_rounds import a_round

MATCH = MatchKind()
CAPITALS = matching("Which capital?", ("France", "Paris"), ("Italy", "Rome"), distractors=["Oslo"])
SHARED = matching("Learnt how?", ("k-means", "unsupervised"), ("PCA", "unsupervised"), ("Ridge", "supervised"))
KEY = MatchKey(((0, 2), (1, 3)))
ROUND = a_round(MATCH, KEY, order=(0, 1, 4, 3, 2), select=2)


@st.composite
def made(draw):
    """So many left sides, as many right sides and perhaps more, and two ways to match them."""
    lefts = draw(st.integers(2, 5))
    rights = st.integers(lefts, lefts + draw(st.integers(lefts, 15)) - 1)
    one, other = (draw(st.lists(rights, min_size=lefts, max_size=lefts)) for _each in range(2))
    return tuple(enumerate(one)), tuple(enumerate(other))


@pytest.mark.parametrize(
    ("rights", "points", "right"),
    [((5, 6, 7), 3, True), ((5, 6, 6), 1, False), ((5, 7, 6), 0, False), ((6, 7, 5), 0, False)],
)
def test_right_pairs_count_and_wrong_ones_subtract(rights, points, right):
    key = MatchKey(((0, 5), (1, 6), (2, 7)))
    assert key.grade(Matched(tuple(enumerate(rights)))) == Grade(points=points * FULL_MARKS // 3, right=right)


@given(made())
def test_a_grade_lies_between_nothing_and_full_marks_which_only_all_pairs_earn(pairs):
    key, tried = pairs
    told = MatchKey(key).grade(Matched(tried))
    assert 0 <= told.points <= FULL_MARKS
    assert told.right is (tried == key) is (told.points == FULL_MARKS)
    assert told == MatchKey(tried).grade(Matched(key))
    share = sum(one == other for one, other in zip(key, tried, strict=True)) / len(key)
    assert bool(told.points) is (share > 1 / 2)


@given(made(), st.randoms(use_true_random=False))
def test_a_response_is_what_was_given_and_what_is_stored(pairs, random):
    lefts, rights = range(len(pairs[0])), list(range(len(pairs[0]), 25))
    random.shuffle(rights)
    order = (*lefts, *rights)
    round_ = a_round(MATCH, MATCH.no_key, order=order, select=len(lefts))
    row = Row(tuple(rights.index(right) for _left, right in pairs[1]))
    response = MATCH.response(row, round_)
    assert MATCH.refusal(row, round_) is None
    assert response == Matched(pairs[1])
    assert response.given(order) == row
    assert MATCH.stored_response(response.stored) == response
    key = MatchKey(pairs[1])
    assert MATCH.stored_key(key.stored) == key
    assert key.fits(order)
    assert key.spelled(order) == response.spelled(order)


def test_pairs_are_spelled_by_the_numbers_and_letters_of_the_round():
    tried = Matched(((0, 2), (1, 3)))
    assert tried.spelled(ROUND.order) == ("1–C, 2–B",)
    assert KEY.spelled((0, 1, 2, 3, 4)) == ("1–A, 2–B",)
    assert tried.texts({0: "France", 1: "Italy", 2: "Paris", 3: "Rome"}) == ("France – Paris", "Italy – Rome")
    assert Matched().spelled(ROUND.order) == MatchKey().spelled(ROUND.order) == ()
    assert (Matched().stored, MatchKey().stored) == (0, 0)
    assert not MATCH.stored_response(0)
    assert not MATCH.stored_key(0)


@pytest.mark.parametrize(
    "text", ["1B 2A", "1b,2a", "2-A 1-B", "1: B; 2: A", "1–B, 2–A", "1.B2.A", "1=B 2=A", "1 B 2 A"]
)
def test_a_key_is_typed_as_numbers_with_letters(text):
    question = first_revision(CAPITALS, question_id=3, bank_id=1)
    assert MATCH.typed_key(text, question) == MatchKey(((0, 3), (1, 2)))


@pytest.mark.parametrize(
    "text",
    ["", "1B", "1B 2A 3C", "1B 1A", "1B 2A 2A", "1B 2D", "0B 1A", "B A", "1B 2A?", "1B, x, 2A", "1BC 2A", "1Å 2A"],
)
def test_a_key_must_name_an_existing_letter_for_each_number(text):
    with pytest.raises(BadInput, match="a letter up to C for each number up to 2, like 1B 2A"):
        MATCH.typed_key(text, first_revision(CAPITALS, question_id=3, bank_id=1))


@pytest.mark.parametrize(
    ("given_", "refusal"),
    [
        (frozenset({0}), RowRefusal.ROW_UNREADABLE),
        (("A B",), RowRefusal.ROW_UNREADABLE),
        ((), RowRefusal.ROW_UNREADABLE),
        (Row(()), RowRefusal.NOTHING_PICKED),
        (Row((None,)), RowRefusal.NOTHING_PICKED),
        (Row((0, None)), RowRefusal.LETTER_MISSING),
        (Row((0,)), RowRefusal.LETTER_MISSING),
        (Row((0, 3)), RowRefusal.NO_SUCH_LETTER),
        (Row((0, -1)), RowRefusal.NO_SUCH_LETTER),
        (Row((1, 1)), RowRefusal.LETTER_TWICE),
        (Row((0, 1, 2)), RowRefusal.ROW_UNREADABLE),
        (Row((0, 1, None)), RowRefusal.ROW_UNREADABLE),
    ],
)
def test_what_is_no_whole_row_is_refused_in_words_and_stands_for_nothing(given_, refusal):
    assert MATCH.refusal(given_, ROUND) is refusal
    assert MATCH.explained(refusal, ROUND)
    assert not MATCH.response(given_, ROUND)


def test_an_empty_row_takes_the_answer_back_only_where_it_may_change():
    blank = Row((None, None))
    assert MATCH.refusal(blank, ROUND) is None
    at_once = a_round(MATCH, KEY, order=ROUND.order, select=2, reveal=Reveal.ON_ANSWER)
    assert MATCH.refusal(blank, at_once) is RowRefusal.NOTHING_PICKED
    assert not MATCH.response(blank, ROUND)


def test_a_side_is_picked_twice_only_where_one_may_belong_to_several_and_the_hint_says_so():
    question = first_revision(SHARED, question_id=3, bank_id=1)
    assert question.key.pairs == ((0, 3), (1, 3), (2, 4))
    round_ = a_round(MATCH, question.key, order=question.order, select=3)
    assert MATCH.refusal(Row((0, 0, 0)), round_) is None
    assert MATCH.hint(round_).endswith("A letter may fit more than once.")
    assert MATCH.hint(ROUND).endswith("No letter fits twice.")


def test_each_left_side_has_a_menu_of_all_right_sides():
    question = first_revision(CAPITALS, question_id=3, bank_id=1)
    controls, menus = MATCH.controls(ROUND), MATCH.menus(ROUND, question)
    assert (controls.kind, controls.fewest, controls.most) == (ControlKind.MENUS, 2, 2)
    assert [menu.label for menu in menus] == ["1\\. France", "2\\. Italy"]
    rights = [("A", "Oslo"), ("B", "Rome"), ("C", "Paris")]
    assert all([(option.letter, option.text) for option in menu.options] == rights for menu in menus)
    told = [(option.letter, option.text) for option in MATCH.options(ROUND, question)]
    assert told == [("1", "France"), ("2", "Italy"), *rights]


def test_only_the_right_sides_are_shuffled():
    question = first_revision(CAPITALS, question_id=3, bank_id=1)
    found = {MATCH.shuffled(question, Random(seed)) for seed in range(100)}
    assert len(found) == 6
    assert {order[:2] for order in found} == {(0, 1)}


def test_the_result_counts_each_pair():
    question = first_revision(CAPITALS, question_id=3, bank_id=1)
    responses = [Matched(((0, 2), (1, 3))), Matched(((0, 2), (1, 4))), Matched()]
    told = MATCH.result(ROUND, question, responses)
    assert [(one.letter, one.text, one.number) for one in told] == [
        ("1", "France – Paris", 2),
        ("2", "Italy – Rome", 1),
    ]
    assert all(one.right for one in told)
    withdrawn = a_round(MATCH, MatchKey(), order=ROUND.order, select=2)
    assert MATCH.result(withdrawn, question, responses) == ()
    assert len(MATCH.options(withdrawn, question)) == 5


def test_a_key_fits_a_round_with_its_sides_and_takes_over_only_the_answers_of_the_same_left_sides():
    assert KEY.fits((0, 1, 4, 3, 2))
    assert not KEY.fits((0, 2, 1, 3))
    assert not KEY.fits((0, 1, 2, 4))
    assert MATCH.no_key.fits((0, 1, 2, 4))
    assert MATCH.with_answers(KEY, MatchKey(((0, 3), (1, 2)))) == MatchKey(((0, 3), (1, 2)))
    assert MATCH.with_answers(KEY, MatchKey(((0, 2), (1, 3), (5, 4)))) is None
    assert not KEY.names(2)


def test_another_kind_of_response_or_an_unknown_key_matches_nothing():
    with pytest.raises(TypeError, match="match"):
        KEY.grade(InOrder((0, 1)))
    with pytest.raises(ValueError, match="unkeyed"):
        MatchKey().grade(Matched())


def test_a_corrected_key_outlasts_the_file_and_is_written_out():
    question = first_revision(CAPITALS, question_id=3, bank_id=1)
    mended = corrected(question, MATCH.typed_key("1B 2A", question))
    assert draft_of(mended).key == (3, 2)
    assert next_revision(CAPITALS, mended) is None
    longer = matching(CAPITALS.stem, ("France", "Paris"), ("Italy", "Rome"), ("Norway", "Oslo"))
    edited = next_revision(longer, mended)
    assert edited.key.spelled(edited.order) == ("1–A, 2–B, 3–C",)


def test_commands_list_the_sides_and_then_the_pairs():
    told = MATCH.listed(CAPITALS)
    assert [(one.letter, one.text, one.right) for one in told] == [
        ("1", "France", False),
        ("2", "Italy", False),
        ("A", "Paris", False),
        ("B", "Rome", False),
        ("C", "Oslo", False),
        ("", "1–A, 2–B", True),
    ]
