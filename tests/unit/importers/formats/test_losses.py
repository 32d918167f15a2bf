"""Small texts of which a part was lost, or went to a part of a question that it isn't, without a word."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import only, read


def test_gaps_with_numbers_below_the_last_explanation_are_a_finding() -> None:
    below = "Fill in the gaps\n1. Tea grows in ____.\n2. Ice melts at ____ degrees."
    question = only(f"7. Which is hot?\nA. Tea\nB. Ice\nAnswer: A\nIt is boiled.\n\n{below}")
    assert question.findings == (FindingCode.SWALLOWED,)


def test_reasons_with_numbers_in_an_explanation_are_no_finding() -> None:
    text = "7. Which is hot?\nA. Tea\nB. Ice\nAnswer: A\n\nWhy?\n1. It is boiled.\n2. And who would cool it?"
    assert only(text).findings == ()


def test_a_single_list_that_says_what_is_right_is_a_finding_where_it_becomes_a_note() -> None:
    document = read("Which is hot?\n\nRight: tea\nWrong: ice\nWrong: snow")
    assert [finding.code for finding in document.findings] == [FindingCode.LOST_QUESTION]


@pytest.mark.parametrize(
    "choices",
    [
        "(a) Tin (b) Cork\n(c) Lead (d) Ice",
        "A. Tin B. Cork\nC. Lead D. Ice",
        "(a) Tin\n(b) Cork (c) Lead\n(d) Ice",
    ],
)
def test_two_choices_a_line_are_parted_where_the_next_line_goes_on(choices: str) -> None:
    assert only(f"1. Which floats?\n{choices}\nAnswer: B").choices == ("Tin", "Cork", "Lead", "Ice")
    question = read(f"1. Which floats?\n{choices} [Ans: b]\n2. Which sinks?\nA. Tin\nB. Ice\nAnswer: A").questions[0]
    assert (question.choices, question.key) == (("Tin", "Cork", "Lead", "Ice"), (1,))


def test_initials_in_choices_are_no_labels() -> None:
    text = "1. What heals?\nA. Vitamin B. It is good.\nB. Vitamin C. It heals.\nC. Nothing\nAnswer: B"
    assert only(text).choices == ("Vitamin B. It is good.", "Vitamin C. It heals.", "Nothing")


@pytest.mark.parametrize("below", ["All of the above", "(Answer on the next page)", "Cork floats."])
def test_a_line_below_the_last_choice_that_was_not_wrapped_is_a_finding(below: str) -> None:
    question = only(f"1. Which of these floats?\nA. Tin\nB. Cork\n{below}\nAnswer: B")
    assert question.findings == (FindingCode.SWALLOWED,)


def test_a_last_choice_that_was_wrapped_is_no_finding() -> None:
    question = only("1. Which floats?\nA. Tin\nB. Cork, which is the bark\nof an oak\nAnswer: B")
    assert (question.choices[1], question.findings) == ("Cork, which is the bark of an oak", ())


@pytest.mark.parametrize(
    "text",
    [
        "Tea :: it is hot\nIce :: it is cold",
        "#flashcards\n\nTea ::: it is hot\nIce ::: it is cold",
        "1. Which is hot? | Tea* | Ice | Snow\n2. Which is cold? | Tea | Ice* | Fire",
        "1. Which is hot?\nTea / Ice (answer: Tea)\n2. Which is cold?\nTea / Ice (answer: Ice)",
        "T 1. Tea is hot.\nF 2. Ice is hot.",
        "1. Tea is hot.\nTrue\n2. Ice is hot.\nFalse",
    ],
)
def test_questions_on_a_line_each_are_findings_where_they_become_notes(text: str) -> None:
    assert [finding.code for finding in read(text).findings] == [FindingCode.LOST_QUESTION] * 2


@pytest.mark.parametrize("text", ["deck:: Tea\ntags:: hot\n", "```\nf :: Int\ng :: Int\n```\n"])
def test_properties_and_types_are_no_cards(text: str) -> None:
    assert read(text).findings == ()


def test_a_letter_that_is_right_alone_is_the_answer() -> None:
    choices = "A. Tea\nB. Ice\nC. Both A and B"
    assert [one.key for one in read(f"1. Which is cold?\n{choices}\nAnswer: B only").questions] == [(1,)]
    assert only("1. Which?\nA. C only\nB. Both\nC. B only\nAnswer: B only").key == (2,)


def test_fields_above_a_number_are_no_explanation_of_the_question_before() -> None:
    hot = "1. Which is hot?\nA. Tea\nB. Ice\nAnswer: A\nIt is boiled."
    cold = "2. Which is cold?\nA. Tea\nB. Ice\nAnswer: B"
    document = read("\n\n".join(f"Topic: drinks\nDifficulty: easy\n{one}" for one in (hot, cold)))
    assert [question.explanation for question in document.questions] == ["It is boiled.", ""]


def test_what_somebody_chose_is_no_part_of_a_choice() -> None:
    question = only("1. Which is hot?\nA. Tea (Your answer)\nB. Ice [Selected choice]\nCorrect answer: A")
    assert (question.choices, question.key, question.findings) == (("Tea", "Ice"), (0,), ())


@pytest.mark.parametrize(
    ("true", "false", "answer", "key"),
    [("True", "False", "F", 1), ("False", "True", "T", 1), ("Vrai", "Faux", "V", 0), ("Richtig", "Falsch", "f", 1)],
)
def test_the_first_letter_of_true_or_false_is_an_answer(true: str, false: str, answer: str, key: int) -> None:
    question = only(f"1. Tea is hot.\na. {true}\nb. {false}\nANS: {answer}")
    assert (question.key, question.findings) == ((key,), ())


def test_a_topic_in_slanted_type_behind_the_number_is_no_part_of_the_stem() -> None:
    choices = "\n\n- **A.** Tea\n- **B.** Ice\n\n**Suggested Answer:** *B*\n\n"
    asked = [f"**Question #{at}** *Topic 1*\n\nWhich is {what}?{choices}" for at, what in ((1, "cold"), (2, "icy"))]
    assert [one.stem for one in read("".join(asked)).questions] == ["Which is cold?", "Which is icy?"]


def test_letters_with_a_dash_right_behind_them_are_choices() -> None:
    question = only("1- Which is hot?\n   A- Tea\n   B- Ice\n   C- Snow\n   Answer: A")
    assert (question.stem, question.choices, question.key) == ("Which is hot?", ("Tea", "Ice", "Snow"), (0,))


def test_the_end_of_bold_type_in_a_wrapped_stem_marks_no_choice() -> None:
    lettered = "**{}) Which is cold?**\na. tea\nb. ice\n\n"
    wrapped = "**2) Tea is poured into cups by people who then wait until it has become cold enough to drink\n"
    asked = f"{wrapped}and who talk about what they read. Say what they do with the leaves at the end of\nit all.**\n\n"
    question = read(f"{lettered.format(1)}{asked}{lettered.format(3)}").questions[1]
    assert (question.stem[-7:], question.choices, question.key) == ("it all.", (), ())


def test_a_folded_solution_gives_reasons_that_may_begin_with_a_wrong_choice() -> None:
    folded = "<details><summary>Solution</summary>\n\nLead is heavy, so it is B.\n\n</details>\n\n"
    asked = (f"{number}. {stem}?\nA. Lead\nB. Cork\n\n{folded}" for number, stem in ((1, "Which"), (2, "What")))
    document = read("".join(asked))
    assert [one.key for one in document.questions] == [(), ()]


def test_fields_of_test_generators_below_an_answer_explain_nothing() -> None:
    document = read(
        "1. Which floats?\nA. Lead\nB. Cork\nANS: B\nRATIONALE: It is light.\nPOINTS: 1\nDIFFICULTY: Easy\n"
        "2. Which sinks?\nA. Lead\nB. Cork\nANS: A PTS: 1\nREF: 12 OBJ: 3\nTOP: Metals\n"
        "3. Which is cold?\nA. Ice\nB. Tea\nANS: A\nPoints: it melts at zero degrees.\n"
    )
    assert [question.explanation for question in document.questions] == [
        "It is light.",
        "",
        "Points: it melts at zero degrees.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "3) Which floats?\n~ Right!\n@ Bark does.\n*a) Cork\nb) Lead",
        "3) Which floats?\n*a) Cork\n@ Right!\nb) Lead",
        "3) Which floats?\na) Lead\n*b) Cork\n~ Right!",
    ],
)
def test_signs_before_feedback_are_a_finding(text: str) -> None:
    assert FindingCode.SWALLOWED in only(text).findings
