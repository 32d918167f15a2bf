"""Notes and articles: sections under their headings, no questions."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import read

LONG = (
    "It is told that the first cheese was made by chance, when milk was carried in a calf's stomach over a long road "
    "in the sun of June."
)


def test_short_lines_above_paragraphs_are_headings() -> None:
    document = read(f"A Short History of Cheese\n{LONG}\n{LONG}\nThe Middle Ages\n{LONG}\n")
    assert document.format == "prose"
    assert document.questions == ()
    assert document.title == "A Short History of Cheese"
    assert [(note.line, note.heading, note.text) for note in document.notes] == [
        (1, "A Short History of Cheese", f"{LONG}\n\n{LONG}"),
        (4, "The Middle Ages", LONG),
    ]


def test_headings_of_lists_and_in_capitals_are_headings() -> None:
    document = read("# Kitchen\n\nPANS\n\n- iron\n- copper\n\nKnives\n\n- for bread\n\nA sharp one is safer. Always.\n")
    assert [(note.line, note.heading) for note in document.notes] == [(3, "PANS"), (8, "Knives")]


def test_a_heading_keeps_a_sign_that_is_part_of_its_name() -> None:
    document = read("# C#\n\nIt compiles.\n\n## Closed ##\n\nSo does this.\n")
    assert [note.heading for note in document.notes] == ["C#", "Closed"]


def test_a_question_in_prose_stays_prose() -> None:
    document = read(f"# Doubts\n\nSo when would you use butter?\n\n1. When frying.\n\n2. When baking.\n\n{LONG}\n")
    assert document.questions == ()
    assert "1. When frying." in document.notes[0].text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. Cork floats. (True)\n2. Lead floats. (False)\n3. Ice floats.", [1, 2]),
        ("1. El corcho flota. (V)\n2. El plomo flota. (F)", [1, 2]),
        ("1. 软木会浮。（√）\n2. 铅会浮。", [1]),
        ("1. What floats?\n1) lead\n2) cork\n2. What sinks?\n1) lead\n2) cork\n\nAnswers: 1-2, 2-1", [8]),
        ("1. What floats?\n= cork\n~ lead\n\n2. What sinks?\n~ cork\n= lead", [2, 7]),
        ("= A title of AsciiDoc\n\n~ ten of them", []),
        ("Some would say so (true).\nIt depends (false)", []),
    ],
)
def test_answers_of_questions_that_were_not_found_are_findings(text: str, lines: list[int]) -> None:
    document = read(text)
    assert document.questions == ()
    assert [finding.line for finding in document.findings if finding.code is FindingCode.LOST_QUESTION] == lines


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1. What floats?\n2. What sinks?\n3. What melts?\n\n1. Who swims?\n", [(1, "3")]),
        ("1. What floats?\nThink.\n\n2. What sinks?\nThink.\n\n3. What melts?\nThink.\n", [(1, "3")]),
        ("1. What floats?\n2. What sinks?\n\nSo we asked.\n", []),
        ("In 2. and 3.: why?\n\n7. What floats?\n9. What sinks?\n4. What melts?\n", []),
    ],
)
def test_several_numbered_questions_without_choices_are_one_finding(text: str, told: list[tuple[int, str]]) -> None:
    document = read(text)
    assert document.questions == ()
    assert [(finding.line, finding.message.split()[0]) for finding in document.findings] == told
