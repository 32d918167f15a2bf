"""The process that reads: one file after the other from its input, until that is closed.

It loads the importers and nothing else, and limits itself, so that a file that would exhaust the machine ends it.
"""

import os
import pickle
import sys
import traceback
from contextlib import suppress
from typing import BinaryIO

from bot.apart.bounds import bounded
from bot.apart.wire import HEAD, Broken, Exhausted, Refused, Wanted, packed, parts_of
from bot.domain.errors import BadFile
from bot.i18n import use_language
from bot.importers import parse

try:
    import resource
except ImportError:  # on Windows, where the parent's clock is the only limit
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Answer what is asked; see `bot.apart.reader`, which starts this with its limits as arguments."""
    memory, seconds = map(int, sys.argv[1:3])
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    limit_memory(memory)
    while head := asked.read(HEAD.size):
        wanted = pickle.loads(asked.read(HEAD.unpack(head)[0]))  # noqa: S301 - the parent's own words
        limit_time(seconds)
        answer(wanted, answers)
        del wanted


def answer(wanted: Wanted, answers: BinaryIO) -> None:
    """Read one file, and write what it holds or why it can't be used."""
    try:
        with use_language(wanted.language):
            document = bounded(parse(wanted.data, name=wanted.name, format=wanted.format))
        answers.writelines(packed(part) for part in parts_of(document))
    except BadFile as error:
        answers.write(packed(Refused(error.marked, error.line)))
    except MemoryError:
        answers.write(packed(Exhausted()))
    except Exception:  # noqa: BLE001 - whoever asked logs it
        answers.write(packed(Broken(traceback.format_exc())))
    answers.flush()


def limit_memory(size: int) -> None:
    """Have every allocation fail beyond so many bytes of address space."""
    if resource is not None:
        with suppress(ValueError, OSError):  # macOS refuses; somebody may have set a lower limit already
            resource.setrlimit(resource.RLIMIT_AS, (size, size))


def limit_time(seconds: int) -> None:
    """Have the system end this process once it has worked so much longer."""
    if resource is not None:
        spent = resource.getrusage(resource.RUSAGE_SELF)
        _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (int(spent.ru_utime + spent.ru_stime) + seconds, hard))


if __name__ == "__main__":
    main()
