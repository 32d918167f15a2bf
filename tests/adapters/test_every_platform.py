"""Asking, answering and what becomes of it: the same on every platform."""

from datetime import timedelta

import pytest

from bot.services.banks.correcting import correct_key
from tests.adapters.stages import Stage
from tests.adapters.stages.questions import IN_GENERAL, METRIC, PAIR, RIGHT_WHY


def another(letter: str) -> str:
    """A letter of the four that isn't this one."""
    return "B" if letter == "A" else "A"


async def test_quiz_asks_at_once_with_every_choice_behind_its_letter(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.quiz()
    assert "Quick question" in question.text
    assert METRIC.stem in question.text
    assert {question.letter(choice) for choice in METRIC.choices} == set("ABCD")
    assert "Closes" in question.text


async def test_the_verdict_is_told_at_once_and_to_nobody_else(stage: Stage):
    await stage.imports(METRIC)
    ada, question = await stage.person("Ada"), await stage.quiz()
    told = await ada.answers(question.letter("Recall"))
    assert "is right! 10 points." in told
    assert RIGHT_WHY in told
    assert IN_GENERAL in told
    seen = await stage.watcher.sees()
    assert "is right!" not in seen
    assert RIGHT_WHY not in seen


async def test_a_wrong_answer_is_told_the_right_one(stage: Stage):
    await stage.imports(METRIC)
    ada, question = await stage.person("Ada"), await stage.quiz()
    told = await ada.answers(question.letter("Perplexity"))
    assert f"It's {question.letter('Recall')}, Recall." in told


async def test_the_first_answer_stands(stage: Stage):
    await stage.imports(METRIC)
    ada, question = await stage.person("Ada"), await stage.quiz()
    await ada.answers(question.letter("Accuracy"))
    assert "Your first answer stands." in await ada.answers(question.letter("Recall"))
    await stage.stored({"Ada": question.letter("Accuracy")})


async def test_where_several_are_right_the_body_says_how_many_and_all_are_given_at_once(stage: Stage):
    await stage.imports(PAIR)
    ada, question = await stage.person("Ada"), await stage.quiz()
    assert "Choose 2." in question.text
    told = await ada.answers(question.letter("Bagging"), question.letter("Dropout"))
    assert "all right! 10 points." in told


async def test_several_questions_may_be_open_at_once(stage: Stage):
    await stage.imports(METRIC, PAIR)
    ada = await stage.person("Ada")
    first, _second = await stage.quiz("metrics"), await stage.quiz("ensembles")
    assert "is right!" in await ada.answers(first.letter("Recall"), to=first)


async def test_several_questions_may_be_asked_for_at_once(stage: Stage):
    await stage.imports(METRIC, PAIR)
    await stage.watcher.says("/quiz count=2")
    seen = await stage.watcher.sees()
    assert METRIC.stem in seen
    assert PAIR.stem in seen


async def test_how_many_have_answered_is_shown_to_all(stage: Stage):
    await stage.imports(METRIC)
    ada, question = await stage.person("Ada"), await stage.quiz()
    await ada.answers("A", to=question)
    await stage.shows("1 answered.")


async def test_nobody_sees_who_chose_what_before_the_close(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    await (await stage.person("Ada")).answers("A", to=question)
    await stage.shows("1 answered.")
    assert "Ada" not in await stage.watcher.sees()


async def test_an_answer_that_waits_for_the_close_is_saved_and_may_be_changed(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    ada = await stage.person("Ada")
    assert "Saved: A. You can change it until the question closes." in await ada.answers("A", to=question)
    assert "Changed to C." in await ada.answers("C", to=question)
    await stage.stored({"Ada": "C"})
    assert await stage.points() == {}


async def test_the_close_tells_answer_explanation_distribution_and_points(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    right, wrong = question.letter("Recall"), question.letter("Accuracy")
    for name, letter in (("Ada", right), ("Bob", wrong), ("Cy", wrong), ("Di", wrong)):
        await (await stage.person(name)).answers(letter, to=question)
    await stage.stored({"Ada": right, "Bob": wrong, "Cy": wrong, "Di": wrong})
    await stage.closes()
    result = (await stage.result()).text
    for told in (
        f"Right answer: {right}",
        IN_GENERAL,
        RIGHT_WHY,
        "1 (25%)",
        "3 (75%)",
        "Ada: 10 points",
        "4 answered.",
    ):
        assert told in result
    assert await stage.points() == {"Ada": 10, "Bob": 0, "Cy": 0, "Di": 0}


async def test_a_closed_question_says_so_and_tells_nothing_yet(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    await (await stage.person("Ada")).answers("A", to=question)
    await stage.closes()
    closed = await stage.question()
    assert closed.round_id == question.round_id
    assert "Closed. 1 answered." in closed.text
    assert RIGHT_WHY not in closed.source


@pytest.mark.parametrize("reveal", ["on_answer", "at_close"])
async def test_who_comes_after_the_close_learns_all_the_same_and_gets_no_points(stage: Stage, reveal: str):
    await stage.imports(METRIC)
    question = await stage.daily(f"reveal={reveal}")
    await stage.closes()
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    right, wrong = question.letter("Recall"), question.letter("Accuracy")
    told = await ada.answers(right, to=question)
    assert f"This question has closed. That came too late for points, but {right} would have been right!" in told
    assert IN_GENERAL in told
    told = await bob.answers(wrong, to=question)
    assert f"too late for points, and {wrong} isn't it. It's {right}, Recall." in told
    await stage.stored({})


async def test_daily_now_closes_the_question_before_it(stage: Stage):
    await stage.imports(METRIC, PAIR)
    first = await stage.daily("reveal=at_close")
    await (await stage.boss()).says("/quiz daily now")
    assert (await stage.result()).round_id == first.round_id
    assert (await stage.question()).round_id != first.round_id


async def test_a_question_closes_by_itself_when_its_time_is_over(stage: Stage):
    await stage.imports(METRIC)
    await stage.daily("close_after=30m")
    stage.wait(timedelta(minutes=31))
    await stage.shows("Closed. Nobody answered.")


async def test_a_reaction_answers_another_changes_it_and_taking_it_off_takes_it_back(stage: Stage):
    await stage.imports(METRIC)
    await stage.daily("answer_with=reactions")
    ada = await stage.person("Ada")
    await ada.reacts("B")
    await stage.stored({"Ada": "B"})
    await ada.reacts("C")
    await stage.stored({"Ada": "C"})
    await ada.reacts("C", on=False)
    await stage.stored({})


async def test_reactions_are_counted_at_the_close(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("answer_with=reactions")
    ada = await stage.person("Ada")
    await ada.reacts(question.letter("Recall"))
    await stage.stored({"Ada": question.letter("Recall")})
    await stage.closes()
    assert "1 (100%)" in (await stage.result()).text
    assert await stage.points() == {"Ada": 10}


async def test_an_answer_that_was_taken_back_does_not_come_back_at_the_close(stage: Stage):
    await stage.imports(METRIC)
    await stage.daily("answer_with=reactions")
    ada = await stage.person("Ada")
    await ada.reacts("A")
    await stage.stored({"Ada": "A"})
    await ada.reacts("B")
    await stage.stored({"Ada": "B"})
    await ada.reacts("B", on=False)
    await stage.stored({})
    await stage.closes()
    assert "Nobody answered." in (await stage.result()).text


async def test_where_several_are_right_all_reactions_count(stage: Stage):
    await stage.imports(PAIR)
    question = await stage.daily("answer_with=reactions")
    ada = await stage.person("Ada")
    both = sorted((question.letter("Bagging"), question.letter("Dropout")))
    for letter in both:
        await ada.reacts(letter)
    await stage.stored({"Ada": ", ".join(both)})


async def test_a_private_question_is_its_askers_alone(stage: Stage):
    await stage.imports(METRIC)
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    await ada.says("/quiz private=yes")
    question = await ada.question()
    assert METRIC.stem in question.text
    assert METRIC.stem not in await bob.sees()
    assert "This question isn't here any more." in await bob.answers("A", to=question)
    assert "is right!" in await ada.answers(question.letter("Recall"), to=question)
    assert await stage.bot.answers(question.round_id) != {}


async def test_the_result_of_a_private_question_is_told_to_its_asker_alone(stage: Stage):
    await stage.imports(METRIC)
    ada = await stage.person("Ada")
    await ada.says("/quiz private=yes")
    question = await ada.question()
    await ada.answers(question.letter("Recall"), to=question)
    await stage.bot.close(question.round_id)
    assert f"Right answer: {question.letter('Recall')}" in await ada.sees()
    assert "Right answer" not in await stage.watcher.sees()


async def test_a_corrected_key_renews_the_result_and_the_points(stage: Stage):
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    await ada.answers(question.letter("Recall"), to=question)
    await bob.answers(question.letter("Accuracy"), to=question)
    await stage.closes()
    asked = await stage.bot.round(question.round_id)
    await correct_key(stage.bot.app, asked.question_id, "B", reason="a slip", actor="test")
    await stage.bot.settled()
    assert f"Right answer: {question.letter('Accuracy')}" in (await stage.result()).text
    assert "Bob: 10 points" in (await stage.result()).text
    assert await stage.points() == {"Bob": 10, "Ada": 0}


async def test_a_question_that_was_deleted_while_the_bot_was_away_gets_its_result(stage: Stage):
    if reason := stage.lacks.get("deleting"):
        pytest.skip(reason)
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    await (await stage.person("Ada")).answers(question.letter("Recall"), to=question)
    await stage.bot.stop()
    await stage.deletes(question)
    await stage.bot.start()
    await stage.bot.close(question.round_id)
    await stage.shows("Ada: 10 points")


async def test_the_round_of_a_deleted_question_is_over(stage: Stage):
    if reason := stage.lacks.get("deleting"):
        pytest.skip(reason)
    await stage.imports(METRIC)
    question = await stage.daily("reveal=at_close")
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    await ada.answers(question.letter("Recall"), to=question)
    await stage.deletes(question)
    await bob.answers("A", to=question)  # by now at the latest the bot notices
    await stage.shows("Ada: 10 points")
    assert "This question has closed; your answer stands." in await bob.answers("B", to=question)
