"""Which of several clicks stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import dropwhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import STORED, Answer, AnswerStatus, SubmitAnswer, decide
from bot.domain.grading import FULL_MARKS
from bot.domain.identity import Member
from bot.domain.kinds import KINDS
from bot.domain.kinds.choice import ChoiceKey, ChoiceRefusal
from bot.domain.kinds.typed_kind import FieldRefusal
from bot.domain.rounds import AnswerWith, Reveal, Round
from tests.unit.domain import typed_rounds

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADA = Member(space_id=1, external_id="ada", name="Ada")


def a_round(reveal=Reveal.ON_ANSWER, answer_with=AnswerWith.BUTTONS, select=1, key=(2,), **changes):
    values = {
        "id": 7,
        "space_id": 1,
        "league_id": 1,
        "channel": "study",
        "question_id": 3,
        "revision": 1,
        "key": ChoiceKey(key),
        "select": select,
        "order": (2, 0, 3, 1),
        "reveal": reveal,
        "answer_with": answer_with,
        "opened_at": NINE,
        "closes_at": None,
    }
    return Round(**values | changes)


def click(*picks, second=0, event="e", member=ADA, channel="study"):
    at = NINE + timedelta(seconds=second)
    return SubmitAnswer(round_id=7, channel=channel, member=member, given=frozenset(picks), at=at, event_id=event)


def after(round_, clicks):
    standing = None
    for one in clicks:
        outcome = decide(round_, standing, one, 11)
        if outcome.status in STORED:
            standing = outcome.answer
    return standing


def test_a_pick_counts_in_the_rounds_own_order():
    outcome = decide(a_round(), None, click(0), 11)
    assert outcome.status is AnswerStatus.SAVED
    assert outcome.answer.response == {2}
    assert outcome.answer.grade.points == FULL_MARKS


def test_the_first_answer_counts_where_the_verdict_follows_at_once():
    round_ = a_round()
    standing = after(round_, [click(1, second=1, event="a")])
    outcome = decide(round_, standing, click(0, second=2, event="b"), 11)
    assert (outcome.status, outcome.answer) == (AnswerStatus.ALREADY_ANSWERED, standing)


def test_an_earlier_click_that_arrives_late_takes_its_place_back():
    round_ = a_round()
    standing = after(round_, [click(1, second=5, event="b")])
    outcome = decide(round_, standing, click(0, second=1, event="a"), 11)
    assert outcome.status is AnswerStatus.CHANGED
    assert outcome.answer.response == {2}


def test_the_last_answer_counts_where_the_verdict_waits():
    round_ = a_round(Reveal.AT_CLOSE)
    standing = after(round_, [click(0, second=1, event="a"), click(1, second=2, event="b")])
    assert standing.response == {0}
    assert standing.grade is None
    outcome = decide(round_, standing, click(0, second=1, event="a"), 11)
    assert outcome.status is AnswerStatus.SUPERSEDED


def test_choosing_the_same_again_is_no_change_for_the_player():
    """The later time is stored all the same: a click between the two may still be on its way."""
    round_ = a_round(Reveal.AT_CLOSE)
    standing = after(round_, [click(0, second=1, event="a")])
    outcome = decide(round_, standing, click(0, second=3, event="c"), 11)
    assert outcome.status is AnswerStatus.SAVED
    assert decide(round_, outcome.answer, click(1, second=2, event="b"), 11).status is AnswerStatus.SUPERSEDED


def test_a_reaction_can_be_taken_back():
    round_ = a_round(Reveal.AT_CLOSE, AnswerWith.REACTIONS)
    standing = after(round_, [click(0, second=1, event="a"), click(second=2, event="b")])
    assert standing.response == frozenset()


@pytest.mark.parametrize(
    ("round_", "submitted", "status"),
    [
        (a_round(), click(0, channel="elsewhere"), AnswerStatus.NO_SUCH_ROUND),
        (a_round(), click(0, member=Member(space_id=2, external_id="ada", name="Ada")), AnswerStatus.NO_SUCH_ROUND),
        (a_round(private_to="bob"), click(0), AnswerStatus.NO_SUCH_ROUND),
        (a_round(private_to="ada"), click(0), AnswerStatus.SAVED),
        (a_round(closed_at=NINE), click(0), AnswerStatus.CLOSED),
        (a_round(closes_at=NINE + timedelta(seconds=5)), click(0, second=4), AnswerStatus.SAVED),
        (a_round(closes_at=NINE + timedelta(seconds=5)), click(0, second=5), AnswerStatus.CLOSED),
        (a_round(), click(4), ChoiceRefusal.NO_SUCH_CHOICE),
        (a_round(), click(-1), ChoiceRefusal.NO_SUCH_CHOICE),
        (a_round(), click(), ChoiceRefusal.WRONG_NUMBER),
        (a_round(), click(0, 1), ChoiceRefusal.WRONG_NUMBER),
        (a_round(select=2, key=(0, 1)), click(0), ChoiceRefusal.WRONG_NUMBER),
        (a_round(select=2, key=(0, 1)), click(0, 1, 2), ChoiceRefusal.WRONG_NUMBER),
        (a_round(select=2, key=(0, 1)), click(0, 1), AnswerStatus.SAVED),
        (a_round(select="all", key=(0, 1)), click(0), AnswerStatus.SAVED),
        (a_round(select="all", key=(0, 1)), click(0, 1, 2, 3), AnswerStatus.SAVED),
        (a_round(select="all", key=(0, 1)), click(), ChoiceRefusal.WRONG_NUMBER),
        (a_round(Reveal.AT_CLOSE, AnswerWith.REACTIONS, 2, (0, 1)), click(0), AnswerStatus.SAVED),
        (a_round(Reveal.AT_CLOSE, AnswerWith.REACTIONS, 2, (0, 1)), click(0, 1, 2), ChoiceRefusal.WRONG_NUMBER),
    ],
)
def test_what_is_taken_and_what_is_refused(round_, submitted, status):
    assert decide(round_, None, submitted, 11).status is status


def test_a_refused_click_leaves_the_standing_answer():
    round_ = a_round(Reveal.AT_CLOSE)
    standing = after(round_, [click(0, event="a")])
    outcome = decide(round_, standing, click(9, second=1, event="b"), 11)
    assert (outcome.status, outcome.answer) == (ChoiceRefusal.NO_SUCH_CHOICE, standing)


@st.composite
def rules(draw):
    answer_with = draw(st.sampled_from(AnswerWith))
    reveal = Reveal.AT_CLOSE if answer_with is AnswerWith.REACTIONS else draw(st.sampled_from(Reveal))
    return a_round(reveal, answer_with, select=draw(st.sampled_from([1, 2, "all"])), key=(0, 1))


clicks = st.lists(
    st.tuples(st.integers(0, 3), st.frozensets(st.integers(0, 4), max_size=4)), min_size=1, max_size=6
).map(lambda many: [click(*picks, second=second, event=f"e{n}") for n, (second, picks) in enumerate(many)])


@given(st.data(), rules(), clicks)
def test_the_same_clicks_leave_the_same_answer_in_any_order_and_however_often(data, round_, sent):
    delivered = data.draw(st.permutations(sent + data.draw(st.lists(st.sampled_from(sent), max_size=4))))
    assert after(round_, delivered) == after(round_, sent)


@given(rules(), clicks)
def test_first_counts_at_once_and_last_counts_at_the_close(round_, sent):
    valid = [one for one in sent if decide(round_, None, one, 11).status in STORED]
    if not valid:
        assert after(round_, sent) is None
        return
    choose = min if round_.reveal is Reveal.ON_ANSWER else max
    winner = choose(valid, key=lambda one: (one.at, one.event_id))
    standing = after(round_, sent)
    assert standing.response == {round_.order[pick] for pick in winner.given}
    assert (standing.at, standing.event_id) == (winner.at, winner.event_id)
    assert (standing.grade is not None) == (round_.reveal is Reveal.ON_ANSWER)


typed_clicks = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["a", "b", " "])), min_size=1, max_size=6).map(
    lambda many: [replace(click(second=second, event=f"e{n}"), given=(text,)) for n, (second, text) in enumerate(many)]
)


@given(typed_clicks)
def test_a_blank_field_takes_back_what_is_there_and_leaves_nothing_where_there_is_nothing(delivered):
    round_ = typed_rounds.a_round(KINDS["short"], opened_at=NINE)
    counting = list(dropwhile(lambda one: one.given == (" ",), delivered))
    standing = after(round_, delivered)
    if not counting:
        assert standing is None
        assert decide(round_, None, delivered[0], 11).status is FieldRefusal.NOTHING_TYPED
        return
    winner = max(counting, key=lambda one: (one.at, one.event_id))
    assert (standing.response.text, standing.event_id) == (winner.given[0].strip(), winner.event_id)


def test_an_unkeyed_round_takes_answers_and_grades_none():
    answer = after(a_round(key=()), [click(0)])
    assert isinstance(answer, Answer)
    assert answer.grade is None
