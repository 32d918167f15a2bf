"""Questions: revisions, the order in which choices are shown, letters."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import AcceptedNumber, NearMiss
from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.kinds import kind_of
from bot.domain.kinds.choice import ChoiceKey
from bot.domain.questions import order_matters, shown_order, status
from bot.domain.revisions import corrected, first_revision, next_revision, widened
from bot.testing import draft, number, short

FOUR, FIVE = AcceptedNumber(value=Fraction(4)), AcceptedNumber(value=Fraction(5))


def question(*choices, explanation="", notes=None, key=(0,)):
    made = replace(draft("Which?", *choices, key=key), explanation=explanation, choice_explanations=notes)
    return first_revision(made, question_id=1, bank_id=1)


texts = st.lists(st.text("abcd", min_size=1, max_size=2), min_size=2, max_size=6)


@st.composite
def drafts(draw):
    choices = draw(texts)
    key = draw(st.sets(st.integers(0, len(choices) - 1)))
    return QuestionDraft(line=1, stem=draw(st.sampled_from(["S", "T"])), choices=tuple(choices), key=tuple(sorted(key)))


@given(drafts())
def test_the_same_draft_again_is_no_new_revision(made):
    known = first_revision(made, question_id=1, bank_id=1)
    assert next_revision(replace(made, line=99), known) is None


@given(drafts(), st.lists(drafts(), min_size=1, max_size=4))
def test_choices_keep_their_ids_through_edits(first, edits):
    known = first_revision(first, question_id=1, bank_id=1)
    for edit in edits:
        new = next_revision(edit, known)
        if new is None:
            assert [c.text for c in known.choices] == list(edit.choices)
            continue
        ids = [choice.id for choice in new.choices]
        assert len(set(ids)) == len(ids)
        assert new.revision == known.revision + 1
        assert new.key == {ids[n] for n in edit.key}
        old_texts, new_texts = [c.text for c in known.choices], list(edit.choices)
        for choice in known.choices:
            if old_texts.count(choice.text) == 1 and new_texts.count(choice.text) == 1:
                assert new.choices[new_texts.index(choice.text)].id == choice.id
        known = new


def test_a_reworded_choice_keeps_the_id_of_its_position():
    known = question("Paris", "Rome", "Oslo")
    new = next_revision(draft("Which?", "Paris, France", "Oslo", "Rome"), known)
    assert [choice.id for choice in new.choices] == [0, 2, 1]


def test_a_withdrawn_question_stays_withdrawn_when_its_source_is_edited():
    known = replace(question("a", "b"), withdrawn=True)
    assert next_revision(draft("Which one?", "a", "b"), known).status == "withdrawn"


def test_a_corrected_key_outlives_the_source_that_repeats_the_wrong_one():
    known = corrected(question("a", "b", "c"), ChoiceKey({1}))
    assert (known.revision, known.key) == (2, {1})
    assert next_revision(draft("Which?", "a", "b", "c"), known) is None
    reworded = next_revision(draft("Which one?", "a", "b", "c"), known)
    assert (reworded.revision, reworded.key) == (3, {1})
    assert next_revision(draft("Which one?", "a", "b", "c"), reworded) is None
    assert next_revision(draft("Which?", "a", "b", "c", key=(2,)), known).key == {2}


def accepting(known, *texts):
    for text in texts:
        known = widened(known, kind_of(known).accepting(known.key, text))
    return known


@pytest.mark.parametrize("source", [["AWS Lambda", "Lambda function"], ["Lambda function"], ["Lambda", "AWS Lambda"]])
def test_what_a_person_accepted_outlives_every_edit_of_what_the_source_accepts(source):
    first = first_revision(short("Which?", "AWS Lambda"), question_id=1, bank_id=1)
    known = accepting(first, "Lambda", "Firecracker")
    edited = next_revision(short("Which?", *source), known)
    assert edited.key.accepted == tuple(dict.fromkeys([*source, "Lambda", "Firecracker"]))
    assert next_revision(short("Which?", *source), edited) is None
    assert next_revision(short("Which?", "Batch"), edited).key.accepted[-1] == "Firecracker"


@pytest.mark.parametrize("units", [("kg", "kg"), ("m²", "m^2"), ("", "kg"), ("kg", "")])
def test_what_a_person_accepted_or_corrected_outlives_other_words_for_the_unit(units):
    before, after = (number("How many?", FOUR, unit=unit) for unit in units)
    first = first_revision(before, question_id=1, bank_id=1)
    edited = next_revision(after, mended := accepting(first, "5")) or mended
    assert (edited.key.accepted, edited.key.unit) == ((FOUR, FIVE), units[1])
    edited = next_revision(after, mended := corrected(first, kind_of(first).typed_key("5", first))) or mended
    assert (edited.key.accepted, edited.key.unit) == ((FIVE,), units[1])
    assert next_revision(after, edited) is None


def test_a_number_that_a_person_gave_counts_no_more_in_another_unit():
    first = first_revision(number("How many?", FOUR, unit="kg"), question_id=1, bank_id=1)
    for known in (accepting(first, "5"), corrected(first, kind_of(first).typed_key("5", first))):
        for source in (FOUR, AcceptedNumber(value=Fraction(4000))):
            assert next_revision(number("How many?", source, unit="g"), known).key.accepted == (source,)


def test_what_a_person_accepted_outlives_an_answer_that_the_source_gives_at_last():
    known = accepting(first_revision(number("How many?"), question_id=1, bank_id=1), "5")
    assert next_revision(number("How many?", FOUR), known).key.accepted == (FOUR, FIVE)


def test_a_corrected_key_outlives_a_source_that_edits_only_hints_or_how_exact_an_answer_must_be():
    hint, other = (NearMiss(text="EFS", hint=hint) for hint in ("That has files.", "That has folders."))
    first = first_revision(short("Which?", "S3", near_misses=[hint]), question_id=1, bank_id=1)
    known = corrected(first, kind_of(first).typed_key("EBS", first))
    for source in (short("Which?", "S3", near_misses=[other]), short("Which?", "S3", exact=True)):
        edited = next_revision(source, known)
        assert edited.key == replace(known.key, near_misses=source.near_misses, exact=source.exact)
        assert next_revision(source, edited) is None
        assert next_revision(short("Which?", "EBS", "EBS volume"), edited).key.accepted == ("EBS", "EBS volume")


def test_a_spelling_that_a_person_accepted_outlives_a_source_that_is_exact_no_more():
    first = first_revision(short("Which?", "Lambda", "lambda", exact=True), question_id=1, bank_id=1)
    edited = next_revision(short("Which?", "Lambda"), accepting(first, "Firecracker"))
    assert edited.key.accepted == ("Lambda", "Firecracker")


def test_a_typed_key_that_a_person_replaced_gives_way_to_another_one_of_the_source():
    known = first_revision(short("Which?", "Fargate"), question_id=1, bank_id=1)
    replaced = corrected(known, kind_of(known).typed_key("Lambda", known))
    assert next_revision(short("Which one?", "Fargate"), replaced).key.accepted == ("Lambda",)
    assert next_revision(short("Which?", "Batch"), replaced).key.accepted == ("Batch",)


def test_an_accepted_answer_settles_only_that_there_was_none():
    findings = FindingCode.NEEDS_FIGURE, FindingCode.UNKEYED
    made = replace(short("Which?"), findings=findings)
    known = accepting(first_revision(made, question_id=1, bank_id=1), "Lambda")
    assert (known.findings, known.status) == ((FindingCode.NEEDS_FIGURE,), "needs attention")
    assert next_revision(made, known) is None
    mended = replace(made, findings=(FindingCode.UNKEYED,))
    assert next_revision(mended, known).status == "ready"
    assert next_revision(mended, next_revision(mended, known)) is None


def test_correcting_to_several_changes_how_many_are_chosen():
    known = question("a", "b", "c")
    assert corrected(known, ChoiceKey({0, 1})).select == 2
    assert corrected(replace(known, select="all"), ChoiceKey({0, 1})).select == "all"


@pytest.mark.parametrize(
    "choice",
    [
        "All of the above",
        "All the above.",
        "None of the above",
        "none of these",
        "None of the options",
        "None of the other options",
        "Any of the above",
        "Both of the above",
        "Neither of these",
        "All of them",
        "None of the others",
        "All answers are correct",
        "Both A and C",
        "A and C",
        "A, B and D",
        "A & B",
        "A or B",
        "(A) and (C)",
        "Both (a) and (b)",
        "Only B",
        "B only",
        "A and C only",
        "Neither A nor B",
        "Either B or C",
        "Option A",
        "Options B and C together",
        "The previous answer and a VPN",
    ],
)
def test_choices_that_name_others_keep_the_order_of_the_source(choice):
    assert order_matters(question("One", "Two", choice))


@pytest.mark.parametrize(
    "choice",
    [
        "A classic load balancer",
        "The nodes talk to each other",
        "All other traffic is denied",
        "Any other key raises an error",
        "Use both regions at once",
        "Vitamin A and zinc",
        "Only a subset of the rows",
        "Only AWS accounts",
        "Plan B's rollback",
        "C",
        "A/B testing",
        "Both classes are balanced",
        "None",
        "Each shard keeps its own log",
        "Either side may close the connection",
        "Some of the data is lost",
        "The layer above the kernel",
        "AB and CD",
        "all() and any()",
    ],
)
def test_choices_that_name_no_other_are_shuffled(choice):
    assert not order_matters(question("One", "Two", choice))


@pytest.mark.parametrize(
    "explanation",
    [
        "Option B is wrong because it costs more.",
        "Answer C is right.",
        "The correct answer is B.",
        "Correct answer: D",
        "B is correct, since it is serverless.",
        "A and C are incorrect.",
    ],
)
def test_explanations_by_letter_keep_the_order_of_the_source(explanation):
    assert order_matters(question("One", "Two", "Three", "Four", explanation=explanation))
    assert order_matters(question("One", "Two", notes=("", explanation)))


@pytest.mark.parametrize(
    "explanation",
    ["A is a vitamin.", "The answer is a queue.", "An option exists for that.", "I am correct.", "Class A addresses."],
)
def test_explanations_without_letters_let_choices_be_shuffled(explanation):
    assert not order_matters(question("One", "Two", explanation=explanation))


@given(st.integers(), st.lists(st.sampled_from(["x", "All of the above", "y"]), min_size=2, max_size=25))
def test_shown_order_is_a_permutation_and_the_sources_where_order_matters(seed, choices):
    one = question(*choices)
    shown = shown_order(one, Random(seed))
    assert sorted(shown) == [choice.id for choice in one.choices]
    if "All of the above" in choices:
        assert list(shown) == sorted(shown)


def test_every_position_is_reached_by_shuffling():
    """The position of the right choice tells nothing."""
    one = question("right", "b", "c", "d")
    positions = [shown_order(one, Random(seed)).index(0) for seed in range(400)]
    assert all(positions.count(position) > 60 for position in range(4))


@pytest.mark.parametrize(
    ("letters", "key"), [("B", {1}), ("b,d", {1, 3}), ("BD", {1, 3}), (" d , b ", {1, 3}), ("A,A", {0})]
)
def test_letters_count_choices_in_the_order_of_the_source(letters, key):
    asked = question("w", "x", "y", "z")
    assert kind_of(asked).typed_key(letters, asked) == key


@pytest.mark.parametrize("letters", ["", "E", "A,E", "1", ",", "Ä"])
def test_a_letter_without_a_choice_is_refused(letters):
    asked = question("w", "x", "y", "z")
    with pytest.raises(BadInput, match="names no choice: use A to D"):
        kind_of(asked).typed_key(letters, asked)


@pytest.mark.parametrize(
    ("keyed", "findings", "withdrawn", "expected"),
    [
        (True, (), False, "ready"),
        (False, (), False, "unkeyed"),
        (False, (FindingCode.UNKEYED,), False, "unkeyed"),
        (True, (FindingCode.NEAR_DUPLICATE, FindingCode.ENCODING_REPAIRED), False, "ready"),
        (True, (FindingCode.NEEDS_FIGURE,), False, "needs attention"),
        (True, (FindingCode.DUPLICATE,), False, "needs attention"),
        (False, (FindingCode.KEY_NOT_A_CHOICE,), False, "needs attention"),
        (True, (), True, "withdrawn"),
    ],
)
def test_only_sound_keyed_questions_are_ready(keyed, findings, withdrawn, expected):
    assert status(keyed=keyed, findings=findings, withdrawn=withdrawn) == expected
