"""The habits of people who write questions down: where stems, choices and keys stand, and what marks them."""

from textwrap import dedent

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import flat, read

FLOATS = ("Which of these floats?", ("lead", "cork", "iron"), (1,))
SINKS = ("Which of these sinks?", ("lead", "cork", "straw"), (0,))

HABITS = {
    "numbered boxes": """
        1. Which of these floats?
           1. [ ] lead
           2. [x] cork
           3. [ ] iron

        2. Which of these sinks?
           1. [x] lead
           2. [ ] cork
           3. [ ] straw
    """,
    "boxes below headings without numbers": """
        # Water

        ### Which of these floats?

        * [ ] lead
        * [x] cork
        * [ ] iron

        ### Which of these sinks?

        * [x] lead
        * [ ] cork
        * [ ] straw
    """,
    "bold key among bullets, answer as text": """
        **Which of these floats?**

        - lead
        - cork
        - iron

        **Answer:** cork

        **Which of these sinks?**

        - lead
        - cork
        - straw

        **Answer:** lead
    """,
    "labels that are none of the text": """
        **Question 1:** Which of these floats?

        **Options:**
        A) lead
        B) cork
        C) iron

        **Correct Answer:** B

        **Question 2:** Which of these sinks?

        **Options:**
        A) lead
        B) cork
        C) straw

        **Correct Answer:** A
    """,
    "question in brackets": """
        [Question 1] Which of these floats?
        a. lead
        b. cork
        c. iron
        [Answer] b

        [Question 2] Which of these sinks?
        a. lead
        b. cork
        c. straw
        [Answer] a
    """,
    "key above the choices": """
        1. Which of these floats?
        Answer: B
        A. lead
        B. cork
        C. iron

        2. Which of these sinks?
        Answer: A
        A. lead
        B. cork
        C. straw
    """,
    "bare letter in details": """
        1. Which of these floats?
        - A: lead
        - B: cork
        - C: iron

        <details>
        <summary>Show answer</summary>

        B

        </details>

        2. Which of these sinks?
        - A: lead
        - B: cork
        - C: straw

        <details>
        <summary>Show answer</summary>

        A

        </details>
    """,
    "key in the summary": """
        1. Which of these floats?
        A. lead
        B. cork
        C. iron
        <details><summary>Answer: B</summary>It is light.</details>

        2. Which of these sinks?
        A. lead
        B. cork
        C. straw
        <details><summary>Answer: A</summary>It is heavy.</details>
    """,
    "bullets that repeat a choice": """
        1. Which of these floats?
        - lead
        - cork
        - iron

        Correct answer:
        - cork

        2. Which of these sinks?
        - lead
        - cork
        - straw

        Correct answer:
        - lead
    """,
    "letter and verdict in a bullet": """
        1. Which of these floats?
        A. lead
        B. cork
        C. iron
        - B - Correct

        2. Which of these sinks?
        A. lead
        B. cork
        C. straw
        - A - Correct
    """,
    "verdicts on lines of their own": """
        1. Which of these floats?
        A. lead
        (Incorrect)
        B. cork
        (Correct)
        C. iron
        (Incorrect)

        2. Which of these sinks?
        A. lead
        (Correct)
        B. cork
        (Incorrect)
        C. straw
        (Incorrect)
    """,
    "prose that says which letter is right": """
        1. Which of these floats?
        A. lead
        B. cork
        C. iron

        Explanation: B is correct because it is light.

        2. Which of these sinks?
        A. lead
        B. cork
        C. straw

        Explanation: Option A is correct because it is heavy.
    """,
    "each choice judged in its explanation": """
        1. Which of these floats?
        A. lead
        B. cork
        C. iron

        Explanation:
        A: Incorrect. It is heavy.
        B: Correct. It is light.
        C: Incorrect. It is heavy, too.

        2. Which of these sinks?
        A. lead
        B. cork
        C. straw

        Explanation:
        A: Correct. It is heavy.
        B: Incorrect. It is light.
        C: Incorrect. It is light, too.
    """,
    "solutions under numbered headings": """
        ## Questions

        1. Which of these floats?
        A. lead
        B. cork
        C. iron

        2. Which of these sinks?
        A. lead
        B. cork
        C. straw

        ## Solutions

        ### 1. B

        ### 2. A
    """,
    "solutions under named headings": """
        ## Question 1
        Which of these floats?
        A. lead
        B. cork
        C. iron

        ## Question 2
        Which of these sinks?
        A. lead
        B. cork
        C. straw

        # Answers

        ## Question 1
        B

        ## Question 2
        A
    """,
    "key list at the start": """
        Answers: 1. B  2. A

        1. Which of these floats?
        A. lead
        B. cork
        C. iron

        2. Which of these sinks?
        A. lead
        B. cork
        C. straw
    """,
    "callouts": """
        > [!question] Which of these floats?
        > - [ ] lead
        > - [x] cork
        > - [ ] iron

        > [!question] Which of these sinks?
        > - [x] lead
        > - [ ] cork
        > - [ ] straw
    """,
    "callout with a folded answer": """
        > [!question] Which of these floats?
        > A. lead
        > B. cork
        > C. iron
        >
        > > [!success]- Answer
        > > B

        > [!question] Which of these sinks?
        > A. lead
        > B. cork
        > C. straw
        >
        > > [!success]- Answer
        > > A
    """,
    "an outline": """
        - Which of these floats?
          - A) lead
          - B) cork
          - C) iron
          - Answer: B
        - Which of these sinks?
          - A) lead
          - B) cork
          - C) straw
          - Answer: A
    """,
    "references listed below a choice": """
        1. Which of these floats?
        - [ ] lead
        - [x] cork
          - see the book, page 3
        - [ ] iron

        2. Which of these sinks?
        - [x] lead
          - see the book, page 4
        - [ ] cork
        - [ ] straw
    """,
    "stars before the right ones": """
        1. Which of these floats?
        a) lead
        *b) cork
        c) iron

        2. Which of these sinks?
        *a) lead
        b) cork
        c) straw
    """,
    "one letter in brackets before the stem": """
        1. (B) Which of these floats?
        A. lead
        B. cork
        C. iron

        2. (A) Which of these sinks?
        A. lead
        B. cork
        C. straw
    """,
    "full-width letters": """
        1． Which of these floats?
        Ａ． lead
        Ｂ． cork
        Ｃ． iron
        Answer: Ｂ

        2． Which of these sinks?
        Ａ． lead
        Ｂ． cork
        Ｃ． straw
        Answer: Ａ
    """,
    "circled numbers": """
        1. Which of these floats?
        ① lead
        ② cork
        ③ iron
        Answer: ②

        2. Which of these sinks?
        ① lead
        ② cork
        ③ straw
        Answer: ①
    """,
    "choices numbered with brackets below a named question": """
        Question 1
        Which of these floats?
        1) lead
        2) cork
        3) iron
        Correct answer: 2

        Question 2
        Which of these sinks?
        1) lead
        2) cork
        3) straw
        Correct answer: 1
    """,
    "a table of answers with text": """
        1. Which of these floats?
        A. lead
        B. cork
        C. iron

        2. Which of these sinks?
        A. lead
        B. cork
        C. straw

        | # | Answer | Why |
        |---|--------|-----|
        | 1 | B | light |
        | 2 | A | heavy |
    """,
    "one question in a paragraph, letters in a row": """
        1. Which of these floats? (A) lead (B) cork (C) iron
        Answer: B

        2. Which of these sinks? (A) lead (B) cork (C) straw
        Answer: A
    """,
    "lines without marks that an answer names": """
        1) Which of these floats?
        lead
        cork
        iron
        Answer: cork

        2) Which of these sinks?
        lead
        cork
        straw
        Answer: lead
    """,
    "correct option behind an arrow": """
        Q1: Which of these floats?
        A: lead
        B: cork
        C: iron
        => B

        Q2: Which of these sinks?
        A: lead
        B: cork
        C: straw
        => A
    """,
}


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_read(habit: str) -> None:
    document = read(HABITS[habit])
    assert [(flat(q.stem), q.choices, q.key) for q in document.questions] == [FLOATS, SINKS]
    assert not [found for found in document.findings if found.code is not FindingCode.PAGE_FURNITURE]


def test_habits_mix_in_one_file() -> None:
    mixed = ["numbered boxes", "key above the choices", "bullets that repeat a choice", "stars before the right ones"]
    texts = [dedent(HABITS[habit]).strip() for habit in mixed]
    document = read("\n\n".join(texts))
    assert [(flat(q.stem), q.choices, q.key) for q in document.questions] == [FLOATS, SINKS] * 4
