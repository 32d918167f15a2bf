"""What a result tells beside the right choice: how hard it was, who was fastest, who keeps answering."""

from datetime import timedelta

import pytest

from bot.domain.rounds import AnswerWith, Reveal
from bot.ports import Reactions
from bot.services.banks.correcting import withdraw
from bot.services.forgetting import forget_accounts
from bot.services.platforms.delivery import deliver
from bot.services.rounds.asking import question_key, result_key
from bot.services.rounds.closing import close_round
from bot.services.rounds.reacting import read_back_all
from bot.testing import Conversation, FakeMessenger, draft

pytestmark = pytest.mark.sqlite_first


async def sections(game, round_):
    """The sections of a round's result by title, without the signs that protect them from Markdown."""
    post = await game.app.storage.read(lambda unit: unit.outbox.find(result_key(round_.id)))
    return {section.title: section.text.replace("\\", "") for section in post.view.sections}


async def plays(game, round_, *right_after, wrong=()):
    """People answer, each so many seconds after the question; those who are ``wrong`` after a minute."""
    for name, seconds in right_after:
        await game.answers(round_, name, 0, at=round_.opened_at + timedelta(seconds=seconds))
    for name in wrong:
        await game.answers(round_, name, 1, at=round_.opened_at + timedelta(seconds=60))
    await game.closes(round_)


@pytest.mark.parametrize("reveal", list(Reveal))
async def test_the_fastest_of_those_who_were_right_are_named_with_their_times(game, reveal):
    await game.imports()
    round_ = await game.daily(reveal=reveal)
    await plays(game, round_, ("Ada", 190), ("Bob", 12), ("Cy", 7_300), ("Di", 8_000), wrong=["Eve"])
    told = (await sections(game, round_))["Points, the fastest first"]
    assert told.splitlines() == [
        "- Bob: 10 points, after 12 seconds",
        "- Ada: 10 points, after 3 minutes",
        "- Cy: 10 points, after 2 hours",
        "- Di: 10 points",
    ]


async def test_of_an_answer_that_was_changed_the_time_of_the_one_that_stands_counts(game):
    await game.imports()
    round_ = await game.daily(reveal=Reveal.AT_CLOSE)
    await game.answers(round_, "Ada", 1, at=round_.opened_at + timedelta(seconds=1))
    await plays(game, round_, ("Ada", 50), ("Bob", 12))
    told = (await sections(game, round_))["Points, the fastest first"]
    assert told.splitlines() == ["- Bob: 10 points, after 12 seconds", "- Ada: 10 points, after 50 seconds"]


async def test_who_would_rather_not_race_is_told_no_time_from_the_next_close_on(game):
    await game.imports(*(draft(f"Question {number}?") for number in range(2)))
    before = await game.daily()
    await plays(game, before, ("Ada", 5), ("Bob", 9))
    await Conversation(game.app, game.space).follows([("/quiz privacy race off", "…among the fastest…")])
    after = await game.asks()
    await plays(game, after, ("Ada", 5), ("Bob", 9))
    assert (await sections(game, before))["Points, the fastest first"].startswith("- Ada: 10 points, after 5 seconds")
    assert (await sections(game, after))["Points, the fastest first"].splitlines() == [
        "- Bob: 10 points, after 9 seconds",
        "- Ada: 10 points",
    ]


async def test_reactions_that_were_read_back_are_told_no_time(game):
    await game.imports()
    web = game.app.serves["web"] = FakeMessenger()
    round_ = await game.daily(answer_with=AnswerWith.REACTIONS)
    await deliver(game.app, {"web": web}, "one")
    right = frozenset([round_.order.index(0)])
    there = {game.member(name): right for name in ("Ada", "Bob")}
    web.reacted = {question_key(round_.id): Reactions(put_on=there)}
    await read_back_all(game.app, "web", web)
    await game.closes(round_)
    assert await sections(game, round_) == {
        "How hard it was": "Easy: 2 of 2 got it (100%).",
        "Points": "- Ada: 10 points\n- Bob: 10 points",
    }


async def test_one_answer_alone_is_no_race_and_says_nothing_of_the_question(game):
    await game.imports()
    round_ = await game.daily()
    await plays(game, round_, ("Ada", 5))
    assert await sections(game, round_) == {"Points": "- Ada: 10 points"}


async def test_without_an_answer_there_is_nothing_to_tell(game):
    await game.imports()
    round_ = await game.daily()
    await game.closes(round_)
    assert await sections(game, round_) == {}


async def test_when_nobody_got_it_that_is_said_once(game):
    await game.imports()
    round_ = await game.daily()
    await plays(game, round_, wrong=["Ada", "Bob"])
    assert await sections(game, round_) == {"How hard it was": "Hard: nobody got it this time. Next one!"}


async def test_a_question_that_was_withdrawn_is_no_contest(game):
    await game.imports()
    round_ = await game.daily()
    await plays(game, round_, ("Ada", 5), ("Bob", 9))
    await withdraw(game.app, round_.question_id, reason="unclear", actor="host")
    assert await sections(game, round_) == {}


async def test_how_hard_it_was_is_held_against_what_is_usual_here(game):
    await game.imports(*(draft(f"Question {number}?") for number in range(6)))
    for _ in range(5):
        await plays(game, await game.asks(), ("Ada", 5), ("Bob", 6), ("Cy", 7), wrong=["Di"])
    round_ = await game.asks()
    await plays(game, round_, ("Ada", 5), ("Bob", 6), wrong=["Cy"])
    assert (await sections(game, round_))[
        "How hard it was"
    ] == "Medium: 2 of 3 got it (67%). The usual share here is 75%."


async def test_what_is_usual_is_left_out_where_little_is_known(game):
    await game.imports(*(draft(f"Question {number}?") for number in range(5)))
    for _ in range(4):
        await plays(game, await game.asks(), ("Ada", 5), ("Bob", 6), ("Cy", 7), wrong=["Di"])
    round_ = await game.asks()
    await plays(game, round_, ("Ada", 5), ("Bob", 6), wrong=["Cy", "Di", "Eve"])
    assert (await sections(game, round_))["How hard it was"] == "Hard: 2 of 5 got it (40%)."


async def test_what_happened_months_ago_is_not_usual(game):
    await game.imports(*(draft(f"Question {number}?") for number in range(6)))
    for _ in range(5):
        await plays(game, await game.asks(), ("Ada", 5), ("Bob", 6), ("Cy", 7), wrong=["Di"])
    await game.later(days=62)
    round_ = await game.asks()
    await plays(game, round_, ("Ada", 5), ("Bob", 6), wrong=["Cy"])
    assert (await sections(game, round_))["How hard it was"] == "Medium: 2 of 3 got it (67%)."


async def test_the_longest_streaks_are_told(game):
    await game.imports(*(draft(f"Question {number}?") for number in range(6)))
    people = [["Ada", "Eve"], ["Ada", "Bob"], ["Ada", "Bob", "Cy", "Di"], ["Ada", "Bob", "Cy", "Di", "Eve"]]
    for today in people:
        round_ = await game.asks()
        await plays(game, round_, wrong=today)
        last = round_
        await game.later(days=1)
    assert (await sections(game, last))["Longest streaks"] == "- Ada: 4 days in a row\n- Bob: 3 days in a row"


async def test_a_result_that_is_late_tells_the_streaks_of_the_day_of_its_question(game):
    await game.imports(*(draft(f"Question {number}?") for number in range(3)))
    for _ in range(3):
        round_ = await game.daily(reveal=Reveal.AT_CLOSE)
        await game.answers(round_, "Ada", 1)
        await game.later(days=1)
        await close_round(game.app, round_.id)
    assert (await sections(game, round_))["Longest streaks"] == "- Ada: 3 days in a row"


async def test_whoever_answers_on_the_morning_after_is_told_the_streak_up_to_then(game):
    await game.imports(*(draft(f"Question {number}?") for number in range(3)))
    for _ in range(3):
        round_ = await game.daily(reveal=Reveal.AT_CLOSE)
        await game.later(hours=22)
        await game.answers(round_, "Ada", 1)
        await game.later(hours=2)
        await close_round(game.app, round_.id)
    assert (await sections(game, round_))["Longest streaks"] == "- Ada: 3 days in a row"


async def test_who_is_forgotten_is_gone_from_the_streaks_and_the_fastest(game):
    await game.imports(*(draft(f"Question {number}?") for number in range(3)))
    for _ in range(3):
        round_ = await game.asks()
        await plays(game, round_, ("Bob", 5), ("Cy", 6), wrong=["Ada"])
        await game.later(days=1)
    await forget_accounts(game.app, [game.member("Ada")])
    assert (await sections(game, round_))["Longest streaks"] == "- Bob: 3 days in a row\n- Cy: 3 days in a row"
    await forget_accounts(game.app, [game.member("Bob")])
    assert "Bob" not in "".join((await sections(game, round_)).values())
