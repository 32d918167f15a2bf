"""The process that reads files: one after the other from its standard input, until that is closed.

It loads the importers and nothing else. It limits its own memory and time, so a file that needs too much ends this
process and not the bot.
"""

import traceback
from typing import BinaryIO

from bot.apart.bounds import bounded
from bot.apart.serving import serve
from bot.apart.wire import Broken, Exhausted, Refused, Wanted, packed, parts_of
from bot.domain.errors import BadFile
from bot.i18n import use_language
from bot.importers import parse


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


if __name__ == "__main__":
    serve(answer)
