"""How a message looks on Slack, for pages that show it before it is sent: read from the message itself."""

from collections.abc import Iterator

from adapters.common.looks import (
    Boxes,
    Buttons,
    Code,
    Dropdown,
    Group,
    Line,
    Look,
    Part,
    Picture,
    Pressable,
    Run,
    Title,
)
from adapters.slack.outbound import contents
from adapters.slack.text.blocks import Block
from adapters.slack.text.shown_text import shown
from bot.domain.views import MessageView

_PLATFORM = "Slack"


def preview(view: MessageView) -> Look:
    """Return how Slack shows a view."""
    digest = view.image.digest if view.image else ""
    sent = contents(view, picture=digest)
    messages = tuple(tuple(Group(tuple(_parts(block))) for block in one.blocks) for one in sent)
    return Look(platform=_PLATFORM, messages=messages)


def _parts(block: Block) -> Iterator[Part]:
    match block["type"]:
        case "header":
            yield Title((Run(block["text"]["text"]),))
        case "section":
            yield from shown(block["text"]["text"])
        case "context":
            yield from _small_print(block)
        case "image":
            yield Picture(block["alt_text"], block["slack_file"]["id"])  # see above: the digest stands for Slack's id
        case "actions":
            yield from _controls(block["elements"])


def _small_print(block: Block) -> Iterator[Line | Code]:
    for element in block["elements"]:
        yield from shown(element["text"], small=True)


def _controls(elements: list[Block]) -> Iterator[Part]:
    buttons = [one for one in elements if one["type"] == "button"]
    if buttons:
        yield Buttons(tuple(Pressable(one["text"]["text"], main=one.get("style") == "primary") for one in buttons))
    for one in elements:
        if one["type"] == "checkboxes":
            yield Boxes(tuple(option["text"]["text"] for option in one["options"]))
        elif one["type"] == "multi_static_select":
            yield Dropdown(one["placeholder"]["text"])
