"""The process that paints formulas: one picture after the other from its standard input, until that is closed.

It limits its own memory and time: the library that lays formulas out takes twice as long with each level of nesting.
"""

from collections.abc import Sequence
from typing import BinaryIO

from bot.apart.serving import serve
from bot.apart.wire import HEAD
from bot.domain.formulas import LabelledFormula
from bot.rendering.formulas.painting import paint


def answer(formulas: Sequence[LabelledFormula], answers: BinaryIO) -> None:
    """Write a picture of formulas to ``answers``; an empty one if none can be shown."""
    painted = paint(formulas) or b""
    answers.write(HEAD.pack(len(painted)) + painted)


if __name__ == "__main__":
    serve(answer)
