"""Takes questions of the Open Trivia Database apart; the format is declared in `bot.importers.formats.opentdb`."""
