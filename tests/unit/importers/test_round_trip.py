"""Whatever a question says, written in any of the styles that people use, it is read back the same."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.importers import parse
from tests.soak import EXAMPLES
from tests.unit.importers.as_read import flat

NOUNS = ("river", "castle", "engine", "violin", "harbour", "lantern", "meadow", "bridge", "café", "fjord")
VERBS = ("carries", "hides", "shows", "needs", "follows", "holds")


@dataclass(frozen=True)
class Asked:
    """A question before it is written down."""

    stem: str
    choices: tuple[str, ...]
    key: tuple[int, ...]


def sentence(picks: list[int]) -> str:
    """A few plain words, chosen by numbers."""
    words = [
        (NOUNS if position % 2 == 0 else VERBS)[pick % (10 if position % 2 == 0 else 6)]
        for position, pick in enumerate(picks)
    ]
    return " ".join(words).capitalize()


phrases = st.lists(st.integers(0, 59), min_size=3, max_size=30).map(sentence)
questions = st.builds(
    lambda stem, choices, key: Asked(f"Which {stem}?", tuple(choices), tuple(sorted({n % len(choices) for n in key}))),
    phrases,
    st.lists(phrases, min_size=2, max_size=6, unique=True),
    st.lists(st.integers(0, 5), min_size=1, max_size=2),
)
numbers = st.sampled_from(
    ["{n}. ", "{n}) ", "Q{n}: ", "Question {n}: ", "Question #{n}\n", "QUESTION {n}\n\n", "NEW QUESTION {n}\n"]
)
labels = st.sampled_from(["A. ", "A) ", "(A) ", "a. ", "a) ", "(a) ", "A: ", "- A. "])
answers = st.sampled_from(["Answer: {}", "Correct Answer: {}", "Ans: {}", "ANSWER: {}", "**Answer:** {}"])
joints = st.sampled_from([", ", " and ", " & ", ""])
files = st.tuples(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), st.sampled_from(["\n", "\r\n"]))


def wrapped(text: str, width: int) -> str:
    """``text`` broken into lines as a page would."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width and lines[-1]:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join(lines)


def read_back(text: str, file: tuple[str, str]) -> list[Asked]:
    encoding, ending = file
    document = parse(text.replace("\n", ending).encode(encoding))
    return [Asked(flat(q.stem), q.choices, q.key) for q in document.questions]


@settings(max_examples=2 * EXAMPLES)
@given(
    st.lists(questions, min_size=1, max_size=5),
    numbers,
    labels,
    answers,
    joints,
    st.sampled_from([0, 60, 90]),
    st.booleans(),
    files,
)
def test_numbered_and_lettered(
    asked: list[Asked], number: str, label: str, answer: str, joint: str, width: int, loose: bool, file: tuple[str, str]
) -> None:
    parts = []
    for n, question in enumerate(asked, start=1):
        lines = [number.format(n=n) + (wrapped(question.stem, width) if width else question.stem)]
        for position, choice in enumerate(question.choices):
            mark = label.replace("A", chr(ord("A") + position)).replace("a", chr(ord("a") + position))
            lines.append(mark + (wrapped(choice, width) if width else choice))
        lines.append(answer.format(joint.join(chr(ord("A") + position) for position in question.key)))
        parts.append(("\n\n" if loose else "\n").join(lines))
    assert read_back("\n\n".join(parts), file) == asked


@given(
    st.lists(questions, min_size=2, max_size=5),
    st.sampled_from(["---", "***", "====="]),
    st.sampled_from([" (Correct)", " (correct)", " ✓", " [Correct]"]),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_separated(asked: list[Asked], ruler: str, mark: str, loose: bool, ending: str) -> None:
    parts = []
    for question in asked:
        choices = [
            choice + (mark if position in question.key else "") for position, choice in enumerate(question.choices)
        ]
        parts.append(question.stem + "\n\n" + ("\n\n" if loose else "\n").join(choices))
    assert read_back(f"\n\n{ruler}\n\n".join(parts), ("utf-8", ending)) == asked


@given(
    st.lists(questions, min_size=1, max_size=5),
    st.integers(2, 6),
    st.sampled_from(["#card", "#flashcard", "#card "]),
    files,
)
def test_flashcards(asked: list[Asked], depth: int, tag: str, file: tuple[str, str]) -> None:
    parts = [f"# {sentence([1, 2, 3])}"]
    for question in asked:
        bullets = "\n".join(f"- {choice}" for choice in question.choices)
        back = "\n".join(f"- {question.choices[position]}" for position in question.key)
        answer = back if len(question.key) > 1 else question.choices[question.key[0]]
        parts.append(f"{'#' * depth} {question.stem}\n{bullets}\n{tag}\n{answer}")
    assert read_back("\n\n".join(parts), file) == asked
