"""The command line and reading by example."""

import pytest

FILE = """\
Aufgabe 1 // Welches Tier legt Eier?
a» Kuh
b» Huhn <=
c» Hund

Aufgabe 2 // Welches Tier gibt Milch?
a» Kuh <=
b» Huhn
c» Hund
"""
EXAMPLE = "question 1, choices 2-4, right 3"


@pytest.fixture
def file(here):
    path = here / "tiere.txt"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_reading_is_learned_kept_used_and_removed(run, file):
    learned = run("reading", "learn", file, "--example", EXAMPLE, "--name", "Tiere")
    assert learned.out.splitlines() == [
        "Question: Aufgabe {number} // {text}",
        "Choice: {letter}» {text}",
        "Right choice: {letter}» {text} <=",
        "Questions found: 2; 2 ready.",
        "Kept as “Tiere”. Use it with: quizbot bank import FILE --like Tiere",
    ]
    assert run("reading", "list").out.startswith("Tiere: Question: Aufgabe {number} // {text}; Choice: ")
    assert run("reading", "show", "tiere", "--json").json["choice"] == "{letter}» {text}"
    assert run("reading", "list", "--json").json[0]["name"] == "Tiere"
    parsed = run("bank", "parse", file, "--like", "tiere", "--json", "--why").json
    assert [question["key"] for question in parsed["questions"]] == [[1], [0]]
    assert "Right choice: {letter}» {text} <=" in parsed["reading"]
    assert "2 ready, 0 unkeyed" in run("bank", "import", file).out  # it is found again
    assert run("reading", "remove", "Tiere").out == "Removed the reading “Tiere”.\n"
    assert run("bank", "parse", file, "--like", "Tiere").err == "quizbot: There is no reading “Tiere”.\n"
    assert "No readings are kept." in run("reading", "list").out


def test_what_cant_be_learned_says_why(run, file):
    wrong = run("reading", "learn", file, "--example", "question 1, choices 2-4, right 2")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == (f"quizbot: {file}: Nothing marks the choices or the right ones. Check the lines.\n")
    assert "Write it like this" in run("reading", "learn", file, "--example", "1").err


def test_a_question_that_can_be_read_in_two_ways_is_named(run, here):
    path = here / "colours.txt"
    path.write_text("What is red?\n- *a rose!\n- the sea\n\nWhat is blue?\n- *a rose\n- the sea!\n", encoding="utf-8")
    out = run("reading", "learn", path, "--example", "question 1, choices 2-3, right 2").out
    assert "Line 5 can be read in more than one way." in out
