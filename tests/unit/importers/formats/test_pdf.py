"""PDF: lines, columns, headers and footers; what is doubtful is told, and what can't be read is refused."""

import sys
from contextlib import suppress
from io import BytesIO
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import FindingCode, ParsedDocument
from bot.domain.errors import BadFile, QuizbotError
from bot.importers import parse
from bot.importers.pdf import pages
from bot.importers.pdf.furniture import furniture
from tests.budget import at_usual_pace
from tests.unit.importers.documents_by_hand import lines, pdf

pytest.importorskip("pypdf")

FLOATS = ("1. Which floats?", "A. Lead", "B. Cork", "Answer: B")
SINKS = ("2. Which sinks?", "A. Iron", "B. Wood", "Answer: A")


def messages(document: ParsedDocument) -> str:
    return "\n".join(finding.message for finding in document.findings)


def test_lines_are_read_and_found_by_their_page() -> None:
    document = parse(pdf(lines(*FLOATS), lines(*SINKS)))
    found = [(question.line, question.choices, question.key) for question in document.questions]
    assert found == [(1001, ("Lead", "Cork"), (1,)), (2001, ("Iron", "Wood"), (0,))]
    assert (document.format, document.findings[0].code) == ("pdf", FindingCode.SIMPLIFIED)
    assert "Line 3012 is line 12 on page 3" in messages(document)


def test_findings_name_the_page() -> None:
    document = parse(pdf(lines(*FLOATS), lines(*SINKS[:3], "Answer: D")))
    [found] = [finding for finding in document.findings if finding.code == FindingCode.KEY_NOT_A_CHOICE]
    assert found.message.startswith("Page 2: ")


def test_a_question_goes_on_across_pages() -> None:
    [question] = parse(pdf(lines(*FLOATS[:2]), lines(*FLOATS[2:]))).questions
    assert (question.choices, question.key) == (("Lead", "Cork"), (1,))


def test_choices_beside_each_other_are_parted() -> None:
    texts = ("1. Which floats?", "a. Lead b. Cork", "c. Iron ore d. Tin", "Answer: b")
    [question] = parse(pdf(lines(*texts))).questions
    assert (question.choices, question.key) == (("Lead", "Cork", "Iron ore", "Tin"), (1,))


def test_headers_and_footers_are_skipped_and_told() -> None:
    page = [
        lines(*[f"Quiz book {at + 1}", f"{at + 1}. Which of {at} floats?", "A. Lead", "B. Cork", "Answer: B"])
        for at in range(4)
    ]
    document = parse(pdf(*page))
    assert [question.stem for question in document.questions] == [f"Which of {at} floats?" for at in range(4)]
    assert sum(finding.code == FindingCode.PAGE_FURNITURE for finding in document.findings) == 4


def test_what_differs_from_page_to_page_is_no_furniture() -> None:
    assert furniture([["Lead", "x"], ["Cork", "y"], ["Tin", "z"], ["Wood"]]) == {}


def test_questions_at_the_top_of_pages_are_no_furniture() -> None:
    page = ["Which floats", "A. Lead", "B. Cork", "Answer: B"]
    assert furniture([[f"{number}. {page[0]}", *page[1:]] for number in range(5)]) == {}


def test_numbers_alone_are_those_of_pages_if_they_count_up_with_them() -> None:
    words = ["one", "two", "three", "four", "five"]
    assert len(furniture([[str(at + 7), word] for at, word in enumerate(words)])) == 5
    assert furniture([[number, word] for number, word in zip(["1", "3", "6", "8", "11"], words, strict=True)]) == {}


def test_columns_that_the_file_mixes_are_read_one_after_the_other() -> None:
    left = [f"Left line {letter} of some words" for letter in "abcdefghij"]
    right = [f"Right line {letter} of other words" for letter in "abcdefghij"]
    mixed = "\n".join(
        lines(one, top=740 - 15 * at) + "\n" + lines(other, x=320, top=740 - 15 * at)
        for at, (one, other) in enumerate(zip(left, right, strict=True))
    )
    document = parse(pdf(mixed))
    told = "\n".join(note.text for note in document.notes).replace("\n", " ")
    assert told.index("Left line j") < told.index("Right line a")
    assert "column by column: 1" in messages(document)


def test_paragraphs_stay_apart() -> None:
    found = pages._in_order(
        [pages.Fragment(0, 100.0 - y, 12, f"{text}\n") for y, text in ((0, "a"), (15, "b"), (30, "c"), (70, "d"))]
    )
    assert found == ["a", "b", "c", "", "d"]


def test_signs_of_symbol_fonts_and_ligatures_are_known() -> None:
    assert pages._in_order([pages.Fragment(0, 10, 12, "\uf0b7\n"), pages.Fragment(9, 10, 12, "\ufb01ne\n")]) == [
        "• fine"
    ]


def test_characters_that_are_not_text_are_replaced() -> None:
    assert pages._in_order([pages.Fragment(0, 10, 12, "\0\ud800 floats\n")]) == ["\ufffd\ufffd floats"]


def test_pages_without_text_are_told() -> None:
    assert "scanned, were left out: 2" in messages(parse(pdf(lines(*FLOATS), "", lines(*SINKS))))


def test_a_scanned_file_is_refused() -> None:
    with pytest.raises(BadFile, match="OCR"):
        parse(pdf("", ""))


def test_an_encrypted_file_is_refused() -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(BytesIO(pdf(lines(*FLOATS)))))
    writer.encrypt("secret", algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    with pytest.raises(BadFile, match="encrypted"):
        parse(written.getvalue())


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(BadFile, match=r"pip install 'quizbot\[pdf\]'"):
        parse(pdf(lines(*FLOATS)))


def test_a_page_that_repeats_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_OPERATORS", 5_000)
    with pytest.raises(BadFile, match="too much work"):
        parse(pdf(lines(*["x"] * 2_000)))


def test_a_long_page_takes_little_time() -> None:
    started = process_time()
    parse(pdf(*[lines(*["some words that are not a question"] * 100)] * 10))
    assert at_usual_pace(process_time() - started) < 2


@given(st.binary(min_size=1, max_size=30), st.integers(5, 900))
def test_damaged_files_are_read_or_refused(junk: bytes, position: int) -> None:
    data = pdf(lines(*FLOATS))
    with suppress(QuizbotError):
        parse(data[:position] + junk + data[position + len(junk) :])
