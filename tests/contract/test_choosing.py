"""Which question a series asks next: topics, difficulty, and what must come first."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.drafts import FindingCode
from bot.domain.errors import NotFound
from bot.domain.rounds import Reveal
from bot.ports import QuestionFilter
from bot.services.banks.correcting import correct_key, withdraw
from bot.services.banks.storing import bank_questions
from bot.services.rounds.asking import ask_now
from bot.services.series.choosing import prospect
from bot.services.series.series import ask_in_series_now
from bot.testing import draft

pytestmark = pytest.mark.sqlite_first

FIRST = draft("Which service stores objects?", "S3", "EC2", source_id="first")
SECOND = replace(draft("Which class is its cheapest?", "Glacier", "Standard", source_id="second"), after="first")
LEANING = replace(
    draft("In the previous question, what is it?", "This", "That"), findings=(FindingCode.DEPENDS_ON_PREVIOUS,)
)


async def by_stem(game, bank="bank"):
    return {question.stem: question for question in (await bank_questions(game.app, bank))[1]}


async def asked(game, series, count):
    """The questions that a series asks in so many turns."""
    found = []
    for _ in range(count):
        game.clock.advance(seconds=1)
        round_ = await ask_in_series_now(game.app, series.id)
        found.append(await game.app.storage.read(lambda unit, r=round_: unit.banks.question(r.question_id)))
    return found


async def foretold(game, series):
    async def read(unit):
        return (await prospect(unit, series, game.space, game.clock.now())).draw()

    return await game.app.storage.read(read)


def about(topic, count, **more):
    return [replace(draft(f"What of {topic}, number {n}?", topic=topic), **more) for n in range(count)]


async def test_topics_come_by_their_weights(game):
    await game.imports(*about("Data", 10), *about("ops", 10), *about("other", 10))
    series = await game.series(weights={"data": 3, "Ops": 1})
    counts = Counter(question.topic for question in await asked(game, series, 8))
    assert counts == {"Data": 6, "ops": 2}


async def test_what_comes_is_decided_by_what_is_stored(game):
    await game.imports(*about("data", 20))
    series = await game.series()
    for _ in range(5):
        promised = (await foretold(game, series)).candidate.question_id
        assert promised == (await foretold(game, series)).candidate.question_id
        assert (await ask_in_series_now(game.app, series.id)).question_id == promised


async def test_two_series_of_a_space_share_what_was_asked(game):
    await game.imports(*about("data", 6))
    first, second = await game.series(), await game.series(name="evening")
    found = [*(await asked(game, first, 3)), *(await asked(game, second, 3))]
    assert len({question.id for question in found}) == 6


@pytest.mark.both_databases
async def test_a_mix_of_difficulty_is_kept(game):
    levels = [replace(one, difficulty=level) for level in ("easy", "hard") for one in about(level, 6)]
    await game.imports(*levels)
    series = await game.series(difficulty="easy:50,hard:50")
    found = [question.difficulty for question in await asked(game, series, 6)]
    assert Counter(found) == {"easy": 3, "hard": 3}


async def plays(game, question_id, right, wrong):
    """People answer a question that is asked on its own."""
    round_ = (await ask_now(game.app, game.caller(), topic="plain"))[0]
    assert round_.question_id == question_id
    for n in range(right + wrong):
        await game.answers(round_, f"P{n}", 0 if n < right else 1)
    await game.closes(round_)
    return round_


async def test_where_no_bank_says_so_the_answers_tell_how_hard_a_question_is(game):
    await game.imports(draft("A plain one?", topic="plain"), *about("new", 3))
    plain = (await by_stem(game))["A plain one?"]
    await plays(game, plain.id, right=2, wrong=4)
    hard = await game.series(difficulty="hard")
    assert [question.id for question in await asked(game, hard, 2)] == [plain.id, plain.id]
    medium = await game.series(difficulty="medium", name="m")
    assert plain.id not in {question.id for question in await asked(game, medium, 4)}


@pytest.mark.parametrize(
    ("right", "wrong", "level"), [(10, 0, "hard"), (3, 7, "easy"), (8, 2, "medium"), (9, 0, "medium")]
)
async def test_an_adaptive_series_asks_what_suits_the_group(game, right, wrong, level):
    levels = [replace(one, difficulty=one.topic) for one in (*about("easy", 3), *about("medium", 3), *about("hard", 3))]
    await game.imports(draft("A plain one?", topic="plain"), *levels)
    await plays(game, (await by_stem(game))["A plain one?"].id, right, wrong)
    series = await game.series(difficulty="adaptive")
    assert (await asked(game, series, 1))[0].difficulty == level


async def test_old_answers_tell_nothing_of_the_group(game):
    await game.imports(
        draft("A plain one?", topic="plain"),
        *(replace(one, difficulty=one.topic) for one in about("hard", 2)),
        *(replace(one, difficulty=one.topic) for one in about("medium", 2)),
    )
    await plays(game, (await by_stem(game))["A plain one?"].id, 12, 0)
    await game.later(days=15)
    series = await game.series(difficulty="adaptive")
    assert (await asked(game, series, 1))[0].difficulty == "medium"


async def test_a_question_comes_after_the_one_it_names(game):
    await game.imports(SECOND, FIRST)
    series = await game.series()
    assert [question.stem for question in await asked(game, series, 4)] == [FIRST.stem, SECOND.stem] * 2


async def test_on_demand_the_order_is_kept_as_well(game):
    await game.imports(SECOND, FIRST)
    rounds = await ask_now(game.app, game.caller(), count=2)
    stems = [(await game.app.revisions.of(round_)).stem for round_ in rounds]
    assert stems == [FIRST.stem, SECOND.stem]


@pytest.mark.both_databases
async def test_what_one_member_was_asked_alone_opens_nothing_to_all(game):
    await game.imports(SECOND, FIRST)
    await ask_now(game.app, game.caller(), private=True)
    (waiting, _first) = await candidates(game)
    assert waiting.waits_for
    (free, _first) = await candidates(game, private_to="ada")
    assert free.waits_for is None


async def candidates(game, **which):
    wanted = QuestionFilter(space_id=game.space.id, **which)
    found = await game.app.storage.read(lambda unit: unit.banks.candidates(wanted))
    order = {question.id: question.stem for question in (await bank_questions(game.app, "bank"))[1]}
    return sorted(found, key=lambda one: order[one.question_id] != SECOND.stem)


async def test_what_waits_in_vain_keeps_waiting_and_that_is_said(game):
    await game.imports(SECOND, FIRST)
    await withdraw(game.app, (await by_stem(game))[FIRST.stem].id, reason="", actor="host")
    (waiting,) = await candidates(game)
    assert waiting.waits_in_vain
    series = await game.series()
    with pytest.raises(NotFound, match="No question is ready"):
        await ask_in_series_now(game.app, series.id)
    with pytest.raises(NotFound, match="builds on one"):
        await game.asks()


async def test_a_question_that_leans_on_the_one_before_keeps_its_place_once_it_is_settled(game):
    await game.imports(LEANING, FIRST, LEANING_ON_FIRST)
    questions = await by_stem(game)
    leaning = questions[LEANING_ON_FIRST.stem]
    assert leaning.after == questions[FIRST.stem].id
    assert questions[LEANING.stem].after is None, "nothing stands before it"
    assert leaning.status == "needs attention"
    await correct_key(game.app, leaning.id, "A", reason="looked at", actor="host")
    series = await game.series()
    assert [question.stem for question in await asked(game, series, 2)] == [FIRST.stem, LEANING_ON_FIRST.stem]
    await game.imports(LEANING, FIRST, LEANING_ON_FIRST)
    assert (await by_stem(game))[LEANING_ON_FIRST.stem].after == questions[FIRST.stem].id


LEANING_ON_FIRST = replace(LEANING, stem="As in the question above, which one is it?")


async def test_a_changed_order_is_an_edit_and_is_stored(game):
    await game.imports(FIRST, SECOND)
    report = await game.imports(FIRST, replace(SECOND, after=None))
    assert (report.edited, report.unchanged) == (1, 1)
    assert (await by_stem(game))[SECOND.stem].after is None
    report = await game.imports(FIRST, SECOND)
    assert (report.edited, report.unchanged) == (1, 1)
    assert (await by_stem(game))[SECOND.stem].after == (await by_stem(game))[FIRST.stem].id
    assert (await game.imports(FIRST, SECOND)).unchanged == 2


async def test_an_edit_keeps_the_order(game):
    await game.imports(FIRST, SECOND)
    await game.imports(FIRST, replace(SECOND, explanation="It is."))
    assert (await by_stem(game))[SECOND.stem].after == (await by_stem(game))[FIRST.stem].id


async def test_after_a_year_nothing_was_repeated_before_all_was_asked(game):
    await game.imports(*about("data", 30))
    series = await game.series()
    game.clock.set(datetime(2026, 4, 1, tzinfo=UTC))
    found = []
    for _ in range(60):
        game.clock.advance(timedelta(days=1))
        found += await asked(game, series, 1)
    ids = [question.id for question in found]
    assert len(set(ids[:30])) == 30
    assert ids[30:] == ids[:30], "then the oldest first"


async def test_a_series_tells_no_key_that_another_one_keeps_back(game):
    await game.imports(draft("Question?"))
    kept_back = await game.daily(reveal=Reveal.AT_CLOSE, name="evening")
    telling = await game.series(reveal=Reveal.ON_ANSWER)
    with pytest.raises(NotFound):
        await ask_in_series_now(game.app, telling.id)
    await game.closes(kept_back)
    assert (await ask_in_series_now(game.app, telling.id)).question_id == kept_back.question_id
