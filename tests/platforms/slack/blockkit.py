"""Checks blocks and views against Slack's limits, in the words of Slack's own messages.

The numbers are from the Block Kit reference: https://docs.slack.dev/reference/block-kit, those of modals from
https://docs.slack.dev/reference/views/modal-views
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.platforms.slack.surfaces import Json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN_TEXT = 12_000
TYPED_TEXT = 3000

INTERACTIVE = {
    "button": 0,
    "checkboxes": 10,
    "radio_buttons": 10,
    "static_select": 100,
    "multi_static_select": 100,
    "overflow": 5,
}
"""Elements that sections and actions may hold, and the most options of each."""

INPUTS = set(INTERACTIVE) - {"button", "overflow"} | {
    "plain_text_input",
    "email_text_input",
    "number_input",
    "url_text_input",
    "datepicker",
    "timepicker",
}


class Problems(list[str]):
    """Collects what is wrong, each problem with a pointer to its place."""

    def note(self, what: str, where: str) -> None:
        """Add a problem."""
        self.append(f"{what} [json-pointer:{where}]")

    def length(self, value: Any, limit: int, where: str, *, least: int = 1) -> None:
        """Require a string of ``least`` to ``limit`` characters; None is left to `need`."""
        if value is None:
            return
        if not isinstance(value, str):
            self.note("must be a string", where)
        elif len(value) > limit:
            self.note(f"must be less than {limit + 1} characters", where)
        elif len(value) < least:
            self.note(f"must be more than {least - 1} characters", where)

    def between(self, value: Any, least: int, most: int, where: str) -> None:
        """Require a whole number from ``least`` to ``most``; None stands for the default."""
        if value is None:
            return
        if not isinstance(value, int):
            self.note("must be an integer", where)
        elif not least <= value <= most:
            self.note(f"must be from {least} to {most}", where)

    def items(self, values: Any, limit: int, where: str) -> None:
        """Require a list of 1 to ``limit`` items."""
        if not isinstance(values, list) or not values:
            self.note("no fewer than 1 items allowed", where)
        elif len(values) > limit:
            self.note(f"no more than {limit} items allowed", where)

    def need(self, holder: Json, where: str, *names: str) -> None:
        """Require these fields."""
        for name in names:
            if holder.get(name) is None:
                self.note(f"missing required field: {name}", f"{where}/{name}")

    def text(self, value: Any, limit: int, where: str, *, plain: bool = False) -> None:
        """Require a text object of at most ``limit`` characters; None is left to `need`."""
        if value is None:
            return
        if not isinstance(value, dict) or value.get("type") not in {"plain_text", "mrkdwn"}:
            self.note("must be a text object", where)
            return
        if plain and value["type"] != "plain_text":
            self.note("must provide a plain_text object", f"{where}/type")
        self.need(value, where, "text")
        self.length(value.get("text"), limit, f"{where}/text")
        stray = "emoji" if value["type"] == "mrkdwn" else "verbatim"
        if stray in value:
            self.note(f"invalid additional property: {stray}", where)

    def unique(self, values: Iterable[str | None], name: str, where: str) -> None:
        """Require that no id occurs twice."""
        for value, times in Counter(one for one in values if one is not None).items():
            if times > 1:
                self.note(f"`{name}` {value!r} already exists", where)


def problems(blocks: Any, limit: int = MESSAGE_BLOCKS, root: str = "/blocks") -> Problems:
    """Return what is wrong with the blocks of a message or view."""
    found = Problems()
    if not isinstance(blocks, list) or not all(isinstance(one, dict) for one in blocks):
        found.note("must be an array of blocks", root)
        return found
    if len(blocks) > limit:
        found.note(f"no more than {limit} items allowed", root)
    found.unique((one.get("block_id") for one in blocks), "block_id", root)
    if sum(len(one.get("text", "")) for one in blocks if one.get("type") == "markdown") > MARKDOWN_TEXT:
        found.note(f"must be less than {MARKDOWN_TEXT + 1} characters", root)
    for number, block in enumerate(blocks):
        where = f"{root}/{number}"
        found.length(block.get("block_id"), 255, f"{where}/block_id")
        check = _BLOCKS.get(block.get("type", ""))
        if check is None:
            found.note(f"unsupported type: {block.get('type')}", f"{where}/type")
        else:
            check(found, block, where)
    return found


def view_problems(view: Any) -> Problems:
    """Return what is wrong with a modal or home tab."""
    found = Problems()
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        found.note("must be a modal or home", "/view/type")
        return found
    found.need(view, "/view", "blocks")
    found += problems(view.get("blocks", []), VIEW_BLOCKS, "/view/blocks")
    found.length(view.get("private_metadata"), 3000, "/view/private_metadata", least=0)
    found.length(view.get("callback_id"), 255, "/view/callback_id", least=0)
    found.length(view.get("external_id"), 255, "/view/external_id", least=0)
    if view["type"] == "modal":
        found.need(view, "/view", "title")
        for name in ("title", "submit", "close"):
            found.text(view.get(name), 24, f"/view/{name}", plain=True)
        if any(one.get("type") == "input" for one in view.get("blocks", ())):
            found.need(view, "/view", "submit")
    return found


def _section(found: Problems, block: Json, where: str) -> None:
    if not block.get("fields"):
        found.need(block, where, "text")
    found.text(block.get("text"), 3000, f"{where}/text")
    if not isinstance(block.get("expand", False), bool):
        found.note("must be a boolean", f"{where}/expand")
    if "fields" in block:
        found.items(block["fields"], 10, f"{where}/fields")
        for number, field in enumerate(block["fields"]):
            found.text(field, 2000, f"{where}/fields/{number}")
    if "accessory" in block:
        _element(found, block["accessory"], f"{where}/accessory", {*INTERACTIVE, "image"})


def _header(found: Problems, block: Json, where: str) -> None:
    found.need(block, where, "text")
    found.text(block.get("text"), 150, f"{where}/text", plain=True)


def _context(found: Problems, block: Json, where: str) -> None:
    found.items(block.get("elements"), 10, f"{where}/elements")
    for number, element in enumerate(block.get("elements") or ()):
        here = f"{where}/elements/{number}"
        if element.get("type") == "image":
            _image(found, element, here)
        else:
            found.text(element, 3000, here)


def _actions(found: Problems, block: Json, where: str) -> None:
    found.items(block.get("elements"), 25, f"{where}/elements")
    elements = block.get("elements") or ()
    found.unique((one.get("action_id") for one in elements), "action_id", f"{where}/elements")
    for number, element in enumerate(elements):
        _element(found, element, f"{where}/elements/{number}", set(INTERACTIVE) | {"datepicker", "timepicker"})


def _image(found: Problems, block: Json, where: str) -> None:
    found.need(block, where, "alt_text")
    found.length(block.get("alt_text"), 2000, f"{where}/alt_text", least=0)
    found.length(block.get("image_url"), 3000, f"{where}/image_url")
    found.text(block.get("title"), 2000, f"{where}/title", plain=True)
    if ("image_url" in block) is ("slack_file" in block):
        found.note("must provide either image_url or slack_file", where)


def _input(found: Problems, block: Json, where: str) -> None:
    found.need(block, where, "label", "element")
    found.text(block.get("label"), 2000, f"{where}/label", plain=True)
    found.text(block.get("hint"), 2000, f"{where}/hint", plain=True)
    if isinstance(block.get("element"), dict):
        _element(found, block["element"], f"{where}/element", INPUTS)


def _anything(found: Problems, block: Json, where: str) -> None:
    """Accept a block without looking inside."""


def _element(found: Problems, element: Json, where: str, allowed: set[str]) -> None:
    kind = element.get("type", "")
    if kind not in allowed:
        found.note(f"unsupported type: {kind}", f"{where}/type")
        return
    if kind == "image":
        _image(found, element, where)
        return
    found.length(element.get("action_id"), 255, f"{where}/action_id")
    found.text(element.get("placeholder"), 150, f"{where}/placeholder", plain=True)
    _confirm(found, element.get("confirm"), f"{where}/confirm")
    if kind == "button":
        _button(found, element, where)
    elif kind == "plain_text_input":
        _text_input(found, element, where)
    elif kind in INTERACTIVE:
        _options(found, element, where, INTERACTIVE[kind])


def _button(found: Problems, element: Json, where: str) -> None:
    found.need(element, where, "text")
    found.text(element.get("text"), 75, f"{where}/text", plain=True)
    found.length(element.get("value"), 2000, f"{where}/value")
    found.length(element.get("url"), 3000, f"{where}/url")
    found.length(element.get("accessibility_label"), 75, f"{where}/accessibility_label")
    if element.get("style") not in {None, "primary", "danger"}:
        found.note("must be one of primary, danger", f"{where}/style")


def _text_input(found: Problems, element: Json, where: str) -> None:
    """Check against https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element."""
    found.between(element.get("min_length"), 0, TYPED_TEXT, f"{where}/min_length")
    found.between(element.get("max_length"), 1, TYPED_TEXT, f"{where}/max_length")
    found.length(element.get("initial_value"), element.get("max_length") or TYPED_TEXT, f"{where}/initial_value")


def _options(found: Problems, element: Json, where: str, limit: int) -> None:
    found.items(element.get("options"), limit, f"{where}/options")
    options = element.get("options") or []
    plain = element["type"] not in {"checkboxes", "radio_buttons"}
    for number, option in enumerate(options):
        here = f"{where}/options/{number}"
        found.need(option, here, "text", "value")
        found.text(option.get("text"), 75, f"{here}/text", plain=plain)
        found.length(option.get("value"), 150, f"{here}/value")
        found.text(option.get("description"), 75, f"{here}/description", plain=plain)
    chosen = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
    if any(one not in options for one in chosen):
        found.note("initial options must be among the options", f"{where}/initial_options")


def _confirm(found: Problems, confirm: Any, where: str) -> None:
    if isinstance(confirm, dict):
        for name, limit in {"title": 100, "text": 300, "confirm": 30, "deny": 30}.items():
            found.text(confirm.get(name), limit, f"{where}/{name}")


_BLOCKS = {
    "actions": _actions,
    "context": _context,
    "divider": _anything,
    "file": _anything,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _anything,
    "rich_text": _anything,
    "section": _section,
    "table": _anything,
    "video": _anything,
}
