"""Questions with a number: close enough is right, and everybody is told how their number was read."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.accepted import MOST_ACCEPTED, MOST_DIGITS, AcceptedNumber
from bot.domain.answers import AnswerStatus
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.kinds.number import Number, NumberKey, NumberKind, NumberRefusal
from bot.domain.kinds.number_typed import parse_numbers
from bot.domain.kinds.numerals import LONGEST
from bot.domain.kinds.short import ShortAnswer
from bot.domain.kinds.typed_kind import FieldRefusal
from bot.domain.revisions import first_revision
from bot.domain.rounds import Reveal
from bot.domain.views import LONGEST_LABEL, ControlKind
from tests.unit.domain.typed_rounds import a_round

NUMBER = NumberKind()
RIGHT, WRONG = Grade(points=FULL_MARKS, right=True), Grade(points=0, right=False)
fractions = st.fractions(-(10**6), 10**6, max_denominator=10**6)
tolerances = st.fractions(0, 100, max_denominator=1_000)
accepted = st.builds(AcceptedNumber, value=fractions, tolerance=tolerances, relative=st.booleans())
keys = st.builds(
    NumberKey, st.lists(accepted, min_size=1, max_size=3, unique=True).map(tuple), st.sampled_from(["", "kg", "m²"])
)


def answered(text, key=None):
    return NUMBER.response((text,), a_round(NUMBER, key))


def key(text, unit=""):
    return parse_numbers(text, unit)


def draft(*numbers, unit=""):
    return QuestionDraft(line=1, stem="How much?", choices=(), kind="number", accepted=numbers, unit=unit)


@pytest.mark.parametrize(
    ("right", "text", "grade"),
    [
        ("3.5", "3,50", RIGHT),
        ("3.5", "7/2", RIGHT),
        ("0.1", "0.1000000000000000001", WRONG),
        ("0.3", "3e-1", RIGHT),
        ("3.5 ± 0.1", "3.6", RIGHT),
        ("3.5 ± 0.1", "3.4", RIGHT),
        ("3.5 ± 0.1", "3.6000001", WRONG),
        ("200 ± 5 %", "210", RIGHT),
        ("200 ± 5 %", "189.99", WRONG),
        ("-200 ± 5 %", "-210", RIGHT),
        ("0 ± 5 %", "0.0001", WRONG),
        ("0 ± 5 %", "-0", RIGHT),
        ("3..4", "3", RIGHT),
        ("3..4", "4", RIGHT),
        ("4..3", "3.5", RIGHT),
        ("-4..-3", "-3.5", RIGHT),
        ("-4..-3", "3.5", WRONG),
        ("3..4", "4.1", WRONG),
        ("1; 2", "2", RIGHT),
        ("1/3", "1/3", RIGHT),
        ("1/3", "0.3333", WRONG),
        ("1/3 ± 0.01", "0.33", RIGHT),
        ("6.022e23 ± 1 %", "6,02×10^23", RIGHT),
    ],
)
def test_what_is_close_enough_is_right_to_the_last_digit(right, text, grade):
    assert key(right).grade(answered(text)) == grade


@pytest.mark.parametrize("text", ["1,234", "1.234"])
@pytest.mark.parametrize("right", ["1234", "1.2340", "1200..1300"])
def test_of_two_meanings_the_kinder_one_counts(text, right):
    assert key(right).grade(answered(text)) == RIGHT


def test_a_unit_may_be_left_out_and_another_one_is_wrong():
    weight = key("5", "kg")
    assert [weight.grade(answered(text)).right for text in ("5", "5 kg", "5kg", "kg 5", "5 g", "5 lb")] == [
        *(True, True, True, True),
        *(False, False),
    ]
    assert not key("5").grade(answered("5 kg")).right


@given(fractions, fractions, tolerances)
def test_a_tolerance_reaches_as_far_up_as_down(value, off, tolerance):
    one = AcceptedNumber(value=value, tolerance=tolerance)
    assert one.accepts(value + off) == one.accepts(value - off) == (abs(off) <= tolerance)
    mirrored = AcceptedNumber(value=-value, tolerance=tolerance)
    assert mirrored.accepts(-value - off) == one.accepts(value + off)


@given(fractions, fractions)
def test_a_range_holds_its_ends_and_nothing_outside(one, other):
    between = AcceptedNumber.between(one, other)
    assert between == AcceptedNumber.between(other, one)
    assert between.accepts(one)
    assert between.accepts(other)
    assert not between.accepts(max(one, other) + Fraction(1, 10**9))
    assert not between.accepts(min(one, other) - Fraction(1, 10**9))


def test_no_tolerance_is_negative():
    with pytest.raises(ValueError, match="never negative"):
        AcceptedNumber(value=Fraction(1), tolerance=Fraction(-1))


@given(keys, st.text(max_size=20))
def test_a_grade_is_all_or_nothing(right, text):
    number = answered(text)
    assert right.grade(number) in {RIGHT, WRONG}
    assert right.grade(Number()) == WRONG


@given(keys)
def test_a_key_accepts_what_it_names_and_is_what_is_stored(right):
    for one in right.accepted:
        assert right.grade(Number("as typed", (one.value,), right.unit)) == RIGHT
    assert NUMBER.stored_key(right.stored) == right
    assert hash(NUMBER.stored_key(right.stored)) == hash(right)


@given(keys)
def test_a_key_is_typed_as_it_is_spelled(right):
    typed = NUMBER.typed_key("; ".join(right.spelled(())), first_revision(draft(), question_id=3, bank_id=1))
    assert [(one.value, one.tolerance) for one in typed.accepted] == [
        (one.value, one.tolerance) for one in right.accepted
    ]
    assert typed.unit == right.unit


@pytest.mark.parametrize(
    "text", ["5", "3,5", "1,234", "1.234", "٣٫٥", "5 kg", "1/3", "1e-30", "-0", "1½ m²", "１２", "9" * LONGEST]
)
def test_a_response_is_what_was_given_and_what_is_stored(text):
    number = answered(text)
    assert number.given(()) == (text,)
    assert NUMBER.stored_response(number.stored) == number
    assert hash(NUMBER.stored_response(number.stored)) == hash(number)
    assert number
    assert "\x00" not in number.stored


def test_what_is_stored_keeps_its_meaning_and_passes_over_what_a_later_version_adds():
    stored = '{"typed": "2 dozen", "values": ["24"], "unit": "", "language": "en"}'
    assert NUMBER.stored_response(stored) == Number("2 dozen", (Fraction(24),))
    assert NUMBER.stored_key('{"accepted": [{"value": "1/3", "note": "x"}]}') == key("1/3")
    assert answered("3.5").stored == "3.5"


def test_nothing_typed_is_stored_as_nothing():
    assert (answered("").stored, NUMBER.no_key.stored) == (0, 0)
    assert NUMBER.stored_response(0) == Number() == answered(" ")
    assert NUMBER.stored_key(0) == NUMBER.no_key
    assert not Number()
    assert not NUMBER.no_key
    assert Number().spelled(()) == Number().texts({}) == ()


@pytest.mark.parametrize(
    ("text", "saved", "revealed"),
    [
        ("3.5", "3.5", "3.5"),
        ("3,5", "3.5 (you typed 3,5)", "3.5 (you typed 3,5)"),
        ("7/2 kg", "3.5 kg (you typed 7/2 kg)", "3.5 kg (you typed 7/2 kg)"),
        ("1,234", "1234 or 1.234 (you typed 1,234)", "1.234 (you typed 1,234)"),
        ("1.234", "1.234", "1.234"),
        ("5,678", "5678 or 5.678 (you typed 5,678)", "5678 or 5.678 (you typed 5,678)"),
    ],
)
def test_everybody_is_told_how_their_number_was_read_and_nothing_of_the_key_too_early(text, saved, revealed):
    number = answered(text)
    assert number.understood == saved
    assert key("3.5; 1.2340", "kg").understood(number) == revealed


def test_people_who_type_the_same_number_in_two_ways_are_told_their_own_words():
    assert answered("3,5") != answered("3.5")


def test_a_response_of_another_kind_is_never_graded_nor_any_without_a_key():
    with pytest.raises(TypeError, match="number"):
        key("5").grade(ShortAnswer("5"))
    with pytest.raises(ValueError, match="unkeyed"):
        NUMBER.no_key.grade(answered("5"))


@pytest.mark.parametrize(
    ("given_", "refusal"),
    [
        (("5",), None),
        (("5 kg",), None),
        (("five",), NumberRefusal.NOT_A_NUMBER),
        (("1e1000",), NumberRefusal.NOT_A_NUMBER),
        (("5 lb",), NumberRefusal.OTHER_UNIT),
        (("5 or 6",), NumberRefusal.OTHER_UNIT),
        (("1" * (LONGEST + 1),), FieldRefusal.TOO_LONG),
        (("1" * 10**6,), FieldRefusal.TOO_LONG),
        (("\u200b",), FieldRefusal.NOTHING_TYPED),
        (("5", "6"), FieldRefusal.NOTHING_TYPED),
        ((), FieldRefusal.NOTHING_TYPED),
        (frozenset(), FieldRefusal.NOTHING_TYPED),
        (frozenset({0}), FieldRefusal.NOTHING_TYPED),
    ],
)
def test_what_is_no_number_is_refused_in_words_with_an_example(given_, refusal):
    round_ = a_round(NUMBER, key("5", "kg"))
    assert NUMBER.refusal(given_, round_) is refusal
    if refusal:
        assert len(NUMBER.explained(refusal, round_)) > 20
    if refusal is NumberRefusal.NOT_A_NUMBER:
        assert "3/4" in NUMBER.explained(refusal, round_)
    if refusal is NumberRefusal.OTHER_UNIT:
        assert "kg" in NUMBER.explained(refusal, round_)


@pytest.mark.parametrize("nothing", [("",), (" \t",)])
def test_an_empty_field_takes_back_an_answer_that_may_change(nothing):
    assert NUMBER.refusal(nothing, a_round(NUMBER)) is None
    assert not NUMBER.response(nothing, a_round(NUMBER))
    first_counts = a_round(NUMBER, reveal=Reveal.ON_ANSWER)
    assert NUMBER.refusal(nothing, first_counts) is FieldRefusal.NOTHING_TYPED


def test_a_question_without_a_unit_wants_the_number_alone():
    round_ = a_round(NUMBER, key("5"))
    assert NUMBER.refusal(("5 kg",), round_) is NumberRefusal.OTHER_UNIT
    assert "without a unit" in NUMBER.explained(NumberRefusal.OTHER_UNIT, round_)
    assert NUMBER.refusal(("5 kg",), a_round(NUMBER)) is None  # withdrawn meanwhile


@given(st.text(max_size=90) | st.text(st.sampled_from("0123456789.,' -+e^×/½⁻³%kg٣"), max_size=90), keys)
def test_whatever_is_typed_is_a_number_or_refused(text, right):
    round_ = a_round(NUMBER, right)
    number, refusal = NUMBER.response((text,), round_), NUMBER.refusal((text,), round_)
    if refusal is None and text.strip():
        assert number
        assert NUMBER.response(number.given(()), round_) == number
        assert NUMBER.stored_response(number.stored) == number
        number.stored.encode()
    if refusal in {NumberRefusal.NOT_A_NUMBER, FieldRefusal.NOTHING_TYPED}:
        assert not number


def test_no_refusal_is_called_what_an_outcome_is():
    names = {str(refusal) for refusal in (*NumberRefusal, *FieldRefusal)}
    assert len(names) == 4
    assert not names & {str(status) for status in AnswerStatus}


def test_the_control_is_one_field_for_a_number_that_names_the_unit_and_nothing_else_of_the_key():
    round_ = a_round(NUMBER, key("5", "kg"))
    controls = NUMBER.controls(round_)
    assert (controls.kind, controls.round_id, controls.fewest, controls.most) == (ControlKind.FIELDS, 7, 1, 1)
    (field,) = controls.fields
    assert field.numeric
    assert (field.longest, "kg" in field.label, "kg" in NUMBER.hint(round_)) == (LONGEST, True, True)
    assert "5" not in field.label + NUMBER.hint(round_)
    assert NUMBER.options(round_, first_revision(draft(), question_id=3, bank_id=1)) == ()
    longest = NUMBER.drafted_key(draft(AcceptedNumber(value=Fraction(1)), unit="m" * 300), ())
    assert len(NUMBER.controls(a_round(NUMBER, longest)).fields[0].label) <= LONGEST_LABEL


@given(keys)
def test_a_draft_and_a_key_say_the_same(right):
    known = first_revision(draft(*right.accepted, unit=right.unit), question_id=3, bank_id=1)
    assert known.key == right
    assert NUMBER.with_key(draft(), (), right) == draft(*right.accepted, unit=right.unit)
    assert NUMBER.keyed(known, NUMBER.no_key).key == NUMBER.no_key
    assert right.fits(known.order)
    assert not right.fits((0, 1))
    assert not right.names(0)


@pytest.mark.parametrize(
    ("text", "unit", "spelled"),
    [
        ("3.5 +- 0.1 kg", "", ("3.5 ± 0.1 kg",)),
        ("3.5 kg ± 0.1", "", ("3.5 ± 0.1 kg",)),
        ("3.5 kg +/- 5%", "", ("3.5 kg ± 5 %",)),
        ("50 ± 5 %", "%", ("50 ± 5 %",)),
        ("3.5 kg ± 5 percent", "", ("3.5 kg ± 5 %",)),
        ("3 to 4", "", ("3 to 4",)),
        ("3..4 m", "", ("3 to 4 m",)),
        ("1,5; 2.5", "kg", ("1.5 kg", "2.5 kg")),
        ("3.141", "", ("3.141",)),
        ("1,234", "", ("1234",)),
    ],
)
def test_a_host_types_numbers_with_a_tolerance_or_a_range(text, unit, spelled):
    assert key(text, unit).spelled(()) == spelled


@pytest.mark.parametrize(
    "text", ["", "five", "3 ±", "3 ± -1", "3..", "3 kg ± 1 lb", "3 kg; 4 lb", "3;", "1 " + "k" * 21]
)
def test_a_key_that_makes_no_sense_is_refused(text):
    with pytest.raises(BadInput, match=r"isn't a number|one short unit|same unit"):
        key(text)


@given(keys, fractions)
def test_a_number_that_is_accepted_later_is_right_from_then_on(right, value):
    number = answered(f"{value.numerator}/{value.denominator}")
    assume(number)
    wider = NUMBER.accepting(right, number.typed)
    assert wider.grade(number) == RIGHT
    assert wider.accepted[: len(right.accepted)] == right.accepted
    assert (wider == right) == right.grade(number).right
    assert NUMBER.accepting(wider, number.typed) == wider


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [("five", "kg", "isn't a number"), ("", "", "isn't a number"), ("5 lb", "kg", "in kg"), ("5 lb", "", "unit out")],
)
def test_what_is_no_number_in_the_unit_is_not_accepted_later(text, unit, words):
    with pytest.raises(BadInput, match=words):
        NUMBER.accepting(key("5", unit), text)


def test_the_result_counts_the_right_numbers_and_the_commonest_wrong_ones():
    question = first_revision(draft(), question_id=3, bank_id=1)
    round_ = a_round(NUMBER, key("5; 7", "kg"))
    given_ = [answered(text) for text in ("5", "5,0 kg", "6", "6,0", "8", "5 @home", "5 @home")]
    told = NUMBER.result(round_, question, given_)
    assert [(one.text, one.right, one.number) for one in told] == [
        ("5 kg", True, 2),
        ("7 kg", True, 0),
        ("6", False, 2),
        ("8", False, 1),
    ]
    assert all(one.is_plain and not one.letter for one in told)


def test_a_question_accepts_no_more_and_no_longer_numbers_than_a_bank_may_hold():
    many = "; ".join(map(str, range(MOST_ACCEPTED)))
    known = first_revision(draft(unit="kg"), question_id=3, bank_id=1)
    wide = NUMBER.typed_key(many, known)
    assert NUMBER.accepting(wide, "7") == wide
    for refused in (lambda: NUMBER.accepting(wide, "99"), lambda: NUMBER.typed_key(f"{many}; 99", known)):
        with pytest.raises(BadInput, match="at most 50 answers"):
            refused()
    longest = "9" * MOST_DIGITS
    assert NUMBER.accepting(known.key, f"{longest}.{longest[2:]}")
    assert NUMBER.typed_key("1e999; 1e-9..3e-9", known)
    with pytest.raises(BadInput, match="at most 40 on either side"):
        NUMBER.accepting(known.key, f"{longest}9")
    for text in ("1e999..1/3", f"3 ± 0.{longest}9"):
        with pytest.raises(BadInput, match="at most 40 on either side"):
            NUMBER.typed_key(text, known)


def test_a_draft_names_its_numbers_as_people_write_them():
    numbers = (key("42.195"), key("200 ± 5 %"), key("1e-30"), key("1/3"))
    given_ = draft(*(one for each in numbers for one in each.accepted))
    assert given_.answers == ("42.195", "200 ± 5 %", "1e-30", "1/3")


def test_equal_numbers_are_accepted_once():
    one, close = AcceptedNumber(value=Fraction(3)), AcceptedNumber(value=Fraction(3), tolerance=Fraction(1))
    assert NUMBER.drafted_key(draft(one, close, one), ()).accepted == (one, close)
    assert key("3; 3 ± 1; 3.0").accepted == (one, close)


def test_the_unit_of_a_question_without_answers_is_kept_until_there_are_some():
    unkeyed = first_revision(draft(unit="kg"), question_id=3, bank_id=1)
    assert not unkeyed.key
    stored = NUMBER.stored_key(unkeyed.key.stored)
    assert NUMBER.with_key(draft(), (), stored) == draft(unit="kg")
    assert NUMBER.accepting(stored, "3 kg").spelled(()) == ("3 kg",)
    assert first_revision(draft(), question_id=3, bank_id=1).key.stored == 0
