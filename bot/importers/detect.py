"""Finds the format of a file: every format says how likely it is, judging by the content."""

from collections.abc import Sequence

from bot.domain.errors import BadFile
from bot.importers.format import CERTAIN, Format
from bot.importers.source import Source


def detect(source: Source, formats: Sequence[Format]) -> Format:
    """The most likely format of a source; the first of several that are equally likely.

    Raises:
        BadFile: no format can read the source; the message is the first format's reason.
    """
    best, most = formats[0], 0.0
    refusals = []
    for candidate in formats:
        try:
            likelihood = candidate.likelihood(source)
        except BadFile as refusal:  # it may be a package, which only some formats can read
            refusals.append(refusal)
            continue
        if likelihood > most:
            best, most = candidate, likelihood
        if most == CERTAIN:
            break
    if refusals and not most:
        raise refusals[0]
    return best
