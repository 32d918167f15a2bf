"""Which format a file is in: each format says how likely it is, by what stands in the file."""

from collections.abc import Sequence

from bot.domain.errors import BadFile
from bot.importers.format import CERTAIN, Format
from bot.importers.source import Source


def detect(source: Source, formats: Sequence[Format]) -> Format:
    """The likeliest format of a source; where two are as likely, the one that stands first.

    Raises:
        BadFile: no format can read the source; it carries the reason that the first one gave.
    """
    best, most = formats[0], 0.0
    refusals = []
    for candidate in formats:
        try:
            likelihood = candidate.likelihood(source)
        except BadFile as refusal:  # it may be no text, and yet a package that another format reads
            refusals.append(refusal)
            continue
        if likelihood > most:
            best, most = candidate, likelihood
        if most == CERTAIN:
            break
    if refusals and not most:
        raise refusals[0]
    return best
