"""The formats that files are read in, each a module with its `Format` and its parser."""

from bot.importers.format import Format
from bot.importers.formats import numbered, obsidian, prose, quizbot, separated

FORMATS: tuple[Format, ...] = (
    quizbot.FORMAT,
    numbered.FORMAT,
    separated.FORMAT,
    obsidian.FORMAT,
    prose.FORMAT,
)
"""Every format, in the order of lists; where two are as likely, a file is in the one that stands first."""
