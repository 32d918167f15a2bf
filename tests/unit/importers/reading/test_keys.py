"""Answers resolved to choices."""

import pytest

from bot.importers.reading.keys import KeyAsRead, resolve

TOOLS = ("A hammer", "A hammer drill", "Pliers")
LETTERS = ("A", "B", "C")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("b", KeyAsRead((1,))),
        ("C, A", KeyAsRead((0, 2))),
        ("AC", KeyAsRead((0, 2))),
        ("B because it turns", KeyAsRead((1,), "B because it turns")),
        ("B is right, for it turns.", KeyAsRead((1,), "B is right, for it turns.")),
        ("C. Pliers", KeyAsRead((2,))),
        ("C. They grip.", KeyAsRead((2,), "They grip.")),
        ("B, C. Both are tools.", KeyAsRead((1, 2), "Both are tools.")),
        ("(a) and (c). All but one.", KeyAsRead((0, 2), "All but one.")),
        ("A et C – les deux", KeyAsRead((0, 2), "les deux")),
        ("(B), (C) because both turn", KeyAsRead((1,), ", (C) because both turn", literal=False)),
        ("b y c", KeyAsRead((1, 2))),
        ("A e C", KeyAsRead((0, 2))),
        ("b) y c). Ambas giran.", KeyAsRead((1, 2), "Ambas giran.")),
        ("b) o c), que giran", KeyAsRead((1,), "o c), que giran", literal=False)),
        ("A - B is none", KeyAsRead((0,), "B is none")),
        ("a hammer drill", KeyAsRead((1,))),
        ("Pliers and a hammer", KeyAsRead((0, 2))),
        ("A hammer drill. It turns.", KeyAsRead((1,), "It turns.")),
        ("A hammer drill turns.", KeyAsRead((1,), "A hammer drill turns.")),
        ("Pliers (unlike a hammer) grip", KeyAsRead((2,), "Pliers (unlike a hammer) grip")),
        ("The hammer drills", KeyAsRead((1,), literal=False)),
        ("E", KeyAsRead((), "E", literal=False)),
        ("", KeyAsRead(())),
    ],
)
def test_an_answer_is_labels_or_the_text_of_choices(text: str, key: KeyAsRead) -> None:
    assert resolve(text, TOOLS, LETTERS) == key


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Pliers only grip. So it is B.", 2),
        ("Pliers: they only grip, so (A)", 2),
        ("Pliers look alike, but a hammer drill turns", 2),
        ("C (should be B)", 2),
        ("C (not sure, B)", 2),
        ("C -> B", 2),
    ],
)
def test_an_answer_that_comes_to_another_choice_is_doubted(text: str, position: int) -> None:
    key = resolve(text, TOOLS, LETTERS)
    assert (key.positions, key.literal) == ((position,), False)


@pytest.mark.parametrize("text", ["C (not B)", "C (unlike B)", "C (see Appendix B)"])
def test_a_letter_in_a_remark_may_be_beside_the_answer(text: str) -> None:
    assert resolve(text, TOOLS, LETTERS) == KeyAsRead((2,))


@pytest.mark.parametrize("text", ["an is used before a vowel", "an is an article, it has no gender"])
def test_short_words_of_a_sentence_name_no_choice(text: str) -> None:
    assert resolve(text, ("a", "an", "is", "it"), LETTERS).literal


@pytest.mark.parametrize(
    ("text", "choices"),
    [("Iron oxide is rust of iron", ("Iron", "Iron oxide")), ("False since only the first is true", ("True", "False"))],
)
def test_a_sentence_may_have_a_part_of_its_choice_or_a_word_for_true(text: str, choices: tuple[str, ...]) -> None:
    assert resolve(text, choices, ("A", "B")) == KeyAsRead((1,), text)


@pytest.mark.parametrize("text", ["C is the wrong one", "C is the incorrect answer here"])
def test_a_choice_that_is_called_wrong_is_no_answer(text: str) -> None:
    assert not resolve(text, TOOLS, LETTERS).literal


def test_a_sentence_may_end_in_a_letter_where_choices_have_none() -> None:
    assert resolve("Pliers turn it from A to B", TOOLS, ()) == KeyAsRead((2,), "Pliers turn it from A to B")


def test_letters_name_nothing_where_choices_have_none() -> None:
    assert resolve("B", ("A", "B"), ()) == KeyAsRead((1,))
    assert resolve("A", ("Vitamin A", "Vitamin B"), ()).literal is False


def test_numbers_name_numbered_choices() -> None:
    assert resolve("1, 3", TOOLS, ("1", "2", "3")) == KeyAsRead((0, 2))


def test_signs_tell_choices_apart() -> None:
    assert resolve("C++", ("C", "C++", "C#"), ()) == KeyAsRead((1,))


def test_a_letter_that_is_a_label_is_no_and() -> None:
    assert resolve("A E B", ("One", "Two", "Three", "Four", "Five"), ("A", "B", "C", "D", "E")) == KeyAsRead((0, 1, 4))
