"""Answers in words that are listed apart from their questions, as in the rounds of a pub quiz."""

import pytest

from tests.unit.importers.as_read import read, taken


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_answers_in_words_may_be_listed_below_each_round(between: str) -> None:
    document = read(
        between.join(
            [
                "ROUND 1\n\n1. What is the capital of Peru?",
                "2. Name the largest ocean.",
                "3. Which river flows through Cairo?",
                "\nANSWERS\n1. Lima",
                "2. The Pacific",
                "3. Nile",
                "\nROUND 2\n\n1. How many legs has a spider?",
                "2. Which metal is liquid?",
                "3. Who found radium?",
                "\nAnswers: 1. 8 2. Mercury 3. Marie Curie\n",
            ]
        )
    )
    assert taken(document) == [
        ("short", "What is the capital of Peru?", "Lima"),
        ("short", "Name the largest ocean.", "The Pacific"),
        ("short", "Which river flows through Cairo?", "Nile"),
        ("number", "How many legs has a spider?", "8"),
        ("short", "Which metal is liquid?", "Mercury"),
        ("short", "Who found radium?", "Marie Curie"),
    ]
    assert not document.findings


@pytest.mark.parametrize(
    "answers", ["Answers: 1. True 2. False 3. True", "Key: 1 T, 2 F, 3 T", "Answers\n1. True\n2. False\n3. True"]
)
@pytest.mark.parametrize("behind", ["", " True / False"])
def test_statements_are_judged_in_a_list(answers: str, behind: str) -> None:
    document = read(f"1. Iron rusts.{behind}\n2. Copper is a gas.{behind}\n3. Lead is heavy.{behind}\n\n{answers}\n")
    assert taken(document) == [
        ("choice", "Iron rusts.", "0"),
        ("choice", "Copper is a gas.", "1"),
        ("choice", "Lead is heavy.", "0"),
    ]


def test_verdicts_are_not_given_to_questions() -> None:
    document = read(
        "True or false\n1. Iron rusts.\n2. Copper is a gas.\n3. Lead is heavy.\n\nShort answers\n"
        "1. Who found radium?\n2. Who wrote it?\n3. Who read it?\n\nAnswers: 1. True 2. False 3. True\n"
    )
    assert not any(question.key for question in document.questions)


def test_counted_steps_of_a_solution_are_no_answers() -> None:
    document = read(
        "# Problem\n\n1. Does it start?\n2. Does it stop?\n\n# Solution\n\n1. Install it.\n2. Wait.\n3. Restart.\n"
    )
    assert not document.questions
