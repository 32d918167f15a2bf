"""Typed answers that were judged wrong wait for a host's word: accepted, also in past rounds, or set aside."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import partial

import pytest
from sqlalchemy.dialects import sqlite

from bot.domain.accepted import AcceptedNumber
from bot.domain.rounds import Reveal
from bot.ports import PostKind
from bot.services.banks import accepting
from bot.services.banks.correcting import accept_answer
from bot.services.forgetting import forget_departed
from bot.services.leagues.spaces import ensure_space
from bot.services.platforms.arriving import depart
from bot.storage import tables as t
from bot.storage import unaccepted as storage
from bot.storage.rounds import being_asked
from bot.testing import Conversation, blanks, card, draft, number, plain, short
from tests.contract.test_forgetting import leftovers

pytestmark = pytest.mark.sqlite_first

LAMBDA = short("Which service runs code without servers?", "Lambda")
WEIGHT = number("How heavy is it?", AcceptedNumber(value=Fraction(3)), unit="kg")
WAITS = "Right after all?"
NOTHING = "Nothing to decide"
GONE = "No such answer is waiting: it already counts as right, or is gone."


@pytest.fixture
def ada(game):
    return Conversation(game.app, game.space, speaker="Ada", is_host=True)


async def answered(game, texts, *, drafted=LAMBDA, close=True, **options):
    """A round of a question in a bank of this space, with what people typed by their names."""
    await game.imports(drafted, space_id=game.space.id)
    round_ = await game.daily(**options) if options else await game.asks()
    for name, text in texts.items():
        await Conversation(game.app, game.space, speaker=name).answers(round_, (text,))
    if close:
        await game.closes(round_)
    return round_


async def waiting(game, space=None):
    found = await accepting.waiting(game.app, (space or game.space).id)
    return [(one.text, one.people) for one, _may_accept in found.shown]


async def code(game, text="AWS Lambda"):
    found = await accepting.waiting(game.app, game.space.id)
    return next(one.code for one, _may_accept in found.shown if one.text == text)


async def notices(game, space=None, channel="study"):
    """What was posted beside questions and results, and for whom."""
    space_id = (space or game.space).id
    posts = await game.app.storage.read(lambda unit: unit.outbox.recent(space_id, channel, 50))
    return [(plain(post.view), post.private_to) for post in posts if post.kind in {PostKind.NOTICE, PostKind.DIRECT}]


async def test_what_was_typed_for_the_back_of_a_card_can_be_accepted(game, ada):
    """A series asks a card with a short back as a question with a short answer."""
    drafted = card("Which service runs code without servers?", "Lambda")
    round_ = await answered(game, {"Bob": "AWS Lambda"}, drafted=drafted, reveal=Reveal.ON_ANSWER)
    assert await waiting(game) == [("AWS Lambda", 1)]
    told = await ada.says(f"/quiz question accept {round_.question_id} AWS Lambda")
    assert "“AWS Lambda” now counts as right: 1 person gets the points" in told
    assert await waiting(game) == []


async def test_what_was_filled_into_a_blank_can_be_accepted_and_whoever_gains_a_share_is_told(game, ada):
    drafted = blanks("___ lies on the ___; ____ on the ____.", ["Paris"], ["Seine"], ["Cologne"], ["Rhine"])
    await game.imports(drafted, space_id=game.space.id)
    round_ = await game.asks()
    texts = {"Bob": ("Paris", "Sequana", "Cologne", "Rhine"), "Eve": ("", "sequana", "", "Ruhr")}
    for name, typed in texts.items():
        await Conversation(game.app, game.space, speaker=name).answers(round_, typed)
    await game.closes(round_)
    assert await waiting(game) == [("2: Sequana", 2), ("4: Ruhr", 1)]
    which = round_.question_id
    asked_ = "`____` (1) lies on the `____` (2); `____` (3) on the `____` (4)."
    await ada.follows(
        [
            (
                "/quiz question answers",
                f"“2: Sequana”: 2 people…`{which}` {asked_}…: (1) Paris, (2) Seine, (3) Cologne, (4) Rhine",
            ),
            (
                f"/quiz question accept {which} answer={await code(game, '2: Sequana')}",
                "now counts as right: 2 people get",
            ),
            (f"/quiz question aside {which} 4: Ruhr", "“4: Ruhr” stays wrong"),
            ("/quiz question answers", NOTHING),
        ]
    )
    assert await game.points() == {"Bob": 10, "Eve": 2.5}
    line = f"Good news: “2: Sequana” counts as right, too, and 2 people get the points. The question was: {asked_}"
    assert await notices(game) == [(line, None)]
    await game.agrees()


async def test_a_host_looks_through_wrong_answers_accepts_one_and_sets_another_aside(game, ada):
    round_ = await answered(game, {"Bob": "AWS Lambda", "Eve": "aws lambda", "Sam": "Batch", "Zoe": "lamda"})
    which = f"{round_.question_id}"
    await ada.follows(
        [
            (
                "/quiz question",
                f"{WAITS}…1. “AWS Lambda”: 2 people…`{which}` {LAMBDA.stem}…Right so far: Lambda…Batch”: 1",
            ),
            (f"/quiz question accept {which} AWS Lambda", "“AWS Lambda” now counts as right: 2 people get the points"),
            (f"/quiz question accept {which} aws lambda", "“aws lambda” already counts as right."),
            ("/quiz question answers", f"{WAITS}…1. “Batch”: 1 person"),
            (f"/quiz question aside {which} Batch", f"“Batch” stays wrong…/quiz question accept {which} TEXT"),
            (f"/quiz question aside {which} Batch", "“Batch” stays wrong"),
            ("/quiz question answers", NOTHING),
            (f"/quiz question accept {which} Batch", "“Batch” now counts as right: 1 person gets the points"),
            (f"/quiz question accept {which} EC2", "“EC2” counts as right from now on."),
        ]
    )
    assert await game.points() == {"Bob": 10, "Eve": 10, "Sam": 10, "Zoe": 10}
    await game.agrees()


@pytest.mark.both_databases
async def test_buttons_name_answers_by_codes_and_a_second_click_does_nothing(game, ada):
    round_ = await answered(game, {"Bob": "AWS Lambda", "Eve": "Batch"})
    view = await accepting.waiting(game.app, game.space.id)
    assert [may_accept for _one, may_accept in view.shown] == [True, True]
    press = f"/quiz question accept {round_.question_id} answer={await code(game)}"
    await ada.follows(
        [
            (press, "“AWS Lambda” now counts as right: 1 person gets the points"),
            (press, GONE),
            (f"/quiz question aside {round_.question_id} answer={await code(game, 'Batch')}", "“Batch” stays wrong"),
        ]
    )
    assert await game.points() == {"Bob": 10, "Eve": 0}
    assert len(await notices(game)) == 1


@pytest.mark.both_databases
async def test_two_hosts_who_accept_at_once_both_do(game):
    round_ = await answered(game, {"Bob": "AWS Lambda", "Eve": "Batch", "Sam": "Fargate"})
    texts = ("AWS Lambda", "Batch", "Fargate", "Batch")
    accepted = [
        accepting.accept(game.app, game.caller(f"Host{n}", is_host=True), round_.question_id, text=text)
        for n, text in enumerate(texts)
    ]
    done = await asyncio.gather(*accepted)
    assert sorted(one.people for _text, one in done) == [0, 1, 1, 1]
    assert await game.points() == {"Bob": 10, "Eve": 10, "Sam": 10}
    await game.agrees()


async def test_what_is_missing_or_made_up_is_said(game, ada):
    round_ = await answered(game, {"Bob": "Batch"})
    incomplete, nothing = "Which question, and which answer?", "There is no question"
    await ada.follows(
        [
            ("/quiz question accept", incomplete),
            (f"/quiz question accept {round_.question_id}", incomplete),
            (f"/quiz question aside {round_.question_id}", incomplete),
            ("/quiz question accept seven Batch", f"{nothing} seven."),
            (f"/quiz question accept {2**63} Batch", nothing),
            (f"/quiz question accept {2**63 - 1} Batch", nothing),
            (f"/quiz question aside {2**63 - 1} Batch", "No such answer is waiting"),
            (f"/quiz question accept {round_.question_id} answer={'0' * 32}", "No such answer is waiting"),
            (f"/quiz question accept {round_.question_id} {'x' * 301}", "is too long"),
        ]
    )
    assert await game.points() == {"Bob": 0}


async def test_questions_that_are_answered_by_choosing_accept_nothing(game, ada):
    await game.imports(draft(), space_id=game.space.id)
    round_ = await game.asks()
    await game.answers(round_, "Bob", 1)
    await game.closes(round_)
    assert await waiting(game) == []
    assert "Only typed answers can be accepted" in await ada.says(f"/quiz question accept {round_.question_id} 36")


async def test_everybody_who_gains_is_told_in_one_line_for_their_channel(game, ada):
    rounds = [
        await answered(game, {"Bob": "AWS Lambda", "Eve": "aws lambda"}),
        await answered(game, {"Bob": "AWS Lambda"}),
    ]
    assert rounds[0].question_id == rounds[1].question_id
    await ada.says(f"/quiz question accept {rounds[0].question_id} AWS Lambda")
    line = f"Good news: “AWS Lambda” counts as right, too, and 2 people get the points. The question was: {LAMBDA.stem}"
    assert await notices(game) == [(line, None)]


async def test_the_line_shows_a_question_as_it_was_asked_and_a_long_one_cut(game, ada):
    for stem, shown in (("What is *right*\nhere?", "What is *right* here?"), ("*a* " * 40, "*a* " * 29 + "*a*…")):
        round_ = await answered(game, {"Bob": "AWS Lambda"}, drafted=replace(LAMBDA, stem=stem))
        await ada.says(f"/quiz question accept {round_.question_id} AWS Lambda")
        assert (await notices(game))[-1][0].endswith(f"The question was: {shown}")
        await game.later(hours=1)


async def test_the_only_reader_of_a_private_question_is_told_alone(game, ada):
    await game.imports(LAMBDA, space_id=game.space.id)
    round_ = await game.asks(private=True)
    await ada.answers(round_, ("AWS Lambda",))
    await game.closes(round_)
    assert await waiting(game) == [], "what somebody types for themselves is nobody else's"
    await ada.says(f"/quiz question accept {round_.question_id} AWS Lambda")
    ((line, private_to),) = await notices(game)
    assert private_to == "ada"
    assert line.startswith("Good news: “AWS Lambda” counts as right, too, and you get the points.")


async def test_a_question_that_is_being_asked_waits_and_nobody_is_told_the_answer(game, ada):
    round_ = await answered(game, {"Bob": "AWS Lambda"})
    again = await answered(game, {}, close=False)
    assert again.question_id == round_.question_id
    assert await waiting(game) == []
    press = f"/quiz question accept {round_.question_id} AWS Lambda"
    assert "being asked right now" in await ada.says(press)
    await accept_answer(game.app, round_.question_id, "AWS Lambda", reason="", actor="the operator")
    assert await game.points() == {"Bob": 10}
    assert await notices(game) == []
    await game.closes(again)
    assert "already counts as right" in await ada.says(press)


@pytest.mark.both_databases
async def test_a_verdict_that_waits_for_the_close_does_not_wait_for_a_host(game):
    round_ = await answered(game, {"Bob": "AWS Lambda"}, close=False, reveal=Reveal.AT_CLOSE)
    assert await waiting(game) == []
    await game.closes(round_)
    assert await waiting(game) == [("AWS Lambda", 1)]


async def test_numbers_wait_in_their_normal_form(game, ada):
    round_ = await answered(game, {"Bob": "3,5", "Eve": "3.50 kg", "Sam": "4"}, drafted=WEIGHT)
    assert await waiting(game) == [("3.5", 2), ("4", 1)]
    told = await ada.says(f"/quiz question accept {round_.question_id} answer={await code(game, '3.5')}")
    assert "“3.5” now counts as right: 2 people" in told
    assert await game.points() == {"Bob": 10, "Eve": 10, "Sam": 0}


async def test_withdrawn_questions_and_those_that_changed_their_kind_do_not_wait(game):
    round_ = await answered(game, {"Bob": "4"}, drafted=replace(WEIGHT, source_id="q1"))
    assert await waiting(game) == [("4", 1)]
    await game.imports(replace(LAMBDA, source_id="q1"), space_id=game.space.id)
    assert await waiting(game) == []
    await game.imports(replace(WEIGHT, source_id="q1"), space_id=game.space.id)
    assert await waiting(game) == [("4", 1)]
    await game.app.storage.write(lambda unit: unit.banks.withdraw(round_.question_id))
    assert await waiting(game) == []


async def test_ten_are_shown_and_those_of_most_people_first(game, ada):
    await answered(game, {f"P{n}": f"answer {'abcdefghijkl'[n]}" for n in range(12)} | {"Bob": "last", "Eve": "last"})
    assert (await waiting(game))[0] == ("last", 2)
    assert len(await waiting(game)) == 10
    assert "3 more are waiting after these." in await ada.says("/quiz question answers")


async def test_the_look_back_ends_somewhere(game, monkeypatch):
    monkeypatch.setattr(storage, "MOST_ROUNDS", 2)
    monkeypatch.setattr(storage, "MOST_ANSWERS", 3)
    for number_, text in enumerate(["first", "second", "third"]):
        await answered(game, {f"P{n}": f"{text} {n}" for n in range(2)}, drafted=replace(LAMBDA, stem=f"Q{number_}?"))
        await game.later(hours=1)
    texts = [text for text, _people in await waiting(game)]
    assert sorted(text.split()[0] for text in texts) == ["second", "third", "third"]


async def test_a_space_sees_and_decides_what_its_own_people_typed_alone(game):
    await answered(game, {"Bob": "AWS Lambda"})
    other = await ensure_space(game.app, "slack", "T1", "Next door", "UTC")
    assert await waiting(game, other) == []
    zoe = Conversation(game.app, other, speaker="Zoe", is_host=True)
    found = (await accepting.waiting(game.app, game.space.id)).shown[0][0]
    for which in (found.question.id, 2**62):  # one that there is must not be told from one that there isn't
        for press in (
            f"accept {which} answer={found.code}",
            f"aside {which} answer={found.code}",
            f"aside {which} Batch",
        ):
            assert await zoe.says(f"/quiz question {press}") == GONE
        assert await zoe.says(f"/quiz question accept {which} AWS Lambda") == f"There is no question {which}."
    assert await waiting(game) == [("AWS Lambda", 1)]


async def test_hosts_cannot_change_the_operators_bank_and_are_told_so(game, ada):
    await game.imports(LAMBDA)
    round_ = await game.asks()
    await Conversation(game.app, game.space, speaker="Bob").answers(round_, ("AWS Lambda",))
    await game.closes(round_)
    await ada.follows(
        [
            ("/quiz question answers", f"“AWS Lambda”: 1 person…quizbot question accept {round_.question_id} TEXT"),
            (f"/quiz question accept {round_.question_id} AWS Lambda", "only whoever runs me can change it"),
            (
                f"/quiz question accept {round_.question_id} answer={await code(game)}",
                "only whoever runs me can change it",
            ),
            (f"/quiz question aside {round_.question_id} answer={await code(game)}", "stays wrong"),
            ("/quiz question answers", NOTHING),
        ]
    )
    await accept_answer(game.app, round_.question_id, "aws lambda", reason="", actor="the operator")
    assert await game.points() == {"Bob": 10}
    ((line, _private_to),) = await notices(game)
    assert "“aws lambda” counts as right, too, and 1 person gets the points" in line


async def test_one_space_sets_aside_for_itself(game, clock):
    await game.imports(LAMBDA)
    other = await ensure_space(game.app, "slack", "T1", "Next door", "UTC")
    for space in (game.space, other):
        playing = replace(game, space=space)
        round_ = await playing.asks()
        await Conversation(game.app, space, speaker="Bob").answers(round_, ("AWS Lambda",))
        await game.closes(round_)
    await accepting.set_aside(game.app, game.caller(is_host=True), round_.question_id, text="AWS Lambda")
    assert (await waiting(game), await waiting(game, other)) == ([], [("AWS Lambda", 1)])
    await depart(game.app, game.space.adapter, game.space.external_id)
    await game.later(days=1)
    await forget_departed(game.app, timedelta(hours=1))
    assert await waiting(game, other) == [("AWS Lambda", 1)]


async def test_what_somebody_typed_is_nowhere_any_more_once_they_are_forgotten(game):
    await answered(game, {"Bob": "Firecracker", "Eve": "firecracker"})
    found = (await accepting.waiting(game.app, game.space.id)).shown[0][0]
    await accepting.set_aside(game.app, game.caller(is_host=True), found.question.id, code=found.code)
    assert await leftovers(game.app, ["firecracker"]) == {"firecracker"}
    for name in ("Bob", "Eve"):
        assert "Done" in await Conversation(game.app, game.space, speaker=name).insists("/quiz privacy delete")
    assert await leftovers(game.app, ["firecracker"]) == set()


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_other_rounds_cost_a_look_back_no_time(game):
    """The database goes by an index to a space's latest typed rounds, and by key to their answers; it sorts nothing."""
    rounds = storage.typed_rounds(game.space.id).where(~being_asked(t.rounds.c.question_id, game.space.id))
    steps = await game.app.storage.read_raw(partial(_steps, rounds))
    assert steps[0] == "SEARCH rounds USING INDEX ix_rounds_typed (space_id=?)", steps
    answers = await game.app.storage.read_raw(partial(_steps, storage.wrong_answers([1, 2, 3])))
    assert answers == ["SEARCH answers USING PRIMARY KEY (round_id=?)"]
    assert not [step for step in steps if "TEMP B-TREE" in step or step.startswith("SCAN")], steps


async def _steps(query, connection):
    """How SQLite goes about a query."""
    text = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return [row[-1] for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]
