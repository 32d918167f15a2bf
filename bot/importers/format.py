"""A format is one record, declared beside the function that reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.drafts import ParsedDocument
from bot.domain.questions import Question
from bot.importers.reading.lines import Line
from bot.importers.source import Source

Progress = Callable[[float], None]
"""A callback that is told the fraction done, from 0 to 1."""

CERTAIN = float("inf")
"""The likelihood of a format if the source itself names it."""


def _any(_question: Question) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A way to write a bank out as text.

    Attributes:
        name: what people type for it.
        about: one line on what is written.
        extension: how the name of a file like that ends.
        write: makes the text from the questions, the bank's name and its title.
        holds: says whether a question can be written like this; questions that can't are left out.
    """

    name: str
    about: str
    extension: str
    write: Callable[[Sequence[Question], str, str], str]
    holds: Callable[[Question], bool] = _any


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """A way to write a bank out as a package, with its pictures in it.

    Attributes:
        name: what people type for it.
        about: one line on what is written.
        extension: how the name of a file like that ends.
        pack: makes the package from the questions, the bank's name, its title, and its pictures by file name.
        holds: as in `Writing`.
    """

    name: str
    about: str
    extension: str
    pack: Callable[[Sequence[Question], str, str, Mapping[str, bytes]], bytes]
    holds: Callable[[Question], bool] = _any


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format that files come in.

    Attributes:
        name: what people type for it; documents read in this format carry it, too.
        about: one line on what such files are.
        likelihood: says how likely it is that a source is in this format: 0 if it isn't, `CERTAIN` if the source
            names the format, otherwise roughly the number of questions it would find. A format with a sign of its
            own adds a half to win ties. BadFile counts as 0.
        parse: reads a source, or raises BadFile if the source can't be read as this format.
        writings: the ways to write a bank out in this format.
    """

    name: str
    about: str
    likelihood: Callable[[Source], float]
    parse: Callable[[Source, Progress], ParsedDocument]
    writings: tuple[Writing | Packing, ...] = ()


def format_of_lines(
    *,
    name: str,
    about: str,
    likelihood: Callable[[Sequence[Line]], float],
    parse: Callable[[Sequence[Line], Progress], ParsedDocument],
    writings: tuple[Writing | Packing, ...] = (),
) -> Format:
    """A format whose functions work on lines; the findings about repaired lines are added to its documents."""

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
