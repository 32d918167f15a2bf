"""Rounds close once, keys are corrected, totals can be proven."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.domain.answers import AnswerStatus
from bot.domain.errors import BadInput, NotFound
from bot.domain.rounds import Reveal
from bot.domain.views import Mark
from bot.services.banks.correcting import correct_key, withdraw
from bot.services.rounds.answering import receipts, submit_answer
from bot.services.rounds.closing import close_round
from bot.services.series.series import ask_in_series_now
from bot.services.standings.scores import verify
from bot.storage import tables as t
from bot.testing import application_on, draft, plain


async def post(game, key):
    return await game.app.storage.read(lambda unit: unit.outbox.find(key))


async def test_closing_at_the_same_time_from_everywhere_closes_once(game, url, clock):
    await game.imports()
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    await game.answers(round_, "Ada", 0)
    async with application_on(url, clock=clock, seed=2) as other:
        await asyncio.gather(*(close_round(app, round_.id) for app in (game.app, other) * 4))
    assert await game.points() == {"Ada": 10}
    assert (await post(game, f"r{round_.id}")).version == 1
    assert (await post(game, f"q{round_.id}")).version == 2
    await game.agrees()


async def test_answers_that_race_the_close_are_counted_or_refused(game, url, clock):
    await game.imports()
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    async with application_on(url, clock=clock, seed=2) as other:
        clicks = [other.answers.submit(game.click(round_, f"P{n}", 0)) for n in range(60)]
        results = await asyncio.gather(*clicks[:30], game.closes(round_), *clicks[30:])
    saved = [r for r in results if r is not None and r.status is AnswerStatus.SAVED]
    refused = [r for r in results if r is not None and r.status is AnswerStatus.CLOSED]
    assert len(saved) + len(refused) == 60
    assert len(await game.points()) == len(saved)
    await game.agrees()


async def test_the_result_shows_key_explanation_tallies_points_and_the_week(game):
    await game.imports(draft("What is 6 x 7?", "42", "36"))
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    before = plain((await post(game, f"q{round_.id}")).view)
    assert "What is 6 x 7?" in before
    assert "right" not in before
    await game.answers(round_, "Ada", 0)
    await game.answers(round_, "Bob", 1)
    await game.answers(round_, "Cy", 0)
    await game.closes(round_)
    result = (await post(game, f"r{round_.id}")).view
    by_text = {option.text: option for option in result.options}
    assert by_text["42"].mark is Mark.RIGHT
    assert by_text["36"].mark is Mark.WRONG
    assert by_text["42"].tally == "2 (67%)"
    assert result.title == f"Right answer: {round_.letter(0)}, 42"
    assert result.table.rows == (("1", "Ada", "10", "1", "1"), ("1", "Cy", "10", "1", "1"), ("3", "Bob", "0", "0", "1"))
    question = (await post(game, f"q{round_.id}")).view
    assert question.controls is None
    assert "Closed. 3 answered." in plain(question)


async def test_nothing_public_tells_the_key_or_who_chose_what_before_the_close(game):
    await game.imports(draft("What is 6 x 7?", "42", "36"))
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    click = game.click(round_, "Ada", 0)
    receipt = await submit_answer(game.app, click)
    assert plain(receipt).startswith(f"Saved: {round_.letter(0)}.")
    assert all(option.mark is Mark.NONE for option in receipt.options)
    again = await receipts(game.app, game.member("Ada"), [round_.id])
    assert plain(again[round_.id]) == plain(receipt)
    view = (await post(game, f"q{round_.id}")).view
    assert all((o.mark, o.note, o.tally, o.share) == (Mark.NONE, "", "", None) for o in view.options)
    assert "Ada" not in plain(view)


async def test_a_verdict_at_once_is_told_to_its_player_alone_and_the_same_after_a_restart(game, url, clock):
    await game.imports(draft("What is 6 x 7?", "42", "36"))
    round_ = await game.asks()
    told = await submit_answer(game.app, game.click(round_, "Ada", 0))
    assert plain(told).startswith(f"{round_.letter(0)} is right! 10 points.")
    async with application_on(url, clock=clock, seed=2) as restarted:
        again = await receipts(restarted, game.member("Ada"), [round_.id])
    assert plain(again[round_.id]) == plain(told)
    assert await receipts(game.app, game.member("Bob"), [round_.id]) == {}


@pytest.mark.parametrize("reveal", list(Reveal))
@pytest.mark.parametrize("closed", [True, False])
async def test_a_corrected_key_regrades_with_an_audit_line(game, reveal, closed):
    await game.imports()
    round_ = await game.daily(reveal=reveal)
    await game.answers(round_, "Ada", 0)
    await game.answers(round_, "Bob", 1)
    if closed:
        await game.closes(round_)
    done = await correct_key(game.app, round_.question_id, "B", reason="typo", actor="host")
    await game.agrees()
    waits = reveal is Reveal.AT_CLOSE and not closed
    assert (done.rounds, done.answers) == (1, 0 if waits else 2)
    renewed = (await post(game, f"q{round_.id}")).version
    assert renewed == (3 if closed else 1 if waits else 2), "who was told a verdict by the old key is told anew"
    if not closed:
        await game.closes(round_)
    assert await game.points() == {"Ada": 0, "Bob": 10}
    assert (await post(game, f"r{round_.id}")).version == (2 if closed else 1)
    (entry,) = await game.app.storage.read(lambda unit: unit.audit.about(f"question {round_.question_id}"))
    assert entry.actor == "host"
    assert entry.details.startswith("A -> B: typo (rounds: 1")
    await game.agrees()


@pytest.mark.parametrize("reveal", list(Reveal))
async def test_a_withdrawn_question_counts_for_nothing_and_is_never_asked_again(game, reveal):
    await game.imports()
    round_ = await game.daily(reveal=reveal)
    await game.answers(round_, "Ada", 0)
    await withdraw(game.app, round_.question_id, reason="unclear", actor="host")
    await game.agrees()
    await game.answers(round_, "Bob", 0)
    await game.closes(round_)
    assert await game.points() == {}
    assert "withdrawn" in (await post(game, f"r{round_.id}")).view.title
    with pytest.raises(NotFound):
        await game.asks()
    await game.agrees()


async def test_a_withdrawn_question_takes_no_correction(game):
    await game.imports()
    round_ = await game.daily()
    await game.answers(round_, "Ada", 0)
    await withdraw(game.app, round_.question_id, reason="", actor="host")
    with pytest.raises(BadInput, match="withdrawn"):
        await correct_key(game.app, round_.question_id, "A", reason="", actor="host")
    await game.agrees()


async def test_a_result_that_is_renewed_keeps_the_week_of_its_close(game):
    await game.imports(draft("Which came first?"), draft("Which came second?"))
    series = await game.series()
    first = await ask_in_series_now(game.app, series.id)
    await game.answers(first, "Ada", 0)
    second = await ask_in_series_now(game.app, series.id)
    await game.later(days=21)
    await game.answers(second, "Bob", 0)
    await correct_key(game.app, first.question_id, "A", reason="", actor="host")
    assert [row[1] for row in (await post(game, f"r{first.id}")).view.table.rows] == ["Ada"]


async def test_correcting_counts_the_daily_cap_anew(game):
    await game.imports(*(draft(f"Question number {n}?") for n in range(7)))
    rounds = [await game.asks() for _ in range(7)]
    for round_ in rounds:
        await game.answers(round_, "Ada", 0)
    for round_, expected in zip(rounds, (50, 50, 40, 30, 20, 10, 0), strict=True):
        await correct_key(game.app, round_.question_id, "C", reason="", actor="host")
        assert await game.points() == {"Ada": expected}
        await game.agrees()


async def test_correcting_says_what_is_wrong(game):
    await game.imports(draft("Which?", "a", "b"))
    round_ = await game.asks()
    with pytest.raises(BadInput, match=r"“C” names no choice: use A to B"):
        await correct_key(game.app, round_.question_id, "C", reason="", actor="host")
    with pytest.raises(NotFound, match="no question 5"):
        await correct_key(game.app, 5, "A", reason="", actor="host")


async def test_tampered_totals_are_found_and_mended(game):
    await game.imports(draft("One?"), draft("Two?"))
    for round_ in (await game.asks(), await game.daily()):
        await game.answers(round_, "Ada", 0)
        await game.answers(round_, "Bob", 1)
    storage = game.app.storage

    async def tampered(statement):
        await storage.write_raw(lambda connection: connection.execute(statement))
        found = await verify(game.app)
        assert found
        assert await verify(game.app, repair=True, actor="host") == found
        await game.agrees()

    await tampered(sa.update(t.totals).where(t.totals.c.period == "all").values(points=t.totals.c.points + 1))
    await tampered(sa.delete(t.totals).where(t.totals.c.period == "2026-03"))
    await tampered(sa.update(t.totals).values(on_demand=0))
    assert await game.points() == {"Ada": 20, "Bob": 0}
    entries = await storage.read(lambda unit: unit.audit.about("totals"))
    assert len(entries) == 3


async def test_verifying_holds_up_no_writer(game):
    await game.app.storage.write(lambda _unit: asyncio.wait_for(verify(game.app), 5))


async def test_a_tampered_grade_is_found(game):
    await game.imports()
    round_ = await game.asks()
    await game.answers(round_, "Bob", 1)
    await game.app.storage.write_raw(
        lambda connection: connection.execute(sa.update(t.answers).values(points=720_720, correct=True))
    )
    assert f"misgraded: round {round_.id}, answers: 1" in await verify(game.app)
    await verify(game.app, repair=True, actor="host")
    assert await verify(game.app) == []
    assert await game.points() == {"Bob": 0}


async def test_rounds_that_are_over_are_found_and_those_of_other_platforms_are_not(game):
    await game.imports()
    round_ = await game.asks()

    async def due(adapter="web"):
        now = game.clock.now()
        return await game.app.storage.read(lambda unit: unit.rounds.due_to_close(now, [adapter]))

    game.clock.advance(minutes=59)
    assert await due() == []
    game.clock.advance(minutes=1)
    assert await due() == [round_.id]
    assert await due("discord") == []
    await game.closes(round_)
    assert await due() == []


async def test_a_round_of_very_many_answers_closes(game, soak, monkeypatch):
    """More players than fit into one statement: in truth in the long run, else with a short statement."""
    players = 34_000 if soak else 50
    if not soak:
        monkeypatch.setattr("bot.storage.parts.PART", 8)
    await game.imports()
    round_ = await game.asks()
    await game.answers(round_, "Ada", 0)
    (ada,) = (await game.stored(round_)).values()
    crowd = [{"id": n, "name": f"P{n}"} for n in range(1, players + 1)]

    async def fill(connection):
        await connection.execute(sa.insert(t.players), crowd)
        row = (await connection.execute(sa.select(t.answers))).one()._asdict()
        await connection.execute(sa.insert(t.answers), [row | {"player_id": one["id"]} for one in crowd])

    await game.app.storage.write_raw(fill)
    await verify(game.app, repair=True, actor="test")
    await game.closes(round_)
    await correct_key(game.app, round_.question_id, "B", reason="", actor="host")
    assert len(await game.stored(round_)) == players + 1
    assert ada.grade.right
    await game.agrees()
