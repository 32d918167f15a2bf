"""JSON from the Open Trivia Database: choices, true or false, and four encodings that nothing in the file names."""

import json
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from html import escape
from pathlib import Path
from time import process_time
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import FindingCode, ParsedDocument, QuestionDraft
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.opentdb.encoding import encoding
from bot.importers.reading import shape
from bot.importers.reading.json_data import Record, read_json
from tests.budget import at_usual_pace

EXAMPLES = Path(__file__).parents[5] / "shared" / "examples"
ENCODINGS: dict[str, Callable[[str], str]] = {
    "html": escape,
    "urlLegacy": lambda text: quote_plus(text, safe=""),
    "url3986": lambda text: quote(text, safe=""),
    "base64": lambda text: b64encode(text.encode()).decode(),
}


def asked(
    question: Any = "Which floats?",
    right: Any = "Cork",
    wrong: Any = ("Lead", "Iron"),
    type: str = "multiple",  # noqa: A002  # the format's own word
    **more: Any,
) -> dict[str, Any]:
    told = {"type": type, "difficulty": "easy", "category": "Science & Nature", "question": question}
    return {**told, "correct_answer": right, "incorrect_answers": wrong, **more}


def read(*questions: Any, **more: Any) -> ParsedDocument:
    return parse(json.dumps({"response_code": 0, "results": questions, **more}).encode())


def only(*args: Any, **more: Any) -> QuestionDraft:
    (question,) = read(asked(*args, **more)).questions
    return question


def messages(document: ParsedDocument) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.code, finding.message) for finding in document.findings]


def test_one_of_several_choices() -> None:
    document = read(asked())
    (question,) = document.questions
    assert (document.format, question.kind, question.stem) == ("opentdb", "choice", "Which floats?")
    assert (question.choices, question.key, question.select) == (("Cork", "Lead", "Iron"), (0,), 1)
    assert (question.topic, question.difficulty, question.findings) == ("Science & Nature", "easy", ())


@pytest.mark.parametrize(
    ("type_", "right", "wrong", "key"),
    [
        ("boolean", "True", ["False"], (0,)),
        ("boolean", "False", ["True"], (1,)),
        ("multiple", "false", ["true"], (1,)),
        ("boolean", True, [False], (0,)),
        ("boolean", "False", [], (1,)),
        ("", "True", ["False"], (0,)),
        ("boolean", "Falsch", ["Wahr"], (1,)),
    ],
)
def test_true_or_false(type_: str, right: Any, wrong: Any, key: tuple[int, ...]) -> None:
    question = only("Cork floats.", right, wrong, type_)
    assert (question.kind, question.choices, question.key) == ("true_false", ("True", "False"), key)


def test_answers_of_true_or_false_that_are_neither_are_choices() -> None:
    question = only("Does cork float?", "Yes", ["No"], "boolean")
    assert (question.kind, question.choices, question.key) == ("choice", ("Yes", "No"), (0,))
    assert only("Which?", "True", ["False", "Both"]).kind == "choice"


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("answers", [("Zoë", "Bob & Co."), ("A+B", "50%"), ("Cork", "Lead")])
def test_each_encoding_is_found_and_undone(name: str, answers: tuple[str, str]) -> None:
    encode = ENCODINGS[name]
    told = asked('Who said "π isn\'t 3 + 0.14"?', *answers)
    encoded = {key: [*map(encode, text)] if key == "incorrect_answers" else encode(text) for key, text in told.items()}
    (question,) = read({**encoded, "incorrect_answers": [encode(answers[1])]}).questions
    assert question.stem == 'Who said "π isn\'t 3 + 0.14"?'
    assert (question.choices, question.topic, question.difficulty) == (answers, "Science & Nature", "easy")
    assert question.findings == ()


def test_one_encoded_question_tells_about_those_around_it() -> None:
    document = read(
        asked("Does+cork+float%3F", "Yes", ["No"], category="Art"),
        asked("Cork+floats", "True", ["False"], category="Art"),
    )
    assert [question.stem for question in document.questions] == ["Does cork float?", "Cork floats"]
    assert document.findings == ()


def test_plus_signs_alone_are_taken_for_spaces_and_that_is_told() -> None:
    document = read(asked("Furby+was+released+in+1998.", "True", ["False"], category="Toys", type="boolean"))
    assert document.questions[0].stem == "Furby was released in 1998."
    assert [code for _line, code, _text in messages(document)] == ["encoding_repaired"]


@pytest.mark.parametrize("stem", ["2+2", "2+2=?", "What is 100%25 of 3?", "Rome", "aGVsbG8=", "日本の首都は?", "C++"])
def test_what_only_looks_encoded_stays(stem: str) -> None:
    assert only(stem, "one", ["two words"]).stem == stem


def test_entities_are_undone_once() -> None:
    question = only("Is &quot;&amp;lt;&quot; a tag&#039;s &lt;b&gt;?", "Caf&eacute;", ["&pi;"])
    assert (question.stem, question.choices) == ('Is "&lt;" a tag\'s <b>?', ("Café", "π"))


def test_texts_are_plain_and_stay_what_they_are_as_markdown() -> None:
    question = only("In M*A*S*H, is snake_case ____ or __init__?", "$x and $y", ["5 * 3", "a_b", "C:\\new \\["])
    assert question.stem == "In M\\*A\\*S\\*H, is snake_case ____ or \\_\\_init\\_\\_?"
    assert question.choices == ("\\$x and \\$y", "5 * 3", "a_b", "C:\\new \\\\[")
    code = only("What does it print?\n\nfor x in y:\n    print(x * x * x)\n")
    assert code.stem == "What does it print?\n\n    for x in y:\n        print(x * x * x)"
    assert only("Is\nM*A*S*H it?").stem == "Is\nM\\*A\\*S\\*H it?"
    assert only("Does\n\n\n\n  cork\tfloat?\n").stem == "Does\n\ncork float?"


def test_lines_are_those_of_the_stem() -> None:
    text = json.dumps({"results": [asked(), asked("Which sinks?", "Lead", ["Cork"])]}, indent=1)
    lines = text.split("\n")
    for ending in ("\n", "\r\n", "\r"):
        document = parse(ending.join(lines).encode("utf-16"))
        assert ['"question"' in lines[question.line - 1] for question in document.questions] == [True, True]


@pytest.mark.parametrize(
    "held",
    [
        [asked()],
        asked(),
        {"questions": [asked()]},
        {"set 1": [asked()]},
        {"1": asked()},
        [{"response_code": 0, "results": [asked()]}, {"response_code": 0, "results": []}],
    ],
)
@pytest.mark.parametrize("name", ["", "quiz.json"])
def test_questions_are_found_wherever_they_stand(held: Any, name: str) -> None:
    document = parse(json.dumps(held, indent=1).encode(), name=name)
    assert (document.format, [question.stem for question in document.questions]) == ("opentdb", ["Which floats?"])


def test_other_spellings_and_more_members() -> None:
    told = {"question": {"text": "Which floats?"}, "correctAnswer": "Cork", "incorrectAnswers": ["Lead"], "id": "a1"}
    more = {"tags": ["wood", "water"], "explanation": "Density decides.", "source": "a book", "points": 3}
    document = read({**told, **more})
    (question,) = document.questions
    assert (question.stem, question.choices, question.key) == ("Which floats?", ("Cork", "Lead"), (0,))
    assert (question.tags, question.explanation) == (("wood", "water"), "Density decides.")
    ((_line, code, message),) = messages(document)
    assert (code, message) == ("skipped", "Questions have members that aren't read: “source”, “points”.")


def test_letters_and_numbers_are_no_part_of_the_texts() -> None:
    question = only("7. Which floats?", "B. Cork", ["A. Lead", "C. Iron"])
    assert (question.stem, question.choices, question.key) == ("Which floats?", ("Lead", "Cork", "Iron"), (1,))
    assert only("7. Who?", "J. Robert", ["A. Robert"]).choices == ("J. Robert", "A. Robert")


@pytest.mark.parametrize(
    ("told", "code", "message"),
    [
        (asked(right="Lead"), "broken", "“Lead” is both a right and a wrong answer"),
        (asked(wrong=["Lead", "Lead"]), "simplified", "taken once"),
        (asked(wrong=[]), "broken", "only 1 choice"),
        (asked(right=""), "unkeyed", "no answer"),
        (asked(right=None), "unkeyed", "no answer"),
        (asked(""), "broken", "no question"),
        (asked(difficulty="extreme"), "simplified", "“extreme” isn't a difficulty"),
        (asked(image="cork.png"), "needs_figure", "picture (“image”)"),
        (asked(wrong=["Lead", {"a": 1}]), "broken", "where a text should be"),
        (asked("Who\0?"), "broken", "“Who\ufffd?” was left out. A character in it isn't text"),
        (asked("Who\ud800?"), "broken", "“Who\ufffd?” was left out. A character in it isn't text"),
        (asked(type="bXVsdGlwbGU="), "broken", "isn't Base64"),
        ("Which?", "broken", "“Which?” was left out. It has no answers."),
        ({"question": "Which?"}, "broken", "“Which?” was left out. It has no answers."),
        (None, "broken", "It has no answers."),
    ],
)
def test_what_is_wrong_is_told_and_its_neighbours_stay(told: Any, code: str, message: str) -> None:
    document = read(asked("Which sinks?", "Lead", ["Cork"]), told, asked("Who sinks?", "Bob", ["Eve"]))
    stems = [question.stem for question in document.questions]
    assert (stems[0], stems[-1]) == ("Which sinks?", "Who sinks?")
    found = [(told, text) for _line, told, text in messages(document) if told != "skipped"]
    assert [told for told, _text in found] == [code]
    assert message in found[0][1]


def test_several_right_answers_and_none_that_is_wrong() -> None:
    question = only("Which float? (Choose two.)", ["Cork", "Wood"], ["Lead"])
    assert (question.choices, question.key, question.select) == (("Cork", "Wood", "Lead"), (0, 1), 2)
    told = asked("Who wrote it?", "Ada", type="text")
    del told["incorrect_answers"]
    (typed,) = read(told).questions
    assert (typed.kind, typed.accepted) == ("short", ("Ada",))


@pytest.mark.parametrize(
    "told",
    [
        {"correctAnswer": 1, "options": ["Lead", "Cork"]},
        {"correct_answer": "B", "answers": ["Lead", "Cork"]},
        {"correct_answer": "answer_b", "answers": {"answer_a": "Lead", "answer_b": "Cork"}},
        {"correct_answer": "B", "choices": ["Lead", "Cork"]},
    ],
)
def test_choices_of_another_program_are_no_typed_answers(told: dict[str, Any]) -> None:
    document = read({"question": "Which floats?", **told}, asked("Which sinks?", "Lead", ["Cork"]))
    assert [question.stem for question in document.questions] == ["Which sinks?"]
    ((_line, code, message),) = messages(document)
    assert (code, message.startswith("“Which floats?” was left out. Its choices stand in")) == ("broken", True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"response_code": 5, "results": []}', r"twice within five seconds \(code 5\)"),
        ('{"response_code":1,"results":[]}', "fewer questions"),
        ('{"response_code": 0, "results": []}', "no question"),
        (
            '{"results": [{"question": "a", "correct_answer": "b", "incorrect_answers": ["c"]}',
            "line 1: This isn't valid",
        ),
        ('[{"question": "a",\n "correct_answer": "b"\n "incorrect_answers": ["c"]\n}]', "line 3: This isn't valid"),
        (
            '[\n{"question": "a", "correct_answer": "b", "correct_answer": "c"}]',
            "line 2: “correct_answer” is given twice",
        ),
        ('{"a": ' * 40_000 + '"correct_answer":', "line 1: This is nested more than 20"),
        ("[" * 1_000_000 + '"correct_answer":', "nested more than 20"),
        ('{"correct_answer":["a"' + ",1" * 600_000 + "]}", "more than 500000 values"),
        ('{"correct_answer":' + "9" * 900_000, "This isn't valid JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_time(text: str, told: str) -> None:
    began = process_time()
    with pytest.raises(BadFile, match=told):
        parse(text.encode())
    assert at_usual_pace(process_time() - began) < 2


@pytest.mark.parametrize(
    "held",
    [
        [asked(right=[*map(str, range(20_000))], wrong=[*map(str, range(20_000))])],
        [asked(f"Who {n}?", **{f"k{n}_{at}": 1 for at in range(100)}) for n in range(300)],
    ],
)
def test_many_answers_and_members_take_no_time(held: Any) -> None:
    began = process_time()
    read(*held)
    assert at_usual_pace(process_time() - began) < 2


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "MAX_DATA_BYTES", 100)
    with pytest.raises(BadFile, match="more than 0 MiB"):
        read(asked(), asked())


@pytest.mark.parametrize(
    "sign", ["[]", "{}", '"', '"a":', "\\", '"question":', ",", "\n", '"\\', "1", "+", "%41", "*", "_ "]
)
@pytest.mark.parametrize(
    "frame", ["{0}", "[{0}", '[{{"question": "{0}", "correct_answer": "a", "incorrect_answers": ["b"]}}]']
)
def test_a_sign_over_and_over_takes_no_time(frame: str, sign: str) -> None:
    data = frame.format(sign * (100_000 // len(sign))).encode()
    began = process_time()
    with suppress(BadFile):
        parse(data, format="opentdb")
    assert at_usual_pace(process_time() - began) < 2


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=1, max_size=6)
phrases = st.lists(words, min_size=2, max_size=5).map(" ".join)


@given(phrases, st.lists(phrases, min_size=2, max_size=4, unique=True), st.sampled_from([*ENCODINGS]))
def test_any_text_is_the_same_in_every_encoding(stem: str, answers: list[str], name: str) -> None:
    encode = ENCODINGS[name]
    told = asked(stem, answers[0], answers[1:])
    encoded = {key: [*map(encode, text)] if isinstance(text, list) else encode(text) for key, text in told.items()}
    assert read(encoded).questions == read({**told, **_escaped(told)}).questions


def _escaped(told: dict[str, Any]) -> dict[str, Any]:
    return {key: [*map(escape, text)] if isinstance(text, list) else escape(text) for key, text in told.items()}


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["question", "correct_answer", "incorrect_answers", "type", "results", "text", "tags"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(values)
def test_any_json_is_read_or_refused(value: Any) -> None:
    with suppress(BadFile):
        parse(json.dumps(value).encode(), format="opentdb")


@given(values, st.integers(0, 3))
def test_objects_know_their_lines(value: Any, indent: int) -> None:
    text = json.dumps(value, indent=indent)
    waiting = [read_json(text)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Record):
            assert text.split("\n")[one.line - 1].rstrip(", ").endswith(("{", "{}"))
            waiting += one.values()
        waiting += one if isinstance(one, list) else []


def test_a_sum_is_no_encoded_sentence() -> None:
    assert encoding(["Maths", "1+2+3+4", "10", "9"]) == "html"
    assert encoding(["Maths", "one+and+two", "10", "9"]) == "url"


@pytest.mark.skipif(not EXAMPLES.exists(), reason="needs example files that aren't part of the project")
def test_a_real_file_is_read_whole() -> None:
    document = parse((EXAMPLES / "opentdb.json").read_bytes())
    assert (document.format, len(document.questions), document.findings) == ("opentdb", 25, ())
    first, second = document.questions[:2]
    assert (first.line, first.stem, first.key) == (
        8,
        'The band "Panic! At the Disco" has released 4 albums total',
        (1,),
    )
    assert (first.kind, first.topic, first.difficulty) == ("true_false", "Entertainment: Music", "medium")
    assert (second.line, second.choices) == (18, ("Duran Duran", "The Cure", "New Order", "Depeche Mode"))
    assert sum(question.kind == "true_false" for question in document.questions) == 4
    assert FindingCode.BROKEN not in {code for question in document.questions for code in question.findings}
