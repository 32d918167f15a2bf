"""The loop of a process that looks at what strangers sent: it answers its parent within limits that it sets itself."""

import os
import pickle
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from bot.apart.restraint import limit_memory, limit_time
from bot.apart.wire import HEAD
from bot.garbage import collect_rarely


def serve_pictures(paint: Callable[[Any], bytes | None]) -> None:
    """Answer each thing that the parent sends with its picture; with an empty one if it can't be shown.

    See `serve` for the rest.
    """

    def answer(shown: Any, answers: BinaryIO) -> None:  # noqa: ANN401 - whatever this process paints
        painted = paint(shown) or b""
        answers.write(HEAD.pack(len(painted)) + painted)

    serve(answer)


def serve(answer: Callable[[Any, BinaryIO], None]) -> None:
    """Let ``answer`` write the answer to each thing that the parent sends, until it closes the pipe.

    `bot.apart.process` starts this, with the limits of memory and of processor time for each answer as arguments.
    """
    collect_rarely()
    memory, seconds = map(int, sys.argv[1:3])
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get in between the answers
    limit_memory(memory)
    while head := asked.read(HEAD.size):
        wanted = pickle.loads(asked.read(HEAD.unpack(head)[0]))  # noqa: S301 - only the parent writes to it
        limit_time(seconds)
        answer(wanted, answers)
        answers.flush()
        del wanted
