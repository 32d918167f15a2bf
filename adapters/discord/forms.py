"""Modals to type an answer into: pure functions.

A modal outlives the process that opened it, so its id holds everything needed to understand what is typed into it.
"""

import re
from collections.abc import Iterator

from adapters.discord import markdown
from adapters.discord.controls import Json, id_in
from adapters.discord.fitting import SHORTER, cut, length
from bot.domain.identity import RoundId
from bot.domain.responses import Typed
from bot.domain.views import MOST_FIELDS
from bot.services.rounds.forms import AnswerForm

_MOST_PARTS = 5
"""The most fields and texts that Discord lets a modal have."""
_LONGEST_TITLE = _LONGEST_LABEL = 45
_LONGEST_DESCRIPTION = 100
_LONGEST_QUESTION = 2_000
"""How much of a question a modal repeats: the message behind it has all of it."""
_LABEL, _TEXT, _INPUT = 18, 10, 4
_ONE_LINE = 1
_MODAL_ID = re.compile(r"typed:([0-9]{1,19})")


def modal(form: AnswerForm) -> Json:
    """Return the modal for a form: its fields below the question or, if they leave no room, below its beginning."""
    parts = [_field(form, position) for position in range(len(form.fields))]
    if len(parts) < _MOST_PARTS and (question := _fitting(form.question)):
        parts.insert(0, {"type": _TEXT, "content": question})
    elif beginning := cut(markdown.plain(form.question), _LONGEST_DESCRIPTION):
        parts[0]["description"] = beginning
    return {"custom_id": f"typed:{form.round_id}", "title": cut(form.title, _LONGEST_TITLE), "components": parts}


def _fitting(question: str) -> str:
    """Write as much of a question as a modal has room for: tables and signs take more than in the bank."""
    written = (markdown.blocks(cut(question, limit)) for limit in SHORTER)
    return next((text for text in written if length(text) <= _LONGEST_QUESTION), "")


def _field(form: AnswerForm, position: int) -> Json:
    field = form.fields[position]
    entry: Json = {
        "type": _INPUT,
        "custom_id": str(position),
        "style": _ONE_LINE,
        "max_length": 2 * field.longest,  # Discord counts an emoji twice; the core says what is too long
        "required": not form.may_be_empty,
    }
    if form.typed[position]:
        entry["value"] = form.typed[position]
    return {"type": _LABEL, "label": cut(field.label, _LONGEST_LABEL), "component": entry}


def typed_answer_in(submitted: Json) -> tuple[RoundId, Typed] | None:
    """Read the round and what was typed from a submitted modal, unchecked; None if the modal isn't ours."""
    found = _MODAL_ID.fullmatch(submitted.get("custom_id", ""))
    round_id = id_in(found) if found else None
    typed = dict(_inputs(submitted))
    if round_id is None or len(typed) > MOST_FIELDS or set(typed) != set(map(str, range(len(typed)))):
        return None
    return round_id, tuple(typed[str(position)] for position in range(len(typed)))


def _inputs(submitted: Json) -> Iterator[tuple[str, str]]:
    for part in submitted.get("components", ()):
        entry = part.get("component", {})
        if entry.get("type") == _INPUT:
            yield entry["custom_id"], entry.get("value") or ""
