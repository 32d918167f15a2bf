"""Questions with blanks from the question to the leaderboard: partial credit, forms, corrections, results."""

from dataclasses import replace

import pytest

from bot.domain.accepted import NearMiss
from bot.domain.errors import BadInput
from bot.domain.rounds import Reveal
from bot.services.banks.correcting import accept_answer, correct_key, withdraw
from bot.services.rounds.asking import question_key, result_key
from bot.services.rounds.forms import AnswerForm, answer_form
from bot.testing import Conversation, blanks, plain

pytestmark = pytest.mark.sqlite_first

RHINE = NearMiss(text="Rhine", hint="The Rhine flows through *Cologne*.", blank=1)
PARIS = blanks("____ lies on the ____.", ["Paris"], ["Seine", "river Seine"], near_misses=[RHINE])
LONE = blanks("The sky is ____.", ["blue"])


def speaker(game, name="Ada"):
    return Conversation(game.app, game.space, speaker=name)


async def view(game, key):
    return (await game.app.storage.read(lambda unit: unit.outbox.find(key))).view


async def test_a_question_shows_its_gaps_and_a_field_for_each(game):
    await game.imports(PARIS)
    round_ = await game.asks()
    asked = await view(game, question_key(round_.id))
    assert asked.text == "`____` (1) lies on the `____` (2)."
    assert [field.label for field in asked.controls.fields] == ["Blank 1", "Blank 2"]
    assert "each one counts by itself" in asked.hint
    await game.closes(round_)
    assert (await view(game, question_key(round_.id))).text == asked.text


async def test_each_blank_earns_its_share(game):
    await game.imports(PARIS)
    round_ = await game.asks()
    told = await speaker(game).answers(round_, ("paris", "Rhine"))
    assert "(1) paris, (2) Rhine: partly right, 5 points." in told
    assert "Not right: (2). The Rhine flows through *Cologne*." in told
    assert "The right answers are (1) Paris, (2) Seine or river Seine." in told
    assert "(1) left blank, (2) Loire: not this time." in await speaker(game, "Bob").answers(round_, ("", "Loire"))
    assert await game.points() == {"Ada": 5, "Bob": 0}
    await game.agrees()


async def test_a_lone_blank_is_told_without_a_number(game):
    await game.imports(LONE)
    round_ = await game.asks()
    assert "blue (you typed bleu) is right! 10 points." in await speaker(game).answers(round_, ("bleu",))
    assert "The right answer is blue." in await speaker(game, "Bob").answers(round_, ("green",))


async def test_a_form_holds_what_stands_in_each_blank(game):
    await game.imports(PARIS)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    form = await answer_form(game.app, game.member("Ada"), "study", round_.id)
    assert isinstance(form, AnswerForm)
    assert (form.typed, form.question, form.may_be_empty) == (("", ""), "`____` (1) lies on the `____` (2).", True)
    await speaker(game).answers(round_, ("", "Seine"))
    assert (await answer_form(game.app, game.member("Ada"), "study", round_.id)).typed == ("", "Seine")


async def test_forged_submissions_store_nothing_and_are_answered_kindly(game):
    await game.imports(PARIS)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    ada = speaker(game)
    await ada.answers(round_, ("Paris", "Seine"))
    await game.later(seconds=1)
    for given, words in {
        (): "type an answer",
        frozenset(): "type an answer",
        frozenset({1}): "type an answer",
        ("Lyon",): "doesn't fit the question's blanks",
        ("Lyon",) * 3: "doesn't fit the question's blanks",
        ("Lyon", "x" * 301): "300 characters",
    }.items():
        assert words in await ada.answers(round_, given)
    assert (await game.stored(round_))["Ada"].response.given(()) == ("Paris", "Seine")
    await game.closes(round_)
    assert "This question has closed. The right" in await speaker(game, "Bob").answers(round_, ("Paris",) * 3)


async def test_the_result_tells_of_each_blank_and_shows_nothing_that_reaches_out(game):
    await game.imports(PARIS)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    typed = {"Ada": ("Paris", "Rhine"), "Bob": ("Pariss", "rhine "), "Cy": ("@here", "*Maas*"), "Di": ("", "x" * 81)}
    for name, texts in typed.items():
        await speaker(game, name).answers(round_, texts)
    await game.closes(round_)
    result = await view(game, result_key(round_.id))
    assert [(option.text, option.tally) for option in result.options] == [
        (r"\(1\) Paris", "2 (50%)"),
        (r"\(2\) Seine or river Seine", "0 (0%)"),
        (r"\(2\) Rhine", "2 (50%)"),
        (r"\(2\) \*Maas\*", "1 (25%)"),
    ]
    assert "Right answers: (1) Paris, (2) Seine or river Seine" in plain(result)


async def test_a_text_that_is_accepted_later_counts_in_its_blank_from_then_on_and_before(game):
    await game.imports(PARIS)
    before = await game.daily(reveal=Reveal.AT_CLOSE)
    await speaker(game).answers(before, ("Sequana", "Sequana"))
    await game.closes(before)
    done = await accept_answer(game.app, before.question_id, "2: Sequana", reason="", actor="test")
    assert (done.rounds, done.answers) == (1, 1)
    assert await game.points() == {"Ada": 5}
    assert "(2) Seine, river Seine or Sequana" in plain(await view(game, result_key(before.id)))
    assert (await game.imports(PARIS)).unchanged == 1
    with pytest.raises(BadInput, match=r"number of the blank that the answer is for \(1 to 2\)"):
        await accept_answer(game.app, before.question_id, "Sequana", reason="", actor="test")
    await game.agrees()


async def test_a_corrected_key_regrades_rounds_with_as_many_blanks_and_leaves_others_as_they_were(game):
    await game.imports(replace(LONE, source_id="sky"))
    lone = await game.asks()
    await speaker(game).answers(lone, ("blue",))
    await game.closes(lone)
    await game.imports(replace(PARIS, source_id="sky"))
    both = await game.asks()
    assert both.question_id == lone.question_id
    await speaker(game, "Bob").answers(both, ("Paris", "grey"))
    done = await correct_key(game.app, lone.question_id, "blue; grey | gray", reason="", actor="test")
    assert (done.rounds, done.answers) == (1, 0)  # another half is right
    assert await game.points() == {"Ada": 10, "Bob": 5}
    (entry, *_more) = await game.app.storage.read(lambda unit: unit.audit.about(f"question {lone.question_id}"))
    assert "(1) Paris,(2) Seine | river Seine -> (1) blue,(2) grey | gray" in entry.details
    await game.agrees()


async def test_a_round_that_is_open_when_its_question_is_withdrawn_still_has_its_fields(game):
    await game.imports(PARIS)
    round_ = await game.asks()
    await withdraw(game.app, round_.question_id, reason="", actor="test")
    form = await answer_form(game.app, game.member("Ada"), "study", round_.id)
    assert isinstance(form, AnswerForm)
    assert len(form.fields) == 2
    assert "isn't scored" in await speaker(game).answers(round_, ("Paris", ""))
    await game.closes(round_)
    assert await game.points() == {}
    await game.agrees()
