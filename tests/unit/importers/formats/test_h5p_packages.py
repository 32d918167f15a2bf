"""Packages of H5P: where questions stand in them, and what isn't one or is made to exhaust whoever reads it."""

import json
from contextlib import suppress
from io import BytesIO
from time import process_time
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.format import CERTAIN
from bot.importers.formats import h5p
from bot.importers.h5p.kinds import KINDS
from bot.importers.package import Package
from bot.importers.source import Source
from tests.budget import at_usual_pace
from tests.unit.importers.formats.h5p_packages import messages, package, read, task

ID = "1c64134c-ac29-4420-b930-c645fa0b36e9"


def test_questions_are_found_wherever_they_stand_and_texts_become_notes() -> None:
    question = task("TrueFalse", question="Cork floats.", correct="true")
    row = {
        "params": {"content": [{"content": {**question, "subContentId": ID}}, {"content": task("Video")}]},
        "library": "H5P.Row 1.0",
    }
    book = {
        "chapters": [
            task(
                "Column", content=[{"content": task("AdvancedText", text="<p>Read <em>on</em>.</p>")}, {"content": row}]
            )
        ]
    }
    document = parse(package({**book, "introPage": {"introduction": "Hello"}}, "H5P.InteractiveBook", "A &amp; B"))
    assert (document.format, document.title) == ("h5p", "A & B")
    assert [(one.stem, one.source_id) for one in document.questions] == [("Cork floats.", ID)]
    assert [(note.line, note.text) for note in document.notes] == [(1, "Read *on*.")]
    assert messages(document) == [(1, "skipped", "Some content that has no questions wasn't read: Video.")]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_each_task_can_be_all_of_the_content(name: str) -> None:
    with suppress(BadFile):  # a set with nothing in it
        document = parse(package({}, f"H5P.{name}"))
        assert (document.format, len(document.questions) <= 1) == ("h5p", True)
        assert all(question.findings for question in document.questions)


def test_an_introduction_is_a_note_and_an_id_is_used_once() -> None:
    question = {**task("TrueFalse", question="Cork floats.", correct="true"), "subContentId": ID}
    other = {**task("TrueFalse", question="Lead sinks.", correct="true"), "subContentId": ID}
    document = parse(package({"introPage": {"introduction": "<p>Hello</p>"}, "questions": [question, other]}))
    assert [note.text for note in document.notes] == ["Hello"]
    assert [one.source_id for one in document.questions] == [ID, None]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (task("Blanks", questions=["no gap"]), "It has no gap"),
        (task("Blanks", questions=["*a* *b* *c* *d* *e* *f*"]), "6 gaps, but at most 5"),
        (task("Blanks", questions=[f"*{'/'.join(map(str, range(60)))}*"]), "at most 50 answers"),
        (task("Blanks", questions=["*a*.<br>"] * 101), "more than 100 sentences"),
        (task("Blanks", text="Fill ___ in.", questions=["*a*"]), "can't be told"),
        (task("Blanks", questions=["a"] * 1_001), "more than 100 sentences"),
        (task("DragText", textField="*a* " * 600), "more than 100 sentences"),
        (task("MultiChoice", question="Which?", answers=[{"text": "a"}] * 26), "26 choices, but at most 25"),
        (task("SingleChoiceSet", choices=[{"question": "Which?", "answers": ["a"] * 26}]), "26 choices"),
        (task("Flashcards", cards=[{"text": "a", "answer": "x" * 301}]), "too long"),
        (task("SortParagraphs", paragraphs=["one"]), "1 item,"),
        (task("SortParagraphs", paragraphs=["one", "one "]), "only once"),
        (task("TrueFalse", question="Who\0?"), "isn't text"),
        (task("TrueFalse", question="Who\ud800?"), "isn't text"),
        (task("Essay", taskDescription="Why?", keywords=[{"keyword": "\ud800"}]), "isn't text"),
    ],
)
def test_what_is_wrong_is_told_and_its_neighbours_stay(broken: Any, told: str) -> None:
    good = task("TrueFalse", question="Cork floats.", correct="true")
    document = read(good, broken, task("TrueFalse", question="Lead sinks.", correct="true"))
    assert [(one.line, one.stem) for one in document.questions] == [(1, "Cork floats."), (3, "Lead sinks.")]
    ((line, code, message),) = messages(document)
    assert (line, code, told in message) == (2, "broken", True)


def test_one_of_a_set_that_is_left_out_takes_no_other_along() -> None:
    cards = [{"text": "a", "answer": "b"}, {"text": "<sub>c</sub>", "answer": "x" * 301}, {"text": "d", "answer": "e"}]
    document = read(task("Flashcards", cards=cards), task("Blanks", questions=["*a*" * 6, "*b* <i>c</i>"]))
    assert [(one.line, one.stem) for one in document.questions] == [(1, "a"), (3, "d"), (5, "____ *c*")]
    assert [(line, code) for line, code, _text in messages(document)] == [
        (2, "broken"),
        (4, "broken"),
        (5, "simplified"),
    ]


def test_content_alone_is_read_too() -> None:
    data = json.dumps({"questions": [task("TrueFalse", question="Cork floats.", correct="true")]}, indent=1).encode()
    for name in ("", "content.json"):
        document = parse(data, name=name)
        assert (document.format, [one.stem for one in document.questions]) == ("h5p", ["Cork floats."])
    single = json.dumps(task("TrueFalse", question="Cork floats.", correct="true")).encode()
    assert len(parse(single).questions) == 1


def test_a_title_that_is_not_text_costs_no_question() -> None:
    document = parse(package({"questions": [task("TrueFalse", question="Cork floats.")]}, title="Cork\ud800"))
    assert (document.title, len(document.questions)) == ("Cork\ufffd", 1)


def zipped(**files: str) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr({"manifest": "h5p.json", "content": "content/content.json"}.get(name, name), text)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (zipped(manifest="{}", content="{}"), "no questions"),
        (zipped(manifest='{"mainLibrary": "H5P.Chart"}', content="{}"), r"no questions in this content \(H5P.Chart\)"),
        (
            zipped(manifest=r'{"mainLibrary": "H5P.\ud800"}', content="{}"),
            r"no questions in this content \(H5P.\ufffd\)",
        ),
        (zipped(manifest="{}", content=r'{"\ud800": 1, "\ud800": 2}'), "“\ufffd” is given twice"),
        (zipped(manifest="[]", content="{}"), "isn't what H5P writes"),
        (zipped(manifest="{}", content="\n{"), "content/content.json: line 2: This isn't valid JSON"),
        (zipped(manifest="", content="{}"), "h5p.json: The file is empty"),
        (zipped(manifest="{}", content="[" * 1_000_000), "nested more than 60"),
        (zipped(manifest="{}", content='{"a":' * 200_000), "nested more than 60"),
        (zipped(manifest="{}", content="[1" + ",1" * 600_000 + "]"), "more than 500000 values"),
        (zipped(manifest="{}"), "isn't an H5P package"),
        (package({"questions": []})[:-40], "damaged"),
        (b"{}", "no questions"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_time(data: bytes, told: str) -> None:
    began = process_time()
    with pytest.raises(BadFile, match=told):
        parse(data, format="h5p")
    assert at_usual_pace(process_time() - began) < 2


def test_a_large_file_is_neither_unpacked_to_detect_it_nor_to_refuse_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Package, "__getitem__", lambda _files, name: pytest.fail(f"{name} is unpacked"))
    source = Source(zipped(manifest=" " * 20_000_000, content=" " * 20_000_000))
    assert h5p.likelihood(source) == CERTAIN
    with pytest.raises(BadFile, match="The file is 19 MiB"):
        h5p.parse(source, lambda _done: None)


def test_another_package_is_none() -> None:
    with pytest.raises(BadFile, match="isn't an H5P package"):
        parse(zipped(a="b"), format="h5p")


@pytest.mark.parametrize(
    "sign", ["*", "*a*", "<b>", "<", "\\(", "&nbsp;", " ", "_", "/", "a*b:", "<b> ", "|", "$", "\n"]
)
@pytest.mark.parametrize(
    ("name", "field"),
    [("TrueFalse", "question"), ("Blanks", "questions"), ("DragText", "textField"), ("Flashcards", "cards")],
)
def test_a_sign_over_and_over_takes_no_time(name: str, field: str, sign: str) -> None:
    text = sign * (100_000 // len(sign))
    held = {"questions": [text], "cards": [{"text": text, "answer": text}]}.get(field, text)
    data = package({"questions": [task(name, **{field: held})]})
    began = process_time()
    with suppress(BadFile):
        parse(data)
    assert at_usual_pace(process_time() - began) < 2


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("a*/:<b>|_\\ \0", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("question", "answers", "text", "correct", "media", "type", "params", "file", "path", "questions"),
                    *("textField", "distractors", "cards", "answer", "image", "dialogs", "words", "clue", "choices"),
                    *("summaries", "summary", "options", "paragraphs", "metadata", "title", "behaviour", "library"),
                    *("overallFeedback", "feedback", "tipsAndFeedback", "chosenFeedback"),
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=10,
)


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(
        st.sampled_from(
            [
                "question",
                "answers",
                "questions",
                "text",
                "media",
                "cards",
                "choices",
                "options",
                "words",
                "textField",
                "paragraphs",
                "correct",
                "behaviour",
                "metadata",
            ]
        ),
        values,
    ),
)
def test_any_content_is_read_or_refused(name: str, params: dict[str, Any]) -> None:
    content = {"questions": [{**params, "library": f"H5P.{name} 1.0", "params": params}]}
    with suppress(BadFile):
        parse(json.dumps(content).encode(), format="h5p")
