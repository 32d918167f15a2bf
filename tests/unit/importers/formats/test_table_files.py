"""Tables that are damaged, made up, or written by a bank: each is read, or refused in words."""

from contextlib import suppress
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.errors import BadFile, QuizbotError
from bot.domain.identity import BankId, QuestionId
from bot.domain.revisions import first_revision
from bot.importers import export, parse
from bot.importers.table import records as rows_of
from tests.budget import at_usual_pace
from tests.unit.importers.as_read import codes, only, read
from tests.unit.importers.formats.as_table import messages, shown

EXAMPLES = Path(__file__).parents[5] / "shared" / "examples"
SEEDS = EXAMPLES.parent / "seeds"


def test_a_row_with_too_many_cells_is_left_out() -> None:
    document = read("question,a,b,answer\nWhich, then?,x,y,A\nWhat?,x,y,B\n")
    assert [one.stem for one in document.questions] == ["What?"]
    ((line, code, message),) = messages(document)
    assert (line, code) == (2, "broken")
    assert "5 cells, but the table has 4 columns" in message


def test_a_row_without_a_question_is_told_unless_it_is_empty() -> None:
    document = read("no,question,a,b,answer\n1,,x,y,A\n2,,,,\n3,What?,x,y,B\n")
    assert [(line, code) for line, code, _message in messages(document)] == [(2, "broken")]


def test_a_quotation_mark_that_is_not_closed_swallows_no_row() -> None:
    document = read('question,a,b,answer\n"Which?,x,y,A\nWhat?,"x, y",z,B\nWho?,x,y,A\n')
    assert [(one.line, one.stem, one.findings) for one in document.questions] == [
        (2, '"Which?', (FindingCode.BROKEN,)),
        (3, "What?", ()),
        (4, "Who?", ()),
    ]
    joined = read('question,a,b,answer\n"Which?,x,y,A\nWhat?,x,y,B\nWho?",x,y,A\n')
    assert codes(joined) == [[FindingCode.BROKEN]], "it seems to hold other rows"


def test_lines_below_a_row_are_read_in_vain_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_of, "_MOST_LINES", 5)
    lines = ['x""","'] * 200
    read_ahead: list[str] = []

    class Lines(list[str]):
        @override
        def __getitem__(self, at: Any) -> Any:
            read_ahead.append("")
            return super().__getitem__(at)

    assert len([*rows_of.records(Lines(lines), ",")]) == 200
    assert len(read_ahead) < 2 * 200 + 50 * 10


def test_a_row_that_was_put_in_quotes_once_more_is_taken_out_of_them() -> None:
    question = only('question,a,b,answer\n"Which?,""x, y"",z,A"')
    assert shown(question) == ("Which?", ("x, y", "z"), (0,))


def test_without_known_columns_it_is_refused_by_name() -> None:
    with pytest.raises(BadFile, match="which column holds the questions"):
        parse(b"date,open\n2020-01-01,1\n", format="csv")


def bank(*drafts: QuestionDraft) -> str:
    questions = [
        first_revision(draft, question_id=QuestionId(at), bank_id=BankId(1)) for at, draft in enumerate(drafts, 1)
    ]
    return export(questions, "csv", name="bank")


def test_a_bank_written_as_a_table_is_read_again() -> None:
    drafts = read(
        """
        question;type;a;b;c;answer;explanation;topic;section;difficulty;tags
        Which, "then"?;;x, y;=1+1;-5;A, B;Because.;Tea;3;hard;leaf, hot
        Cork floats.;;;;;true;;;;;
        Who?;short;;;;Ada|Eve;;;;;
        How many?;short;;;;23;;;;;
        The ___ of ___.;short;;;;capital; France;;;;;
        """.replace("capital; France", '"capital; France"')
    ).questions
    again = parse(bank(*drafts).encode()).questions
    assert [one.kind for one in again] == ["choice", "true_false", "short", "number", "blanks"]
    for one, other in zip(drafts, again, strict=True):
        assert (one.stem, one.choices, one.key, one.accepted) == (other.stem, other.choices, other.key, other.accepted)
    assert (again[0].explanation, again[0].topic, again[0].section) == ("Because.", "Tea", "3")
    assert (again[0].difficulty, again[0].tags) == ("hard", ("leaf", "hot"))


def test_choices_that_are_letters_keep_their_key() -> None:
    draft = QuestionDraft(line=1, stem="Which vitamin is it?", choices=("B", "A", "C", "D"), key=(0,))
    (question,) = parse(bank(draft).encode()).questions
    assert shown(question) == shown(draft)


def test_no_cell_is_a_formula() -> None:
    assert "'=1+1" in bank(QuestionDraft(line=1, stem="Which?", choices=("=1+1", "-5"), key=(0,)))
    assert "'-5" not in bank(QuestionDraft(line=1, stem="Which?", choices=("=1+1", "-5"), key=(0,)))


texts = st.text("ab=,;|\"'\t 1", min_size=1, max_size=8).map(str.strip).filter(lambda text: text.strip("\"' .,;:*_`"))


@given(texts, st.lists(texts, min_size=2, max_size=4, unique_by=str.casefold), st.integers(0, 3))
def test_any_choices_are_read_back_the_same(stem: str, choices: list[str], right: int) -> None:
    choices = [f"x{at} {' '.join(choice.split())}" for at, choice in enumerate(choices)]
    draft = QuestionDraft(
        line=1, stem=f"Which {' '.join(stem.split())}?", choices=tuple(choices), key=(right % len(choices),)
    )
    (question,) = parse(bank(draft).encode(), format="csv").questions
    assert shown(question) == shown(draft)


CELLS = st.sampled_from(
    [
        "",
        "question",
        "answer",
        "option a",
        "B",
        "1",
        "0",
        "a|b",
        '"',
        '"x',
        "x\n",
        "____",
        "true",
        "[",
        "'=",
        "<b>x</b>",
    ]
)
ROWS = st.lists(st.lists(CELLS | st.text(max_size=6), max_size=6), max_size=8)


@given(
    ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["", "question,a,b,answer\n", "front\tback\n", "q;options;answer\n"]),
)
def test_any_table_is_read_or_refused(rows: list[list[str]], sign: str, header: str) -> None:
    text = header + "\n".join(sign.join(row) for row in rows)
    with suppress(QuizbotError):
        parse(text.encode("utf-8", "surrogatepass"), format="csv")


@given(st.lists(st.lists(st.text("ab?", max_size=3), min_size=4, max_size=4), min_size=1, max_size=6))
def test_every_row_is_a_question_or_a_finding(rows: list[list[str]]) -> None:
    text = "question,a,b,answer\n" + "\n".join(",".join(row) for row in rows)
    with suppress(BadFile):
        document = parse(text.encode(), format="csv")
        left_out = [finding for finding in document.findings if "was left out" in finding.message]
        assert len(document.questions) + len(left_out) == sum(any(row) for row in rows)


@pytest.mark.parametrize(
    "sign", ['"x,\n', 'a"b,"\n', '"x""\n', '"', '""\n', ",", ",,,,\n", "<b ", "A. ", "1,", "[", "a|", "_"]
)
@pytest.mark.parametrize("frame", ["{0}", "question,a,b,answer\n{0}", 'question,options,answer\nWhich?,"{0}",A\n'])
def test_a_sign_over_and_over_takes_no_time(frame: str, sign: str) -> None:
    data = frame.format(sign * (8_000 // len(sign))).encode()
    started = process_time()
    with suppress(BadFile):
        parse(data, format="csv")
    assert at_usual_pace(process_time() - started) < 3


@pytest.mark.skipif(not EXAMPLES.exists(), reason="needs example files that aren't part of the project")
def test_files_of_other_formats_stay_theirs() -> None:
    for path in (*SEEDS.glob("*.txt"), *EXAMPLES.glob("*")):
        with suppress(BadFile):
            assert parse(path.read_bytes(), name=path.name).format != "csv", path


def test_what_a_table_cannot_hold_is_kept_and_not_asked() -> None:
    document = read("Match.{=France -> Paris =Italy -> Rome}\n\nWhy?{}", "gift")
    matched, essay = parse(bank(*document.questions).encode()).questions
    assert (matched.kind, essay.kind) == ("matching", "essay")
    assert '"France", "Italy", "Paris", "Rome"' in matched.kept
