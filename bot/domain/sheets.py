"""Sheets: the pictures of a question's choices in one picture, each below its letter.

Messages of some platforms have one place for pictures, which puts no letters to them.
"""

from dataclasses import dataclass, replace

from bot.domain.images import Image
from bot.domain.shortening import shortened
from bot.domain.views import MessageView, OptionView


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a sheet shows: letters with their pictures, in the order of the round."""

    tiles: tuple[tuple[str, Image], ...]

    def alt(self, limit: int) -> str:
        """Say what the pictures show, each after its letter; if that is too long, all have the same room."""
        told = "; ".join(f"{letter}: {image.alt}" for letter, image in self.tiles)
        if len(told) <= limit:
            return told
        room = limit // len(self.tiles) - len("A: ; ")
        return "; ".join(f"{letter}: {shortened(image.alt, room)}" for letter, image in self.tiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One choice to paint: its letter, its picture's bytes, and words for the case that they can't be shown."""

    letter: str
    data: bytes
    alt: str


def is_on_sheet(option: OptionView) -> bool:
    """Whether a sheet shows an option's picture; it repeats none that is above it."""
    return option.image is not None and not option.picture_above


def needs_line(option: OptionView) -> bool:
    """Whether a message with a sheet must still write an option out; not if the sheet shows all of it."""
    return not (is_on_sheet(option) and option.picture_alone)


def sheet_of(view: MessageView) -> Sheet | None:
    """Return the sheet that belongs to a message; None if its options have no pictures."""
    tiles = tuple((option.letter, option.image) for option in view.options if option.image and is_on_sheet(option))
    return Sheet(tiles=tiles) if tiles else None


def without_sheet(view: MessageView) -> MessageView:
    """Return the message with words in place of its sheet."""
    return replace(view, options=tuple(map(_in_words, view.options)))


def _in_words(option: OptionView) -> OptionView:
    return replace(option, image=None, picture_alone=False) if is_on_sheet(option) else option
