"""Answers resolved to choices."""

import pytest

from bot.importers.reading.keys import Key, resolve

TOOLS = ("A hammer", "A hammer drill", "Pliers")
LETTERS = ("A", "B", "C")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("b", Key((1,))),
        ("C, A", Key((0, 2))),
        ("AC", Key((0, 2))),
        ("B because it turns", Key((1,), "B because it turns")),
        ("B is right, for it turns.", Key((1,), "B is right, for it turns.")),
        ("C. Pliers", Key((2,))),
        ("C. They grip.", Key((2,), "They grip.")),
        ("a hammer drill", Key((1,))),
        ("Pliers and a hammer", Key((0, 2))),
        ("A hammer drill. It turns.", Key((1,), "It turns.")),
        ("A hammer drill turns.", Key((1,), "A hammer drill turns.")),
        ("The hammer drills", Key((1,), literal=False)),
        ("E", Key((), "E", literal=False)),
        ("", Key(())),
    ],
)
def test_an_answer_is_labels_or_the_text_of_choices(text: str, key: Key) -> None:
    assert resolve(text, TOOLS, LETTERS) == key


def test_letters_name_nothing_where_choices_have_none() -> None:
    assert resolve("B", ("A", "B"), ()) == Key((1,))
    assert resolve("A", ("Vitamin A", "Vitamin B"), ()).literal is False


def test_numbers_name_numbered_choices() -> None:
    assert resolve("1, 3", TOOLS, ("1", "2", "3")) == Key((0, 2))


def test_signs_tell_choices_apart() -> None:
    assert resolve("C++", ("C", "C++", "C#"), ()) == Key((1,))
