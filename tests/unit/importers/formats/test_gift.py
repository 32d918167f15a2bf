"""Moodle's GIFT: answers in braces, one kind of question for each way to write them."""

from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import NearMiss
from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.domain.revisions import accepted_answers
from bot.importers import parse
from bot.importers.formats import gift
from bot.importers.reading.lines import Line
from tests.budget import at_usual_pace
from tests.unit.importers.as_read import codes, only, read

EXAMPLES = Path(__file__).parents[5] / "shared" / "examples"


def messages(text: str) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.code, finding.message) for finding in read(text, "gift").findings]


def test_one_of_several_choices() -> None:
    question = only("Which floats?{~Lead#It sinks. =Cork#It is light. ~Iron####Density decides.}")
    assert (question.kind, question.stem, question.choices) == ("choice", "Which floats?", ("Lead", "Cork", "Iron"))
    assert (question.key, question.select, question.findings) == ((1,), 1, ())
    assert question.choice_explanations == ("It sinks.", "It is light.", "")
    assert question.explanation == "Density decides."


def test_a_tilde_before_an_equals_sign_is_no_empty_choice() -> None:
    question = only("Ice {~sinks~ =floats~melts} on water.")
    assert (question.choices, question.key, question.findings) == (("sinks", "floats", "melts"), (1,), ())


def test_weights_without_an_equals_sign_make_several_right() -> None:
    for wrong in ("", "%-50%"):
        question = only(f"Which float? {{\n  ~%50%Cork\n  ~{wrong}Lead\n  ~%50%Wood\n  ~{wrong}Iron\n}}")
        assert (question.choices, question.key, question.select) == (("Cork", "Lead", "Wood", "Iron"), (0, 2), 2)
        assert question.findings == ()


def test_weights_may_have_a_decimal_comma() -> None:
    assert only("Which float? {\n  ~%33,3%Cork\n  ~%33,3%Wood\n  ~%33,3%Ice\n  ~%0%Iron\n}").key == (0, 1, 2)


@pytest.mark.parametrize(
    ("answers", "key", "told"),
    [
        ("{=Cork ~%50%Wood ~%-25%Iron}", (0,), "“Wood” (50 %), “Iron” (-25 %) won't earn points"),
        ("{~%70%Cork ~%30%Wood ~Iron}", (0, 1), "weighs the choices: “Cork” (70 %), “Wood” (30 %)"),
        ("{~%50%Cork ~%50%Wood ~%-100%Iron}", (0, 1), "“Iron” (-100 %)"),
        ("{=Cork =Wood ~Iron}", (0, 1), "one of the 2 right choices is enough"),
        ("{=%80%Cork ~Wood ~Iron}", (0,), "best answer earns 80 %"),
    ],
)
def test_weights_that_cannot_be_kept_are_told(answers: str, key: tuple[int, ...], told: str) -> None:
    question = only(f"Which floats?{answers}")
    assert (question.key, question.findings) == (key, (FindingCode.SIMPLIFIED,))
    ((line, code, message),) = messages(f"Which floats?{answers}")
    assert (line, code, told in message) == (1, "simplified", True)


def test_a_missing_word_leaves_a_gap() -> None:
    document = read("Cork {=floats ~sinks} on water.\n\nTwo plus two is {=four =4}.\n\nPi is {#3.14:0.01} or so.")
    chosen, typed, number = document.questions
    assert (chosen.kind, chosen.stem, chosen.key) == ("choice", "Cork ____ on water.", (0,))
    assert (typed.kind, typed.stem, accepted_answers(typed)) == ("blanks", "Two plus two is ____.", ("four | 4",))
    assert (number.kind, number.stem) == ("number", "Pi is ____ or so.")
    assert only("What is pi?{#3.14:0.01}.").stem == "What is pi?"
    assert only("It has ___ and {=more}.").kind == "short", "two gaps, but one of them is text"


@pytest.mark.parametrize(
    ("answers", "right"), [("T", 0), ("TRUE", 0), ("true", 0), ("F", 1), ("FALSE", 1), ("\n F \n", 1)]
)
def test_true_or_false(answers: str, right: int) -> None:
    question = only(f"Cork floats.{{{answers}}}")
    assert (question.kind, question.choices, question.key) == ("true_false", ("True", "False"), (right,))


def test_feedback_to_true_or_false_stands_at_the_words() -> None:
    assert only("Cork sinks.{F#It floats.#Right!####Try it.}").choice_explanations == ("It floats.", "Right!")
    question = only("Cork floats.{T#It does.}")
    assert (question.choice_explanations, question.explanation) == (("", "It does."), "")


def test_short_answers_and_what_is_nearly_right() -> None:
    question = only("Who wrote it?{=Ada Lovelace#Yes. =Lovelace =%60%Byron#Her father. =%0%Bob#No. =%20%Eve}", "gift")
    assert (question.kind, question.accepted, question.explanation) == ("short", ("Ada Lovelace", "Lovelace"), "Yes.")
    assert question.near_misses == (NearMiss(text="Byron", hint="Her father."), NearMiss(text="Bob", hint="No."))
    assert question.findings == (FindingCode.SIMPLIFIED,)
    assert only("Who?{Ada}", "gift").accepted == ("Ada",)
    wild = only("Who?{=Ada =A*a =%0%*#Read chapter 2.}")
    assert (wild.accepted, wild.explanation) == (("Ada",), "Read chapter 2.")
    assert "star stands for any text" in messages("Who?{=Ada =A*a}")[0][2]


@pytest.mark.parametrize(
    ("answers", "accepted"),
    [
        ("#1822", ["1822"]),
        ("# -3.5:0.1", ["-3.5 ± 0.1"]),
        ("#3.141..3.142", ["3.141 to 3.142"]),
        ("#-5..5", ["-5 to 5"]),
        ("#=1e3 =%100%7:2", ["1000", "7 ± 2"]),
    ],
)
def test_numbers(answers: str, accepted: list[str]) -> None:
    question = only(f"How many?{{{answers}}}")
    assert (question.kind, [str(one) for one in question.accepted]) == ("number", accepted)


def test_feedback_to_numbers_goes_into_the_explanation() -> None:
    question = only("When?{#\n =1822:0#Yes.\n =%50%1822:2#Close.\n =%0%1900:0#Later.\n ~#No.\n ####See page 3.}")
    assert [str(one) for one in question.accepted] == ["1822"]
    assert question.explanation == "See page 3.\n\nYes.\n\n1822:2: Close.\n\n1900: Later.\n\nNo."
    assert question.findings == (FindingCode.SIMPLIFIED,)


def test_pairs_to_match() -> None:
    question = only("Match the capitals. {\n =France -> Paris\n =Italy -> Rome\n = -> Oslo\n ####Europe.}")
    assert (question.kind, question.choices) == ("match", ("France", "Italy", "Paris", "Rome", "Oslo"))
    assert (question.key, question.select, question.explanation) == ((2, 3), 2, "Europe.")


@pytest.mark.parametrize("feedback", ["#It is cold.", " # It is cold."])
def test_feedback_to_a_pair_explains_it(feedback: str) -> None:
    question = only(f"Match the capitals. {{\n =Norway -> Oslo{feedback}\n =Italy -> Rome\n}}")
    assert (question.choices, question.explanation) == (("Norway", "Italy", "Oslo", "Rome"), "Norway: It is cold.")


@pytest.mark.parametrize("name", ["C#", "F# minor", "#1", "the #tag", "C\\#sharp", "# text", "the # sign", "div#main"])
def test_the_sign_of_feedback_may_be_part_of_a_name_in_a_pair(name: str) -> None:
    question = only(f"Match. {{\n =one -> {name}\n =two -> Rome\n}}")
    assert (question.choices[2], question.explanation) == (name.replace("\\", ""), "")


def test_signs_in_the_attributes_of_tags_mean_nothing() -> None:
    question = only(
        """[html]Which floats? {\n ~<font color="#ff0000">Lead</font>#Look: <img src="a.png"> heavy\n =Cork\n}"""
    )
    assert (question.choices, question.key) == (("Lead", "Cork"), (1,))
    assert question.choice_explanations == ("Look: ![](a.png) heavy", "")


def test_pictures_that_the_file_only_names_are_findings() -> None:
    question = only('Which? {=<img src\\="a.png"> ~<img src\\="b.png">}')
    assert question.findings == (FindingCode.NEEDS_FIGURE,)
    question = only('Which? {=Cork ~Lead####See <img src="a.png">}')
    assert question.findings == (FindingCode.SIMPLIFIED,)


def test_an_essay_is_kept_and_a_description_is_a_note() -> None:
    document = read("::Air::Why is the sky blue?{####Rayleigh}\n\n::Light::Read on.\n\nMore of it.\n\nCork floats.{T}")
    essay, _asked = document.questions
    assert (essay.kind, essay.section, essay.explanation) == ("essay", "Air", "Rayleigh")
    assert essay.findings == (FindingCode.KIND_NOT_ASKED,)
    assert [(note.line, note.heading, note.text) for note in document.notes] == [
        (3, "Light", "Read on."),
        (5, "", "More of it."),
    ]


def test_titles_categories_and_comments() -> None:
    document = read(
        """
        // written by hand
        $CATEGORY: $course$/top/Science\\: basics/Water//Air

        ::Cork::
        // in between
        Does cork
        float?{T}
        $CATEGORY: Maths
        Two plus two?{
        // the old answer was 5
        =4}

        $CATEGORY: $course$/top

        ::Is 1 odd?::{T}
        """
    )
    assert [(one.line, one.stem, one.section, one.topic) for one in document.questions] == [
        (6, "Does cork float?", "Cork", "Water/Air"),
        (9, "Two plus two?", None, "Maths"),
        (15, "Is 1 odd?", "Is 1 odd?", None),
    ]
    assert not document.findings


def test_a_title_begins_a_question_without_a_blank_line_above() -> None:
    document = read(
        "::Q1:: What floats? {=Cork ~Lead}\n::Q2:: Does iron\n:: float?{F}\n::Q3:: What sinks? {\n=Lead\n::\n~Cork}\n"
    )
    assert [one.stem for one in document.questions] == ["What floats?", "Does iron :: float?", "What sinks?"]
    assert not document.findings


def test_escaped_signs_are_text() -> None:
    question = only("Is a \\: b \\= \\{c\\}?\\nSay so. {\n ~ \\~ \\# \n = \\= \\\\ \\x \n}")
    assert question.stem == "Is a : b = {c}?\n\nSay so."
    assert question.choices == ("~ #", "= \\ \\x")


def test_html_becomes_markdown_and_what_cannot_is_told() -> None:
    question = only(
        '[html]<p>Is <b>x<sup>2</sup></b> &lt; <i>y</i><br/>for <code>vector<int></code>, see <a href\\="/h">here</a>?'
        "</p>{ =<span>yes</span> ~[plain]<b>no</b> ~[markdown]*may be* }"
    )
    assert question.stem == "Is **x^2** < *y*\n\nfor `vector<int>`, see here (/h)?"
    assert question.choices == ("yes", "<b>no</b>", "*may be*")
    assert question.findings == (FindingCode.SIMPLIFIED,)
    plain = only("[plain]Is <b> a tag?{T}")
    assert (plain.stem, plain.findings) == ("Is <b> a tag?", ())
    assert only("[moodle]Is <b>this</i> it?{T}").stem == "Is this it?"


def test_a_picture_needs_its_file() -> None:
    question = only('[html]What is it? <img src\\="@@PLUGINFILE@@/a.png" alt\\="A map">{=a map}')
    assert question.stem == "What is it? ![A map](@@PLUGINFILE@@/a.png)"
    assert question.findings == (FindingCode.NEEDS_FIGURE,)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("Which?{=a ~b", "one pair of braces"),
        ("Which? =a ~b}", "one pair of braces"),
        ("Which}?{=a ~b", "one pair of braces"),
        ("Is {=a} or {=b} it?", "more than one pair"),
        ("Which?{a =b ~c}", "“a” stands before"),
        ("How many?{#three}", "“three” isn't a number"),
        ("How many?{#3,5}", "“3,5” isn't a number"),
        ("How many?{#1..two}", "isn't a number"),
        ("How many?{#}", "isn't a number"),
        ("How many?{#*}", "isn't a number"),
        (f"How many?{{#{'1' * 41}}}", "isn't a number"),
        ("How many?{#1e9999}", "isn't a number"),
        ("How many?{#1..1e999}", "too many digits"),
        ("Match.{=a -> b}", "2 to 5 pairs, not 1"),
        ("Match.{=a -> b =c}", "“c” isn't a pair"),
        ("Match.{=a -> b =c ->}", "isn't a pair"),
        ("Match.{=a -> b =a -> c}", "“a” is the left side of two pairs"),
        ("Match.{" + "".join(f"={n} -> x{n} " for n in range(6)) + "}", "2 to 5 pairs, not 6"),
        ("Match.{=a -> b =c -> d" + " = -> e" * 16 + "}", "at most 15"),
        ("Who?{=" + "x" * 301 + "}", "too long"),
        ("Who?{" + "".join(f"={n}x " for n in range(51)) + "}", "at most 50 answers"),
        ("Who?{" + "=a " * 201 + "}", "201 answers"),
        ("::::", "no text"),
    ],
)
def test_a_broken_item_is_told_and_its_neighbours_stay(item: str, told: str) -> None:
    text = f"Cork floats.{{T}}\n\n// next\n{item}\n\nLead floats.{{F}}\n"
    assert [question.stem for question in read(text, "gift").questions] == ["Cork floats.", "Lead floats."]
    ((line, code, message),) = messages(text)
    assert (line, code) == (4, "broken")
    assert message.startswith("“")
    assert told in message


def test_an_item_without_a_right_answer_is_unkeyed() -> None:
    assert codes(read("Which?{~a ~b}\n\nWho?{=%0%Bob#No.}", "gift")) == [[FindingCode.UNKEYED]] * 2


@pytest.mark.parametrize(
    "text",
    [
        "1. What does f(x) { return x; } do?\nA. a\nB. b\nAnswer: A",
        "Which?\n\n{% if x %}\n\na (Correct)\n\nb\n\n---\n",
        "# Notes\n\nA set is written {a, b}, and the empty one {}.\n",
    ],
)
def test_braces_alone_are_not_gift(text: str) -> None:
    assert read(text).format != "gift"


words = st.lists(st.text("ab~=#{}:\\*", min_size=1, max_size=4), min_size=1, max_size=4).map(" ".join)
choices = st.lists(words, min_size=2, max_size=5, unique=True)


def escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "~=#{}:\\" else sign for sign in text)


@given(words, choices, st.booleans())
def test_any_signs_are_read_back_the_same(stem: str, texts: list[str], several: bool) -> None:
    marks = ["~%50%", "~%50%", *"~~~"] if several and len(texts) > 2 else ["=", *"~~~~"]
    listed = "\n".join(mark + escaped(text) for mark, text in zip(marks, texts, strict=False))
    question = only(f"Which is {escaped(stem)}?{{{listed}}}", "gift")
    assert (question.stem, question.choices) == (f"Which is {stem}?", tuple(texts))
    assert question.key == ((0, 1) if marks[0] != "=" else (0,))


LINES = st.sampled_from(
    [
        "",
        "::T::",
        "$CATEGORY: a/b",
        "// c",
        "Which?{=a ~b}",
        "{",
        "}",
        "~a#b",
        "=%5%a->b",
        "{#1:2}",
        "[html]<b>x",
        "\\{\\n",
    ]
)


@given(st.lists(LINES | st.text(max_size=8), max_size=20).map("\n".join).filter(str.strip))
def test_every_item_is_a_question_a_note_or_a_finding(text: str) -> None:
    lines = [Line(number, line.rstrip()) for number, line in enumerate(text.split("\n"), start=1)]
    document = gift.parse(lines, lambda _done: None)
    items = [block for block in gift.blocks(lines) if not block[0].text.strip().startswith("$CATEGORY:")]
    broken = [finding for finding in document.findings if finding.code is FindingCode.BROKEN]
    assert len(items) == len(document.questions) + len(document.notes) + len(broken)


@pytest.mark.parametrize(
    "sign", ["=", "~", "=*#a ", "=a->", "{", "}", "\\", "::", "<b>", '<a href="', "%", "=%1%", "\n", "#"]
)
@pytest.mark.parametrize(
    "frame", ["{0}", "What {0}?{{=a ~b}}", "What?{{={0}}}", "What?{{=a#{0}}}", "[html]{0}{{T}}", "?{{#{0}}}"]
)
def test_a_sign_over_and_over_takes_no_time(frame: str, sign: str) -> None:
    data = frame.format(sign * (40_000 // len(sign))).encode()
    started = process_time()
    with suppress(BadFile):  # it is empty
        parse(data, format="gift")
    assert at_usual_pace(process_time() - started) < 5


@pytest.mark.skipif(not EXAMPLES.exists(), reason="needs example files that aren't part of the project")
@pytest.mark.parametrize(("name", "number"), [("gift-moodle-examples.txt", 43), ("gift-numerical.gift", 10)])
def test_real_files_are_read_whole(name: str, number: int) -> None:
    document = parse((EXAMPLES / name).read_bytes())
    assert (document.format, len(document.questions), document.notes) == ("gift", number, ())
    assert not {FindingCode.BROKEN, FindingCode.UNKEYED} & {finding.code for finding in document.findings}
