"""A play of each kind beside multiple choice: ask, answer wrong, change, receipt, close, reveal, grade again."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction

import pytest

from bot.domain.accepted import AcceptedNumber, NearMiss
from bot.domain.drafts import QuestionDraft
from bot.domain.errors import BadInput
from bot.domain.responses import Given
from bot.domain.rounds import AnswerWith, Reveal
from bot.domain.views import ControlKind
from bot.services.banks.correcting import accept_answer, correct_key, withdraw
from bot.services.banks.storing import bank_questions, import_document
from bot.services.rounds.asking import question_key, result_key
from bot.services.rounds.forms import AnswerForm, answer_form
from bot.services.series.choosing import prospect
from bot.testing import Conversation, blanks, document, draft, number, plain, short, statement

pytestmark = pytest.mark.sqlite_first

PI = number("How much is pi?", AcceptedNumber(value=Fraction("3.14"), tolerance=Fraction("0.01")), unit="rad")
LAMBDA = short(
    "Which service runs code without servers?",
    "AWS Lambda",
    "Lambda",
    near_misses=[NearMiss(text="Fargate", hint="Fargate runs *containers*.")],
)
PARIS = blanks("____, the capital of France, lies on the ____.", ["Paris"], ["Seine", "river Seine"])
DRAFTS = [statement(), PI, LAMBDA, PARIS]


@dataclass(frozen=True, kw_only=True)
class Play:
    """What is given in a play of a kind, and words of what is said about it."""

    draft: QuestionDraft
    wrong: Given
    right: Given
    saved: str
    changed: str
    revealed: str
    verdict: str
    key: str
    controls: ControlKind = ControlKind.FIELDS
    refused: dict[Given, str] = field(default_factory=dict)


PLAYS = [
    Play(
        draft=statement(),
        wrong=frozenset({1}),
        right=frozenset({0}),
        saved="Saved: False.",
        changed="Changed to True.",
        revealed="Right answer: True",
        verdict="True is right!",
        key="false",
        controls=ControlKind.BUTTONS,
        refused={("True",): "That choice doesn't exist"},
    ),
    Play(
        draft=PI,
        wrong=("3,5",),
        right=("3,14",),
        saved="Saved: 3.5 (you typed 3,5).",
        changed="Changed to 3.14 (you typed 3,14).",
        revealed="Right answer: 3.14 ± 0.01 rad",
        verdict="3.14 (you typed 3,14) is right!",
        key="3.5",
        refused={("about three",): "can't read that as a number", frozenset({0}): "type an answer"},
    ),
    Play(
        draft=LAMBDA,
        wrong=("Fargate",),
        right=("aws lamda",),
        saved="Saved: Fargate.",
        changed="Changed to aws lamda.",
        revealed="Right answer: AWS Lambda or Lambda",
        verdict="AWS Lambda (you typed aws lamda) is right!",
        key="Fargate",
        refused={frozenset({0}): "type an answer"},
    ),
    Play(
        draft=PARIS,
        wrong=("Lyon", "Rhine"),
        right=("paris", "Siene"),
        saved="Saved: (1) Lyon, (2) Rhine.",
        changed="Changed to (1) paris, (2) Siene.",
        revealed="Right answers: (1) Paris, (2) Seine or river Seine",
        verdict="(1) paris, (2) Seine (you typed Siene): all right!",
        key="Lyon; Rhine",
        refused={frozenset({0}): "type an answer", ("Paris",): "doesn't fit the question's blanks"},
    ),
]
plays = pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.draft.kind)


def speaker(game, name="Ada"):
    return Conversation(game.app, game.space, speaker=name)


async def posted(game, key):
    return plain((await game.app.storage.read(lambda unit: unit.outbox.find(key))).view)


@plays
async def test_a_play_that_reveals_at_the_close(game, play):
    await game.imports(play.draft)
    ada, bob = speaker(game), speaker(game, "Bob")
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    asked = (await game.app.storage.read(lambda unit: unit.outbox.find(question_key(round_.id)))).view
    assert (round_.kind, asked.controls.kind) == (play.draft.kind, play.controls)
    for given, words in play.refused.items():
        assert words in await ada.answers(round_, given)
    assert await game.stored(round_) == {}
    assert play.saved in await ada.answers(round_, play.wrong)
    await game.later(seconds=1)
    assert play.changed in await ada.answers(round_, play.right)
    assert play.saved in await bob.answers(round_, play.wrong)
    await game.closes(round_)
    assert await game.points() == {"Ada": 10, "Bob": 0}
    assert play.revealed in await posted(game, result_key(round_.id))
    assert "This question has closed; your answer stands." in await ada.answers(round_, play.right)
    assert play.verdict in await ada.answers(round_, play.right)
    await correct_key(game.app, round_.question_id, play.key, reason="", actor="test")
    assert await game.points() == {"Ada": 0, "Bob": 10}
    await game.agrees()


@plays
async def test_a_play_whose_first_answer_counts(game, play):
    await game.imports(play.draft)
    ada, bob = speaker(game), speaker(game, "Bob")
    round_ = await game.asks()
    assert play.verdict in await ada.answers(round_, play.right)
    await game.later(seconds=1)
    assert "Your first answer stands." in await ada.answers(round_, play.wrong)
    told = play.revealed.replace("Right answer: ", "The right answer is ").replace("Right answers: ", "answers are ")
    assert told in await bob.answers(round_, play.wrong)
    assert await game.points() == {"Ada": 10, "Bob": 0}
    await withdraw(game.app, round_.question_id, reason="", actor="test")
    assert await game.points() == {}
    await game.agrees()


@plays
async def test_an_answer_is_taken_back_only_where_it_may_change(game, play):
    await game.imports(play.draft)
    ada = speaker(game)
    if play.controls is ControlKind.FIELDS:
        at_once = await game.asks()
        nothing = (" ",) * len(play.wrong)
        assert "type an answer" in await ada.answers(at_once, nothing)
        await game.closes(at_once)
        round_ = await game.daily(reveal=Reveal.AT_CLOSE)
        assert play.saved in await ada.answers(round_, play.wrong)
        await game.later(seconds=1)
        assert "Taken back" in await ada.answers(round_, nothing)
        assert await game.app.storage.read(lambda unit: unit.rounds.answered([round_.id])) == {round_.id: 0}


@pytest.mark.both_databases
async def test_a_blank_field_makes_nobody_a_player_and_supersedes_nothing(game):
    nothing = (" ",)
    await game.imports(LAMBDA)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    ada, bob = speaker(game), speaker(game, "Bob")
    assert "type an answer" in await ada.answers(round_, nothing)
    assert await game.app.storage.read(lambda unit: unit.people.player(game.member("Ada"))) is None
    await bob.answers(round_, ("Fargate",))
    blank = replace(game.click(round_, "Bob"), given=nothing, at=game.clock.now() - timedelta(seconds=1))
    outcomes = await asyncio.gather(*(game.app.answers.submit(one) for one in (blank, game.click(round_, "Cy"))))
    assert [str(outcome.status) for outcome in outcomes] == ["superseded", "nothing_typed"]
    assert (await game.stored(round_)).keys() == {"Bob"}
    both = [replace(game.click(round_, "Di"), given=given) for given in (("Lambda",), nothing)]
    outcomes = await asyncio.gather(*map(game.app.answers.submit, both))
    assert [outcome.status for outcome in outcomes] == ["saved", "taken_back"]


@plays
async def test_what_is_stored_is_read_back_the_same(game, play):
    await game.imports(play.draft)
    (question,) = (await bank_questions(game.app, "bank"))[1]
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    found = await game.app.storage.read(lambda unit: unit.rounds.find(round_.id))
    assert (found, found.key) == (round_, question.key)
    await speaker(game).answers(round_, play.wrong)
    assert (await game.stored(round_))["Ada"].response.given(round_.order) == play.wrong
    (played,) = await game.app.storage.read(lambda unit: unit.answers.history(game.member("Ada")))
    assert played.chosen == (play.wrong if play.controls is ControlKind.FIELDS else ("False",))
    again = await game.imports(play.draft)
    assert (again.new, again.edited, again.unchanged) == (0, 0, 1)


async def test_an_edit_of_what_is_accepted_is_an_edit(game):
    await game.imports(LAMBDA)
    report = await game.imports(short(LAMBDA.stem, "Lambda"))
    assert (report.new, report.edited) == (0, 1)


async def test_an_answer_that_is_accepted_later_counts_from_then_on_and_before(game):
    await game.imports(LAMBDA)
    before = await game.daily(reveal=Reveal.AT_CLOSE)
    await speaker(game).answers(before, ("Firecracker",))
    await game.closes(before)
    assert await game.points() == {"Ada": 0}
    done = await accept_answer(game.app, before.question_id, "firecracker", reason="", actor="test")
    assert (done.rounds, done.answers) == (1, 1)
    assert await game.points() == {"Ada": 10}
    after = await game.asks()
    assert "is right!" in await speaker(game, "Bob").answers(after, ("Firecracker",))
    assert "is right!" in await speaker(game, "Cy").answers(after, ("Lambda",))
    assert (await game.imports(LAMBDA)).unchanged == 1  # what a person accepted outlasts the source that lacks it


async def test_accepting_what_is_accepted_does_nothing(game):
    await game.imports(LAMBDA)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    await game.closes(round_)
    for text in ("Firecracker", "the firecracker", "Firecracker"):
        done = await accept_answer(game.app, round_.question_id, text, reason="it runs it", actor="test")
        assert (done.question.revision, done.question.key.accepted[-1]) == (2, "Firecracker")
    assert (done.rounds, done.answers) == (0, 0)
    (entry,) = await game.app.storage.read(lambda unit: unit.audit.about(f"question {round_.question_id}"))
    assert entry.details == "“Firecracker”: it runs it (rounds: 1, answers graded anew: 0)"


@pytest.mark.parametrize("after", [PI, LAMBDA, statement()], ids=lambda after: after.kind)
async def test_past_rounds_count_for_nothing_once_withdrawn_also_if_the_kind_has_changed(game, after):
    await game.imports(draft("Which?", "right", "wrong", "never"))
    round_ = await game.asks()
    await game.answers(round_, "Ada", 0)
    await game.imports(replace(after, stem="Which?"))
    done = await withdraw(game.app, round_.question_id, reason="", actor="test")
    assert (done.question.kind, done.rounds, done.answers) == (after.kind, 1, 1)
    assert await game.points() == {}
    await game.agrees()


async def test_only_typed_answers_can_be_accepted(game):
    await game.imports()
    (question,) = (await bank_questions(game.app, "bank"))[1]
    with pytest.raises(BadInput, match="Only typed answers"):
        await accept_answer(game.app, question.id, "42", reason="", actor="test")


async def test_a_near_miss_gets_its_hint_with_the_verdict_alone(game):
    await game.imports(LAMBDA)
    ada = speaker(game)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    assert "containers" not in await ada.answers(round_, ("fargate",))
    await game.closes(round_)
    assert "Fargate runs *containers*." in await ada.answers(round_, ("fargate",))


async def test_the_result_shows_common_wrong_answers_but_none_that_reaches_out(game):
    await game.imports(LAMBDA)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    typed = {"Ada": "Batch", "Bob": "batch ", "Cy": "@everyone", "Di": "@everyone", "Eve": "x" * 81, "Fay": "x" * 81}
    for name, text in typed.items():
        await speaker(game, name).answers(round_, (text,))
    await game.closes(round_)
    told = await posted(game, result_key(round_.id))
    assert "Batch 2 (33%)" in told
    assert "@everyone" not in told
    assert "xxx" not in told


async def test_markup_that_somebody_types_is_shown_as_typed(game):
    await game.imports(LAMBDA)
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    for name in ("Ada", "Bob"):
        assert "Saved: *EC2*." in await speaker(game, name).answers(round_, ("*EC2*",))
    await game.closes(round_)
    view = (await game.app.storage.read(lambda unit: unit.outbox.find(result_key(round_.id)))).view
    assert "\\*EC2\\*" in [option.text for option in view.options]


async def test_a_series_with_reactions_asks_what_a_reaction_can_answer_and_says_so(game):
    await game.imports(statement(), PI, LAMBDA, PARIS, draft())
    ada = Conversation(game.app, game.space, is_host=True)
    told = await ada.says("/quiz daily set 09:00 Europe/Berlin answer_with=reactions")
    assert "This series leaves out 3 questions: they can't be answered with reactions." in told
    assert "leaves out" not in await ada.says("/quiz daily set 09:00 Europe/Berlin")
    series = await game.series(answer_with=AnswerWith.REACTIONS)
    ahead = await game.app.storage.read(lambda unit: prospect(unit, series, game.space, game.clock.now()))
    stems = {question.id: question.stem for question in (await bank_questions(game.app, "bank"))[1]}
    assert {stems[one.question_id] for one in ahead.candidates} == {statement().stem, draft().stem}


async def test_a_form_holds_the_answer_that_stands_and_is_refused_where_none_counts(game):
    await game.imports(PI)
    ada, round_ = game.member("Ada"), await game.daily(reveal=Reveal.AT_CLOSE)
    form = await answer_form(game.app, ada, "study", round_.id)
    assert isinstance(form, AnswerForm)
    assert (form.typed, form.question, form.fields[0].numeric) == (("",), PI.stem, True)
    await speaker(game).answers(round_, ("3,5",))
    assert (await answer_form(game.app, ada, "study", round_.id)).typed == ("3,5",)
    await game.closes(round_)
    assert "your answer stands" in plain(await answer_form(game.app, ada, "study", round_.id))
    at_once = await game.asks()
    await speaker(game).answers(at_once, ("3,5",))
    assert "Your first answer stands." in plain(await answer_form(game.app, ada, "study", at_once.id))


async def test_a_question_whose_kind_changes_leaves_past_rounds_as_they_were(game):
    before = draft("S3 stores objects.", "False", "True", key=[1])
    await game.imports(before)
    round_ = await game.asks()
    await game.answers(round_, "Ada", 1)
    await import_document(game.app, document(statement()), bank="bank")
    (question,) = (await bank_questions(game.app, "bank"))[1]
    assert (question.kind, question.revision) == ("true_false", 2)
    await correct_key(game.app, question.id, "false", reason="", actor="test")
    assert await game.points() == {"Ada": 10}
