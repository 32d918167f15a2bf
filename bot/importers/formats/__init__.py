"""The formats that can be read, a module for each with its `FORMAT` and its parser."""

from bot.importers.format import Format
from bot.importers.formats import (
    aiken,
    anki,
    gift,
    h5p,
    moodle,
    numbered,
    obsidian,
    opentdb,
    opentriviaqa,
    prose,
    qti,
    quizbot,
    redtrivia,
    separated,
    tables,
    text2qti,
)

FORMATS: tuple[Format, ...] = (
    quizbot.FORMAT,
    moodle.FORMAT,
    qti.FORMAT,
    numbered.FORMAT,
    separated.FORMAT,
    obsidian.FORMAT,
    gift.FORMAT,
    aiken.FORMAT,
    opentriviaqa.FORMAT,
    text2qti.FORMAT,
    opentdb.FORMAT,
    redtrivia.FORMAT,
    h5p.FORMAT,
    anki.FORMAT,
    tables.FORMAT,
    prose.FORMAT,
)
"""Every format, in the order in which people see them listed; the first of several equally likely ones is taken."""
