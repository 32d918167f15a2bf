"""Make blocks of Slack's Block Kit, within their limits, and the emoji that stand for choices."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adapters.slack.text.mrkdwn import SECTION_LIMIT
from bot.i18n import gettext as _

Block = dict[str, Any]
"""A block, or a part of one, in the form that Slack expects as JSON."""

HEADER_LIMIT = 150
OPTION_LIMIT = 75
MODAL_TITLE_LIMIT = 24
LABEL_LIMIT = 150
"""Slack takes up to 2,000 characters of a field's label; nobody reads as many."""
ALT_LIMIT = 2_000
MOST_CHECKBOXES = 10


def cut(text: str, limit: int) -> str:
    """Shorten a text to at most ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def plain(text: str, limit: int) -> Block:
    """Make a text without any markup."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def mrkdwn(text: str) -> Block:
    """Make a text with markup; ``verbatim``, so that no typed @name or #channel becomes a mention."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    """Make a title."""
    return {"type": "header", "text": plain(text, HEADER_LIMIT)}


def section(text: str, *, whole: bool = False) -> Block:
    """Make a paragraph; ``text`` may have at most 3,000 characters. Slack folds a high one, unless it is ``whole``."""
    return {"type": "section", "text": mrkdwn(text), **({"expand": True} if whole else {})}


def sections(pieces: Iterable[str], gap: str = "\n", *, whole: bool = False) -> list[Block]:
    """Join texts into paragraphs, each as full as possible; for ``whole`` see `section`."""
    packed: list[str] = []
    for piece in pieces:
        if packed and len(packed[-1]) + len(gap) + len(piece) <= SECTION_LIMIT:
            packed[-1] += gap + piece
        elif piece:
            packed.append(piece)
    return [section(text, whole=whole) for text in packed]


def context(*texts: str) -> list[Block]:
    """Make a line of small print; no block if all texts are empty."""
    told = [mrkdwn(cut(text, SECTION_LIMIT)) for text in texts if text]
    return [{"type": "context", "elements": told}] if told else []


def picture(file_id: str, alt: str) -> Block:
    """Show a file that is stored in Slack; ``alt`` describes it in words."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": cut(alt, ALT_LIMIT)}


def divider() -> Block:
    """Make a dividing line."""
    return {"type": "divider"}


def actions(elements: Sequence[Block], *, block_id: str = "") -> Block:
    """Put buttons and menus in a row; at most 25.

    Slack wants a new ``block_id`` at each edit, and makes one where none is given. A given one keeps what people have
    ticked in the row while the message is edited.
    """
    return {"type": "actions", "elements": list(elements), **({"block_id": block_id} if block_id else {})}


def button(label: str, action_id: str, value: str, *, spoken: str, primary: bool = False) -> Block:
    """Make a button; ``spoken`` is what a screen reader says."""
    style = {"style": "primary"} if primary else {}
    return {
        "type": "button",
        "text": plain(label, OPTION_LIMIT),
        "action_id": action_id,
        "value": value,
        "accessibility_label": cut(spoken, OPTION_LIMIT),
        **style,
    }


def choice_of_several(action_id: str, labels: Sequence[str], placeholder: str) -> Block:
    """Make checkboxes, or a menu if there are too many for checkboxes; the values are positions."""
    options = _options(labels)
    if len(options) <= MOST_CHECKBOXES:
        return {"type": "checkboxes", "action_id": action_id, "options": options}
    return {
        "type": "multi_static_select",
        "action_id": action_id,
        "options": options,
        "placeholder": plain(placeholder, HEADER_LIMIT),
    }


def _options(labels: Sequence[str]) -> list[Block]:
    return [{"text": plain(label, OPTION_LIMIT), "value": str(at)} for at, label in enumerate(labels)]


def modal(callback_id: str, metadata: str, title: str, submit: str, blocks: Sequence[Block]) -> Block:
    """Make a modal; ``metadata`` comes back with what is filled in."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": metadata,
        "title": plain(title, MODAL_TITLE_LIMIT),
        "submit": plain(submit, MODAL_TITLE_LIMIT),
        "close": plain(_("Cancel"), MODAL_TITLE_LIMIT),
        "blocks": list(blocks),
    }


def text_field(
    name: str, label: str, text: str, longest: int, *, lines: bool = False, optional: bool = False, hint: str = ""
) -> Block:
    """Make a field of a modal that holds a text at first; ``longest`` is the most characters that it takes."""
    element: Block = {"type": "plain_text_input", "action_id": name, "multiline": lines, "max_length": longest}
    if text:
        element["initial_value"] = cut(text, longest)
    return _input(name, label, element, optional=optional, hint=hint)


def menu(name: str, label: str, labels: Sequence[str], picked: int | None, *, optional: bool = False) -> Block:
    """Make a menu of a modal, with the option at a position picked at first, or none; the values are positions."""
    element: Block = {"type": "static_select", "action_id": name, "options": _options(labels)}
    if picked is not None:
        element["initial_option"] = element["options"][picked]
    return _input(name, label, element, optional=optional)


def named_menu(
    name: str, label: str, options: Sequence[tuple[str, str, str]], picked: str, *, optional: bool = False
) -> Block:
    """Make a menu of a modal: each option has a value, a label and a line about it; ``picked`` is a value."""
    offered = [
        {"text": plain(told, OPTION_LIMIT), "value": value, "description": plain(about, OPTION_LIMIT)}
        for value, told, about in options
    ]
    element: Block = {"type": "static_select", "action_id": name, "options": offered}
    first = next((one for one in offered if one["value"] == picked), None)
    return _input(name, label, element | ({"initial_option": first} if first else {}), optional=optional)


def _input(name: str, label: str, element: Block, *, optional: bool, hint: str = "") -> Block:
    return {
        **({"hint": plain(hint, HEADER_LIMIT)} if hint else {}),
        "type": "input",
        "block_id": name,
        "label": plain(label, LABEL_LIMIT),
        "element": element,
        "optional": optional,
    }


def filled_in(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the values of a submitted modal's fields."""
    return (view.get("state") or {}).get("values") or {}


def text_in(values: Mapping[str, Any], name: str) -> str | None:
    """Return what was typed into a field of a submitted modal; None if it isn't there."""
    field = (values.get(name) or {}).get(name)
    return None if field is None else str(field.get("value") or "")


def pick_in(values: Mapping[str, Any], name: str) -> str | None:
    """Return the value picked in a menu of a submitted modal; empty if nothing is, None if there is no such menu."""
    field = (values.get(name) or {}).get(name) or {}
    return str((field["selected_option"] or {}).get("value") or "") if "selected_option" in field else None


NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "keycap_ten")
_SHAPES = (
    "red_circle",
    "large_orange_circle",
    "large_yellow_circle",
    "large_green_circle",
    "large_blue_circle",
    "large_purple_circle",
    "large_brown_circle",
    "black_circle",
    "white_circle",
    "large_red_square",
    "large_orange_square",
    "large_yellow_square",
    "large_green_square",
    "large_blue_square",
    "large_purple_square",
)

SIGNS = NUMBERS + _SHAPES
"""The emoji name of each choice, enough for the most choices a question may have; numbers as far as Slack has them."""

MOST_SEEDED = 23
"""The most different reactions that Slack lets one account add to a message."""


def sign(position: int) -> str:
    """Return the emoji of a choice, as it is written in a text."""
    return f":{SIGNS[position]}:"


def position(name: str) -> int | None:
    """Return the choice that a reaction stands for; None if none."""
    return SIGNS.index(name) if name in SIGNS else None
