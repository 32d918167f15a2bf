"""A play of each kind that is answered in a row of menus, or by typing letters in their place."""

from dataclasses import dataclass, replace

import pytest

from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.kinds import kind_of
from bot.domain.responses import Given, Row
from bot.domain.rounds import Reveal, Round
from bot.domain.views import ControlKind
from bot.services.banks.correcting import accept_answer, correct_key, withdraw
from bot.services.banks.storing import bank_questions
from bot.services.rounds.asking import question_key, result_key
from bot.services.rounds.forms import answer_form
from bot.testing import Conversation, in_order, matching, plain

pytestmark = pytest.mark.sqlite_first

UNITS = in_order("Order by size.", "bit", "byte", "kilobyte")
PREFIXES = in_order("Order by size.", "nano", "micro", "milli", "one", "kilo", "mega")
CAPITALS = matching("Which capital?", ("France", "Paris"), ("Italy", "Rome"), ("Spain", "Madrid"), distractors=["Oslo"])


@dataclass(frozen=True, kw_only=True)
class Play:
    """What is given in a play of a kind, as texts of choices, and what it earns."""

    draft: QuestionDraft
    right: tuple[str, ...]
    partly: tuple[str, ...]
    points: str
    wrong: tuple[str, ...]
    key: str
    controls: ControlKind = ControlKind.MENUS

    def gives(self, round_: Round, texts: tuple[str, ...]) -> Given:
        """What somebody gives who picks these texts, as the round shows them."""
        picks = [round_.order.index(self.draft.choices.index(text)) for text in texts]
        if self.controls is ControlKind.FIELDS:
            return (" ".join("ABCDEF"[pick] for pick in picks),)
        return Row(tuple(pick - (3 if self.draft is CAPITALS else 0) for pick in picks))

    def nothing(self) -> Given:
        """What takes an answer back."""
        return (" ",) if self.controls is ControlKind.FIELDS else Row((None,) * 3)


PLAYS = [
    Play(
        draft=UNITS,
        right=("bit", "byte", "kilobyte"),
        partly=("byte", "bit", "kilobyte"),
        points="6.67 points",
        wrong=("kilobyte", "byte", "bit"),
        key="C B A",
    ),
    Play(
        draft=PREFIXES,
        right=PREFIXES.choices,
        partly=("micro", "nano", "milli", "one", "kilo", "mega"),
        points="9.33 points",
        wrong=PREFIXES.choices[::-1],
        key="F E D C B A",
        controls=ControlKind.FIELDS,
    ),
    Play(
        draft=CAPITALS,
        right=("Paris", "Rome", "Madrid"),
        partly=("Paris", "Rome", "Oslo"),
        points="3.33 points",
        wrong=("Rome", "Paris", "Oslo"),
        key="1B 2A 3D",
    ),
]
plays = pytest.mark.parametrize("play", PLAYS, ids=lambda play: f"{play.draft.kind}-{play.controls}")


def speaker(game, name="Ada"):
    return Conversation(game.app, game.space, speaker=name)


def spelled(round_, play, texts):
    return kind_of(round_).response(play.gives(round_, texts), round_).spelled(round_.order)[0]


async def post(game, key):
    return (await game.app.storage.read(lambda unit: unit.outbox.find(key))).view


@plays
async def test_a_play_that_reveals_at_the_close(game, play):
    await game.imports(play.draft)
    ada, bob, cy = (speaker(game, name) for name in ("Ada", "Bob", "Cy"))
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    asked = await post(game, question_key(round_.id))
    assert (asked.controls.kind, bool(asked.menus)) == (play.controls, play.controls is ControlKind.MENUS)
    assert {option.text for option in asked.options} == set(play.draft.choices)
    assert not any(option.mark_text for option in asked.options)
    assert spelled(round_, play, play.right) not in plain(asked)
    assert f"Saved: {spelled(round_, play, play.wrong)}" in await ada.answers(round_, play.gives(round_, play.wrong))
    await game.later(seconds=1)
    changed = await ada.answers(round_, play.gives(round_, play.right))
    assert f"Changed to {spelled(round_, play, play.right)}" in changed
    assert "right" not in changed
    await bob.answers(round_, play.gives(round_, play.partly))
    await cy.answers(round_, play.gives(round_, play.wrong))
    await game.closes(round_)
    earned = float(play.points.split()[0])
    assert await game.points() == {"Ada": 10, "Bob": pytest.approx(earned, abs=0.01), "Cy": 0}
    result = await post(game, result_key(round_.id))
    assert plain(result).startswith(f"Right answer: {spelled(round_, play, play.right)}")
    assert all(option.mark_text == "right" for option in result.options)
    assert "your answer stands" in await ada.answers(round_, play.gives(round_, play.right))
    await correct_key(game.app, round_.question_id, play.key, reason="", actor="test")
    assert (await game.points())["Cy"] == 10
    await game.agrees()


@plays
async def test_a_play_whose_first_answer_counts(game, play):
    await game.imports(play.draft)
    ada, bob = speaker(game), speaker(game, "Bob")
    round_ = await game.asks()
    right = spelled(round_, play, play.right)
    assert f"{right} is right! 10 points." in await ada.answers(round_, play.gives(round_, play.right))
    await game.later(seconds=1)
    assert "Your first answer stands." in await ada.answers(round_, play.gives(round_, play.wrong))
    told = await bob.answers(round_, play.gives(round_, play.partly))
    assert f"is partly right: {play.points}. The right answer is {right}." in told
    await game.closes(round_)
    late = await speaker(game, "Cy").answers(round_, play.gives(round_, play.right))
    assert f"That came too late for points, but {right} would have been right!" in late
    await withdraw(game.app, round_.question_id, reason="", actor="test")
    assert await game.points() == {}
    assert "withdrawn" in plain(await post(game, result_key(round_.id)))
    await game.agrees()


@plays
async def test_an_incomplete_row_costs_nothing_and_an_empty_one_takes_the_answer_back(game, play):
    await game.imports(play.draft)
    ada, round_ = speaker(game), await game.daily(reveal=Reveal.AT_CLOSE)
    assert "Please" in await ada.answers(round_, play.nothing())
    await ada.answers(round_, play.gives(round_, play.wrong))
    await game.later(seconds=1)
    twice = play.gives(round_, (play.right[0], play.right[0], *play.right[2:]))
    assert "isn't saved yet, because a letter is in it twice" in await ada.answers(round_, twice)
    partial = ("A",) if play.controls is ControlKind.FIELDS else Row((0, None, None))
    assert "isn't saved yet, because" in await ada.answers(round_, partial)
    assert "no such letter" in await ada.answers(round_, ("Y",) if partial == ("A",) else Row((0, 1, 24)))
    stands = (await game.stored(round_))["Ada"].response
    assert stands == kind_of(round_).response(play.gives(round_, play.wrong), round_)
    assert "Taken back" in await ada.answers(round_, play.nothing())
    assert await game.app.storage.read(lambda unit: unit.rounds.answered([round_.id])) == {round_.id: 0}


async def test_an_empty_row_makes_nobody_a_player(game):
    await game.imports(UNITS)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    outcome = await game.app.answers.submit(replace(game.click(round_, "Ada"), given=Row((None,) * 3)))
    assert str(outcome.status) == "nothing_picked"
    assert await game.app.storage.read(lambda unit: unit.people.player(game.member("Ada"))) is None


@plays
async def test_what_is_stored_is_read_back_the_same(game, play):
    await game.imports(play.draft)
    (question,) = (await bank_questions(game.app, "bank"))[1]
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    found = await game.app.storage.read(lambda unit: unit.rounds.find(round_.id))
    assert (found, found.key) == (round_, question.key)
    given = play.gives(round_, play.partly)
    await speaker(game).answers(round_, given)
    assert (await game.stored(round_))["Ada"].response.given(round_.order) == given
    (played,) = await game.app.storage.read(lambda unit: unit.answers.history(game.member("Ada")))
    pairs = tuple(f"{left} – {right}" for left, right in zip(CAPITALS.choices, play.partly, strict=False))
    assert played.chosen == (pairs if play.draft is CAPITALS else play.partly)
    again = await game.imports(play.draft)
    assert (again.new, again.edited, again.unchanged) == (0, 0, 1)


@plays
async def test_the_form_holds_the_answer_that_stands(game, play):
    await game.imports(play.draft)
    ada, round_ = game.member("Ada"), await game.daily(reveal=Reveal.AT_CLOSE)
    form = await answer_form(game.app, ada, "study", round_.id)
    assert not form.may_be_empty
    assert len(form.menus or form.fields) == (1 if play.controls is ControlKind.FIELDS else 3)
    assert (form.typed, form.row) == ((("",), Row()) if play.controls is ControlKind.FIELDS else ((), Row((None,) * 3)))
    assert ("\n- A " in form.question) is (play.controls is ControlKind.FIELDS)
    given = play.gives(round_, play.partly)
    await speaker(game).answers(round_, given)
    form = await answer_form(game.app, ada, "study", round_.id)
    assert given in (form.typed, form.row)
    assert form.may_be_empty
    await game.closes(round_)
    assert "your answer stands" in plain(await answer_form(game.app, ada, "study", round_.id))


async def test_a_receipt_names_the_items_in_their_order_if_they_fit(game):
    await game.imports(UNITS)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    given = PLAYS[0].gives(round_, ("byte", "bit", "kilobyte"))
    assert "(byte, bit, kilobyte)." in await speaker(game).answers(round_, given)
    await game.closes(round_)
    await game.imports(in_order("Order by length.", "x" * 90, "y" * 90, "z" * 90))
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    long = await speaker(game).answers(round_, Row((0, 1, 2)))
    assert "Saved: A, B, C." in long


async def test_no_answer_is_accepted_beside_the_key(game):
    await game.imports(UNITS)
    (question,) = (await bank_questions(game.app, "bank"))[1]
    with pytest.raises(BadInput, match="Only typed answers"):
        await accept_answer(game.app, question.id, "C B A", reason="", actor="test")
    with pytest.raises(BadInput, match="name each letter once"):
        await correct_key(game.app, question.id, "C B", reason="", actor="test")


async def test_a_correction_leaves_rounds_alone_that_showed_other_items(game):
    await game.imports(replace(UNITS, source_id="units"))
    before = await game.asks()
    given = PLAYS[0].gives(before, UNITS.choices)
    await speaker(game).answers(before, given)
    await game.imports(replace(in_order(UNITS.stem, *UNITS.choices, "megabyte"), source_id="units"))
    done = await correct_key(game.app, before.question_id, "D C B A", reason="", actor="test")
    assert (done.rounds, done.answers) == (0, 0)
    assert await game.points() == {"Ada": 10}


async def test_a_correction_after_which_a_letter_fits_twice_is_told_before_the_close(game):
    """Otherwise only people who try it would learn that it is taken by now."""
    await game.imports(CAPITALS)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    assert "No letter fits twice." in plain(await post(game, question_key(round_.id)))
    assert "use each one only once" in await speaker(game).answers(round_, Row((0, 0, 1)))
    await correct_key(game.app, round_.question_id, "1A 2A 3B", reason="", actor="x")
    assert "A letter may fit more than once." in plain(await post(game, question_key(round_.id)))
    assert "Saved" in await speaker(game).answers(round_, Row((0, 0, 1)))

    async def stored():
        return await game.app.storage.read(lambda unit: unit.outbox.find(question_key(round_.id)))

    told = await stored()
    await correct_key(game.app, round_.question_id, "1B 2B 3A", reason="", actor="x")
    assert await stored() == told, "a key that asks for the same tells nothing"
    await withdraw(game.app, round_.question_id, reason="", actor="x")
    assert await stored() == told
    await game.closes(round_)
    await game.agrees()
