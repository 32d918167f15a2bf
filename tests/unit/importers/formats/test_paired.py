"""Questions without choices whose answers stand with them, with or without a word such as "Answer"."""

import pytest

from tests.unit.importers.as_read import read, taken
from tests.unit.importers.formats.pairs import ASKED, FORMS, written

READ = [("number" if answer.isdecimal() else "short", asked, answer) for asked, answer in ASKED.items()]


@pytest.mark.parametrize("each", FORMS)
def test_answers_may_stand_behind_or_below_questions_or_with_their_numbers(each: str) -> None:
    document = read(written(each))
    assert taken(document) == READ
    assert not document.findings


@pytest.mark.parametrize(
    "below",
    ["(2 points)", "Explain.", "Write at least one hundred words on it.", "______", "Which one?", "Choose two."],
)
def test_what_is_said_below_questions_is_no_answer(below: str) -> None:
    document = read("\n\n".join(f"{n}. {asked}\n{below}" for n, asked in enumerate(ASKED, start=1)))
    assert not any(question.accepted or question.back for question in document.questions)


@pytest.mark.parametrize("between", [" / ", ", ", " or ", "; "])
def test_words_to_choose_from_below_questions_are_no_answers(between: str) -> None:
    offered = [
        between.join(words) for words in (["red", "pink", "blue"], ["white", "grey", "tan"], ["black", "red", "tan"])
    ]
    document = read("\n".join(f"{n}. Which colour is it?\n{words}" for n, words in enumerate(offered, start=1)))
    assert not any(question.accepted or question.back for question in document.questions)


def test_a_number_before_what_may_be_an_answer_is_none() -> None:
    document = read(
        "\n".join(f"#{n} {asked}\n#{n} {answer}" for n, (asked, answer) in enumerate(ASKED.items(), start=1))
    )
    assert not any(question.accepted or question.back for question in document.questions)


def test_choices_with_letters_are_no_answers_of_their_own() -> None:
    document = read("\n\n".join(f"Q. {asked}\nA. {answer}\nB. cork" for asked, answer in ASKED.items()))
    assert [len(question.choices) for question in document.questions] == [2] * len(ASKED)


def test_a_topic_behind_each_question_is_no_answer() -> None:
    document = read("\n".join(f"{n}. {asked} - Space" for n, asked in enumerate(ASKED, start=1)))
    assert not any(question.accepted for question in document.questions)


def test_choices_with_a_letter_and_a_number_are_no_answers() -> None:
    document = read(
        """
        Q1. Which planet is red?
        A1. Mars
        A2. Venus
        Answer: A1

        Q2. Which planet has rings?
        A1. Mars
        A2. Saturn
        Answer: A2
        """
    )
    assert [question.key for question in document.questions] == [(0,), (1,)]


def test_among_pairs_without_numbers_long_answers_are_cards_and_missing_ones_are_told() -> None:
    pairs = (
        written("{q}\n{a}\n")
        + "\n# Sea\n\nWhich is cold?\nThe Arctic, for little light gets there.\n\nWhich is warm?\n"
    )
    document = read(pairs)
    assert taken(document)[:6] == [*READ, ("card", "Which is cold?", "The Arctic, for little light gets there.")]
    assert document.questions[6].findings


@pytest.mark.parametrize(
    "text",
    [
        "Who are you?\nI am Ada, and I came here on Monday.\n\nWhy?\nBecause I like it here very much, thank you.\n\n"
        * 3,
        "What is your name?\nShort answer\n\nWhere do you live?\nShort answer\n\nHow old are you?\nShort answer\n\n"
        * 2,
        "Is it hot?\nTea is.\n\nTea is a leaf, and hot.\n\nIt comes from far away.\n\nMilk is cold, as all know.\n",
    ],
)
def test_dialogues_forms_and_articles_are_no_pairs(text: str) -> None:
    assert not read(text).questions


@pytest.mark.parametrize(
    ("head", "row"), [("| Question | Answer |", "| {q} | {a} |"), ("| # | Frage | Antwort |", "| {n} | {q} | {a} |")]
)
def test_tables_of_questions_and_answers_may_stand_in_an_article(head: str, row: str) -> None:
    ruler = "|---" * (head.count("|") - 1) + "|"
    table = f"{head}\n{ruler}\n{written(row)}"
    document = read(f"# Quiz\n\nHere they are.\n\n## Space\n\n{table}\nThat was it.\n")
    assert taken(document) == READ
    assert {question.section for question in document.questions} == {"Space"}


def test_a_table_with_numbers_for_questions_is_a_list_of_answers() -> None:
    lettered = "".join(f"{n}. {asked}\nA. Lead\nB. Cork\n\n" for n, asked in enumerate(ASKED, start=1))
    rows = "".join(f"| {n} | {'AB'[n % 2]} |\n" for n in range(1, 6))
    document = read(f"{lettered}| Question | Answer |\n|---|---|\n{rows}")
    assert [question.key for question in document.questions] == [(1,), (0,), (1,), (0,), (1,)]


@pytest.mark.parametrize("between", ["\n", " - ", " "])
def test_signs_of_the_answers_themselves_stay(between: str) -> None:
    told = ["-40", "len(x)", "print()", "C#", "f(x) = 2x"]
    asked = [f"Which one is number {word}?" for word in ("one", "two", "three", "four", "five")]
    document = read("\n\n".join(f"{one}{between}{answer}" for one, answer in zip(asked, told, strict=True)))
    assert [answer for _kind, _stem, answer in taken(document)] == told


def test_a_question_begins_with_its_paragraph() -> None:
    pairs = [f"People thought about it for long.\n{one}\n{answer}" for one, answer in ASKED.items()]
    stems = [stem for _kind, stem, _answer in taken(read("\n\n".join(pairs)))]
    assert stems == [f"People thought about it for long. {one}" for one in ASKED]


@pytest.mark.parametrize(
    ("between", "other"),
    [
        (" ", "Name the largest moon Ganymede"),
        ("*", "Which floats? A) cork B) lead"),
        ("\n", "Name the largest moon.\nGanymede"),
        ("\n", "Name the largest moon\nGanymede"),
    ],
)
def test_what_is_no_pair_among_pairs_is_told(between: str, other: str) -> None:
    pairs = [f"{one}{between}{answer}" for one, answer in ASKED.items()]
    document = read("\n".join([*pairs, other, *(pair.replace("?", " then?") + " B" for pair in pairs)]))
    asked = [question.stem for question in document.questions if not question.findings]
    assert len(asked) >= 2 * len(ASKED) - 2  # the one above may be told as well
    assert any(question.findings for question in document.questions)


def test_questions_with_choices_among_pairs_are_read_as_elsewhere() -> None:
    pairs = written("{q}\n{a}\n")
    choices = "Which floats?\nA. Lead\nB. Cork\nAnswer: B\n"
    document = read(f"{pairs}\n{choices}")
    assert taken(document)[:5] == READ
    assert (document.questions[5].choices, document.questions[5].key) == (("Lead", "Cork"), (1,))


def test_links_with_question_marks_are_no_pairs() -> None:
    names = ("tea", "milk", "juice", "water", "wine")
    assert not read("\n".join(f"- On {name}: https://example.org/a?of={name}" for name in names)).questions


def test_an_answer_without_its_question_is_no_part_of_the_next_one() -> None:
    lines = written("{q}\n{a}").split("\n")
    assert [stem for _kind, stem, _answer in taken(read("\n".join([*lines[1:], "Which floats?", "Cork"])))] == [
        *list(ASKED)[1:],
        "Which floats?",
    ]
