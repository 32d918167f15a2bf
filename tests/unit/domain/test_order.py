"""Items that are put in order: any order of them is graded by its pairs, however it was given."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadInput
from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.kinds.match import Matched, MatchKey
from bot.domain.kinds.order import InOrder, OrderKey, OrderKind
from bot.domain.kinds.row import RowRefusal
from bot.domain.responses import Row
from bot.domain.revisions import corrected, draft_of, first_revision, next_revision
from bot.domain.rounds import Reveal
from bot.domain.views import ControlKind
from bot.testing import in_order
from tests.unit.domain.typed_rounds import a_round

ORDER = OrderKind()
UNITS = in_order("Smallest first.", "bit", "byte", "kilobyte", "megabyte")
MANY = in_order("Smallest first.", "nano", "micro", "milli", "one", "kilo", "mega")
orders = st.integers(2, 8).flatmap(lambda size: st.permutations(range(size))).map(tuple)


def grade(given_, key):
    return OrderKey(key).grade(InOrder(given_))


@pytest.mark.parametrize(
    ("given_", "points", "right"),
    [
        ((0, 1, 2, 3), 6, True),
        ((1, 0, 2, 3), 5, False),
        ((3, 0, 1, 2), 3, False),
        ((3, 2, 1, 0), 0, False),
        ((), 0, False),
    ],
)
def test_the_share_of_pairs_in_the_right_order_counts_and_only_the_exact_order_is_right(given_, points, right):
    assert grade(given_, (0, 1, 2, 3)) == Grade(points=points * FULL_MARKS // 6, right=right)


@given(st.data(), orders)
def test_a_grade_lies_between_nothing_and_full_marks_which_only_the_exact_order_earns(data, key):
    tried = tuple(data.draw(st.permutations(key)))
    told, backwards = grade(tried, key), grade(tried[::-1], key)
    assert 0 <= told.points <= FULL_MARKS
    assert told.right is (tried == key) is (told.points == FULL_MARKS)
    assert told.points + backwards.points == FULL_MARKS  # every pair is in order in one of the two: points are whole
    assert grade(key, tried) == told


@given(st.data(), orders)
def test_a_grade_does_not_depend_on_what_the_items_are_called(data, key):
    tried, names = data.draw(st.permutations(key)), data.draw(st.permutations(range(30)))
    assert grade(tuple(names[item] for item in tried), tuple(names[item] for item in key)) == grade(tuple(tried), key)


@given(st.data(), orders)
def test_a_response_is_what_was_given_and_what_is_stored(data, order):
    round_ = a_round(ORDER, OrderKey(tuple(sorted(order))), order=order)
    picks = tuple(data.draw(st.permutations(range(len(order)))))
    response = ORDER.response(Row(picks), round_)
    assert ORDER.refusal(Row(picks), round_) is None
    assert response == InOrder(tuple(order[pick] for pick in picks))
    assert ORDER.response(response.given(order), round_) == response
    assert ORDER.refusal(response.given(order), round_) is None
    assert ORDER.stored_response(response.stored) == response
    assert ORDER.stored_key(OrderKey(response.items).stored) == OrderKey(response.items)
    assert OrderKey(response.items).spelled(order) == response.spelled(order)


def test_letters_follow_the_order_of_the_round_and_texts_that_of_the_answer():
    tried = InOrder((2, 0, 1))
    assert tried.spelled((2, 1, 0)) == ("A, C, B",)
    assert tried.texts({0: "zero", 1: "one", 2: "two"}) == ("two", "zero", "one")
    assert InOrder().spelled((0, 1)) == OrderKey().spelled((0, 1)) == ()
    assert (InOrder().stored, OrderKey().stored) == (0, 0)
    assert not ORDER.stored_response(0)
    assert not ORDER.stored_key(0)


@pytest.mark.parametrize("text", ["C A D B", "cadb", "C, A, D, B", "C > A > D > B", " c-a–d.b ", "Ｃ A→D/B", "C;A;D;B"])
def test_typed_letters_are_read_however_they_are_set_apart(text):
    round_ = a_round(ORDER, OrderKey((0, 1, 2, 3)), order=(0, 1, 2, 3))
    assert ORDER.response((text,), round_) == InOrder((2, 0, 3, 1))
    question = first_revision(UNITS, question_id=3, bank_id=1)
    assert ORDER.typed_key(text, question) == OrderKey((2, 0, 3, 1))


@pytest.mark.parametrize(
    "text", ["", "C A D", "C A D B A", "C A D E", "C A D 2", "C A D C", "3 1 4 2", "ﬀab", "C A D B!"]
)
def test_a_key_must_name_each_item_once(text):
    with pytest.raises(BadInput, match="name each letter once, like B A C D"):
        ORDER.typed_key(text, first_revision(UNITS, question_id=3, bank_id=1))


@pytest.mark.parametrize(
    ("given_", "refusal"),
    [
        (frozenset({0}), RowRefusal.ROW_UNREADABLE),
        (("3 1 2",), RowRefusal.ROW_UNREADABLE),
        (("A", "B", "C"), RowRefusal.ROW_UNREADABLE),
        ((), RowRefusal.ROW_UNREADABLE),
        (Row(()), RowRefusal.NOTHING_PICKED),
        (Row((None,)), RowRefusal.NOTHING_PICKED),
        (Row((0, None, 2)), RowRefusal.LETTER_MISSING),
        (Row((0, 1)), RowRefusal.LETTER_MISSING),
        (("A B",), RowRefusal.LETTER_MISSING),
        (Row((0, 1, 1)), RowRefusal.LETTER_TWICE),
        (("A B A C",), RowRefusal.LETTER_TWICE),
        (Row((0, 1, 3)), RowRefusal.NO_SUCH_LETTER),
        (Row((0, 1, -1)), RowRefusal.NO_SUCH_LETTER),
        (("A B D",), RowRefusal.NO_SUCH_LETTER),
        (Row((0, 1, 2, None)), RowRefusal.ROW_UNREADABLE),
    ],
)
def test_what_is_no_order_of_all_items_is_refused_in_words_and_stands_for_nothing(given_, refusal):
    round_ = a_round(ORDER, OrderKey((0, 1, 2)), order=(2, 0, 1))
    assert ORDER.refusal(given_, round_) is refusal
    assert ORDER.explained(refusal, round_)
    assert not ORDER.response(given_, round_)


@pytest.mark.parametrize("blank", [Row((None,) * 3), ("  ",)])
def test_an_empty_row_takes_the_answer_back_only_where_it_may_change(blank):
    for reveal, refusal in ((Reveal.AT_CLOSE, None), (Reveal.ON_ANSWER, RowRefusal.NOTHING_PICKED)):
        round_ = a_round(ORDER, OrderKey((0, 1, 2)), order=(2, 0, 1), reveal=reveal)
        assert ORDER.refusal(blank, round_) is refusal
        assert not ORDER.response(blank, round_)


def test_up_to_five_items_have_menus_and_more_of_them_a_field_for_letters():
    question, many = (first_revision(draft, question_id=3, bank_id=1) for draft in (UNITS, MANY))
    round_ = a_round(ORDER, question.key, order=(3, 1, 0, 2))
    controls, menus = ORDER.controls(round_), ORDER.menus(round_, question)
    assert (controls.kind, controls.fewest, controls.most, controls.fields) == (ControlKind.MENUS, 4, 4, ())
    assert controls.arranging == ORDER.controls(a_round(ORDER, many.key, order=many.order)).arranging != ""
    assert [menu.label for menu in menus] == [f"Position {number}" for number in range(1, 5)]
    shown = [("A", "megabyte"), ("B", "byte"), ("C", "bit"), ("D", "kilobyte")]
    assert all([(option.letter, option.text) for option in menu.options] == shown for menu in menus)
    assert [(option.letter, option.text) for option in ORDER.options(round_, question)] == shown
    round_ = a_round(ORDER, many.key, order=many.order)
    assert ORDER.controls(round_).kind is ControlKind.FIELDS
    assert ORDER.menus(round_, many) == ()
    assert ORDER.hint(round_) == "Type the letters in the right order, like B A C D E F."
    assert InOrder((1, 0, 2, 3, 4, 5)).given(many.order) == ("B A C D E F",)
    told = [ORDER.explained(refusal, round_) for refusal in RowRefusal]
    assert len(set(told)) == len(told)
    assert not any("menu" in text for text in told)


def test_items_are_shuffled_whatever_they_say():
    question = first_revision(in_order("Order!", "A", "both of the above", "C"), question_id=3, bank_id=1)
    found = {ORDER.shuffled(question, Random(seed)) for seed in range(100)}
    assert len(found) == 6


def test_the_open_question_tells_nothing_of_the_key_and_the_result_counts_what_is_in_its_position():
    question = first_revision(UNITS, question_id=3, bank_id=1)
    round_ = a_round(ORDER, question.key, order=(3, 1, 0, 2))
    assert not any(option.right for option in ORDER.options(round_, question))
    given_ = [InOrder((0, 1, 2, 3)), InOrder((0, 2, 1, 3)), InOrder()]
    told = ORDER.result(round_, question, given_)
    assert [(one.letter, one.text, one.number) for one in told] == [
        ("C", "bit", 2),
        ("B", "byte", 1),
        ("D", "kilobyte", 1),
        ("A", "megabyte", 2),
    ]
    assert all(one.right for one in told)
    assert ORDER.result(a_round(ORDER, OrderKey(), order=(3, 1, 0, 2)), question, given_) == ()


def test_a_key_fits_a_round_that_shows_its_items_and_takes_over_only_the_answers_of_the_same_items():
    key = OrderKey((2, 0, 1))
    assert key.fits((0, 1, 2))
    assert not key.fits((0, 1, 3))
    assert not key.fits((0, 1, 2, 3))
    assert ORDER.no_key.fits((0, 1, 2))
    assert ORDER.with_answers(key, OrderKey((0, 1, 2))) == OrderKey((0, 1, 2))
    assert ORDER.with_answers(key, OrderKey((0, 1))) is None
    assert not key.names(2)


def test_another_kind_of_response_or_an_unknown_key_is_no_order():
    with pytest.raises(TypeError, match="in order"):
        OrderKey((0, 1)).grade(Matched(((0, 1),)))
    with pytest.raises(TypeError, match="isn't the key"):
        ORDER.with_answers(OrderKey((0, 1)), MatchKey(((0, 1),)))
    with pytest.raises(ValueError, match="unkeyed"):
        OrderKey().grade(InOrder((0, 1)))


def test_a_draft_that_leaves_items_out_of_its_order_is_unkeyed():
    partial = replace(in_order("Order!", "a", "b", "c"), key=(1, 0))
    assert not first_revision(partial, question_id=3, bank_id=1).key


def test_a_corrected_order_outlasts_the_file_and_is_written_out():
    question = first_revision(UNITS, question_id=3, bank_id=1)
    mended = corrected(question, ORDER.typed_key("B A C D", question))
    assert draft_of(mended).key == (1, 0, 2, 3)
    assert next_revision(UNITS, mended) is None
    again = next_revision(in_order(UNITS.stem, "byte", "bit", "kilobyte", "megabyte"), mended)
    assert again.key == mended.key
    longer = next_revision(in_order(UNITS.stem, *UNITS.choices, "gigabyte"), mended)
    assert longer.key == OrderKey((0, 1, 2, 3, 4))


def test_commands_list_the_items_and_then_the_order():
    told = ORDER.listed(in_order("Order!", "`a`", "b"))
    assert [(one.letter, one.text, one.right, one.is_plain) for one in told] == [
        ("A", "`a`", False, False),
        ("B", "b", False, False),
        ("", "A, B", True, True),
    ]
