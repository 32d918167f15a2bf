"""Reading by example: whatever the signs of a file, one marked question shows how to read the others."""

import pytest

from bot.domain.errors import BadInput
from bot.domain.readings import Example, Reading, parse_example
from bot.importers import learn, parse, parse_like

Shown = tuple[str, str]
"""A file, and the lines of its first question."""

GUILLEMETS = """\
Aufgabe 1 // Welches Tier legt Eier?
a» Kuh
b» Huhn <=
c» Hund

Aufgabe 2 // Welches Tier gibt Milch?
a» Kuh <=
b» Huhn
c» Hund
"""
ARROWS = """\
@@ Which metal is liquid
at room temperature
>> iron
>> mercury
>> lead
Sol -> mercury
Why: it melts at -39 °C.

It was once used in mirrors.

@@ Which metal rusts
>> iron
>> gold
>> lead
Sol -> iron
Why: rust is iron oxide.
"""
REPEATED_NUMBERS = """\
1. Which one is a gas?
1. salt
2. iron
3. helium #
2. Which one is a metal?
1. salt
2. iron #
3. helium
3. Which one do we eat?
1. salt #
2. iron
3. helium
"""
LISTS_INSIDE = """\
Q> Which of these float?
A. a cork
B. a coin
** only A [ok]
** only B
** both

Solution
A. is lighter than water.
B. isn't.

Q> Which of these sink?
1. a cork
2. a coin
** only 1
** only 2 [ok]
** both
"""
KEYS_APART = """\
Item 1: Which sea is salty?
[a] Dead Sea
[b] Lake Como
Item 2: Which lake is in Italy?
[a] Dead Sea
[b] Lake Como
Solutions
no 1 ~ a
no 2 ~ b
"""


def read_like(text: str, *examples: str) -> list[tuple[int, str, tuple[str, ...], tuple[int, ...]]]:
    document = learn(text.encode(), [parse_example(example) for example in examples])
    return [(one.line, one.stem, one.choices, one.key) for one in document.questions]


@pytest.mark.parametrize(
    ("text", "example", "keys"),
    [
        (GUILLEMETS, "question 1, choices 2-4, right 3", [(1,), (0,)]),
        (ARROWS, "question 1, choices 3-5, right 4, answer 6, explanation 7", [(1,), (0,)]),
        (REPEATED_NUMBERS, "question 1, choices 2-4, right 4", [(2,), (1,), (0,)]),
        (LISTS_INSIDE, "question 1, choices 4-6, right 4", [(0,), (1,)]),
        (KEYS_APART, "question 1, choices 2-3, right 2, answer 8", [(0,), (1,)]),
        ("What is up?\n~ floor\n= sky\n\nWhat is down?\n= floor\n~ sky\n",
         "question 1, choices 2-3, right 3", [(1,), (0,)]),
        ("Frage: Eins plus eins?\nFalsch: 3\nRichtig: 2\n\nFrage: Zwei plus zwei?\nRichtig: 4\nFalsch: 3\n",
         "question 1, choices 2-3, right 3", [(1,), (0,)]),
        ("Pick the birds\n(1) crow !!\n(2) bee\n(3) owl !!\n\nPick the fish\n(1) crow\n(2) carp !!\n(3) owl\n",
         "question 1, choices 2-4, right 2 4", [(0, 2), (1,)]),
        ("#1# Pick the birds\n/a/ crow\n/b/ bee\n/c/ owl\n==> a+c\n#2# Pick the fish\n/a/ crow\n/b/ carp\n==> b\n",
         "question 1, choices 2-4, right 2 4, answer 5", [(0, 2), (1,)]),
        ("** 7 ** (B)\nWhat melts?\nA: salt\nB: ice\n** 8 ** (A)\nWhat dissolves?\nA: salt\nB: ice\n",
         "question 2, choices 3-4, right 4, answer 1", [(1,), (0,)]),
        ("Вопрос 1 | Столица Италии?\nа/ Рим +\nб/ Милан\n\nВопрос 2 | Столица Франции?\nа/ Лион\nб/ Париж +\n",
         "question 1, choices 2-3, right 2", [(0,), (1,)]),
        ("First\nopt1 - six\nopt2 - two\ncorrect opt: 2\n\nSecond\nopt1 - six\nopt2 - two\ncorrect opt: 1\n",
         "question 1, choices 2-3, right 3, answer 4", [(1,), (0,)]),
        ("Task 1> What is ice?\nhot\ncold\nKey> cold\nTask 2> What is fire?\nhot\ncold\nKey> hot\n",
         "question 1, choices 2-3, right 3, answer 4", [(1,), (0,)]),
        ("1. What is ice?\n\nhot\ncold\n\nSol B\n\n2. What is fire?\n\nhot\ncold\n\nSol A\nIt burns.\n",
         "question 1, choices 3-4, right 4, answer 6", [(1,), (0,)]),
        ("What is ice\nhot\ncold !\n\nWhat is fire\nhot !\ncold\n",
         "question 1, choices 2-3, right 3", [(1,), (0,)]),
        ("1. 1 + 1?\n2\n4\nSol 1\n2. 2 + 2?\n2\n4\nSol 2\n",
         "question 1, choices 2-3, right 2, answer 4", [(0,), (1,)]),
    ],
    ids=["sign-behind", "answer-line", "same-numbers", "lists-inside", "keys-apart", "other-signs", "words", "several",
         "labels", "answer-above", "cyrillic", "glued", "unmarked", "unmarked-labels",
         "unmarked-sign", "unmarked-numbers"],
)  # fmt: skip
def test_the_rest_is_read_like_the_example(text: str, example: str, keys: list[tuple[int, ...]]) -> None:
    assert [key for _line, _stem, _choices, key in read_like(text, example)] == keys


def test_a_second_line_among_unmarked_choices_is_a_finding() -> None:
    asked = "".join(f"Task {n}> What is {n}?\nhot\ncold\nKey> hot\n" for n in (1, 2))
    document = learn(
        f"{asked}Task 3> What is\na fire?\nhot\ncold\nKey> hot\n".encode(),
        [parse_example("question 1, choices 2-3, right 2, answer 4")],
    )
    assert ["swallowed" in question.findings for question in document.questions] == [False, False, True]


def test_a_line_that_asks_among_unmarked_choices_is_a_finding() -> None:
    reading = Reading(question="{number}. {text}", choice="{text}", answer="Answer: {text}")
    (question,) = parse_like(b"1. Look at the sky.\nWhat is it?\nblue\ngreen\nAnswer: blue\n", reading).questions
    assert "swallowed" in question.findings


def test_texts_lose_their_marks_and_keep_their_lines() -> None:
    first, second = read_like(ARROWS, "question 1, choices 3-5, right 4, answer 6, explanation 7")
    assert first == (1, "Which metal is liquid at room temperature", ("iron", "mercury", "lead"), (1,))
    assert second == (11, "Which metal rusts", ("iron", "gold", "lead"), (0,))
    document = learn(ARROWS.encode(), [parse_example("question 1, choices 3-5, right 4, answer 6, explanation 7")])
    assert document.questions[0].explanation == "it melts at -39 °C.\n\nIt was once used in mirrors."
    assert document.roles == "sscccke.e.scccke."
    assert document.reading[:2] == ("Question: @@ {text}", "Choice: >> {text}")


def test_what_is_listed_inside_a_question_stays_in_it() -> None:
    first, _second = read_like(LISTS_INSIDE, "question 1, choices 4-6, right 4")
    assert "A. a cork" in first[1]
    assert first[2] == ("only A", "only B", "both")


def test_a_question_that_was_missed_makes_its_neighbour_doubtful() -> None:
    reading = Reading(question="Aufgabe {number} // {text}", choice="{letter}» {text}", right="{letter}» {text} <=")
    torn = GUILLEMETS.replace("Aufgabe 2 //", "Afgabe 2 //")
    (only,) = parse_like(torn.encode(), reading).questions
    assert "swallowed" in only.findings
    lost = REPEATED_NUMBERS.replace("2. Which one is", "Which one is")
    document = learn(lost.encode(), [parse_example("question 1, choices 2-4, right 4")])
    assert any({"swallowed", "lost_question"} & {*one.findings} for one in document.questions)


def test_an_answer_whose_question_is_not_there_is_a_finding() -> None:
    document = learn(
        KEYS_APART.replace("no 2", "no 3").encode(), [parse_example("question 1, choices 2-3, right 2, answer 8")]
    )
    assert [(finding.line, finding.code.value) for finding in document.findings if "answer" in finding.message] == [
        (4, "unkeyed"),
        (9, "lost_question"),
    ]


def test_two_answers_to_one_question_make_it_doubtful() -> None:
    doubled = ARROWS.replace("Why: rust is iron oxide.", "Sol -> gold")
    _first, second = learn(
        doubled.encode(), [parse_example("question 1, choices 3-5, right 4, answer 6, explanation 7")]
    ).questions
    assert "swallowed" in second.findings


def test_a_second_example_settles_what_the_first_leaves_open() -> None:
    text = b"What is red?\n- *a rose!\n- the sea\n\nWhat is blue?\n- *a rose\n- the sea!\n"
    first = parse_example("question 1, choices 2-3, right 2")
    learned = learn(text, [first]).learned
    assert learned is not None
    assert learned.unsure == 5
    for line, key in ((6, (0,)), (7, (1,))):
        document = learn(text, [first, parse_example(f"question 5, choices 6-7, right {line}")])
        assert document.learned is not None
        assert document.learned.unsure is None
        assert [one.key for one in document.questions] == [(0,), key]


def test_examples_that_contradict_each_other_are_refused() -> None:
    examples = "question 1, choices 2-4, right 3", "question 6, choices 7-9, right 9"
    with pytest.raises(BadInput, match="No way of reading"):
        read_like(GUILLEMETS, *examples)


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("question 1, choices 2-4, right 3, answer 5", "There is no text on line 5."),
        ("question 99, choices 2-4, right 3", "There is no text on line 99."),
        ("question 3, choices 2 4, right 2", "The question comes first"),
        ("question 1, choices 2, right 2", "at least two"),
        ("question 1, choices 2-4", "Say which of the choices are right."),
        ("question 1, choices 2-4, right 2-4", "Show a question that also has a wrong one"),
        ("question 1, choices 2-4, right 2", "Nothing marks the choices or the right ones."),
    ],
)
def test_lines_that_cant_be_a_question_are_refused_in_words(example: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        learn(GUILLEMETS.encode(), [parse_example(example)])


@pytest.mark.parametrize(
    "typed",
    ["", "question", "question 1", "choices 2-4", "question 1 2, choices 3", "question 1, choices 2-4, right 9", "1-4"],
)
def test_an_example_that_isnt_spelled_like_one_says_how_to_spell_it(typed: str) -> None:
    with pytest.raises(BadInput, match="Write it like this"):
        parse_example(typed)


def test_an_example_names_lines() -> None:
    assert parse_example("Question 3, choices 5-6 8, right 8, answer 9, explanation 10") == Example(
        question=3, choices=(5, 6, 8), right=(2,), answer=9, explanation=10
    )


def test_a_kept_reading_is_taken_where_a_file_is_not_understood_without() -> None:
    kept = {
        "arrows": Reading(question="@@ {text}", choice=">> {text}", answer="Sol -> {text}"),
        "eggs": Reading(question="Aufgabe {number} // {text}", choice="{letter}» {text}", right="{letter}» {text} <="),
    }
    document = parse(GUILLEMETS.encode(), kept=kept)
    assert document.learned is not None
    assert (document.learned.name, [one.key for one in document.questions]) == ("eggs", [(1,), (0,)])
    known = b"1. Up?\nA. sky\nB. floor\nAnswer: A\n"
    assert parse(known, kept=kept).learned is None
    assert parse(GUILLEMETS.encode(), kept=kept, format="numbered").learned is None
