"""The emoji that stand before the choices of a question, and on the reactions that mean them."""

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "keycap_ten")
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

SIGNS = _NUMBERS + _SHAPES
"""One name for each of the most choices that a question has; numbers as far as Slack has them."""

MOST_SEEDED = 23
"""Slack lets one account put no more different reactions on a message."""


def sign(position: int) -> str:
    """The emoji of a choice, as it is written in a text."""
    return f":{SIGNS[position]}:"


def position(name: str) -> int | None:
    """Which choice a reaction means; None where it means none."""
    return SIGNS.index(name) if name in SIGNS else None
