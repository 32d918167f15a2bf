"""Where the parts of one question stand, each below a word of its own: none of them is lost or taken for another."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import codes, only, read


@pytest.mark.parametrize(
    ("asked", "stem"),
    [
        (
            "**Scenario:** A boat lies too deep.\n\n**Question:** What helps?",
            "**Scenario:** A boat lies too deep.\n\nWhat helps?",
        ),
        (
            "### Scenario\nA boat lies too deep.\n\n### Question\nWhat helps?",
            "**Scenario** A boat lies too deep.\n\nWhat helps?",
        ),
        ("Ein Boot liegt zu tief.\n\n**Frage:**\nWas hilft?", "Ein Boot liegt zu tief.\n\nWas hilft?"),
    ],
)
def test_what_a_numbered_question_is_about_stands_above_a_line_that_asks(asked: str, stem: str) -> None:
    document = read(
        f"## Question 1\n\n{asked}\n\n- A) Less freight\n- B) More freight\n\n**Answer:** A\n\n"
        "## Question 2\n\nQuestion:\nWhat floats?\n\n- A) Lead\n- B) Cork\n\n**Answer:** B\n"
    )
    assert [(q.stem, q.key) for q in document.questions] == [(stem, (0,)), ("What floats?", (1,))]
    assert not document.findings


def test_a_line_that_asks_below_the_choices_of_a_numbered_question_begins_another_one() -> None:
    document = read(
        """
        Question 1
        What floats?
        A. Lead
        B. Cork

        Question: What sinks?
        A. Lead
        B. Cork
        Answer: A
        """
    )
    assert [question.stem for question in document.questions] == ["What floats?", "What sinks?"]


@pytest.mark.parametrize("above", ["\nTopic: water", " - Cork\n\n**Rating:** 9/10\n**Domain:** Water (1.2)\n"])
def test_titles_and_fields_above_the_question_are_none_of_it(above: str) -> None:
    question = only(f"## Question 3{above}\n\n### Question:\nWhat floats?\nA. Lead\nB. Cork\nAnswer: B")
    assert question.stem == "What floats?"


@pytest.mark.parametrize(
    "opening",
    [
        "Question 1: Ann has 3 boats and Bob has 4\nQuestion: How many have both?",
        "Frage 1: Ann hat 3 Boote und Bob hat 4\nFrage: Wie viele haben beide?",
        "## Question 1\n\nGiven: 3 boats and 4 boats\n\n**Question:** How many are both?",
        "## Question 1\n\nBoats: 3 on the lake\n\nShips: 4 at sea\n\n**Question:** How many are there?",
    ],
)
def test_a_title_or_field_that_may_be_the_premise_is_told_of(opening: str) -> None:
    assert only(f"{opening}\nA) 7\nB) 8\nAnswer: A").findings == (FindingCode.LOST_QUESTION,)


@pytest.mark.parametrize("above", ["\nTopic: water", " (2 points)\n**Difficulty:** easy"])
def test_fields_that_question_banks_print_need_no_doubt(above: str) -> None:
    assert not only(f"## Question 3{above}\n\n### Question:\nWhat floats?\nA. Lead\nB. Cork\nAnswer: B").findings


@pytest.mark.parametrize(
    "opening",
    [
        "### Question 1 (3 points)\n",
        "**Question 1 (0.5 pts):** ",
        "### Question 1 of 9 [2 marks]\n",
        "#### Frage 1 [1 Punkt]\n",
        "Domanda 1 (2,5 punti)\n",
        "1. [2 marks] ",
        "1) (1 punto) ",
    ],
)
def test_what_a_question_is_worth_is_none_of_its_stem(opening: str) -> None:
    assert only(f"{opening}What floats?\nA. Lead\nB. Cork\nAnswer: B").stem == "What floats?"


def test_a_rule_below_the_first_line_of_a_stem_goes_and_a_fence_stays() -> None:
    assert only("1. What floats?\n-----\nA. Lead\nB. Cork\nAnswer: B").stem == "What floats?"
    question = only("1. What does it print?\n~~~\nprint(1)\n~~~\nA. 1\nB. 2\nAnswer: A")
    assert question.stem == "What does it print?\n\n~~~\nprint(1)\n~~~"


@pytest.mark.parametrize(
    ("answer", "key", "explanation"),
    [
        ("Answer:\nB. Because it is full of air.", (1,), "Because it is full of air."),
        ("**Answer**\n\n- **b) Cork** - it is full of air", (1,), "Cork - it is full of air"),
        ("Answer:\n- B) Cork\n- C) Pine, since wood floats", (1, 2), "Pine, since wood floats"),
        ("<details>\n<summary>Answer</summary>\n<b>B) Cork</b> – a bark\n</details>", (1,), "Cork – a bark"),
    ],
)
def test_what_an_announced_answer_says_besides_its_choice_explains_it(
    answer: str, key: tuple[int, ...], explanation: str
) -> None:
    question = only(f"1. What floats?\nA. Lead\nB. Cork\nC. Pine\n\n{answer}")
    assert (question.key, question.explanation) == (key, explanation)
    assert not question.findings


def test_an_announced_answer_whose_letter_and_text_are_of_two_choices_is_doubted() -> None:
    document = read("1. What floats?\nA. Lead\nB. Cork\n\nAnswer:\nB) Lead")
    assert codes(document) == [[FindingCode.KEY_NOT_A_CHOICE]]


@pytest.mark.parametrize("cover", ["Visa svar", "🔑 Click here", "Antwort und Erklärung"])
def test_the_line_that_shows_while_an_answer_is_folded_away_explains_nothing(cover: str) -> None:
    question = only(
        f"1. What floats?\nA. Lead\nB. Cork\n\n<details>\n<summary>{cover}</summary>\n\n"
        "**Correct answer: B**\n\nIt is light.\n</details>\n"
    )
    assert (question.key, question.explanation) == ((1,), "It is light.")


def test_the_line_above_folded_text_without_an_answer_is_kept() -> None:
    question = only(
        "1. What floats?\nA. Lead\nB. Cork ✓\n\n<details>\n<summary>Why cork?</summary>\nIt is light.\n</details>"
    )
    assert question.explanation == "Why cork? It is light."


@pytest.mark.parametrize(
    "answer",
    ["Respuesta correcta: B", "Réponse : B", "Richtige Antwort: B.", "Correct answer: B", "(Risposta: B)", "[Ans: B]"],
)
def test_the_answer_at_the_end_of_a_question_on_one_line_is_read_in_many_languages(answer: str) -> None:
    question = only(f"1. What floats? A) Lead. B) Cork. C) Iron. {answer}")
    assert (question.choices, question.key) == (("Lead.", "Cork.", "Iron."), (1,))
    assert not question.findings


def test_a_choice_that_ends_in_a_colon_and_a_letter_gives_no_answer() -> None:
    question = only("1. What is shown?\nA. The unit of charge: C\nB. The name of a drive: D\nAnswer: A")
    assert (question.choices, question.key) == (("The unit of charge: C", "The name of a drive: D"), (0,))


@pytest.mark.parametrize(
    "choices",
    [
        ("to the left: A", "on the right: A"),
        ("Up: A", "Left: A, right: B"),
        ("Die erste Lösung: A", "Die zweite Lösung: B"),
        ("Press the key: V", "See the solution: A"),
    ],
)
def test_a_choice_that_ends_in_a_word_for_what_is_right_and_a_letter_gives_no_answer(choices: tuple[str, str]) -> None:
    question = only(f"1. Which is it?\nA) {choices[0]}\nB) {choices[1]}\nAnswer: A")
    assert (question.choices, question.key) == (choices, (0,))


@pytest.mark.parametrize(
    "table",
    [
        "| Choice | Yours |\n|---|---|\n| A) Lead | |\n| B) Cork | |\n| C) Iron | |",
        "| | |\n|---|---|\n| A. Lead | B. Cork |\n| C. Iron | |",
        "| (a) Lead | (c) Iron |\n|:--|:--|\n| (b) Cork | |",
    ],
)
def test_choices_in_the_cells_of_a_table_are_read(table: str) -> None:
    question = only(f"## Question 1\n\nWhat floats?\n\n{table}\n\n**Correct answer: B**\n")
    assert (question.stem, question.choices, question.key) == ("What floats?", ("Lead", "Cork", "Iron"), (1,))


@pytest.mark.parametrize(
    "table", ["| Part | Cost |\n|---|---|\n| A | 3 |\n| B | 4 |", "| A. Lead | D. Zinc |\n| - | - |"]
)
def test_a_table_of_other_things_stays_in_the_stem(table: str) -> None:
    question = only(f"1. What is cheaper?\n\n{table}\n\nA. Lead\nB. Cork\nAnswer: B\n")
    assert question.stem == f"What is cheaper?\n\n{table}"


def test_the_working_right_below_an_answer_is_no_second_answer() -> None:
    question = only("1. Kolik je 2 + 2?\na) 3  b) 4\n**Správná odpověď: b) 4**\nŘešení: 2 + 2 = 1 + 3 = 4")
    assert (question.key, question.explanation) == ((1,), "Řešení: 2 + 2 = 1 + 3 = 4")
    assert not question.findings


@pytest.mark.parametrize(
    "second", ["Answer: A", "Answer: lead", "Answer: A) Lead", "It is light.\nAnswer: none of them"]
)
def test_a_second_answer_is_doubted(second: str) -> None:
    assert FindingCode.SWALLOWED in only(f"1. What floats?\nA. Lead\nB. Cork\nAnswer: B\n{second}").findings


LISTS = "List-I\nA. Cork\nB. Lead\nList-II\n1. sinks\n2. floats\nCodes:\nA B\n(a) 1 2\n(b) 2 1"


@pytest.mark.parametrize(
    "lists",
    [
        LISTS,
        LISTS.replace("List-I", "**List I**").replace("**List I**I", "**List II**"),
        LISTS.replace("List-II", "Column B").replace("List-I", "Column A"),
        "Group P | Group Q\nA. Cork     1. sinks\nB. Lead     2. floats\nGroup Q\n(a) 1 2\n(b) 2 1",
    ],
)
def test_lists_to_match_are_part_of_the_stem(lists: str) -> None:
    document = read(f"1. Match the words:\n{lists}\nAns. (b)\n\n2. What floats?\n(a) Lead\n(b) Cork\nAns. (b)")
    assert [(question.choices, question.key) for question in document.questions] == [
        (("1 2", "2 1"), (1,)),
        (("Lead", "Cork"), (1,)),
    ]
    assert not document.findings
    assert {"Cork", "Lead", "sinks", "floats"} <= {*document.questions[0].stem.replace("\n", " ").split()}


def test_groups_of_questions_are_no_lists_to_match() -> None:
    document = read(
        "Group A\n1. What floats?\nA. Lead\nB. Cork\nAnswer: B\nGroup B\n2. What sinks?\nA. Lead\nB. Cork\nAnswer: A"
    )
    assert [question.key for question in document.questions] == [(1,), (0,)]


@pytest.mark.parametrize(
    "chapters",
    ["# List 1/# List 2", "List 1: Bark/List 2: Metal", "# List A/# List B", "Match!\n\n# List I/# List II"],
)
def test_chapters_called_lists_are_no_lists_to_match(chapters: str) -> None:
    first, second = chapters.split("/")
    document = read(
        f"{first}\n\n1. What floats?\nA) Lead\nB) Cork\n\n{second}\n\n2. What sinks?\nA) Lead\nB) Cork\n\n"
        "Answer key\n1. B\n2. A"
    )
    assert [question.key for question in document.questions] == [(1,), (0,)]


def test_what_asks_below_both_lists_to_match_belongs_to_the_stem() -> None:
    question = only(f"1. Match the words:\n{LISTS.replace('Codes:', 'Which codes are right?')}\nAns. (b)")
    assert (question.choices, question.key) == (("1 2", "2 1"), (1,))


def test_numbers_that_start_again_right_below_choices_without_an_answer_are_doubted() -> None:
    document = read(
        "7. Put these together:\nA. Cork\nB. Lead\n1. It sinks.\n2. It floats.\n(a) A1, B2\n(b) A2, B1\nAnswer: b\n\n"
        "8. What floats?\n(a) Lead\n(b) Cork\nAnswer: b"
    )
    assert all(question.findings for question in document.questions[:-1])


@pytest.mark.parametrize("opening", ["### 🧠 Question 1\n", "🧪 **Question 1:** ", "## ❓ Frage 1\n\n", "🔥 Q1. "])
def test_a_picture_before_the_number_of_a_question_is_none_of_its_stem(opening: str) -> None:
    assert only(f"{opening}What floats?\nA. Lead\nB. Cork\nAnswer: B").stem == "What floats?"


@pytest.mark.parametrize("jump", ["**[⬆ Back to Top](#table-of-contents)**", "[zurück](#anfang)"])
def test_a_link_to_another_place_on_the_page_is_neither_choice_nor_heading(jump: str) -> None:
    document = read(
        f"### 1. What floats best?\n\nCork, of course.\n\n{jump}\n\n"
        f"### 2. What floats?\n\nA. Lead\nB. Cork\n\nAnswer: B\n\n{jump}\n\n"
        f"### 3. What sinks?\n\nA. Lead\nB. Cork\n\nAnswer: A\n"
    )
    assert [(q.choices, q.key, q.section) for q in document.questions] == [
        ((), (), None),
        (("Lead", "Cork"), (1,), None),
        (("Lead", "Cork"), (0,), None),
    ]


def test_a_list_right_below_what_asks_about_it_belongs_to_the_stem() -> None:
    question = only("1.\t\nWhich are true?\n1.Cork floats.\n2.Lead sinks.\n3.Iron floats.\nA.\t1, 2\nB.\t3\nAnswer: A")
    assert question.stem.startswith("Which are true?")
    assert (question.choices, question.key) == (("1, 2", "3"), (0,))


@pytest.mark.parametrize(
    "first",
    ["What is the name\nof a bark?\nA. Cork\nB. Lead", "Which is a bark?\n- Cork\n- Lead", "A bark is\n- Cork\n- Lead"],
)
def test_a_title_that_asks_takes_no_question_into_a_list(first: str) -> None:
    document = read(
        f"How much do you know?\n1. {first}\nAnswer: Cork\n2. Which is a metal?\nA. Cork\nB. Lead\nAnswer: Lead"
    )
    assert [question.key for question in document.questions] == [(0,), (1,)]
    assert not any("How much" in question.stem or "2." in question.stem for question in document.questions)


def test_a_list_below_what_asks_in_arabic_belongs_to_the_stem() -> None:
    question = only("1. أي منها صحيح؟\n1. الفلين يطفو.\n2. الرصاص يغرق.\n3. الحديد يطفو.\nA. 1, 2\nB. 3\nAnswer: A")
    assert (question.choices, question.key) == (("1, 2", "3"), (0,))


def test_statements_judged_in_bold_type_are_told_of_where_they_are_lost() -> None:
    document = read("1. Cork floats. **T**\n2. Lead floats. **F**\n\n3. What sinks?\na. Lead\n**b. Cork**\nc. Tin")
    assert [finding.line for finding in document.findings if finding.code is FindingCode.LOST_QUESTION] == [1, 2]


@pytest.mark.parametrize("answer", ["The **Answer : Option b**", "Die **richtige Antwort: B**", "La **respuesta:** b"])
def test_an_article_may_stand_before_an_answer_in_bold_type(answer: str) -> None:
    assert only(f"1. What floats?\na. Lead\nb. Cork\n\n{answer}").key == (1,)


def test_a_part_above_what_asks_is_told_of_where_no_number_says_that_both_are_one_question() -> None:
    section = (
        "## {}\n\n### Scenario\nA boat lies too deep.\n\n### Question\n{}\n\n### Options\n- A) Lead\n- B) Cork\n\n"
    )
    sections = [
        section.format(*texts) + "### Correct answer: B\n\n" for texts in (("Boats", "Why?"), ("Ships", "How?"))
    ]
    assert codes(read("".join(sections))) == [[FindingCode.LOST_QUESTION]] * 2
    assert codes(read("".join(sections).replace("### Scenario\nA boat lies too deep.\n\n", ""))) == [[], []]


def test_an_explanation_that_is_announced_twice_is_one() -> None:
    question = only("1. What floats?\nA. Lead\nB. Cork\nAnswer: B\nExplanation\n\nExplanation/Reference:\nIt is light.")
    assert question.explanation == "It is light."
    assert not question.findings


def test_several_letters_in_bold_type_below_a_line_that_announces_them_are_read() -> None:
    question = only("1. Select TWO.\nA. Lead\nB. Cork\nC. Tin\n\n**Answer**\n\n**A and C** — both are heavy.")
    assert (question.key, question.explanation) == ((0, 2), "both are heavy.")


@pytest.mark.parametrize("opening", ["::: details Look here", ":::details Lihat jawaban", "::: tip"])
def test_the_frame_around_an_answer_is_none_of_its_explanation(opening: str) -> None:
    document = read(
        f"1. What floats?\n\n- A. Lead\n- B. Cork\n\n{opening}\n**Answer: B**\n\nIt is light.\n:::\n\n"
        f"2. What sinks?\n\n- A. Lead\n- B. Cork\n\n{opening}\n**Answer: A**\n:::\n"
    )
    assert [(q.key, q.explanation) for q in document.questions] == [((1,), "It is light."), ((0,), "")]
    assert not document.findings


def test_a_sentence_in_a_fold_is_an_explanation_even_above_the_answer() -> None:
    [question] = read(
        "1. What floats?\nA) Lead\nB) Cork\n<details>\n\nLead is heavy.\n\n**Answer:** B\n\n</details>\n"
    ).questions
    assert (question.key, question.explanation) == ((1,), "Lead is heavy.")


@pytest.mark.parametrize(
    ("answer", "key", "doubted"),
    [("Réponse : B et C", (1, 2), False), ("Respuesta: b y c", (1, 2), False), ("Answer: C, A, B", (0, 1, 2), True)],
)
def test_only_letters_of_all_choices_may_be_an_order(answer: str, key: tuple[int, ...], doubted: bool) -> None:
    [question] = read(f"1. Which are right?\nA. Lead\nB. Cork\nC. Ice\n{answer}\n").questions
    assert (question.key, FindingCode.KEY_NOT_A_CHOICE in question.findings) == (key, doubted)


def test_the_head_of_a_table_of_choices_may_ask() -> None:
    [question] = read("| 1. Which metal is heavy? | |\n|---|---|\n| A. Lead | B. Zinc |\n\nAnswer: A\n").questions
    assert (question.stem, question.choices, question.key) == ("Which metal is heavy?", ("Lead", "Zinc"), (0,))


def test_the_ruler_of_a_table_is_no_heading() -> None:
    [question] = read("1. Which part is heavy?\n-----+-----\nA. Lead\nB. Cork\nAnswer: A\n").questions
    assert question.section is None


@pytest.mark.parametrize(("told", "doubts"), [("E. coli does not do it.", ()), ("C. Water", (FindingCode.SWALLOWED,))])
def test_only_the_letter_after_the_last_choice_may_go_on_with_choices_below_the_answer(
    told: str, doubts: tuple[FindingCode, ...]
) -> None:
    [question] = read(f"1. What makes bread rise?\nA) Yeast\nB) Salt\nAnswer: A\n{told}\n").questions
    assert question.findings == doubts


def test_numbers_alone_on_lines_count_questions_and_the_headers_of_pages_above_them_are_left_out() -> None:
    document = read(
        "Water\n1\nWhat floats?\n[ ] Lead\n[x] Cork\n2\nTHINGS | 2026\n2\nWhat sinks?\n[x] Lead\n[ ] Cork\n"
        "3\nTHINGS | 2026\n3\nWhat melts?\n[x] Ice\n[ ] Coal\n4\nWhat burns?\n[ ] Ice\n[x] Coal\n"
    )
    stems = [question.stem for question in document.questions]
    assert [stem.removeprefix("Water ") for stem in stems] == [
        f"What {verb}?" for verb in ["floats", "sinks", "melts", "burns"]
    ]


@pytest.mark.parametrize("numbers", [(10, 6, 8), (4, 6, 8)])
def test_numbers_alone_on_lines_that_count_nothing_stay(numbers: tuple[int, ...]) -> None:
    document = read("\n".join(f"What is half of\n{n}\nof these?\n[x] {n // 2}\n[ ] 1\n" for n in numbers))
    assert [question.stem for question in document.questions] == [f"What is half of {n} of these?" for n in numbers]


def test_backslashes_that_are_choices_or_end_paths_break_no_lines() -> None:
    document = read(
        "1. Which sign escapes?\nA) /\nB) \\\nC) |\nAnswer: B\n\n"
        "2. Where is the system?\nA) D:\\\nB) C:\\Windows\\\nC) C:\\\nAnswer: B\n"
    )
    assert [question.choices for question in document.questions] == [
        ("/", "\\", "|"),
        ("D:\\", "C:\\Windows\\", "C:\\"),
    ]


def test_abbreviations_in_an_explanation_are_no_fields_of_test_generators() -> None:
    question = only("1. Which hides?\nA. NAT\nB. DNS\nAnswer: A\nExplanation: It is one.\nNAT: it hides addresses.")
    assert question.explanation == "It is one.\n\nNAT: it hides addresses."
