"""The process that paints formulas: one picture after the other from its standard input, until that is closed.

It limits its own memory and time: the library that lays formulas out takes twice as long with each level of nesting.
"""

import os
import pickle
import sys

from bot.apart.restraint import limit_memory, limit_time
from bot.apart.wire import HEAD
from bot.rendering.formulas.painting import paint


def main() -> None:
    """Paint what the parent sends; `bot.apart.painting` starts this with the limits as arguments."""
    memory, seconds = map(int, sys.argv[1:3])
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get in between the answers
    limit_memory(memory)
    while head := asked.read(HEAD.size):
        formulas = pickle.loads(asked.read(HEAD.unpack(head)[0]))  # noqa: S301 - only the parent writes to it
        limit_time(seconds)
        painted = paint(formulas) or b""
        answers.write(HEAD.pack(len(painted)) + painted)
        answers.flush()


if __name__ == "__main__":
    main()
