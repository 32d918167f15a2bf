"""Tables of questions: which column holds what, and the templates of quiz programs."""

import pytest

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.domain.revisions import accepted_answers
from bot.importers import parse
from bot.importers.table.words import Role, mark_of, role_of
from tests.unit.importers.as_read import only, read
from tests.unit.importers.formats.as_table import messages, shown

KAHOOT = "\n".join(
    (
        ",Quiz template,,,,,,",
        ",,,,,,,",
        ",Question - max 120 characters,"
        + ",".join(f"Answer {number} - max 75 characters" for number in (1, 2, 3, 4))
        + ',"Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",Correct answer(s) - choose at least one',
        "1,Which floats?,Lead,Cork,,,20,2",
        '2,Which are metals?,Iron,Wood,Tin,Cork,20,"1,3"',
        "3,,,,,,,",
    )
)
QUIZIZZ = """
Question Text,Question Type,Option 1,Option 2,Option 3,Option 4,Option 5,Correct Answer,Time,Image Link,"Answer
explanation"
"Text of the question

(required)
","Question Type

(default is Multiple Choice)",Text for option 1,Text for option 2,,,,"The correct option choice (between 1-5).",,,
How many legs has an ant?,Multiple Choice,5,6,4,1,,2,20,,It is an insect.
Which are metals?,Checkbox,Iron,Wood,Tin,,,"1,3",45,,
Name a moon of Mars,Fill-in-the-Blank,Phobos,Deimos,,,,,60,https://example.org/mars.gif,
Why do ships float?,Open-Ended,,,,,,,180,,
Which do you like?,Poll,Tea,Coffee,,,,,20,,
"""
BLOOKET = """
"Blooket
Import Template",,,,,,,,,
Question #,Question Text,Answer 1,Answer 2,"Answer 3
(Optional)","Answer 4
(Optional)","Time Limit (sec)
(Max: 300 seconds)","Correct Answer(s)
(Only include Answer #)",,
1,Which floats?,Lead,Tin,Cork,,20,3,,
2,Solve x - 2 = 3,5,x=5,,,20,,,typing
3,,,,,,,,,
"""
GIMKIT = """
Gimkit Spreadsheet Import Template,,,,
Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional),Incorrect Answer 3 (Optional)
Which floats?,Cork,Lead,Tin,
What is the capital of France?,Paris,,,
"""

PAIRS = [
    f"{german}\t{english}"
    for german, english in zip(
        ["Kork", "Blei", "Zinn", "Gold", "Holz", "Eis", "Gas", "Öl", "Tee", "Tor"],
        ["cork", "lead", "tin", "gold", "wood", "ice", "gas", "oil", "tea", "gate"],
        strict=True,
    )
]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_any_sign_between_cells_and_any_encoding(sign: str, encoding: str, ending: str) -> None:
    rows = [["Question", "Option A", "Option B", "Answer"], ["Wo ist das Café?", "“Hier”", "Dort", "B"]]
    document = parse((ending.join(map(sign.join, rows)) + ending).encode(encoding))
    assert document.format == "csv"
    assert [shown(question) for question in document.questions] == [("Wo ist das Café?", ("“Hier”", "Dort"), (1,))]


def test_cells_in_quotes_hold_lines_quotes_and_commas() -> None:
    document = read(
        """
        Question,A,B,Answer,Explanation
        "Which, of these two,
        is ""it""?","a, b",c,A,"One line.

        Another."

        What?,x,y,B,
        """
    )
    first, second = document.questions
    assert (first.line, shown(first)) == (2, ('Which, of these two, is "it"?', ("a, b", "c"), (0,)))
    assert (first.explanation, second.line, second.key) == ("One line.\n\nAnother.", 7, (1,))


def test_the_columns_are_told() -> None:
    document = read("Question,A,B,Correct answer,Time,Topic\nWhich?,x,y,A,20,Tea\n")
    assert (document.findings[0].line, document.findings[0].code) == (1, FindingCode.SIMPLIFIED)
    assert document.findings[0].message == (
        "Taken from the table – question: “Question”; choices: “A”, “B”; right answer: “Correct answer”; "
        "topic: “Topic”. Not used: “Time”."
    )
    assert document.questions[0].findings == ()


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Question", Role.QUESTION),
        ("questionText", Role.QUESTION),
        ("Fragetext", Role.QUESTION),
        ("문제", Role.QUESTION),
        ("Question #", Role.NUMBER),
        ("option_b", Role.CHOICE),
        ("Option2", Role.CHOICE),
        ("Answer 1 - max 75 characters", Role.CHOICE),
        ("Antwort C", Role.CHOICE),
        ("选项A", Role.CHOICE),
        ("choice one", Role.CHOICE),
        ("Correct Answer(s)", Role.ANSWER),
        ("correct_option_ids", Role.ANSWER),
        ("Lösung", Role.ANSWER),
        ("Corretta", Role.ANSWER),
        ("Helyes válasz", Role.ANSWER),
        ("Kérdés", Role.QUESTION),
        ("answer(1-4)", Role.ANSWER),
        ("Incorrect Answer 2 (Optional)", Role.WRONG),
        ("wrong_one", Role.WRONG),
        ("distractor3", Role.WRONG),
        ("options", Role.LISTED),
        ("Answer explanation", Role.EXPLANATION),
        ("Time limit (sec)", None),
        ("", None),
        ("x" * 1000, None),
    ],
)
def test_the_words_above_a_column_say_what_it_holds(header: str, role: Role | None) -> None:
    assert role_of(header) is role


@pytest.mark.parametrize(
    ("header", "mark"),
    [("Option C", "c"), ("answer2", "2"), ("opt_four", "4"), ("answers", ""), ("option 26", ""), ("alternative", "")],
)
def test_a_column_for_a_choice_has_its_letter_or_number(header: str, mark: str) -> None:
    assert mark_of(header) == mark


def test_what_else_a_row_says() -> None:
    question = only(
        """
        id;question;a;b;answer;explanation;category;chapter;difficulty;tags
        tea-7;Which?;x;y;B;Because.;Tea;3;Easy;leaf, hot;
        """
    )
    assert (question.source_id, question.explanation, question.topic, question.section) == (
        "tea-7",
        "Because.",
        "Tea",
        "3",
    )
    assert (question.difficulty, question.tags) == ("easy", ("leaf", "hot"))


def test_numbers_of_rows_are_no_ids() -> None:
    assert [one.source_id for one in read("id,question,a,b,answer\n1,Which?,x,y,A\n2,What?,x,y,B\n").questions] == [
        None,
        None,
    ]


def test_a_table_with_ids_in_which_no_row_is_whole_is_told() -> None:
    document = read("id,question,a,b,answer\n7,Which, of them, floats?,x,y,A\n")
    assert document.questions == ()
    assert [(line, code) for line, code, _message in messages(document)] == [(2, FindingCode.BROKEN)]


def test_kahoot() -> None:
    document = parse(KAHOOT.encode())
    assert [shown(one) for one in document.questions] == [
        ("Which floats?", ("Lead", "Cork"), (1,)),
        ("Which are metals?", ("Iron", "Wood", "Tin", "Cork"), (0, 2)),
    ]
    assert document.findings[0].message.startswith("The table follows the template of Kahoot.")
    ((line, code, message),) = messages(document)
    assert (line, code, "may be enough" in message) == (5, "simplified", True)


def test_quizizz() -> None:
    document = parse(QUIZIZZ.encode())
    one, several, typed, essay, poll = document.questions
    assert (shown(one), one.explanation) == (
        ("How many legs has an ant?", ("5", "6", "4", "1"), (1,)),
        "It is an insect.",
    )
    assert (several.key, several.select) == ((0, 2), 2)
    assert (typed.kind, typed.accepted, typed.findings) == ("short", ("Phobos", "Deimos"), (FindingCode.NEEDS_FIGURE,))
    assert (essay.kind, essay.findings, poll.kind) == ("essay", (FindingCode.KIND_NOT_ASKED,), "poll")
    assert poll.kept == '{"choices": ["Tea", "Coffee"]}'


def test_blooket() -> None:
    chosen, typed = parse(BLOOKET.encode()).questions
    assert (chosen.line, shown(chosen)) == (9, ("Which floats?", ("Lead", "Tin", "Cork"), (2,)))
    assert (typed.kind, typed.accepted) == ("short", ("5", "x=5"))


def test_gimkit() -> None:
    chosen, typed = parse(GIMKIT.encode()).questions
    assert shown(chosen) == ("Which floats?", ("Cork", "Lead", "Tin"), (0,))
    assert (typed.kind, typed.accepted) == ("short", ("Paris",))


def test_quizlet() -> None:
    document = parse("\n".join((*PAIRS[:2], "that sinks", *PAIRS[2:])).encode())
    assert [(one.kind, one.stem, one.back) for one in document.questions[:3]] == [
        ("card", "Kork", "cork"),
        ("card", "Blei", "lead that sinks"),
        ("card", "Zinn", "tin"),
    ]
    assert messages(document) == [(3, "simplified", "This line has no tab; it was added to the row above.")]
    assert "became cards" in document.findings[0].message


@pytest.mark.parametrize("header", ["front,back", "Term,Definition", "word,translation", "Name,Definition"])
def test_the_header_of_cards(header: str) -> None:
    question = only(f"{header}\nKork,cork\n")
    assert (question.kind, question.stem, question.back) == ("card", "Kork", "cork")


def test_two_columns_are_short_answers_if_nearly_all_are_short() -> None:
    document = read("question,answer\nWho wrote it?,Ada Lovelace|Lovelace\nHow many?,23\nA byte has ___ bits.,eight\n")
    short, number, blank = document.questions
    assert (short.kind, short.accepted) == ("short", ("Ada Lovelace", "Lovelace"))
    assert (number.kind, accepted_answers(number)) == ("number", ("23",))
    assert (blank.kind, accepted_answers(blank)) == ("blanks", ("eight",))
    assert "answer is typed" in document.findings[0].message
    document = read(f"question,answer\nWhy?,{'Because it is so. ' * 5}\nHow?,{'By doing it slowly. ' * 5}\n")
    assert [one.kind for one in document.questions] == ["card", "card"]


def test_a_full_stop_may_part_thousands_where_semicolons_part_cells() -> None:
    document = read("Frage;Antwort\nWie viele?;1.000\nWie weit?;0.125\nWie lange?;12\n")
    assert [(one.kind, accepted_answers(one)) for one in document.questions] == [
        ("short", ("1.000",)),
        ("number", ("0.125",)),
        ("number", ("12",)),
    ]
    assert only("question,answer\nHow many?,1.000\n").kind == "number"


def test_several_gaps_take_as_many_answers() -> None:
    question = only("question,answer\nThe ___ of France is ___.,capital; Paris")
    assert (question.kind, accepted_answers(question)) == ("blanks", ("(1) capital", "(2) Paris"))


def test_statements() -> None:
    document = read(
        "question;type;a;b;answer\nCork floats.;;;;TRUE\nLead floats.;true/false;;;no\nTin sinks.;;False;True;A\n"
    )
    assert [(one.kind, one.choices, one.key) for one in document.questions] == [
        ("true_false", ("True", "False"), (0,)),
        ("true_false", ("True", "False"), (1,)),
        ("true_false", ("True", "False"), (1,)),
    ]


def test_tables_without_a_header() -> None:
    document = parse(
        b"Which of these floats on water?,Lead,Tin,Cork,C\nWhich of these sinks in water?,Tin,Cork,Ice,Tin\n"
    )
    assert [shown(one)[1:] for one in document.questions] == [
        (("Lead", "Tin", "Cork"), (2,)),
        (("Tin", "Cork", "Ice"), (0,)),
    ]
    assert "question: column 1; choices: column 2, column 3, column 4" in document.findings[0].message
    numbered = parse(b"Which floats on water?,Lead,Tin,Cork,3\nWhich sinks in water?,Tin,Cork,Ice,1\n")
    assert [one.key for one in numbered.questions] == [(2,), (0,)]
    lettered = parse(b"Which floats on water?,Lead,Tin,Cork,C,1\nWhich sinks in water?,Tin,Cork,Ice,A,2\n")
    assert [(one.key, one.explanation) for one in lettered.questions] == [((2,), ""), ((0,), "")]
    assert [one.kind for one in parse(b"5+5,10\n7+3,10\n1+1,2\n").questions] == ["number"] * 3
    question = parse(b"surprise|I got a ____ today\nguest|The ____ came late\n").questions[0]
    assert (question.kind, question.stem, accepted_answers(question)) == ("blanks", "I got a ____ today", ("surprise",))
    pairs = b"Kork,cork\nBlei,lead\nZinn,tin\n"
    assert (parse(pairs).format, parse(pairs, name="words.csv").format) == ("prose", "csv")


@pytest.mark.parametrize("name", ["quiz.csv", "quiz.tsv"])
def test_a_table_that_nobody_knows_is_refused_by_its_name(name: str) -> None:
    rows = "Cork floats.\t\ttrue\tIt is light.\nLead floats.\tlead.png\tfalse\tIt is heavy.\n"
    with pytest.raises(BadFile, match="Nothing tells which column holds the questions"):
        parse(rows.encode(), name=name)


@pytest.mark.parametrize("title", ["", "# Space\n\n"])
@pytest.mark.parametrize("number", ["", "| {} "])
def test_a_markdown_table_of_questions_and_answers_is_read(title: str, number: str) -> None:
    rows = ["Which planet is red? | Mars", "Who stepped out? | Neil Armstrong", "In which year? | 1969"]
    head = f"{number.format('#')}| Question | Answer |\n{number.format('---')}|---|---|\n"
    body = "".join(f"{number.format(at)}| {row} |\n" for at, row in enumerate(rows, start=1))
    questions = parse((title + head + body).encode()).questions
    assert [[question.stem, *map(str, question.accepted)] for question in questions] == [
        row.split(" | ") for row in rows
    ]


@pytest.mark.parametrize("name", ["key.csv", "key.md"])
def test_answers_to_numbers_are_no_questions(name: str) -> None:
    rows = [("Question", "Answer"), ("1", "B"), ("2", "A"), ("3", "D")]
    if name.endswith("csv"):
        with pytest.raises(BadFile, match="Nothing tells which column holds the questions"):
            parse("".join(f"{a},{b}\n" for a, b in rows).encode(), name=name)
    else:
        table = "".join(f"| {a} | {b} |\n" for a, b in [rows[0], ("---", "---"), *rows[1:]])
        assert not parse(table.encode(), name=name).questions


@pytest.mark.parametrize(
    "text",
    [
        "# Tea\n\n| Question | Answer |\n|---|---|\n| Which? | This |\n",
        "Question | Answer\n---|---\nWhich? | This\n",
        "Tea, a leaf, is hot.\nCoffee, a bean, is hot, too.\n\nMilk, in short, is cold.\n",
        "Questions, answers\n\nTea is a leaf. Milk is not.\n\nCoffee is a bean, and hot.\n",
        "Meeting\tnotes\nOn Monday\twe met.\n",
        "Contents\t1\nTea\t4\nCoffee\t17\nMilk\t90\n",
        "How many cats live here?,3,4,5,2\nHow many dogs live here?,1,2,5,3\n",
        "Which do you like?,Tea,Milk,Juice,1\nWhich do you hate?,Tea,Milk,Juice,1\n",
        "date,open,high,low\n2020-01-01,1,2,3\n2020-01-02,2,3,4\n",
        "name;email\nAda;ada@example.org\n",
    ],
)
def test_other_texts_are_no_tables_of_questions(text: str) -> None:
    assert parse(text.encode(), name="notes.txt").format == "prose"


def test_numbered_questions_with_tabs_are_no_table() -> None:
    document = parse(b"1.\tWhich?\nA.\tThis\nB.\tThat\nAnswer:\tA\n\n2.\tWhat?\nA.\tOne\nB.\tTwo\nAnswer:\tB\n")
    assert document.format == "numbered"


def test_html_becomes_markdown_unless_the_row_is_about_it() -> None:
    document = read("q,a,b,answer\nIs <b>x</b> &lt; y?,<i>yes</i>,x<sup>2</sup>,A\nWhich tag is bold?,<b>,<i>,A\n")
    written, about = document.questions
    assert (written.stem, written.choices) == ("Is **x** < y?", ("*yes*", "x^2"))
    assert written.findings == (FindingCode.SIMPLIFIED,)
    assert (about.choices, about.findings) == (("<b>", "<i>"), ())


def test_the_line_for_spreadsheets_is_no_row() -> None:
    assert only("sep=;\nquestion;a;b;answer\nWhich?;x;y;A\n").key == (0,)


def test_ankis_notes_in_plain_text() -> None:
    document = parse(
        b"#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
        b"x9\tBasic\tWood\tKork\t<b>cork</b>\tlight\ny7\tBasic\tMetal\tBlei\tlead\t\n"
    )
    assert [(one.line, one.kind, one.stem, one.back, one.section, one.tags) for one in document.questions] == [
        (7, "card", "Kork", "**cork**", "Wood", ("light",)),
        (8, "card", "Blei", "lead", "Metal", ()),
    ]
    assert "Not used: column 1, column 2." in document.findings[0].message
