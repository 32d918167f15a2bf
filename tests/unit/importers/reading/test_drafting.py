"""Turns a question taken apart into a draft."""

import pytest

from bot.domain.drafts import FindingCode
from bot.importers import parse


def _findings(stem: str, choices: list[str]) -> tuple[FindingCode, ...]:
    text = "\n".join([stem, "", *(f"- [ ] {choice}" for choice in choices[:-1]), f"- [x] {choices[-1]}"])
    [question] = parse(f"#### Q1. {text}\n".encode(), name="quiz.md").questions
    return question.findings


@pytest.mark.parametrize("choices", [["A", "B", "C"], ["a", "b", "c", "none of them"], ["A", "B", "C", "D: a hull"]])
def test_choices_that_are_no_more_than_their_letters_need_the_picture_that_shows_them(choices: list[str]) -> None:
    assert _findings("Which of these is a boat?", choices) == (FindingCode.NEEDS_FIGURE,)


@pytest.mark.parametrize(
    ("stem", "choices"),
    [
        ("Which blood can everybody be given?", ["A", "B", "AB", "0"]),
        ("Which letter comes first?", ["C", "B", "A"]),
        ("Which of them floats: A of cork, B of lead or C of iron?", ["A", "B", "C"]),
    ],
)
def test_letters_that_are_answers_or_stand_in_the_question_need_no_picture(stem: str, choices: list[str]) -> None:
    assert _findings(stem, choices) == ()
