"""The process that paints sheets: one after the other from its standard input, until that is closed.

It limits its own memory and time: a small picture can take hours to unpack, such as a JPEG of thousands of passes.
"""

from collections.abc import Sequence
from typing import BinaryIO

from bot.apart.serving import serve
from bot.apart.wire import HEAD
from bot.domain.sheets import Tile
from bot.rendering.sheet import paint


def answer(tiles: Sequence[Tile], answers: BinaryIO) -> None:
    """Write a sheet to ``answers``."""
    painted = paint(tiles)
    answers.write(HEAD.pack(len(painted)) + painted)


if __name__ == "__main__":
    serve(answer)
