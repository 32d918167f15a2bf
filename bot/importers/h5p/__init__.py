"""Takes H5P content apart; the format itself is declared in `bot.importers.formats.h5p`."""
