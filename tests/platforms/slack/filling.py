"""The values in the inputs of a message or view: the `state.values` of payloads, and changes to them."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from tests.platforms.slack.blockkit import TYPED_TEXT
from tests.platforms.slack.surfaces import Json, Surface, View, elements

SEVERAL = {"checkboxes", "multi_static_select"}
ONE = {"radio_buttons", "static_select"}
TEXTS = {"plain_text_input", "email_text_input", "number_input", "url_text_input"}


def values_of(surface: Surface, chosen: Json) -> Json:
    """Return the state of every input: what the person chose, otherwise its initial value."""
    values: Json = {}
    for block, element in elements(surface.blocks):
        if element["type"] not in SEVERAL | ONE | TEXTS:
            continue
        state = chosen.get(block["block_id"], {}).get(element["action_id"]) or _start(element)
        values.setdefault(block["block_id"], {})[element["action_id"]] = deepcopy(state)
    return values


def filled(element: Json, value: Any, *, unchecked: bool = False) -> Json:
    """Return the state of an input after a person has entered ``value``: option values or labels, or a text.

    With ``unchecked``, an option may be one that a menu doesn't have.
    """
    kind = element["type"]
    if kind in SEVERAL:
        wanted: Sequence[str] = [value] if isinstance(value, str) else value
        return {"type": kind, "selected_options": [option(element, one) for one in wanted]}
    if kind in ONE:
        known = {one["value"] for one in element["options"]}
        forged = {"text": {"type": "plain_text", "text": value}, "value": value}
        picked = forged if unchecked and value not in known else option(element, value) if value else None
        return {"type": kind, "selected_option": picked}
    if kind in TEXTS:
        return {"type": kind, "value": value}
    raise AssertionError(f"nothing can be filled into a {kind}")


def option(element: Json, wanted: str) -> Json:
    """Return an element's option with this value or label, as the payload repeats it."""
    for one in element["options"]:
        if wanted in {one["value"], one["text"]["text"]}:
            return one
    there = ", ".join(one["text"]["text"] for one in element["options"])
    raise AssertionError(f"no option {wanted!r} among {there}")


def _start(element: Json) -> Json:
    kind = element["type"]
    if kind in SEVERAL:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in ONE:
        return {"type": kind, "selected_option": element.get("initial_option")}
    return {"type": kind, "value": element.get("initial_value")}


def check_typed(view: View, values: Json) -> None:
    """Raise an AssertionError if a client wouldn't let anybody submit a modal with these texts and picks."""
    for block, element in elements(view.blocks):
        if block["type"] == "input" and element["type"] in ONE and not block.get("optional"):
            picked = values[block["block_id"]][element["action_id"]]["selected_option"]
            assert picked, f"{block['block_id']!r} must be filled in"
        if block["type"] != "input" or element["type"] not in TEXTS:
            continue
        text = values[block["block_id"]][element["action_id"]]["value"] or ""
        least, most = element.get("min_length") or 0, element.get("max_length") or TYPED_TEXT
        if not text and not block.get("optional"):
            raise AssertionError(f"{block['block_id']!r} must be filled in")
        if text and not least <= len(text) <= most:
            raise AssertionError(f"{block['block_id']!r} takes {least} to {most} characters")
