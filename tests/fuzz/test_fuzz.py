"""A fuzzer finds nothing in a minute; and what it does with each format is tried without it, too."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest

from bot.domain.drafts import Finding, FindingCode, ParsedDocument, QuestionDraft
from bot.importers import FORMATS
from bot.importers.package import Package
from tests.fuzz import promises
from tests.fuzz.changing import rearranged
from tests.fuzz.folding import flat, folded
from tests.fuzz.promises import ANY, keep_promises
from tests.fuzz.seeds import seeds

ROOT = Path(__file__).parents[2]
QUESTION = QuestionDraft(line=1, stem="Which floats?", choices=("Lead", "Cork"), key=(1,))


def test_each_format_has_files_to_start_from_and_they_keep_the_promises() -> None:
    files = seeds()
    assert files.keys() == {ANY, *(known.name for known in FORMATS)}
    for name, some in files.items():
        for file in some[: len(files)]:  # of ANY, one of each format
            keep_promises(name, flat(file))


def test_packages_are_written_flat_and_packed_again() -> None:
    files = seeds()
    for file in (*files["word"], *files["anki"], *files["folder"]):
        again = folded(flat(file))
        assert again.startswith(b"PK") == file.startswith(b"PK")
        if file.startswith(b"PK"):
            assert {**Package(again)}.keys() == {**Package(file)}.keys()
    assert folded(flat(b"Which floats? {=Cork ~Lead}")) == b"Which floats? {=Cork ~Lead}"


def test_files_are_changed_by_their_lines_elements_and_brackets() -> None:
    file = b'<a x="1"><b>[2]</b></a>\n<c/>\n'
    changed = {rearranged(file, Random(seed)) for seed in range(200)}
    assert {b"<c/>\n", b'<a x="1"></a>\n<c/>\n', b'<a x="1"><b>[2][2]</b></a>\n<c/>\n'} <= changed
    assert b'<a x="1"><c/></a>\n<c/>\n' in changed


@pytest.mark.parametrize(
    "document",
    [
        ParsedDocument(format="gift", questions=(QuestionDraft(line=0, stem="Which?", choices=("a", "b"), key=(1,)),)),
        ParsedDocument(format="gift", questions=(QuestionDraft(line=1, stem="W\0?", choices=("a", "b"), key=(1,)),)),
        ParsedDocument(format="gift", questions=(QuestionDraft(line=1, stem="W?", choices=("a", "b"), key=(2,)),)),
        ParsedDocument(format="gift", findings=(Finding(line=1, code=FindingCode.BROKEN, message="\ud800"),)),
        ParsedDocument(format="numbered", questions=(QUESTION,), roles="sc"),
        ParsedDocument(format="numbered", questions=(QUESTION,), roles="sc."),
    ],
    ids=["no line", "not text", "key beyond the choices", "half a pair", "a line lost", "a line taken for blank"],
)
def test_a_promise_that_is_broken_is_noticed(monkeypatch: pytest.MonkeyPatch, document: ParsedDocument) -> None:
    monkeypatch.setattr(promises, "parse", lambda _file, **_named: document)
    with pytest.raises(AssertionError):
        keep_promises("numbered", b"Which floats?\nA. Lead\nB. Cork")


@pytest.mark.timeout(900)
def test_a_minute_of_changed_files_breaks_no_promise(soak: bool) -> None:
    if not soak:
        pytest.skip("long: make soak")
    if not find_spec("atheris"):
        pytest.skip("Atheris isn't installed; it has packages for Linux on x86-64 alone: make fuzzer")
    done = subprocess.run([sys.executable, "-m", "tests.fuzz"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
