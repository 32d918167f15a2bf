"""Pictures that a bank names, and banks that are read without them."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.drafts import FindingCode, ParsedDocument
from bot.domain.errors import BadFile, BadInput
from bot.domain.identity import BankId, QuestionId
from bot.domain.kinds.choice import ChoiceKey
from bot.domain.revisions import corrected, first_revision, next_revision
from bot.importers import export, parse
from bot.importers.bank.pictures import MAX_MB, PictureFolder
from bot.testing import draft
from tests.pictures import png

BANK = """\
format: quizbot-bank/1
questions:
  - stem: Which service stands in the middle of the diagram below?
    image: {image}
    image_alt: >-
      Three boxes in a row: a bucket, a box with a
      question mark, a table.
    choices: [{{text: A queue, right: true}}, {{text: A topic}}]
"""
ALT = "Three boxes in a row: a bucket, a box with a question mark, a table."

Read = Callable[[str], ParsedDocument]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank's folder with a picture in it, and one beside it."""
    inside = tmp_path / "bank"
    (inside / "pictures").mkdir(parents=True)
    (inside / "pictures" / "row.png").write_bytes(png())
    (tmp_path / "secret.png").write_bytes(png())
    return inside


@pytest.fixture
def read(folder: Path) -> Read:
    """Reads the bank with another name for its picture."""
    return lambda image: parse(BANK.format(image=image).encode(), folder=folder)


def test_a_picture_comes_with_its_question(read: Read) -> None:
    (question,) = read("pictures/row.png").questions
    assert question.image
    assert (question.image.data, question.image.media_type) == (png(), "image/png")
    assert question.image_alt == ALT


def test_a_question_that_has_its_picture_needs_none(read: Read) -> None:
    assert read("pictures/row.png").findings == ()


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_what_a_picture_is_shows_in_its_bytes_whatever_its_name(folder: Path, read: Read, kind: str) -> None:
    Image.new("L", (2, 2)).save(folder / "picture.txt", kind)
    image = read("picture.txt").questions[0].image
    assert image
    assert image.media_type == f"image/{kind}"


@pytest.mark.parametrize("data", [png()[:20], b"\xff\xd8\xff\xe0\x00\x10JFIF", b"GIF89a<b>", b"RIFF\x24\0\0\0WEBPVP8 "])
def test_a_damaged_picture_is_refused(folder: Path, read: Read, data: bytes) -> None:
    (folder / "picture.png").write_bytes(data)
    with pytest.raises(BadFile, match=r"“picture\.png” is damaged"):
        read("picture.png")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pictures/other.png", "no file “pictures/other.png”"),
        ("pictures", "no file “pictures”"),
        ("pictures\\row.png", "no file"),
        ("'a\\0b'", "no file"),
        ("../secret.png", "outside the bank's folder"),
        ("pictures/../../secret.png", "outside the bank's folder"),
        ("/etc/passwd", "outside the bank's folder"),
        ("link.png", "outside the bank's folder"),
        ("circle.png", "no file"),
        ("text.png", "isn't a PNG, JPEG, GIF or WebP"),
        ("vector.svg", "isn't a PNG, JPEG, GIF or WebP"),
        ("empty.png", "isn't a PNG, JPEG, GIF or WebP"),
        ("large.png", "larger than 5 MB"),
        (f"{'x' * 300}.png", "can't be read"),
    ],
)
def test_a_picture_that_cannot_be_used_is_said_with_its_line(folder: Path, read: Read, name: str, words: str) -> None:
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "circle.png").symlink_to(folder / "circle.png")
    (folder / "text.png").write_text("Which floats?")
    (folder / "vector.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "empty.png").touch()
    (folder / "large.png").write_bytes(png() + bytes(MAX_MB * 1024**2))
    with pytest.raises(BadFile, match=words) as refused:
        read(name)
    assert refused.value.line == 4
    assert "question 1, image" in str(refused.value)


def test_a_pipe_is_no_picture_and_is_not_waited_for(folder: Path, read: Read) -> None:
    os.mkfifo(folder / "pipe.png")
    with pytest.raises(BadFile, match="no file"):
        read("pipe.png")


def test_the_largest_picture_is_taken(folder: Path, read: Read) -> None:
    (folder / "large.png").write_bytes(png().ljust(MAX_MB * 1024**2, b"\0"))
    assert read("large.png").questions[0].image


def test_pictures_that_are_too_much_together_are_refused(
    folder: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.importers.bank.pictures.MOST_OF_A_BANK_MB", len(png()) * 1.5 / 1024**2)
    (folder / "again.png").write_bytes(png())
    pictures = PictureFolder(folder)
    assert pictures.picture("pictures/row.png") is pictures.picture("pictures/row.png")
    with pytest.raises(BadInput, match="Split the bank"):
        pictures.picture("again.png")


@pytest.mark.parametrize(
    ("left_out", "missing"), [("image: pictures/row.png", "“image”"), ("image_alt: A row", "“image_alt”")]
)
def test_a_picture_and_its_words_come_together(folder: Path, left_out: str, missing: str) -> None:
    both = "image: pictures/row.png\n    image_alt: A row\n"
    bank = f"format: quizbot-bank/1\nquestions:\n  - stem: Which?\n    {both}    choices: [{{text: A}}, {{text: B}}]\n"
    assert parse(bank.encode(), folder=folder).questions[0].image_alt == "A row"
    with pytest.raises(BadFile, match=f"question 1: {missing} is missing") as refused:
        parse(bank.replace(left_out, "explanation: None").encode(), folder=folder)
    assert refused.value.line == 3


def test_words_that_no_platform_takes_whole_are_refused(folder: Path) -> None:
    bank = BANK.format(image="pictures/row.png").replace("Three boxes", "Three boxes " * 100)
    with pytest.raises(BadFile, match="At most 1000 characters"):
        parse(bank.encode(), folder=folder)


def test_without_the_folder_a_question_is_kept_and_says_what_it_lacks() -> None:
    document = parse(BANK.format(image="pictures/row.png").encode())
    (question,) = document.questions
    assert question.image is None
    assert question.findings == (FindingCode.NEEDS_FIGURE,)
    (finding,) = document.findings
    assert (finding.line, finding.code) == (3, FindingCode.NEEDS_FIGURE)
    assert "“pictures/row.png”" in finding.message


def test_the_same_words_under_another_picture_are_another_question(folder: Path) -> None:
    (folder / "pictures" / "other.png").write_bytes(png(200))
    one, other = (BANK.format(image=f"pictures/{name}.png").split("questions:\n")[1] for name in ("row", "other"))
    head = "format: quizbot-bank/1\nquestions:\n"
    assert parse((head + one + other).encode(), folder=folder).findings == ()
    repeated = parse((head + one + one).encode(), folder=folder).findings
    assert [finding.code for finding in repeated] == [FindingCode.DUPLICATE]


def test_what_was_settled_with_the_picture_in_sight_is_open_without_it(read: Read) -> None:
    (drawn,) = read("pictures/row.png").questions
    known = first_revision(drawn, question_id=QuestionId(1), bank_id=BankId(1))
    settled = corrected(known, ChoiceKey({known.choices[1].id}))
    lost = next_revision(replace(drawn, image=None, findings=(FindingCode.NEEDS_FIGURE,)), settled)
    assert lost
    assert (lost.key, lost.status) == (settled.key, "needs attention")


@pytest.mark.parametrize("format_", ["quizbot", "json"])
def test_an_exported_picture_is_named_where_it_is_written_and_by_what_it_tells_nothing(
    folder: Path, read: Read, format_: str
) -> None:
    (drawn,) = read("pictures/row.png").questions
    question = first_revision(drawn, question_id=QuestionId(1), bank_id=BankId(1))
    assert question.image
    (folder / "pictures" / question.image.file_name).write_bytes(png())
    (again,) = parse(export([question], format_).encode(), folder=folder).questions
    assert (again.image, again.image_alt) == (drawn.image, drawn.image_alt)
    assert question.image.file_name == f"{question.image.digest[:16]}.png"


def test_as_plain_text_a_question_says_that_it_had_a_picture(read: Read) -> None:
    (drawn,) = read("pictures/row.png").questions
    drawn = replace(drawn, stem="Which stands in the middle?", image_alt="A [row] of boxes. " * 20)
    text = export([first_revision(drawn, question_id=QuestionId(1), bank_id=BankId(1))], "text")
    assert "![A (row) of boxes." in text
    (question,) = parse(text.encode()).questions
    assert question.findings == (FindingCode.NEEDS_FIGURE,)


def test_a_question_without_a_picture_is_written_as_before() -> None:
    question = first_revision(draft(), question_id=QuestionId(1), bank_id=BankId(1))
    assert "image" not in export([question], "quizbot")
