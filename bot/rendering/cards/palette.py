"""The colours of a card, light and dark; every text stands out from its ground by 4.5 to 1 or more."""

from dataclasses import dataclass
from enum import StrEnum

Colour = tuple[int, int, int]


class Theme(StrEnum):
    """The background that a card is made for."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one theme.

    Attributes:
        ink: the colour of main texts; ``muted`` that of explanations; both are used on ``page`` and ``panel``.
        rule: thin lines; ``track`` the unfilled part of a bar. No text has these as its colour or background.
        medals: background and text colour of the first three places.
    """

    page: Colour
    panel: Colour
    ink: Colour
    muted: Colour
    accent: Colour
    rule: Colour
    track: Colour
    up: Colour
    down: Colour
    medals: tuple[tuple[Colour, Colour], tuple[Colour, Colour], tuple[Colour, Colour]]


def _colour(code: int) -> Colour:
    return code >> 16, code >> 8 & 255, code & 255


_MEDALS = (
    (_colour(0xF4C84B), _colour(0x3A2C00)),
    (_colour(0xC9D2DE), _colour(0x26303D)),
    (_colour(0xE3A878), _colour(0x3B1F06)),
)

PALETTES = {
    Theme.LIGHT: Palette(
        page=_colour(0xEEF1F8),
        panel=_colour(0xFFFFFF),
        ink=_colour(0x171C28),
        muted=_colour(0x566072),
        accent=_colour(0x3654D1),
        rule=_colour(0xE7EAF2),
        track=_colour(0xDDE2EE),
        up=_colour(0x14713F),
        down=_colour(0xB3322A),
        medals=_MEDALS,
    ),
    Theme.DARK: Palette(
        page=_colour(0x11141C),
        panel=_colour(0x1C212D),
        ink=_colour(0xF2F4FA),
        muted=_colour(0xA6B0C3),
        accent=_colour(0x8EA6FF),
        rule=_colour(0x2A303E),
        track=_colour(0x353D4E),
        up=_colour(0x66D69E),
        down=_colour(0xFF978C),
        medals=_MEDALS,
    ),
}
