"""Packages of Anki: their layouts, and what isn't one or is made to exhaust whoever reads it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from functools import cache
from time import process_time

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadFile, QuizbotError
from bot.importers import parse
from bot.importers.anki import collection as collection_module
from bot.importers.anki import package as package_module
from bot.importers.anki import protobuf
from bot.importers.format import CERTAIN
from bot.importers.formats import anki
from bot.importers.source import Source
from tests.budget import at_usual_pace
from tests.pictures import png
from tests.unit.importers.formats.anki_packages import (
    BASIC,
    CLOZE,
    collection,
    message,
    messages,
    model,
    new,
    new_collection,
    note,
    number,
    old,
    packed,
)

NOTES = (
    note(BASIC, 'Which?<img src="bó.png" alt="A box">', "b", tags=["t"], guid="1"),
    note(CLOZE, "{{c1::Oslo}} is here.", "Yes.", guid="2"),
)
ADVICE = note(BASIC, "Please update to the latest Anki version, then import the .colpkg/.apkg file again.")
SECRET = "CREATE TABLE notes (id integer, guid text, mid integer, tags text, flds text)"


def test_both_layouts_say_the_same() -> None:
    older = parse(old(*NOTES, media={"bó.png": png()}, deck="A::B"))
    newer = parse(new(*NOTES, media={"bó.png": png()}, deck="A::B"))
    assert older == newer
    assert (older.format, older.title, [one.section for one in older.questions]) == ("anki", "A", ["B", "B"])
    assert [one.kind for one in older.questions] == ["card", "blanks"]
    assert older.questions[0].image is not None
    assert older.findings == ()


def test_the_newest_of_several_collections_counts() -> None:
    files = {"collection.anki2": collection({"D": [ADVICE]}), "collection.anki21": collection({"D": NOTES[1:]})}
    for more in ({}, {"meta": number(1, 2)}, {"meta": b"\xff"}):
        assert [one.stem for one in parse(packed(files | more)).questions] == ["____ is here."]


def test_pictures_may_be_listed_under_other_names() -> None:
    entry = message(1, message(1, b"x.png") + number(255, 7))
    files = {
        "meta": number(1, 3),
        "collection.anki21b": zstandard.compress(new_collection([note(BASIC, "<img src=x.png alt=X>", "b")])),
        "media": zstandard.compress(entry),
        "7": png(),
    }
    assert parse(packed(files)).questions[0].image is not None


@pytest.mark.parametrize("listed", [b"", b"[]", b"{", b'{"0": 1}', b"[" * 100_000, zstandard.compress(b"\x0a\xff")])
def test_a_damaged_list_of_pictures_costs_only_the_pictures(listed: bytes) -> None:
    document = parse(packed({"collection.anki2": collection({"D": NOTES[:1]}), "media": listed}))
    assert [code for _line, code, _text in messages(document)] == ["needs_figure"]


REFUSED = (
    ({"collection.anki2": collection({"D": [ADVICE]})}, "only a note that asks to update Anki"),
    ({"collection.anki2": collection({"D": []})}, "no notes"),
    ({"collection.anki2": b"SQLite format 3\0" + b"\0" * 200}, "damaged"),
    ({"collection.anki2": b""}, "damaged"),
    ({"collection.anki2": collection({"D": NOTES})[:3000]}, "damaged"),
    ({"collection.anki2": collection({"D": NOTES}), "meta": number(1, 3)}, "Support older Anki versions"),
    ({"collection.anki2": collection({"D": NOTES}), "meta": number(1, 9)}, "Support older Anki versions"),
    ({"collection.anki21b": zstandard.compress(b"x" * 100)[:-4]}, "damaged"),
    ({"collection.anki21b": zstandard.compress(b"\0" * 65 * 1024**2)}, "larger than 64 MB"),
    ({"collection.anki21b": zstandard.compress(b"x")[:4] + b"\xff" * 20}, "damaged"),
)


@pytest.mark.parametrize(("files", "reason"), REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(files: dict[str, bytes], reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        parse(packed(files))


def test_other_packages_are_not_ankis() -> None:
    data = packed({"content.json": b"{}"})
    assert anki.likelihood(Source(data)) == 0
    assert anki.likelihood(Source(old(*NOTES))) == CERTAIN
    with pytest.raises(BadFile, match="no collection"):
        parse(data, format="anki")


@cache
def collection_of_notes() -> bytes:
    return collection({"D": NOTES})


def doctored(*statements: str) -> bytes:
    """A package whose collection somebody changed."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(collection_of_notes())
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        return packed({"collection.anki2": connection.serialize()})


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x, x, x, x FROM n"
DOCTORED: Sequence[Sequence[str]] = (
    ["DROP TABLE notes", f"CREATE VIEW notes (id, guid, mid, tags, flds) AS {ENDLESS}"],
    ["DROP TABLE notes", "CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, tags, flds)"],
    ["DROP TABLE notes", f"{SECRET[:-1]}, x text GENERATED ALWAYS AS (hex(zeroblob(1000000))))"],
    ["ALTER TABLE notes RENAME COLUMN flds TO others"],
    ["DROP TABLE cards"],
    ["UPDATE col SET models = '{'"],
    ["UPDATE col SET models = replace(hex(zeroblob(50000)), '0', '[')"],
)


@pytest.mark.parametrize("statements", DOCTORED)
def test_a_doctored_collection_runs_nothing(statements: Sequence[str]) -> None:
    data = doctored(*statements)
    started = process_time()
    with pytest.raises(BadFile, match="damaged"):
        parse(data)
    assert at_usual_pace(process_time() - started) < 2


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE notes SET flds = x'00ff', tags = 7, guid = ''"],
        ["UPDATE notes SET mid = 1"],
        ["UPDATE col SET models = '[]', decks = '7'"],
        ["UPDATE cards SET ord = 'x', did = 'y'"],
        ["CREATE TRIGGER t AFTER UPDATE ON notes BEGIN DELETE FROM notes; END"],
        ["CREATE INDEX i ON notes (abs(id), flds, mid)"],
    ],
)
def test_odd_values_are_read_or_refused(statements: Sequence[str]) -> None:
    with suppress(BadFile):
        assert parse(doctored(*statements)).format == "anki"


def test_a_query_that_takes_too_many_steps_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection_module, "_STEP", 10)
    monkeypatch.setattr(collection_module, "_MOST_STEPS", 3)
    with pytest.raises(BadFile, match="damaged"):
        parse(old(*(note(BASIC, str(at), "b") for at in range(50))))


def test_more_notes_than_anyone_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection_module, "MAX_NOTES", 1)
    with pytest.raises(BadFile, match="more than 1 notes"):
        parse(old(*NOTES))


def test_a_picture_that_unpacks_to_a_gigabyte_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAX_MB", 1)
    document = parse(new(*NOTES[:1], media={"bó.png": b"\0" * 3 * 1024**2}))
    assert [code for _line, code, _text in messages(document)] == ["needs_figure"]
    assert "larger than 1 MB" in messages(document)[0][2]


def test_cards_that_repeat_their_text_over_and_over_are_refused() -> None:
    of = model("T", ("Front", "Back"), "{{Front}}" * 290, "{{Back}}")
    data = new(*(note(of, "x" * 100, "b") for _at in range(200)), cards=False)
    with pytest.raises(BadFile, match="repeat its text"):
        parse(data)


@pytest.mark.parametrize(
    "text",
    ["{{c1::", "{{c1::x}}", "}}", "<pre>", "<img ", "[latex]", "\\(", "::", "<b>", "{{c1::<pre>", "[sound:", "_", "$"],
)
def test_a_sign_over_and_over_takes_no_time(text: str) -> None:
    repeated = text * (30_000 // len(text))
    data = new(note(CLOZE, f"{{{{c1::a}}}}{repeated}"), note(BASIC, repeated, repeated), cards=False)
    started = process_time()
    with suppress(BadFile):
        parse(data)
    assert at_usual_pace(process_time() - started) < 2


@pytest.mark.parametrize("sign", ["<script>", "<!--", "{{#a}}", "{{", "<hr id=", "<", "{{Front}}", "<style"])
def test_a_template_of_one_sign_takes_no_time(sign: str) -> None:
    of = model("T", ("Front", "Back"), "{{Front}}", sign * (100_000 // len(sign)))
    data = new(*(note(of, "a", "b") for _at in range(3)), cards=False)
    started = process_time()
    with suppress(BadFile):
        parse(data)
    assert at_usual_pace(process_time() - started) < 2


@given(st.integers(0, 30_000), st.binary(min_size=1, max_size=30))
def test_any_damage_to_a_collection_is_read_or_refused(at: int, junk: bytes) -> None:
    data = collection_of_notes()
    with suppress(QuizbotError):
        parse(packed({"collection.anki2": data[:at] + junk + data[at + len(junk) :]}))


@given(st.binary(max_size=40))
def test_any_bytes_are_a_message_or_none(data: bytes) -> None:
    with suppress(ValueError):
        assert all(field >= 0 for field, _value in protobuf.fields(data))


PARTS = st.sampled_from(
    [
        *("{{c1::", "}}", "::", "{{c2::x}}", "___", "<b>", "</b>", "<img src=x>", "$", r"\(", "a"),
        *("\ue000", "0\ue001", "\ue002", "<pre>", "[$]", "[/$]"),
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=12).map("".join))
def test_any_text_of_a_note_is_read_or_left_out(text: str) -> None:
    document = parse(new(note(CLOZE, text), note(BASIC, text, text), cards=False))
    told = {line for line, _code, _text in messages(document)} | {one.line for one in document.questions}
    assert told == {1, 2}
