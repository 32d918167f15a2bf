"""Lists of answers that stand apart from their questions: below or above them, in parts, as tables."""

from collections.abc import Sequence
from itertools import count

import pytest

from bot.domain.drafts import FindingCode, ParsedDocument
from tests.unit.importers.as_read import read


def asked(*numbers: int) -> str:
    """Questions with these numbers, each with the choices A to D."""
    return "\n\n".join(f"{number}. Which of these is it?\nA. One\nB. Two\nC. Three\nD. Four" for number in numbers)


def keys(document: ParsedDocument) -> str:
    """The letter of each question's answer, ``-`` where it has none."""
    assert not any(question.explanation for question in document.questions)
    return "".join("ABCD"[question.key[0]] if question.key else "-" for question in document.questions)


PARTS = """
Answer Key

{one}
1. B
2. A

{other}
3. D
4. C
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Science (1-2)", "Other (3-4)"),
        ("Part 1", "Part 2"),
        ("## Part 1", "## Part 2"),
        ("Questions 1 to 2", "Questions 3 to 4"),
        ("", ""),
        ("", "Answers, continued"),
    ],
)
def test_a_key_list_in_parts_is_read_to_its_end(one: str, other: str) -> None:
    document = read(f"{asked(1, 2, 3, 4)}\n{PARTS.format(one=one, other=other)}")
    assert keys(document) == "BADC"
    assert not document.notes


def test_lists_without_a_heading_answer_their_questions_together() -> None:
    assert keys(read(f"{asked(*range(1, 7))}\n\n1. B\n2. A\n3. B\n\nAnd the others:\n\n4. A\n5. D\n6. C\n")) == "BABADC"


def test_two_lists_below_each_other_answer_what_stands_above_both() -> None:
    assert keys(read(f"{asked(1, 2, 3, 4)}\n\nAnswers\n1. B\n2. A\n\nAnswers\n3. D\n4. C\n")) == "BADC"


def test_parts_in_any_order_go_by_their_numbers() -> None:
    parts = PARTS.format(one="", other="").replace("1.", "9.").replace("2.", "10.")
    assert keys(read(f"{asked(3, 4, 9, 10)}\n{parts}")) == "DCBA"


def test_parts_that_begin_anew_belong_to_chapters() -> None:
    questions = f"Chapter 1\n\n{asked(1, 2)}\n\nChapter 2\n\n{asked(1, 2)}\n"
    assert keys(read(f"{questions}\nAnswers\n\nFirst chapter\n1. B\n2. A\n\nSecond chapter\n1. D\n2. C\n")) == "BADC"


def test_parts_that_name_their_chapters_belong_to_those_in_any_order() -> None:
    chapters = f"# Part A\n\n{asked(1, 2)}\n\n# Part B\n\n{asked(1, 2)}"
    for order in ("AB", "BA"):
        answers = {"A": "1. D\n2. C", "B": "1. B\n2. A"}
        listed = "\n\n".join(f"Part {part}\n{answers[part]}" for part in order)
        assert keys(read(f"{chapters}\n\n# Answers\n\n{listed}")) == "DCBA"


def test_a_list_with_a_gap_is_read_to_its_end() -> None:
    assert keys(read(f"{asked(1, 2, 4, 7)}\n\nAnswers\n1. B\n2. A\n4. D\n7. C\n")) == "BADC"


@pytest.mark.parametrize("answers", ["Answer Key\n1. B\n2. A\n3. D", "1. B\n2. A\n3. D", "Answers: 1-B, 2-A, 3-D"])
def test_a_list_above_its_questions_answers_them(answers: str) -> None:
    assert keys(read(f"{answers}\n\n{asked(1, 2, 3)}\n")) == "BAD"


def test_a_list_above_questions_with_boxes_ends_where_they_begin() -> None:
    document = read("Answers\n1. B\n2. A\n\n1. Which?\n- [ ] This\n- [x] That\n\n2. What?\n- [x] Here\n- [ ] There\n")
    assert [question.key for question in document.questions] == [(1,), (0,)]


def test_lists_above_each_chapter_answer_what_stands_below() -> None:
    chapters = (
        f"Chapter {n}\n\nAnswers\n1. {one}\n2. {two}\n\n{asked(1, 2)}\n"
        for n, (one, two) in zip(count(1), ["BA", "DC"])
    )
    assert keys(read("\n".join(chapters))) == "BADC"


def test_a_list_above_says_nothing_of_questions_that_have_their_answers() -> None:
    answered = asked(1, 2).replace("D. Four", "D. Four\nAnswer: C")
    assert keys(read(f"Answers\n1. B\n2. A\n\n{answered}\n")) == "CC"


def test_a_word_above_each_reason_ends_no_list() -> None:
    answers = "1. B\nSolution:\nIt is two.\n\n2. A\nSolution:\nIt is one.\n"
    document = read(f"{asked(1, 2)}\n\nAnswers\n{answers}")
    assert [question.key for question in document.questions] == [(1,), (0,)]
    assert "It is one." in document.questions[1].explanation


def test_a_list_without_questions_breaks_nothing() -> None:
    assert read("Answers\n1. B\n2. A\n3. D\n").questions == ()


TABLE = """
{heading}

| {columns} |
|---|:-:|
| 1 | B |
| 2 | A |
| 3 | **D** |
"""


@pytest.mark.parametrize("heading", ["## Answer Key", "Answers", ""])
@pytest.mark.parametrize("columns", ["Question | Answer", "No. | Correct answer", "# | Key"])
def test_a_table_of_answers_is_read(heading: str, columns: str) -> None:
    document = read(f"{asked(1, 2, 3)}\n{TABLE.format(heading=heading, columns=columns)}")
    assert keys(document) == "BAD"
    assert not document.notes


def test_a_table_of_answers_tells_why() -> None:
    rows = "| Question | Answer | Why |\n|---|---|---|\n| 1 | B | It is two. |\n| 2 | A | It is one. |\n"
    document = read(f"{asked(1, 2)}\n\n## Answers\n\n{rows}")
    assert [question.key for question in document.questions] == [(1,), (0,)]
    assert [question.explanation for question in document.questions] == ["It is two.", "It is one."]


def test_a_list_in_columns_is_read() -> None:
    assert keys(read(f"{asked(1, 2, 3, 4)}\n\nAnswers\n1. B    3. D\n2. A    4. C\n")) == "BADC"


@pytest.mark.parametrize("digits", [5, 6, 9, 12])
def test_numbers_may_be_long(digits: int) -> None:
    first = 10 ** (digits - 1)
    answers = "\n".join(f"{first + n}. {letter}" for n, letter in enumerate("BADC"))
    assert keys(read(f"{asked(*range(first, first + 4))}\n\nAnswers\n{answers}\n")) == "BADC"


@pytest.mark.parametrize(("there", "doubted"), [("A and B", False), ("A, B", False), ("A and C", True)])
def test_a_list_that_says_what_the_question_says_raises_no_doubt(there: str, *, doubted: bool) -> None:
    asking = asked(1).replace("D. Four", f"D. Four\nAnswer: {there}")
    question, *_rest = read(f"{asking}\n\n{asked(2)}\n\nAnswer Key\n1. A, B\n2. C\n").questions
    assert (FindingCode.KEY_CONFLICTS_EXPLANATION in question.findings) == doubted


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((), []), ((3,), ["3"]), ((3, 7), ["3, 7"]), (range(3, 30), ["3, 4, 5, 6, 7, 8, 9, 10, 11, 12…"])],
)
def test_answers_for_questions_that_were_not_found_are_told_of(numbers: Sequence[int], told: list[str]) -> None:
    key = "\n".join(f"{number}. B" for number in (1, 2, *numbers))
    document = read(f"{asked(1, 2)}\n\nAnswers\n{key}\n")
    assert [question.key for question in document.questions] == [(1,), (1,)]
    lost = [one for one in document.findings if one.code is FindingCode.LOST_QUESTION]
    assert [(one.line, one.message.rpartition(": ")[2]) for one in lost] == [(13, f"{few}.") for few in told]


@pytest.mark.parametrize(
    ("heading", "entry"),
    [
        ("# Answers", "## Question {} — Answer\n\n**Correct answer: {}**\n\n**Explanation:** {}\n\n---\n"),
        ("# Answers", "## Question {}\n\n**Answer: {}**\n\n{}\n"),
        ("# Lösungsteil", "## Frage {} – Lösung\n\n**Richtige Antwort: {}**\n\n**Erklärung:** {}\n\n---\n"),
        ("## Answer Key and Explanations", "**{}. Correct answer: {}.**\n{}\n"),
        ("## Cevap Anahtarı ve Açıklamalar", "**{}. Doğru cevap: {}.**\n{}\n"),
        ("# Soluciones y explicaciones", "### {}. Respuesta correcta: {}\n\n{}\n\n---\n"),
    ],
)
def test_a_key_may_say_answer_before_each_letter_and_explain_it_below(heading: str, entry: str) -> None:
    answers = [entry.format(number, letter, f"It is {number}.") for number, letter in ((1, "B"), (2, "A"), (3, "D"))]
    document = read("\n".join([asked(1, 2, 3), "\n", heading, "", *answers]))
    assert [question.key for question in document.questions] == [(1,), (0,), (3,)]
    assert [question.explanation for question in document.questions] == ["It is 1.", "It is 2.", "It is 3."]


def test_a_key_judges_statements() -> None:
    document = read(
        f"{asked(1)}\n\n2. Cork floats. True or false?\n\n"
        "# Answers\n\n## Question 1 — Answer\n\n**Answer: B**\n\n## Question 2 — Answer\n\n**Answer: True**\n"
    )
    assert [(question.choices[:2], question.key) for question in document.questions] == [
        (("One", "Two"), (1,)),
        (("True", "False"), (0,)),
    ]


def test_the_answer_to_each_question_may_have_a_heading_of_its_own_right_below_it() -> None:
    document = read(
        "## Question 1\n\nWhat floats?\n\nA. Lead\nB. Cork\n\n## Question 1 — Answer\n\n**Answer: B**\n\n"
        "## Question 2\n\nWhat sinks?\n\nA. Lead\nB. Cork\n\n## Question 2 — Answer\n\n**Answer: A**\n"
    )
    assert [(question.stem, question.key) for question in document.questions] == [
        ("What floats?", (1,)),
        ("What sinks?", (0,)),
    ]


def test_a_key_without_its_questions_makes_no_questions() -> None:
    document = read(
        "# Exam 3\n\n## Question 1 — Answer\n\n**Answer: True**\n\n## Question 2 — Answer\n\n**Answer: False**\n"
    )
    assert not document.questions


@pytest.mark.parametrize(
    "choices", ["1. A and B\n2. B and C\n3. A and C\n4. All of them", "1. START\n2. EQU\n3. END\n4. ORG"]
)
def test_numbered_choices_that_are_letters_are_no_answers(choices: str) -> None:
    document = read(
        f"Q1. Which of these is it?\n\n{choices}\n\n**Answer:** Option 4\n\n"
        "Q2. What floats?\n\n1. Lead\n2. Cork\n\n**Answer:** Option 2\n"
    )
    assert [(len(question.choices), question.key) for question in document.questions] == [(4, (3,)), (2, (1,))]


@pytest.mark.parametrize(
    "heading", ["Answers and explanations", "=====\nAnswers and explanations\n=====", "정답 및 해설 (모의고사)"]
)
@pytest.mark.parametrize("entry", ["Q{}. Answer: {}", "{}. 정답: {}", "{}) Ответ: {}", "**Question {}**\nAnswer: {}"])
def test_an_entry_says_answer_before_its_letters_and_its_explanation_below(heading: str, entry: str) -> None:
    told = "\n\n".join(f"{entry.format(n, key)}\nExplanation: It is {key}." for n, key in enumerate("CA", start=1))
    document = read(f"{asked(1, 2)}\n\n{heading}\n\n{told}\n")
    assert [(q.key, q.explanation) for q in document.questions] == [((2,), "It is C."), ((0,), "It is A.")]
    assert {finding.code for finding in document.findings} == {FindingCode.DUPLICATE}


def test_entries_that_say_answer_need_no_heading() -> None:
    assert keys(read(f"{asked(1, 2, 3)}\n\n1. Answer: D\n2. Answer: B, C\n3. Answer: (a)\n")) == "DBA"
