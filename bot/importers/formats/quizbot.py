"""The project's own format, ``quizbot-bank/2`` or ``/1``: a bank names it in its first lines, in YAML or in JSON."""

import re

from bot.domain.drafts import ParsedDocument
from bot.importers.format import CERTAIN, Format, Progress, Writing
from bot.importers.source import Source
from bot.importers.writing.bank import to_json, to_yaml

_NAMED = re.compile(rb"""^[ \t]*+(?:\{[ \t]*+)?["']?format["']?[ \t]*:[ \t]*["']?quizbot-bank/""", re.MULTILINE)
_QUESTIONS = re.compile(rb"""^[ \t]*+(?:\{[ \t]*+)?["']?questions["']?[ \t]*:""", re.MULTILINE)
_STEM = re.compile(rb"""\bstem["']?[ \t]*:""")
_ELSEWHERE = re.compile(rb"""\b(?:options|correct_?[A-Za-z]+)["']?[ \t]*:""")
"""What banks never call anything, but other programs do, whose files may list questions with stems, too."""
_SUFFIXES = frozenset({".yaml", ".yml", ".json"})


def likelihood(source: Source) -> float:
    """Certain if the file names the format near its beginning, or is YAML or JSON by name and lists questions."""
    if _NAMED.search(source.head):
        return CERTAIN
    lists = source.suffix in _SUFFIXES and _QUESTIONS.search(source.head) and _STEM.search(source.head)
    return CERTAIN if lists and not _ELSEWHERE.search(source.head) else 0


def parse(source: Source, progress: Progress) -> ParsedDocument:
    """Read a bank, with its pictures if the source has a folder.

    Raises:
        BadFile: it isn't valid YAML, breaks the schema, or names a picture that can't be used; with the line.
    """
    from bot.importers.bank.reader import read_bank  # noqa: PLC0415  # loads jsonschema, slower than all importers together

    return read_bank(source, progress)


FORMAT = Format(
    name="quizbot",
    about="the project's own question banks, YAML or JSON",
    likelihood=likelihood,
    parse=parse,
    writings=(
        Writing(
            name="quizbot",
            about="the project's own YAML, which can be edited and imported again",
            extension="yaml",
            write=to_yaml,
        ),
        Writing(name="json", about="the same as JSON", extension="json", write=to_json),
    ),
)
