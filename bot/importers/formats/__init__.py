"""The formats that can be read, a module for each with its `FORMAT` and its parser."""

from bot.importers.format import Format
from bot.importers.formats import gift, h5p, numbered, obsidian, opentdb, prose, quizbot, redtrivia, separated

FORMATS: tuple[Format, ...] = (
    quizbot.FORMAT,
    numbered.FORMAT,
    separated.FORMAT,
    obsidian.FORMAT,
    gift.FORMAT,
    opentdb.FORMAT,
    redtrivia.FORMAT,
    h5p.FORMAT,
    prose.FORMAT,
)
"""Every format, in the order in which people see them listed; the first of several equally likely ones is taken."""
