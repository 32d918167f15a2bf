"""Banks written out: in the project's own format, as JSON, or as the plain text that people pass around."""

import json
import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

import yaml

from bot.domain.errors import BadInput
from bot.domain.identity import QuestionId
from bot.domain.images import Image
from bot.domain.questions import LETTERS, Choice, Question
from bot.i18n import gettext as _
from bot.importers.native import FORMAT
from bot.importers.selection import selection

PICTURES = "pictures"
"""The folder beside an exported bank that its pictures belong into, under their file names."""

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def export(questions: Sequence[Question], format: str, *, name: str = "", title: str = "") -> str:  # noqa: A002  # the callers' word
    """A bank as text in one of `EXPORTS`.

    Raises:
        BadInput: there is no such format.
    """
    if format not in EXPORTS:
        message = _("Banks can't be written as “{format}”. Choose one of: {formats}.")
        raise BadInput(message.format(format=format, formats=", ".join(EXPORTS)))
    return _WRITERS[format](questions, name, title or name)


def _bank(questions: Sequence[Question], name: str, title: str) -> dict[str, Any]:
    """A bank as the project's own format has it; what is unknown is left out."""
    topics = dict.fromkeys(question.topic for question in questions if question.topic)
    bank: dict[str, Any] = {"format": FORMAT, "name": _slug(name or title) or "bank", "title": title or "Bank"}
    if topics:
        bank["topics"] = [{"id": _slug(topic), "title": topic} for topic in topics]
    ids = {question.id for question in questions}
    bank["questions"] = [_question(question, ids) for question in questions]
    return bank


def _question(question: Question, ids: Collection[QuestionId]) -> dict[str, Any]:
    told: dict[str, Any] = {"id": f"q{question.id}"}
    if question.after in ids:
        told["after"] = f"q{question.after}"
    if question.topic:
        told["topic"] = _slug(question.topic)
    if question.section:
        told["section"] = question.section
    if question.difficulty:
        told["difficulty"] = question.difficulty
    if question.tags:
        told["tags"] = list(dict.fromkeys(tag for tag in map(_slug, question.tags) if tag))
    told["stem"] = question.stem
    if question.image:
        told["image"] = f"{PICTURES}/{question.image.file_name}"
        told["image_alt"] = question.image.alt
    if question.select != selection(question.stem, len(question.key.spelled(question.order))):
        told["select"] = question.select
    told["choices"] = [_choice(choice, right=question.key.names(choice.id)) for choice in question.choices]
    if question.explanation:
        told["explanation"] = question.explanation
    return told


def _choice(choice: Choice, *, right: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"text": choice.text}
    if right:
        told["right"] = True
    if choice.explanation:
        told["explanation"] = choice.explanation
    return told


def _slug(text: str) -> str:
    return _NOT_SLUG.sub("-", text.casefold()).strip("-")[:64].strip("-")


class _BankDumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, so that code in them stays readable."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_BankDumper.add_representer(str, _represent_text)


def _to_yaml(questions: Sequence[Question], name: str, title: str) -> str:
    bank = _bank(questions, name, title)
    return str(yaml.dump(bank, Dumper=_BankDumper, sort_keys=False, allow_unicode=True, width=110))


def _to_json(questions: Sequence[Question], name: str, title: str) -> str:
    return json.dumps(_bank(questions, name, title), ensure_ascii=False, indent=2) + "\n"


def _to_text(questions: Sequence[Question], _name: str, title: str) -> str:
    """Numbered stems and lettered choices, as `numbered` reads them."""
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
        lines.append(_markdown(question.image))
    lines += [f"{letter}. {choice.text}" for letter, choice in zip(LETTERS, question.choices, strict=False)]
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


def _markdown(image: Image) -> str:
    """A picture as Markdown has it, its alt text short enough that an importer sees what stands there."""
    alt = image.alt.replace("[", "(").replace("]", ")")
    return f"![{alt[:200]}]({PICTURES}/{image.file_name})"


EXPORTS: dict[str, str] = {
    "quizbot": "the project's own YAML, which can be edited and imported again",
    "json": "the same as JSON",
    "text": "numbered questions as plain text",
}
"""The formats that `export` writes, each with a line on what it is."""

_WRITERS: dict[str, Callable[[Sequence[Question], str, str], str]] = {
    "quizbot": _to_yaml,
    "json": _to_json,
    "text": _to_text,
}
