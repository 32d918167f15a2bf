"""Where the parts of one question stand, each below a word of its own: none of them is lost or taken for another."""

import pytest

from tests.unit.importers.as_read import only, read


@pytest.mark.parametrize(
    ("asked", "stem"),
    [
        (
            "**Scenario:** A boat lies too deep.\n\n**Question:** What helps?",
            "**Scenario:** A boat lies too deep.\n\nWhat helps?",
        ),
        (
            "### Scenario\nA boat lies too deep.\n\n### Question\nWhat helps?",
            "**Scenario** A boat lies too deep.\n\nWhat helps?",
        ),
        ("Ein Boot liegt zu tief.\n\n**Frage:**\nWas hilft?", "Ein Boot liegt zu tief.\n\nWas hilft?"),
    ],
)
def test_what_a_numbered_question_is_about_stands_above_a_line_that_asks(asked: str, stem: str) -> None:
    document = read(
        f"## Question 1\n\n{asked}\n\n- A) Less freight\n- B) More freight\n\n**Answer:** A\n\n"
        "## Question 2\n\nQuestion:\nWhat floats?\n\n- A) Lead\n- B) Cork\n\n**Answer:** B\n"
    )
    assert [(q.stem, q.key) for q in document.questions] == [(stem, (0,)), ("What floats?", (1,))]
    assert not document.findings


def test_a_line_that_asks_below_the_choices_of_a_numbered_question_begins_another_one() -> None:
    document = read(
        """
        Question 1
        What floats?
        A. Lead
        B. Cork

        Question: What sinks?
        A. Lead
        B. Cork
        Answer: A
        """
    )
    assert [question.stem for question in document.questions] == ["What floats?", "What sinks?"]


def test_fields_above_the_question_are_none_of_it() -> None:
    assert only("Question 3\nTopic: water\nQuestion:\nWhat floats?\nA. Lead\nB. Cork\nAnswer: B").stem == "What floats?"


@pytest.mark.parametrize(
    "opening",
    [
        "### Question 1 (3 points)\n",
        "**Question 1 (0.5 pts):** ",
        "### Question 1 of 9 [2 marks]\n",
        "#### Frage 1 [1 Punkt]\n",
        "Domanda 1 (2,5 punti)\n",
        "1. [2 marks] ",
        "1) (1 punto) ",
    ],
)
def test_what_a_question_is_worth_is_none_of_its_stem(opening: str) -> None:
    assert only(f"{opening}What floats?\nA. Lead\nB. Cork\nAnswer: B").stem == "What floats?"
