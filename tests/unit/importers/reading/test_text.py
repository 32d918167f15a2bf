"""Bytes to lines: every encoding that people's files have, and what is no text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.reading.text import MAX_BYTES, MAX_LINE, MAX_LINES, repair
from bot.importers.source import Source
from tests.unit.importers.as_read import only

SAMPLE = "1. Où est le “café” d’été – ici ou là ?\nA. Là\nB. Ici\nAnswer: A\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same(encoding: str, ending: str) -> None:
    document = parse(SAMPLE.replace("\n", ending).encode(encoding))
    question = document.questions[0]
    assert question.stem == "Où est le “café” d’été – ici ou là ?"
    assert (question.choices, question.key, document.findings) == (("Là", "Ici"), (0,), ())


def test_a_language_of_other_letters_is_recognised() -> None:
    text = "1. Какая река самая длинная в этой стране?\nA. Волга течёт на юг\nB. Лена течёт на север\nAnswer: B\n" * 5
    assert parse(text.encode("cp1251")).questions[0].choices == ("Волга течёт на юг", "Лена течёт на север")


def test_central_european_letters_are_not_taken_for_western_signs() -> None:
    choices = "A. Wąż błotny i żółty\nB. Łosoś, który pływał wśród łódek"
    text = f"1. Które zwierzę żyje najdłużej w Wiśle?\n{choices}\nAnswer: B\n" * 8
    assert parse(text.encode("cp1250")).questions[0].choices[1] == "Łosoś, który pływał wśród łódek"


def test_white_space_and_invisible_signs_are_cleaned_away() -> None:
    lines = Source("one\u00a0two\u200b\ufeff\u00adthree\tfour  \n".encode()).lines
    assert lines[0].text == "one twothree\tfour"


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("itâ€™s", "it’s"),
        ("cafÃ© olÃ©", "café olé"),
        ("A big\u00c2\u00a0house", "A big\u00a0house"),
        ("A BIGÂ house", "A BIG house"),
    ],
)
def test_mojibake_is_undone(damaged: str, mended: str) -> None:
    assert repair(damaged) == mended


@pytest.mark.parametrize("text", ["Âge de raison", "À CÔTÉ", "naïve café", "Ångström", "plain"])
def test_accents_that_belong_are_left_alone(text: str) -> None:
    assert repair(text) == text


def test_a_repair_is_reported_with_its_line() -> None:
    document = parse("1. Is itâ€™s right?\nA. Yes\nB. No\nAnswer: B\n".encode())
    assert [(f.line, f.code) for f in document.findings] == [(1, FindingCode.ENCODING_REPAIRED)]


def test_a_file_that_breaks_off_in_a_character_is_still_utf8() -> None:
    document = parse("1. Où est l’été ?\nA. Là où l’été naît\nB. Ici, à côté".encode() + b"\xc3")
    assert document.questions[0].stem == "Où est l’été ?"
    assert [(f.line, f.code) for f in document.findings if f.code is FindingCode.ENCODING_REPAIRED] == [
        (3, FindingCode.ENCODING_REPAIRED)
    ]


def test_a_lost_picture_in_a_stem_makes_it_need_a_figure() -> None:
    question = only("1. What is this?\n\ufffc\nA. A cat\nB. A dog\nAnswer: A")
    assert (question.stem, question.findings) == ("What is this?", (FindingCode.NEEDS_FIGURE,))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf", "no text"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (bytes(range(256)) * 20, "isn't a text file"),
        (b"x" * (MAX_LINE + 1), "line 1: The line has"),
        (b"\n" * MAX_LINES + b"x", "lines, more than"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        parse(data)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(BadFile, match="64 MiB"):
        parse(b"x" * (MAX_BYTES + 1))


def test_an_unknown_format_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(BadFile, match=r"“docx”.*numbered"):
        parse(b"x", format="docx")


@given(st.binary(max_size=400))
def test_no_bytes_ever_bring_it_down(data: bytes) -> None:
    with suppress(BadFile):
        parse(data)
