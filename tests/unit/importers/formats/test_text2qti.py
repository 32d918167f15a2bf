"""text2qti: what each sign means, what is lost and told, and that no other list is taken for it."""

from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.formats import text2qti
from bot.importers.source import Source
from bot.importers.text2qti.elements import elements
from tests.budget import at_usual_pace
from tests.unit.importers.as_read import only, read

FLOATS = "1.  Which floats?\na)  Lead\n*b) Cork\nc)  Iron\n"


def messages(text: str) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.code, finding.message) for finding in read(text, "text2qti").findings]


def test_one_right_choice_has_a_star() -> None:
    question = only(FLOATS)
    assert (question.kind, question.stem, question.choices) == ("choice", "Which floats?", ("Lead", "Cork", "Iron"))
    assert (question.line, question.key, question.select, question.findings) == (1, (1,), 1, ())
    assert read(FLOATS).format == "text2qti"


def test_letters_may_be_any_and_stand_in_any_order() -> None:
    assert only("7. Which?\nA) Lead\n*A) Cork\nz) Iron").key == (1,)


@pytest.mark.parametrize(("choices", "right"), [("*a) true\nb)  false", 0), ("*a) False\nb)  True", 1)])
def test_true_and_false_make_a_statement(choices: str, right: int) -> None:
    question = only(f"1. Lead floats.\n{choices}\n... So it is.\n")
    assert (question.kind, question.choices, question.key) == ("true_false", ("True", "False"), (right,))
    assert question.choice_explanations == (("", "So it is.") if not right else ("So it is.", ""))


def test_a_hyphen_at_the_end_of_a_choice_stays() -> None:
    assert only("1. Which prefix negates?\na) post-\n*b) un-\nc) pre-\n").choices == ("post-", "un-", "pre-")


def test_several_right_choices_are_ticked() -> None:
    question = only("1. Which float?\n[ ] Lead\n[*] Cork\n[] Iron\n[*] Wood\n")
    assert (question.choices, question.key, question.select) == (("Lead", "Cork", "Iron", "Wood"), (1, 3), 2)


@pytest.mark.parametrize(
    ("told", "spelled"),
    [
        ("5", "5"),
        ("1_000", "1000"),
        ("-3.5 +- 0.1", "-3.5 ± 0.1"),
        ("200 +- 5%", "200 ± 5 %"),
        ("[1.2598, 1.26]", "1.2598 to 1.26"),
        ("[-2,-1]", "-2 to -1"),
        ("6.02e23 +- 1e21", "6.02e23 ± 1e21"),
    ],
)
def test_numbers(told: str, spelled: str) -> None:
    question = only(f"1. How many?\n=   {told}\n", "text2qti")
    assert (question.kind, [str(one) for one in question.accepted]) == ("number", [spelled])


def test_texts_to_type() -> None:
    question = only("1. Who lives at the pole?\n... A legend.\n*   Santa\n*\tSanta Claus\n* Santa\n", "text2qti")
    assert (question.kind, question.accepted, question.explanation) == ("short", ("Santa", "Santa Claus"), "A legend.")


@pytest.mark.parametrize(("sign", "kind"), [("____", "essay"), ("^^^", "file-upload")])
def test_what_is_never_asked_is_kept(sign: str, kind: str) -> None:
    question = only(f"Quiz title: T\n\n1. Write it.\n... General.\n! Look for it.\n{sign}\n")
    assert (question.kind, question.explanation) == (kind, "General.\n\nLook for it.")
    assert question.findings == (FindingCode.KIND_NOT_ASKED,)


def test_everything_around_questions() -> None:
    document = read(
        """
        Quiz title: On water
        Quiz description: What floats,
            and what sinks.
        shuffle answers: true
        % a line comment
        COMMENT
        1. No question.
        END_COMMENT

        Text title: Before you start
        Text: Read on.

        GROUP
        pick: 1
        points per question: 2

        Title: Cork
        Points: 2
        1.  Which of these
            floats?

            ```
            if wet:
                print("?")
            ```
        ... General.

            More.
        +   Right!
        -   Wrong!
        !   See *page 3*.
        a)  Lead,
            the metal
        ... It sinks.
        *b) Cork
        END_GROUP
        2. <p>Is <b>2</b> &lt; 3<sub>a</sub>?</p>
        *a) Yes
        b) No
        """
    )
    assert (document.format, document.title) == ("text2qti", "On water")
    assert [(note.line, note.heading, note.text) for note in document.notes] == [
        (2, "", "What floats, and what sinks."),
        (11, "Before you start", "Read on."),
    ]
    first, second = document.questions
    assert (first.line, first.section) == (19, "Cork")
    assert first.stem == 'Which of these floats?\n\n```\nif wet:\n    print("?")\n```'
    assert (first.choices, first.key) == (("Lead, the metal", "Cork"), (1,))
    assert first.explanation == "General.\n\nMore.\n\nSee *page 3*.\n\nRight!\n\nWrong!"
    assert first.choice_explanations == ("It sinks.", "")
    assert (second.line, second.section, second.stem) == (37, None, "Is **2** < 3a?")
    assert [(finding.line, finding.code) for finding in document.findings] == [
        (13, "simplified"),
        (19, "simplified"),
        (37, "simplified"),
    ]


def test_formulas_and_code_stay_as_they_are() -> None:
    question = only("1. Is $a<b and c>d$ <b>`<b>`</b><sub>1</sub>?\n*a) $x < y$ &lt;\nb) `&lt;`\n")
    assert (question.stem, question.choices) == ("Is $a<b and c>d$ **`<b>`**1?", ("$x < y$ <", "`&lt;`"))
    assert question.findings == (FindingCode.SIMPLIFIED,)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("3. Which?", "no answers"),
        ("3. Which?\n*a) This\n* that", "several kinds"),
        ("3. Which?\n= 3\n= 4", "2 numbers"),
        ("3. Which?\n= three", "“three” isn't a number"),
        ("3. Which?\n= 3 +- x", "isn't a number"),
        ("3. Which?\n= 3 +- -1", "is negative"),
        ("3. Which?\n= [4, 3]", "ends before"),
        ("3. Which?\n= [1, 2, 3]", "isn't a number"),
        ("3. Which?\n= [1, 1e999]", "too many digits"),
        ("3. Which?\n* " + "x" * 301, "too long"),
        ("```{.python .run}\nprint('1. Who?')\n\n```", "programs aren't run"),
        ("GROUP\na) This", "no question above"),
        ("END_GROUP\nThat's all", "outside of questions"),
    ],
)
def test_what_cannot_be_read_is_told_and_its_neighbours_stay(item: str, told: str) -> None:
    text = f"Quiz title: T\n{FLOATS}\n{item}\n\n{FLOATS.replace('floats', 'does not sink')}"
    document = read(text, "text2qti")
    assert [question.key for question in document.questions] == [(1,), (1,)]
    ((line, code, message),) = [one for one in messages(text) if one[1] == "broken"]
    assert (code, message.startswith("“"), told in message) == ("broken", True, True)
    assert line in {7, 8}


@pytest.mark.parametrize(
    ("text", "key", "codes"),
    [
        (FLOATS.replace("a) ", "*a)"), (0, 1), ["key_not_a_choice"]),
        (FLOATS.replace("*b)", "b) "), (), ["unkeyed"]),
        (FLOATS.replace("Iron", "Cork"), (1,), ["simplified"]),
        (FLOATS.replace("Lead", "Lead\nthat is heavy"), (1,), ["broken"]),
        (FLOATS.replace("a)  Lead", "a)Lead"), (0,), ["broken"]),
        (FLOATS.replace("Lead", "![lead](a.png)"), (1,), ["needs_figure"]),
        (FLOATS.replace("Lead", "```\n    lead\n    ```"), (1,), ["simplified"]),
        (FLOATS.replace("floats?", "floats?\n = 3"), (1,), []),
    ],
)
def test_what_is_doubtful_about_a_question_is_told(text: str, key: tuple[int, ...], codes: list[str]) -> None:
    question = only(text, "text2qti")
    assert (question.key, list(question.findings)) == (key, codes)


@pytest.mark.parametrize(
    "text",
    [
        "1. Which?\na) This\nb) That\nAnswer: b\n",
        "Quiz title: T\n1. Which?\na) This\nb) That\nAnswer: b\n",
        "Quiz title: T\n1. Which?\n*a) This\nb) That\nbecause\nof that\n",
        "1. Which?\na) This\n*b) That\n\nAnswer: b\n",
        "1. Which two?\n*a) This\n*b) That\nc) It\n",
        "1. Tea\n* leaves\n* water\n2. Coffee\n* beans\n",
        "1. Why?\n____\n2. How?\n____\n",
        "Text: this is prose.\n",
    ],
)
def test_lists_with_some_of_its_signs_are_left_to_the_other_formats(text: str) -> None:
    assert text2qti.likelihood(Source(text.encode())) == 0
    assert read(text).format != "text2qti"


WORDS = st.lists(st.sampled_from(["river", "castle", "shows", "hides", "quiet", "old"]), min_size=3, max_size=9)
plain = WORDS.map(lambda words: " ".join(words).capitalize())


@given(st.lists(st.tuples(plain, st.lists(plain, min_size=2, max_size=4, unique=True)), min_size=1, max_size=4))
def test_what_is_found_to_be_text2qti_is_no_worse_than_as_a_numbered_list(asked: list[tuple[str, list[str]]]) -> None:
    text = "\n".join(
        f"{number}. Which {stem}?\n"
        + "".join(f"{'a*'[at == 1]}b) {one}\n"[at != 1 :] for at, one in enumerate(choices))
        for number, (stem, choices) in enumerate(asked, start=1)
    )
    document = parse(text.encode())
    assert document.format == "text2qti"
    assert [(one.stem, one.choices, one.key) for one in document.questions] == [
        (f"Which {stem}?", tuple(choices), (1,)) for stem, choices in asked
    ]


LINES = st.sampled_from(
    [
        *("", "1. Which?", "a) a", "*b) b", "[*] c", "[ ] d", "= 3", "* e", "____", "... f", "+ g", "  more", "GROUP"),
        *("x", "Title: T", "Text: u", "```{.python .run}", "```", "%", "COMMENT", "END_COMMENT", "    ```"),
    ]
)


@given(st.lists(LINES | st.text(max_size=8), max_size=20).map("\n".join))
def test_every_question_is_read_or_left_out(text: str) -> None:
    source = Source(text.encode())
    with suppress(BadFile):  # it isn't text
        document = text2qti.parse(source, lambda _done: None)
        asked = sum(element.sign == "question" for element in elements(source.lines_as_written))
        assert len(document.questions) <= asked
        assert asked <= len(document.questions) + sum(one.code is FindingCode.BROKEN for one in document.findings)


@pytest.mark.parametrize(
    "sign", ["1. a\n", "*a) a\n", "* a\n", "= 1\n", "\n", "\t", "    a\n", "x\n", "`", "___", "... a\n"]
)
@pytest.mark.parametrize("frame", ["{0}", "1. Who?\n{0}\n*a) a\nb) b", "1. Who? {0}\n*a) {0}\nb) b\n", "1. a\n= {0}"])
def test_a_sign_over_and_over_takes_no_time(frame: str, sign: str) -> None:
    data = frame.format(sign * (9_000 // len(sign))).encode()
    started = process_time()
    with suppress(BadFile):  # it is empty
        parse(data, format="text2qti")
        text2qti.likelihood(Source(data))
    assert at_usual_pace(process_time() - started) < 5
