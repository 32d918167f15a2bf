"""What stands behind choices: verdicts that say why, and how many chose each."""

import pytest

from tests.unit.importers.as_read import only, read


@pytest.mark.parametrize("sign", ["A. {}\nB. {}", "- {}\n- {}", "[ ] {}\n[ ] {}"])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Cork (Correct – it is light)", "Lead (Incorrect – it is heavy)"),
        ("Cork (correct: it is light)", "Lead [Wrong: it is heavy]"),
        ("Cork (correct, because it is light)", "Lead (incorrect)"),
    ],
)
def test_a_reason_in_the_brackets_of_a_verdict_explains_its_choice(sign: str, right: str, wrong: str) -> None:
    question = only(f"1. Which of these floats?\n{sign.format(right, wrong)}")
    assert (question.choices, question.key) == (("Cork", "Lead"), (0,))
    assert question.choice_explanations is not None
    assert "it is light" in question.choice_explanations[0]


@pytest.mark.parametrize("choice", ["Margin (right, in pixels)", "Sum (correct to two digits)", "List (wrong size)"])
def test_brackets_that_begin_like_a_verdict_are_a_part_of_the_choice(choice: str) -> None:
    assert only(f"1. Which of these is it?\nA. {choice}\nB. None\nAnswer: B").choices[0] == choice


@pytest.mark.parametrize("why", ["Why the others are wrong:", "**Why the other options are incorrect:**"])
def test_a_list_of_why_the_other_choices_are_wrong_is_no_question(why: str) -> None:
    question = only(
        f"1. Which of these floats?\nA) Lead\nB) Cork\nC) Iron\nD) Tin\n\n**Answer: B) Cork**\n\n{why}\n"
        "A) Lead is heavy.\nC) Iron sinks.\nD) Tin sinks too.\n"
    )
    assert (question.key, question.findings) == ((1,), ())
    assert "Tin sinks too." in question.explanation


@pytest.mark.parametrize("share", ["{} {}%", "{} ({}%)", "{} [{} %]"])
def test_how_many_chose_each_choice_is_none_of_its_text(share: str) -> None:
    first, second = (
        "\n".join(share.format(*one) for one in some)
        for some in ((("A. Cork", 90), ("B. Lead", 4), ("C. Iron", 5)), (("A. Oil", 25), ("B. Tin", 70), ("C. Ice", 5)))
    )
    document = read(f"1. What floats?\n{first}\nAnswer: A\n\n2. What sinks?\n{second}\nAnswer: B\n")
    assert [question.choices for question in document.questions] == [("Cork", "Lead", "Iron"), ("Oil", "Tin", "Ice")]
    assert [question.key for question in document.questions] == [(0,), (1,)]


@pytest.mark.parametrize(
    "choices",
    [
        ("rain 80%", "sun 20%"),
        ("At least 50%", "At most 50%"),
        ("exactly 10%", "exactly 20%", "exactly 30%", "exactly 40%"),
    ],
)
def test_shares_that_may_add_up_by_chance_stay(choices: tuple[str, ...]) -> None:
    lettered = "\n".join(f"{label}. {choice}" for label, choice in zip("ABCD", choices, strict=False))
    document = read("\n\n".join(f"{number}. What is {number}?\n{lettered}\nAnswer: A" for number in (1, 2, 3)))
    assert {question.choices for question in document.questions} == {choices}


def test_shares_of_which_the_choices_consist_stay() -> None:
    document = read(
        "1. How much is oxygen?\nA. About 20%\nB. About 80%\nAnswer: A\n\n2. What floats?\nA. Cork\nB. Tin\nAnswer: A"
    )
    assert document.questions[0].choices == ("About 20%", "About 80%")
