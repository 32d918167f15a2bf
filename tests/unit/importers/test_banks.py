"""Banks as documents: chapters, page furniture, notes around the questions, answer keys apart from them."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import flat, read


def test_a_numbered_list_in_prose_is_no_question() -> None:
    document = read(
        """
        # Baking

        How do you bake bread?

        1. Mix flour and water.

        2. Wait for a night.

        # Quiz

        1. What makes dough rise?
        A. Yeast
        B. Salt
        """
    )
    assert [(question.line, question.section) for question in document.questions] == [(11, "Quiz")]
    assert [(note.line, note.heading) for note in document.notes] == [(1, "Baking")]


@pytest.mark.parametrize("chapter", ["=====\n2\n=====", "## 2", "***** 2", "Chapter 2: Rivers", "2", "RIVERS"])
def test_numbering_that_begins_anew_is_another_section(chapter: str) -> None:
    document = read(
        f"# Lakes\n\n1. Which is deepest?\nA. Baikal\nB. Erie\n\n2. Which is salty?\nA. Erie\nB. Van\n\n{chapter}\n\n"
        "1. Which is longest?\nA. Nile\nB. Rhine\n"
    )
    sections = [question.section for question in document.questions]
    assert sections[:2] == ["Lakes", "Lakes"]
    assert sections[2] in {"2", "Chapter 2: Rivers", "RIVERS"}
    assert document.questions[1].choices == ("Erie", "Van")


def test_page_furniture_is_left_out_even_from_code() -> None:
    document = read(
        """
        1. What is missing in this call?

        connect(
          host,
        Review Questions 141
          port,
        )

        A. A user
        B. Nothing
        142 Chapter 7 ■ Networks
        C. A path

        Page 12 of 90
        Popular posts
        """
    )
    question = document.questions[0]
    assert "Review" not in question.stem
    assert question.choices == ("A user", "Nothing", "A path")
    assert FindingCode.PAGE_FURNITURE in question.findings
    assert [finding.line for finding in document.findings if finding.code is FindingCode.PAGE_FURNITURE] == [
        5,
        11,
        14,
        15,
    ]


def test_promotion_between_questions_is_left_out() -> None:
    document = read(
        """
        1. Which is odd?
        A. 2
        B. 3
        Answer: B
        Explanation: Two divides it not.

        Visit www.example.com and download our full PDF dumps, guaranteed!

        2. Which is even?
        A. 2
        B. 3
        Answer: A
        """
    )
    assert [question.explanation for question in document.questions] == ["Two divides it not.", ""]


def test_a_heading_below_an_explanation_is_none_of_it() -> None:
    document = read(
        """
        1. Which is odd?
        A. 2
        B. 3
        Answer: B
        Explanation: Two does not divide it.

        Even Numbers

        1. Which is even?
        A. 2
        B. 3
        Answer: A
        """
    )
    assert [question.section for question in document.questions] == [None, "Even Numbers"]
    assert document.questions[0].explanation == "Two does not divide it."


def test_an_answer_key_at_the_end_is_given_to_its_questions() -> None:
    document = read(
        """
        1. First?
        a) x
        b) y
        2. Second?
        a) x
        b) y
        c) z

        Answer Key
        1. b  2. a, c
        """
    )
    assert [question.key for question in document.questions] == [(1,), (0, 2)]
    assert not document.notes


def test_an_answer_key_on_one_line_is_given_to_its_questions() -> None:
    document = read("1. First?\nA. x\nB. y\n\n2. Second?\nA. x\nB. y\n\nAnswers: 1-B, 2-A\n")
    assert [question.key for question in document.questions] == [(1,), (0,)]


def test_an_answer_key_with_chapters_and_reasons_finds_its_questions() -> None:
    document = read(
        """
        Chapter 1: Stars

        1. Which is nearest?
        A. Sun
        B. Vega

        Chapter 2: Planets

        1. Which is largest?
        A. Mars
        B. Jupiter

        Answers to Review Questions
        Chapter 1
        1. A. It is eight light
        minutes away.
        Chapter 2
        1. B. No other comes close.
        """
    )
    assert [(q.section, q.key, flat(q.explanation)) for q in document.questions] == [
        ("Chapter 1: Stars", (0,), "It is eight light minutes away."),
        ("Chapter 2: Planets", (1,), "No other comes close."),
    ]


def test_text_below_the_last_question_is_a_note() -> None:
    document = read(
        """
        1. Which is a tool?
        A. A saw.
        B. A song.

        - A saw has teeth. Which of the following has none?
        That is left open.
        """
    )
    assert document.questions[0].choices == ("A saw.", "A song.")
    assert [(note.line, note.heading) for note in document.notes] == [(5, "")]
    assert [f.line for f in document.findings if f.code is FindingCode.BROKEN] == [5]
