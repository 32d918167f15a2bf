"""Answers that don't say for sure which choice, or which question, they mean: a finding says so."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import codes, read

_METALS = "1. Which metal floats on water?\nA. Lead\nB. Sodium\nC. Gold\nD. Iron\n"
_ASKED = "\n2. Which metal is yellow?\nA. Lead\nB. Sodium\nC. Gold\nD. Iron\nAnswer: C\n"


@pytest.mark.parametrize("end", [",", " &", ";", "/"])
def test_letters_go_on_below_a_line_that_ends_in_a_comma_or_the_like(end: str) -> None:
    document = read(f"{_METALS}Answer: A{end}\nC\n{_ASKED}")
    assert [question.key for question in document.questions] == [(0, 2), (2,)]
    assert document.questions[0].explanation == ""


@pytest.mark.parametrize("below", ["E", "Cold water burns it.", "\nC"])
def test_what_is_no_letter_of_a_choice_right_below_explains_the_answer(below: str) -> None:
    document = read(f"{_METALS}Answer: A,\n{below}\n{_ASKED}")
    assert document.questions[0].key == (0,)


@pytest.mark.parametrize("choices", [("A", "B", "AB"), ("Fe", "AB", "Pb")])
def test_an_answer_that_is_a_text_or_several_letters_is_doubted(choices: tuple[str, ...]) -> None:
    lettered = "\n".join(f"{label}. {text}" for label, text in zip("ABC", choices, strict=True))
    document = read(f"1. What is on the label?\n{lettered}\nAnswer: AB\n{_ASKED}")
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE], []]


def test_an_answer_in_the_case_of_a_text_is_doubted_where_labels_have_another() -> None:
    document = read(
        """
        1. What is the symbol of carbon?
        a) Ca
        b) C
        c) Co
        Answer: C

        2. What is the symbol of iron?
        a) Fe
        b) Ir
        c) Fr
        Answer: a
        """
    )
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE], []]


def test_an_answer_in_the_case_of_a_text_is_one_where_all_others_are_texts() -> None:
    document = read(
        """
        1. What is the symbol of carbon?
        a) Ca
        b) C
        c) Co
        Answer: C

        2. What is the symbol of iron?
        a) Fe
        b) Ir
        c) Fr
        Answer: Fe
        """
    )
    assert [question.key for question in document.questions] == [(1,), (0,)]
    assert codes(document) == [[], []]


@pytest.mark.parametrize("answers", ["Answers\nB\nA", "Answers: B A", "Answers\nB, A, D, and C"])
def test_several_letters_below_the_last_question_alone_may_answer_others(answers: str) -> None:
    second, third = (f"\n{number}. {_METALS[3:]}" for number in (2, 3))
    document = read(f"{_METALS}{second.replace('floats', 'burns')}{third.replace('floats', 'sinks')}\n{answers}\n")
    last = document.questions[-1]
    assert (last.key, FindingCode.KEY_NOT_A_CHOICE in last.findings) == ((), True)


def test_a_question_that_says_how_many_to_choose_keeps_its_letters() -> None:
    document = read(f"{_METALS}\n2. Which two metals rust? (Choose two.)\nA. Lead\nB. Sodium\nC. Iron\nAnswer: B, C\n")
    assert [question.key for question in document.questions] == [(), (1, 2)]


def test_several_letters_are_those_of_the_only_question_that_has_any() -> None:
    document = read(
        "1. Explain why cork floats.\n\n2. Which metals sink?\nA. Lead\nB. Sodium\nC. Iron\nAnswer: A and C\n"
    )
    assert [question.key for question in document.questions] == [(), (0, 2)]


def test_answers_by_number_are_doubted_from_a_number_on_that_comes_twice_if_the_list_counts_one_more() -> None:
    stems = ("Which fruit is long?", "Which fruit is blue?", "Which fruit has a stone?", "Which fruit is sour?")
    questions = (f"{number}. {stem}\nA. Plum\nB. Lime\n" for number, stem in zip((1, 2, 2, 3), stems, strict=True))
    document = read("\n".join([*questions, "Key", "1 A", "2 B", "3 A", "4 B"]))
    assert [FindingCode.KEY_NOT_A_CHOICE in found for found in codes(document)] == [False, True, True, True]


@pytest.mark.parametrize(
    "below",
    [
        "Edit: sorry, it should be B.",
        "Actually the answer is B.",
        "New answer: B",
        "Explanation: It floats. Hence, option (B).",
        "jo: Selected Answer: B\nIt floats.",
        "Explanation: It floats. The correct answer is sodium.",
    ],
)
def test_a_choice_that_is_called_the_answer_below_another_is_a_conflict(below: str) -> None:
    document = read(f"{_METALS}Answer: A\n{below}\n{_ASKED}")
    assert codes(document) == [[FindingCode.KEY_CONFLICTS_EXPLANATION], []]


@pytest.mark.parametrize(
    "below",
    [
        "The answer is A.",
        "You may think that the answer is B.",
        "The correct answer is lead.",
        "The most common wrong answer is B, as it is heavy.",
        "It must be a light metal.",
        "Selected Answer: B\nSelected Answer: A",
        "It should be between B and C in the table.",
        "If you look at the weight, the answer is B.",
        "If it were about weight the correct answer is gold.",
        "Nobody believes that the right answer is gold.",
        "You might say that it must be B, for it shines.",
        "Therefore B, C are too heavy.",
        "It floats. Hence, C. elegans lives on it.",
    ],
)
def test_other_sentences_about_the_answer_are_no_conflict(below: str) -> None:
    assert codes(read(f"{_METALS}Answer: A\n{below}\n{_ASKED}")) == [[], []]


@pytest.mark.parametrize("answer", ["3, 1, 2", "3 1 2"])
def test_numbers_in_another_order_than_the_choices_may_be_an_order(answer: str) -> None:
    document = read(
        f"""
        Question 1: Put these in order of size.
        1) Horse
        2) Whale
        3) Mouse
        Answer: {answer}

        Question 2: Which swims?
        1) Horse
        2) Whale
        3) Mouse
        Answer: 2
        """
    )
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE], []]


_LISTED = "1. What floats?\n- A) Lead\n- B) Cork\n\n2. What sinks?\n- A) Iron\n- B) Oil\n\n---\n\n"


@pytest.mark.parametrize(
    "answers",
    [
        "### Answer Key\n1. **B) Cork** – It is light.\n2. **A) Iron** – It is heavy.",
        "### Answer Key\n1. B) Cork - It is light.\n2. A) Iron - It is heavy.",
        "## Answers & Explanations\n\n**1. B) Cork**\nIt is light.\n\n**2. A) Iron**\nIt is heavy.",
        "## Answers\n1. **B)** It is light.\n2. **A)** It is heavy.",
    ],
)
def test_a_letter_with_its_bracket_answers_before_its_choice_in_a_list_of_answers(answers: str) -> None:
    document = read(_LISTED + answers)
    assert [question.key for question in document.questions] == [(1,), (0,)]
    assert document.questions[0].explanation.endswith("It is light.")
    assert codes(document) == [[], []]


def test_a_letter_before_another_choice_in_a_list_of_answers_is_doubted() -> None:
    document = read(f"{_LISTED}### Answer Key\n1. **A) Cork** – It is light.\n2. **A) Iron** – It is heavy.")
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE], []]


def test_choices_below_a_heading_for_answers_are_no_answers() -> None:
    document = read("## Solutions\n\n1. (a) Iron (b) Oil: which floats?\n\n2. A) Lead B) Cork\n")
    assert all(not question.key for question in document.questions)
