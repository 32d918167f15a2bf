"""The format is found by what stands in a file, whatever it is called."""

import pytest

from bot.domain.errors import BadFile
from bot.importers import FORMATS, parse

NUMBERED = "1. Which?\nA. This\nB. That\nAnswer: A\n"
SEPARATED = "Which?\n\nThis (Correct)\n\nThat\n\n---\n\nWhat?\n\nOne\n\nTwo (Correct)\n"
OBSIDIAN = "---\ntags: x\n---\n## Which?\n- This\n- That\n#card\nThis\n"
NATIVE = "format: quizbot-bank/1\nquestions:\n- stem: Which?\n  choices: [{text: a}, {text: b}]\n"
PROSE = "# On Tea\n\nTea is a leaf. It is best when hot.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [(NUMBERED, "numbered"), (SEPARATED, "separated"), (OBSIDIAN, "obsidian"), (NATIVE, "quizbot"), (PROSE, "prose")],
)
def test_each_kind_is_known_by_its_content(text: str, expected: str) -> None:
    assert parse(text.encode()).format == expected
    assert expected in FORMATS


def test_lettered_choices_between_rulers_are_a_dump() -> None:
    document = parse(f"---\n{NUMBERED}\n---\n{NUMBERED.replace('Which', 'What')}\n---\n".encode())
    assert (document.format, len(document.questions)) == ("numbered", 2)


def test_notes_above_a_bank_stay_notes() -> None:
    document = parse(f"{PROSE}\n# Quiz\n\n{NUMBERED}".encode())
    assert (document.format, len(document.questions), document.notes[0].heading) == ("numbered", 1, "On Tea")


def test_what_the_caller_says_wins() -> None:
    assert parse(NUMBERED.encode(), format="prose").questions == ()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'<?xml version="1.0"?>\n<quiz><question/></quiz>\n', "XML"),
        (b'{"results": [\n  {"question": "Which?"}\n]}\n', "JSON"),
        (b'[\n  {"question": "Which?"}\n]\n', "JSON"),
    ],
)
def test_data_for_programs_is_refused_instead_of_taken_for_prose(data: bytes, kind: str) -> None:
    with pytest.raises(BadFile, match=kind):
        parse(data)


def test_prose_in_brackets_is_prose() -> None:
    assert parse(b"[Note to myself]\n\nThe queue keeps the order in which clicks came in.\n").format == "prose"
