"""Writes banks as the plain text that people pass around."""

from collections.abc import Sequence

from bot.domain.images import Image
from bot.domain.kinds import kind_of
from bot.domain.questions import LETTERS, Choice, Question
from bot.domain.revisions import draft_of
from bot.importers.writing.bank import PICTURES


def to_text(questions: Sequence[Question], _name: str, title: str) -> str:
    """Numbered stems above lettered choices, as the format `numbered` reads them."""
    parts = [f"# {title}"] if title else []
    section = None
    for number, question in enumerate(questions, start=1):
        if question.section and question.section != section:
            section = question.section
            parts.append(f"## {section}")
        parts.append("\n".join(_text_of(question, number)))
    return "\n\n".join(parts) + "\n"


def _text_of(question: Question, number: int) -> list[str]:
    lines = [f"Question {number}:", question.stem]
    if question.image:
        lines.append(markdown_of(question.image))
    lines += _choices_of(question)
    if letters := question.key.spelled(question.order):
        lines.append(f"Answer: {', '.join(letters)}")
    explained = [
        f"{letter}. {choice.explanation}"
        for letter, choice in zip(LETTERS, question.choices, strict=False)
        if choice.explanation
    ]
    if question.explanation or explained:
        lines += [
            "Explanation:",
            *explained,
            *([""] if explained else []),
            *([question.explanation] if question.explanation else []),
        ]
    return lines


def _choices_of(question: Question) -> list[str]:
    """A line for each choice, after the letter that the answer names it by; left sides to match have numbers."""
    if kind_of(question).picks:
        return [f"{letter}. {_choice(choice)}" for letter, choice in zip(LETTERS, question.choices, strict=False)]
    options = kind_of(question).listed(draft_of(question))
    return [f"{option.letter} – {option.text}" for option in options if option.letter]


def _choice(choice: Choice) -> str:
    pictured = f"{choice.text} {markdown_of(choice.image)}" if choice.image else choice.text
    return markdown_of(choice.image) if choice.image and choice.picture_alone else pictured


def markdown_of(image: Image) -> str:
    """A picture in Markdown, with an alt text short enough for an importer to see that it is a picture."""
    alt = image.alt.replace("[", "(").replace("]", ")")
    return f"![{alt[:200]}]({PICTURES}/{image.file_name})"
