"""Writes banks in the project's own format, as YAML or as JSON."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import yaml

from bot.domain.drafts import QuestionDraft
from bot.domain.identity import QuestionId
from bot.domain.questions import Choice, Question
from bot.domain.revisions import draft_of
from bot.importers.reading.selection import selection
from bot.importers.writing.typed import accepted

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
    format_ = CHOICES_ONLY if all(question.kind == "choice" for question in questions) else BANK_FORMAT
    bank: dict[str, Any] = {"format": format_, "name": _slug(name or title) or "bank", "title": title or "Bank"}
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
    if question.kind == "choice":
        told |= _choices(question)
    else:
        told |= {"kind": question.kind} | _KINDS[question.kind](draft_of(question))
    if explanation := _explanation(question):
        told["explanation"] = explanation
    return told


def _explanation(question: Question) -> str:
    """The explanation, with those of choices that aren't listed."""
    notes = [] if question.kind == "choice" else [choice.explanation for choice in question.choices]
    return "\n\n".join(filter(None, [question.explanation, *notes]))


def _choices(question: Question) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if question.select != selection(question.stem, len(question.key.spelled(question.order))):
        told["select"] = question.select
    told["choices"] = [_choice(choice, right=question.key.names(choice.id)) for choice in question.choices]
    return told


def _statement(draft: QuestionDraft) -> dict[str, Any]:
    return {"answer": draft.key == (0,)} if draft.key else {}


def _number(draft: QuestionDraft) -> dict[str, Any]:
    told = {"accepted": accepted(draft), "unit": draft.unit}
    return {name: value for name, value in told.items() if value}


def _short(draft: QuestionDraft) -> dict[str, Any]:
    near_misses = [{"text": near.text, "hint": near.hint} for near in draft.near_misses]
    told = {"accepted": accepted(draft), "exact": draft.exact, "near_misses": near_misses}
    return {name: value for name, value in told.items() if value}


_KINDS: Mapping[str, Callable[[QuestionDraft], dict[str, Any]]] = {
    "true_false": _statement,
    "number": _number,
    "short": _short,
}


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


def to_yaml(questions: Sequence[Question], name: str, title: str) -> str:
    """A bank as YAML that people can edit."""
    bank = _bank(questions, name, title)
    return str(yaml.dump(bank, Dumper=_BankDumper, sort_keys=False, allow_unicode=True, width=110))


def to_json(questions: Sequence[Question], name: str, title: str) -> str:
    """A bank as JSON, for programs."""
    return json.dumps(_bank(questions, name, title), ensure_ascii=False, indent=2) + "\n"
