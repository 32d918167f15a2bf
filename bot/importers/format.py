"""What a format is to the importers: one record, declared beside the function that reads it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain.drafts import ParsedDocument
from bot.domain.questions import Question
from bot.importers.reading.text import Line
from bot.importers.source import Source

Progress = Callable[[float], None]
"""Hears how much is done, from 0 to 1."""

CERTAIN = float("inf")
"""The likelihood of a format that the source itself names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A way to write a bank out.

    Attributes:
        name: what people type for it.
        about: what is written, in one line.
        write: gives the text for questions, the bank's name and its title.
    """

    name: str
    about: str
    write: Callable[[Sequence[Question], str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that files come in.

    Attributes:
        name: what people type for it, and what documents in it carry.
        about: what such files are, in one line.
        likelihood: says how likely a source is in this format: 0 if it isn't, `CERTAIN` if the source names the
            format, else about how many questions the format finds in it. Formats that look for a sign of their own
            add a half, which wins a tie. If it raises BadFile, the source isn't in this format.
        parse: gives everything that a source holds. It raises BadFile if the source can't be read as this format.
        writings: the ways to write banks out in this format.
    """

    name: str
    about: str
    likelihood: Callable[[Source], float]
    parse: Callable[[Source, Progress], ParsedDocument]
    writings: tuple[Writing, ...] = ()


def format_of_lines(
    *,
    name: str,
    about: str,
    likelihood: Callable[[Sequence[Line]], float],
    parse: Callable[[Sequence[Line], Progress], ParsedDocument],
    writings: tuple[Writing, ...] = (),
) -> Format:
    """A format whose functions read a source's lines; repairs of the lines are added to the document's findings."""

    def parse_lines(source: Source, progress: Progress) -> ParsedDocument:
        document = parse(source.lines, progress)
        return replace(document, findings=(*source.repairs, *document.findings))

    return Format(
        name=name,
        about=about,
        likelihood=lambda source: likelihood(source.lines),
        parse=parse_lines,
        writings=writings,
    )
