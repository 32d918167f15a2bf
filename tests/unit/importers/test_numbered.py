"""Exam dumps and question banks: every way of numbering, lettering, keying and wrapping that was met."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.reading import codes, flat, only, read


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
        ("The correct answer is D.", (3,)),
        ("Correct option: Option C", (2,)),
        ("**Answer:** B", (1,)),
        ("Answer: B. Thin ice", (1,)),
        ("Answer: thin ice", (1,)),
        ("Answer: Snow; Hail", (0, 2)),
        ("Answer\nB", (1,)),
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


def test_a_numbered_list_in_prose_is_no_question() -> None:
    document = read(
        """
        # Baking

        How do you bake bread?

        1. Mix flour and water.

        2. Wait for a night.

        # Quiz

        1. What makes dough rise?
        A. Yeast
        B. Salt
        """
    )
    assert [(question.line, question.section) for question in document.questions] == [(11, "Quiz")]
    assert [(note.line, note.heading) for note in document.notes] == [(1, "Baking")]


@pytest.mark.parametrize("chapter", ["=====\n2\n=====", "## 2", "***** 2", "Chapter 2: Rivers", "2", "RIVERS"])
def test_numbering_that_begins_anew_is_another_section(chapter: str) -> None:
    document = read(
        f"# Lakes\n\n1. Which is deepest?\nA. Baikal\nB. Erie\n\n2. Which is salty?\nA. Erie\nB. Van\n\n{chapter}\n\n"
        "1. Which is longest?\nA. Nile\nB. Rhine\n"
    )
    sections = [question.section for question in document.questions]
    assert sections[:2] == ["Lakes", "Lakes"]
    assert sections[2] in {"2", "Chapter 2: Rivers", "RIVERS"}
    assert document.questions[1].choices == ("Erie", "Van")


def test_page_furniture_is_left_out_even_from_code() -> None:
    document = read(
        """
        1. What is missing in this call?

        connect(
          host,
        Review Questions 141
          port,
        )

        A. A user
        B. Nothing
        142 Chapter 7 ■ Networks
        C. A path

        Page 12 of 90
        Popular posts
        """
    )
    question = document.questions[0]
    assert "Review" not in question.stem
    assert question.choices == ("A user", "Nothing", "A path")
    assert FindingCode.PAGE_FURNITURE in question.findings
    assert [finding.line for finding in document.findings if finding.code is FindingCode.PAGE_FURNITURE] == [
        5,
        11,
        14,
        15,
    ]


def test_promotion_between_questions_is_left_out() -> None:
    document = read(
        """
        1. Which is odd?
        A. 2
        B. 3
        Answer: B
        Explanation: Two divides it not.

        Visit www.example.com and download our full PDF dumps, guaranteed!

        2. Which is even?
        A. 2
        B. 3
        Answer: A
        """
    )
    assert [question.explanation for question in document.questions] == ["Two divides it not.", ""]


def test_a_heading_below_an_explanation_is_none_of_it() -> None:
    document = read(
        """
        1. Which is odd?
        A. 2
        B. 3
        Answer: B
        Explanation: Two does not divide it.

        Even Numbers

        1. Which is even?
        A. 2
        B. 3
        Answer: A
        """
    )
    assert [question.section for question in document.questions] == [None, "Even Numbers"]
    assert document.questions[0].explanation == "Two does not divide it."


def test_an_answer_key_at_the_end_is_given_to_its_questions() -> None:
    document = read(
        """
        1. First?
        a) x
        b) y
        2. Second?
        a) x
        b) y
        c) z

        Answer Key
        1. b  2. a, c
        """
    )
    assert [question.key for question in document.questions] == [(1,), (0, 2)]
    assert not document.notes


def test_an_answer_key_with_chapters_and_reasons_finds_its_questions() -> None:
    document = read(
        """
        Chapter 1: Stars

        1. Which is nearest?
        A. Sun
        B. Vega

        Chapter 2: Planets

        1. Which is largest?
        A. Mars
        B. Jupiter

        Answers to Review Questions
        Chapter 1
        1. A. It is eight light
        minutes away.
        Chapter 2
        1. B. No other comes close.
        """
    )
    assert [(q.section, q.key, flat(q.explanation)) for q in document.questions] == [
        ("Chapter 1: Stars", (0,), "It is eight light minutes away."),
        ("Chapter 2: Planets", (1,), "No other comes close."),
    ]


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


def test_text_below_the_last_question_is_a_note() -> None:
    document = read(
        """
        1. Which is a tool?
        A. A saw.
        B. A song.

        - A saw has teeth. Which of the following has none?
        That is left open.
        """
    )
    assert document.questions[0].choices == ("A saw.", "A song.")
    assert [(note.line, note.heading) for note in document.notes] == [(5, "")]
    assert [f.line for f in document.findings if f.code is FindingCode.BROKEN] == [5]
