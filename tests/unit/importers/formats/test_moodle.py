"""Moodle's XML: what becomes of each type of question, of weights and of what stands around them."""

from collections.abc import Sequence

import pytest

from bot.domain.accepted import NearMiss
from bot.domain.drafts import Finding, FindingCode
from tests.unit.importers.formats.moodle_xml import FOLD, answer, asked, only, read, told


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


def test_each_line_end_of_html_is_meant() -> None:
    stem = "<p>What does f(x);</p><ul>\n<li>give</li>\n<li>and   take</li></ul><pre>a\n\n  b</pre>So?"
    assert only(asked("shortanswer", stem, answer("x", 100))).stem == (
        "What does f(x);\n\n- give\n- and take\n\n```\na\n\n  b\n```\n\nSo?"
    )


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


def test_findings_stand_in_the_document_by_line() -> None:
    document = read(asked("essay", "Why?"), asked("shortanswer", "Who?", answer("a", 50)))
    assert document.findings == (
        Finding(line=4, code=FindingCode.KIND_NOT_ASKED, message=document.findings[0].message),
        Finding(line=7, code=FindingCode.SIMPLIFIED, message=document.findings[1].message),
    )
