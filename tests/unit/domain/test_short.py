"""Questions with a short answer: any accepted spelling is right, a small slip too, and then it is shown corrected."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import MOST_ACCEPTED, NearMiss
from bot.domain.answers import SubmitAnswer, decide
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.grading import FULL_MARKS, Grade
from bot.domain.identity import Member
from bot.domain.kinds.number import Number
from bot.domain.kinds.short import ShortAnswer, ShortKey, ShortKind
from bot.domain.kinds.slips import distance
from bot.domain.kinds.typed_kind import FieldRefusal
from bot.domain.lines import one_line
from bot.domain.revisions import first_revision
from bot.domain.rounds import Reveal
from bot.domain.views import LONGEST_LABEL, LONGEST_TYPED, ControlKind
from bot.testing import A_MONDAY
from tests.unit.domain.typed_rounds import a_round

SHORT = ShortKind()
RIGHT, WRONG = Grade(points=FULL_MARKS, right=True), Grade(points=0, right=False)
LAMBDA = ShortKey(("AWS Lambda", "Lambda"))
texts = st.text(st.sampled_from("abcdeéßİı ,.-'1٣"), min_size=1, max_size=12).map(one_line).filter(bool)
keys = st.builds(
    ShortKey,
    st.lists(texts, min_size=1, max_size=3, unique=True).map(tuple),
    st.booleans(),
    st.lists(st.builds(NearMiss, text=texts, hint=texts), max_size=2).map(tuple),
)


def answered(text, key=None):
    return SHORT.response((text,), a_round(SHORT, key))


def draft(*accepted, exact=False, near_misses=()):
    return QuestionDraft(
        line=1, stem="Which?", choices=(), kind="short", accepted=accepted, exact=exact, near_misses=near_misses
    )


def question(*accepted, **more):
    return first_revision(draft(*accepted, **more), question_id=3, bank_id=1)


@pytest.mark.parametrize(
    ("accepted", "text", "grade"),
    [
        (("AWS Lambda", "Lambda"), "lambda", RIGHT),
        (("AWS Lambda", "Lambda"), "the Lambda.", RIGHT),
        (("AWS Lambda", "Lambda"), "aws  lamda", RIGHT),
        (("AWS Lambda", "Lambda"), "Azure Lambda", WRONG),
        (("Straße",), "STRASSE", RIGHT),
        (("İzmir",), "ızmir", RIGHT),
        (("Zürich",), "Zurich", RIGHT),
        (("AWS",), "ＡＷＳ", RIGHT),
        (("1984",), "1985", WRONG),
        (("1984",), "١٩٨٤", RIGHT),
        (("cat",), "cats", WRONG),
        (("A", "B"), "b", RIGHT),
        (("C++",), "C", WRONG),
        # capitals
        (("HTTP",), "https", WRONG),
        (("EPROM",), "EEPROM", WRONG),
        (("HTTP request",), "http reqest", RIGHT),
        (("HTTP request",), "https request", WRONG),
        (("Photosynthesis",), "PHOTOSYNTESIS", RIGHT),
        # another article, or one of the two alone
        (("El Niño",), "La Niña", WRONG),
        (("La Palma",), "Las Palmas", WRONG),
        (("El Niño",), "Nino", RIGHT),
        (("the mitochondrion",), "mitochondrian", RIGHT),
        (("mitochondrion",), "a mitochondrian", RIGHT),
        (("the mitochondrion",), "a mitochondrion", RIGHT),
        # an "a" that may be a name
        (("A positive",), "positive", WRONG),
        (("positive",), "A positive", RIGHT),
        # a sign behind a symbol
        (("n!",), "n", WRONG),
        (("n!",), "(N!)", RIGHT),
        (("f'",), "f", WRONG),
        (("f'",), "f′", RIGHT),
        (("a",), "'a'", RIGHT),
        (("Lambda",), "Lambda!", RIGHT),
    ],
)
def test_any_accepted_spelling_is_right_and_so_is_a_small_slip(accepted, text, grade):
    assert ShortKey(accepted).grade(answered(text)) == grade


@pytest.mark.parametrize("text", ["lambda", "Lambda.", "Lamda", "the Lambda", "Ｌambda"])
def test_where_all_of_it_counts_only_the_very_spelling_is_right(text):
    assert ShortKey(("Lambda",), exact=True).grade(answered(text)) == WRONG
    assert ShortKey((text,), exact=True).grade(answered(f" {text}\t")) == RIGHT


def test_a_letter_may_be_encoded_in_any_way_even_where_all_of_it_counts():
    exact = ShortKey(("é",), exact=True)
    assert exact.grade(answered("e\u0301")) == RIGHT
    assert exact.grade(answered("e")) == WRONG


def test_a_near_miss_is_wrong_and_has_a_hint_of_its_own():
    organ = ShortKey(("ventricle",), near_misses=(NearMiss(text="ventral", hint="That is a direction."),))
    assert organ.grade(answered("Ventral!")) == WRONG
    assert organ.hint(answered("Ventral!")) == "That is a direction."
    assert organ.hint(answered("ventricle")) == organ.hint(answered("heart")) == ""


def test_a_slip_that_is_as_close_to_a_near_miss_does_not_count():
    near = (NearMiss(text="pine", hint="That has needles."),)
    assert ShortKey(("pink",)).grade(answered("pine")) == RIGHT  # one letter of four: only a near miss tells them apart
    flower = ShortKey(("pink",), near_misses=near)
    assert [flower.grade(answered(text)).right for text in ("pink", "pine", "pinx", "pnik", "pinkk")] == [
        *(True, False, False),
        *(True, True),
    ]
    assert flower.hint(answered("pinx")) == ""


@given(keys)
def test_a_key_accepts_what_it_names_and_is_what_is_stored(key):
    for text in key.accepted:
        assert key.grade(answered(text, key)) == RIGHT
        assert key.understood(answered(text, key)) == unicodedata.normalize("NFC", text)
    assert SHORT.stored_key(key.stored) == key
    assert hash(SHORT.stored_key(key.stored)) == hash(key)
    assert key.spelled(()) == key.accepted


@given(keys, texts)
def test_a_grade_is_all_or_nothing_and_no_hint_comes_with_marks(key, text):
    answer = answered(text, key)
    assert key.grade(answer) in {RIGHT, WRONG}
    assert not (key.grade(answer).right and key.hint(answer))


@given(texts.map(str.lower), texts.map(str.lower), st.booleans())
def test_who_would_be_right_with_the_other_text_as_key_is_right_with_this_one(one, other, exact):
    assert ShortKey((one,), exact).grade(answered(other)) == ShortKey((other,), exact).grade(answered(one))


@given(texts)
def test_case_and_accents_change_no_grade(text):
    key = ShortKey(("abcde", "b 1"))
    forms = {text, text.upper(), text.lower(), unicodedata.normalize("NFD", text)}
    assert len({key.grade(answered(form)) for form in forms}) == 1


def test_a_slip_is_shown_corrected_once_the_key_may_be_told():
    assert LAMBDA.understood(answered("Lamda")) == "Lambda (you typed Lamda)"
    assert LAMBDA.understood(answered("aws lambad")) == "AWS Lambda (you typed aws lambad)"
    assert LAMBDA.understood(answered("LAMBDA")) == "LAMBDA"
    assert LAMBDA.understood(answered("Omega")) == "Omega"
    assert answered("Lamda").understood == "Lamda"


@given(st.text(max_size=40))
def test_a_response_is_what_was_given_and_what_is_stored(text):
    round_ = a_round(SHORT, LAMBDA)
    response, refusal = SHORT.response((text,), round_), SHORT.refusal((text,), round_)
    assert SHORT.response(response.given(()), round_) == response
    assert SHORT.stored_response(response.stored) == response
    assert bool(response) == bool(response.stored) == bool(response.spelled(())) == bool(response.texts({}))
    assert bool(response) == (refusal is None and bool(text.strip()))


def test_nothing_is_stored_as_nothing_and_what_a_later_version_adds_is_passed_over():
    assert (ShortAnswer().stored, SHORT.no_key.stored) == (0, 0)
    assert SHORT.stored_response(0) == ShortAnswer()
    assert SHORT.stored_key(0) == SHORT.no_key
    assert not SHORT.no_key
    assert SHORT.stored_key('{"accepted": ["a", "b"], "language": "en"}') == ShortKey(("a", "b"))
    assert SHORT.stored_response("0") == ShortAnswer("0")


def test_a_response_of_another_kind_is_never_graded_nor_any_without_a_key():
    with pytest.raises(TypeError, match="short answer"):
        LAMBDA.grade(Number())
    with pytest.raises(ValueError, match="unkeyed"):
        SHORT.no_key.grade(answered("Lambda"))


@pytest.mark.parametrize(
    ("given_", "refusal"),
    [
        (("Lambda",), None),
        (("?",), None),
        (("a" * LONGEST_TYPED,), None),
        (("a" * (LONGEST_TYPED + 1),), FieldRefusal.TOO_LONG),
        (("a" * 10**6,), FieldRefusal.TOO_LONG),
        (("a" * (LONGEST_TYPED - 1) + " b",), FieldRefusal.TOO_LONG),
        (("\u200b\u2060",), FieldRefusal.NOTHING_TYPED),
        (("Lambda", "Omega"), FieldRefusal.NOTHING_TYPED),
        ((), FieldRefusal.NOTHING_TYPED),
        (frozenset(), FieldRefusal.NOTHING_TYPED),
        (frozenset({0}), FieldRefusal.NOTHING_TYPED),
        ((2,), FieldRefusal.NOTHING_TYPED),
    ],
)
def test_only_what_is_no_text_for_one_field_is_refused(given_, refusal):
    round_ = a_round(SHORT, LAMBDA)
    assert SHORT.refusal(given_, round_) is refusal
    response = SHORT.response(given_, round_)
    assert len(response.text) <= LONGEST_TYPED
    assert SHORT.response(response.given(()), round_) == response
    if refusal:
        assert SHORT.explained(refusal, round_)
        assert "300" in SHORT.explained(FieldRefusal.TOO_LONG, round_)


@pytest.mark.parametrize("nothing", [("",), (" \t",)])
def test_an_empty_field_takes_back_an_answer_that_may_change(nothing):
    assert SHORT.refusal(nothing, a_round(SHORT)) is None
    assert not SHORT.response(nothing, a_round(SHORT))
    assert SHORT.refusal(nothing, a_round(SHORT, reveal=Reveal.ON_ANSWER)) is FieldRefusal.NOTHING_TYPED


def test_two_people_who_differ_in_case_alone_are_graded_apart_where_case_counts():
    round_ = a_round(SHORT, ShortKey(("Lambda",), exact=True), reveal=Reveal.ON_ANSWER)

    def submitted(text):
        member = Member(space_id=1, external_id="ada", name="Ada")
        return SubmitAnswer(
            round_id=7, channel="study", member=member, given=(text,), at=A_MONDAY, event_id=f"event-{text}"
        )

    grades = {text: decide(round_, None, submitted(text), 1).answer.grade for text in ("Lambda", "lambda")}
    assert grades == {"Lambda": RIGHT, "lambda": WRONG}


def test_the_control_is_one_field_that_tells_nothing_of_the_key():
    round_ = a_round(SHORT, LAMBDA)
    controls = SHORT.controls(round_)
    (field,) = controls.fields
    assert (controls.kind, controls.round_id) == (ControlKind.FIELDS, 7)
    assert (field.numeric, field.longest) == (False, LONGEST_TYPED)
    assert len(field.label) <= LONGEST_LABEL
    assert "ambda" not in field.label + SHORT.hint(round_)
    assert "count" in SHORT.hint(a_round(SHORT, ShortKey(("a",), exact=True)))
    assert SHORT.options(round_, question()) == ()


@given(keys)
def test_a_draft_and_a_key_say_the_same(key):
    known = question(*key.accepted, exact=key.exact, near_misses=key.near_misses)
    near_misses = tuple(NearMiss(text=nfc(near.text), hint=near.hint) for near in key.near_misses)
    assert known.key == replace(key, near_misses=near_misses).spelling(map(nfc, key.accepted))
    assert SHORT.with_key(draft(), (), known.key) == draft(
        *known.key.accepted, exact=key.exact, near_misses=known.key.near_misses
    )
    assert SHORT.keyed(known, SHORT.no_key).key == SHORT.no_key
    assert key.fits(known.order)
    assert not key.fits((0,))
    assert not key.names(0)


def nfc(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_a_host_types_the_spellings_and_the_rest_of_the_key_stays():
    near = (NearMiss(text="Fargate", hint="That runs containers."),)
    known = question("Lambda", exact=True, near_misses=near)
    assert SHORT.typed_key(" AWS  Lambda; Lambda;AWS Lambda;", known) == ShortKey(("AWS Lambda", "Lambda"), True, near)
    for text in ("", " ; "):
        with pytest.raises(BadInput, match="best first"):
            SHORT.typed_key(text, known)
    with pytest.raises(BadInput, match="at most 300 characters"):
        SHORT.typed_key("Lambda; " + "a" * (LONGEST_TYPED + 1), known)


def test_a_question_accepts_no_more_texts_than_a_bank_may_hold():
    many = [f"{n}" for n in range(MOST_ACCEPTED)]
    key = SHORT.typed_key("; ".join(many), question("Lambda"))
    assert len(key.accepted) == MOST_ACCEPTED
    assert SHORT.accepting(key, "7") == key
    for refused in (lambda: SHORT.accepting(key, "more"), lambda: SHORT.typed_key("; ".join([*many, "x"]), question())):
        with pytest.raises(BadInput, match="at most 50 answers"):
            refused()
    with pytest.raises(BadInput, match="at most 300 characters"):
        SHORT.accepting(LAMBDA, "a" * (LONGEST_TYPED + 1))


@given(keys, texts)
def test_a_text_that_is_accepted_later_is_right_from_then_on(key, text):
    wider = SHORT.accepting(key, text)
    assert wider.grade(answered(text)) == RIGHT
    assert wider.accepted[: len(key.accepted)] == key.accepted
    assert wider.exact == key.exact
    assert SHORT.accepting(wider, text) == wider
    assert all(wider.grade(answered(one)).right for one in key.accepted)


def test_a_near_miss_that_is_accepted_later_is_none_any_more():
    near = (NearMiss(text="Omega", hint="No."), NearMiss(text="Alpha", hint="Nor that."))
    assert SHORT.accepting(ShortKey(("Lambda",), near_misses=near), "OMEGA") == ShortKey(
        ("Lambda", "OMEGA"), near_misses=near[1:]
    )


def test_a_text_is_no_near_miss_where_it_is_right_so_its_slips_are_right_too():
    near = (NearMiss(text="Elastic Block", hint="Which service?"),)
    corrected = SHORT.typed_key("elastic block", question("EBS", near_misses=near))
    for key in (corrected, question("elastic block", near_misses=near).key):
        assert (key.grade(answered("Elastic Blok")), key.near_misses) == (RIGHT, ())


@pytest.mark.parametrize("text", ["", " "])
def test_what_nobody_can_type_is_not_accepted_later(text):
    with pytest.raises(BadInput, match="can't be an answer"):
        SHORT.accepting(LAMBDA, text)


def test_the_result_counts_the_spellings_and_the_commonest_wrong_texts():
    typed = [
        *("lambda", "Lamda", "AWS Lambda", "Omega", "omega", "omega.", "Sigma", "sigma", "Tau"),
        *("@everyone", "@everyone", "a" * 81, "a" * 81),
    ]
    round_ = a_round(SHORT, LAMBDA)
    told = SHORT.result(round_, question(), list(map(answered, typed)))
    assert [(one.text, one.right, one.number) for one in told] == [
        ("AWS Lambda", True, 1),
        ("Lambda", True, 2),
        ("Omega", False, 3),
        ("Sigma", False, 2),
        ("Tau", False, 1),
    ]
    assert all(one.is_plain and not one.letter for one in told)


def test_of_equally_close_spellings_the_better_one_is_meant():
    key = ShortKey(("colour", "color"))
    assert key.understood(answered("colur")) == "colour (you typed colur)"
    assert key.understood(answered("colr")) == "color (you typed colr)"


def test_spellings_that_count_as_one_are_kept_once():
    spellings = ("Lambda", "lambda", "The Lambda", "AWS Lambda")
    assert question(*spellings).key.accepted == ("Lambda", "AWS Lambda")
    assert SHORT.typed_key("; ".join(spellings), question("Omega")).accepted == ("Lambda", "AWS Lambda")
    assert question(*spellings, exact=True).key.accepted == spellings


def test_a_near_miss_is_found_in_whatever_encoding_and_spacing_its_source_has_it():
    near = (NearMiss(text="e\u0301ta  un", hint="Not that."),)
    assert question("été", exact=True, near_misses=near).key.hint(answered("éta un")) == "Not that."


def test_what_is_known_of_a_question_without_answers_is_kept_until_there_are_some():
    near = (NearMiss(text="Fargate", hint="That runs containers."),)
    unkeyed = question(exact=True, near_misses=near)
    assert not unkeyed.key
    stored = SHORT.stored_key(unkeyed.key.stored)
    assert SHORT.with_key(draft(), (), stored) == draft(exact=True, near_misses=near)
    assert SHORT.accepting(stored, "Lambda") == ShortKey(("Lambda",), True, near)
    assert question().key.stored == 0


def test_the_result_shows_few_wrong_texts_in_an_order_that_chance_has_no_part_in():
    typed = [f"{letter}nswer {letter}" for letter in "fabcdeg"] * 2
    wrong = SHORT.result(a_round(SHORT, LAMBDA), question(), list(map(answered, typed)))[2:]
    assert [one.text for one in wrong] == [f"{letter}nswer {letter}" for letter in "abcde"]


def test_where_all_of_it_counts_texts_are_counted_apart():
    key = ShortKey(("Lambda",), exact=True)
    told = SHORT.result(a_round(SHORT, key, closed_at=A_MONDAY), question(), list(map(answered, ["lambda", "LAMBDA"])))
    assert [(one.text, one.number) for one in told] == [("Lambda", 0), ("LAMBDA", 1), ("lambda", 1)]


def test_long_texts_against_many_long_spellings_are_judged_in_step_with_their_length():
    """Counted in comparisons of signs, not in time: a table of distances would need ninety thousand for each pair."""
    looked_at = 0

    class Counting(str):
        __slots__ = ()

        def __getitem__(self, at):
            nonlocal looked_at
            looked_at += 1
            return Counting(super().__getitem__(at)) if isinstance(at, slice) else super().__getitem__(at)

    one, other = Counting("ab" * 150), Counting("ba" * 149 + "cc")
    assert distance(one, other, 2) is None
    assert looked_at < 20_000
