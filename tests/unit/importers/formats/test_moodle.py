"""Moodle's XML: what becomes of each type of question, of weights, of pictures, and of files that are no XML."""

import base64
import json
import tracemalloc
from collections.abc import Sequence
from contextlib import suppress
from html import escape
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.accepted import NearMiss
from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile
from bot.domain.identity import BankId, QuestionId
from bot.domain.revisions import accepted_answers, first_revision
from bot.importers import export, parse
from bot.importers.bank import pictures
from bot.importers.formats import moodle
from bot.importers.source import Source
from bot.testing import blanks, draft, number, short
from tests.pictures import png

FOLD = "<name><text>Cork</text></name>"


def read(*questions: str) -> ParsedDocument:
    """The document that a file with these questions holds."""
    return parse(f"<?xml version='1.0'?>\n<quiz>\n{''.join(questions)}</quiz>".encode())


def asked(type_: str, stem: str, *more: str, style: str = "html", files: str = "") -> str:
    """One question, whose stem stands on its second line."""
    text = f'<questiontext format="{style}"><text><![CDATA[{stem}]]></text>{files}</questiontext>'
    return f'<question type="{type_}">\n{text}\n{"".join(more)}</question>\n'


def answer(text: str, weight: object = 0, feedback: str = "", more: str = "", attributes: str = "") -> str:
    told = f"<feedback><text>{escape(feedback)}</text></feedback>" if feedback else ""
    return f'<answer fraction="{weight}"{attributes}><text>{escape(text)}</text>{told}{more}</answer>\n'


def only(*questions: str) -> QuestionDraft:
    document = read(*questions)
    assert len(document.questions) == 1, [question.stem for question in document.questions]
    return document.questions[0]


def told(*questions: str) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.code, finding.message) for finding in read(*questions).findings]


def file(name: str, data: bytes) -> str:
    return f'<file name="{name}" path="/" encoding="base64">{base64.b64encode(data).decode()}</file>'


def test_one_of_several_choices() -> None:
    question = only(
        asked(
            "multichoice",
            "<p>Which <b>floats</b>?</p>",
            "<name><text>Which floats?</text></name>",
            "<generalfeedback><text>Density decides.</text></generalfeedback>",
            "<single>true</single>",
            answer("Lead", 0, "It sinks."),
            answer("Cork", "100.00000"),
            answer("Iron"),
        )
    )
    assert (question.kind, question.stem, question.choices) == ("choice", "Which **floats**?", ("Lead", "Cork", "Iron"))
    assert (question.key, question.select, question.findings, question.line) == ((1,), 1, (), 4)
    assert question.choice_explanations == ("It sinks.", "", "")
    assert (question.explanation, question.section) == ("Density decides.", "Which floats?")
    assert only(asked("multichoice", "Which floats?", FOLD, answer("Cork", 100), answer("Lead"))).section == "Cork"
    assert only(asked("multichoice", "Cork or lead?", FOLD, answer("Cork", 100), answer("Lead"))).section is None


@pytest.mark.parametrize("weights", [("50", "50", "0"), ("33.33333", "33.33333", "33.33333"), ("33", "33", "34")])
def test_several_choices(weights: Sequence[str]) -> None:
    answers = [answer(f"a{position}", weight) for position, weight in enumerate(weights)]
    question = only(asked("multichoice", "Which?", "<single>false</single>", *answers, answer("b", "-50")))
    key = tuple(position for position, weight in enumerate(weights) if weight != "0")
    assert (question.key, question.select) == (key, len(key))
    assert question.findings == (() if len(key) == 2 else (FindingCode.SIMPLIFIED,))


@pytest.mark.parametrize(
    ("answers", "key", "said"),
    [
        ([("Cork", 100), ("Wood", 50), ("Lead", -25)], (0,), "“Wood” (50 %), “Lead” (-25 %) won't earn points"),
        ([("Cork", 50), ("Wood", 50), ("Lead", 0)], (0, 1), "one of the 2 right choices is enough"),
        ([("Cork", 1), ("Wood", 0), ("Lead", 0)], (0,), "best answer earns 1 %"),
    ],
)
def test_weights_that_cannot_be_kept_are_told(answers: list[tuple[str, int]], key: tuple[int, ...], said: str) -> None:
    xml = asked("multichoice", "Which?", *(answer(*one) for one in answers))
    assert only(xml).key == key
    assert any(said in message for _line, _code, message in told(xml))


def test_a_question_without_a_right_answer_is_unkeyed() -> None:
    choices = asked("multichoice", "Which?", answer("Cork"), answer("Lead"))
    document = read(choices, asked("truefalse", "Cork floats.", answer("true"), answer("false")))
    assert [question.findings for question in document.questions] == [(FindingCode.UNKEYED,)] * 2


def test_letters_before_choices_are_taken_away_if_all_have_them() -> None:
    texts = ["(A) Cork", "b. Lead", "C) Iron"]
    assert only(asked("multichoice", "Which?", *(answer(text, 100) for text in texts))).choices == (
        "Cork",
        "Lead",
        "Iron",
    )
    others = only(asked("multichoice", "Which?", answer("B. Franklin", 100), answer("A. Lincoln")))
    assert others.choices == ("B. Franklin", "A. Lincoln")


@pytest.mark.parametrize(
    ("words", "right", "key", "findings"),
    [
        (("true", "false"), 0, (0,), ()),
        (("false", "true"), 0, (1,), ()),
        (("Falsch", "Wahr"), 1, (0,), ()),
        (("Verdadero", "Falso"), 1, (1,), ()),
        (("はい", "いいえ"), 1, (1,), (FindingCode.KEY_NOT_A_CHOICE,)),
    ],
)
def test_true_or_false(
    words: tuple[str, str], right: int, key: tuple[int, ...], findings: tuple[FindingCode, ...]
) -> None:
    answers = [answer(word, 100 * (position == right), f"On {word}.") for position, word in enumerate(words)]
    question = only(asked("truefalse", "Cork floats.", *answers))
    assert (question.kind, question.choices, question.key) == ("true_false", ("True", "False"), key)
    assert question.findings == findings
    wanted = words if words[0] not in {"false", "Falsch"} else words[::-1]
    assert question.choice_explanations == tuple(f"On {word}." for word in wanted)


def test_short_answers_and_what_is_nearly_right() -> None:
    question = only(
        asked(
            "shortanswer",
            "Who wrote it?",
            "<usecase>1</usecase>",
            answer("Ada Lovelace", 100, "Yes."),
            answer("Byron", 60, "Her father."),
            answer("Bob", 0, "No."),
            answer("five \\* stars", 100),
            answer("A*a", 100, "Nearly."),
        )
    )
    assert (question.kind, question.exact, question.accepted) == ("short", True, ("Ada Lovelace", "five * stars"))
    assert question.near_misses == (NearMiss(text="Byron", hint="Her father."), NearMiss(text="Bob", hint="No."))
    assert (question.explanation, question.findings) == ("Nearly.\n\nYes.", (FindingCode.SIMPLIFIED,))
    html = only(asked("shortanswer", "Who?", answer("<p>Ada</p>", 100, attributes=' format="html"')))
    plain = only(asked("shortanswer", "Which tag?", answer("<p>Ada</p>", 100)))
    assert (html.accepted, plain.accepted) == (("Ada",), ("<p>Ada</p>",))
    assert not plain.exact


def test_numbers_and_their_units() -> None:
    units = "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>"
    question = only(
        asked(
            "numerical",
            "How far?",
            answer("42.195", 100, more="<tolerance>0.1</tolerance>"),
            answer("1e-3", 100, more="<tolerance>0</tolerance>"),
            answer("<p>26</p>", 0, "These are miles.", "<tolerance>1</tolerance>", ' format="html"'),
            answer("*", 0, "Look it up."),
            units,
        )
    )
    assert (question.kind, [str(one) for one in question.accepted]) == ("number", ["42.195 ± 0.1", "0.001"])
    assert (question.unit, question.findings) == ("km", ())
    assert question.explanation == "26:1: These are miles.\n\nLook it up."
    several = units.replace("</units>", "<unit><multiplier>1000</multiplier><unit_name>m</unit_name></unit></units>")
    xml = asked("numerical", "How far?", answer("42", 100), several, "<unitgradingtype>1</unitgradingtype>")
    assert only(xml).unit == "km"
    assert [code for _line, code, _message in told(xml)] == ["simplified", "simplified"]


def test_pairs_to_match_and_right_sides_without_a_left_one() -> None:
    def side(left: str, right: str) -> str:
        return f"<subquestion format='html'><text>{left}</text><answer><text>{right}</text></answer></subquestion>"

    pairs = [("&lt;i&gt;frog&lt;/i&gt;", "amphibian"), ("cat", "mammal"), ("newt", "amphibian"), ("", "insect")]
    question = only(asked("matching", "Classify.", *(side(*pair) for pair in pairs)))
    assert (question.kind, question.choices) == ("match", ("*frog*", "cat", "newt", "amphibian", "mammal", "insect"))
    assert (question.key, question.findings) == ((3, 4, 3), ())
    xml = asked("matching", "Classify.", *(side(f"l{at}", f"r{at}") for at in range(6)))
    assert (only(xml).kind, only(xml).findings) == ("matching", (FindingCode.KIND_NOT_ASKED,))
    assert "2 to 5 pairs, not 6" in told(xml)[0][2]
    assert only(asked("ddmatch", "Classify.", side("a", "&lt;b&gt;b&lt;/b&gt;"), side("c", "d"))).choices[2] == "**b**"


def test_items_to_put_in_order() -> None:
    items = [answer(text, at, attributes=' format="html"') for at, text in enumerate(("bit", "byte", "word"), start=1)]
    question = only(asked("ordering", "Sort.", *items))
    assert (question.kind, question.choices, question.key) == ("order", ("bit", "byte", "word"), (0, 1, 2))
    assert question.findings == ()
    assert only(asked("ordering", "Sort.", *items[::-1])).findings == (FindingCode.KEY_NOT_A_CHOICE,)
    assert only(asked("ordering", "Sort.", *(answer(f"i{at}", at) for at in range(9)))).kind == "ordering"


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


def test_a_description_is_a_note_and_a_category_is_a_topic() -> None:
    def category(path: str, info: str = "") -> str:
        return f"<question type='category'><category><text>{path}</text></category>{info}</question>"

    told_of = "<info format='plain_text'><text>All on air.</text></info>"
    document = read(
        category("$course$/top/Science/Water//Air", told_of),
        asked("description", "<p>Read on.</p>", FOLD),
        asked("truefalse", "Cork floats.", answer("true", 100), answer("false")),
        category("$course$/top"),
        asked("truefalse", "Lead floats.", answer("true"), answer("false", 100)),
    )
    assert [(note.line, note.heading, note.text) for note in document.notes] == [
        (3, "Water/Air", "All on air."),
        (3, "Cork", "Read on."),
    ]
    assert [question.topic for question in document.questions] == ["Water/Air", None]


def test_what_a_question_is_called_by() -> None:
    more = "<idnumber>air-1</idnumber><tags><tag><text>air</text></tag><tag><text>air</text></tag></tags>"
    statement = asked("truefalse", "Cork floats.", more, answer("true", 100), answer("false"))
    document = read(
        statement, statement.replace("Cork", "Lead"), statement.replace("<idnumber>", "<hidden>1</hidden><idnumber>")
    )
    first, second = document.questions
    assert (first.source_id, first.tags, first.findings) == ("air-1", ("air",), ())
    assert (second.source_id, second.findings) == (None, (FindingCode.SIMPLIFIED,))
    assert [finding.code for finding in document.findings] == [FindingCode.SIMPLIFIED, FindingCode.SKIPPED]


def test_remarks_that_only_one_question_has_explain_it() -> None:
    def remark(text: str) -> str:
        return f"<correctfeedback><text>{text}</text></correctfeedback>"

    usual, telling = "Your answer is right, congratulations to you!", "Cork is lighter than water, so it floats on it."
    xml = [
        asked("multichoice", stem, remark(text), answer("Cork", 100), answer("Lead"))
        for stem, text in [("Which?", usual), ("What?", usual), ("Who?", telling), ("When?", "Right!")]
    ]
    assert [question.explanation for question in read(*xml).questions] == ["", "", telling, ""]


def test_code_and_formulas_stay_what_they_are() -> None:
    question = only(
        asked(
            "multichoice",
            "<p>What is \\(x_1 + 1\\)?</p><pre class='language-python'><code>if a:\n    b = '&lt;'</code></pre>"
            "\\[ y \\]<pre>one</pre><p>Say<br>so.</p>",
            answer("<pre>a\n  b</pre>", 100),
            answer("\\(2\\)"),
        )
    )
    assert question.stem == "What is $x_1 + 1$?\n\n```python\nif a:\n    b = '<'\n```\n\n$$y$$\n\n`one`\n\nSay\n\nso."
    assert question.choices == ("`a b`", "$2$")


@pytest.mark.parametrize(
    ("style", "stem"),
    [("html", "Is **b** a tag?"), ("plain_text", "Is <b>b</b> a tag?"), ("markdown", "Is <b>b</b> a tag?")],
)
def test_texts_are_read_as_they_are_written(style: str, stem: str) -> None:
    statement = asked("truefalse", "Is <b>b</b> a tag?", answer("true", 100), answer("false"), style=style)
    assert only(statement).stem == stem


def test_html_that_nobody_marked_as_text_and_its_names_for_characters_are_read() -> None:
    xml = asked("truefalse", "x", answer("true", 100), answer("false"))
    unmarked = xml.replace("<![CDATA[x]]>", "<p>Is 1 &lt; 2&nbsp;&rarr; <b>so</b>?<br/>Say.</p>")
    assert only(unmarked).stem == "Is 1 < 2 → **so**?\n\nSay."
    literal = asked(
        "shortanswer", "Which name has ©?", "<answer fraction='100'><text><![CDATA[&copy;]]></text></answer>"
    )
    assert only(literal).accepted == ("&copy;",)
    assert read(literal, unmarked).questions[0].accepted == ("&copy;",)


def test_pictures_come_along() -> None:
    stem = '<p>What is it? <img src="@@PLUGINFILE@@/a%20map.png" alt="A map"></p>'
    inline = f"<img src='data:image/png;base64,{base64.b64encode(png(2)).decode()}' alt='Two'>"
    question = only(
        asked(
            "multichoice",
            stem,
            f"<answer fraction='100' format='html'><text><![CDATA[<img alt='One' src='@@PLUGINFILE@@/1.png'>]]></text>"
            f"{file('1.png', png(1))}</answer>",
            f"<answer fraction='0' format='html'><text><![CDATA[It is {inline}]]></text></answer>",
            answer("nothing"),
            files=file("a map.png", png()),
        )
    )
    assert (question.stem, question.image and question.image.data, question.image_alt) == (
        "What is it?",
        png(),
        "A map",
    )
    assert (question.choices, question.findings) == (("One", "It is", "nothing"), ())
    shown = question.choice_pictures or ()
    assert [picture and (picture.alone, picture.image.alt) for picture in shown] == [
        (True, "One"),
        (False, "Two"),
        None,
    ]
    old = "<image>p/a.png</image><image_base64>" + base64.b64encode(png()).decode() + "</image_base64>"
    before = only(asked("truefalse", "Is it?", old, answer("true", 100), answer("false")))
    assert (before.image and before.image.data, before.findings) == (png(), ())


def test_pictures_in_markdown_come_along() -> None:
    stem = "What *is* ![A map](@@PLUGINFILE@@/a%20b.png) it?"
    question = only(asked("shortanswer", stem, answer("a map", 100), style="markdown", files=file("a b.png", png())))
    assert (question.stem, question.image_alt, question.findings) == ("What *is* it?", "A map", ())


IMAGE = '<img src="@@PLUGINFILE@@/a.png" alt="A map">'
OTHER = IMAGE.replace("a.png", "b.png")


@pytest.mark.parametrize(
    ("xml", "code", "said"),
    [
        (asked("essay", IMAGE, files="").replace("essay", "shortanswer"), "needs_figure", "“a.png” isn't in the file"),
        (
            asked(
                "shortanswer",
                IMAGE + IMAGE.replace("a.png", "b.png"),
                files=file("a.png", png()) + file("b.png", png(1)),
            ),
            "needs_figure",
            "2 pictures",
        ),
        (asked("shortanswer", IMAGE, files=file("a.png", b"<svg/>")), "needs_figure", "isn't a PNG"),
        (asked("shortanswer", "<img src='https://example.org/a.png'>"), "needs_figure", "isn't in the file"),
        (asked("shortanswer", "<a href='@@PLUGINFILE@@/a.mp3'>Listen.</a>"), "needs_figure", "a sound"),
        (asked("shortanswer", "Watch. <video src='a.mp4'></video>"), "needs_figure", "a film"),
        (asked("multichoice", "Which?", answer("a " + IMAGE), answer("b", 100)), "needs_figure", "“a.png” isn't"),
        (asked("multichoice", "Which?", answer(IMAGE), answer("b", 100)), "needs_figure", "“a.png” isn't"),
        (asked("shortanswer", "Why?", answer("a", 100, IMAGE)), "simplified", "“a.png”"),
        (asked("ordering", "Sort.", answer(IMAGE), answer("b")), "needs_figure", "“a.png”"),
        (asked("shortanswer", "Why?", "<hint><text>So.</text></hint>", answer("a", 100)), "simplified", "hints"),
        (asked("shortanswer", "<p>Why is itâ€™s?</p>", answer("a", 100)), "encoding_repaired", "repaired"),
    ],
)
def test_what_is_lost_is_told(xml: str, code: str, said: str) -> None:
    assert any((line, code) == (4, found) and said in message for line, found, message in told(xml))


def test_pictures_that_are_too_large_together_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.importers.moodlexml.album.MAX_TOTAL_MB", 1)
    large = [png(shade) + bytes(600_000) for shade in range(2)]
    document = read(*(asked("shortanswer", f"{data[40]} {IMAGE}", files=file("a.png", data)) for data in large))
    assert [question.image is not None for question in document.questions] == [True, False]
    monkeypatch.setattr(pictures, "MAX_QUESTION_MB", 0)
    choices = [f"<answer fraction='100'><text>{escape(IMAGE)}</text>{file('a.png', png())}</answer>", answer("b")]
    assert FindingCode.NEEDS_FIGURE in only(asked("multichoice", "Which?", *choices)).findings


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


@pytest.mark.parametrize(
    ("xml", "line", "said"),
    [
        ("<quiz>\n<question type='x'>\n<a></b></question></quiz>", 3, "mismatched tag"),
        ("<quiz>\n<question type='x'>\n", 3, "no element found"),
        ("<quiz>\n<question type='x'>a & b</question></quiz>", 2, "write &lt; for <"),
        ("<quiz>\n<question type='x'>&nosuch;</question></quiz>", 2, "undefined entity"),
        ("\n\n<quiz><question type='x'>\n<a></b></question></quiz>", 4, "mismatched tag"),
        ("<!DOCTYPE quiz>\n<quiz><question type='x'/></quiz>", 1, "<!DOCTYPE"),
        ("<!DOCTYPE quiz [<!ENTITY a 'b'>]>\n<quiz><question type='x'>&a;</question></quiz>", 1, "<!DOCTYPE"),
        ("<!DOCTYPE q SYSTEM 'file:///etc/passwd'>\n<quiz><question type='x'/></quiz>", 1, "<!DOCTYPE"),
        ("<quiz><question type='x'>" + "<a>" * 60 + "</quiz>", 1, "50 levels"),
        ("<quiz>\n<question type='x'>" + "<a/>" * 50_001 + "</question></quiz>", 2, "50000 elements"),
    ],
)
def test_a_file_that_is_no_good_xml_is_refused_with_its_line(xml: str, line: int, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        parse(xml.encode())
    assert refused.value.line == line
    assert said in str(refused.value)


def test_encodings_and_characters_that_xml_has_not() -> None:
    xml = asked("shortanswer", "Où est-ce?\x0b", answer("là", 100))
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "iso-8859-1"):
        named = "utf-8" if encoding == "utf-8-sig" else encoding
        data = f"<?xml version='1.0' encoding='{named}'?><quiz>{xml}</quiz>".encode(encoding)
        (question,) = parse(data).questions
        assert (question.stem, question.accepted) == ("Où est-ce?", ("là",))
    cyrillic = asked("shortanswer", "Где?", answer("тут", 100))
    data = f"<?xml version='1.0' encoding='koi8-r'?><quiz>{cyrillic}</quiz>".encode("koi8-r")
    assert parse(data).questions[0].stem == "Где?"


@pytest.mark.parametrize(
    "text",
    [
        "<quiz><question>Which?</question></quiz>",
        "<activity><quiz id='1'><question type='x'/></quiz></activity>",
        "# On Moodle\n\n```xml\n<quiz><question type='essay'/></quiz>\n```\n",
        "<!-- <quiz><question type='x'> --><html></html>",
    ],
)
def test_other_files_are_not_moodle(text: str) -> None:
    assert moodle.likelihood(Source(text.encode())) == 0


def test_a_comment_before_the_quiz_does_no_harm() -> None:
    assert (
        moodle.likelihood(Source(b"\xef\xbb\xbf<?xml version='1.0'?><!-- <a> --><quiz><question type='x'/></quiz>")) > 0
    )


def written(*drafts: QuestionDraft) -> str:
    made = [first_revision(one, question_id=QuestionId(n), bank_id=BankId(1)) for n, one in enumerate(drafts)]
    return export(made, "moodle", name="b", title="B")


WRITTEN = (
    draft("Which *one*?", "a & b", "<b>", "c", key=(1,), topic="Air/Water"),
    draft("Which are right?", "a", "b", "c", "d", key=(0, 1, 3), select=3),
    draft("Which are right?", "a", "b", key=(), topic="Fire"),
    QuestionDraft(line=1, stem="Cork floats.", choices=("True", "False"), key=(1,), kind="true_false"),
    short("Who?", "Ada", "five * stars", exact=True, near_misses=[NearMiss(text="Bob", hint="No.")]),
    blanks(
        "It is ____ and ____.", ["a}b~c#d\\e", "x"], ["1 < 2"], near_misses=[NearMiss(text="z", hint="<u", blank=1)]
    ),
    QuestionDraft(line=1, stem="Sort.", choices=("a", "b", "c"), key=(2, 0, 1), kind="order"),
    QuestionDraft(line=1, stem="Pair.", choices=("a", "b", "c", "d", "e"), key=(3, 2), select=2, kind="match"),
)


@pytest.mark.parametrize("question", WRITTEN)
def test_what_is_written_is_read_back_the_same(question: QuestionDraft) -> None:
    (again,) = parse(written(question).encode()).questions
    assert (again.kind, again.stem, again.select) == (question.kind, question.stem, question.select)
    assert (again.exact, again.near_misses, again.topic) == (
        question.exact,
        question.near_misses,
        question.topic,
    )
    assert accepted_answers(again) == accepted_answers(question)
    if question.kind == "order":
        assert [again.choices[at] for at in again.key] == [question.choices[at] for at in question.key]
    elif question.kind == "match":
        assert [again.choices[at] for at in again.key] == [question.choices[at] for at in question.key]
        assert set(again.choices) == set(question.choices)
    else:
        assert (again.choices, again.key) == (question.choices, question.key)
    assert FindingCode.SIMPLIFIED not in again.findings


def test_topics_tags_and_explanations_are_written() -> None:
    explained = QuestionDraft(
        line=1,
        stem="Which?",
        choices=("a", "b"),
        key=(0,),
        choice_explanations=("So.", ""),
        explanation="Because.\n\nYes.",
        tags=("x", "y"),
        topic="Air/Water",
        section="Cork",
    )
    document = parse(written(explained, draft("What?", "a", "b")).encode())
    first, second = document.questions
    assert (first.topic, first.tags, first.section, first.source_id) == ("Air/Water", ("x", "y"), "Cork", "q0")
    assert (first.choice_explanations, first.explanation) == (("So.", ""), "Because.\n\nYes.")
    assert (second.topic, second.section) == (None, None)


def test_numbers_are_written_with_their_tolerance_and_unit() -> None:
    xml = asked(
        "numerical",
        "How far?",
        answer("42.5", 100, more="<tolerance>0.25</tolerance>"),
        "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>",
    )
    (question,) = parse(written(only(xml)).encode()).questions
    assert ([str(one) for one in question.accepted], question.unit) == (["42.5 ± 0.25"], "km")
    assert number("How far?").accepted == ()


def test_kept_questions_are_written_unchanged_and_others_as_essays() -> None:
    essay = only(asked("essay", "Why <b>is</b> it?", "<responsefieldlines>15</responsefieldlines>"))
    assert json.loads(essay.kept)["moodle"] in written(essay)
    others = [
        QuestionDraft(line=1, stem="Draw.", choices=(), kind="drawing", kept='{"moodle": "<question>"}'),
        QuestionDraft(line=1, stem="Front", choices=(), kind="card", back="Back"),
        QuestionDraft(line=1, stem="Sort.", choices=("a", "b"), kind="order"),
        QuestionDraft(line=1, stem="It is ____.", choices=(), kind="blanks"),
    ]
    document = parse(written(*others).encode())
    assert [question.kind for question in document.questions] == ["essay"] * 4
    assert document.questions[1].explanation == "Back"
    assert "- a\n- b" in document.questions[2].stem


def test_pictures_are_named_where_they_belong() -> None:
    xml = asked("shortanswer", f"What is it? {IMAGE}", answer("a map", 100), files=file("a.png", png()))
    (question,) = parse(written(only(xml)).encode()).questions
    assert question.stem.startswith("What is it?\n\n![A map](pictures/")
    assert question.findings == (FindingCode.NEEDS_FIGURE,)


words = st.lists(st.text("ab<>&]*~=#{}:\\", min_size=1, max_size=4), min_size=1, max_size=3).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(words, min_size=2, max_size=4, unique=True), words)
def test_any_signs_are_read_back_the_same(texts: list[str], stem: str) -> None:
    for question in (draft(f"Which {stem}?", *texts), short(f"Who {stem}?", *(f"a{text}" for text in texts))):
        (again,) = parse(written(question).encode()).questions
        assert (again.stem, again.choices, again.accepted) == (question.stem, question.choices, question.accepted)


PARTS = st.sampled_from(
    [
        "<question type='multichoice'>",
        "<question type='cloze'>",
        "<question type='numerical'>",
        "</question>",
        "<questiontext format='html'><text>",
        "</text></questiontext>",
        "<answer fraction='50'><text>a</text></answer>",
        "<answer fraction='x'/>",
        "<subquestion><text>a</text><answer/></subquestion>",
        "{1:SA:=a~*#b}",
        "{1:MC:",
        "<![CDATA[<pre>a\n<img src='data:image/png;base64,AAAA'>]]>",
        "<file name='a' encoding='base64'>%%</file>",
        "<single/>",
        "&nbsp;",
        "[[1]]",
        "<x y='z'>",
        "</x>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PARTS | st.text(max_size=6), max_size=16).map("".join))
def test_anything_is_read_or_refused(inside: str) -> None:
    stem = f"<questiontext><text>{escape(inside)}</text></questiontext>"
    for question in (f"<question type='essay'/>{inside}", f"<question type='cloze'>{stem}</question>"):
        with suppress(BadFile):
            parse(f"<quiz>{question}</quiz>".encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "sign",
    [
        "{1:SA:",
        "{1:MC:=a}",
        "[[1]]",
        "<pre>",
        "<img ",
        "\\(",
        "\\[a\\]",
        "`",
        "~",
        "#",
        "___",
        "<b>",
        "&nbsp;",
        "\n",
        "<p",
        "]]",
    ],
)
@pytest.mark.parametrize("type_", ["cloze", "gapselect", "multichoice"])
def test_a_sign_over_and_over_takes_no_time(type_: str, sign: str) -> None:
    data = f"<quiz>{asked(type_, sign * (40_000 // len(sign)), answer('a', 100))}</quiz>"
    started = process_time()
    with suppress(BadFile):
        parse(data.encode())
    assert process_time() - started < 2


@pytest.mark.parametrize(
    "one",
    [
        "<question type='x'/>",
        "<question type='x'><name><text>{}</text></name></question>",
        asked("truefalse", "Is it {}?", answer("true", 100), answer("false")),
    ],
)
def test_many_questions_take_little_time(one: str) -> None:
    count = 100_000 // len(one)
    data = f"<quiz>{''.join(one.replace('{}', str(at)) for at in range(count))}</quiz>"
    started = process_time()
    document = parse(data.encode())
    assert len(document.questions) + len(document.findings) >= count
    assert process_time() - started < 2


def test_a_file_full_of_pictures_takes_little_memory() -> None:
    picture = file("a.png", png() + bytes(300_000))
    data = f"<quiz>{asked('shortanswer', IMAGE, answer('a', 100), files=picture) * 12}</quiz>".encode()
    tracemalloc.start()
    try:
        parse(data)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 2.5 * len(data)


def test_findings_stand_in_the_document_by_line() -> None:
    document = read(asked("essay", "Why?"), asked("shortanswer", "Who?", answer("a", 50)))
    assert document.findings == (
        Finding(line=4, code=FindingCode.KIND_NOT_ASKED, message=document.findings[0].message),
        Finding(line=7, code=FindingCode.SIMPLIFIED, message=document.findings[1].message),
    )
