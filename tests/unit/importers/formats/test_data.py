"""JSON and YAML of other programs: an object for each question."""

import json
from typing import Any

import pytest

from bot.domain.drafts import FindingCode, ParsedDocument
from bot.domain.errors import BadFile
from bot.domain.revisions import accepted_answers
from bot.importers import parse
from bot.importers.reading.json_data import read_json
from bot.importers.table.objects import questions, row, table
from tests.unit.importers.as_read import codes
from tests.unit.importers.formats.as_table import messages, shown

OPTIONS = ["Lead", "Cork", "Ice"]


def read(*objects: Any, name: str = "") -> ParsedDocument:
    document = parse(json.dumps(objects, indent=1).encode(), name=name)
    assert document.format == "data"
    return document


@pytest.mark.parametrize(
    ("members", "key"),
    [
        ({"options": OPTIONS, "answer": "Cork"}, (1,)),
        ({"options": OPTIONS, "answer": "B"}, (1,)),
        ({"choices": OPTIONS, "correct_answers": ["B", "C"]}, (1, 2)),
        ({"options": OPTIONS, "correct": ["Cork", "Ice"]}, (1, 2)),
        ({"options": {"A": "Lead", "B": "Cork", "C": "Ice"}, "answer": "B"}, (1,)),
        ({"options": {"1": "Lead", "2": "Cork", "3": "Ice"}, "answer": "2"}, (1,)),
        ({"options": {"1": "Lead", "2": "Cork", "3": "Ice"}, "answer": 2}, (1,)),
        ({"option_a": "Lead", "option_b": "Cork", "option_c": "Ice", "correctOption": "option_b"}, (1,)),
        ({"answers": [{"text": one, "isCorrect": one == "Cork"} for one in OPTIONS]}, (1,)),
        ({"answers": [{"answer": "Lead"}, {"answer": "Cork", "correct": True}, {"answer": "Ice"}]}, (1,)),
        ({"options": [{"id": f"o{at}", "text": one} for at, one in enumerate(OPTIONS)], "correctOptionId": "o1"}, (1,)),
        ({"options": [{"label": "ABC"[at], "value": one} for at, one in enumerate(OPTIONS)], "answer": "B"}, (1,)),
        ({"options": [{"value": "abc"[at], "label": one} for at, one in enumerate(OPTIONS)], "answer": "b"}, (1,)),
        ({"answers": ["Cork", "Ice"], "options": OPTIONS}, (1, 2)),
        ({"a": ["Lead", {"correct": "Cork"}, "Ice"]}, (1,)),
        ({"a": OPTIONS, "answer": "Cork"}, (1,)),
        (
            {
                "answers": {"answer_a": "Lead", "answer_b": "Cork", "answer_c": "Ice", "answer_d": None},
                "correct_answers": {"answer_a_correct": "false", "answer_b_correct": "true"},
            },
            (1,),
        ),
    ],
)
def test_choices_and_keys(members: dict[str, Any], key: tuple[int, ...]) -> None:
    document = read(*({"question": stem, **members} for stem in ("Which?", "What?")))
    assert [shown(one) for one in document.questions] == [(stem, (*OPTIONS,), key) for stem in ("Which?", "What?")]
    assert codes(document) == [[], []]


def test_numbers_count_from_where_the_file_shows_it() -> None:
    for numbers, key in (((0, 1), [(0,), (1,)]), ((3, 1), [(2,), (0,)]), ((1, 2), [(), ()])):
        document = read(*({"question": f"Which {one}?", "options": OPTIONS, "answer": one} for one in numbers))
        assert [question.key for question in document.questions] == key
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE, FindingCode.UNKEYED]] * 2


def test_wrong_answers_beside_the_right_one() -> None:
    question = read({"question": "Which?", "answer": "Cork", "wrong": ["Lead", "Iron"]}).questions[0]
    assert (question.choices, question.key) == (("Cork", "Lead", "Iron"), (0,))


def test_what_else_a_question_has() -> None:
    told = {"category": "Water", "difficulty": "easy", "tags": ["a", "b"], "explanation": "It is light.", "points": 3}
    document = read({"q": "What is printed?", "code": "print(1)", "choices": ["1", "2"], "answer": "A", **told})
    (question,) = document.questions
    assert question.stem == "What is printed?\n\n```\nprint(1)\n```"
    assert (question.topic, question.difficulty, question.tags) == ("Water", "easy", ("a", "b"))
    assert (question.explanation, question.line) == ("It is light.", 2)
    assert "Not used: “points”." in document.findings[0].message


@pytest.mark.parametrize(
    "media", ["map.png", ["map.png"], {"type": "video", "file": "map.png"}, [{"id": 3, "url": "map.png"}]]
)
def test_a_picture_that_is_named_is_missed(media: object) -> None:
    document = read({"question": "What is it?", "choices": OPTIONS, "answer": "A", "media": media})
    assert codes(document) == [[FindingCode.NEEDS_FIGURE]]
    assert "“map.png”" in messages(document)[0][2]
    for nothing in ([], {}, None, False):
        assert codes(read({"question": "What is it?", "choices": OPTIONS, "answer": "A", "media": nothing})) == [[]]


def test_what_is_to_be_read_first_stands_above_the_question() -> None:
    passage = "Cork is the bark of an oak, and full of air."
    asked = {"question": "Does it float?", "options": ["yes", "no"], "answer": "yes"}
    for document in (read({"passage": passage, "questions": [asked]}), read({**asked, "context": passage})):
        assert [shown(one) for one in document.questions] == [(f"{passage}\n\nDoes it float?", ("yes", "no"), (0,))]
    assert read({**asked, "context": "Water"}).questions[0].stem == "Does it float?"


def test_questions_stand_anywhere_and_answers_may_be_typed() -> None:
    inside = [{"question": "What floats?", "answer": ["cork", "ice"]}, {"question": "Ice floats.", "answer": True}]
    document = read({"rounds": [{"name": "Water", "items": inside}]})
    assert [one.kind for one in document.questions] == ["short", "true_false"]
    assert accepted_answers(document.questions[0]) == ("cork", "ice")


def test_an_object_on_each_line() -> None:
    lines = [json.dumps({"question": f"Which {one}?", "options": OPTIONS, "answer": one}) for one in OPTIONS]
    document = parse("\r\n".join(lines).encode())
    assert [(one.line, one.key) for one in document.questions] == [(1, (0,)), (2, (1,)), (3, (2,))]


def test_what_is_no_text_is_left_out_and_told() -> None:
    document = read(
        {"question": {"en": "Which?", "de": "Welches?"}, "options": OPTIONS, "answer": "A"},
        {"question": "Which?", "options": [["Lead"], "Cork"], "answer": "B"},
        {"question": "What?", "options": OPTIONS, "answer": "A"},
        {"question": "Which did you choose?", "options": OPTIONS, "answer": "Lead", "correct": False},
        {"question": "What else?", "options": [{"": ["Lead"], "text": "Cork"}, {"": ["Lead"]}], "answer": "A"},
    )
    assert [one.stem for one in document.questions] == ["What?"]
    assert [one.line for one in document.findings if one.code is FindingCode.BROKEN] == [2, 14, 33, 43]


def test_questions_are_found_beside_the_settings_of_a_program() -> None:
    asked = {"question": "Which?", "options": OPTIONS, "answer": "B"}
    assert read({"options": {"shuffle": True}, "questions": [asked]}).questions[0].key == (1,)
    assert [one.key for one in read({"answers": 3, "questions": {"first": asked, "last": asked}}).questions] == [
        (1,),
        (1,),
    ]


def test_choices_are_no_statements_and_missed_if_nothing_asks() -> None:
    answers = [{"text": "Lead", "correct": False}, {"text": "Cork", "correct": True}]
    document = read({"title": "Which sinks?", "answers": answers}, {"question": "Which floats?", "answers": answers})
    assert [shown(one) for one in document.questions] == [("Which floats?", ("Lead", "Cork"), (1,))]
    assert [one.line for one in document.findings if one.code is FindingCode.BROKEN] == [2]
    with pytest.raises(BadFile, match="no questions in this file"):
        parse(json.dumps([{"title": "Which sinks?", "answers": answers}]).encode())


def test_each_kind_of_question_may_call_its_answer_differently() -> None:
    document = read(
        {"question": "Which?", "options": OPTIONS, "correctIndex": 0},
        {"question": "What?", "options": OPTIONS, "correctIndex": 2, "answer": None},
        {"question": "What floats?", "answer": "cork"},
        {
            "question": "Which sinks?",
            "answers": [{"text": "Lead", "correct": True}, {"text": "Cork", "correct": False}],
        },
    )
    assert [one.key for one in document.questions] == [(0,), (2,), (), (0,)]
    assert accepted_answers(document.questions[2]) == ("cork",)


def test_the_first_choice_is_no_answer_of_another_kind() -> None:
    choices = dict(zip("ABC", OPTIONS, strict=True))
    for more in ({"answer": None}, {"correct_a": None, "correct_b": True}):
        document = read(*({"question": stem, **more, **choices} for stem in ("Which?", "What?")))
        assert [one.choices for one in document.questions] == [(*OPTIONS,)] * 2
        assert {one.key for one in document.questions} == {(1,) if "correct_b" in more else ()}


def test_an_index_is_no_name_of_a_choice() -> None:
    options = [{"id": at, "text": one} for at, one in enumerate(OPTIONS, start=1)]
    document = read(*({"question": f"Which {one}?", "options": options, "correctIndex": one} for one in (0, 1)))
    assert [one.key for one in document.questions] == [(0,), (1,)]


def test_a_name_that_is_the_text_of_another_choice_is_doubted() -> None:
    options = [{"id": at, "text": one} for at, one in enumerate("431", start=1)]
    document = read({"question": "How many?", "options": options, "answer": "3"})
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE, FindingCode.UNKEYED]]


def test_a_name_that_begins_as_another_is_another() -> None:
    options = {"x": "Lead", "x_y": "Cork"}
    document = read({"question": "Which?", "options": options, "correct_answers": {"x_correct": 0, "x_y_correct": 1}})
    assert document.questions[0].key == (1,)


@pytest.mark.parametrize("name", ["options", "wrong"])
def test_more_choices_than_can_be_shown_are_left_out(name: str) -> None:
    many = [f"number {number}" for number in range(26)]
    document = read(
        {"question": "Which?", name: many, "answer": "number 25"},
        {"question": "What?", "options": OPTIONS, "answer": "A"},
    )
    assert [one.stem for one in document.questions] == ["What?"]
    assert [one.message[-52:] for one in document.findings if one.code is FindingCode.BROKEN] == [
        "out. It has 26 choices, but at most 25 can be shown."
    ]


def test_explanations_may_be_apart_for_each_choice() -> None:
    for told, shown_ in (
        ({"text": "It is light."}, "It is light."),
        ({"A": "heavy", "B": "light"}, "A: heavy\n\nB: light"),
    ):
        document = read({"question": "Which?", "options": OPTIONS, "answer": "B", "explanation": told})
        assert document.questions[0].explanation == shown_


def test_choices_may_have_explanations() -> None:
    answers = [
        {"text": "Lead", "rationale": "It is heavy."},
        {"text": "Cork", "correct": True, "rationale": "It isn't."},
    ]
    (question,) = read({"question": "Which?", "answers": answers, "explanation": "Density decides."}).questions
    assert question.explanation == "Lead: It is heavy.\n\nCork: It isn't.\n\nDensity decides."


def test_an_answer_in_a_list_is_one_even_if_it_reads_like_several() -> None:
    document = read({"question": "Which?", "options": ["a|b", "c", "d"], "answer": ["a|b", "c"]})
    assert (document.questions[0].key, codes(document)) == ((0, 1), [[]])


def test_passages_are_put_together_and_never_too_much() -> None:
    outer, inner = "Cork is the bark of an oak, and full of air.", "Ice is water that is frozen, so it floats."
    asked = {"question": "Which?", "options": OPTIONS, "answer": "B"}
    document = read({"passage": outer, "questions": [{**asked, "context": inner, "passage": ""}]})
    assert document.questions[0].stem == f"{outer}\n\n{inner}\n\nWhich?"
    with pytest.raises(BadFile, match="Split it into smaller ones"):
        read({"passage": outer * 5_000, "questions": [asked] * 100})


def test_lines_between_objects_count() -> None:
    lines = [json.dumps({"question": f"Which {one}?", "options": OPTIONS, "answer": one}) for one in OPTIONS]
    assert [one.line for one in parse("\n\n".join(lines).encode()).questions] == [1, 3, 5]


def test_members_of_any_names_make_no_table_of_all_of_them() -> None:
    asked = [
        {"question": f"{at}?", "options": OPTIONS, "answer": "A", **{f"{at}-{one}": 1 for one in range(100)}}
        for at in range(300)
    ]
    rows = table([(1, row(one)) for one in questions(read_json(json.dumps(asked)))])
    assert len(rows) == 301
    assert len(rows[0].cells) < 20
    assert len(read(*asked).questions) == 300


def test_yaml_is_read_as_it_is_written() -> None:
    text = """\
# about water
- question: Which number is the largest?
  options: [010, 9, 1e3]
  answer: 1e3
  explanation: >
    It is a
    thousand.
- question: "Which: this or that?"
  options:
    - yes
    - no
  answer: no
"""
    for name in ("water.yaml", ""):
        document = parse(text.encode(), name=name)
        assert document.format == "data"
        assert [shown(one) for one in document.questions] == [
            ("Which number is the largest?", ("010", "9", "1e3"), (2,)),
            ("Which: this or that?", ("yes", "no"), (1,)),
        ]
        assert [one.line for one in document.questions] == [2, 8]
        assert document.questions[0].explanation == "It is a thousand."


def test_two_questions_in_one_are_refused() -> None:
    item = "question: Which?\n  options: [This, That]\n  answer: That\n"
    with pytest.raises(BadFile, match="line 4: “question” is given twice"):
        parse(f"- {item}  {item}".encode(), name="quiz.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "- question: Which: this?\n  a) This\n  b) That\n  answer: b\n",
        "- Question: Which?\n  Choices: this; that\n- Answer: that\n",
    ],
)
def test_lists_for_people_are_text(text: str) -> None:
    assert parse(text.encode()).format != "data"


@pytest.mark.parametrize(
    "text",
    [
        '{"question": "Question", "answer": "Answer", "title": "Texts of a program"}\n',
        '{"name": "x", "options": {"size": "y"}}\n',
    ],
)
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(BadFile, match="This is JSON"):
        parse(text.encode())


@pytest.mark.parametrize(
    "text", ['[{"name": "x"}]', '{"question": "Question", "answer": "Answer", "options": "Options", "next": "Next"}']
)
def test_a_file_without_questions_is_refused(text: str) -> None:
    with pytest.raises(BadFile, match="no questions in this file"):
        parse(text.encode(), format="data")


def test_no_template_of_people_is_followed() -> None:
    asked = {"questionText": "Which?", "questionType": "Multiple Choice", "options": OPTIONS}
    document = read({**asked, "correctAnswer": 0}, {**asked, "questionText": "What?", "correctAnswer": 1})
    assert [one.key for one in document.questions] == [(0,), (1,)]
    assert "counted from 0" in messages(document)[0][2]
