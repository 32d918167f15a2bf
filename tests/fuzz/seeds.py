"""Small files of every format, from which a fuzzer starts."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from tests.fuzz.promises import ANY
from tests.unit.importers.documents_by_hand import lines, lists, packed, paragraph, pdf, plain, run, table, word
from tests.unit.importers.formats import anki_packages as anki
from tests.unit.importers.formats import h5p_packages as h5p
from tests.unit.importers.formats import qti_files as qti
from tests.unit.importers.formats.habits import HABITS
from tests.unit.importers.formats.test_workbooks import HEADER, ROW
from tests.unit.importers.formats.test_workbooks import package as workbook
from tests.unit.importers.reading.test_encoding import LANGUAGES, encoded
from tests.unit.importers.test_cases import CASES

_PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
_EXAMPLE = re.compile(r"^(?:## (?P<name>[a-z0-9]+)|```\w*\n(?P<text>(?:(?!```).*\n)*)```)$", re.MULTILINE)
"""The heading of a format, or an example of it."""


def seeds() -> dict[str, list[bytes]]:
    """Return small files by the names of their formats; under `ANY` one of each, then texts in many encodings."""
    found = {name: [*made()] for name, made in _MADE.items()}
    name = ""
    for shown in _EXAMPLE.finditer(_PAGE.read_text(encoding="utf-8")):
        name = shown["name"] or name
        if shown["text"] and name:
            found.setdefault(name, []).append(shown["text"].encode())
    return {**found, ANY: [*(files[0] for files in found.values()), *_in_many_encodings()]}


def _numbered() -> Iterator[bytes]:
    yield from (habit.encode() for habit in HABITS.values())
    yield from (case.read_bytes() for case in sorted(CASES.glob("*.txt")))


def _in_many_encodings() -> Iterator[bytes]:
    languages = {encoding: language for language in LANGUAGES.values() for encoding in language.encodings}
    return (encoded(language.quiz(2), encoding) for encoding, language in languages.items())


def _word() -> Iterator[bytes]:
    listed = (paragraph(run(text), list_=(1, level)) for level, text in enumerate(["Which floats?", "Lead"]))
    marked = paragraph(run("A) "), run("Lead")) + paragraph(run("B) "), run("Cork", '<w:b/><w:color w:val="C00000"/>'))
    yield word("".join(listed), numbering=lists(["decimal", "lowerLetter"]))
    yield word("".join(plain(f"{number}. Which floats?") + marked + plain("") for number in (1, 2, 3)))
    yield word(table(["Question", "A", "B", "Answer"], ["Which floats?", "Lead", "Cork", "B"]))


def _pdf() -> Iterator[bytes]:
    asked = ("1. Which floats?", "A. Lead", "B. Cork", "Answer: B")
    yield pdf(lines(*asked))
    yield pdf(lines(*asked) + lines(*asked, x=320), lines("Page 2", *asked))


def _qti() -> Iterator[bytes]:
    trees = {"a": "Oak", "b": "Cork"}
    new = qti.new(qti.choices(trees, prompt="Which floats?"), qti.response("b"))
    yield qti.package({"oak.xml": new})
    old = qti.old("Which floats?", qti.lid("r", trees), qti.scoring(qti.when(qti.equal("b"))))
    yield f"<questestinterop><assessment title='Trees'><section>{old}</section></assessment></questestinterop>".encode()


def _h5p() -> Iterator[bytes]:
    blanks = h5p.task("Blanks", questions=["<p>*Cork/Wood:It is light* floats.</p>"])
    choice = h5p.task("MultiChoice", question="Which floats?", answers=[{"text": "Cork", "correct": True}])
    yield h5p.package({"questions": [blanks, choice]})


def _anki() -> Iterator[bytes]:
    notes = [
        anki.note(anki.BASIC, "Which floats?<br>A. Lead<br>B. Cork", "B"),
        anki.note(anki.CLOZE, "{{c1::Cork::light}} floats, and {{c2::lead}} sinks."),
        anki.note(anki.TYPED, "What floats?", "Cork"),
    ]
    yield packed({"collection.anki2": _small(anki.collection({"Deck": notes})), "media": b"{}"})
    newer = bytearray(anki.new_collection(notes))
    newer[18:20] = b"\1\1"  # a database in memory has no log of changes
    compressed = anki.zstandard.compress(_small(bytes(newer)))
    yield packed({"meta": anki.number(1, 3), "collection.anki21b": compressed})


def _small(database: bytes) -> bytes:
    """The same database in small pages."""
    with closing(sqlite3.connect(":memory:")) as large, closing(sqlite3.connect(":memory:")) as small:
        large.deserialize(database)
        for one in (large, small):
            one.create_collation("unicase", lambda left, right: (left > right) - (left < right))
        small.execute("PRAGMA page_size = 512")
        small.executescript("\n".join(large.iterdump()))
        return small.serialize()


def _folder() -> Iterator[bytes]:
    asked = "1. Which floats? ![a boat](boat.png)\nA. Lead\nB. Cork\nAnswer: B\n"
    yield packed({"a.gift": "Which sinks? {=Iron ~Wood}\n", "b/floats.txt": asked, "boat.png": b"no picture"})


def _csv() -> Iterator[bytes]:
    yield workbook(f'<row r="1">{HEADER}</row><row r="2">{ROW.format(2)}</row>')


def _data() -> Iterator[bytes]:
    yield b"""{"passage": "Cork is the bark of an oak, and full of air.", "questions": [
{"question": "Which floats?", "options": [{"id": 1, "text": "Lead", "correct": false}, {"id": 2, "text": "Cork"}],
"correctIndex": 1, "image": {"url": "oak.png"}, "explanation": {"B": "It is light."}},
{"q": "What sinks?", "code": "print(1)", "answer": ["lead", "iron"], "wrong": ["cork"], "tags": ["a"]}]}
"""
    yield b"""{"question": "Which?", "options": {"a": "Lead", "b": "Cork"}, "correct_answers": {"b_correct": "true"}}
{"question": "Which?", "option_a": "Lead", "option_b": "Cork", "answer": "option_b"}
"""


_MADE: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "numbered": _numbered,
    "word": _word,
    "pdf": _pdf,
    "qti": _qti,
    "h5p": _h5p,
    "anki": _anki,
    "folder": _folder,
    "csv": _csv,
    "data": _data,
}
