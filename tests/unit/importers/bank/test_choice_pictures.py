"""Pictures of choices in a bank: with a text or alone, within bounds, and back out of the bank as they went in."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.domain.drafts import FindingCode, ParsedDocument
from bot.domain.errors import BadFile
from bot.domain.identity import BankId, QuestionId
from bot.domain.questions import Question
from bot.domain.revisions import first_revision, next_revision
from bot.importers import export, parse
from tests.pictures import png

BANK = """\
format: quizbot-bank/2
questions:
  - stem: Which curve belongs to a model that overfits?
    choices:
      - text: The left one
        image: pictures/left.png
        image_alt: Two curves that fall together.
      - image: pictures/right.png
        image_alt: Two curves that part [early].
        right: true
        explanation: Only the training loss goes on falling.
      - text: Neither
"""

Read = Callable[[str], ParsedDocument]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank's folder with two pictures."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "left.png").write_bytes(png(0))
    (tmp_path / "pictures" / "right.png").write_bytes(png(255))
    return tmp_path


@pytest.fixture
def read(folder: Path) -> Read:
    """Reads a bank with the folder beside it."""
    return lambda bank: parse(bank.encode(), folder=folder)


def announcing(width: int, height: int) -> bytes:
    """A tiny PNG whose header announces a large picture."""
    small = png()
    header = small[12:16] + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]


def stored(document: ParsedDocument) -> Question:
    """The first revision of a document's one question."""
    (draft,) = document.questions
    return first_revision(draft, question_id=QuestionId(1), bank_id=BankId(1))


def test_choices_come_with_their_pictures(read: Read) -> None:
    document = read(BANK)
    left, right, neither = stored(document).choices
    assert document.findings == ()
    assert left.image
    assert right.image
    assert (left.text, left.image.alt, left.picture_alone) == ("The left one", "Two curves that fall together.", False)
    assert (right.image.alt, right.picture_alone) == ("Two curves that part [early].", True)
    assert (neither.image, neither.picture_alone) == (None, False)
    assert [file.data for file in document.questions[0].files] == [png(0), png(255)]


def test_a_choice_that_is_only_a_picture_says_what_it_shows_where_there_are_no_pictures(read: Read) -> None:
    assert stored(read(BANK)).choices[1].text == "Two curves that part [early]."


@pytest.mark.parametrize("format_", ["quizbot", "json"])
def test_an_exported_bank_reads_as_it_was_and_its_file_names_tell_nothing(
    folder: Path, read: Read, format_: str
) -> None:
    known = stored(read(BANK))
    for image in known.images:
        name = folder / "pictures" / image.file_name
        name.write_bytes(png(0) if image == known.choices[0].image else png(255))
    written = export([known], format_)
    content = yaml.safe_load(written)
    assert content["format"] == "quizbot-bank/2"
    assert [list(choice) for choice in content["questions"][0]["choices"]] == [
        ["text", "image", "image_alt"],
        ["image", "image_alt", "right", "explanation"],
        ["text"],
    ]
    assert "left" not in written.replace("The left one", "")
    assert next_revision(read(written).questions[0], known) is None


def test_a_bank_without_pictures_at_choices_stays_of_the_first_version(read: Read) -> None:
    plain = read(
        BANK.replace("        image: pictures/left.png\n        image_alt: Two curves that fall together.\n", "")
    )
    without = replace(plain.questions[0], choices=("A", "B", "C"), choice_pictures=None)
    known = first_revision(without, question_id=QuestionId(1), bank_id=BankId(1))
    assert export([known], "quizbot").startswith("format: quizbot-bank/1\n")


def test_numbered_text_says_where_pictures_belong(read: Read) -> None:
    known = stored(read(BANK))
    text = export([known], "text")
    names = [image.file_name for image in known.images]
    assert f"A. The left one ![Two curves that fall together.](pictures/{names[0]})" in text
    assert f"\nB. ![Two curves that part (early).](pictures/{names[1]})\n" in text


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("        image_alt: Two curves that part [early].\n", "", 8, "choice 2: “image_alt” is missing"),
        ("        image: pictures/left.png\n", "", 5, "choice 1: “image” is missing"),
        ("      - text: Neither\n", "      - explanation: None\n", 12, "choice 3: “text” is missing"),
        ("bank/2", "bank/1", 6, "choice 1, image: “image” needs “format: quizbot-bank/2” at the top"),
        ("Two curves that fall", "Two curves that fall " * 20, 7, "choice 1, image_alt: At most 200 characters"),
        ("left.png", "other.png", 6, "choice 1, image: There is no file “pictures/other.png”"),
        ("pictures/left.png", "../left.png", 6, "choice 1, image: .* outside the bank's folder"),
        ("left.png", "text.png", 6, "choice 1, image: .* isn't a PNG, JPEG, GIF or WebP"),
        ("left.png", "wide.png", 6, "choice 1, image: .* more than 40 million pixels"),
        ("left.png", "large.png", 6, "choice 1, image: .* larger than 5 MB"),
    ],
)
def test_what_is_wrong_with_a_choice_is_said_with_its_line(
    folder: Path, read: Read, before: str, after: str, line: int, words: str
) -> None:
    (folder / "pictures" / "text.png").write_text("Which floats?")
    (folder / "pictures" / "wide.png").write_bytes(announcing(8_001, 5_000))
    (folder / "pictures" / "large.png").write_bytes(png().ljust(5 * 1024**2 + 1, b"\0"))
    assert before in BANK
    with pytest.raises(BadFile, match=words) as refused:
        read(BANK.replace(before, after))
    assert refused.value.line == line


def test_the_pictures_of_one_question_are_bounded_together(
    read: Read, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "pictures" / "left.png").write_bytes(png(width=2_000, height=1_000))
    (folder / "pictures" / "right.png").write_bytes(png(width=1_000, height=1_000))
    monkeypatch.setattr("bot.importers.bank.pictures.MOST_MEGAPIXELS", 3)
    assert read(BANK).questions
    monkeypatch.setattr("bot.importers.bank.pictures.MOST_MEGAPIXELS", 2)
    with pytest.raises(BadFile, match="or 2 million pixels together") as refused:
        read(BANK)
    assert refused.value.line == 5
    assert "question 1, choices" in str(refused.value)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            "kind: order, items: [{image: a.png, image_alt: A}, B]",
            "item 1: Only a question itself and the choices of a multiple-choice",
        ),
        (
            "kind: match, pairs: [[A, {image: a.png}], [B, b]]",
            "pair 1, text 2: Only a question itself and the choices of a multiple-choice",
        ),
        (
            "kind: blanks, accepted: [[{image: a.png}]]",
            "Only a question itself and the choices of a multiple-choice question can have pictures",
        ),
        (
            "kind: short, accepted: [{image: a.png}]",
            "Only a question itself and the choices of a multiple-choice question can have pictures",
        ),
        (
            "kind: card, back: {image: a.png}",
            "back: Only a question itself and the choices of a multiple-choice question can have pictures",
        ),
        ("kind: true_false, choices: [{image: a.png, image_alt: A}]", "A question of this kind has no “choices”"),
    ],
)
def test_nothing_but_a_choice_has_a_picture_of_its_own(read: Read, question: str, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read(f"format: quizbot-bank/2\nquestions:\n  - {{stem: What is ___?, {question}}}\n")


def test_without_the_folder_a_question_is_kept_in_words_and_says_what_it_lacks(read: Read) -> None:
    alone = parse(BANK.encode())
    (question,) = alone.questions
    assert (question.choices[1], question.choice_pictures) == (r"Two curves that part \[early\]\.", None)
    assert question.findings == (FindingCode.NEEDS_FIGURE,)
    assert ["“pictures/left.png”" in finding.message for finding in alone.findings] == [True]
    lost = next_revision(question, stored(read(BANK)))
    assert lost
    assert lost.status == "needs attention"


def test_the_same_words_under_other_pictures_are_another_question(read: Read) -> None:
    body = BANK.split("questions:\n")[1]
    swapped = body.replace("left.png", "right.png")
    assert read(BANK + swapped).findings == ()
    assert [finding.code for finding in read(BANK + body).findings] == [FindingCode.DUPLICATE]


def test_choices_with_the_same_words_keep_their_ids_with_their_pictures(read: Read) -> None:
    (draft,) = read(BANK).questions
    assert draft.choice_pictures
    same = replace(draft, choices=("A curve", "A curve", "Neither"))
    known = first_revision(same, question_id=QuestionId(1), bank_id=BankId(1))
    left, right, neither = draft.choice_pictures
    moved = next_revision(replace(same, choice_pictures=(right, left, neither), key=(0,)), known)
    assert moved
    assert [choice.id for choice in moved.choices] == [1, 0, 2]
    assert moved.key == known.key
