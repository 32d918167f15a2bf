"""Questions that are answered in a row of menus, or by typing letters: asked and answered, the same everywhere."""

from dataclasses import replace

import pytest

from bot.domain.drafts import QuestionDraft
from tests.adapters.stages import Form, Seen, Stage
from tests.adapters.stages.questions import IN_GENERAL, LONG_ORDER, MATCH, ORDER
from tests.adapters.test_every_platform_holds import asked_elsewhere, hostile, on_one_line

KINDS = pytest.mark.parametrize("draft", [ORDER, LONG_ORDER, MATCH], ids=["order", "letters", "match"])


def right(question: Seen, draft: QuestionDraft) -> list[str]:
    """The letters of the right answer, in the order of the menus."""
    return [question.letter(draft.choices[position]) for position in draft.key]


def wrong(question: Seen, draft: QuestionDraft) -> list[str]:
    """Letters that are all wrong."""
    return right(question, draft)[::-1]


def sent(letters: list[str], draft: QuestionDraft) -> list[str]:
    """What is filled in: a letter for each menu, or all of them in one field."""
    return [" ".join(letters)] if draft is LONG_ORDER else letters


def told(letters: list[str], draft: QuestionDraft) -> str:
    """How an answer is named."""
    if draft is MATCH:
        letters = [f"{number}–{letter}" for number, letter in enumerate(letters, start=1)]
    return ", ".join(letters)


def opened(form: Form | str) -> Form:
    """The form that was opened, and nothing said instead."""
    assert isinstance(form, Form), form
    return form


@KINDS
async def test_it_is_asked_answered_and_revealed(stage: Stage, draft: QuestionDraft):
    await stage.imports(draft)
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    question = await stage.quiz()
    assert all(choice in question.text for choice in draft.choices)
    good, bad = right(question, draft), wrong(question, draft)
    form = opened(await ada.opens())
    assert draft.stem in form.text
    assert all(choice in form.text for choice in draft.choices)
    assert f"{told(good, draft)} is right! 10 points." in await ada.sends(form, *sent(good, draft))
    said = await bob.types(*sent(bad, draft))
    assert f"{told(bad, draft)} isn't it this time. The right answer is {told(good, draft)}." in said
    assert IN_GENERAL in said
    assert "isn't it" not in await stage.watcher.sees()
    await stage.closes()
    result = (await stage.result()).text
    assert f"Right answer: {told(good, draft)}" in result
    assert "1 (50%)" in result
    assert await stage.points() == {"Ada": 10, "Bob": 0}


@pytest.mark.parametrize("draft", [LONG_ORDER, MATCH], ids=["letters", "match"])
async def test_until_the_close_an_answer_may_be_changed_and_taken_back(stage: Stage, draft: QuestionDraft):
    await stage.imports(draft)
    ada, question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    good, bad = right(question, draft), wrong(question, draft)
    assert f"Saved: {told(bad, draft)}" in await ada.types(*sent(bad, draft))
    assert f"Saved: {told(bad, draft)}" in await ada.sends(opened(await ada.opens()))  # as the form was filled in
    form = opened(await ada.opens())
    assert f"Changed to {told(good, draft)}" in await ada.sends(form, *sent(good, draft))
    assert "Taken back" in await ada.types(*[""] * len(sent(good, draft)))
    await stage.stored({})
    assert "Changed to" in await ada.types(*sent(good, draft))
    await stage.closes()
    assert await stage.points() == {"Ada": 10}


async def test_the_first_answer_stands_and_no_second_form_opens(stage: Stage):
    await stage.imports(MATCH)
    ada, question = await stage.person("Ada"), await stage.quiz()
    await ada.types(*wrong(question, MATCH))
    said = await ada.opens()
    assert isinstance(said, str)
    assert "isn't it this time" in said
    await stage.stored({"Ada": told(wrong(question, MATCH), MATCH)})


async def test_a_row_that_is_not_whole_is_refused_costs_nothing_and_can_be_mended_in_the_form(stage: Stage):
    await stage.imports(ORDER)
    ada, question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    good, bad = right(question, ORDER), wrong(question, ORDER)
    await ada.types(*bad)
    form = opened(await ada.opens())
    said = await ada.sends(form, good[0], good[0], good[2])
    assert "That isn't saved yet, because a letter is in it twice: use each one only once." in said
    said = await ada.sends(form, "", *good[1:])
    assert "That isn't saved yet, because something is missing: pick a letter in each menu." in said
    await stage.stored({"Ada": told(bad, ORDER)})
    assert "Changed to" in await ada.sends(form, *good)


async def test_a_form_that_was_opened_before_a_restart_is_taken_after_it(stage: Stage):
    await stage.imports(ORDER)
    ada, question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    form = opened(await ada.opens())
    await stage.restart()
    assert "Saved: " in await ada.sends(form, *right(question, ORDER))
    assert "Changed to " in await ada.types(*wrong(question, ORDER))


async def test_a_question_that_has_closed_meanwhile_says_so_in_private(stage: Stage):
    await stage.imports(ORDER)
    ada, question = await stage.person("Ada"), await stage.daily()
    good = right(question, ORDER)
    form = opened(await ada.opens())
    await stage.closes()
    late = await ada.sends(form, *good)
    assert f"That came too late for points, but {told(good, ORDER)} would have been right!" in late
    said = await ada.opens(question)
    assert isinstance(said, str)
    assert f"This question has closed. The right answer is {told(good, ORDER)}." in said
    assert await stage.bot.answers(question.round_id) == {}


async def test_texts_are_shown_as_written_and_ping_nobody(stage: Stage):
    text = hostile(stage)
    draft = replace(MATCH, choices=(text, *MATCH.choices[1:3], text, "Translation"))
    await stage.imports(draft, replace(ORDER, choices=(text, "byte", "kilobyte")))
    ada = await stage.person("Ada")
    for topic, wanted in (("tasks", ["A", "B"]), ("units", ["A", "B", "C"])):
        question = await stage.quiz(topic)
        assert text in on_one_line(question.text)
        await ada.types(*wanted, to=question)
        await stage.closes()
        assert text in on_one_line((await stage.result()).text)
    assert stage.pings() == []


async def test_nothing_that_is_sent_before_the_close_tells_what_is_right(stage: Stage):
    await stage.imports(MATCH)
    ada, question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    assert "Saved" in await ada.types(*wrong(question, MATCH))
    await ada.opens()
    assert [secret for secret in (told(right(question, MATCH), MATCH), IN_GENERAL) if secret in stage.sent()] == []


async def test_forms_of_rounds_that_there_are_not_or_are_elsewhere_store_nothing(stage: Stage):
    await stage.imports(MATCH)
    ada, question = await stage.person("Ada"), await stage.quiz()
    elsewhere = await asked_elsewhere(stage)
    for round_id in (1, elsewhere, 2**63 - 1, 2**63, 10**30):
        form = opened(await ada.opens(question))
        said = await ada.sends(form, *right(question, MATCH), round_id=round_id)
        assert any(words in said for words in ("isn't here any more", "doesn't work any more", "out of date"))
    assert await stage.bot.answers(elsewhere) == {}
    await stage.stored({})


async def test_forged_picks_are_refused_kindly(stage: Stage):
    await stage.imports(MATCH)
    ada, question = await stage.person("Ada"), await stage.quiz()
    for forged in ("24", "99", "-1", "x", "٣", "1" * 30, "0,1"):
        form = opened(await ada.opens())
        said = await ada.sends(form, forged, forged, unchecked=True)
        assert said.strip()
        assert "broke" not in said
    await stage.stored({})
    assert "is right!" in await ada.types(*right(question, MATCH))
