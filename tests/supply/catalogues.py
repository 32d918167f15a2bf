"""``python -m tests.supply.catalogues``: bring each language's catalogue up to date with the texts of the program.

Beside each ``.po`` file, which people edit, stands the ``.mo`` file that the program reads.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot.i18n import LANGUAGES

LOCALES = Path(__file__).parents[2] / "bot" / "locale"
_WIDTH = 120
_HEADER: Any = {
    "project": "Quizbot",
    "version": "0.1",
    "msgid_bugs_address": "Quizbot",
    "last_translator": "Quizbot",
    "language_team": "Quizbot",
    "creation_date": datetime(2026, 11, 30, tzinfo=UTC),
    "revision_date": datetime(2026, 11, 30, tzinfo=UTC),
}
"""Fields that tools for translators expect; with dates of its own, the file would change whenever it is written."""


def renew(language: str, template: Catalog, locales: Path = LOCALES) -> None:
    """Give a language every text of the template, and take out all others; what is new is empty until translated."""
    path = locales / language / "LC_MESSAGES" / "quizbot.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        with path.open("rb") as lines:
            there = read_po(lines, locale=language)
    else:
        there = Catalog(locale=language)
    catalogue = Catalog(locale=language, fuzzy=False, header_comment="", **_HEADER)
    for message in template:
        if message.id:
            known = there.get(message.id, message.context)  # also finds what is now one of a number
            is_known = known is not None and isinstance(known.id, str) == isinstance(message.id, str)
            empty = "" if isinstance(message.id, str) else [""] * catalogue.num_plurals
            said = known.string if known and is_known else empty
            catalogue.add(message.id, said, flags=message.flags, context=message.context)
    with path.open("wb") as lines:
        write_po(lines, catalogue, width=_WIDTH, sort_output=True, ignore_obsolete=True)
    path.with_suffix(".mo").write_bytes(compiled(path.read_bytes(), language))


def compiled(written: bytes, language: str) -> bytes:
    """Turn a ``.po`` file into its ``.mo`` file, without what isn't translated: it would be shown as an empty text."""
    catalogue = read_po(BytesIO(written), locale=language)
    for message in list(catalogue):
        if message.id and not all(message.string):
            catalogue.delete(message.id, message.context)
    read = BytesIO()
    write_mo(read, catalogue)
    return read.getvalue()


def main() -> None:
    """Renew every language but English, which is in the program itself."""
    with (LOCALES / "messages.pot").open("rb") as lines:
        template = read_po(lines)
    for language in LANGUAGES:
        if language != "en":
            renew(language, template)


if __name__ == "__main__":
    main()
