"""Titles above lists with signs for right and wrong: lists of things done have those, too."""

import pytest

from bot.domain.drafts import FindingCode
from tests.unit.importers.as_read import codes, read

_QUIZ = "## Which is a colour?\n- [x] Red\n- [ ] Run\n\n## Which is a verb?\n- [ ] Red\n- [x] Run\n\n"


@pytest.mark.parametrize(
    "done",
    [
        "## To do\n- [x] Mend the typos\n- [ ] Add pictures",
        "## Before next week\n- ✓ Mend the typos\n- ✗ Add pictures",
        "## In the new edition\n+ more pictures\n- the old cover",
    ],
)
def test_a_title_above_ticks_is_doubted_among_questions_that_ask(done: str) -> None:
    assert codes(read(_QUIZ + done)) == [[], [], [FindingCode.SWALLOWED]]


def test_a_title_with_as_many_choices_as_most_questions_have_is_one() -> None:
    colour = "## Which is a colour?\n- [x] Red\n- [ ] Run\n- [ ] Up\n\n"
    quiz = f"{colour}## Which is a verb?\n- [ ] Red\n- [x] Run\n- [ ] Up\n\n"
    title = "## Opposite of down\n- [ ] Red\n- [ ] Run\n- [x] Up"
    assert codes(read(quiz + title)) == [[], [], []]
    assert codes(read(f"{quiz}## Is up a verb?\n- [ ] Yes\n- [x] No\n\n{title}")) == [[], [], [], []]
    assert codes(read(f"{quiz}{title}\n- [ ] Low")) == [[], [], [FindingCode.SWALLOWED]]
    assert codes(read(quiz + title.replace("[ ] Red", "[x] Red"))) == [[], [], [FindingCode.SWALLOWED]]


@pytest.mark.parametrize(
    "stem",
    [
        "Select the light metals",
        "Welche Metalle schwimmen",
        "Elige los metales ligeros",
        "Укажите лёгкие металлы",
        "हल्की धातु कौन सी",
        "水に浮く金属はどれか",
    ],
)
def test_lines_with_words_that_ask_are_no_titles_though_they_end_without_a_sign(stem: str) -> None:
    assert codes(read(f"{_QUIZ}## {stem}\n- [x] Li\n- [x] Na\n- [ ] Pb")) == [[], [], []]
    assert codes(read(f"{_QUIZ}## {stem}\n- [x] Li\n- [x] Na\n- [x] Pb")) == [[], [], [FindingCode.SWALLOWED]]


def test_titles_are_doubted_if_not_each_has_one_tick() -> None:
    document = read("## Done\n- [x] Typos\n- [x] Pictures\n- [ ] Cover\n\n## Next time\n- [x] Printer\n- [ ] Shop")
    assert codes(document) == [[FindingCode.SWALLOWED]] * 2


@pytest.mark.parametrize("title", ["Largest sea", "Deepest lake:", "The longest river is"])
def test_terms_with_one_right_choice_each_are_questions(title: str) -> None:
    document = read(f"## {title}\n- [x] Here\n- [ ] There\n\n## Highest peak\n- [ ] This\n- [x] That")
    assert codes(document) == [[], []]


@pytest.mark.parametrize(
    "stem", ["The longest river is", "Select the longest river.", "Of these, the one river that is longest by far"]
)
def test_stems_that_leave_something_open_are_no_titles(stem: str) -> None:
    assert codes(read(f"{_QUIZ}## {stem}\n- [x] Here\n- [ ] There")) == [[], [], []]


def test_a_checklist_below_a_few_words_and_a_colon_is_doubted_among_numbers() -> None:
    document = read(
        """
        1. Which is a colour?
        - [x] Red
        - [ ] Run

        Before next week:

        - [x] Read the book
        - [ ] Write the essay

        2. Which is a verb?
        - [ ] Red
        - [x] Run
        """
    )
    assert codes(document) == [[], [FindingCode.SWALLOWED], []]


@pytest.mark.parametrize("shown", ["`ls -a`", "![A river from above](river.png)", "```\nls -a\n```"])
def test_what_a_question_shows_below_itself_is_no_title(shown: str) -> None:
    document = read(f"{_QUIZ}## What does this show?\n\n{shown}\n\n- [x] Here\n- [ ] There")
    assert FindingCode.SWALLOWED not in codes(document)[2]
