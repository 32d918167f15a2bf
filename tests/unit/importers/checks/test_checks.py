"""What lint says of questions, by themselves and beside each other."""

from dataclasses import replace
from time import perf_counter

import pytest

from bot.domain.doubts import check
from bot.domain.drafts import FindingCode, QuestionDraft
from bot.domain.images import choice_picture, image_file
from bot.domain.selection import asked, selection
from bot.importers import lint, parse
from bot.importers.checks.similar import find_repeats
from bot.testing import number, short
from tests.pictures import png

SOUND = QuestionDraft(line=1, stem="Which of these floats on water?", choices=("Lead.", "Cork.", "Iron."), key=(1,))


def found(draft: QuestionDraft) -> set[FindingCode]:
    return {finding.code for finding in check(draft)}


def test_a_sound_question_has_no_findings() -> None:
    assert lint([SOUND]) == [[]]


def test_a_question_without_a_key_is_unkeyed() -> None:
    assert found(replace(SOUND, key=())) == {FindingCode.UNKEYED}


@pytest.mark.parametrize("typed", [short("Which wood floats?"), number("How many float?")], ids=lambda one: one.kind)
def test_an_explanation_makes_up_for_no_key_only_where_choices_may_follow(typed: QuestionDraft) -> None:
    assert found(replace(typed, explanation="Cork does.")) == {FindingCode.UNKEYED}


@pytest.mark.parametrize("change", [{"choices": ("Cork.",), "key": (0,)}, {"stem": " "}, {"choices": ("", "Cork.")}])
def test_a_question_that_lacks_a_part_is_broken(change: dict[str, object]) -> None:
    assert found(replace(SOUND, **change)) == {FindingCode.BROKEN}  # type: ignore[arg-type]  # fields by name


def test_a_choice_that_is_right_and_wrong_is_broken() -> None:
    assert found(replace(SOUND, choices=("Cork.", "Cork.", "Iron."))) == {FindingCode.BROKEN}
    assert found(replace(SOUND, choices=("Lead.", "Cork.", "Lead."))) == set(), "only wrong ones are the same"
    assert found(replace(SOUND, choices=("Lead.", "cork.", "Cork."))) == set(), "case may be what is asked for"


@pytest.mark.parametrize(
    "text",
    [
        "Question,Correct Answer,Wrong 1,Wrong 2\nCapital of Italy?,Rome,Rome,Oslo\n",
        (
            '{"library": "H5P.MultiChoice 1.16", "params": {"question": "Capital of Italy?", "answers": '
            '[{"text": "Rome", "correct": true}, {"text": "Rome", "correct": false}]}}'
        ),
        (
            '<quiz><question type="multichoice"><questiontext><text>Capital of Italy?</text></questiontext>'
            '<answer fraction="100"><text>Rome</text></answer><answer fraction="0"><text>Rome</text></answer>'
            "</question></quiz>"
        ),
    ],
)
def test_a_choice_that_is_right_and_wrong_is_told_in_every_format(text: str) -> None:
    (question,) = parse(text.encode()).questions
    assert FindingCode.BROKEN in question.findings


def test_choices_with_the_same_text_may_differ_in_their_pictures() -> None:
    file, other = image_file(png()), image_file(png() + b"other")
    assert file is not None
    assert other is not None
    pictures = [choice_picture(one, "A boat") for one in (file, other, file)]
    boats = replace(SOUND, choices=("A boat",) * 2, key=(0,))
    assert found(replace(boats, choice_pictures=(pictures[0], pictures[1]))) == set()
    assert found(replace(boats, choice_pictures=(pictures[0], pictures[2]))) == {FindingCode.BROKEN}


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [
        ("Which float? (Choose TWO.)", 2),
        ("Which float? (Choose 3)", 3),
        ("Select TWO that float.", 2),
        ("Which float? Select the two best answers.", 2),
        ("Which THREE of these float?", 3),
        ("Which float? [Two answers]", 2),
        ("Which float? (Choose all that apply).", "all"),
        ("Which float? Select all that apply.", "all"),
        ("Which float? (Select all)", "all"),
        ("Check each correct answer.", "all"),
        ("You must select two boats. Which floats?", None),
        ("Choose the best answer.", None),
        ("What are the two kinds of wood?", None),
        ("Select 2.5 litres of what?", None),
    ],
)
def test_how_many_a_stem_asks_for(stem: str, wanted: object) -> None:
    assert asked(stem) == wanted


@pytest.mark.parametrize(("key_size", "expected"), [(0, 2), (2, 2), (1, 1), (3, 3)])
def test_a_number_in_passing_counts_unless_the_key_contradicts(key_size: int, expected: int) -> None:
    assert selection("Which two float?", key_size) == expected


def test_a_key_of_another_size_than_asked_for_is_a_mismatch() -> None:
    assert found(replace(SOUND, stem="Which float? (Choose two.)")) == {FindingCode.SELECT_MISMATCH}
    assert found(replace(SOUND, stem="Which float? (Choose two.)", key=(0, 1))) == set()
    assert found(replace(SOUND, stem="Which float? (Choose all that apply.)")) == set()
    assert FindingCode.SELECT_MISMATCH not in found(replace(SOUND, stem="Which float? (Choose two.)", key=()))


def test_a_key_of_another_size_than_the_file_itself_says_is_a_mismatch() -> None:
    assert found(replace(SOUND, key=(0, 2), select=1)) == {FindingCode.SELECT_MISMATCH}
    assert found(replace(SOUND, key=(0, 2), select="all")) == set()
    every = tuple(range(len(SOUND.choices)))
    assert found(replace(SOUND, key=every, select=len(every))) == set(), "all of them may be right"


@pytest.mark.parametrize(
    "stem",
    [
        "Consider the same boat as in the previous question. Does it float?",
        "Using the scenario of the preceding two questions, what sinks?",
        "With the ship from question 12, what sinks?",
    ],
)
def test_a_question_that_leans_on_another_says_so(stem: str) -> None:
    assert found(replace(SOUND, stem=stem)) == {FindingCode.DEPENDS_ON_PREVIOUS}


@pytest.mark.parametrize("stem", ["What was the last item put aboard?", "What exceeds the previous threshold?"])
def test_a_word_alone_makes_no_dependence(stem: str) -> None:
    assert found(replace(SOUND, stem=stem)) == set()


@pytest.mark.parametrize(
    "stem",
    [
        "Refer to Table 3.1 for this question. What sinks?",
        "The hull looks like the following graphic. Does it float?",
        "As shown in the diagram, the hull is broken. What sinks?",
        "What does ![[hull.png]] show?",
        "(Exhibit) What sinks?",
    ],
)
def test_a_question_that_needs_a_picture_says_so(stem: str) -> None:
    assert found(replace(SOUND, stem=stem)) == {FindingCode.NEEDS_FIGURE}


@pytest.mark.parametrize("stem", ["How do you scale an image?", "What is put into a table?", "Which chart is it?"])
def test_pictures_that_are_spoken_of_are_not_needed(stem: str) -> None:
    assert found(replace(SOUND, stem=stem)) == set()


@pytest.mark.parametrize(
    "change",
    [
        {"explanation": "Cork is over-engineering here, for a plank would do."},
        {"explanation": "Density decides. Therefore, lead is the correct answer."},
        {"explanation": "The correct answer is A."},
        {"explanation": "Option B is incorrect since it soaks."},
        {"choice_explanations": ("Lead sinks.", "Incorrect. It soaks.", "Iron sinks.")},
        {"choice_explanations": ("Correct: it floats.", "It soaks.", "Iron sinks.")},
    ],
)
def test_an_explanation_that_speaks_against_the_key_is_noticed(change: dict[str, object]) -> None:
    assert found(replace(SOUND, **change)) == {FindingCode.KEY_CONFLICTS_EXPLANATION}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "explanation",
    [
        "Cork is the correct answer. Lead is wrong, and iron is not suitable.",
        "Cork floats because it is not heavy.",
        "The correct answer is B. Option A is incorrect.",
    ],
)
def test_an_explanation_that_agrees_is_left_alone(explanation: str) -> None:
    assert found(replace(SOUND, explanation=explanation)) == set()


def test_the_same_question_again_is_a_duplicate_whatever_the_order_of_its_choices() -> None:
    again = replace(SOUND, line=9, choices=("Cork", "Iron", "Lead"), key=(0,))
    assert [[finding.code for finding in one] for one in lint([SOUND, again])] == [[], [FindingCode.DUPLICATE]]


@pytest.mark.parametrize(
    ("stem", "near"),
    [
        ("Which of these things will float upon the water of a calm lake in summer?", True),
        ("Which of those things floats upon the water of a calm lake in summer?", True),
        ("Which of these things floats upon the watter of a calm lake in summer?", True),
        ("Which of these things sinks in the water of a calm lake in summer?", False),
        ("Which of these things does not float upon the water of a calm lake in summer?", False),
        ("Which of these things floats upon the water of a calm lake in winter?", False),
    ],
)
def test_nearly_the_same_stem_is_noticed_another_word_that_matters_is_not(stem: str, near: bool) -> None:
    first = replace(SOUND, stem="Which of these things floats upon the water of a calm lake in summer?")
    second = replace(SOUND, line=9, stem=stem, choices=("Lead", "Cork", "Gold"))
    expected = [FindingCode.NEAR_DUPLICATE] if near else []
    assert [finding.code for finding in lint([first, second])[1]] == expected


def test_a_stem_that_says_nothing_makes_no_near_duplicate() -> None:
    one = replace(SOUND, stem="Which statement is true?")
    other = replace(one, line=9, choices=("Fire burns.", "Ice burns."))
    assert lint([one, other])[1] == []


def test_a_choice_that_breaks_off_is_broken() -> None:
    cut = replace(SOUND, line=5, choices=("It is a boat.", "It is a raft.", "It carries pass"))
    other = replace(SOUND, line=9, stem="Who boards a boat?", choices=("Only passengers.", "Nobody.", "All."))
    assert [[finding.code for finding in one] for one in lint([cut, other])] == [[FindingCode.BROKEN], []]


def test_a_missing_full_stop_is_no_break() -> None:
    draft = replace(SOUND, choices=("It is a boat.", "It is a raft.", "It is a canoe"))
    assert lint([draft]) == [[]]


def test_a_last_question_with_fewer_choices_than_all_others_breaks_off() -> None:
    others = [replace(SOUND, line=n, stem=f"Which floats number {n}?") for n in range(1, 5)]
    last = replace(SOUND, line=9, stem="Which sinks?", choices=("Lead", "Cork"), key=())
    assert FindingCode.BROKEN in [finding.code for finding in lint([*others, last])[-1]]


def test_repeats_in_twenty_thousand_questions_are_found_in_seconds() -> None:
    words = [f"{one}{two}" for one in "bcdfghklmn" for two in ("amber", "ore", "une", "ing", "est")]
    drafts = [
        replace(SOUND, line=n, stem=" ".join(words[(n * step) % len(words)] for step in (1, 7, 11, 13, 17)) + f" {n}")
        for n in range(20_000)
    ]
    drafts.append(replace(drafts[77], line=99_999))
    started = perf_counter()
    repeats = dict(find_repeats(drafts))
    assert perf_counter() - started < 30
    assert repeats[20_000].code is FindingCode.DUPLICATE
