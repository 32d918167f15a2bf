"""Which answers count once two accounts are one player."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.linking import AccountAnswer, superfluous

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def answer(round_id, player_id, seconds=0, *, shared=None, chosen=True):
    at = AT + timedelta(seconds=seconds)
    return AccountAnswer(
        round_id=round_id, player_id=player_id, shared_id=shared, at=at, event_id=f"{player_id}", chosen=chosen
    )


def test_the_earlier_of_two_answers_in_a_round_counts():
    early, late = answer(1, 8), answer(1, 7, 5)
    assert superfluous([late, early]) == [late]


def test_the_earlier_of_two_answers_to_a_shared_question_counts():
    early, late = answer(1, 8, shared=3), answer(2, 7, 5, shared=3)
    assert superfluous([late, early]) == [late]


def test_one_that_was_taken_back_gives_way_to_one_that_stands():
    early, late = answer(1, 8, chosen=False), answer(1, 7, 5)
    assert superfluous([early, late]) == [early]


def test_one_that_was_taken_back_elsewhere_is_in_nobodys_way():
    assert superfluous([answer(1, 8, shared=3, chosen=False), answer(2, 7, 5, shared=3)]) == []


some_answers = st.lists(
    st.builds(
        lambda round_id, player_id, seconds, chosen: answer(
            round_id, player_id, seconds, shared=round_id % 3 or None, chosen=chosen
        ),
        st.integers(1, 6),
        st.integers(1, 2),
        st.integers(0, 3),
        st.booleans(),
    ),
    unique_by=lambda one: (one.round_id, one.player_id),
)


@given(some_answers)
def test_what_is_left_counts_once_for_each_round_and_question(given_answers):
    dropped = superfluous(given_answers)
    left = [one for one in given_answers if one not in dropped]
    assert len({one.round_id for one in left}) == len(left)
    shared = [one.shared_id for one in left if one.chosen and one.shared_id]
    assert len(set(shared)) == len(shared)
    assert {one.round_id for one in left} | {one.round_id for one in dropped} == {o.round_id for o in given_answers}
    assert superfluous(left) == []
