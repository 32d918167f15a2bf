"""Banks of the project and of other programs that are made to exhaust whoever reads them: refused soon, with a word."""

import subprocess
import sys
from time import process_time

import pytest

from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.reading import shape
from tests.budget import at_usual_pace

HEAD = b"format: quizbot-bank/1\n"
LONG = 40_000


def question(select: bytes) -> bytes:
    return HEAD + b"questions:\n- stem: a\n  choices: [{text: x}, {text: y}]\n  select: " + select + b"\n"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (HEAD + b"questions: [" + b"1," * LONG + b"1]", "line 2: question 1: This must be names with values"),
        (HEAD + b"questions: [" + b"{a: 1}," * 20_000 + b"]", "line 2: question 1"),
        (HEAD + b"".join(b"k%d: 1\n" % n for n in range(20_000)), "“questions” is missing|isn't known here"),
        (question(b"0b" + b"1" * LONG), "line 5: This number is too long"),
        (question(b"0x" + b"f" * LONG), "line 5: This number is too long"),
        (question(b"1" * LONG), "line 5: This number is too long"),
        (question(b"1" + b":1" * LONG), "line 5: This number is too long"),
        (question(b"1" + b":1" * LONG + b".5"), "line 5: This number is too long"),
        (question(b'!!int "1' + b":1" * LONG + b'"'), "line 5: This number is too long"),
        (question(b"[" + b"1," * LONG + b"]"), "line 5: This list has more than 200 entries"),
        (HEAD + b"a: &a [x, x]\nb: &b [*a, *a]\nquestions: [*b, *b]", "Aliases"),
        (HEAD + b"questions: " + b"[" * LONG, "deep nesting"),
        (HEAD + b"questions: " + b"{a: " * LONG, "deep nesting"),
        (HEAD + b"questions:\n" + b"- " * LONG, "deep nesting"),
        (question(b"[" + b"[a]," * 100 + b"]"), "select"),
        (b"- question: &a [x, x]\n  options: &b [*a, *a]\n  answer: *b\n", "Aliases"),
        (b"- question: a\n  options: " + b"[" * LONG, "deep nesting"),
        (b'{"question": "a", "options": ' + b"[" * LONG, "more than 20 levels"),
    ],
)
def test_a_hostile_bank_is_refused_in_time(data: bytes, complaint: str) -> None:
    began = process_time()
    with pytest.raises(BadFile, match=complaint):
        parse(data, name="bank.yaml")
    assert at_usual_pace(process_time() - began) < 10


def test_more_values_than_a_bank_has_are_refused_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "MAX_VALUES", 1_000)
    with pytest.raises(BadFile, match="more than 1000 values"):
        parse(HEAD + b"questions: [" + b"1," * 1_000 + b"1]", name="bank.yaml")


def test_lists_of_what_cant_be_compared_take_no_time() -> None:
    """Where a schema wants every entry once, each is compared with each if they can't be sorted."""
    tags = b"[" + b",".join(b"{a%d: [1]}" % n for n in range(4_000)) + b"]"
    began = process_time()
    with pytest.raises(BadFile, match="line 6: This list has more than 200 entries"):
        parse(question(b"1").rstrip() + b"\n  tags: " + tags, name="bank.yaml")
    assert at_usual_pace(process_time() - began) < 10


def test_a_question_too_long_to_be_shown_is_left_out_and_said_so() -> None:
    document = parse(b"1. What?\nA. x\nB. y\nAnswer: A\nExplanation: " + b"so " * 14_000 + b"\n\n2. Who?\nA. x\nB. y\n")
    assert [question.stem for question in document.questions] == ["Who?"]
    assert "at most 40000 are kept; it was left out" in document.findings[0].message


MEASURED = """
from pathlib import Path
from bot.domain.errors import BadFile
from bot.importers import parse
try:
    parse(b"format: quizbot-bank/1\\nquestions: [" + b"1," * 100_000 + b"1]", name="bank.yaml")
except BadFile:
    print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_a_list_of_ones_takes_little_memory() -> None:
    """A process of its own, so that nothing else counts; it took nearly two kilobytes for each one."""
    done = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) < 120 * 1024, "KiB"
