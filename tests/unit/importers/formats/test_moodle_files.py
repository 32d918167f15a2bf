"""Files of Moodle's XML that are damaged, hostile or large."""

import tracemalloc
from contextlib import suppress
from html import escape
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import BadFile
from bot.importers import parse
from bot.importers.formats import moodle
from bot.importers.source import Source
from tests.budget import at_usual_pace
from tests.pictures import png
from tests.soak import EXAMPLES
from tests.unit.importers.formats.moodle_xml import IMAGE, answer, asked, file


@pytest.mark.parametrize(
    ("xml", "line", "said"),
    [
        ("<quiz>\n<question type='x'>\n<a></b></question></quiz>", 3, "mismatched tag"),
        ("<quiz>\n<question type='x'>\n", 3, "no element found"),
        ("<quiz>\n<question type='x'>a & b</question></quiz>", 2, "write &lt; for <"),
        ("<quiz>\n<question type='x'>&nosuch;</question></quiz>", 2, "undefined entity"),
        ("\n\n<quiz><question type='x'>\n<a></b></question></quiz>", 4, "mismatched tag"),
        ("<!DOCTYPE quiz>\n<quiz><question type='x'/></quiz>", 1, "<!DOCTYPE"),
        ("<!DOCTYPE quiz [<!ENTITY a 'b'>]>\n<quiz><question type='x'>&a;</question></quiz>", 1, "<!DOCTYPE"),
        ("<!DOCTYPE q SYSTEM 'file:///etc/passwd'>\n<quiz><question type='x'/></quiz>", 1, "<!DOCTYPE"),
        ("<quiz><question type='x'>" + "<a>" * 60 + "</quiz>", 1, "50 levels"),
        ("<quiz>\n<question type='x'>" + "<a/>" * 50_001 + "</question></quiz>", 2, "50000 elements"),
    ],
)
def test_a_file_that_is_no_good_xml_is_refused_with_its_line(xml: str, line: int, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        parse(xml.encode())
    assert refused.value.line == line
    assert said in str(refused.value)


def test_encodings_and_characters_that_xml_has_not() -> None:
    xml = asked("shortanswer", "Où est-ce?\x0b", answer("là", 100))
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "iso-8859-1"):
        named = "utf-8" if encoding == "utf-8-sig" else encoding
        data = f"<?xml version='1.0' encoding='{named}'?><quiz>{xml}</quiz>".encode(encoding)
        (question,) = parse(data).questions
        assert (question.stem, question.accepted) == ("Où est-ce?", ("là",))
    cyrillic = asked("shortanswer", "Где?", answer("тут", 100))
    data = f"<?xml version='1.0' encoding='koi8-r'?><quiz>{cyrillic}</quiz>".encode("koi8-r")
    assert parse(data).questions[0].stem == "Где?"


@pytest.mark.parametrize(
    "text",
    [
        "<quiz><question>Which?</question></quiz>",
        "<activity><quiz id='1'><question type='x'/></quiz></activity>",
        "# On Moodle\n\n```xml\n<quiz><question type='essay'/></quiz>\n```\n",
        "<!-- <quiz><question type='x'> --><html></html>",
        "<!-- <quiz><question type='x'>",
        "<?xml <quiz><question type='x'>",
        "<!DOCTYPE html>",
        "<",
    ],
)
def test_other_files_are_not_moodle(text: str) -> None:
    assert moodle.likelihood(Source(text.encode())) == 0


def test_a_comment_before_the_quiz_does_no_harm() -> None:
    assert (
        moodle.likelihood(Source(b"\xef\xbb\xbf<?xml version='1.0'?><!-- <a> --><quiz><question type='x'/></quiz>")) > 0
    )


PARTS = st.sampled_from(
    [
        "<question type='multichoice'>",
        "<question type='cloze'>",
        "<question type='numerical'>",
        "</question>",
        "<questiontext format='html'><text>",
        "</text></questiontext>",
        "<answer fraction='50'><text>a</text></answer>",
        "<answer fraction='x'/>",
        "<subquestion><text>a</text><answer/></subquestion>",
        "{1:SA:=a~*#b}",
        "{1:MC:",
        "<![CDATA[<pre>a\n<img src='data:image/png;base64,AAAA'>]]>",
        "<file name='a' encoding='base64'>%%</file>",
        "<single/>",
        "&nbsp;",
        "[[1]]",
        "<x y='z'>",
        "</x>",
    ]
)


@settings(max_examples=2 * EXAMPLES)
@given(st.lists(PARTS | st.text(max_size=6), max_size=16).map("".join))
def test_anything_is_read_or_refused(inside: str) -> None:
    stem = f"<questiontext><text>{escape(inside)}</text></questiontext>"
    for question in (f"<question type='essay'/>{inside}", f"<question type='cloze'>{stem}</question>"):
        with suppress(BadFile):
            parse(f"<quiz>{question}</quiz>".encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "sign",
    [
        "{1:SA:",
        "{1:MC:=a}",
        "[[1]]",
        "<pre>",
        "<img ",
        "\\(",
        "\\[a\\]",
        "`",
        "~",
        "#",
        "___",
        "<b>",
        "&nbsp;",
        "\n",
        "<p",
        "]]",
    ],
)
@pytest.mark.parametrize("type_", ["cloze", "gapselect", "multichoice"])
def test_a_sign_over_and_over_takes_no_time(type_: str, sign: str) -> None:
    data = f"<quiz>{asked(type_, sign * (40_000 // len(sign)), answer('a', 100))}</quiz>"
    started = process_time()
    with suppress(BadFile):
        parse(data.encode())
    assert at_usual_pace(process_time() - started) < 2


@pytest.mark.parametrize(
    "one",
    [
        "<question type='x'/>",
        "<question type='x'><name><text>{}</text></name></question>",
        asked("truefalse", "Is it {}?", answer("true", 100), answer("false")),
    ],
)
def test_many_questions_take_little_time(one: str) -> None:
    count = 100_000 // len(one)
    data = f"<quiz>{''.join(one.replace('{}', str(at)) for at in range(count))}</quiz>"
    started = process_time()
    document = parse(data.encode())
    assert len(document.questions) + len(document.findings) >= count
    assert at_usual_pace(process_time() - started) < 2


def test_a_file_full_of_pictures_takes_little_memory() -> None:
    picture = file("a.png", png() + bytes(300_000))
    data = f"<quiz>{asked('shortanswer', IMAGE, answer('a', 100), files=picture) * 12}</quiz>".encode()
    tracemalloc.start()
    try:
        parse(data)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 2.5 * len(data)
