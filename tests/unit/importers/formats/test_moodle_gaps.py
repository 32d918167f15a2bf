"""Questions with gaps, and those that are only kept, in Moodle's XML."""

import json

import pytest

from bot.domain.accepted import NearMiss
from bot.domain.drafts import FindingCode
from bot.domain.revisions import accepted_answers
from tests.pictures import png
from tests.unit.importers.formats.moodle_xml import FOLD, answer, asked, file, only, read, told


@pytest.mark.parametrize(("type_", "box"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_gaps_that_are_filled_in_from_a_list(type_: str, box: str) -> None:
    boxes = "".join(f"<{box}><text>{word}</text><group>1</group></{box}>" for word in ("mat", "cat", "dog"))
    question = only(asked(type_, "The [[2]] is on the [[1]].", boxes))
    assert (question.kind, question.stem) == ("match", "The ____ (1) is on the ____ (2).")
    assert (question.choices, question.key) == (("Gap 1", "Gap 2", "cat", "mat", "dog"), (2, 3))
    one = only(asked(type_, "The [[2]] sat.", boxes))
    assert (one.kind, one.stem, one.choices, one.key) == ("choice", "The ____ sat.", ("mat", "cat", "dog"), (1,))
    assert only(asked(type_, "The [[4]] sat.", boxes)).kind == type_


def test_embedded_answers_become_blanks() -> None:
    question = only(
        asked(
            "cloze",
            "<p>{1:SHORTANSWER:=Paris#Yes.~%50%Lyon#Nearly.~*#No.} is in {1:MC:Spain~=France}, and has "
            "{:NM:=20:0} ___ districts \\} of {1:SA:%100%a \\} b}.</p>",
        )
    )
    assert (question.kind, question.stem) == (
        "blanks",
        "____ is in ____ (Spain / France), and has ____ \\_\\_\\_ districts \\} of ____.",
    )
    assert accepted_answers(question) == ("(1) Paris", "(2) France", "(3) 20", "(4) a } b")
    assert question.near_misses == (NearMiss(text="Lyon", hint="Nearly.", blank=0),)
    assert (question.explanation, question.findings) == ("No.\n\nYes.", (FindingCode.SIMPLIFIED,))


@pytest.mark.parametrize(
    ("stem", "kind", "answers"),
    [
        ("Pi is {1:NUMERICAL:=3.14:0.01~*#No.}.", "number", ("3.14 ± 0.01",)),
        ("It is {1:SAC:=Ada}.", "blanks", ("Ada",)),
        ("It is {1:MULTICHOICE_VS:=Ada~Bob}.", "choice", ()),
        ("Pick {1:MULTIRESPONSE:=Ada~=Bob~Eve}.", "choice", ()),
        ("{1:MCV:=a~b} and {1:MCH:a~=b}", "match", ()),
        ("{1:MR:=a~=b} and {1:SA:a}", "cloze", ()),
        ("{1:SA:=a} and {1:NM:=2.5:0.1}", "cloze", ()),
        ("{1:SA:=a}" * 6, "cloze", ()),
        ("{1:SA:a} and {1:SA:=b}", "cloze", ()),
        ("{1:REGEXP:=a}", "cloze", ()),
        ("{1:SA:=a", "cloze", ()),
        ("no gap", "cloze", ()),
        ("{1:MC:=a~=b} and {1:MC:=a~b}", "cloze", ()),
    ],
)
def test_embedded_answers_become_what_fits_or_are_kept(stem: str, kind: str, answers: tuple[str, ...]) -> None:
    question = only(asked("cloze", stem))
    assert question.kind == kind
    assert accepted_answers(question) == answers
    assert (FindingCode.KIND_NOT_ASKED in question.findings) == (kind == "cloze")


def test_signs_that_look_like_the_mark_of_a_gap_do_no_harm() -> None:
    marks = "&#xE000;999&#xE001;"
    assert only(asked("cloze", f"It{marks} is {{1:SA:=Ada}}.")).stem == "It is ____."
    assert only(asked("essay", f"Why{marks}?")).stem == "Why?"


def test_what_cannot_be_asked_is_kept_whole() -> None:
    essay = asked("essay", "Why <b>is</b> it?", FOLD, "<graderinfo><text>a &lt; b ]]&gt; &amp;</text></graderinfo>")
    document = read(essay, asked("ddmatch", "Pair.", "<hint><text>Hm.</text></hint>"), asked("Order", "Sort."))
    assert [question.kind for question in document.questions] == ["essay", "moodle-ddmatch", "moodle-order"]
    assert [question.findings for question in document.questions] == [(FindingCode.KIND_NOT_ASKED,)] * 3
    kept = json.loads(document.questions[0].kept)["moodle"]
    assert read(kept).questions[0].stem == "Why **is** it?"
    assert json.loads(read(kept).questions[0].kept)["moodle"] == kept
    assert "<graderinfo><text><![CDATA[a < b ]]]]><![CDATA[> &]]></text></graderinfo>" in kept


def test_large_files_in_a_kept_question_are_left_out_and_told() -> None:
    large = only(asked("ddimageortext", "Drag.", file("a.png", png() + bytes(40_000))))
    assert (large.kind, large.findings) == (
        "ddimageortext",
        (FindingCode.SIMPLIFIED, FindingCode.KIND_NOT_ASKED),
    )
    assert "<file" in large.kept
    assert len(large.kept) < 1000
    assert not only(asked("essay", "Why?", f"<x>{'x' * 30_000}</x>")).kept


@pytest.mark.parametrize(
    ("xml", "kind", "said"),
    [
        (asked("numerical", "How many?", answer("three", 100)), "numerical", "“three” isn't a number"),
        (asked("shortanswer", "Who?", answer("a", "all")), "shortanswer", "“all” isn't a weight"),
        (asked("shortanswer", "Who?", answer("x" * 301, 100)), "shortanswer", "too long"),
        (asked("multichoice", "Which?", answer("a", 100) * 201), "multichoice", "201 answers"),
        (asked("truefalse", "Is it?", answer("true", 100)), "moodle-truefalse", "not 1"),
        (asked("ordering", "Sort.", answer("a", 1), answer("a", 2)), "ordering", "only once"),
        (asked("matching", "Pair.", "<subquestion><text>a</text></subquestion>"), "matching", "“a” has no right side"),
    ],
)
def test_a_question_that_cannot_be_read_is_kept_and_says_why(xml: str, kind: str, said: str) -> None:
    assert only(xml).kind == kind
    ((line, code, message),) = told(xml)
    assert (line, code, said in message) == (4, "kind_not_asked", True)


def test_a_question_without_a_type_or_a_text_is_left_out() -> None:
    assert told(asked("essay", " ")) == [(3, "broken", "A question without any text was left out.")]
    xml = asked("essay", "Why?").replace(' type="essay"', "")
    assert told(asked("essay", "Why?"), xml)[-1][:2] == (6, "broken")
