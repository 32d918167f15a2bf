"""The process that reads files: one after the other from its standard input, until that is closed.

It loads the importers and nothing else. It limits its own memory and time, so a file that needs too much ends this
process and not the bot.
"""

import os
import pickle
import sys
import traceback
from typing import BinaryIO

from bot.apart.bounds import bounded
from bot.apart.restraint import limit_memory, limit_time
from bot.apart.wire import HEAD, Broken, Exhausted, Refused, Wanted, packed, parts_of
from bot.domain.errors import BadFile
from bot.i18n import use_language
from bot.importers import parse


def main() -> None:
    """Read the files that the parent sends; `bot.apart.reader` starts this with the limits as arguments."""
    memory, seconds = map(int, sys.argv[1:3])
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get in between the answers
    limit_memory(memory)
    while head := asked.read(HEAD.size):
        wanted = pickle.loads(asked.read(HEAD.unpack(head)[0]))  # noqa: S301 - only the parent writes to it
        limit_time(seconds)
        answer(wanted, answers)
        del wanted


def answer(wanted: Wanted, answers: BinaryIO) -> None:
    """Read one file, and write to ``answers`` what it holds or why it can't be used."""
    try:
        with use_language(wanted.language):
            document = bounded(parse(wanted.data, name=wanted.name, format=wanted.format))
        answers.writelines(packed(part) for part in parts_of(document))
    except BadFile as error:
        answers.write(packed(Refused(error.marked, error.line)))
    except MemoryError:
        answers.write(packed(Exhausted()))
    except Exception:  # noqa: BLE001 - the parent raises it
        answers.write(packed(Broken(traceback.format_exc())))
    answers.flush()


if __name__ == "__main__":
    main()
