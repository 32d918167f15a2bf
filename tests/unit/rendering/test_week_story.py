"""What the weekly post says beside the standings, in words."""

from datetime import date, time
from typing import get_args

import pytest

from bot.domain.grading import POINT
from bot.domain.headlines import (
    CloseRace,
    Comeback,
    Flawless,
    Headline,
    NewLeader,
    QuietWeek,
    RecordWeek,
    SharedLead,
    Unsolved,
    Win,
)
from bot.domain.kinds import kind_of
from bot.domain.revisions import first_revision
from bot.domain.weeks import Coming, Riser, SplitQuestion
from bot.rendering import week_story
from bot.rendering.words import plain
from bot.testing import blanks, draft, in_order, matching, short, statement
from tests.unit.domain.typed_rounds import a_round

MONDAY = date(2026, 3, 9)
TOLD = {
    CloseRace(name="The Owls", lead=2 * POINT): "A close race: The Owls won by 2 points.",
    SharedLead(first="Owls", second="Foxes"): "A tie at the top: Owls and Foxes share the lead.",
    Comeback(name="Owls", before=5): "What a comeback: Owls won, after being number 5 the week before.",
    NewLeader(name="Owls"): "There is a new leader: Owls.",
    Flawless(name="Ada", answers=7): "Ada gave 7 answers, and all of them were right.",
    RecordWeek(answers=57): "A record: 57 answers, more than in any week of the last three months.",
    Unsolved(weekday=1): "Nobody got Tuesday's question.",
    QuietWeek(answers=1): "A quiet week, with 1 answer.",
    Win(name="Owls", score=50 * POINT): "Owls won the week with 50 points.",
}


@pytest.mark.parametrize(("headline", "told"), TOLD.items(), ids=str)
def test_each_headline_is_a_sentence(headline, told):
    assert week_story.headline_words(headline) == told


def test_every_headline_is_tried():
    assert {type(one) for one in TOLD} == set(get_args(Headline))


def test_names_are_shown_as_they_are():
    assert week_story.headline_words(NewLeader(name="*Ada* <@1>")).endswith(r" \*Ada\* \<\@1\>.")


def test_each_riser_has_a_line_with_its_player():
    section = week_story.risers([Riser(player_id=3, name="Ada", gained=1), Riser(player_id=5, name="Bo", gained=2)])
    assert section.text == "- Ada: up 1 place\n- Bo: up 2 places"
    assert section.players == (3, 5)


def test_nothing_is_said_where_there_is_nothing_to_say():
    assert week_story.risers([]) is week_story.split(None) is week_story.coming([]) is None


def split_of(a_draft, *, right=2, answered=5):
    question = first_revision(a_draft, question_id=3, bank_id=1)
    round_ = a_round(kind_of(question), question.key, order=question.order, select=question.select)
    return plain(week_story.split(SplitQuestion(round=round_, question=question, right=right, answered=answered)).text)


@pytest.mark.parametrize(
    ("a_draft", "answer"),
    [
        (draft("Which?", "Mars", "Venus"), "Mars"),
        (draft("Which?", "Mars", "Venus", "Earth", key=(0, 2)), "Mars, Earth"),
        (statement("Is it?", true=False), "False"),
        (short("Who?", "Ada", "Ada Lovelace"), "Ada or Ada Lovelace"),
        (blanks("____ lies on the ____.", ("Paris",), ("Seine", "river Seine")), "(1) Paris, (2) Seine or river Seine"),
        (in_order("Which first?", "a", "b", "c"), "a, b, c"),
        (matching("Which is whose?", ("one", "1"), ("two", "2")), "one – 1, two – 2"),
    ],
    ids=["one choice", "several choices", "true or false", "typed", "blanks", "order", "pairs"],
)
def test_the_question_that_split_the_group_is_told_with_its_answer_in_words(a_draft, answer):
    assert split_of(a_draft) == f"{a_draft.stem} (2 of 5 got it)\nThe answer: {answer}"


def test_a_long_question_and_its_long_answer_are_shortened():
    stem, answer = split_of(draft("Why " * 300 + "?", "because " * 100, "no")).split("\n")
    assert stem.endswith("… (2 of 5 got it)")
    assert answer.endswith("…")
    assert len(stem) < 170 > len(answer)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (range(7), "- every day, 09:00 Europe/Berlin"),
        ((1, 3), "- Wed, Fri, 09:00 Europe/Berlin"),
        ((0, 6), "- Tue, Mon, 09:00 Europe/Berlin"),
    ],
)
def test_questions_to_come_are_told_by_their_days_in_order(days, told):
    tuesday = MONDAY.toordinal() + 1
    coming = Coming(days=tuple(date.fromordinal(tuesday + day) for day in days), at=time(9), zone="Europe/Berlin")
    assert week_story.coming([coming]).text == told
