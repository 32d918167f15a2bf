"""Modals to type an answer into, or to pick it in menus: pure functions.

A modal outlives the process that opened it, so its id holds everything needed to understand what is filled in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from adapters.discord import markdown
from adapters.discord.controls import Json, id_in, menu_options
from adapters.discord.fitting import SHORTER, cut, length
from bot.domain.identity import RoundId
from bot.domain.responses import Given, Row
from bot.domain.views import MOST_FIELDS
from bot.services.rounds.forms import AnswerForm

_MOST_PARTS = 5
"""The most fields and texts that Discord lets a modal have."""
_LONGEST_TITLE = _LONGEST_LABEL = 45
_LONGEST_DESCRIPTION = 100
_LONGEST_QUESTION = 2_000
"""How much of a question a modal repeats: the message behind it has all of it."""
_MENU, _INPUT, _TEXT, _LABEL = 3, 4, 10, 18
_ONE_LINE = 1
_MODAL_ID = re.compile(r"typed:([0-9]{1,19})")
_Value = TypeVar("_Value")
_POSITION = re.compile(r"[0-9]{1,2}")


def modal(form: AnswerForm) -> Json:
    """Return the modal for a form: its fields or menus below the question or, without room, below its beginning."""
    parts = [_field(form, position) for position in range(len(form.fields))]
    parts += [_menu(form, position) for position in range(len(form.menus))]
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


def _menu(form: AnswerForm, position: int) -> Json:
    menu, picked = form.menus[position], form.row.picks[position]
    options = menu_options(menu.options)
    if picked is not None:
        options[picked]["default"] = True
    entry: Json = {
        "type": _MENU,
        "custom_id": str(position),
        "options": options,
        "min_values": 0 if form.may_be_empty else 1,
        "required": not form.may_be_empty,
    }
    return {"type": _LABEL, "label": cut(markdown.plain(menu.label), _LONGEST_LABEL), "component": entry}


def answer_in(submitted: Json) -> tuple[RoundId, Given] | None:
    """Read the round and what was filled in from a submitted modal, unchecked; None if the modal isn't ours."""
    found = _MODAL_ID.fullmatch(submitted.get("custom_id", ""))
    round_id = id_in(found) if found else None
    picked = {entry["custom_id"]: entry.get("values") or [] for entry in _entries(submitted, _MENU)}
    typed = {entry["custom_id"]: entry.get("value") or "" for entry in _entries(submitted, _INPUT)}
    given = _row(picked) if picked else _in_turn(typed)
    return None if round_id is None or given is None else (round_id, given)


def _row(picked: Mapping[str, Sequence[str]]) -> Row | None:
    values = _in_turn(picked)
    if values is None or any(len(some) > 1 or not all(map(_POSITION.fullmatch, some)) for some in values):
        return None
    return Row(tuple(int(some[0]) if some else None for some in values))


def _in_turn(entries: Mapping[str, _Value]) -> tuple[_Value, ...] | None:
    """Return what was filled in, in the order of the entries' numbers; None if these aren't a modal's."""
    names = [str(position) for position in range(len(entries))]
    if len(entries) > MOST_FIELDS or set(entries) != set(names):
        return None
    return tuple(entries[name] for name in names)


def _entries(submitted: Json, kind: int) -> Iterator[Json]:
    for part in submitted.get("components", ()):
        entry = part.get("component", {})
        if entry.get("type") == kind:
            yield entry
