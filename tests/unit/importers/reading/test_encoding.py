"""The encoding of a file is the one in which it reads like language; where others come close, that is said."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.domain.drafts import FindingCode
from bot.importers import parse
from bot.importers.reading.encoding import guessed
from bot.importers.reading.letters import folded
from bot.importers.reading.text import decode

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")


class Language(NamedTuple):
    name: str
    encodings: list[str]
    stems: list[str]
    words: list[str]

    def quiz(self, questions: int, first: int = 0) -> str:
        asked = [self._question(number, first + number) for number in range(questions)]
        return "\n".join(asked)

    def _question(self, number: int, at: int) -> str:
        count = len(self.words)
        choices = self.words[at % count], self.words[(at + 5 + at // count) % count]
        key = "AB"[number % 2]
        return f"{number + 1}. {self.stems[at % 6]}\nA. {choices[0]}\nB. {choices[1]}\nAnswer: {key}\n"


def languages() -> Iterator[Language]:
    text = Path(__file__).with_name("many_languages.txt").read_text(encoding="utf-8")
    for paragraph in text.split("\n\n")[1:]:
        head, *stems, words = paragraph.strip().split("\n")
        name, *encodings = head.split()
        yield Language(name, encodings, stems, words.split(" | "))


LANGUAGES = {language.name: language for language in languages()}


def encoded(text: str, encoding: str) -> bytes:
    """A text as people's programs wrote it: Vietnamese with its tones apart, Romanian with cedillas if need be."""
    if encoding == "cp1258":
        text = "".join(_tone_apart(character) for character in text)
    if encoding in {"cp1250", "iso8859_2", "cp852"}:
        text = text.translate(_CEDILLAS)
    return text.encode(encoding)


def _tone_apart(character: str) -> str:
    try:
        character.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        return letter + "".join(part for part in parts if part in _TONES)
    return character


def same(text: str) -> str:
    return folded(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_is_read_in_its_encodings_or_said_to_be_doubtful(name: str) -> None:
    language = LANGUAGES[name]
    for encoding in language.encodings:
        for questions, first in ((1, 0), (1, 2), (1, 4), (5, 0), (20, 0)):
            text = language.quiz(questions, first)
            found = decode(encoded(text, encoding))
            assert not found.damaged
            is_right = same(found.text) == same(text)
            assert is_right or (found.doubt and questions == 1), (encoding, questions, first, found.text)
            assert not (found.doubt and questions == 20), (encoding, found.doubt)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("name", ["ru", "zh_Hans", "de", "th"])
def test_unicode_needs_no_mark_in_any_language(name: str, encoding: str) -> None:
    text = LANGUAGES[name].quiz(2)
    assert decode(text.encode(encoding)) == (text, 0, None)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("1. Which city is the largest?\nA. Zürich\nB. Besançon\nC. Malmö\nD. Málaga\nAnswer: A\n", "cp1252"),
        ("1. Who wrote it?\nA. Antoine de Saint-Exupéry\nB. Jane Austen\nAnswer: A\n", "cp1252"),
        ("1. What’s “it” – and why…?\nA. That’s all\nB. It isn’t\nAnswer: B\n", "cp1252"),
        ("1. The room is 12 m² at 25 °C, so how much is 3½ × 2?\nA. 7\nB. 8\nAnswer: A\n", "cp1252"),
        ("1. What does the Russian word “спасибо” mean?\nA. Thanks\nB. Please\nAnswer: A\n", "cp1251"),
        ("1. What is the HTTP协议 for, and 什么是数据库?\nA. 网络\nB. 文件\nAnswer: A\n", "gb18030"),
        ("1. What’s “it”, and isn’t it?\nA. That’s all\nB. Not “it”\nAnswer: B\n", "mac_roman"),
        ("1. Who said that “it’s so”?\nA. He\nB. She\nAnswer: B\n", "gb18030"),
        ("1. How long is 5 µm, and is a naïve answer right?\nA. Yes\nB. No\nAnswer: B\n", "cp1252"),
        ("1. GRÖSSE ODER MASSE: WAS IST ÄLTER?\nA. ÜBERALL\nB. NIRGENDS\nAnswer: A\n", "cp1252"),
        ("1. КТО НАПИСАЛ ЭТУ КНИГУ?\nA. ПУШКИН\nB. ЧЕХОВ\nAnswer: A\n", "koi8_r"),
        ("1. Wie viel kostet es?\nA. 5 €\nB. 10 €\nAnswer: A\n", "cp1252"),
    ],
)
def test_a_few_foreign_words_or_signs_are_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, 0, None)


def test_doubt_is_a_finding_on_the_first_line_that_differs_and_blocks_the_question_there() -> None:
    around = "{}. Which one is it?\nA. Yes\nB. No\nAnswer: A\n\n"
    text = (
        around.format(1)
        + "2. Which animal is it?\nA. põder\nB. kass\nAnswer: A\n\n"
        + around.format(3).replace("it", "he")
    )
    document = parse(text.encode("cp1252"))
    doubt = [finding for finding in document.findings if finding.code is FindingCode.ENCODING_DOUBTFUL]
    assert [finding.line for finding in doubt] == [7]
    for words in ("“põder”", "Windows-1252", "“pőder”", "Windows-1250", "save the file as UTF-8"):
        assert words in doubt[0].message
    blocked = [FindingCode.ENCODING_DOUBTFUL in question.findings for question in document.questions]
    assert blocked == [False, True, False]


def test_a_file_that_breaks_off_in_a_character_is_read_in_its_encoding() -> None:
    text = LANGUAGES["ja"].quiz(5)
    found = decode(text.encode("cp932") + "木".encode("cp932")[:1])
    assert found.text == text + "\ufffd"
    assert found.damaged == text.count("\n") + 1


def test_what_stands_far_down_in_a_long_file_counts() -> None:
    plain = "1. Which one is it?\nA. This\nB. That\nAnswer: A\n\n" * 2000
    text = plain + LANGUAGES["pl"].quiz(5) + plain
    assert decode(text.encode("iso8859_2")) == (text, 0, None)


def test_words_that_repeat_do_not_weigh_more() -> None:
    once, often = (encoded(LANGUAGES["ro"].quiz(1) * times, "cp1250") for times in (1, 50))
    assert guessed(once) == guessed(often)
