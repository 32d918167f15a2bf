"""What correcting a typed question, or accepting another answer, does to rounds that asked it in another revision."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bot.domain.accepted import AcceptedNumber, NearMiss
from bot.services.banks.correcting import accept_answer, correct_key
from bot.testing import Conversation, number, short

pytestmark = pytest.mark.sqlite_first

FARGATE = NearMiss(text="Fargate", hint="Fargate runs containers.")
CODE = short("Which service runs code without servers?", "Lambda", "Fargate")
KG = number("How heavy is it?", AcceptedNumber(value=Fraction(3)), unit="kg")
IN_GRAMS = replace(KG, accepted=(AcceptedNumber(value=Fraction(3000)),), unit="g")


@pytest.mark.parametrize(
    ("asked", "typed", "edited", "accepted"),
    [
        (CODE, "Fargate", replace(CODE, accepted=("Lambda",)), "AWS Lambda"),
        (CODE, "Fargate", replace(CODE, accepted=("Lambda",), near_misses=(FARGATE,)), "AWS Lambda"),
        (CODE, "fargate", replace(CODE, exact=True), "AWS Lambda"),
        (KG, "3 kg", IN_GRAMS, "3100"),
        (KG, "3 kg", replace(KG, accepted=(AcceptedNumber(value=Fraction(4)),)), "5 kg"),
    ],
    ids=["fewer", "near miss", "exact", "another unit", "another number"],
)
async def test_accepting_an_answer_takes_points_from_nobody(game, asked, typed, edited, accepted):
    await game.imports(asked)
    round_ = await game.asks()
    await Conversation(game.app, game.space, speaker="Ada").answers(round_, (typed,))
    await game.imports(edited)
    await accept_answer(game.app, round_.question_id, accepted, reason="", actor="test")
    assert await game.points() == {"Ada": 10}
    await game.agrees()


async def test_an_accepted_answer_counts_in_rounds_that_asked_another_revision_in_its_unit(game):
    await game.imports(KG)
    rounds = [await game.asks()]
    await Conversation(game.app, game.space, speaker="Ada").answers(rounds[0], ("3100",))
    await game.closes(rounds[0])
    await game.imports(IN_GRAMS)
    rounds.append(await game.asks())
    await Conversation(game.app, game.space, speaker="Bob").answers(rounds[1], ("3100",))
    done = await accept_answer(game.app, rounds[0].question_id, "3100", reason="", actor="test")
    assert (done.rounds, done.answers) == (1, 1)
    assert await game.points() == {"Ada": 0, "Bob": 10}
    await game.imports(replace(IN_GRAMS, accepted=(AcceptedNumber(value=Fraction(3200)),)))
    done = await accept_answer(game.app, rounds[0].question_id, "3,150 g", reason="", actor="test")
    assert (done.rounds, done.answers) == (1, 0)
    assert await game.points() == {"Ada": 0, "Bob": 10}


async def test_a_corrected_number_leaves_rounds_in_another_unit_as_they_were(game):
    await game.imports(KG)
    round_ = await game.asks()
    await Conversation(game.app, game.space, speaker="Ada").answers(round_, ("3 kg",))
    await game.imports(IN_GRAMS)
    done = await correct_key(game.app, round_.question_id, "3100", reason="", actor="test")
    assert done.rounds == 0
    assert await game.points() == {"Ada": 10}


async def test_a_corrected_text_is_graded_as_exactly_as_it_was_asked(game):
    await game.imports(CODE)
    round_ = await game.asks()
    await Conversation(game.app, game.space, speaker="Ada").answers(round_, ("batch",))
    await game.imports(replace(CODE, exact=True))
    await correct_key(game.app, round_.question_id, "Batch", reason="", actor="test")
    assert await game.points() == {"Ada": 10}


async def test_without_a_reason_the_audit_tells_what_changed_alone(game):
    await game.imports(CODE)
    round_ = await game.asks()
    await accept_answer(game.app, round_.question_id, "Batch", reason="", actor="test")
    await correct_key(game.app, round_.question_id, "Batch", reason="", actor="test")
    told = await game.app.storage.read(lambda unit: unit.audit.about(f"question {round_.question_id}"))
    assert {entry.details for entry in told} == {
        "“Batch” (rounds: 1, answers graded anew: 0)",
        "Lambda,Fargate,Batch -> Batch (rounds: 1, answers graded anew: 0)",
    }
