"""How a message looks on Discord, for pages that show it before it is sent: read from the message itself."""

from collections.abc import Iterator

from adapters.common.looks import (
    Attached,
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
from adapters.discord import shown_text
from adapters.discord.controls import Json
from adapters.discord.outbound import letters, message
from bot.domain.images import Image, ImageFile
from bot.domain.views import MessageView
from bot.services.illustrations import Illustration, illustrations

_PLATFORM = "Discord"
_PRIMARY = 1
_BUTTON = 2


def preview(view: MessageView) -> Look:
    """Return how Discord shows a view."""
    shown = illustrations(view, letters(view), asks=view.controls is not None)
    sent = message(view, pictures=[(one, _file(one)) for one in shown])
    parts = [
        *(shown_text.shown(sent.content) if sent.content else ()),
        *(Picture(file.alt_text, _digest(one)) for one, file in zip(shown, sent.files, strict=False)),
        *(Attached(file.name) for file in sent.files[len(shown) :]),
        *(Group(tuple(_embed(embed))) for embed in sent.embeds),
        *(part for row in sent.components for part in _row(row["components"])),
    ]
    return Look(platform=_PLATFORM, messages=(tuple(parts),))


def _file(shown: Illustration) -> ImageFile:
    """Stand in for a picture's file, whose bytes no preview needs."""
    return ImageFile(digest=_digest(shown), media_type="image/png", data=b"")


def _digest(shown: Illustration) -> str:
    return shown.digest if isinstance(shown, Image) else ""


def _embed(embed: Json) -> Iterator[Title | Line | Code]:
    if "author" in embed:
        yield Line(runs=(Run(embed["author"]["name"]),))
    if "title" in embed:
        yield Title(shown_text.runs(embed["title"]))
    yield from shown_text.shown(embed["description"])


def _row(controls: list[Json]) -> Iterator[Part]:
    if controls[0]["type"] == _BUTTON:
        yield Buttons(tuple(Pressable(one["label"], main=one["style"] == _PRIMARY) for one in controls))
    else:
        yield from (Dropdown(one["placeholder"]) for one in controls)
