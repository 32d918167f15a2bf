"""The formats that can be read, a module for each with its `FORMAT` and its parser."""

from bot.importers.format import Format
from bot.importers.formats import gift, moodle, numbered, obsidian, prose, quizbot, separated

FORMATS: tuple[Format, ...] = (
    quizbot.FORMAT,
    moodle.FORMAT,
    numbered.FORMAT,
    separated.FORMAT,
    obsidian.FORMAT,
    gift.FORMAT,
    prose.FORMAT,
)
"""Every format, in the order in which people see them listed; the first of several equally likely ones is taken."""
