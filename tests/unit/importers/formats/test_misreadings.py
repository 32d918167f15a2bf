"""Small texts that were once read wrong, or lost, without a word."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import only, read

HEADER = "Get the latest questions from Quizpress.\nhttps://quizpress.example\n"


def paged(texts: list[str]) -> str:
    """Texts with a header of three lines before each: words, an address, the page's number."""
    return "\n".join(f"\n{HEADER}{page}\n{text}" for page, text in enumerate(texts, start=1))


def test_a_page_header_inside_a_choice_and_a_stem_is_no_part_of_them() -> None:
    document = read(
        paged(
            [
                "QUESTION 1\nWhich wood floats, and is light enough\n",
                "for a raft?\nA. Oak that was felled\n",
                "last winter.\nB. Balsa. It grows fast.\n",
                "It is cut early.\nAnswer: B\nQUESTION 2\nWhich?\nA. This\nB. That\nAnswer: A",
            ]
        )
    )
    assert [(q.stem, q.choices, q.key) for q in document.questions] == [
        (
            "Which wood floats, and is light enough for a raft?",
            ("Oak that was felled last winter.", "Balsa. It grows fast. It is cut early."),
            (1,),
        ),
        ("Which?", ("This", "That"), (0,)),
    ]


def test_a_reference_that_recurs_below_different_lines_is_no_page_header() -> None:
    asked = "\n\n".join(
        f"{n}. Which is {n}?\nA. This\nB. That\nAnswer: {key}\nhttps://quizpress.example\n{n}"
        for n, key in enumerate("ABA")
    )
    assert [question.key for question in read(asked).questions] == [(0,), (1,), (0,)]


@pytest.mark.parametrize("page", ["Página {} de 14 TEST-A", "Seite {} von 14", "Strona {} z 14", "Страница {} из 14"])
def test_page_numbers_of_other_languages_are_no_part_of_a_choice(page: str) -> None:
    question = only(f"1. Which?\na) This\nb) That\n{page.format(3)}\n")
    assert question.choices == ("This", "That")


@pytest.mark.parametrize(
    ("wrapped", "whole"),
    [
        ("Mount the drive and\nshare on the others.", "Mount the drive and share on the others."),
        ("Use one of the native\noptions.", "Use one of the native options."),
    ],
)
def test_the_end_of_a_sentence_is_neither_a_button_nor_a_label(wrapped: str, whole: str) -> None:
    question = only(f"1. {wrapped}\nWhich?\nA. {wrapped}\nB. That\nAnswer: A")
    assert question.choices[0] == whole
    assert question.stem.startswith(whole)


@pytest.mark.parametrize("label", ["Answer & Explanation", "Answer and explanation"])
def test_a_label_above_the_answer_is_no_part_of_the_last_choice(label: str) -> None:
    question = only(f"1. Which?\nA. This B. That C. Neither\n{label}\nAnswer: Option B")
    assert (question.choices, question.key) == (("This", "That", "Neither"), (1,))


def test_decimals_are_no_numbers_of_choices() -> None:
    question = only("1. What is half of five?\n- 1.5 V\n- 2.5 V\n- 3.5 V\n\nAnswer: 2.5 V")
    assert (question.choices, question.key) == (("1.5 V", "2.5 V", "3.5 V"), (1,))


def test_an_empty_box_above_code_is_a_choice() -> None:
    question = only("1. Which prints 2?\n\n- [ ]\n\n```\nprint(1)\n```\n\n- [x]\n\n```\nprint(2)\n```\n")
    assert (question.choices, question.key) == (("```\nprint(1)\n```", "```\nprint(2)\n```"), (1,))


def test_letters_that_only_count_code_are_no_part_of_it() -> None:
    question = only("1. Which prints 2?\n\n- [ ] A\n\n```\nprint(1)\n```\n\n- [x] B\n\n```\nprint(2)\n```\n")
    assert question.choices == ("```\nprint(1)\n```", "```\nprint(2)\n```")


def test_a_letter_behind_one_box_of_several_is_its_text() -> None:
    question = only("1. Which?\n- [ ] A\n- [ ] B\n- [x] C: `code`\n")
    assert (question.choices, question.key) == (("A", "B", "C: `code`"), (2,))


def test_a_comment_in_code_is_what_a_choice_is_about() -> None:
    question = only("1. Which is HTML?\n- [ ] `/* a */`\n- [x] `<!-- a -->`\n")
    assert question.choices == ("`/* a */`", "`<!-- a -->`")


def test_a_question_in_a_long_comment_is_none() -> None:
    document = read("1. Which?\n- [x] This\n- [ ] That\n\n<!-- 2. Who?\n- [x] He\n- [ ] She\n-->\n")
    assert [question.stem for question in document.questions] == ["Which?"]


def test_a_table_is_kept_as_a_choice() -> None:
    question = only("1. Which table?\n- (x)\n  | a |\n  |---|\n  | 1 |\n- ( ) none\n")
    assert question.choices == ("| a |\n|---|\n| 1 |", "none")


def test_a_list_below_a_heading_that_asks_is_a_part_of_its_stem() -> None:
    asked = "\n\n".join(f"### Which is {n}?\n\n- [x] This\n- [ ] That" for n in range(3))
    heading = "Which of these stores has all of the following:"
    document = read(f"{asked}\n\n### {heading}\n\n1) rice\n\n2) tea\n\n- [x] This\n- [ ] That\n")
    assert document.questions[-1].stem.startswith(heading)
    assert "rice" in document.questions[-1].stem


def test_a_heading_that_states_begins_its_question_like_others() -> None:
    asked = "\n\n".join(f"### Which is {n}?\n\n- [x] This\n- [ ] That" for n in range(3))
    document = read(f"{asked}\n\n### You own a shop.\n\nIt sells tea.\n\nIs it open?\n\n- [x] Yes\n- [ ] No\n")
    assert document.questions[-1].stem == "You own a shop.\n\nIt sells tea.\n\nIs it open?"


def test_choices_in_brackets_are_not_parted_at_their_commas() -> None:
    question = only("- Question 1.1: What is it?\n  - Answer: [1, 2]\n  - Choices: [1, 2], (1, 2), 12\n")
    assert (question.choices, question.key) == (("[1, 2]", "(1, 2)", "12"), (0,))


def test_a_statement_in_a_heading_is_true_or_false() -> None:
    document = read("### T/F: Cork floats.\n\n**Correct:** True\n\n**Exp:**\nIt is light:\n\n- air\n- wax\n")
    assert [(q.stem, q.choices, q.key) for q in document.questions] == [("Cork floats.", ("True", "False"), (0,))]


@pytest.mark.parametrize("answer", ["Answer: the third of them: C", "The [answer is C](https://a.example)", "Ans.C"])
def test_an_answer_is_read_in_a_sentence_a_link_and_behind_a_full_stop(answer: str) -> None:
    question = only(f"1. Which?\nA. this\nB. that\nC. these\n{answer}")
    assert (question.choices, question.key) == (("this", "that", "these"), (2,))


def test_an_answer_in_brackets_ends_a_line_of_choices() -> None:
    question = only("1. Which floats? (a) lead (b) cork (c) iron [Ans: b]")
    assert (question.choices, question.key) == (("lead", "cork", "iron"), (1,))


@pytest.mark.parametrize(
    "text",
    [
        "1. Which?\n- [x] This (incorrect)\n- [ ] That (correct)\n",
        "1. Which?\n- [x] Incorrect: This\n- [ ] Correct: That\n",
        "1. Which?\nA. This\nB. That\nC. These and those things\nAnswer: A. These and those things, of course\n",
    ],
)
def test_a_choice_that_is_called_right_and_wrong_is_a_finding(text: str) -> None:
    found = {*only(text).findings}
    assert found & {FindingCode.KEY_CONFLICTS_EXPLANATION, FindingCode.KEY_NOT_A_CHOICE}


def test_boxes_below_lettered_choices_are_a_finding() -> None:
    asked = "\n\n".join(f"#### Q{n}. Which is {n}?\n\n- [x] This\n- [ ] That" for n in (1, 2))
    document = read(
        f"{asked}\n\n#### Q3. Which are?\n\nA. This\n\nB. That\n\n- [x] A,B\n- [ ] A\n\n**Explanation:** Both.\n"
    )
    assert [FindingCode.SWALLOWED in question.findings for question in document.questions[:3]] == [False, False, True]


def test_a_question_that_begins_inside_a_sentence_is_a_finding_there_and_above() -> None:
    asked = "\n".join(f"{n}. Which is {n}?\na) This\nb) That" for n in range(1, 4))
    document = read(
        f"{asked} and\nof many things, 4, which is it?\na) This\nb) That\n5. Which is 5?\na) This\nb) That\n"
    )
    assert [FindingCode.LOST_QUESTION in question.findings for question in document.questions][2:4] == [True, True]


def test_the_rest_of_a_stem_is_a_finding() -> None:
    document = read(
        "Let x be two and y be three.\n\nThen\n(A) x is y\n(B) x is less\n\nWhich is y?\n(A) two\n(B) three\n"
    )
    assert [FindingCode.LOST_QUESTION in question.findings for question in document.questions] == [True, False]


def test_a_heading_above_a_list_that_became_nothing_is_a_finding() -> None:
    asked = "\n\n".join(f"### Which is {n}?\n\n1. This\n2. That\n\n**Answer: 1**" for n in range(4))
    document = read(f"{asked}\n\n### The shop may close.\n\n1. yes\n2. no\n\nBoth are true.\n")
    assert [found.line for found in document.findings if found.code is FindingCode.LOST_QUESTION] == [29]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# Notes\n\nWhich of these floats?\nAnswer: cork", 4),
        ("# Notes\n\nA student is late. The action is called\n\n1.  odd\n2.  rare\n\nAnswer\nA", 8),
        ("# How to\n\n```\n1. What floats?\n   a. lead\n   b. cork\n   c. iron\n```\n", 5),
        ("( V ) Cork floats.\n( F ) Lead floats.", 1),
    ],
)
def test_what_could_be_a_question_in_notes_is_a_finding(text: str, line: int) -> None:
    document = read(text)
    assert document.questions == ()
    assert line in [found.line for found in document.findings if found.code is FindingCode.LOST_QUESTION]


def test_an_answer_that_was_wrapped_takes_all_its_words_along() -> None:
    question = only("1. Which floats?\nA. lead\nB. cork\nC. iron or steel? The correct\nanswer is B: cork")
    assert (question.choices, question.key) == (("lead", "cork", "iron or steel?"), (1,))


LEGS = "1. How many legs has a dog?\n1) 2\n2) 4\n3) 6\nAnswer: 2\n\n"


@pytest.mark.parametrize(
    ("other", "keys"),
    [
        ("2. How many has a hen?\n1) 2\n2) 4\n3) 6\nAnswer: 1\n", [(1,), (0,)]),
        ("2. How many has a hen?\n1) 2\n2) 4\n3) 6\nAnswer: 4\n", [(0,), (1,)]),
    ],
    ids=["labels", "texts"],
)
def test_an_answer_that_is_a_label_and_a_text_means_what_the_others_mean(
    other: str, keys: list[tuple[int, ...]]
) -> None:
    document = read(LEGS + other)
    assert [(question.key, question.findings) for question in document.questions] == [(key, ()) for key in keys]


@pytest.mark.parametrize(
    "other",
    ["", "2. And a hen?\n1) 2\n2) 4\nAnswer: 1\n\n3. And a bee?\n1) 4\n2) 6\nAnswer: 6\n"],
    ids=["no others", "others of both sorts"],
)
def test_an_answer_that_is_a_label_and_a_text_is_a_finding_if_the_others_dont_tell(other: str) -> None:
    assert FindingCode.KEY_NOT_A_CHOICE in read(LEGS + other).questions[0].findings


@pytest.mark.parametrize("choices", ["A. tea\nB. ice *", "A. tea\n*B. ice", "A. tea\n**B. ice**"])
def test_a_star_or_bold_type_at_another_choice_than_the_answer_is_a_finding(choices: str) -> None:
    assert only(f"1. Which?\n{choices}\nAnswer: A").findings == (FindingCode.KEY_CONFLICTS_EXPLANATION,)


def test_a_gap_between_two_questions_is_a_finding() -> None:
    document = read("1. Which?\nA. tea\nB. ice\nAnswer: A\n\n3. Who?\nA. he\nB. she\nAnswer: B\n")
    assert [finding.code for finding in document.findings] == [FindingCode.LOST_QUESTION]


@pytest.mark.parametrize(
    "number",
    ["({})", "[{}]", "#{}", "No. {}:", "1.{}", "Task {}:", "Topic 3 Question #{}\n", "Ｑ{}．", "Klausimas {}."],
)
def test_what_counts_the_questions_is_no_part_of_them(number: str) -> None:
    wide = str.maketrans("12", "１２") if "Ｑ" in number else {}
    counts = [number.format(str(n).translate(wide)) for n in (1, 2)]
    document = read("\n\n".join(f"{count} Which is it?\na) tea\nb) ice\nAnswer: b" for count in counts))
    assert [question.stem for question in document.questions] == ["Which is it?"] * 2


def test_numbers_that_are_part_of_stems_stay_there() -> None:
    document = read("\n\n".join(f"{n} + {n} is?\na) tea\nb) ice\nAnswer: b" for n in (1, 2)))
    assert [question.stem for question in document.questions] == ["1 + 1 is?", "2 + 2 is?"]


@pytest.mark.parametrize("aside", ["Hint: it is hot", "Your answer: ____", "提示：热的", "Подсказка: горячий"])
def test_what_stands_beside_a_question_is_no_part_of_its_last_choice(aside: str) -> None:
    question = only(f"1. Which?\na) tea\nb) ice\n{aside}\nAnswer: a")
    assert (question.choices, question.key) == (("tea", "ice"), (0,))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1. Which?\nA) C\nB) ice\nC) D\nAnswer: C) D", (2,)),
        ("1. Which?\na) tea\nb) ice\nThe correct answer is b) ice.", (1,)),
        ("1. Which?\n(a) tea\n(b) ice\nAns. (b) ice", (1,)),
        ("1. Które?\na) lód\nb) herbata\nOdp. b", (1,)),
        ("1. Lequel ?\na) thé\nb) glace\n✅ **Réponse : b)** — Elle est froide.", (1,)),
        ("1. कौन सा?\n(क) चाय\n(ख) बर्फ\nउत्तर: (ख) बर्फ", (1,)),
        ("1. Which?\nA. tea\nB. ice\nc. fog\nD:dew\nAnswer: d", (3,)),
        ("1. Which?\n❌ tea\n✔️ ice\n", (1,)),
        ("> 1. Which?\n> - A) tea\n> - B) ice\n>\n> **Answer:** B", (1,)),
        ("1. Which?\n☐ tea\n☒ ice\n", (1,)),
        ("1. Which?\na) tea\nb) ice Answer: b", (1,)),
        ("1. Which?\n1️⃣ tea\n2️⃣ ice\nAnswer: 2️⃣", (1,)),
        ("1. Which?\n🅰️ tea\n🅱️ ice\nAnswer: 🅱️", (1,)),
        ("1. Which?\nOption 1: tea\nOption 2: ice\nAnswer: Option 2", (1,)),
        ("1. ¿Cuál?\n**Opción A:** té\n**Opción B:** hielo\nRespuesta: Opción B", (1,)),
        ("1. कौन सा?\nविकल्प 1: चाय\nविकल्प 2: बर्फ\nउत्तर: विकल्प 2", (1,)),
        ("1. 哪个？\n选项A：茶\n选项B：冰\n答案：B", (1,)),
        ("1. Что? а) чай б) лёд в) сок\nОтвет: б", (1,)),
        ("1. कौन सा?\n(क) चाय (ख) बर्फ (ग) रस\nउत्तर: (ख)", (1,)),
        ("1. أيهما؟\nأ) شاي ب) ثلج ج) عصير\nالإجابة: ب", (1,)),
        ("第1题 哪个？\n1. 猫\n2. 狗\n3. 鸟\n答案：2", (1,)),
    ],
)
def test_an_answer_is_read_as_it_is_written(text: str, key: tuple[int, ...]) -> None:
    question = only(text)
    assert (question.key, question.findings) == (key, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. Hangisi?\na) çay\nb) buz\nç) su\nCevap: b", FindingCode.SWALLOWED),
        ("1. Which?\na) tea\tc) fog\nb) ice\td) dew\nAnswer: b", FindingCode.SWALLOWED),
        ("1. Which?\na) tea\nb) ice\nAnswer: b or a", FindingCode.KEY_NOT_A_CHOICE),
        (
            "1. Which?\na) tea\nb) ice\nAnswer: a\nExplanation: The correct answer is b.",
            FindingCode.KEY_CONFLICTS_EXPLANATION,
        ),
    ],
)
def test_what_stands_in_the_wrong_part_of_a_question_is_a_finding(text: str, found: FindingCode) -> None:
    assert found in only(text).findings


def test_roman_numbers_in_a_stem_are_no_choices() -> None:
    question = only("1. Look:\nI. Ice melts.\nII. Tin floats.\nWhich is true?\nA. I\nB. II\nC. both\nAnswer: A")
    assert (question.key, question.findings) == ((0,), ())


def test_signs_before_what_explains_the_choices_make_no_question() -> None:
    about = "✅ A: it is made with water that boils, and drunk soon.\n❌ B: it is water that is frozen."
    assert only(f"1. Which is hot?\nA) tea\nB) ice\n\n**Answer: A**\n\n{about}").key == (0,)


@pytest.mark.parametrize(
    "text",
    [
        "1. What is tea?\n- hot\n- cold\n\n2. What is ice?\n- hot\n- cold",
        "1. What is tea?\nhot\ncold\n\n2. What is ice?\nhot\ncold",
        "1. Tea is\n- hot\n- cold\n\n2. Ice is\n- hot\n- cold\n\nAnswers:\n1. hot\n2. cold",
        "1. What is tea?\n\nhot\ncold\n\n2. What is ice?\n\nhot\ncold",
        "1. Tea is\n1) hot\n2) cold\n\n2. Ice is\n1) hot\n2) cold\n\nKey: 1-1, 2-2",
    ],
)
def test_questions_that_became_notes_are_findings(text: str) -> None:
    document = read(text)
    assert document.questions == ()
    assert {finding.code for finding in document.findings} == {FindingCode.LOST_QUESTION}


def test_letters_in_the_blanks_of_chinese_stems_are_the_answers() -> None:
    document = read("1、茶是（ B ）的。\nA、冷\nB、热\n\n2、冰是（A）。\nA、冷\nB、热\n")
    assert [(question.stem, question.key) for question in document.questions] == [
        ("茶是（ ）的。", (1,)),
        ("冰是（ ）。", (0,)),
    ]


THREE = "1. Tea is\nA. hot\nB. cold\n\n2. Ice is\nA. hot\nB. cold\n\n3. Fire is\nA. hot\nB. cold\n\n"


@pytest.mark.parametrize(
    "key",
    [
        "Answers\n1-3: A B A",
        "参考答案\n1～2 AB\n3. A",
        "| 1 | 2 | 3 |\n|---|---|---|\n| A | B | A |",
        "Answer key\n1 2 3\nA B A",
        "| Question | 1 | 2 | 3 |\n|---|---|---|---|\n| Answer | a | b | a |",
    ],
)
def test_answers_stand_in_ranges_and_below_their_numbers(key: str) -> None:
    document = read(THREE + key)
    assert [(question.key, question.findings) for question in document.questions] == [
        ((0,), ()),
        ((1,), ()),
        ((0,), ()),
    ]


@pytest.mark.parametrize(
    "begun",
    [
        ("1.5 litres of", "1.8 litres of"),
        ("1.5 litres of", "2.8 grams of"),
        ("1% of", "2% of"),
        ("$5 of", "$10 of"),
        ("In 1914,", "In 1939,"),
        ("Windows 95:", "Windows 98:"),
    ],
)
def test_a_quantity_or_a_year_that_begins_a_stem_is_no_counter(begun: tuple[str, str]) -> None:
    text = "\n\n".join(f"{one} what is hot?\nA) tea\nB) ice\nAnswer: A" for one in begun)
    assert [question.stem for question in read(text).questions] == [f"{one} what is hot?" for one in begun]


def test_numbers_of_chapters_and_of_the_questions_in_them_are_taken_off() -> None:
    asked = ("Is tea hot?", "Is ice hot?", "Is fire hot?")
    text = "\n\n".join(
        f"{count} {stem}\nA) yes\nB) no\nAnswer: A" for count, stem in zip(("1.1", "1.2", "2.1"), asked, strict=True)
    )
    assert tuple(question.stem for question in read(text).questions) == asked


def test_rows_of_numbers_and_letters_above_choices_belong_to_the_stem() -> None:
    question = only("What does this hold?\n\n1 2 3\nA B C\n\nA) signs\nB) words\nAnswer: A")
    assert "1 2 3" in question.stem
