"""Modals to type an answer into: pure functions.

A modal outlives the process that opened it, so its id holds everything needed to understand what is typed into it.
"""

import re
from collections.abc import Iterator

from adapters.discord import markdown
from adapters.discord.controls import Json, id_in
from adapters.discord.fitting import cut
from bot.domain.identity import RoundId
from bot.domain.responses import Typed
from bot.services.rounds.forms import AnswerForm

MOST_PARTS = 5
"""The most fields and texts that Discord lets a modal have."""
_LONGEST_TITLE = _LONGEST_LABEL = 45
_LONGEST_QUESTION = 1_500
"""How much of a question a modal repeats: the message behind it has all of it."""
_LABEL, _TEXT, _INPUT = 18, 10, 4
_ONE_LINE = 1
_MODAL_ID = re.compile(r"typed:([0-9]{1,19})")


def modal(form: AnswerForm) -> Json:
    """Return the modal for a form: the question, if there is room for it, and its fields."""
    parts = [_field(form, position) for position in range(len(form.fields))]
    if len(parts) < MOST_PARTS:
        parts.insert(0, {"type": _TEXT, "content": markdown.blocks(cut(form.question, _LONGEST_QUESTION))})
    return {"custom_id": f"typed:{form.round_id}", "title": cut(form.title, _LONGEST_TITLE), "components": parts}


def _field(form: AnswerForm, position: int) -> Json:
    field = form.fields[position]
    entry: Json = {
        "type": _INPUT,
        "custom_id": str(position),
        "style": _ONE_LINE,
        "max_length": field.longest,
        "required": not form.may_be_empty,
    }
    if form.typed[position]:
        entry["value"] = cut(form.typed[position], field.longest)
    return {"type": _LABEL, "label": cut(field.label, _LONGEST_LABEL), "component": entry}


def typed_in(submitted: Json) -> tuple[RoundId, Typed] | None:
    """Read the round and what was typed from a submitted modal, unchecked; None if the modal isn't ours."""
    found = _MODAL_ID.fullmatch(submitted.get("custom_id", ""))
    round_id = id_in(found) if found else None
    typed = dict(_inputs(submitted))
    if round_id is None or len(typed) > MOST_PARTS or set(typed) != set(map(str, range(len(typed)))):
        return None
    return round_id, tuple(typed[str(position)] for position in range(len(typed)))


def _inputs(submitted: Json) -> Iterator[tuple[str, str]]:
    for part in submitted.get("components", ()):
        entry = part.get("component", {})
        if entry.get("type") == _INPUT:
            yield entry["custom_id"], entry.get("value") or ""
