"""Reads the notes in a collection of Anki's, an SQLite database that anybody may have made.

Nothing in it can run: it is opened in memory and read only, names of tables that are views or compute something are
refused, and a query that takes too many steps is stopped.
"""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.domain.errors import BadFile
from bot.i18n import gettext as _
from bot.importers.anki import protobuf
from bot.importers.reading.shape import MAX_DATA_BYTES

MAX_NOTES = 100_000
"""The most notes that a package may hold."""
MAX_CARDS = 4 * MAX_NOTES
"""The most cards that a package may hold."""

_MOST_ROWS = 10_000
"""The most rows of the other tables that are read: note types, their fields and templates, and decks."""
_HEADER = b"SQLite format 3\0"
_JOURNAL = slice(18, 20)
"""Where the header says how changes are written. A log of changes is a second file, which packages don't have."""
_NO_LOG = b"\1\1"
_STEP, _MOST_STEPS = 10_000, 5_000
"""How many operations of SQLite's make a step, and how many steps one package may take."""
_NEEDED = frozenset({"col", "notes", "cards"})
_NEWER = frozenset({"notetypes", "fields", "templates", "decks"})
_TABLE = re.compile(r"CREATE\s{1,9}TABLE\b", re.IGNORECASE)
_COMPUTED = re.compile(r"\bAS\b", re.IGNORECASE)
_BETWEEN_FIELDS, _BETWEEN_DECKS = "\x1f", "::"
_CLOZE = 1
_FRONT, _BACK = 1, 2
"""The fields of a template's message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How a card is shown: its two sides, in HTML with the names of fields in double braces."""

    front: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteType:
    """What notes have in common: the names of their fields, and a template for each of their cards."""

    name: str
    fields: Sequence[str]
    templates: Mapping[int, Template]
    is_cloze: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note.

    Attributes:
        number: where it stands in the collection, counted from 1.
        guid: its id, the same in every collection.
        fields: what it says, as HTML, by the names of its type's fields.
        cards: which of the type's templates it has cards of.
        deck: the name of its first card's deck, with the names of those above it; empty if it has no cards.
    """

    number: int
    guid: str
    type: NoteType
    fields: Mapping[str, str]
    tags: Sequence[str]
    cards: Sequence[int]
    deck: str


def notes(database: bytes) -> list[Note]:
    """Return the notes in a collection, oldest first.

    Raises:
        BadFile: it is damaged, or made to exhaust whoever reads it.
    """
    damaged = _("The package's collection is damaged. In Anki, choose “Check Database”, and export it again.")
    if not database.startswith(_HEADER) or len(database) < 100:
        raise BadFile(damaged)
    readable = bytearray(database)
    readable[_JOURNAL] = _NO_LOG
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(bytes(readable))
            del readable
            _confine(connection, len(database))
            return _Collection(connection, len(database)).notes()
    except (sqlite3.Error, ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise BadFile(damaged) from error


def _confine(connection: sqlite3.Connection, size: int) -> None:
    """Allow nothing but reading plain tables, in a bounded number of steps."""
    steps = count()
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(min(size, MAX_DATA_BYTES), 1_000))
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_progress_handler(lambda: next(steps) > _MOST_STEPS, _STEP)
    connection.set_authorizer(_allowed)
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    connection.text_factory = lambda data: data.decode(errors="replace")


def _allowed(action: int, table: str | None, _column: str | None, _base: str | None, view: str | None) -> int:
    reads = action == sqlite3.SQLITE_READ and view is None and table in {*_NEEDED, *_NEWER, "sqlite_master"}
    return sqlite3.SQLITE_OK if reads or action == sqlite3.SQLITE_SELECT else sqlite3.SQLITE_DENY


class _Collection:
    """An open collection. Its methods raise ValueError if it isn't what Anki writes."""

    def __init__(self, connection: sqlite3.Connection, size: int) -> None:
        self._connection = connection
        self._room = size
        tables = self._tables()
        self._is_newer = tables >= _NEWER
        if not tables >= _NEEDED:
            raise ValueError("a table is missing")

    def notes(self) -> list[Note]:
        """Return all notes."""
        types, decks = (self._types(), self._decks()) if self._is_newer else self._of_old_layout()
        cards = self._cards()
        found = []
        rows = self._rows("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id", MAX_NOTES)
        for number, (id_, guid, type_id, tags, told) in enumerate(rows, start=1):
            # Rows that share their pages can be many times as large as the file.
            self._room -= len(_text(told))
            if self._room < 0:
                raise ValueError("more text than the file can hold")
            if (type_ := types.get(_text(type_id))) is None:
                continue
            own = sorted(cards.get(_text(id_), ()))
            values = _text(told).split(_BETWEEN_FIELDS, len(type_.fields))
            note = Note(
                number=number,
                guid=_text(guid),
                type=type_,
                fields=dict(zip(type_.fields, [*values, *[""] * len(type_.fields)], strict=False)),
                tags=tuple(dict.fromkeys(_text(tags).split())),
                cards=tuple(dict.fromkeys(ordinal for ordinal, _deck in own)),
                deck=decks.get(own[0][1], "") if own else "",
            )
            found.append(note)
        return found

    def _rows(self, query: str, most: int) -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(self._connection.execute(query), start=1):
            if number > most:
                message = _("The package holds more than {limit} notes or cards. Export single decks from Anki.")
                raise BadFile(message.format(limit=most))
            yield row

    def _tables(self) -> set[str]:
        rows = self._rows("SELECT type, name, sql FROM sqlite_master", _MOST_ROWS)
        return {
            _text(name)
            for type_, name, sql in rows
            if type_ == "table" and _TABLE.match(_text(sql)) and not _COMPUTED.search(_text(sql))
        }

    def _cards(self) -> dict[str, list[tuple[int, str]]]:
        """The templates and decks of each note's cards; of a card in a filtered deck, the deck that it is from."""
        found = defaultdict(list)
        for note, ordinal, deck, own_deck in self._rows("SELECT nid, ord, did, odid FROM cards", MAX_CARDS):
            found[_text(note)].append((_whole(ordinal), _text(own_deck or deck)))
        return found

    def _types(self) -> dict[str, NoteType]:
        names: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        templates: defaultdict[str, dict[int, Template]] = defaultdict(dict)
        for type_id, ordinal, name in self._rows("SELECT ntid, ord, name FROM fields", _MOST_ROWS):
            names[_text(type_id)].append((_whole(ordinal), _text(name)))
        for type_id, ordinal, told in self._rows("SELECT ntid, ord, config FROM templates", _MOST_ROWS):
            sides = Template(front=protobuf.text(_bytes(told), _FRONT), back=protobuf.text(_bytes(told), _BACK))
            templates[_text(type_id)][_whole(ordinal)] = sides
        return {
            _text(id_): NoteType(
                name=_text(name),
                fields=[field for _ordinal, field in sorted(names[_text(id_)])],
                templates=dict(sorted(templates[_text(id_)].items())),
                is_cloze=protobuf.whole(_bytes(told), 1) == _CLOZE,
            )
            for id_, name, told in self._rows("SELECT id, name, config FROM notetypes", _MOST_ROWS)
        }

    def _decks(self) -> dict[str, str]:
        rows = self._rows("SELECT id, name FROM decks", _MOST_ROWS)
        return {_text(id_): _text(name).replace(_BETWEEN_FIELDS, _BETWEEN_DECKS) for id_, name in rows}

    def _of_old_layout(self) -> tuple[dict[str, NoteType], dict[str, str]]:
        models, decks = next(self._rows("SELECT models, decks FROM col", _MOST_ROWS), ("", ""))
        types = {id_: _type(model) for id_, model in _objects(json.loads(_text(models) or "{}")).items()}
        names = {id_: _text(deck.get("name")) for id_, deck in _objects(json.loads(_text(decks) or "{}")).items()}
        return types, names


def _type(model: Mapping[str, Any]) -> NoteType:
    """A note type as the old layout holds it, in JSON."""
    fields = [one for one in model.get("flds") or () if isinstance(one, dict)]
    templates = [one for one in model.get("tmpls") or () if isinstance(one, dict)]
    return NoteType(
        name=_text(model.get("name")),
        fields=[_text(one.get("name")) for one in sorted(fields, key=_ordinal)],
        templates={
            _ordinal(one): Template(front=_text(one.get("qfmt")), back=_text(one.get("afmt")))
            for one in sorted(templates, key=_ordinal)
        },
        is_cloze=_whole(model.get("type")) == _CLOZE,
    )


def _objects(value: Any) -> dict[str, dict[str, Any]]:  # noqa: ANN401  # JSON
    """The members of an object that are objects themselves."""
    members = value.items() if isinstance(value, dict) else ()
    return {name: member for name, member in members if isinstance(member, dict)}


def _ordinal(one: Mapping[str, Any]) -> int:
    return _whole(one.get("ord"))


def _text(value: Any) -> str:  # noqa: ANN401  # SQLite keeps any value in any column
    return "" if value is None or isinstance(value, bytes) else str(value)


def _whole(value: Any) -> int:  # noqa: ANN401  # the same
    return value if isinstance(value, int) else 0


def _bytes(value: Any) -> bytes:  # noqa: ANN401  # the same
    return value if isinstance(value, bytes) else b""
