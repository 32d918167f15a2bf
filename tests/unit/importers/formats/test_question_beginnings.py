"""What stands where a question begins: open questions before others, topics behind the number."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import codes, only, read

_QUESTION = "A) Near\nB) Far\nAnswer: A\n"


@pytest.mark.parametrize("first", ["1. Describe a cache.", "**1. Describe a cache.**"])
def test_an_open_question_before_the_first_one_with_choices_is_no_note(first: str) -> None:
    document = read(f"{first}\n\n2. Which cache is small?\n{_QUESTION}\n3. Which cache is slow?\n{_QUESTION}")
    assert [question.stem for question in document.questions][:1] == ["Describe a cache."]
    assert FindingCode.UNKEYED in codes(document)[0]


@pytest.mark.parametrize(
    "above", ["1. Networks\n2. Storage\n\n1. Which is big?\n", "1. Read this.\n\n5. Which is big?\n"]
)
def test_a_number_that_no_question_goes_on_from_stays_a_note(above: str) -> None:
    assert only(f"{above}{_QUESTION}").stem == "Which is big?"


@pytest.mark.parametrize(
    "begun", ["## Question 7 (Networks)", "**Question 7** (Networks)", "Question 7 (Networks)", "Frage 7 (Networks)"]
)
def test_a_topic_in_brackets_behind_the_number_is_none_of_the_stem(begun: str) -> None:
    question = only(f"{begun}\nWhich of these is near?\n{_QUESTION}")
    assert (question.stem, question.section) == ("Which of these is near?", "Networks")


def test_what_the_brackets_behind_the_number_ask_for_is_a_part_of_the_stem() -> None:
    assert "(Choose two)" in only(f"Question 7 (Choose two)\nWhich of these are near?\n{_QUESTION}").stem


@pytest.mark.parametrize(
    "stem", ["(see the figure)\nWhich is near?", "(It rained in the year before)\nWhich is near?", "(Cache)\nis near?"]
)
def test_a_sentence_in_brackets_behind_the_number_is_a_part_of_the_stem(stem: str) -> None:
    assert only(f"Question 7 {stem}\n{_QUESTION}").stem.split() == stem.split()


def test_a_stem_may_be_in_brackets() -> None:
    assert only(f"Question 7 (Near or far)\n{_QUESTION}").stem == "(Near or far)"


@pytest.mark.parametrize(
    "printed",
    [
        "Correct\nMark 1.00 out of 1.00\nFlag question\nQuestion text\n{}\nSelect one:",
        "Not yet answered\nMarked out of 2.00\nQuestion text\n{}\nSelect one or more:",
        "Falsch\nErreichte Punkte 0,00 von 1,00\nFrage markieren\nFragetext\n{}\nWählen Sie eine Antwort:",
        "Incorrecta\nPuntúa 0,00 sobre 1,00\nMarcar pregunta\nEnunciado de la pregunta\n{}\nSeleccione una:",
        "1 / 1 pts\n{}",
        "{} *\n1 point",
        "{} *\n2 Punkte",
    ],
)
def test_what_platforms_print_around_a_stem_is_none_of_it(printed: str) -> None:
    question = only(f"Question 1\n{printed.format('Which cache is near?')}\n{_QUESTION}")
    assert (question.stem, question.key) == ("Which cache is near?", (0,))


@pytest.mark.parametrize(
    ("printed", "stem"),
    [
        ("0 / 1 pts", "the cache is ___"),
        ("Correct\nMark 1.00 out of 1.00\nQuestion text", "the cache is ___"),
        ("Correct\nMark 1.00 out of 1.00\nQuestion text", "Complete\nthe sentence."),
    ],
)
def test_a_stem_may_begin_with_a_small_letter_or_a_printed_word_below_them(printed: str, stem: str) -> None:
    assert only(f"Question 1\n{printed}\n{stem}\n{_QUESTION}").stem.split() == stem.split()


@pytest.mark.parametrize(
    "stem",
    [
        "Correct",
        "3 points\nare on a line. Which?",
        "Which word fits?\nCorrect",
        "It costs\n1.00 dollars. Who pays?",
        "Complete\nthe sentence: a cache ___ near.",
        "Complete\n\nA cache ___ near.",
        "Right\nangles have how many degrees?",
        "A team has\n3 points\nafter two games. Did it win?",
        "How many are left of these?\nThe price is 12.50",
        "Boiling point 78.37\nFreezing point 114.10\nWhich one is it?",
        "Look at the table.\nBoiling point 78.37\nWhich one is it?",
        "What does 2 *\nmean *\nhere?",
    ],
)
def test_such_words_stay_where_they_are_the_stem_or_end_it(stem: str) -> None:
    assert only(f"Question 1\n{stem}\n{_QUESTION}").stem.split() == stem.split()


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_chinese_numbers_of_parts_are_no_choices(gap: str) -> None:
    document = read(
        f"一、单选题{gap}1、软木会怎样？（A）\nA、浮\nB、沉\n\n2、铅会怎样？（B）\nA、浮\nB、沉\n\n"
        f"二、多选题{gap}3、哪些会浮？（AB）\nA、软木\nB、油\nC、铁\n"
    )
    assert [question.stem for question in document.questions] == ["软木会怎样？", "铅会怎样？", "哪些会浮？"]
    assert [question.key for question in document.questions] == [(0,), (1,), (0, 1)]


@pytest.mark.parametrize("begun", ["Question 1\n", "1. ", "Question 1: "])
def test_two_numbered_statements_between_what_asks_and_the_letters_are_a_part_of_the_stem(begun: str) -> None:
    document = read(
        f"{begun}Which is true?\n1. Cork floats.\n2. Iron floats.\n(a) 1 only\n(b) 2 only\n(c) Both\nAnswer: a\n"
    )
    assert [(question.key, question.findings) for question in document.questions] == [((0,), ())]
    assert document.questions[0].stem.startswith("Which is true?\n1. Cork floats.")


@pytest.mark.parametrize("head", ["Sea College – Midterm – Page 2", "Astronomy | page 3 of 9", "Sternkunde - Seite 4"])
def test_a_running_head_in_the_middle_of_choices_is_none_of_them(head: str) -> None:
    question = only(f"1. Which is near?\nA. Sun\nB. Moon\n{head}\nC. Vega\nAnswer: B\n")
    assert question.choices == ("Sun", "Moon", "Vega")


@pytest.mark.parametrize("text", ["See Smith, The Sky – page 12", "C. Book One – Page 2"])
def test_a_page_that_ends_a_text_or_is_a_choice_stays(text: str) -> None:
    question = only(f"1. Which is near?\nA. Sun\nB. Moon\n{text}\n\nAnswer: B\n")
    assert text[3:] in " ".join(question.choices)


def test_a_stem_without_a_number_right_below_an_answer_may_begin_with_a_reason() -> None:
    document = read(
        f"1. Which is near?\n{_QUESTION}It takes less time.\nWhich is far?\n{_QUESTION}3. Which is it?\n{_QUESTION}"
    )
    assert codes(document)[1] == [FindingCode.SWALLOWED]


def test_a_heading_below_an_open_question_is_no_part_of_it_and_a_count_begins_anew_below() -> None:
    document = read(
        f"1. Which is near?\n{_QUESTION}\n2. Name a distant star.\n\n# Chapter 2\n\n1. Which is far?\n{_QUESTION}"
    )
    assert [question.stem for question in document.questions][1] == "Name a distant star."
    assert codes(document)[2] == []


def test_a_stem_without_a_number_below_a_ruler_is_its_own() -> None:
    document = read(
        f"1. Which is near?\n{_QUESTION}-----\nOne is left.\nWhich is far?\n{_QUESTION}3. Which is it?\n{_QUESTION}"
    )
    assert codes(document)[1] == []


@pytest.mark.parametrize("worth", ["(3 points)", "[2 marks]", "(1 Punkt)"])
def test_what_a_question_is_worth_may_stand_behind_it(worth: str) -> None:
    assert only(f"1. What floats? {worth}\nA. Lead\nB. Cork\nAnswer: B").stem == "What floats?"


@pytest.mark.parametrize("text", ["Slide {}", "Genesis – Page {}"])
def test_pages_that_are_listed_are_choices(text: str) -> None:
    listed = "\n".join(text.format(number) for number in (4, 5, 6))
    question = only(f"1. Which one comes first?\n{listed}\nAnswer: {text.format(4)}\n")
    assert (len(question.choices), question.key) == (3, (0,))
