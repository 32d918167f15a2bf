"""How a message looks on Discord, for pages that show it before it is sent: read from the message itself."""

from collections.abc import Iterator

from adapters.common.looks import Attached, Buttons, Code, Dropdown, Group, Line, Look, Part, Picture, Pressable, Title
from adapters.discord import shown_text
from adapters.discord.controls import Json
from adapters.discord.outbound import File, message
from bot.domain.images import Image, ImageFile
from bot.domain.views import MessageView

_PLATFORM = "Discord"
_PRIMARY = 1
_BUTTON = 2


def preview(view: MessageView) -> Look:
    """Return how Discord shows a view."""
    image = view.image
    picture = ImageFile(digest=image.digest, media_type=image.media_type, data=b"") if image else None
    sent = message(view, picture=picture)
    parts = [
        *(shown_text.shown(sent.content) if sent.content else ()),
        *(_file(file, image) for file in sent.files),
        *(Group(tuple(_embed(embed))) for embed in sent.embeds),
        *(part for row in sent.components for part in _row(row["components"])),
    ]
    return Look(platform=_PLATFORM, messages=(tuple(parts),))


def _file(file: File, image: Image | None) -> Picture | Attached:
    return Picture(file.alt_text, image.digest) if image and file.name == image.file_name else Attached(file.name)


def _embed(embed: Json) -> Iterator[Title | Line | Code]:
    if "title" in embed:
        yield Title(shown_text.runs(embed["title"]))
    yield from shown_text.shown(embed["description"])


def _row(controls: list[Json]) -> Iterator[Part]:
    if controls[0]["type"] == _BUTTON:
        yield Buttons(tuple(Pressable(one["label"], main=one["style"] == _PRIMARY) for one in controls))
    else:
        yield from (Dropdown(one["placeholder"]) for one in controls)
