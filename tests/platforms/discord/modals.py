"""Modals: what Discord takes for one, how people see it, and what reaches the bot when it is filled in.

The numbers and shapes are those of two pages of Discord's documentation:
https://docs.discord.com/developers/interactions/receiving-and-responding (Modal; Modal Submit Data Structure)
https://docs.discord.com/developers/components/reference (Label, Text Display, Text Input, String Select)

A text input in an action row is deprecated there: here it is refused. How long a text display in a modal may be isn't
documented: here it is as long as all those of a message together.
"""

from collections.abc import Iterator, Mapping

from tests.platforms.discord.component_limits import CUSTOM_ID, MENU, Path, bounds, check_menu, check_unique
from tests.platforms.discord.demand import demand
from tests.platforms.discord.errors import Form
from tests.platforms.discord.model import Json

TEXT_INPUT, TEXT_DISPLAY, LABEL = 4, 10, 18
PARTS, TITLE, LABEL_TEXT, DESCRIPTION, INPUT_TEXT, INPUT_PLACEHOLDER, DISPLAYED = 5, 45, 45, 100, 4000, 100, 4000


def check_modal(modal: Json, form: Form, path: Path) -> None:
    """Note in ``form`` what Discord refuses in a modal."""
    form.length((*path, "custom_id"), modal.get("custom_id"), CUSTOM_ID, fewest=1)
    form.length((*path, "title"), modal.get("title"), TITLE, fewest=1)
    parts = modal.get("components") or []
    form.count((*path, "components"), parts, PARTS, fewest=1)
    seen: set[str] = set()
    for index, part in enumerate(parts):
        where = (*path, "components", index)
        if not form.one_of((*where, "type"), part.get("type"), (LABEL, TEXT_DISPLAY)):
            continue
        if part["type"] == TEXT_DISPLAY:
            form.length((*where, "content"), part.get("content"), DISPLAYED, fewest=1)
            continue
        form.length((*where, "label"), part.get("label"), LABEL_TEXT, fewest=1)
        form.length((*where, "description"), part.get("description"), DESCRIPTION)
        _check_entry(part.get("component") or {}, form, (*where, "component"))
        check_unique((part.get("component") or {}).get("custom_id"), form, (*where, "component"), seen)


def _check_entry(entry: Json, form: Form, path: Path) -> None:
    if not form.one_of((*path, "type"), entry.get("type"), (TEXT_INPUT, MENU)):
        return
    if entry["type"] == TEXT_INPUT:
        _check_input(entry, form, path)
        return
    check_menu(entry, form, path)
    if entry.get("disabled"):
        form.refuse((*path, "disabled"), "UNKNOWN_FIELD", "A modal has no disabled components")


def _check_input(entry: Json, form: Form, path: Path) -> None:
    form.length((*path, "custom_id"), entry.get("custom_id"), CUSTOM_ID, fewest=1)
    form.one_of((*path, "style"), entry.get("style"), (1, 2))
    fewest, most = lengths(entry)
    form.between((*path, "min_length"), fewest, 0, INPUT_TEXT)
    form.between((*path, "max_length"), most, max(fewest, 1), INPUT_TEXT)
    form.length((*path, "value"), entry.get("value"), most)
    form.length((*path, "placeholder"), entry.get("placeholder"), INPUT_PLACEHOLDER)
    if entry.get("label"):
        form.refuse((*path, "label"), "UNKNOWN_FIELD", "A text input inside a label has no label of its own")


def lengths(entry: Json) -> tuple[int, int]:
    """Return the fewest and the most characters that a text input takes."""
    return int(entry.get("min_length") or 0), int(entry.get("max_length", INPUT_TEXT))


def inputs(modal: Json) -> Iterator[tuple[str, Json]]:
    """Yield the modal's text inputs and menus, each after its label."""
    for part in modal["components"]:
        if part["type"] == LABEL:
            yield part["label"], part["component"]


def filled_in(modal: Json, texts: Mapping[str, str], *, unchecked: bool = False) -> Json:
    """Return the data of a submitted modal; ``texts`` are by custom_id, and inputs that aren't among them keep theirs.

    The text of a menu is the value that is picked, several with commas between them, or nothing.

    Raises:
        AssertionError: no client would submit this.
    """
    known = {entry["custom_id"] for _label, entry in inputs(modal)}
    strange = set(texts) - known
    demand(unchecked or not strange, f"the modal has inputs {known}, not {strange}")
    parts = [{"type": LABEL, "id": 99, "component": _typed(name, 99, texts[name])} for name in sorted(strange)]
    for number, part in enumerate(modal["components"]):
        shown: Json = {"type": part["type"], "id": 2 * number + 1}
        if part["type"] == LABEL:
            entry = part["component"]
            text = texts.get(entry["custom_id"], _held(entry))
            if not unchecked:
                _check_filled(entry, text)
            fill = _picked if entry["type"] == MENU else _typed
            shown["component"] = fill(entry["custom_id"], 2 * number + 2, text)
        parts.append(shown)
    return {"custom_id": modal["custom_id"], "components": parts}


def _typed(custom_id: str, number: int, text: str) -> Json:
    return {"type": TEXT_INPUT, "id": number, "custom_id": custom_id, "value": text}


def _picked(custom_id: str, number: int, text: str) -> Json:
    return {"type": MENU, "id": number, "custom_id": custom_id, "values": text.split(",") if text else []}


def _held(entry: Json) -> str:
    """What an input holds when the modal opens."""
    if entry["type"] == MENU:
        return ",".join(option["value"] for option in entry["options"] if option.get("default"))
    return entry.get("value") or ""


def _check_filled(entry: Json, text: str) -> None:
    demand(text or not entry.get("required", True), f"{entry['custom_id']!r} must be filled in")
    if entry["type"] == MENU:
        values = text.split(",") if text else []
        known = {option["value"] for option in entry["options"]}
        demand(set(values) <= known, f"{entry['custom_id']!r} offers {known}, not {values}")
        demand(
            not values or bounds(entry)[0] <= len(values) <= bounds(entry)[1], f"{entry['custom_id']!r} takes others"
        )
        return
    fewest, most = lengths(entry)
    demand(not text or fewest <= len(text) <= most, f"{entry['custom_id']!r} takes {fewest} to {most} characters")


def render_modal(modal: Json) -> str:
    """Return a modal as text: its title, its texts, and each input after its label, with what it holds at first."""
    lines = [f"┌ {modal['title']}"]
    for part in modal["components"]:
        if part["type"] == TEXT_DISPLAY:
            lines += ["│ " + line for line in part["content"].splitlines()]
            continue
        lines += [f"│ ({part['description']})"] if part.get("description") else []
        entry = part["component"]
        needed = " *" if entry.get("required", True) else ""
        if entry["type"] == MENU:
            lines.append(f"│ {part['label']}{needed}:")
            lines += [f"│   {'☑' if option.get('default') else '☐'} {option['label']}" for option in entry["options"]]
            continue
        lines.append(f"│ {part['label']}{needed}: [{entry.get('value') or entry.get('placeholder') or ''}]")
    return "\n".join(lines)
