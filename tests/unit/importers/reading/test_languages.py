"""Quiz files in many languages: the words that mark a question's parts are those of its language."""

import csv
from pathlib import Path

import pytest

from bot.importers import parse

TABLE = (Path(__file__).parent / "lines_by_language.tsv").read_text(encoding="utf-8")
LINES = list(csv.DictReader(TABLE.splitlines(), delimiter="\t"))
SCRIPTS = {
    "Cyrillic": "абв",
    "Cyrillic capitals": "АБВ",
    "Greek": "αβγ",
    "Arabic": "أبج",
    "Hebrew": "אבג",
    "kana": "アイウ",
    "Hangul": "가나다",
    "Devanagari": "कखग",
    "Thai": "กขค",
    "heavenly stems": "甲乙丙",
}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["language"])
def test_a_file_in_this_language_is_read(line: dict[str, str]) -> None:
    text = f"{line['question']} 2 + 2 = ?\nA) 3\nB) 4\nC) 5\n{line['answer']}\n{line['explanation']}\n"
    document = parse(text.encode())
    assert [(q.stem, q.choices, q.key, q.explanation) for q in document.questions] == [
        ("2 + 2 = ?", ("3", "4", "5"), (1,), "x")
    ]
    assert document.findings == ()


@pytest.mark.parametrize("form", ["{0}. {1}", "{0}) {1}", "({0}) {1}"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_letters_of_this_script_mark_choices(script: str, form: str) -> None:
    one, two, three = SCRIPTS[script]
    choices = "\n".join(form.format(letter, word) for letter, word in ((one, "Tin"), (two, "Iron"), (three, "Zinc")))
    document = parse(f"1. What rusts?\n{choices}\nAnswer: {two}\n".encode())
    assert [(q.stem, q.choices, q.key) for q in document.questions] == [("What rusts?", ("Tin", "Iron", "Zinc"), (1,))]
