"""Writes banks in the project's own format, as YAML or as JSON."""

import json
import re
from collections.abc import Collection, Sequence
from typing import Any

import yaml

from bot.domain.identity import QuestionId
from bot.domain.images import Image
from bot.domain.questions import Choice, Question
from bot.domain.revisions import draft_of
from bot.importers.bank.kinds import UNNAMED, in_banks

BANK_FORMAT = "quizbot-bank/2"
"""The value of ``format:`` in a bank of the project's own format."""

CHOICES_ONLY = "quizbot-bank/1"
"""The same in a bank whose questions are all choices, so that older programs read it, too."""

PICTURES = "pictures"
"""The folder beside an exported bank that holds its pictures, under their file names."""

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def _bank(questions: Sequence[Question], name: str, title: str) -> dict[str, Any]:
    """A bank as data in the project's own format; what is unknown is left out."""
    topics = dict.fromkeys(question.topic for question in questions if question.topic)
    format_ = CHOICES_ONLY if all(map(_is_of_the_first_version, questions)) else BANK_FORMAT
    bank: dict[str, Any] = {"format": format_, "name": _slug(name or title) or "bank", "title": title or "Bank"}
    if topics:
        bank["topics"] = [{"id": _slug(topic), "title": topic} for topic in topics]
    ids = {question.id for question in questions}
    bank["questions"] = [_question(question, ids) for question in questions]
    return bank


def _is_of_the_first_version(question: Question) -> bool:
    return question.kind == UNNAMED and not any(choice.image for choice in question.choices)


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
        told |= _named(question.image)
    if question.kind != UNNAMED:
        told["kind"] = question.kind
    draft = draft_of(question)
    told |= in_banks(draft).write(draft)
    if question.kind == UNNAMED:
        told["choices"] = [_pictured(*one) for one in zip(told["choices"], question.choices, strict=True)]
    notes = () if "choices" in told else draft.choice_explanations or ()  # nowhere else to put them
    if explanation := "\n\n".join(filter(None, [question.explanation, *notes])):
        told["explanation"] = explanation
    return told


def _pictured(told: dict[str, Any], choice: Choice) -> dict[str, Any]:
    """A choice with its picture; if that is all of it, without a text."""
    if choice.image is None:
        return told
    text = {} if choice.picture_alone else {"text": choice.text}
    return text | _named(choice.image) | {name: value for name, value in told.items() if name != "text"}


def _named(image: Image) -> dict[str, str]:
    return {"image": f"{PICTURES}/{image.file_name}", "image_alt": image.alt}


def _slug(text: str) -> str:
    return _NOT_SLUG.sub("-", text.casefold()).strip("-")[:64].strip("-")


class _BankDumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, so that code in them stays readable.

    Only in double quotes is the control character "next line" read as itself, not as a plain end of a line.
    """


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if "\x85" in text else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_BankDumper.add_representer(str, _represent_text)


def to_yaml(questions: Sequence[Question], name: str, title: str) -> str:
    """A bank as YAML that people can edit."""
    bank = _bank(questions, name, title)
    return str(yaml.dump(bank, Dumper=_BankDumper, sort_keys=False, allow_unicode=True, width=110))


def to_json(questions: Sequence[Question], name: str, title: str) -> str:
    """A bank as JSON, for programs."""
    return json.dumps(_bank(questions, name, title), ensure_ascii=False, indent=2) + "\n"
