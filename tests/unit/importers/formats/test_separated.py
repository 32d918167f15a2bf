"""Lists with rulers between the questions and no letters before the choices."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import only, read


@pytest.mark.parametrize("ruler", ["---", "***", "-----", "___", "=====", "- - -"])
@pytest.mark.parametrize("mark", ["(Correct)", "(correct answer)", "[Correct]", "✓", "✅"])
def test_rulers_part_and_marks_key(ruler: str, mark: str) -> None:
    document = read(f"Which floats?\n\nLead\n\nCork {mark}\n\n{ruler}\n\nWhich sinks?\n\nLead {mark}\n\nCork\n")
    assert document.format == "separated"
    assert [(q.stem, q.choices, q.key) for q in document.questions] == [
        ("Which floats?", ("Lead", "Cork"), (1,)),
        ("Which sinks?", ("Lead", "Cork"), (0,)),
    ]


def test_choices_may_stand_on_neighbouring_lines() -> None:
    document = read("Which one?\n\nred\ngreen (Correct)\nblue\n\n---\n\nWhich?\nOne\nTwo\nThree (Correct)\n")
    assert [(q.choices, q.key) for q in document.questions] == [
        (("red", "green", "blue"), (1,)),
        (("One", "Two", "Three"), (2,)),
    ]


def test_a_stem_goes_on_to_the_paragraph_that_asks() -> None:
    question = only(
        "A boat leaks. The sea is rough.\n\nWhat is to be done?\n\nBail (Correct)\n\nSing\n\n---\n", "separated"
    )
    assert question.stem == "A boat leaks. The sea is rough.\n\nWhat is to be done?"
    assert question.choices == ("Bail", "Sing")


def test_code_between_stem_and_choices_is_stem() -> None:
    question = only("What is shown?\n\n```python\nx = 1\n\nprint(x)\n```\n\n1 (Correct)\n\n2\n\n---\n", "separated")
    assert question.stem == "What is shown?\n\n```python\nx = 1\n\nprint(x)\n```"
    assert question.choices == ("1", "2")


def test_only_the_last_bracket_is_a_mark() -> None:
    question = only("Which zone?\n\nCentral (CET) (Correct)\n\nEastern (EET)\n\n---\n", "separated")
    assert (question.choices, question.key) == (("Central (CET)", "Eastern (EET)"), (0,))


def test_a_question_that_asks_for_two_and_has_no_key_is_unkeyed_only() -> None:
    question = only("Which float? (Choose TWO.)\n\nCork\n\nLead\n\nWood\n\n---\n", "separated")
    assert (question.select, question.key, question.findings) == (2, (), (FindingCode.UNKEYED,))
    assert question.stem == "Which float? (Choose TWO.)"


def test_two_marks_make_two_to_select_and_bullets_are_no_text() -> None:
    question = only(
        "1. Which float?\n\n- Cork (Correct)\n- Lead\n- Wood (Correct)\n\nExplanation: Both are light.\n\n---\n",
        "separated",
    )
    assert (question.choices, question.key, question.select) == (("Cork", "Lead", "Wood"), (0, 2), 2)
    assert question.explanation == "Both are light."


def test_wrapped_choices_are_joined() -> None:
    question = only(
        """
        Why do ships float?

        Because they push aside as much water as they weigh, whatever
        they are made of (Correct)

        Because of magic

        ---
        """,
        "separated",
    )
    assert question.choices[0] == "Because they push aside as much water as they weigh, whatever they are made of"
