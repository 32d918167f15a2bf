"""Banks written as packages for Anki are read back the same, and bring notes in Anki up to date."""

import json
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from bot.domain.accepted import AcceptedNumber, NearMiss
from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.identity import BankId, QuestionId
from bot.domain.images import choice_picture, image_file
from bot.domain.questions import Question
from bot.domain.revisions import first_revision
from bot.importers import export, parse
from bot.importers.writing.anki import SHOWN, shown
from bot.testing import blanks, card, draft, number, short, statement
from tests.pictures import png
from tests.unit.importers.formats.anki_packages import messages, packed

BOX, RING = image_file(png()), image_file(png(9))
assert BOX is not None
assert RING is not None
FILES = {file.name: file.data for file in (BOX, RING)}
WRITTEN = (
    replace(
        draft("Which *one* of `a<b>`?", "a & b", "<b>", "**c**", key=(1,), topic="air"),
        section="Above",
        tags=("x-y", "z"),
    ),
    replace(
        draft("Which are right?", "a", "b", "c", key=(0, 2), select="all"),
        difficulty="hard",
        explanation="Both.\n\nSee?",
    ),
    replace(draft("Which?", "a", "b", key=(0,)), choice_explanations=("Yes.", "No.")),
    replace(draft("Which burn well?", "Oak", "Iron", key=()), findings=(FindingCode.UNKEYED,)),
    replace(statement("Cork floats.", true=False), image=BOX, image_alt='A "box"'),
    number("How heavy is $x$?", AcceptedNumber(value=Fraction(3), tolerance=Fraction(1)), unit="kg"),
    short("What does\n\n```python\nf(\n    x)\n```\n\ndo?", "This", near_misses=[NearMiss(text="That", hint="No.")]),
    blanks("It is ____ and ____.", ["a", "b | c"], ["1 < 2"], exact=True),
    card("corcho", "- cork\n- **wood**", "the cork"),
    QuestionDraft(line=1, stem="Sort.", choices=("c", "a", "b"), key=(0, 1, 2), kind="order"),
    QuestionDraft(line=1, stem="Pair.", choices=("a", "b", "d", "c", "e"), key=(2, 3), select=2, kind="match"),
    replace(
        QuestionDraft(line=1, stem="Why?", choices=(), kind="essay", kept='{"words": 7}'),
        findings=(FindingCode.KIND_NOT_ASKED,),
    ),
    replace(
        draft("Which of these?", "A ring", "b", key=(0,)),
        choice_pictures=(choice_picture(RING, "A ring", alone=True), choice_picture(BOX, "A box")),
    ),
)


def asked(*drafts: QuestionDraft) -> list[Question]:
    return [first_revision(one, question_id=QuestionId(n), bank_id=BankId(1)) for n, one in enumerate(drafts, start=1)]


def written(questions: list[Question]) -> bytes:
    package = export(questions, "anki", name="b", title="Bank", pictures=FILES)
    assert isinstance(package, bytes)
    return package


def contents(package: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(package: bytes, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(contents(package)["collection.anki2"])
        return connection.execute(query).fetchall()


def edited(package: bytes, field: str, value: str) -> bytes:
    """The package after somebody changed a field of its first note in Anki."""
    files = contents(package)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(files["collection.anki2"])
        ((id_, told),) = connection.execute("SELECT id, flds FROM notes ORDER BY id LIMIT 1").fetchall()
        fields = told.split("\x1f")
        fields[[*SHOWN, "Quizbot"].index(field)] = value
        connection.execute("UPDATE notes SET flds = ? WHERE id = ?", ["\x1f".join(fields), id_])
        connection.commit()
        return packed(files | {"collection.anki2": connection.serialize()})


@pytest.mark.parametrize("question", WRITTEN, ids=lambda one: f"{one.kind} {one.stem[:20]}")
def test_what_is_written_is_read_back_the_same(question: QuestionDraft) -> None:
    (made,) = asked(question)
    (read,) = parse(written([made])).questions
    (again,) = asked(read)
    assert again == replace(made, line=1)
    assert read.files == question.files


def test_a_whole_bank_is_read_back_with_its_order_and_sections() -> None:
    questions = asked(*WRITTEN)
    questions[1] = replace(questions[1], after=questions[0].id)
    document = parse(written(questions))
    assert (document.format, document.title, len(document.questions)) == ("anki", "Bank", len(WRITTEN))
    assert [one.source_id for one in document.questions] == [f"q{n}" for n in range(1, len(WRITTEN) + 1)]
    assert [one.after for one in document.questions[:3]] == [None, "q1", None]
    assert [code for _line, code, _text in messages(document)] == ["unkeyed", "kind_not_asked"]


def test_the_same_bank_is_the_same_package() -> None:
    assert written(asked(*WRITTEN)) == written(asked(*WRITTEN))


def test_a_revision_brings_the_same_note_up_to_date() -> None:
    query = "SELECT n.guid, n.mid, c.did, n.mod FROM notes n JOIN cards c ON c.nid = n.id"
    (before,) = asked(WRITTEN[0])
    ((*ids, changed),) = rows(written([before]), query)
    after = replace(before, stem="Which other one?", revision=2)
    ((*same_ids, changed_later),) = rows(written([after]), query)
    assert (ids, changed_later) == (same_ids, changed + 1)
    ((other, *_more),) = rows(written([replace(before, id=QuestionId(7))]), query)
    assert other != ids[0]


def test_sections_are_decks() -> None:
    questions = asked(replace(WRITTEN[0], section="Above::all"), WRITTEN[1])
    ((told,),) = rows(written(questions), "SELECT decks FROM col")
    names = {deck["name"] for deck in json.loads(told).values()}
    assert names == {"Default", "Bank", "Bank::Above:all"}


def test_cards_show_no_key_before_the_answer() -> None:
    for question, field in ((WRITTEN[9], ("a", "b", "c")), (WRITTEN[10], ("a", "b", "c", "d", "e"))):
        choices = shown(asked(question)[0])["Choices"]
        assert [part.partition("<")[0] for part in choices.split("<li>")[1:]] == list(field)
    assert shown(asked(WRITTEN[0])[0])["Answer"] == "<div>B. &lt;b&gt;</div>"
    assert shown(asked(WRITTEN[5])[0])["Question"] == r"How heavy is \(x\)?"


@pytest.mark.parametrize("field", SHOWN)
def test_a_note_that_was_edited_in_anki_is_read_as_its_card_shows_it(field: str) -> None:
    package = edited(written(asked(WRITTEN[8])), field, "another text")
    (question,) = parse(package).questions
    assert (question.kind, question.findings) == ("card", (FindingCode.SIMPLIFIED,))
    assert "another text" in question.stem + question.back
    assert question.source_id is not None
    assert question.source_id.startswith("anki:")


def test_another_layout_is_no_edit() -> None:
    html = shown(asked(WRITTEN[8])[0])["Answer"]
    for laid_out in (html.replace("<ul>", "<ul class=x>\n").replace("</li>", "</li><br>"), f"<div>{html}</div>"):
        (question,) = parse(edited(written(asked(WRITTEN[8])), "Answer", laid_out)).questions
        assert (question.source_id, question.accepted, question.findings) == ("q1", ("the cork",), ())


@pytest.mark.parametrize("source", ["", "{", "[]", '{"questions": []}', '{"questions": [7]}', "[" * 9_999, "<b>&#0;"])
def test_a_damaged_field_leaves_what_the_card_shows(source: str) -> None:
    (question,) = parse(edited(written(asked(WRITTEN[8])), "Quizbot", source)).questions
    assert (question.kind, question.stem, question.back) == ("card", "corcho", "- cork\n- **wood**")
    assert question.findings == (FindingCode.SIMPLIFIED,)


def test_a_lost_picture_leaves_what_the_card_shows() -> None:
    files: Mapping[str, bytes] = contents(written(asked(WRITTEN[4])))
    (question,) = parse(packed({**files, "media": b"{}"})).questions
    assert (question.kind, question.back) == ("card", "B. False")
    assert FindingCode.NEEDS_FIGURE in question.findings


def test_tags_that_were_changed_in_anki_are_read() -> None:
    files = contents(written(asked(WRITTEN[0])))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(files["collection.anki2"])
        connection.execute("UPDATE notes SET tags = ' new x-y '")
        connection.commit()
        (question,) = parse(packed(files | {"collection.anki2": connection.serialize()})).questions
    assert (question.kind, question.tags) == ("choice", ("new", "x-y"))


def test_equal_numbers_in_other_banks_are_other_notes() -> None:
    questions = asked(WRITTEN[0])
    packages = [export(questions, "anki", name=name, title="Tea") for name in ("tea", "more-tea")]
    (one,), (other,) = (rows(package, "SELECT guid FROM notes") for package in packages if isinstance(package, bytes))
    assert one != other


def test_a_bank_four_times_as_large_takes_four_times_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    connect, steps = sqlite3.connect, 0

    def step(*_event: object) -> None:
        nonlocal steps
        steps += 1

    def counted(database: str) -> sqlite3.Connection:
        connection = connect(database)
        connection.set_progress_handler(step, 10)
        return connection

    def work(number: int) -> int:
        """Calls of functions, and tens of SQLite's instructions."""
        nonlocal steps
        questions, steps = asked(*(replace(card(f"{n}", f"{n}"), topic=f"topic {n}") for n in range(number))), 0
        sys.setprofile(step)
        try:
            written(questions)
        finally:
            sys.setprofile(None)
        return steps

    monkeypatch.setattr(sqlite3, "connect", counted)
    work(1)  # imports what it needs
    assert work(200) < 4.2 * work(50)
