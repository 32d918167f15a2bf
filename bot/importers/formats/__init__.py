"""The formats that can be read, a module for each with its `FORMAT` and its parser."""

from bot.importers.format import Format
from bot.importers.formats import (
    aiken,
    anki,
    blackboard,
    data,
    folder,
    gift,
    h5p,
    html,
    moodle,
    numbered,
    obsidian,
    opentdb,
    opentriviaqa,
    pdf,
    prose,
    qti,
    quizbot,
    redtrivia,
    separated,
    tables,
    text2qti,
    word,
)

_OF_FILES: tuple[Format, ...] = (
    quizbot.FORMAT,
    moodle.FORMAT,
    qti.FORMAT,
    numbered.FORMAT,
    separated.FORMAT,
    obsidian.FORMAT,
    gift.FORMAT,
    aiken.FORMAT,
    opentriviaqa.FORMAT,
    blackboard.FORMAT,
    text2qti.FORMAT,
    opentdb.FORMAT,
    data.FORMAT,
    redtrivia.FORMAT,
    h5p.FORMAT,
    anki.FORMAT,
    tables.FORMAT,
    word.FORMAT,
    html.FORMAT,
    pdf.FORMAT,
    prose.FORMAT,
)

FORMATS: tuple[Format, ...] = (*_OF_FILES, folder.of(_OF_FILES))
"""Every format, in the order in which people see them listed; the first of several equally likely ones is taken."""
