"""Cards: what is said of a back is kept as it was said, never graded, and a short back can be typed instead."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accepted import MOST_ACCEPTED
from bot.domain.errors import BadInput
from bot.domain.kinds.card import Back, CardKind, CardRefusal, Recall
from bot.domain.kinds.card_key import MOST_CHARACTERS, MOST_WORDS
from bot.domain.kinds.short import ShortAnswer, ShortKey
from bot.domain.revisions import corrected, draft_of, first_revision, next_revision, widened
from bot.domain.rounds import Reveal
from bot.domain.views import LONGEST_TYPED, ControlKind
from bot.testing import A_MONDAY, card
from tests.unit.domain.typed_rounds import a_round

CARD = CardKind()
LAMBDA = Back("AWS Lambda", ("Lambda",))
WORDS = ("Knew it", "Almost", "Didn't know")
texts = st.text(st.sampled_from("abcßİé `*_-\n1٣"), max_size=60)
backs = st.builds(Back.of, texts, st.lists(texts, max_size=3))


def question(back="AWS Lambda", *accepted):
    return first_revision(card("Which?", back, *accepted), question_id=3, bank_id=1)


@pytest.mark.parametrize(
    ("back", "is_short", "line"),
    [
        ("Lambda", True, "Lambda"),
        ("one two three four five", True, "one two three four five"),
        ("one two three four five six", False, "one two three four five six"),
        ("x" * MOST_CHARACTERS, True, "x" * MOST_CHARACTERS),
        ("x" * (MOST_CHARACTERS + 1), False, "x" * (MOST_CHARACTERS + 1)),
        ("Paris\nRome", False, "Paris Rome"),
        ("- Paris\n- Rome", False, "- Paris - Rome"),
        ("`git stash pop`", True, "git stash pop"),
        ("**bold**", True, "bold"),
        ("***`both`***", True, "both"),
        ("*one* and *two*", True, "*one* and *two*"),
        ("`a` or `b`", True, "`a` or `b`"),
        ("2 * 3", True, "2 * 3"),
        ("*", True, "*"),
        ("**", True, "**"),
        ("`" + "x" * MOST_CHARACTERS + "`", True, "x" * MOST_CHARACTERS),
        ("東京", True, "東京"),
    ],
)
def test_a_back_is_short_if_it_is_a_few_words_on_one_line(back, is_short, line):
    assert (Back.of(back).is_short, Back.of(back).line) == (is_short, line)
    assert len(line.split()) <= MOST_WORDS or not is_short


@given(backs)
def test_a_back_is_stored_and_read_again_and_drafted_again(back):
    assert CARD.stored_key(back.stored) == back
    assert hash(CARD.stored_key(back.stored)) == hash(back)
    assert bool(back) == bool(back.stored) == bool(back.spelled(()))
    again = CARD.drafted_key(CARD.with_key(card("Which?", ""), (), back), ())
    assert again == back


@given(backs)
def test_a_short_back_is_right_where_it_is_typed_and_so_is_what_it_accepts(back):
    asked = CARD.in_series(replace(question(), key=back))
    assert asked.kind == ("short" if back.is_short else "card")
    assert asked.stem == "Which?"
    if back.is_short:
        assert all(asked.key.grade(ShortAnswer(text)).right for text in back.spelled(()))
        assert asked.key == CARD.key_as(back, "short")


@given(backs, st.sets(st.integers(-2, 4), max_size=3).map(frozenset) | st.lists(texts, max_size=2).map(tuple))
def test_exactly_one_word_answers_and_is_kept_as_it_was_said(back, given_):
    round_ = a_round(CARD, back)
    is_word = given_ in {frozenset({position}) for position in range(3)}
    assert CARD.refusal(given_, round_) == (None if is_word else CardRefusal.NO_SUCH_WORD)
    response = CARD.response(given_, round_)
    assert bool(response) is is_word
    assert CARD.stored_response(response.stored) == response
    assert back.grade(response) is None
    if is_word:
        assert response.given(()) == given_
        assert CARD.response(response.given(()), round_) == response
        (word,) = response.texts({})
        assert (word, word.casefold()) == (WORDS[min(given_)], response.spelled(())[0])


def test_nothing_said_is_no_response():
    assert not Recall()
    assert (Recall().stored, Recall().given(()), Recall().spelled(()), Recall().texts({})) == (0, frozenset(), (), ())
    assert CARD.stored_response(0) == Recall()
    assert CARD.stored_key(0) == CARD.no_key
    assert (CARD.no_key.stored, bool(CARD.no_key), CARD.no_key.in_full) == (0, False, "")
    assert CARD.stored_key('{"back": "a", "colour": "red"}') == Back("a")


def test_a_key_of_another_kind_is_no_back():
    with pytest.raises(TypeError):
        CARD.with_key(card("Which?", ""), (), ShortKey(("a",)))


def test_controls_are_a_button_and_words_that_tell_nothing_of_the_back():
    round_ = a_round(CARD, LAMBDA)
    controls = CARD.controls(round_)
    assert (controls.kind, controls.round_id, controls.fewest, controls.most) == (ControlKind.CARD, 7, 1, 1)
    shown = CARD.options(round_, question())
    assert [(option.letter, option.text) for option in shown] == [("", word) for word in WORDS]
    assert "ambda" not in CARD.hint(round_)
    assert CARD.options(replace(round_, closed_at=A_MONDAY), question()) == ()
    assert CARD.shuffled(question(), Random(1)) == ()
    assert LAMBDA.fits(())
    assert not LAMBDA.fits((1,))
    assert not LAMBDA.names(1)


def test_a_result_counts_what_was_said():
    round_ = a_round(CARD, LAMBDA, reveal=Reveal.ON_ANSWER)
    told = CARD.result(round_, question(), [Recall(1), Recall(3), Recall(1)])
    assert [(option.text, option.number, option.right) for option in told] == [
        ("Knew it", 2, False),
        ("Almost", 0, False),
        ("Didn't know", 1, False),
    ]
    assert CARD.result(round_, question(), []) == ()


def test_a_typed_key_is_another_back_and_forgets_what_the_old_one_accepted():
    known = question("AWS Lambda", "Lambda")
    assert CARD.typed_key(" Fargate\n\n- it runs *containers* ", known) == Back("Fargate\n\n- it runs *containers*")
    assert CARD.typed_key("a\ud800b", known) == Back("ab")
    for nothing in ("", " \n", "\u200b", "\udcff"):
        with pytest.raises(BadInput, match="the new back"):
            CARD.typed_key(nothing, known)
    assert CARD.keyed(known, Back("x")).key == Back("x")
    assert draft_of(known).back == "AWS Lambda"
    assert draft_of(known).accepted == ("Lambda",)


def test_a_short_back_accepts_further_texts_but_none_twice():
    wider = CARD.accepting(LAMBDA, "Firecracker ")
    assert wider.accepted == ("Lambda", "Firecracker")
    for known in ("aws lambda", "LAMBDA", "the firecracker"):
        assert CARD.accepting(wider, known) == wider
    for text in ("", " ", "x" * (LONGEST_TYPED + 1)):
        with pytest.raises(BadInput):
            CARD.accepting(LAMBDA, text)
    with pytest.raises(BadInput, match="too long to be typed"):
        CARD.accepting(Back("one two three four five six"), "x")
    many = Back("a", tuple(f"b{number}" for number in range(MOST_ACCEPTED)))
    with pytest.raises(BadInput, match="at most"):
        CARD.accepting(many, "c")


def test_a_key_is_taken_over_by_rounds_that_asked_the_card_and_no_others():
    long = Back("y" * (LONGEST_TYPED + 1))
    assert CARD.key_as(LAMBDA, "card") == LAMBDA
    assert CARD.key_as(LAMBDA, "short") == ShortKey(("AWS Lambda", "Lambda"))
    assert CARD.key_as(long, "short") is None
    assert CARD.key_as(LAMBDA, "choice") is None


def test_what_was_accepted_for_a_back_stays_when_the_file_changes_but_not_if_the_back_was_also_corrected():
    known = question()
    accepted = widened(known, CARD.accepting(known.key, "Lmb"))
    assert next_revision(card("Which?", "Fargate"), accepted).key == Back("Fargate", ("Lmb",))
    mended = corrected(known, Back("Batch"))
    both = widened(mended, CARD.accepting(mended.key, "AWS Batch"))
    assert next_revision(card("Which?", "Fargate"), both).key == Back("Fargate")
