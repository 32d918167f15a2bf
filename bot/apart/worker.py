"""The process that reads files: one after the other from its standard input, until that is closed.

It loads the importers and nothing else. It limits its own memory and time, so a file that needs too much ends this
process and not the bot.
"""

import traceback
from typing import BinaryIO

from bot.apart.bounds import bounded
from bot.apart.serving import serve
from bot.apart.wire import Broken, Exhausted, Refused, Wanted, packed, parts_of
from bot.domain.drafts import ParsedDocument
from bot.domain.errors import BadFile, BadInput
from bot.garbage import hardly_collecting
from bot.i18n import use_language
from bot.importers import learn, parse


def answer(wanted: Wanted, answers: BinaryIO) -> None:
    """Read one file, and write to ``answers`` what it holds or why it can't be used."""
    try:
        with use_language(wanted.language), hardly_collecting():
            document = bounded(_read(wanted))
        answers.writelines(packed(part) for part in parts_of(document))
    except BadInput as error:
        line = error.line if isinstance(error, BadFile) else None
        answers.write(packed(Refused(error.marked, line)))
    except MemoryError:
        answers.write(packed(Exhausted()))
    except Exception:  # noqa: BLE001 - the parent raises it
        answers.write(packed(Broken(traceback.format_exc())))


def _read(wanted: Wanted) -> ParsedDocument:
    if wanted.examples:
        return learn(wanted.data, wanted.examples)
    return parse(wanted.data, name=wanted.name, format=wanted.format, kept=wanted.kept)


if __name__ == "__main__":
    serve(answer)
