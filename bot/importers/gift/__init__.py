"""Takes Moodle's GIFT files apart; the format itself is declared in `bot.importers.formats.gift`."""
