"""Pictures in Moodle's XML, and what can't come along."""

import base64
from html import escape

import pytest

from bot.domain.drafts import FindingCode
from bot.importers.bank import pictures
from tests.pictures import png
from tests.unit.importers.formats.moodle_xml import IMAGE, answer, asked, file, only, read, told


def test_pictures_come_along() -> None:
    stem = '<p>What is it? <img src="@@PLUGINFILE@@/a%20map.png" alt="A map"></p>'
    inline = f"<img src='data:image/png;base64,{base64.b64encode(png(2)).decode()}' alt='Two'>"
    question = only(
        asked(
            "multichoice",
            stem,
            f"<answer fraction='100' format='html'><text><![CDATA[<img alt='One' src='@@PLUGINFILE@@/1.png'>]]></text>"
            f"{file('1.png', png(1))}</answer>",
            f"<answer fraction='0' format='html'><text><![CDATA[It is {inline}]]></text></answer>",
            answer("nothing"),
            files=file("a map.png", png()),
        )
    )
    assert (question.stem, question.image and question.image.data, question.image_alt) == (
        "What is it?",
        png(),
        "A map",
    )
    assert (question.choices, question.findings) == (("One", "It is", "nothing"), ())
    shown = question.choice_pictures or ()
    assert [picture and (picture.alone, picture.image.alt) for picture in shown] == [
        (True, "One"),
        (False, "Two"),
        None,
    ]
    old = "<image>p/a.png</image><image_base64>" + base64.b64encode(png()).decode() + "</image_base64>"
    before = only(asked("truefalse", "Is it?", old, answer("true", 100), answer("false")))
    assert (before.image and before.image.data, before.findings) == (png(), ())


def test_pictures_in_markdown_come_along() -> None:
    stem = "What *is* ![A map](@@PLUGINFILE@@/a%20b.png) it?"
    question = only(asked("shortanswer", stem, answer("a map", 100), style="markdown", files=file("a b.png", png())))
    assert (question.stem, question.image_alt, question.findings) == ("What *is* it?", "A map", ())


@pytest.mark.parametrize(
    ("xml", "code", "said"),
    [
        (asked("essay", IMAGE, files="").replace("essay", "shortanswer"), "needs_figure", "“a.png” isn't in the file"),
        (
            asked(
                "shortanswer",
                IMAGE + IMAGE.replace("a.png", "b.png"),
                files=file("a.png", png()) + file("b.png", png(1)),
            ),
            "needs_figure",
            "2 pictures",
        ),
        (asked("shortanswer", IMAGE, files=file("a.png", b"<svg/>")), "needs_figure", "isn't a PNG"),
        (asked("shortanswer", "<img src='https://example.org/a.png'>"), "needs_figure", "isn't in the file"),
        (asked("shortanswer", "<a href='@@PLUGINFILE@@/a.mp3'>Listen.</a>"), "needs_figure", "a sound"),
        (asked("shortanswer", "Watch. <video src='a.mp4'></video>"), "needs_figure", "a film"),
        (asked("multichoice", "Which?", answer("a " + IMAGE), answer("b", 100)), "needs_figure", "“a.png” isn't"),
        (asked("multichoice", "Which?", answer(IMAGE), answer("b", 100)), "needs_figure", "“a.png” isn't"),
        (asked("shortanswer", "Why?", answer("a", 100, IMAGE)), "simplified", "“a.png”"),
        (asked("ordering", "Sort.", answer(IMAGE), answer("b")), "needs_figure", "“a.png”"),
        (asked("shortanswer", "Why?", "<hint><text>So.</text></hint>", answer("a", 100)), "simplified", "hints"),
        (asked("shortanswer", "<p>Why is itâ€™s?</p>", answer("a", 100)), "encoding_repaired", "repaired"),
    ],
)
def test_what_is_lost_is_told(xml: str, code: str, said: str) -> None:
    assert any((line, code) == (4, found) and said in message for line, found, message in told(xml))


def test_pictures_that_are_too_large_together_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.importers.xml.album.MOST_OF_A_BANK_MB", 1)
    large = [png(shade) + bytes(600_000) for shade in range(2)]
    document = read(*(asked("shortanswer", f"{data[40]} {IMAGE}", files=file("a.png", data)) for data in large))
    assert [question.image is not None for question in document.questions] == [True, False]
    monkeypatch.setattr(pictures, "MAX_QUESTION_MB", 0)
    choices = [f"<answer fraction='100'><text>{escape(IMAGE)}</text>{file('a.png', png())}</answer>", answer("b")]
    assert FindingCode.NEEDS_FIGURE in only(asked("multichoice", "Which?", *choices)).findings
