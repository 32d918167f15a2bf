"""HTML pages: what lists, forms, tables, folded answers and formatting say, and what is left out."""

from base64 import b64encode
from contextlib import suppress
from io import BytesIO
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.domain.drafts import FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile, QuizbotError
from bot.importers import parse
from tests.budget import at_usual_pace


def read(body: str, head: str = "") -> ParsedDocument:
    return parse(f"<!DOCTYPE html>\n<html><head>{head}</head><body>{body}</body></html>".encode())


def only(body: str) -> QuestionDraft:
    document = read(body)
    assert len(document.questions) == 1, [question.stem for question in document.questions]
    return document.questions[0]


def messages(document: ParsedDocument) -> str:
    return "\n".join(finding.message for finding in document.findings)


def coloured(*questions: tuple[str, str, str]) -> str:
    items = ("".join(f"<li>{choice}</li>" for choice in choices) for choices in questions)
    return f"<ol>{''.join(f'<li>How much?<ul>{listed}</ul></li>' for listed in items)}</ol>"


def red(text: str) -> str:
    return f'<span style="color: #c00">{text}</span>'


def test_the_letter_of_its_place_behind_a_coloured_choice_is_no_part_of_it() -> None:
    document = read(coloured(("10", red("12 B"), "14"), (red("9 A"), "11", "13"), ("1 cm", "2 cm", red("3 cm"))))
    assert [question.choices for question in document.questions] == [
        ("10", "12", "14"),
        ("9", "11", "13"),
        ("1 cm", "2 cm", "3 cm"),
    ]
    assert [question.key for question in document.questions] == [(1,), (0,), (2,)]


def test_a_letter_behind_a_choice_stays_where_other_choices_end_in_letters() -> None:
    document = read(coloured((red("group A"), "group B", "group C"), ("group A", red("group B"), "group C")))
    assert [question.choices for question in document.questions] == [("group A", "group B", "group C")] * 2


@pytest.mark.parametrize("other", [red("group C"), red("tea")])
def test_a_letter_behind_a_choice_stays_where_most_others_have_none(other: str) -> None:
    document = read(coloured(("vitamin C", red("vitamin B"), "salt"), (other, "milk", "water")))
    assert document.questions[0].choices[1] == "vitamin B"


def test_lists_in_lists_are_questions_and_choices() -> None:
    document = read(
        """
        <ol>
        <li>Which floats?<ol type="A"><li>Lead</li><li>Cork</li></ol><p>Answer: B</p></li>
        <li>Which sinks?<ol><li>Iron</li><li>Wood</li></ol><p>Answer: A</p></li>
        </ol>
        """
    )
    found = [(question.line, question.stem, question.choices, question.key) for question in document.questions]
    assert document.format == "html"
    assert found == [(4, "Which floats?", ("Lead", "Cork"), (1,)), (5, "Which sinks?", ("Iron", "Wood"), (0,))]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<b>", "</b>"),
        ("<strong>", "</strong>"),
        ("<u>", "</u>"),
        ("<mark>", "</mark>"),
        ('<font color="red">', "</font>"),
        ('<span style="color: #c00">', "</span>"),
        ('<span style="background-color: rgb(255, 255, 0)">', "</span>"),
        ('<span style="font-weight:700">', "</span>"),
        ('<span class="option correct">', "</span>"),
        ('<span data-correct="true">', "</span>"),
    ],
)
def test_formatting_marks_what_is_right(start: str, end: str) -> None:
    document = read(f"<p>1. Which floats?</p><p>A. Lead</p><p>B. {start}Cork{end}</p><p>C. Tin</p>")
    assert [(question.choices, question.key) for question in document.questions] == [(("Lead", "Cork", "Tin"), (1,))]
    assert [finding.code for finding in document.findings] == [FindingCode.SIMPLIFIED]


@pytest.mark.parametrize(("start", "end"), [("<i>", "</i>"), ('<span style="color:#333">', "</span>")])
def test_grey_and_italics_mark_nothing(start: str, end: str) -> None:
    assert only(f"<p>1. Which floats?</p><p>A. Lead</p><p>B. {start}Cork{end}</p>").key == ()


def test_bold_letters_before_all_choices_mark_nothing() -> None:
    assert only("<p>1. Which floats?</p><p><b>A.</b> Lead</p><p><b>B.</b> Cork</p>").key == ()


def form(number: int, ticked: int | None, kind: str = "radio") -> str:
    fields = "".join(
        f'<label><input type="{kind}" name="q{number}"{" checked" if at == ticked else ""}> {text}</label><br>\n'
        for at, text in enumerate(("Lead", "Cork", "Tin"))
    )
    return f"<p>{number}. Which of these is it?</p>\n{fields}"


@pytest.mark.parametrize("kind", ["radio", "checkbox"])
def test_ticked_fields_are_the_key(kind: str) -> None:
    document = read(form(1, 1, kind) + form(2, 2, kind))
    assert [(question.choices, question.key) for question in document.questions] == [
        (("Lead", "Cork", "Tin"), (1,)),
        (("Lead", "Cork", "Tin"), (2,)),
    ]


def test_fields_that_a_form_ticks_by_itself_are_no_key() -> None:
    document = read(form(1, 0) + form(2, 0))
    assert [question.key for question in document.questions] == [(), ()]
    assert "Only first choices are ticked" in messages(document)


def test_fields_without_a_tick_are_choices_without_a_key() -> None:
    assert only(form(1, None)).choices == ("Lead", "Cork", "Tin")
    assert only(form(1, None)).key == ()


def test_choices_that_are_signs_stay_signs() -> None:
    question = only("<p>1. Which is it?</p>" + "".join(f"<input type=radio>{sign}<br>" for sign in "*=+"))
    assert (question.choices, question.key) == (("`*`", "`=`", "`+`"), ())


@pytest.mark.parametrize("summary", ["Answer", "Show answer", "Click to see the correct answer!"])
def test_a_folded_answer_is_the_key(summary: str) -> None:
    question = only(
        f"<p>1. Which floats?</p><p>A. Lead</p><p>B. Cork</p><details><summary>{summary}</summary><p>B</p></details>"
    )
    assert question.key == (1,)


@pytest.mark.parametrize("answer", ["B. Cork", "B. Cork is light, and full of air.", "Cork", "<b>Answer: B</b>"])
def test_a_folded_answer_may_have_its_text(answer: str) -> None:
    folded = f"<details><summary>Show Answer</summary><p>{answer}</p></details>"
    choices = f"<ul><li>A. Lead<li>B. Cork</ul>{folded}"
    document = read(f"<p>1. Which floats?{choices}<p>2. Which rots?{choices}")
    assert [question.key for question in document.questions] == [(1,), (1,)]
    assert document.notes == ()


def test_a_table_with_a_row_for_each_question() -> None:
    rows = "<tr><th>Question<th>A<th>B<th>Answer</tr><tr><td>Which floats?<td>Lead<td>Cork<td>B</tr>"
    document = read(f"<h2>Quiz</h2><table>{rows}<tr><td>Which sinks?<td>Tin<td>Wood<td>A</tr></table>")
    assert [(question.stem, question.key) for question in document.questions] == [
        ("Which floats?", (1,)),
        ("Which sinks?", (0,)),
    ]


def test_a_table_that_lays_out_the_page_is_none() -> None:
    assert only(f"<table><tr><td>Menu</td><td>{form(1, None)}</td></tr></table>").choices == ("Lead", "Cork", "Tin")


def test_what_stands_around_the_page_is_dropped() -> None:
    document = read(
        "<script>1. Which?</script><style>p {}</style><nav>Home</nav><p>1. Which floats?</p><p>A. Lead<p>B. Cork"
        "<p>Answer: B<footer>Imprint</footer><template>x</template>"
    )
    assert [question.choices for question in document.questions] == [("Lead", "Cork")]
    assert not {"Home", "Imprint"} & {word for note in document.notes for word in note.text.split()}


def test_code_keeps_its_lines_and_is_never_structure() -> None:
    question = only(
        "<p>1. What does it print?</p><pre><code>x = 1\nA. no choice\n&lt;b&gt;</code></pre><p>A. <code>1</code></p>"
        "<p>B. <code>&lt;b&gt;</code></p><p>Answer: A</p>"
    )
    assert "x = 1\nA. no choice\n<b>" in question.stem
    assert question.choices == ("`1`", "`<b>`")


def test_entities_and_white_space_are_resolved() -> None:
    question = only("<p>1.\n Which&nbsp;&ouml;l  is\nit?</p><p>A. a &amp; b</p><p>B. &#8364;</p><p>Answer: A</p>")
    assert (question.stem, question.choices) == ("Which öl is it?", ("a & b", "€"))


@pytest.mark.parametrize(
    ("charset", "word"),
    [("windows-1251", "пробка"), ("iso-8859-2", "źródło"), ("shift_jis", "日本"), ("utf-8", "öl")],
)
def test_the_page_says_how_it_is_encoded(charset: str, word: str) -> None:
    page = (
        f'<html><head><meta charset="{charset}"></head><body><p>1. {word}?<p>A. {word}<p>B. x<p>Answer: A</body></html>'
    )
    assert parse(page.encode(charset)).questions[0].choices[0] == word


def test_pictures_inside_the_page_come_along() -> None:
    written = BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "PNG")
    address = f"data:image/png;base64,{b64encode(written.getvalue()).decode()}"
    question = only(f'<p>1. What is it? <img src="{address}" alt="a [map]"></p><p>A. x</p><p>B. y</p><p>Answer: A</p>')
    assert (question.stem, question.image_alt) == ("What is it?", "a map")
    assert question.image is not None


def test_pictures_elsewhere_are_told() -> None:
    question = only('<p>1. What is it? <img src="map.png"></p><p>A. x</p><p>B. y</p><p>Answer: A</p>')
    assert question.findings == (FindingCode.NEEDS_FIGURE,)


def test_a_page_that_a_script_makes_is_told() -> None:
    assert "script" in messages(read("<p>Loading the quiz now.</p><script>load()</script>"))


def test_the_title_is_read() -> None:
    assert read("<p>1. Which?<p>A. x<p>B. y", "<title> On\n Tea </title>").title == "On Tea"


@pytest.mark.parametrize("page", ["<html></html>", "<!doctype html>", "<html><body><script>x</script></body></html>"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(BadFile, match="no text"):
        parse(page.encode())


@pytest.mark.parametrize(
    "body",
    [
        "<b>" * 20_000,
        "<div>" * 20_000 + "</p>" * 10_000,
        "<ol><li>x" * 5_000,
        "<table><tr><td>" * 20_000,
        "<input type=radio>x" * 8_000,
        "<a " * 20_000,
        "<!--" * 20_000,
        "<pre>" + "x\n" * 20_000,
        "&amp;" * 20_000,
        "<code>" * 10_000,
        "<p>1. Which?<p>A. x<p>B. y" * 1_000,
    ],
)
def test_a_page_made_to_hang_takes_little_time(body: str) -> None:
    started = process_time()
    with suppress(BadFile):
        read(body)
    assert at_usual_pace(process_time() - started) < 2


PARTS = (
    "<p>",
    "</p>",
    "<ol>",
    "<li>",
    "</ol>",
    "<b>",
    "</b>",
    "<pre>",
    "</pre>",
    "<code>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<details>",
    "<summary>",
    "Answer",
    "</summary>",
    "<input type=radio checked>",
    "<br>",
    "A. x",
    "1. Why?",
    "&#0;",
    "<h1>",
    "<img src='data:,x'>",
    "<select><option>",
    "\n",
    "<!--",
    "*",
    "<button class=option>",
    "</li>",
    "</td>",
)


@given(st.lists(st.sampled_from(PARTS), max_size=25))
def test_any_page_is_read_or_refused(parts: list[str]) -> None:
    with suppress(QuizbotError):
        read("".join(parts))


@pytest.mark.parametrize("charset", ["undefined", "unicode_escape", "idna", "punycode", "hex"])
def test_a_charset_that_no_page_has_is_not_believed(charset: str) -> None:
    head = f'<html><head><meta charset="{charset}"></head>'
    page = f"{head}<body><p>1. Which caf\\u0041é?<p>A. x<p>B. y<p>Answer: A</body></html>"
    assert parse(page.encode("cp1252")).questions[0].stem.endswith("u0041é?")


def test_a_part_of_a_page_is_read_whatever_its_name() -> None:
    part = "<h3>Which floats?</h3>\n<ul>\n<li>Lead</li>\n<li>Cork</li>\n</ul>\n<p>Answer: Cork</p>\n"
    document = parse(part.encode(), name="quiz.md")
    assert [(one.stem, one.choices, one.key) for one in document.questions] == [
        ("Which floats?", ("Lead", "Cork"), (1,)),
    ]
    text = "1. Which floats?\n<br>\nA. Lead\n<br>\nB. Cork\n<br>\nAnswer: B\n"
    assert parse(text.encode(), name="quiz.md").format == "numbered"
