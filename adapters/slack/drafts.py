"""A message as the draft of a question, and the modal that shows it for review: pure functions."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack.text.blocks import Block, cut, plain
from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.domain.questions import LETTERS, MAX_CHOICES
from bot.i18n import gettext as _

CALLBACK = "question_draft"

_STEM, _CHOICES, _RIGHT, _WHY = "stem", "choices", "right", "why"
_LONGEST = 3_000


class Unusable(Exception):
    """What was filled in is no question; ``errors`` say why, by block."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(str(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the modal: choices one a line, the right ones by letter."""

    stem: str = ""
    choices: str = ""
    right: str = ""
    why: str = ""


def message_text(text: str) -> str:
    """The text of a Slack message as it is read."""
    return html.unescape(re.sub(r"<(?:[^<>|]*\|)?([^<>|]*)>", r"\1", text)).strip()


def draft_of(text: str, document: ParsedDocument) -> Draft:
    """What a message gives for a question: the one that it holds, else the message as what explains it."""
    if not document.questions:
        return Draft(stem=text) if text.endswith("?") else Draft(why=text)
    question = document.questions[0]
    return Draft(
        stem=question.stem,
        choices="\n".join(" ".join(choice.split()) for choice in question.choices),
        right=", ".join(LETTERS[at] for at in question.key),
        why=question.explanation,
    )


def modal(draft: Draft, asked: str) -> Block:
    """The form; ``asked`` comes back with it, and says where it was asked for."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": asked,
        "title": plain(_("A quiz question"), 24),
        "submit": plain(_("Store"), 24),
        "close": plain(_("Cancel"), 24),
        "blocks": [
            _field(_STEM, _("Question"), draft.stem, lines=True),
            _field(_CHOICES, _("Choices, one on each line"), draft.choices, lines=True),
            _field(_RIGHT, _("Letters of the right ones, such as B or A, C"), draft.right),
            _field(_WHY, _("Why is that right?"), draft.why, lines=True, optional=True),
        ],
    }


def _field(name: str, label: str, text: str, *, lines: bool = False, optional: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "multiline": lines, "max_length": _LONGEST}
    if text:
        element["initial_value"] = cut(text, _LONGEST)
    return {"type": "input", "block_id": name, "label": plain(label, 150), "element": element, "optional": optional}


def filled_in(values: Mapping[str, Any]) -> QuestionDraft:
    """The question that was reviewed.

    Raises:
        Unusable: it isn't one yet.
    """
    texts = {name: str((values.get(name) or {}).get(name, {}).get("value") or "").strip() for name in _FIELDS}
    choices = [line.strip() for line in texts[_CHOICES].splitlines() if line.strip()]
    letters = re.findall(r"\w", texts[_RIGHT].upper())
    errors = {}
    if not texts[_STEM]:
        errors[_STEM] = _("What is the question?")
    if not 2 <= len(choices) <= MAX_CHOICES:
        errors[_CHOICES] = _("Write 2 to {most} choices, each on its line.").format(most=MAX_CHOICES)
    elif not letters or not set(letters) <= set(LETTERS[: len(choices)]):
        errors[_RIGHT] = _("Write letters from A to {last}.").format(last=LETTERS[len(choices) - 1])
    if errors:
        raise Unusable(errors)
    key = tuple(sorted({LETTERS.index(letter) for letter in letters}))
    return QuestionDraft(
        line=1, stem=texts[_STEM], choices=tuple(choices), key=key, select=len(key), explanation=texts[_WHY]
    )


_FIELDS = (_STEM, _CHOICES, _RIGHT, _WHY)
