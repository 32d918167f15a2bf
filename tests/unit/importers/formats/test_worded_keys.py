"""Answers in words that are listed apart from their questions, as in the rounds of a pub quiz."""

from textwrap import dedent

import pytest

from tests.unit.importers.as_read import read, taken


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_answers_in_words_may_be_listed_below_each_round(between: str) -> None:
    document = read(
        between.join(
            [
                "ROUND 1\n\n1. What is the capital of Peru?",
                "2. Name the largest ocean.",
                "3. Which river flows through Cairo?",
                "\nANSWERS\n1. Lima",
                "2. The Pacific",
                "3. Nile",
                "\nROUND 2\n\n1. How many legs has a spider?",
                "2. Which metal is liquid?",
                "3. Who found radium?",
                "\nAnswers: 1. 8 2. Mercury 3. Marie Curie\n",
            ]
        )
    )
    assert taken(document) == [
        ("short", "What is the capital of Peru?", "Lima"),
        ("short", "Name the largest ocean.", "The Pacific"),
        ("short", "Which river flows through Cairo?", "Nile"),
        ("number", "How many legs has a spider?", "8"),
        ("short", "Which metal is liquid?", "Mercury"),
        ("short", "Who found radium?", "Marie Curie"),
    ]
    assert not document.findings


@pytest.mark.parametrize(
    "answers", ["Answers: 1. True 2. False 3. True", "Key: 1 T, 2 F, 3 T", "Answers\n1. True\n2. False\n3. True"]
)
@pytest.mark.parametrize("behind", ["", " True / False"])
def test_statements_are_judged_in_a_list(answers: str, behind: str) -> None:
    document = read(f"1. Iron rusts.{behind}\n2. Copper is a gas.{behind}\n3. Lead is heavy.{behind}\n\n{answers}\n")
    assert taken(document) == [
        ("choice", "Iron rusts.", "0"),
        ("choice", "Copper is a gas.", "1"),
        ("choice", "Lead is heavy.", "0"),
    ]


def test_verdicts_are_not_given_to_questions() -> None:
    document = read(
        "True or false\n1. Iron rusts.\n2. Copper is a gas.\n3. Lead is heavy.\n\nShort answers\n"
        "1. Who found radium?\n2. Who wrote it?\n3. Who read it?\n\nAnswers: 1. True 2. False 3. True\n"
    )
    assert not any(question.key for question in document.questions)


def test_counted_steps_of_a_solution_are_no_answers() -> None:
    document = read(
        "# Problem\n\n1. Does it start?\n2. Does it stop?\n\n# Solution\n\n1. Install it.\n2. Wait.\n3. Restart.\n"
    )
    assert not document.questions


_ROUNDS = """
    Round 1: Geography

    1. What is the capital of Peru?
    2. Name the largest ocean.
    3. Which river flows through Cairo?

    Round 2: Science

    1. How many legs has a spider?
    2. Which metal is liquid?
    3. Who found radium?
"""
_GEOGRAPHY = ["Lima", "The Pacific", "Nile"]
_SCIENCE = ["8", "Mercury", "Marie Curie"]


def _with_answers(*rounds: tuple[str, list[str]]) -> str:
    """The two rounds of questions, and below them some rounds of answers, each with the lines above it."""
    listed = [f"{above}\n" + "\n".join(f"{at}. {one}" for at, one in enumerate(each, 1)) for above, each in rounds]
    return dedent(_ROUNDS) + "\n" + "\n\n".join(listed) + "\n"


@pytest.mark.parametrize(
    "rounds",
    [
        [("Answers\n\nRound 1: Geography", _GEOGRAPHY), ("Round 2: Science", _SCIENCE)],
        [("Answers\n\nRound 2", _SCIENCE), ("Round 1", _GEOGRAPHY)],
        [("Answers\n\nScience", _SCIENCE), ("Geography", _GEOGRAPHY)],
        [("Answers\n", _GEOGRAPHY), ("", _SCIENCE)],
        [("Answers to Geography", _GEOGRAPHY), ("Answers to Science", _SCIENCE)],
        [("Answers – Round 2", _SCIENCE), ("Answers – Round 1", _GEOGRAPHY)],
        [("Round 1 answers", _GEOGRAPHY), ("Round 2 answers", _SCIENCE)],
    ],
)
def test_answers_of_several_rounds_may_be_listed_at_the_end(rounds: list[tuple[str, list[str]]]) -> None:
    document = read(_with_answers(*rounds))
    assert [answer for _kind, _stem, answer in taken(document)] == [*_GEOGRAPHY, *_SCIENCE]
    assert not document.findings


def test_answers_whose_names_fit_the_same_round_are_doubted() -> None:
    document = read(_with_answers(("Answers\n\nRound 2", _SCIENCE), ("Science", _GEOGRAPHY)))
    assert all(question.findings for question in document.questions)


def test_a_long_answer_among_others_is_the_back_of_a_card() -> None:
    science = [*_SCIENCE[:2], "Marie Curie, together with her husband Pierre Curie"]
    document = read(_with_answers(("Answers\n\nGeography", _GEOGRAPHY), ("Science", science)))
    assert taken(document)[-1] == ("card", "Who found radium?", science[-1])


def test_answers_to_the_first_of_two_rounds_are_not_given_to_the_second() -> None:
    document = read(_with_answers(("Answers\n\nGeography", _GEOGRAPHY), ("Science", _SCIENCE[:2])))
    assert not any(answer for _kind, _stem, answer in taken(document))


_LANDING = "1. Which mission landed first?\n2. Which planet is red?\n3. In which year did it land?\n\n"


@pytest.mark.parametrize(
    "answers",
    [
        "Answers: 1. Apollo 11 2. Mars 3. 1969",
        "Answers: Apollo 11, Mars, 1969",
        "Answers: Apollo 11; Mars; 1969",
        "ANSWERS\n1 Apollo 11\n2 Mars\n3 1969",
        "Answers:\n\nApollo 11\nMars\n1969",
        "Answers\n- Apollo 11\n- Mars\n- 1969",
        "Lösungen\nApollo 11\nMars\n1969",
    ],
)
def test_answers_are_told_apart_by_their_numbers_or_by_their_order(answers: str) -> None:
    assert [answer for _kind, _stem, answer in taken(read(_LANDING + answers))] == ["Apollo 11", "Mars", "1969"]


@pytest.mark.parametrize("gases", ["Answers: Helium, Neon, Argon", "Answers:\nHelium\nNeon\nArgon"])
@pytest.mark.parametrize("own", ["\nAnswer: Mars", "\nA. Mars\nB. Venus\nAnswer: A"])
def test_several_answers_to_the_last_question_are_not_those_of_all(gases: str, own: str) -> None:
    document = read(f"1. Which planet is red?{own}\n2. Which was visited?{own}\n3. Name three noble gases.\n{gases}\n")
    assert not {"Helium", "Neon", "Argon"} & {answer for _kind, _stem, answer in taken(document)[:2]}


@pytest.mark.parametrize("steps", ["Solution\n2x = 6\nx = 6 / 2\nx = 3\n", "Solution: halve it, look, done\n"])
def test_the_steps_of_one_solution_are_not_the_answers_to_several_questions(steps: str) -> None:
    document = read(f"1. What is 2 + 2?\n2. What is 3 + 3?\n3. What is x if 2x = 6?\n{steps}")
    assert not any(answer for _kind, _stem, answer in taken(document)[:2])


@pytest.mark.parametrize("lost", ["1. Lima", "2. Name the largest ocean.", "1. 8", "3. Marie Curie", "2. Mercury"])
def test_if_a_number_is_lost_no_round_gets_the_answers_of_another(lost: str) -> None:
    whole = _with_answers(("Answers Round 1", _GEOGRAPHY), ("Answers Round 2", _SCIENCE))
    given = dict(zip([stem for _kind, stem, _answer in taken(read(whole))], [*_GEOGRAPHY, *_SCIENCE], strict=True))
    for damaged in (whole.replace(f"{lost}\n", ""), whole.replace(f"{lost}\n", f"{lost[3:]}\n")):
        document = read(damaged)
        ready = [(stem, answer) for _kind, stem, answer in taken(document) if answer]
        assert all(given[stem] == answer for stem, answer in ready)


def test_a_round_may_begin_right_below_a_question() -> None:
    whole = _with_answers(("Answers", _GEOGRAPHY), ("Round 2", _SCIENCE)).replace("Cairo?\n\nRound", "Cairo?\nRound")
    assert taken(read(whole))[2] == ("short", "Which river flows through Cairo?", "Nile")
