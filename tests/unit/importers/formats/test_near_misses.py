"""Small texts that nearly look like something else: what is read of them must be right, or doubted."""

import time

import pytest

from bot.domain.drafts import FindingCode
from tests.budget import at_usual_pace
from tests.unit.importers.as_read import only, read

FLOATS = "1. What floats?\nA) Cork\nB) Lead\nC) Ice\nD) Tin\n"


@pytest.mark.parametrize(
    "answer",
    [
        "A, as well as C, which is ice",
        "A, or else any of B and C",
        "A, cork; B, lead",
        "A, lead",
        "A, but in later editions of the book it is C",
        "A - C - D",
        "A – C",
    ],
)
def test_an_answer_that_goes_on_to_name_another_choice_is_doubted(answer: str) -> None:
    assert FindingCode.KEY_NOT_A_CHOICE in only(f"{FLOATS}Answer: {answer}\n").findings


@pytest.mark.parametrize("answer", ["A, because water is heavier. B is a metal.", "A - It is light."])
def test_a_reason_behind_an_answer_is_no_doubt(answer: str) -> None:
    question = only(f"{FLOATS}Answer: {answer}\n")
    assert (question.key, question.findings) == ((0,), ())


def test_a_letter_that_may_be_that_of_a_lost_choice_does_not_stand_for_true() -> None:
    assert FindingCode.KEY_NOT_A_CHOICE in only("1. Чай горячий.\nа. Верно\nб. Неверно\nОтвет: В\n").findings


def test_the_question_below_a_list_of_answers_is_none_of_them() -> None:
    part = "{0}. What floats?\nA. Lead\nB. Cork\n{1}. What sinks?\nA. Lead\nB. Cork\n\nAnswers\n{0}. B\n{1}. A\n"
    document = read(part.format(1, 2) + part.format(3, 4))
    assert [question.key for question in document.questions] == [(1,), (0,), (1,), (0,)]


def test_a_numbered_reason_that_begins_with_an_article_is_no_answer() -> None:
    question = only(f"{FLOATS}Answer: B\nExplanation:\n1. A cork is light.\n2. Lead is heavy.\n")
    assert (question.key, question.findings) == ((1,), ())


@pytest.mark.parametrize("stem", ["Which of these types is char**", "Of which type is argv, which is\na char**"])
def test_stars_at_the_end_of_a_stem_stay_if_no_bold_type_began_before_its_number(stem: str) -> None:
    assert only(f"1. {stem}\nA. Pointer\nB. Number\nAnswer: A\n").stem == stem.replace("\n", " ")


def test_fields_below_an_explanation_stay_there_unless_the_next_question_is_right_below() -> None:
    end = "Answer: A\nIt is boiled.\n\nSource: a book\nNote: ice is cold\n"
    document = read(f"1. Which is hot?\nA. Tea\nB. Ice\n{end}\n2. Which is hottest?\nA. Tea\nB. Ice\n{end}")
    assert ["a book" in question.explanation for question in document.questions] == [True, True]


@pytest.mark.parametrize("summary", ["Question {}: Click here for the solution", "Question {}: Show the answer"])
def test_a_summary_with_a_number_that_covers_an_answer_asks_nothing(summary: str) -> None:
    fold = f"<details>\n<summary>{summary.format(2)}</summary>\n\nAnswer: a\n</details>"
    question = only(f"2. What sinks in water?\n\na) Lead\nb) Cork\n\n{fold}\n")
    assert (question.key, question.explanation, question.findings) == ((0,), "", ())


@pytest.mark.parametrize(
    "above", ['The class in <div class="upper-alpha"> shows letters.', '<div class="upper-alpha">letters</div>']
)
def test_only_a_tag_on_a_line_of_its_own_begins_a_list_with_letters(above: str) -> None:
    document = read(f"{above}\n\n1. What floats?\nA. Lead\nB. Cork\nAnswer: B\n")
    assert [question.stem for question in document.questions] == ["What floats?"]


def test_a_hint_in_bold_type_is_no_answer_where_a_word_gives_it() -> None:
    fold = "<details>\n<summary>Hint</summary>\n\n**A. Lead** – sinks.\n\n</details>"
    question = only(f"1. What floats?\nA) Lead\nB) Cork\n\n{fold}\n\nAnswer: B\n")
    assert (question.key, question.findings) == ((1,), ())


def test_lines_that_recur_above_lone_numbers_stay_where_no_page_has_a_number() -> None:
    document = read(
        "".join(f"Tick {('one', 'all')[n % 2]}.\n{n}\nWhat is {n}?\n[x] One\n[ ] Two\n" for n in range(1, 7))
    )
    assert [question.stem for question in document.questions][:2] == ["Tick all. What is 1?", "Tick one. What is 2?"]


def test_a_line_is_doubted_once() -> None:
    document = read("1. Which is right?\n(a) As in (b) of the law\n(b) As said there\n(c) Neither\nAnswer: (b)\n")
    assert len(document.findings) == len({(one.line, one.code) for one in document.findings})


@pytest.mark.parametrize(
    "text",
    [
        "1. What floats?\nA) Lead\nB) Cork\n<details>\n<summary>Show it</summary>\n{blank}\nB\n</details>\n",
        "1. What floats?\nA) Lead\nB) Cork\n\nAnswers\n1. B\n{blank}\n2. False\n",
    ],
)
def test_many_blank_lines_take_no_long_time(text: str) -> None:
    began = time.process_time()
    read(text.format(blank="\n" * 20_000))
    assert at_usual_pace(time.process_time() - began) < 4


@pytest.mark.parametrize(
    "answer", ["A, incorrect because it is heavy", "A, is wrong since it sinks", "A: y C", "A, richtig ist aber nur C"]
)
def test_an_answer_that_is_called_wrong_or_followed_by_another_is_never_taken_silently(answer: str) -> None:
    question = only(f"1. Which floats?\nA. lead\nB. iron\nC. cork\nAnswer: {answer}")
    assert question.findings


def test_a_folded_choice_that_is_called_wrong_is_no_answer() -> None:
    folded = "<details><summary>More</summary>\n\n**A** – is wrong, it sinks.\n\n</details>\n\n"
    asked = "".join(f"{at}. Which {verb}?\nA. lead\nB. cork\n\n{folded}" for at, verb in ((1, "floats"), (2, "swims")))
    assert [question.key for question in read(asked).questions] == [(), ()]


@pytest.mark.parametrize(
    ("answer", "findings"),
    [
        ("B, because cork is light", (FindingCode.KEY_CONFLICTS_EXPLANATION,)),
        ("cork", (FindingCode.KEY_CONFLICTS_EXPLANATION,)),
        ("iron", ()),
        ("C, because iron is light here", ()),
    ],
)
def test_an_answer_with_reasons_is_compared_with_the_list_at_the_end(answer: str, findings: tuple[FindingCode]) -> None:
    other = "2. Which sinks?\nA. lead\nB. cork\nAnswer: A"
    text = f"1. Which floats?\nA. lead\nB. cork\nC. iron\nAnswer: {answer}\n\n{other}\n\nAnswers\n1. C\n2. A"
    assert read(text).questions[0].findings == findings
