"""Helpers for tests of Anki's packages: old ones by genanki, and new ones as Anki itself lays them out."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import genanki
import zstandard

from bot.domain.drafts import ParsedDocument, QuestionDraft
from bot.importers import parse

RULE = "<hr id=answer>"
CLOZE = genanki.CLOZE_MODEL
BASIC = genanki.BASIC_MODEL
REVERSED = genanki.BASIC_AND_REVERSED_CARD_MODEL
TYPED = genanki.BASIC_TYPE_IN_THE_ANSWER_MODEL
ADD_ON = ("Question", "Title", "QType (0=kprim,1=mc,2=sc)", *(f"Q_{n}" for n in range(1, 6)), "Answers", "Sources")
SCHEMA = """
    CREATE TABLE col (id integer PRIMARY KEY, ver integer NOT NULL, models text NOT NULL, decks text NOT NULL);
    CREATE TABLE notetypes (id integer PRIMARY KEY, name text NOT NULL COLLATE unicase, config blob NOT NULL);
    CREATE UNIQUE INDEX idx_notetypes_name ON notetypes (name);
    CREATE TABLE fields (ntid integer, ord integer, name text COLLATE unicase, config blob,
      PRIMARY KEY (ntid, ord)) without rowid;
    CREATE TABLE templates (ntid integer, ord integer, name text COLLATE unicase, config blob,
      PRIMARY KEY (ntid, ord)) without rowid;
    CREATE TABLE decks (id integer PRIMARY KEY, name text NOT NULL COLLATE unicase);
    CREATE UNIQUE INDEX idx_decks_name ON decks (name);
    CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, tags text, flds text, sfld integer);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, ord integer, odid integer);
"""


def model(name: str, fields: Sequence[str], front: str = "", back: str = "", *, cloze: bool = False) -> genanki.Model:
    """A note type with one card."""
    return genanki.Model(
        sum(name.encode()),
        name,
        fields=[{"name": field} for field in fields],
        templates=[{"name": "Card 1", "qfmt": front or f"{{{{{fields[0]}}}}}", "afmt": back}],
        model_type=int(cloze),
    )


def note(of: genanki.Model, *fields: str, tags: Sequence[str] = (), guid: str | None = None) -> genanki.Note:
    return genanki.Note(of, [*fields, *[""] * (len(of.fields) - len(fields))], tags=tags, guid=guid)


def old(*notes: genanki.Note, media: Mapping[str, bytes] | None = None, deck: str = "Deck") -> bytes:
    """A package of the old layout."""
    return packed(
        {"collection.anki2": collection({deck: notes}), **_listed(media or {})},
    )


def collection(decks: Mapping[str, Sequence[genanki.Note]]) -> bytes:
    """A collection of the old layout, with notes in decks."""
    made = []
    for number, (name, notes) in enumerate(decks.items(), start=1):
        made.append(genanki.Deck(number, name))
        for one in notes:
            made[-1].add_note(one)
    connection = sqlite3.connect(":memory:")
    genanki.Package(made).write_to_db(connection.cursor(), 1.0, count(1))
    connection.commit()
    written = connection.serialize()
    connection.close()
    return written


def _listed(media: Mapping[str, bytes]) -> dict[str, bytes]:
    names = json.dumps({str(at): name for at, name in enumerate(media)}).encode()
    return {"media": names, **{str(at): data for at, data in enumerate(media.values())}}


def packed(files: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def new(
    *notes: genanki.Note, media: Mapping[str, bytes] | None = None, deck: str = "Deck", cards: bool = True
) -> bytes:
    """A package of the new layout, with the advice for older programs in it; its notes may have lost their cards."""
    entries = b"".join(
        message(1, message(1, name.encode()) + number(2, len(data))) for name, data in (media or {}).items()
    )
    return packed(
        {
            "meta": number(1, 3),
            "collection.anki21b": zstandard.compress(new_collection(notes, deck, cards=cards)),
            "collection.anki2": collection({"Default": [note(BASIC, "Please update to the latest Anki version.")]}),
            "media": zstandard.compress(entries),
            **{str(at): zstandard.compress(data) for at, data in enumerate((media or {}).values())},
        }
    )


def new_collection(notes: Sequence[genanki.Note], deck: str = "Deck", *, cards: bool = True) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
    connection.executescript(SCHEMA)
    connection.execute("INSERT INTO col VALUES (1, 18, '', '')")
    connection.execute("INSERT INTO decks VALUES (1, ?)", [deck.replace("::", "\x1f")])
    for made in {one.model.model_id: one.model for one in notes}.values():
        config = number(1, made.model_type) + message(3, b".card {}")
        connection.execute("INSERT INTO notetypes VALUES (?, ?, ?)", [made.model_id, made.name, config])
        for at, one in enumerate(made.fields):
            connection.execute("INSERT INTO fields VALUES (?, ?, ?, x'')", [made.model_id, at, one["name"]])
        for at, one in enumerate(made.templates):
            sides = message(1, one["qfmt"].encode()) + message(2, one["afmt"].encode())
            connection.execute("INSERT INTO templates VALUES (?, ?, ?, ?)", [made.model_id, at, one["name"], sides])
    for id_, one in enumerate(notes, start=1):
        row = [id_, one.guid, one.model.model_id, f" {' '.join(one.tags)} ", "\x1f".join(one.fields), one.fields[0]]
        connection.execute("INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?)", row)
        for card in one.cards if cards else ():
            connection.execute("INSERT INTO cards VALUES (NULL, ?, 1, ?, 0)", [id_, card.ord])
    connection.commit()
    written = bytearray(connection.serialize())
    written[18:20] = b"\2\2"  # as a program that logs its changes leaves it
    connection.close()
    return bytes(written)


def number(field: int, value: int) -> bytes:
    """A field of a message in Protocol Buffers with a whole number."""
    return _varint(field << 3) + _varint(value)


def message(field: int, value: bytes) -> bytes:
    """A field of a message in Protocol Buffers with bytes, a text or another message."""
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])


def read(*notes: genanki.Note, **more: Any) -> ParsedDocument:
    return parse(old(*notes, **more))


def only(*fields: str, of: genanki.Model = BASIC, **more: Any) -> QuestionDraft:
    """The one question of a note."""
    (question,) = read(note(of, *fields), **more).questions
    return question


def messages(document: ParsedDocument) -> list[tuple[int, str, str]]:
    """The lines, codes and messages of a document's findings."""
    return [(finding.line, finding.code, finding.message) for finding in document.findings]
