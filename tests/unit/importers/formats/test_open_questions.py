"""Questions without choices: their answers are typed or, if they are long, on the backs of cards."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import codes, read, taken

BROKEN = FindingCode.BROKEN
_LETTERED = "1. Which metal floats on water?\nA. Lead\nB. Sodium\nAnswer: B\n\n"


def test_questions_of_all_kinds_stand_in_one_file() -> None:
    document = read(
        """
        1. Which metal floats on water?
        A. Lead
        B. Sodium
        Answer: B

        2. What is the capital of Peru?
        Answer: Lima

        3. The largest ocean is the ________.
        Answer: Pacific

        4. How heavy was it?
        Answer: 3.5 kg

        5. Cork floats. (True/False)
        Answer: True

        6. Why do plants need light?
        Answer: They make sugar from water and air
        with it.

        They need little of it.
        Explanation: This is called photosynthesis.
        """
    )
    assert taken(document)[1:] == [
        ("short", "What is the capital of Peru?", "Lima"),
        ("blanks", "The largest ocean is the ____.", "Pacific"),
        ("number", "How heavy was it?", "3.5"),
        ("choice", "Cork floats.", "0"),
        (
            "card",
            "Why do plants need light?",
            "They make sugar from water and air with it.\n\nThey need little of it.",
        ),
    ]
    assert document.questions[3].unit == "kg"
    assert document.questions[5].explanation == "This is called photosynthesis."
    assert not document.findings


def test_a_file_may_have_no_choices_at_all() -> None:
    document = read(
        "1. Name the river that\n   flows through Cairo.\nAnswer: Nile\n\n2. Who wrote it?\nAnswer: Homer\n"
    )
    assert taken(document) == [
        ("short", "Name the river that flows through Cairo.", "Nile"),
        ("short", "Who wrote it?", "Homer"),
    ]


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("Marie Curie or Pierre Curie", ["Marie Curie or Pierre Curie", "Marie Curie", "Pierre Curie"]),
        ("Marie Curie / Pierre Curie", ["Marie Curie / Pierre Curie", "Marie Curie", "Pierre Curie"]),
        ("Ana oder Eva", ["Ana oder Eva", "Ana", "Eva"]),
        ("Lima (Peru)", ["Lima (Peru)", "Lima"]),
        ("**Lima**.", ["Lima"]),
        ("14 July 1789", ["14 July 1789"]),
        ("O(log n)", ["O(log n)"]),
        ("384.400 km", ["384.400 km"]),
        ("Bay of Pigs", ["Bay of Pigs"]),
        ("Pedro o Grande", ["Pedro o Grande"]),
        ("km/h", ["km/h"]),
    ],
)
def test_every_spelling_of_an_answer_counts(answer: str, accepted: list[str]) -> None:
    document = read(f"{_LETTERED}2. What is asked here?\nAnswer: {answer}\n")
    assert [*map(str, document.questions[1].accepted)] == accepted


@pytest.mark.parametrize(
    ("answer", "unit"),
    [("5 metres", "metres"), ("5kg", "kg"), ("5%", "%"), ("5 °C", "°C"), ("5G", ""), ("5th", ""), ("5 pm", "")],
)
def test_a_number_has_a_unit_that_is_apart_or_has_two_letters(answer: str, unit: str) -> None:
    question = read(f"{_LETTERED}2. What is asked here?\nAnswer: {answer}\n").questions[1]
    assert (question.kind, question.unit) == (("number", unit) if unit else ("short", ""))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which of the following floats?", "Cork"),
        ("Welche der folgenden Sachen schwimmt?", "Kork"),
        ("下列哪个会浮？", "软木"),
        ("Which metal is liquid?", "B"),
        ("Which metal is liquid?", "B, D"),
        ("Which metal is liquid?", "B. Mercury"),
        ("Which metals are heavy?", "All of the above"),
        ("Which metal is liquid?", "Mercury (Option 2)"),
        ("Which metals are heavy?", "Both A and B"),
        ("Which metals are heavy?", "Only A, C"),
        ("Which metal is liquid?\nIron   Mercury   Lead", "Mercury"),
        ("Which metal is liquid? Iron / Mercury / Lead", "Mercury"),
        ("Which metal is liquid?\nMercury", "Mercury"),
        ("Which metal is liquid?\n\n    1.it is tin\n    2.it is lead", "it is tin"),
        ("Which two metals are liquid? (Choose two.)", "Mercury and gallium"),
    ],
)
def test_a_question_that_may_have_lost_its_choices_is_told(question: str, answer: str) -> None:
    document = read(f"{_LETTERED}2. {question}\nAnswer: {answer}\n")
    assert document.questions[1].kind == "choice"
    assert BROKEN in codes(document)[1]


@pytest.mark.parametrize(
    "question",
    [
        "Mercury is heavy.\nWhich metal is liquid?",
        "Is Mercury or iron liquid?",
        "Mercury is heavy. Which metal is liquid",
        "Which metal is liquid?\nThink of Mercury.",
        "Look at this.\n_____ is a metal, not lead or Mercury",
    ],
)
def test_an_answer_may_stand_in_the_text_of_its_question(question: str) -> None:
    document = read(f"{_LETTERED}2. {question}\nAnswer: Mercury\n")
    assert document.questions[1].accepted


@pytest.mark.parametrize(
    "answer",
    ["Answers may vary.", "see page 12", "(2 marks)", "Resposta pessoal", "略", "Siehe S. 7", "Student’s own answer"],
)
def test_what_stands_in_place_of_an_answer_is_none(answer: str) -> None:
    document = read(f"{_LETTERED}2. Describe the place.\nAnswer: {answer}\n")
    assert BROKEN in codes(document)[1]
    assert not document.questions[1].back


@pytest.mark.parametrize(("other", "is_told"), [("4", True), ("Cork", False)])
def test_a_digit_may_be_the_label_of_a_lost_choice_if_no_answer_is_a_text(other: str, is_told: bool) -> None:
    document = read(f"1. Which number is prime?\nAnswer: 3\n\n2. What is light?\nAnswer: {other}\n")
    assert (BROKEN in codes(document)[0]) is is_told


def test_a_list_that_answers_is_the_back_of_a_card() -> None:
    document = read(
        """
        1. Name two gases.
        Answer:
        - helium
        - neon

        2. How do you boil an egg?
        Answer:
        1. Heat the water.

        2. Put the egg into it.
        """
    )
    assert [back for _kind, _stem, back in taken(document)] == [
        "- helium\n- neon",
        "1. Heat the water.\n\n2. Put the egg into it.",
    ]


@pytest.mark.parametrize(
    ("below", "kind"),
    [
        ("Choose the right word.", "short"),
        ("Read the text below\nand answer the questions.", "short"),
        ("neon", "card"),
        ("- It flies.\n- It burns.", "card"),
        ("and everything like it.", "card"),
    ],
)
def test_sentences_below_a_short_answer_are_no_part_of_it(below: str, kind: str) -> None:
    document = read(f"1. Which gas is light?\nAnswer: Helium\n{below}\n2. What melts at 0 degrees?\nAnswer: Ice\n")
    assert [question.kind for question in document.questions] == [kind, "short"]


@pytest.mark.parametrize("answer", ["Mercury", "It takes a metal that is already a liquid at room temperature."])
@pytest.mark.parametrize("below", ["Marks: 2\nDifficulty: easy", "\nPTS: 1 DIF: Easy", "Quelle: Seite 3"])
def test_points_and_sources_below_an_answer_are_no_part_of_it(answer: str, below: str) -> None:
    document = read(f"1. How do thermometers work?\nAnswer: {answer}\n{below}\n\n2. What melts?\nAnswer: Ice\n")
    assert [told for _kind, _stem, told in taken(document)] == [answer, "Ice"]


def test_what_stands_below_a_short_answer_of_a_pair_is_apart() -> None:
    document = read(
        "Q: Who owns it?\nA: Ben\n\nNext steps\n1. Ship it.\n\n"
        "Q: Who buys it?\nA: Eva\nShe pays.\n\nQ: Is it old?\nA: True\nVery.\n"
    )
    assert taken(document) == [
        ("short", "Who owns it?", "Ben"),
        ("short", "Who buys it?", "Eva"),
        ("choice", "Is it old?", "0"),
    ]
    assert [question.explanation for question in document.questions] == ["", "She pays.", "Very."]


def test_an_answer_that_seems_to_go_on_as_another_question_is_told() -> None:
    document = read(
        f"{_LETTERED}## 2. How are pages built?\n\n**Answer:**\nThere are two ways to do it.\n\n"
        "*   **On a server?**\n    *   **Fast:** the first page\n    *   **Simple:** no code elsewhere\n"
        "*   **In a browser?**\n    *   **Slow:** the first page\n    *   **Smooth:** all others\n"
    )
    assert len(document.questions) > 2
    assert not document.questions[1].back
    assert BROKEN in codes(document)[1]


def test_an_answer_that_is_cut_off_is_told_of() -> None:
    document = read(
        "1. What is ice?\nAnswer: It is one of these:\n\n---\n\nfrozen water\n\n2. What is it like?\nAnswer: cold\n"
    )
    assert [BROKEN in found for found in codes(document)] == [True, False]


def test_a_folded_answer_keeps_its_paragraphs() -> None:
    document = read(
        """
        **Q1: What is a cloud?**
        <details>
        <summary>Answer</summary>

        **Somebody else's** machine:

        - rented by the hour
        - far away
        </details>

        **Q2: Who runs it?**
        <details>
        <summary>Answer</summary>

        Its owner
        </details>
        """
    )
    assert taken(document) == [
        ("card", "What is a cloud?", "**Somebody else's** machine:\n\n- rented by the hour\n- far away"),
        ("short", "Who runs it?", "Its owner"),
    ]


def test_pairs_of_q_and_a_are_read() -> None:
    document = read(
        """
        Q: What is a closure?
        A: A function together with the variables around it.
        It keeps them alive.

        More on it later.

        ---

        Q: Name the largest ocean.
        A: The Pacific

        Q: Is ice heavier than water?
        A: False

        Q: Which metal is liquid?
        A: B
        """
    )
    assert taken(document)[:3] == [
        (
            "card",
            "What is a closure?",
            "A function together with the variables around it. It keeps them alive.\n\nMore on it later.",
        ),
        ("short", "Name the largest ocean.", "The Pacific"),
        ("choice", "Is ice heavier than water?", "1"),
    ]
    assert BROKEN in codes(document)[3]


@pytest.mark.parametrize("answer", ["(Lima)", "[Lima]", "**Lima**", ">!Lima!<"])
def test_answers_may_stand_behind_all_questions(answer: str) -> None:
    told = {
        "What is the capital of Peru?": "Lima",
        "What is the capital of Chile?": "Santiago",
        "Which ocean is the largest?": "The Pacific",
        "Which metal is liquid?": "mercury",
        "Who found radium?": "Marie Curie",
    }
    lines = [f"{at}. {one} {answer.replace('Lima', told[one])}" for at, one in enumerate(told, start=1)]
    assert taken(read("\n".join(lines))) == [("short", *pair) for pair in told.items()]


@pytest.mark.parametrize("worth", [("(2 marks)", "(3 marks)", "(5 marks)"), ("(easy)", "(easy)", "(hard)")])
def test_what_a_question_is_worth_is_no_answer(worth: tuple[str, ...]) -> None:
    asked = ("What is a gas?", "What is a salt?", "What is an acid?")
    document = read("\n".join(f"{at}. {one} {worth[at - 1]}" for at, one in enumerate(asked, start=1)))
    assert not any(question.accepted for question in document.questions)


@pytest.mark.parametrize("answer", ["**Lima**", ">!Lima!<"])
def test_three_bold_or_hidden_answers_are_enough(answer: str) -> None:
    asked = ("What is the capital of Peru?", "Which city is large?", "Which city is foggy?")
    document = read("\n".join(f"{at}. {one} {answer.replace('L', 'L' * at)}" for at, one in enumerate(asked, start=1)))
    assert [answer for _kind, _stem, answer in taken(document)] == ["Lima", "LLima", "LLLima"]


@pytest.mark.parametrize(
    "questions",
    [
        ("What is a gas? (Amazon)", "What is a salt? (Google)", "What is an acid? (Apple)"),
        (
            "Is it iron? (yes/no)",
            "Is it tin? (tick or cross)",
            "Is it lead? (y / n)",
            "Who? (he/she)",
            "Ice? (hot/cold)",
        ),
        tuple(f"What ____ they ____ then? ({word})" for word in ("do", "see", "eat", "say", "buy")),
    ],
)
def test_hints_in_brackets_are_no_answers(questions: tuple[str, ...]) -> None:
    document = read("\n".join(f"{at}. {one}" for at, one in enumerate(questions, start=1)))
    assert not any(question.accepted for question in document.questions)


def test_a_hidden_letter_is_the_answer() -> None:
    document = read(
        "**Q1.** Which floats?\n\nA) Lead\nB) Cork\n\n>!B!<\n\n**Q2.** Which sinks?\n\nA) Lead\nB) Cork\n\n>!A!<\n"
    )
    assert [question.key for question in document.questions] == [(1,), (0,)]


@pytest.mark.parametrize(("asked", "label"), [("{}. ", "Answer"), ("Q: ", "A")])
def test_a_second_answer_is_told(asked: str, label: str) -> None:
    stems = ("Which port is it?", "Which lake is it?", "Which river is it?")
    first, *others = (f"{asked.format(n)}{stem}\n{label}: Lima {n}\n" for n, stem in enumerate(stems, start=1))
    document = read("\n".join([f"{first}{label}: Callao\n", *others]))
    assert [question.stem for question in document.questions if question.accepted] == [*stems[1:]]
    assert document.findings
