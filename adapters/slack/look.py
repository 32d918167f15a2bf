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
from adapters.slack.outbound import contents, labels
from adapters.slack.text.blocks import Block
from adapters.slack.text.shown_text import shown
from bot.domain.images import Image
from bot.domain.views import MessageView
from bot.services.illustrations import illustrations

_PLATFORM = "Slack"
_YET_TO_PAINT = "yet to paint"


def preview(view: MessageView) -> Look:
    """Return how Slack shows a view."""
    shown = illustrations(view, labels(view), asks=view.controls is not None)
    sent = contents(view, files={one: one.digest if isinstance(one, Image) else _YET_TO_PAINT for one in shown})
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
            file = block["slack_file"]["id"]  # see above: the digest stands for Slack's id
            yield Picture(block["alt_text"], "" if file == _YET_TO_PAINT else file)
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
