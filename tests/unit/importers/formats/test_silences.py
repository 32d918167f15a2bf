"""Small texts that were read wrong, or became notes, without a word: now they are read right, or are findings."""

import pytest

from bot.domain.drafts import FindingCode
from bot.domain.errors import BadFile
from tests.unit.importers.as_read import codes, only, read


@pytest.mark.parametrize(
    "text",
    [
        "1. Tea is\n- hot\n- cold\n\n2. Ice is\n- hot\n- cold",
        "1. Tea is\n   1. hot\n   2. cold\n2. Ice is\n   1. hot\n   2. cold",
        "1. Tea is\nhot\ncold\n\n2. Ice is\nhot\ncold",
        "1. Tea comes from ...\n- leaves\n- roots\n\n2. Ice comes from ...\n- water\n- leaves",
        "1. Der Tee ist\n- heiß\n- kalt\n\n2. Das Eis ist\n- heiß\n- kalt",
        "1. 茶是\n- 热的\n- 冷的\n\n2. 冰是\n- 热的\n- 冷的",
        "Tea is ____ when made.\n- hot\n- cold\n\nIce is ____ when made.\n- hot\n- cold",
    ],
)
def test_unfinished_stems_above_lists_are_findings_where_they_become_notes(text: str) -> None:
    document = read(text)
    assert document.questions == ()
    assert [finding.code for finding in document.findings] == [FindingCode.LOST_QUESTION] * 2


@pytest.mark.parametrize(
    "text",
    [
        "1. Warm the pot\n- with hot water\n- for a minute\n\n2. Add the leaves\n- one spoon each\n- one for the pot",
        "1. Kinds of tea\n   - green\n   - black\n\n2. Kinds of ice\n   - cubes\n   - crushed",
        "1. What it is\n- leaves\n- water\n\n2. How to make it\n- warm it\n- wait\n\n3. When to drink\n- late\n- hot",
        "The word is\nshort and it is\nold.\n\nThe other is\nlong and it is\nnew.",
    ],
)
def test_steps_and_study_notes_are_no_findings(text: str) -> None:
    document = read(text)
    assert (document.questions, document.findings) == ((), ())


@pytest.mark.parametrize(
    "number", ["1. Tea is hot. {}", "1. Tea is hot\t– {}", "__{}__ 1. Tea is hot.", "1) Is tea hot? {}"]
)
@pytest.mark.parametrize("verdict", ["T", "F"])
def test_statements_beside_their_verdicts_are_findings_where_they_become_notes(number: str, verdict: str) -> None:
    document = read(number.format(verdict))
    assert [finding.code for finding in document.findings] == [FindingCode.LOST_QUESTION]


def test_a_number_that_ends_a_sentence_about_truth_is_no_finding() -> None:
    assert read("1. Whatever they said was true\n2. It fell in the year 3 F\n").findings == ()


@pytest.mark.parametrize(
    "stems",
    [
        ("图中（A）处是什么？", "图中（B）处是什么？"),
        ("图中（B）处是（  ）。", "图中（A）处是（  ）。"),
        ("Name the part marked (A).", "Name the part marked (B)."),
        ("(A) Which part is hot?", "(B) Which part is cold?"),
    ],
)
def test_letters_that_name_parts_of_a_picture_are_no_answers(stems: tuple[str, str]) -> None:
    document = read("\n\n".join(f"{n}. {stem}\nA. tea\nB. ice" for n, stem in enumerate(stems, start=1)))
    assert [question.key for question in document.questions] == [(), ()]
    assert all(FindingCode.UNKEYED in found for found in codes(document))


def test_letters_behind_questions_are_answers_in_any_order() -> None:
    document = read("1. Which is hot? (A)\nA. tea\nB. ice\n\n2. Which is cold? (B)\nA. tea\nB. ice")
    assert [question.key for question in document.questions] == [(0,), (1,)]


@pytest.mark.parametrize(
    "stems",
    [
        ("Water boils at ____ degrees. (A)", "Ice melts at ____ degrees. (B)"),
        ("The capital of Italy is (A)", "The capital of France is (B)"),
        ("The ____ of a tea leaf (B)", "The ____ of an ice cube (A)"),
    ],
)
def test_letters_behind_blanks_and_behind_stems_that_lack_their_ends_are_answers(stems: tuple[str, str]) -> None:
    document = read("\n\n".join(f"{n}. {stem}\nA. tea\nB. ice" for n, stem in enumerate(stems, start=1)))
    assert sorted(question.key for question in document.questions) == [(0,), (1,)]


@pytest.mark.parametrize(
    "answer", ["(a) A (b) B", "a) B, b) A", "i: A; ii: B", "A is wrong, B is right", "A is not hot"]
)
def test_answers_of_several_parts_and_negated_ones_name_no_choice_without_a_finding(answer: str) -> None:
    assert FindingCode.KEY_NOT_A_CHOICE in only(f"1. Which?\nA. tea\nB. ice\nAnswer: {answer}").findings


def test_a_list_in_an_explanation_with_more_letters_than_choices_explains_none_of_them() -> None:
    told = "Explanation: Make it so.\nA. Boil it.\nB. Wait.\nC. Pour it.\nD. Drink it."
    question, _other = read(f"1. Which?\nA. tea\nB. ice\nC. fog\nAnswer: A\n{told}\n\n2. Who?\nA. he\nB. she").questions
    assert (question.key, question.choice_explanations) == ((0,), None)
    assert "D. Drink it." in question.explanation


@pytest.mark.parametrize(
    "text",
    [
        "1. Look at these:\na) tea\nb) ice\nWhich is hot?\nA) a\nB) b\nC) both\nAnswer: A",
        "Look at these:\na) tea\nb) ice\nWhich is hot?\nA) a\nB) b\nC) both\nAnswer: A",
        "1. How many cups hold a pot and a jug, if the pot holds\n6. and the jug eight?\nA. 12\nB. 14\nAnswer: B",
    ],
)
def test_a_stem_that_lacks_what_stands_above_it_is_a_finding(text: str) -> None:
    assert FindingCode.LOST_QUESTION in read(text).questions[-1].findings


def test_answers_above_their_questions_are_findings() -> None:
    asked = "Answer: {}\n{}. Which is it?\nA. tea\nB. ice"
    document = read("\n\n".join(asked.format(key, n) for n, key in enumerate("BAB", start=1)))
    assert all({FindingCode.SWALLOWED, FindingCode.UNKEYED} & {*found} for found in codes(document))


@pytest.mark.parametrize(
    "text",
    [
        "1. Which is hot?\nExplanation: It is boiled.\nA. tea\nB. ice\nAnswer: A",
        "1. Which is hot?\nA. tea\nB. ice\nSection B\n2. Which is cold?\nA. tea\nB. ice\n\nAnswers\n1. A\n2. B",
    ],
)
def test_what_stands_in_a_stem_or_a_choice_and_is_none_of_it_is_a_finding(text: str) -> None:
    assert FindingCode.SWALLOWED in read(text).questions[0].findings


def test_a_question_in_the_stem_of_an_item_in_an_explanation_is_a_finding() -> None:
    told = "Explanation: Tea has\n1. leaves\n2. water\n3. no ice"
    document = read(
        f"1. Which is hot?\nA. tea\nB. ice\nAnswer: A\n{told}\n\n2. Which is cold?\nA. tea\nB. ice\nAnswer: B"
    )
    assert FindingCode.SWALLOWED in document.questions[-1].findings


def test_answers_in_a_row_without_a_word_are_those_of_all_questions() -> None:
    document = read("1. Which is cold?\nA. tea\nB. ice\n\n2. Which is hot?\nA. tea\nB. ice\n\nB, A")
    assert [question.key for question in document.questions] == [(1,), (0,)]


@pytest.mark.parametrize("before", ["____ ", "_", "__{}__ "])
def test_a_line_for_the_answer_before_the_number_is_no_part_of_the_stem(before: str) -> None:
    below = "" if "{}" in before else "\nAnswer: {}"
    asked = "{}{}. Which is it?\nA. tea\nB. ice{}"
    document = read("\n\n".join(asked.format(before, n, below).format(key) for n, key in enumerate("BA", start=1)))
    assert [(question.stem, question.key) for question in document.questions] == [
        ("Which is it?", (1,)),
        ("Which is it?", (0,)),
    ]


@pytest.mark.parametrize(
    "answer", ["The correct answer is: ice", "Answers (1): B", "Answer: B\nThe correct answer is: ice"]
)
def test_an_answer_is_read_behind_more_words(answer: str) -> None:
    question = only(f"1. Which?\nA. tea\nB. ice\n\n{answer}")
    assert (question.key, question.findings) == ((1,), ())


def test_a_part_that_begins_right_below_an_answer_is_a_section() -> None:
    document = read("1. Which?\nA. tea\nB. ice\nAnswer: B\nPart 2\n2. Who?\nA. he\nB. she\nAnswer: A")
    assert [(question.explanation, question.section) for question in document.questions] == [("", None), ("", "Part 2")]


@pytest.mark.parametrize(
    "told",
    [
        "It is a myth that B is correct.",
        "Nobody thinks that option B is correct.",
        "It isn't true that B is right.",
        "If it rained B was right.",
    ],
)
def test_an_explanation_that_doubts_an_option_gives_no_answer(told: str) -> None:
    assert only(f"1. Which?\nA. tea\nB. ice\nExplanation: {told}").findings == (FindingCode.UNKEYED,)


def test_an_explanation_that_denies_one_option_and_confirms_another_gives_the_answer() -> None:
    assert only("1. Which?\nA. tea\nB. ice\nExplanation: It is not A, so B is correct.").key == (1,)


@pytest.mark.parametrize(
    ("choices", "answer", "key"),
    [
        (("`True`", "`true`"), "true", (1,)),
        (("`True`", "`true`"), "`true`", (1,)),
        (("ma", "MA", "mA"), "mA", (2,)),
        (("ma", "MA", "mA"), "MA and mA", (1, 2)),
        (("`*one`", "`**one`"), "`**one`", (1,)),
    ],
)
@pytest.mark.parametrize("label", ["Answer: ", "Correct answer:\n"])
def test_signs_and_capitals_tell_choices_apart(
    choices: tuple[str, ...], answer: str, key: tuple[int, ...], label: str
) -> None:
    listed = "\n".join(f"{letter}. {choice}" for letter, choice in zip("ABC", choices, strict=False))
    question = only(f"1. Which?\n{listed}\n{label}{answer}")
    assert (question.key, question.findings) == (key, ())


def test_an_answer_that_is_several_choices_but_for_capitals_is_a_finding() -> None:
    assert only("1. Which?\nA. ma\nB. MA\nAnswer: Ma").findings == (FindingCode.KEY_NOT_A_CHOICE,)


@pytest.mark.parametrize("answers", ["ice\ntea", "- ice\n- tea"])
def test_answers_that_are_listed_as_texts_are_those_of_all_questions(answers: str) -> None:
    document = read(f"1. Which is cold?\nA. tea\nB. ice\n2. Which is hot?\nA. tea\nB. ice\n\nAnswers:\n{answers}")
    assert [question.key for question in document.questions] == [(1,), (0,)]


def test_questions_on_one_line_are_a_finding() -> None:
    document = read("1. Which is cold? A) tea B) ice 2. Which is hot? A) tea B) ice")
    assert document.questions == ()
    assert [finding.code for finding in document.findings] == [FindingCode.LOST_QUESTION]


def test_an_answer_that_is_no_choice_is_a_finding_where_its_question_becomes_a_note() -> None:
    document = read("Which is hot?\ntea\nice\nAnswer: a cup of tea")
    assert document.questions == ()
    assert [finding.line for finding in document.findings] == [4]


def test_latex_is_refused() -> None:
    with pytest.raises(BadFile, match="LaTeX"):
        read("\\begin{questions}\n\\question Which is hot?\n\\CorrectChoice tea\n\\choice ice\n\\end{questions}")


def test_a_bullet_before_a_question_of_one_line_is_no_part_of_it() -> None:
    document = read("* Which is hot?\n- [x] tea\n- [ ] ice\n* Which is cold?\n- [ ] tea\n- [x] ice\n")
    assert [question.stem for question in document.questions] == ["Which is hot?", "Which is cold?"]


def test_the_line_below_a_stem_is_no_part_of_it() -> None:
    document = read("Which is hot?\n-------------\nA. tea\nB. ice\nAnswer: A")
    assert (document.questions[0].stem, document.roles) == ("Which is hot?", "s.cck")


@pytest.mark.parametrize("asked", ["**Which is cold?**\n- tea\n- ice", "Which is cold?\n- tea\n- ice"])
def test_a_question_that_became_an_explanation_is_a_finding(asked: str) -> None:
    assert only(f"1. Which is hot?\nA. tea\nB. ice\nAnswer: A\n\n{asked}").findings == (FindingCode.SWALLOWED,)


def test_an_explanation_that_asks_why_is_no_finding() -> None:
    told = "Explanation: It is boiled.\n\nWhy not ice?\n- It is cold.\n- It melts."
    assert only(f"1. Which is hot?\nA. tea\nB. ice\nAnswer: A\n{told}").findings == ()


@pytest.mark.parametrize(("answer", "is_told"), [("C, A, B", True), ("BCA", True), ("A, B, C", False), ("B, A", False)])
def test_an_answer_that_may_be_an_order_is_a_finding(answer: str, is_told: bool) -> None:
    question = only(f"1. Which first?\nA. pour\nB. drink\nC. boil\nAnswer: {answer}")
    assert (FindingCode.KEY_NOT_A_CHOICE in question.findings) is is_told


def test_a_roman_number_that_no_choice_has_names_none_of_them() -> None:
    assert FindingCode.KEY_NOT_A_CHOICE in only("1. Which?\ni. tea\nii. ice\nlii. fog\nAnswer: iii").findings


TWO = "1. Which is hot?\nA. tea\nB. ice\n2. Which is cold?\nA. tea\nB. ice\n\n"


@pytest.mark.parametrize("key", ["Answers\n1. A\n1. B\n2. B", "Answers\n1. A 2. B\n\nCorrected answers\n1. B 2. B"])
def test_a_key_with_two_answers_for_one_question_is_a_finding_there(key: str) -> None:
    assert codes(read(TWO + key)) == [[FindingCode.KEY_NOT_A_CHOICE], []]


def test_a_line_of_a_list_of_answers_is_no_answer_of_the_last_question() -> None:
    assert [question.key for question in read(f"{TWO}Answers\nFirst: A\nSecond: B").questions] == [(), ()]


@pytest.mark.parametrize(
    "asked", ["Which is wet?\n- tea\n- sand", "Which is wet?\ntea\nsand", "The sea is ___.\n- wet\n- dry"]
)
@pytest.mark.parametrize("document", ["{asked}\n\n---\n\n{known}", "{known}\n\n---\n\n{asked}"])
def test_a_question_that_became_a_note_beside_others_is_a_finding(asked: str, document: str) -> None:
    found = read(document.format(asked=asked, known=f"{TWO.strip()}\n\nAnswers: 1. A 2. B"))
    lost = [finding for finding in found.findings if finding.code is FindingCode.LOST_QUESTION]
    assert len(lost) == 1 or any(FindingCode.UNKEYED in told for told in codes(found))


@pytest.mark.parametrize(("answer", "key"), [("A, and C", (0, 2)), ("A, but also C", ()), ("B, since A sinks", ())])
def test_a_second_letter_behind_a_comma_is_no_reason(answer: str, key: tuple[int, ...]) -> None:
    question = only(f"1. What floats?\nA) Cork\nB) Lead\nC) Ice\n\nAnswer: {answer}\n")
    assert question.key == key or FindingCode.KEY_NOT_A_CHOICE in question.findings


def test_folded_lines_that_each_begin_with_a_choice_in_bold_type_give_no_answer() -> None:
    told = "**A. Lead** — it sinks.\n\n**B. Cork** — it stays above.\n"
    text = f"1. What floats?\nA) Lead\nB) Cork\n\n<details>\n<summary>Show it</summary>\n\n{told}\n</details>"
    assert only(text).key == ()


def test_a_list_of_answers_that_lost_its_first_number_gives_none_to_the_question_above_it() -> None:
    document = read(
        """
        1. What floats?
        A) Lead
        B) Cork

        2. What sinks?
        A) Lead
        B) Cork

        ## Answer key

        B — It is light.

        2. A. It is heavy.
        """
    )
    assert codes(document)[1] == [FindingCode.KEY_CONFLICTS_EXPLANATION]


def test_words_in_a_list_of_letters_answer_their_own_questions() -> None:
    document = read(
        """
        **Question 1**: What floats?
        a. Lead
        b. Cork

        **Question 2**: True or False: Lead floats.

        **Question 3**: What sinks?
        a. Lead
        b. Cork

        ### Answers
        1. b
        2. False
        3. a
        """
    )
    assert [(q.key, q.explanation) for q in document.questions] == [((1,), ""), ((1,), ""), ((0,), "")]


def test_a_whole_question_in_a_quote_has_no_signs_of_it() -> None:
    question = only(
        "> **Question 1**\n>\n> What floats?\n>\n> - [ ] Lead\n> - [x] Cork\n>\n> **Explanation:** It is light.\n"
    )
    assert (question.stem, question.key, question.explanation) == ("What floats?", (1,), "It is light.")


@pytest.mark.parametrize(
    ("heading", "stem"),
    [
        ("### Question 1: Water", "**Water** What floats?"),
        ("**Question 1: Water**", "**Water** What floats?"),
        ("### Question 1: On water,", "On water, What floats?"),
        ("### Question 1: It rains.", "It rains. What floats?"),
    ],
)
def test_the_title_of_a_question_is_no_part_of_its_sentence(heading: str, stem: str) -> None:
    question = only(f"{heading}\nWhat floats?\n\n- A) Lead\n- B) Cork\n\n**Answer:** B\n")
    assert " ".join(question.stem.split()) == stem


@pytest.mark.parametrize("summary", ["<strong>Question {}:</strong> {}", "<b>Q{}. {}</b>"])
def test_a_summary_with_a_word_and_a_number_asks(summary: str) -> None:
    fold = f"<details>\n<summary>{summary}</summary>\n\na) Lead\nb) Cork\n\nAnswer: {{}}\n</details>"
    document = read(
        "\n\n".join([fold.format(1, "Which of these floats?", "b"), fold.format(2, "Which of these sinks?", "a")])
    )
    assert [(q.stem, q.key) for q in document.questions] == [
        ("Which of these floats?", (1,)),
        ("Which of these sinks?", (0,)),
    ]


def test_the_header_of_a_page_between_a_question_and_its_choices_is_doubted() -> None:
    asked = [f"{number}\nWhat is {number}?\n[x] One\n[ ] Two\n" for number in range(1, 8)]
    asked[2] = "3\nWhat is 3?\n\n2\nTHINGS | 2026\n[x] One\n[ ] Two\n"
    doubted = [FindingCode.LOST_QUESTION in found for found in codes(read("".join(asked)))]
    assert doubted == [False, False, True, False, False, False, False]
