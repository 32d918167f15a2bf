"""Exam dumps and question banks: every way of numbering, lettering, keying and wrapping that was met."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import codes, only, read


@pytest.mark.parametrize(
    "opening",
    [
        "1. Which gas do plants take in?",
        "1) Which gas do plants take in?",
        "Q1: Which gas do plants take in?",
        "Q.1 Which gas do plants take in?",
        "Question #1\nWhich gas do plants take in?",
        "Question: 1\nWhich gas do plants take in?",
        "Question 1 of 20: Which gas do plants take in?",
        "QUESTION NO: 1\nWhich gas do plants take in?",
        "NEW QUESTION 1\n\nWhich gas do plants take in?",
        "**1. Which gas do plants take in?**",
        "### 1. Which gas do plants take in?",
        "*** 1. Which gas do plants take in?",
        "Question #1 Topic 3\nWhich gas do plants take in?",
        "Which gas do plants take in?",
    ],
)
def test_the_number_before_a_stem_is_read_in_all_its_forms(opening: str) -> None:
    question = only(f"{opening}\nA. Oxygen\nB. Carbon dioxide\nC. Argon\nAnswer: B")
    assert question.stem == "Which gas do plants take in?"
    assert (question.choices, question.key) == (("Oxygen", "Carbon dioxide", "Argon"), (1,))


@pytest.mark.parametrize(
    "form", ["{0}. ", "{0}) ", "({0}) ", "{0}: ", "[{0}] ", "- {0}. ", "   {0}) ", "**{0}.** ", "{0})"]
)
@pytest.mark.parametrize("letters", ["ABC", "abc"])
def test_the_letter_before_a_choice_is_read_in_all_its_forms(form: str, letters: str) -> None:
    lines = [form.format(letter) + text for letter, text in zip(letters, ("Tin", "Iron", "Zinc"), strict=True)]
    question = only("\n".join(["1. What rusts?", *lines, "Answer: B"]))
    assert (question.choices, question.key) == (("Tin", "Iron", "Zinc"), (1,))


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("Answer: B, D", (1, 3)),
        ("Correct Answer: BD", (1, 3)),
        ("Ans: b and d", (1, 3)),
        ("Answer: B)", (1,)),
        ("Answer: (B)", (1,)),
        ("Correct answer(s): A C", (0, 2)),
        ("ANSWER: B.", (1,)),
        ("Answer - C", (2,)),
        ("Ans-b", (1,)),
        ("Ans-(b)", (1,)),
        ("Ans.b", (1,)),
        ("Ans:-b", (1,)),
        ("ans :- (b)", (1,)),
        ("Ans:- thin ice", (1,)),
        ("Antwort:-b", (1,)),
        ("The correct answer is D.", (3,)),
        ("Correct option: Option C", (2,)),
        ("**Answer:** B", (1,)),
        ("Answer: B. Thin ice", (1,)),
        ("Answer: thin ice", (1,)),
        ("Answer: Snow; Hail", (0, 2)),
        ("Answer\nB", (1,)),
        ("ANS: B\tPTS: 1\tDIF: Easy", (1,)),
        ("Correct Answer: B 🗳️", (1,)),
    ],
)
def test_an_answer_line_is_read_in_all_its_forms(answer: str, key: tuple[int, ...]) -> None:
    question = only(f"1. What falls?\nA. Snow\nB. Thin ice\nC. Hail\nD. Dew\n{answer}")
    assert question.key == key
    assert question.explanation == ""
    assert FindingCode.KEY_NOT_A_CHOICE not in question.findings


@pytest.mark.parametrize(
    "choices",
    [
        "a. Shark\n**b. Whale**\nc. Tuna",
        "a. Shark\nb. Whale*\nc. Tuna",
        "a. Shark\n*b. Whale\nc. Tuna",
        "a. Shark\nb. Whale (Correct)\nc. Tuna",
        "a. Shark\nb. Whale ✓\nc. Tuna",
        "[ ] a. Shark\n[x] b. Whale\n[ ] c. Tuna",
        "- [ ] Shark\n- [x] Whale\n- [ ] Tuna",
        "a. Shark (incorrect)\nb. Whale <-- correct\nc. Tuna (wrong)",
    ],
)
def test_a_mark_on_a_choice_is_its_key(choices: str) -> None:
    question = only(f"1. Which breathes air?\n{choices}")
    assert (question.choices, question.key) == (("Shark", "Whale", "Tuna"), (1,))


def test_marks_that_every_choice_has_say_nothing() -> None:
    question = only("1. Which breathes air?\n**A. Shark**\n**B. Whale**")
    assert (question.choices, question.key) == (("Shark", "Whale"), ())


def test_choices_on_one_line_are_taken_apart() -> None:
    document = read(
        """
        1. Which is blue? A) Sky B) Grass C) Snow
        Answer: A
        2. Which is green?
        (a) Sky (b) Grass (c) Snow
        Answer: b
        """
    )
    assert [(q.stem, q.choices, q.key) for q in document.questions] == [
        ("Which is blue?", ("Sky", "Grass", "Snow"), (0,)),
        ("Which is green?", ("Sky", "Grass", "Snow"), (1,)),
    ]


@pytest.mark.parametrize("choices", ["A) red   B) green\nC) blue   D) grey", "A. red\tB. green\nC. blue\tD. grey"])
def test_choices_in_columns_are_taken_apart(choices: str) -> None:
    assert only(f"1. Which?\n{choices}\nAnswer: C").choices == ("red", "green", "blue", "grey")


def test_a_letter_inside_a_choice_takes_nothing_apart() -> None:
    question = only("1. Which?\nA. Take plan A. B. C. is a name\nB. See (b) and (c) there\nAnswer: B")
    assert question.choices[1] == "See (b) and (c) there"


def test_explanations_of_the_choices_are_parted_from_the_general_one() -> None:
    long = (
        "In short, sound needs a medium to travel through, and of all that were offered only the void has none, "
        "which is why nobody hears it."
    )
    question = only(
        f"""
        Question: 4
        Where is it silent?
        A) Under water
        B) In a void
        Answer: B)
        Explanation:
        A) Water carries sound well.
        B) Nothing there could carry it. {long}
        {long}
        """
    )
    assert question.choice_explanations == ("Water carries sound well.", f"Nothing there could carry it. {long}")
    assert question.explanation == long
    assert question.line == 2


def test_wrapped_lines_are_joined_and_broken_words_healed() -> None:
    question = only(
        """
        7. A gardener waters the tomatoes every evening and still finds them wilted in the morning. What infor-
        mation would help most to find out
        why?
        A. The kind of
        soil.
        B. The colour of the
        gate.
        """
    )
    assert question.stem.endswith("What information would help most to find out why?")
    assert question.choices == ("The kind of soil.", "The colour of the gate.")
    assert question.findings == (FindingCode.UNKEYED,)


def test_code_in_a_stem_is_kept_line_by_line() -> None:
    question = only(
        """
        3. What does this print?

        total = sum(
          range(3),
        )
        print(total)

        A. 3
        B. 6
        Answer: A
        """
    )
    assert question.stem == "What does this print?\n\n    total = sum(\n      range(3),\n    )\n    print(total)"


def test_lists_in_a_stem_keep_their_items_and_begin_no_question() -> None:
    document = read(
        """
        1. Put these in order:
        1. Boil the water.
        2. Grind the beans.
        Which comes first?
        A. Boiling
        B. Grinding
        Answer: B

        2. What comes last?
        A. Drinking
        B. Washing up
        Answer: B
        """
    )
    assert [question.line for question in document.questions] == [1, 9]
    assert (
        document.questions[0].stem
        == "Put these in order:\n1. Boil the water.\n2. Grind the beans.\n\nWhich comes first?"
    )


def test_questions_without_numbers_are_parted_by_their_answers() -> None:
    document = read(
        "Which is wet?\nA) Rain\nB) Sand\nANSWER: A\n\nIn a drought, which is dry?\nA) Rain\nB) Sand\nANSWER: B\n"
    )
    assert [(q.line, q.stem, q.key) for q in document.questions] == [
        (1, "Which is wet?", (0,)),
        (6, "In a drought, which is dry?", (1,)),
    ]


def test_a_lost_choice_makes_a_question_broken_and_shifts_no_letter() -> None:
    question = only("1. What rusts?\nA. Tin\nB. Gold\nD. Iron\nAnswer: D")
    assert (question.choices, question.key, question.findings) == (("Tin", "Gold", "Iron"), (2,), (FindingCode.BROKEN,))


def test_words_about_answers_in_a_wrapped_choice_are_no_answer() -> None:
    question = only(
        "1. Which?\nA. None of the\nanswers are right.\nB. Some of the\nanswers is wrong.\nC. All.\nAnswer: C"
    )
    assert question.choices == ("None of the answers are right.", "Some of the answers is wrong.", "All.")


def test_an_explanation_on_the_answer_line_is_parted_from_it() -> None:
    question = only("1. Which is odd?\nA. 2\nB. 3\nCorrect Answer: B Explanation: Two does not divide it.")
    assert (question.key, question.explanation) == ((1,), "Two does not divide it.")


@pytest.mark.parametrize("opening", ["{}.", "{})", "Question {}:", "Q{}.", "**Question #{}**", "QUESTION NO: {}"])
@pytest.mark.parametrize("last", [9, 99_999, 999_999, 9_999_999, 99_999_999_999])
def test_a_number_gains_a_digit_and_still_begins_a_question(opening: str, last: int) -> None:
    document = read(
        "\n\n".join(f"{opening.format(last + n)} Which is {n}?\nA. This\nB. That\nAnswer: A" for n in range(3))
    )
    assert [(q.stem, q.choices) for q in document.questions] == [(f"Which is {n}?", ("This", "That")) for n in range(3)]


def test_a_named_question_without_choices_is_kept_as_broken() -> None:
    document = read(
        "Question 1\nMark the spot.\n\nQuestion 2\nWhich?\nA. This\nB. That\nAnswer: A\n\nQuestion 3\nCut\nA. Only\n"
    )
    assert [(q.stem, q.choices) for q in document.questions] == [
        ("Mark the spot.", ()),
        ("Which?", ("This", "That")),
        ("Cut", ("Only",)),
    ]
    assert [FindingCode.BROKEN in found for found in codes(document)] == [True, False, True]


def test_choices_without_letters_below_named_questions_are_read_by_their_marks() -> None:
    document = read(
        """
        Question 1:
        Skipped
        What holds water?

        A sieve

        A bucket
        (Correct)

        Explanation
        A sieve has holes.

        Question 2: Incorrect
        Which two float?

        Your answer is incorrect
        Lead

        Correct selection
        Cork

        Correct selection
        Wood
        """
    )
    assert [(q.stem, q.choices, q.key) for q in document.questions] == [
        ("What holds water?", ("A sieve", "A bucket"), (1,)),
        ("Which two float?", ("Lead", "Cork", "Wood"), (1, 2)),
    ]


def test_folded_answers_of_a_markdown_page_are_read() -> None:
    question = only(
        """
        ---
        layout: exam
        ---

        # Practice Exam 1

        1. Which is a fruit?
            - A. Leek.
            - B. Plum.

            <details markdown=1><summary markdown='span'>Answer</summary>
              Correct answer: B
            </details>
        """
    )
    assert (question.line, question.section) == (7, "Practice Exam 1")
    assert (question.choices, question.key, question.explanation) == (("Leek.", "Plum."), (1,), "")


def test_statements_without_choices_are_true_or_false() -> None:
    document = read("1. Cork floats.\nAnswer: True\n2. Lead floats.\nAnswer: false\n3. Straw floats.\nAnswer: True\n")
    assert [(q.stem, q.choices, q.key) for q in document.questions] == [
        ("Cork floats.", ("True", "False"), (0,)),
        ("Lead floats.", ("True", "False"), (1,)),
        ("Straw floats.", ("True", "False"), (0,)),
    ]


def test_code_is_no_structure_and_keeps_its_lines() -> None:
    question = only(
        """
        1. What does this print?

        ```python
        # 2. Nothing?
        A = 1
        print(A)  # Answer: C
        ```

        A. 1

        B.
        ```text
        A
        ```

        Answer: A
        """
    )
    assert question.stem.endswith("print(A)  # Answer: C\n```")
    assert (question.choices, question.key) == (("1", "```text\nA\n```"), (0,))


def test_a_list_inside_one_fence_is_read_as_if_it_had_none() -> None:
    asked = "\n\n".join(f"{n}. Which is {n}?\nA. This\nB. That\nAnswer: B" for n in range(1, 6))
    assert len(read(f"# Quiz\n\n```\n{asked}\n```").questions) == 5


def test_marks_and_an_answer_that_differ_are_a_finding() -> None:
    question = only("1. Which floats?\n- [ ] a. Lead\n- [x] b. Cork\nAnswer: A")
    assert FindingCode.KEY_CONFLICTS_EXPLANATION in question.findings


def test_what_was_taken_for_what_is_told_in_words() -> None:
    document = read("1. Which?\nA. This\nB. That\nAnswer: A\n\n2. Which?\n- [x] This\n- [ ] That")
    assert document.reading == (
        "Questions: numbered (2).",
        "Choices: with letters (1), with boxes (1).",
        "Keys: on a line such as “Answer: B” (1), marked at the choices (1).",
    )


def test_a_number_that_is_missing_is_a_finding_between_its_neighbours() -> None:
    asked = [f"{n}. Which is {n}?\nA. This\nB. That\nAnswer: A" for n in (1, 2, 4, 5, 6, 7, 8)]
    document = read("\n\n".join(asked))
    assert [(found.line, found.code) for found in document.findings] == [(11, FindingCode.LOST_QUESTION)]
    assert not any(question.findings for question in document.questions)


def test_a_question_that_another_has_swallowed_is_a_finding_of_it() -> None:
    document = read("1. Which floats?\nA. Lead\nB. Cork\nAnswer: B\nWho asks?\nA. He\nB. She\nAnswer: A")
    assert [question.key for question in document.questions if not question.findings] in ([], [(1,), (0,)])


@pytest.mark.parametrize(
    "aside",
    [
        "> Compare: which wood sinks?\n>\n> - [ ] oak\n> - [x] ebony",
        "# Plan\n\n- [x] write it\n- [ ] print it\n\n# Quiz",
    ],
)
def test_a_quotation_and_a_list_of_things_to_do_among_numbered_questions_are_doubted(aside: str) -> None:
    boxes = "- [ ] lead\n- [x] cork"
    document = read(f"1. Which of these floats?\n{boxes}\n\n{aside}\n\n2. Which of these burns?\n{boxes}\n")
    assert [FindingCode.SWALLOWED in question.findings for question in document.questions] == [False, True, False]


def test_a_choice_is_no_furniture_whatever_it_says() -> None:
    question = only("1. What ends many pages?\nA. All rights reserved\nB. A list of figures\nAnswer: A\n")
    assert question.choices == ("All rights reserved", "A list of figures")


def test_a_key_without_questions_is_a_document_of_its_own() -> None:
    document = read("Answer Key\n\n1. B\n2. A\n3. D\n", "numbered")
    assert (document.questions, document.roles) == ((), "k.kkk")
