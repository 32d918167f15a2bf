"""Sets of questions that researchers and course plugins share: each row or object in the layout of its own program."""

import json
from typing import Any

import pytest

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import parse
from tests.unit.importers.formats.as_table import shown

OPTIONS = ("Lead", "Cork", "Ice")
LETTERS = ["A", "B", "C"]


def keyed(text: str, name: str = "set.csv") -> list[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    return [shown(question) for question in parse(text.encode(), name=name).questions]


def objects(*some: Any) -> list[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    return keyed("\n".join(map(json.dumps, some)), "set.jsonl")


@pytest.mark.parametrize(
    "cell",
    [
        "['Lead' 'Cork' 'Ice']",
        "['Lead'\n 'Cork' 'Ice']",
        "['Lead', 'Cork', 'Ice']",
        "{'text': array(['Lead', 'Cork', 'Ice'], dtype=object), 'label': array(['A', 'B', 'C'], dtype=object)}",
        "{'label': ['1', '2', '3'], 'text': ['Lead', 'Cork', 'Ice']}",
        '{"text": ["Lead", "Cork", "Ice"], "label": ["A", "B", "C"]}',
    ],
)
def test_a_list_in_a_cell_is_read_as_programs_print_it(cell: str) -> None:
    quoted = cell.replace('"', '""')
    assert keyed(f'question,choices,answer\nWhich?,"{quoted}",B\nWhat?,"{quoted}",A\n') == [
        ("Which?", OPTIONS, (1,)),
        ("What?", OPTIONS, (0,)),
    ]


def test_an_apostrophe_parts_no_list_that_was_printed_without_commas() -> None:
    table = """question,choices,answer\nWhich?,"['Lead' ""Cork's"" 'Ice']",1\nWhat?,"['It\\'s' 'No']",0\n"""
    assert keyed(table) == [("Which?", ("Lead", "Cork's", "Ice"), (1,)), ("What?", ("It's", "No"), (0,))]


@pytest.mark.parametrize("cell", ["{'text': ['Lead', 'Cork'], 'label': ['B', 'A']}", "['Lead' 'Cork' None]"])
@pytest.mark.parametrize("answer", ["B", "1"])
def test_a_list_that_cannot_be_read_is_no_reason_to_have_its_number_typed(cell: str, answer: str) -> None:
    document = parse(f'question,choices,answer\nWhich?,"{cell}",{answer}\nWhat?,"{cell}",{answer}\n'.encode())
    assert not document.questions
    assert [(finding.line, finding.code) for finding in document.findings[1:]] == [
        (2, FindingCode.BROKEN),
        (3, FindingCode.BROKEN),
    ]


def test_texts_and_labels_may_stand_side_by_side() -> None:
    choices = {"text": OPTIONS, "label": LETTERS}
    counted = {"text": OPTIONS, "label": ["1", "2", "3"]}
    assert objects(
        {"question": "Which?", "choices": choices, "answerKey": "B"},
        {"question": "What?", "choices": counted, "answerKey": "3"},
    ) == [("Which?", OPTIONS, (1,)), ("What?", OPTIONS, (2,))]


def test_a_stem_may_stand_with_its_choices_one_level_deeper_than_the_answer() -> None:
    choices = [{"label": label, "text": text} for label, text in zip(LETTERS, OPTIONS, strict=True)]
    assert objects(
        {"id": "m1", "question": {"stem": "Which?", "choices": choices}, "answerKey": "B"},
        {"id": "m2", "question": {"stem": "What?", "choices": choices}, "answerKey": "C"},
    ) == [("Which?", OPTIONS, (1,)), ("What?", OPTIONS, (2,))]


def test_the_best_answer_is_right_where_a_list_says_what_else_is() -> None:
    assert keyed(
        "Question,Best Answer,Correct Answers,Incorrect Answers\n"
        "Which?,Cork,Bark of oak; Cork,Lead; Ice\n"
        "What?,Tin,Tin; A metal,Cork; Ice\n"
    ) == [("Which?", ("Cork", "Lead", "Ice"), (0,)), ("What?", ("Tin", "Cork", "Ice"), (0,))]


def test_what_people_are_told_is_no_answer_and_a_title_is_no_question() -> None:
    document = parse(
        b"Question Title,Correct Message,Incorrect Message,Question,Answer 1,Answer 2,Correct Answer\n"
        b"One,It is light.,No.,Which floats?,Lead,Cork,2\nTwo,It melts.,No.,Which is cold?,Ice,Tea,1\n",
        name="set.csv",
    )
    assert [shown(question) for question in document.questions] == [
        ("Which floats?", ("Lead", "Cork"), (1,)),
        ("Which is cold?", ("Ice", "Tea"), (0,)),
    ]
    assert [question.explanation for question in document.questions] == ["It is light.", "It melts."]


def test_the_text_that_supports_an_answer_explains_it() -> None:
    [question] = parse(
        json.dumps(
            [
                {
                    "question": "Which floats?",
                    "distractor1": "Lead",
                    "correct_answer": "Cork",
                    "support": "Cork is light.",
                }
            ]
        ).encode()
    ).questions
    assert (question.choices, question.key, question.explanation) == (("Cork", "Lead"), (0,), "Cork is light.")


def test_columns_may_be_named_by_short_words_for_options() -> None:
    assert keyed("question,opa,opb,opc,cop\nWhich?,Lead,Cork,Ice,1\nWhat?,Lead,Cork,Ice,0\n") == [
        ("Which?", OPTIONS, (1,)),
        ("What?", OPTIONS, (0,)),
    ]


def test_labels_without_a_space_behind_them_are_no_part_of_the_choices() -> None:
    listed = ["A)Lead", "B)Cork", "C)Ice"]
    assert objects(
        {"question": "Which?", "options": listed, "correct": "B"},
        {"question": "What?", "options": listed, "correct": "C"},
    ) == [("Which?", OPTIONS, (1,)), ("What?", OPTIONS, (2,))]


def test_a_row_with_a_flag_is_no_header() -> None:
    rows = "settings,Quiz,,,\nquestion,Which floats?,single,1,1\nanswer,Lead,text,0,0\nanswer,Cork,text,1,0\n"
    with pytest.raises(BadFile):
        parse(rows.encode(), name="set.csv")


def test_what_is_asked_and_answered_may_be_called_otherwise_in_each_object() -> None:
    document = parse(
        json.dumps(
            [
                {"front": "What is cork?", "back": "The bark of an oak that grows by the sea"},
                {"question": "What is teak?", "answer": "A wood that ships are built of, for it lasts"},
                {"text": "The bark of the oak is {{c1::cork}}", "tags": ["wood"]},
                {"text": "Wood", "order": 2},
            ],
            indent=1,
        ).encode()
    )
    assert [(question.stem, question.back) for question in document.questions] == [
        ("What is cork?", "The bark of an oak that grows by the sea"),
        ("What is teak?", "A wood that ships are built of, for it lasts"),
    ]
    assert [(finding.line, finding.code) for finding in document.findings if finding.code is FindingCode.BROKEN] == [
        (10, FindingCode.BROKEN)
    ]


@pytest.mark.parametrize("names", ["answer,detailed explanation", "correctanswer,generalfeedback"])
def test_a_kind_of_explanation_explains(names: str) -> None:
    table = f"question,option a,option b,{names}\nWhich?,Lead,Cork,B,It is light.\n"
    [question] = parse(table.encode(), name="set.csv").questions
    assert (question.key, question.explanation) == ((1,), "It is light.")


def test_columns_may_explain_single_choices() -> None:
    document = parse(
        b"Question,Question Type,Answer Option 1,Explanation 1,Answer Option 2,Explanation 2,Answer Option 3,"
        b"Explanation 3,Correct Answers,Overall Explanation\n"
        b"Which floats?,multiple-choice,Lead,It is heavy.,Cork,It is light.,,,2,Look at the bark.\n"
        b'Which float?,multi-select,Ice,It does.,Lead,,Cork,So does it.,"1,3",\n',
        name="set.csv",
    )
    assert [shown(question) for question in document.questions] == [
        ("Which floats?", ("Lead", "Cork"), (1,)),
        ("Which float?", ("Ice", "Lead", "Cork"), (0, 2)),
    ]
    assert [(question.explanation, question.choice_explanations) for question in document.questions] == [
        ("Look at the bark.", ("It is heavy.", "It is light.")),
        ("", ("It does.", "", "So does it.")),
    ]


def test_several_columns_with_the_same_name_hold_choices() -> None:
    rows = "Which floats?,Lead,0,Cork,100\nWhich sinks?,Lead,100,Cork,0\n"
    document = parse(f"Question,Answer,Fraction,Answer,Fraction\n{rows}".encode(), name="set.csv")
    assert [shown(question) for question in document.questions] == [
        ("Which floats?", ("Lead", "Cork"), ()),
        ("Which sinks?", ("Lead", "Cork"), ()),
    ]
    assert [question.findings for question in document.questions] == [(FindingCode.UNKEYED,)] * 2
    rows = "2,Which floats?,Lead,Cork\n1,Which sinks?,Lead,Cork\n"
    assert keyed(f"Correct,Question,Choice,Choice\n{rows}") == [
        ("Which floats?", ("Lead", "Cork"), (1,)),
        ("Which sinks?", ("Lead", "Cork"), (0,)),
    ]


def test_slashes_between_spaces_part_choices() -> None:
    assert keyed("question,choices,answer\nWhich?,Lead / Cork / Ice,Cork\nWhat?,Lead / Cork / Ice,Lead\n") == [
        ("Which?", OPTIONS, (1,)),
        ("What?", OPTIONS, (0,)),
    ]


def test_answers_have_many_names() -> None:
    [first, second] = parse(
        json.dumps(
            [{"prompt": "Which floats?", "expectedAnswer": "Cork"}, {"prompt": "Which sinks?", "correctAnswer": "Lead"}]
        ).encode()
    ).questions
    assert (first.accepted, second.accepted) == (("Cork",), ("Lead",))


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("cork|bark", ("cork", "bark")),
        ("cork|", ("cork",)),
        ("P(A|B)", ("P(A|B)",)),
        ("a || b", ("a || b",)),
        ("[x|y]", ("[x|y]",)),
        ("|", ("|",)),
    ],
)
def test_a_bar_parts_spellings_only_between_whole_ones(answer: str, accepted: tuple[str, ...]) -> None:
    some = [{"question": "What is typed?", "answer": answer}, {"question": "What floats?", "answer": "cork"}]
    assert parse(json.dumps(some).encode()).questions[0].accepted == accepted


def test_cloze_notes_in_plain_text_hide_what_they_hide() -> None:
    document = parse(
        b"#separator:tab\n#html:true\n#notetype column:1\n"
        b"Basic\tWhat floats?\tCork\n"
        b"Cloze\t{{c1::Cork}} floats, and {{c2::lead::metal}} sinks.\tLook at the bark.\n"
        b"Cloze\tA rule: {{c1::what is lighter than water floats on it}}.\t\n",
        name="notes.txt",
    )
    card, gaps, rule = document.questions
    assert (card.kind, card.stem, card.back) == ("card", "What floats?", "Cork")
    assert (gaps.kind, gaps.stem) == ("blanks", "____ floats, and ____ (metal) sinks.")
    assert gaps.explanation == "Look at the bark."
    assert [(one.blank, one.text) for one in gaps.accepted] == [(0, "Cork"), (1, "lead")]
    assert (rule.kind, rule.stem, rule.back) == (
        "card",
        "A rule: ____.",
        "A rule: what is lighter than water floats on it.",
    )


@pytest.mark.parametrize(
    "front", ["{{c1::Cork}} floats on ___.", "{{c1::Cork}}{{c2::wood}} floats.", "{{c1::Cork}} {{c2::}} floats."]
)
def test_what_is_hidden_beside_other_gaps_is_shown_on_the_back(front: str) -> None:
    [question] = parse(f"Front,Back\n{front},bark\n".encode(), name="notes.csv").questions
    assert (question.kind, question.accepted, "Cork" in question.stem) == ("card", (), False)
    assert question.back.startswith("Cork")
    assert question.back.endswith("bark")


def test_a_right_answer_beside_the_choices_needs_no_explanation() -> None:
    header = "Question,Option 1,Option 2,Correct Answer,Explanation 1,Explanation 2"
    rows = "What is bark?,Lead,Ice,Cork,heavy,cold\nWhat is cold?,Lead,Cork,Ice,heavy,light\n"
    document = parse(f"{header}\n{rows}".encode(), name="set.csv")
    assert [(question.choices[0], question.choice_explanations) for question in document.questions] == [
        ("Cork", ("", "heavy", "cold")),
        ("Ice", ("", "heavy", "light")),
    ]


def test_cards_beside_questions_stay_cards() -> None:
    cards = [{"front": "Cork", "back": "bark"}, {"front": "Teak", "back": "wood"}]
    asked = [{"question": "Which floats?", "options": ["Lead", "Cork"], "answer": "Cork"}]
    document = parse(json.dumps({"cards": cards, "quiz": asked}).encode())
    assert [(question.kind, question.stem) for question in document.questions] == [
        ("card", "Cork"),
        ("card", "Teak"),
        ("choice", "Which floats?"),
    ]


def test_choices_may_be_called_op() -> None:
    assert keyed("question,op a,op b,op c,cop\nWhich?,Lead,Cork,Ice,1\nWhat?,Lead,Cork,Ice,0\n") == keyed(
        "question,opa,opb,opc,cop\nWhich?,Lead,Cork,Ice,1\nWhat?,Lead,Cork,Ice,0\n"
    )
