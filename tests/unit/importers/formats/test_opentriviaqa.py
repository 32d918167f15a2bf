"""OpenTriviaQA: ``#Q``, ``^`` and choices behind capitals, in files that mix encodings."""

from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.formats import opentriviaqa
from bot.importers.source import Source
from tests.budget import at_usual_pace
from tests.unit.importers.as_read import only, read

FLOATS = "#Q Which of these floats?\n^ Cork\nA Lead\nB Cork\nC Iron\nD Gold\n\n"


def messages(text: str) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.code, finding.message) for finding in read(text, "opentriviaqa").findings]


def test_a_question_with_its_answer_as_a_text() -> None:
    question = only(FLOATS)
    assert (question.kind, question.stem, question.choices) == (
        "choice",
        "Which of these floats?",
        ("Lead", "Cork", "Iron", "Gold"),
    )
    assert (question.line, question.key, question.select, question.findings) == (1, (1,), 1, ())
    assert read(f"\n{FLOATS}").format == "opentriviaqa"


@pytest.mark.parametrize(("answer", "right"), [("True", 0), ("False", 1)])
def test_true_and_false_make_a_statement(answer: str, right: int) -> None:
    question = only(f"#Q Lead floats.\n^ {answer}\nA False\nB True\n")
    assert (question.kind, question.choices, question.key) == ("true_false", ("True", "False"), (right,))


def test_everything_above_the_answer_is_the_stem() -> None:
    document = read(
        """
        #Q Whose is this verse?
        I saw a-
        sailing
        A ship at sea

        - that floats,
        Which? ....
        ^ Nobody's
        A Ann's
        B Nobody's

        #Q
        Why does cork float?
        ^ It is light
        A It is light
        B It is wood

        """
    )
    first, second = document.questions
    assert first.stem == "Whose is this verse?\nI saw a-\nsailing\nA ship at sea\n\n- that floats,\nWhich? ...."
    assert (first.line, first.choices, first.key) == (1, ("Ann's", "Nobody's"), (1,))
    assert (second.line, second.stem, second.key) == (13, "Why does cork float?", (0,))
    assert not document.findings


def test_without_choices_the_answer_is_typed() -> None:
    question = only("#Q What floats?\n^ Cork\n")
    assert (question.kind, question.accepted) == ("short", ("Cork",))
    ((line, code, message),) = messages("#Q What floats?\n^ " + "x" * 301)
    assert (line, code, "too long" in message) == (1, "broken", True)


@pytest.mark.parametrize(
    ("text", "key", "codes", "told"),
    [
        (FLOATS.replace("^ Cork", "^ cork."), (1,), [], ""),
        (FLOATS.replace("^ Cork", "^ A cork"), (1,), ["key_not_a_choice"], "the most similar one"),
        (FLOATS.replace("^ Cork", "^ Cork and Iron"), (1,), ["key_not_a_choice"], "isn't one of"),
        (FLOATS.replace("^ Cork", "^ 42"), (), ["key_not_a_choice", "unkeyed"], "none is similar"),
        (FLOATS.replace("^ Cork", "^"), (), ["unkeyed"], "no answer"),
        (FLOATS.replace("C Iron", "C Cork"), (1,), ["simplified"], "“Cork” more than once"),
        (FLOATS.replace("C Iron", "E Iron"), (1,), ["broken"], "“E Iron” stands below"),
        (FLOATS.replace("C Iron", "or wood\nC Iron"), (1,), ["broken"], "“or wood” stands below"),
        (FLOATS.replace("B Cork", "B Cork\n\n"), (1,), [], ""),
        (FLOATS.replace("A Lead", "A"), (1,), ["broken"], "is empty"),
    ],
)
def test_what_is_doubtful_is_told(text: str, key: tuple[int, ...], codes: list[str], told: str) -> None:
    question = only(text, "opentriviaqa")
    assert (question.key, list(question.findings)) == (key, codes)
    assert all(line == 1 for line, _code, _message in messages(text))
    assert told in "".join(message for _line, _code, message in messages(text)[:1])


def test_a_question_without_an_answer_keeps_its_lines_and_text_around_becomes_notes() -> None:
    document = read(f"About water\n\n{FLOATS}Taken from a book.\n\n#Q What next?\nA Rain\n\n#Q {FLOATS[3:]}")
    assert document.format == "opentriviaqa"
    assert [(note.line, note.text) for note in document.notes] == [(1, "About water"), (10, "Taken from a book.")]
    assert [(one.line, one.stem) for one in document.questions][1] == (12, "What next?\nA Rain")
    assert {FindingCode.UNKEYED, FindingCode.BROKEN} <= {*document.questions[1].findings}


def test_lines_in_another_encoding_are_read_one_by_one() -> None:
    text = (
        "#Q Who sang “La Vie en rose”?\n^ Édith Piaf\nA Édith Piaf\nB Zoé\n\n#Q What is a café?\n^ Köln\nA Köln\nB Ulm"
    )
    lines = text.encode().split(b"\n")
    lines[3] = "B Zoé".encode("cp1252")
    lines[5] = lines[5].replace("é".encode(), b"\xe2\x80\x9ce\xe2\x80?\xcf?")
    document = parse(b"\r\n".join(lines))
    piaf, cafe = document.questions
    assert (piaf.stem, piaf.choices, piaf.key) == ("Who sang “La Vie en rose”?", ("Édith Piaf", "Zoé"), (0,))
    assert cafe.stem == "What is a caf“e”\ufffd??"
    found = [(finding.line, finding.code, "replaced" in finding.message) for finding in document.findings]
    assert found == [(4, "encoding_repaired", False), (6, "encoding_repaired", True)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_file_in_one_encoding_is_read_as_ever(encoding: str) -> None:
    document = parse("#Q Where?\n^ Köln\nA Köln\nB Ulm\n".encode(encoding))
    assert (document.format, document.findings) == ("opentriviaqa", ())
    assert (document.questions[0].choices, document.questions[0].key) == (("Köln", "Ulm"), (0,))


@pytest.mark.parametrize("text", ["#Quiz\n^ up\n", "#Q what\nA a\n", "# Q\n^ a\n", "^ a\n", "#Q\n"])
def test_a_sign_alone_is_not_the_format(text: str) -> None:
    assert opentriviaqa.likelihood(Source(text.encode())) == 0


LINES = st.sampled_from(["", "#Q Which?", "#Q", "^ a", "^", "A a", "B b", "C", "B  b", "verse", "#Quiz"])


@given(st.lists(LINES | st.text(max_size=8), max_size=20).map("\n".join).filter(str.strip))
def test_every_question_is_read_or_left_out(text: str) -> None:
    with suppress(BadFile):  # it isn't text
        source = Source(text.encode())
        asked = sum(opentriviaqa._ASKS.fullmatch(line.text) is not None for line in source.lines_as_written)
        document = opentriviaqa.parse(source, lambda _done: None)
        assert len(document.questions) == asked
        assert opentriviaqa.likelihood(source) <= asked + 0.5


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(junk: bytes) -> None:
    with suppress(BadFile):
        parse(FLOATS.replace("Cork", "Kork é").encode() + junk, format="opentriviaqa")


@pytest.mark.parametrize("sign", ["#Q ", "#Q a\n", "#Q a\n^ b\n", "^\n", "A a\n", "\n", "#Q é\n", "x"])
@pytest.mark.parametrize("frame", ["{0}", "#Q Who? {0}\n^ a\nA a\n{0}\nB b", "#Q Who?\n^ {0}\nA {0}\nB b\n\n{0}\n"])
def test_a_sign_over_and_over_takes_no_time(frame: str, sign: str) -> None:
    data = frame.format(sign * (9_000 // len(sign))).encode()
    started = process_time()
    with suppress(BadFile):  # it is empty
        parse(data + b"\xe9", format="opentriviaqa")
    assert at_usual_pace(process_time() - started) < 5
