"""Words that were broken at the end of a line are whole again, and every line keeps its role."""

import pytest

from tests.unit.importers.as_read import only, read


@pytest.mark.parametrize(
    "stem", ["Which of these is a tool for wood-\nworking\nor for iron?", "Which is a wood-\nworking tool?"]
)
def test_half_a_word_on_its_own_line_parts_no_stem(stem: str) -> None:
    question = only(f"{stem}\nA. plane\nB. pan\nAnswer: A")
    assert question.stem == stem.replace("-\n", "").replace("\n", " ")


def test_half_a_word_on_its_own_line_parts_no_note() -> None:
    document = read("# Boats\n\nMost of them are made by car-\npenters\nwho live nearby.")
    assert [note.text for note in document.notes] == ["Most of them are made by carpenters who live nearby."]


@pytest.mark.parametrize("text", ["car-\n     penters\n     who live nearby", "car-\n     penters who live nearby"])
def test_half_a_word_parts_no_choice(text: str) -> None:
    question = only(f"1. Which is it?\n   - [ ] made by {text}\n   - [x] bought\n")
    assert question.choices == ("made by carpenters who live nearby", "bought")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("1. What floats in wa-\nter?\nA. cork\nB. lead\nAnswer: A", "sscck"),
        ("1. What floats?\nA. cork\nB. gra-\nnite\nAnswer: A", "sccck"),
        ("1. What floats?\nA. granite\nB. cork\nAnswer: gra-\nnite", "scckk"),
        ("1. What floats?\nA. cork\nB. lead\nAnswer: A\nExplanation: It is full of bub-\nbles.\nOf air.", "scckeee"),
    ],
)
def test_a_line_with_half_a_word_has_the_role_of_the_line_with_the_other_half(text: str, roles: str) -> None:
    assert read(text).roles == roles


def test_an_answer_and_a_heading_stay_on_one_line() -> None:
    document = read(
        "## All about car-\npentry\n1. What is it made of?\nA. wood or iron\nB. granite\nAnswer: gra-\nnite"
    )
    assert document.questions[0].key == (1,)
    assert document.questions[0].section == "All about carpentry"
