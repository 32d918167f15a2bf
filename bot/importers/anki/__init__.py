"""Takes Anki's packages apart; the format itself is declared in `bot.importers.formats.anki`."""
