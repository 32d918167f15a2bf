"""Questions that are answered by typing, or with words on buttons: asked, answered, revealed, the same everywhere."""

from bot.domain.drafts import QuestionDraft
from tests.adapters.stages import Form, Stage
from tests.adapters.stages.questions import IN_GENERAL, NUMBER, SHORT, STATEMENT
from tests.adapters.test_every_platform_holds import asked_elsewhere, hostile, on_one_line


def opened(form: Form | str) -> Form:
    """The form that was opened, and nothing said instead."""
    assert isinstance(form, Form), form
    return form


async def test_a_statement_has_buttons_that_say_true_and_false(stage: Stage):
    await stage.imports(STATEMENT)
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    question = await stage.quiz()
    assert question.text.count("True") == question.text.count("False") == 1
    assert "False is right! 10 points." in await ada.answers("False")
    assert "The right answer is False." in await bob.answers("True", to=question)
    await stage.stored({"Ada": "False", "Bob": "True"})
    await stage.closes()
    assert "Right answer: False" in (await stage.result()).text


async def test_a_number_is_asked_typed_and_revealed(stage: Stage):
    await stage.imports(NUMBER)
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    question = await stage.quiz()
    assert "Answer with a number, in bits." in question.text
    form = opened(await ada.opens())
    assert NUMBER.stem in form.text
    assert "Your answer in bits" in form.text
    assert "is right! 10 points." in await ada.sends(form, " 4,0 bits")
    told = await bob.types("8")
    assert "8 isn't it this time. The right answer is 4 bits." in told
    assert IN_GENERAL in told
    assert "isn't it" not in await stage.watcher.sees()
    await stage.closes()
    result = (await stage.result()).text
    assert "Right answer: 4 bits" in result
    assert "1 (50%)" in result
    assert await stage.points() == {"Ada": 10, "Bob": 0}


async def test_a_short_answer_is_asked_typed_and_revealed(stage: Stage):
    await stage.imports(SHORT)
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    await stage.quiz()
    assert "is right! 10 points." in await ada.types("UNDERFITTING.")
    assert "The right answer is underfitting or high bias." in await bob.types("dropout")
    await stage.closes()
    assert "Right answer: underfitting or high bias" in (await stage.result()).text
    assert await stage.points() == {"Ada": 10, "Bob": 0}


async def test_the_first_answer_stands_and_no_second_form_opens(stage: Stage):
    await stage.imports(NUMBER)
    ada, _question = await stage.person("Ada"), await stage.quiz()
    await ada.types("8")
    said = await ada.opens()
    assert isinstance(said, str)
    assert "isn't it this time" in said
    await stage.stored({"Ada": "8"})


async def test_until_the_close_an_answer_may_be_changed_and_taken_back(stage: Stage):
    await stage.imports(NUMBER)
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    assert "Saved: 4 (you typed 4.0)." in await ada.types("4.0")
    form = opened(await ada.opens())
    assert "4.0" in form.text
    assert "Changed to 5." in await ada.sends(form, "5")
    assert "Taken back" in await ada.types("")
    await stage.stored({})
    assert "Changed to 4." in await ada.types("4")
    await stage.closes()
    assert await stage.points() == {"Ada": 10}


async def test_what_is_no_number_is_refused_and_can_be_mended_in_the_form(stage: Stage):
    await stage.imports(NUMBER)
    ada, _question = await stage.person("Ada"), await stage.quiz()
    form = opened(await ada.opens())
    assert "I can't read that as a number" in await ada.sends(form, "many")
    await stage.stored({})
    assert "is right!" in await ada.sends(form, "4")


async def test_a_form_that_was_opened_before_a_restart_is_taken_after_it(stage: Stage):
    await stage.imports(NUMBER)
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    form = opened(await ada.opens())
    await stage.restart()
    assert "Saved: 4." in await ada.sends(form, "4")
    assert "Changed to 5." in await ada.types("5")


async def test_a_question_that_has_closed_meanwhile_says_so_in_private(stage: Stage):
    await stage.imports(NUMBER)
    ada, question = await stage.person("Ada"), await stage.daily()
    form = opened(await ada.opens())
    await stage.closes()
    late = await ada.sends(form, "4")
    assert "This question has closed. That came too late for points, but 4 would have been right!" in late
    said = await ada.opens(question)
    assert isinstance(said, str)
    assert "This question has closed. The right answer is 4 bits." in said
    assert await stage.bot.answers(question.round_id) == {}


async def test_a_private_question_is_answered_by_its_owner(stage: Stage):
    await stage.imports(SHORT)
    ada = await stage.person("Ada")
    await ada.says("/quiz private=yes words")
    question = await ada.question()
    assert SHORT.stem.replace("*", "") in question.text
    assert "is right!" in await ada.types("underfitting", to=question)


async def test_what_is_typed_is_shown_as_typed_and_pings_nobody(stage: Stage):
    text = hostile(stage)
    await stage.imports(QuestionDraft(line=1, stem=text, choices=(), accepted=("x",), explanation="Why.", kind="short"))
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    form = opened(await ada.opens())
    assert text in on_one_line(form.text)
    assert f"Saved: {text}." in on_one_line(await ada.sends(form, text))
    assert text in on_one_line((opened(await ada.opens())).text)
    await stage.closes()
    assert "Right answer: x" in (await stage.result()).text
    assert stage.pings() == []


async def test_nothing_that_is_sent_before_the_close_tells_what_is_right(stage: Stage):
    await stage.imports(SHORT)
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    assert "Saved: regularisation." in await ada.types("regularisation")
    await ada.opens()
    assert [secret for secret in (*SHORT.accepted, IN_GENERAL) if secret in stage.sent()] == []


async def test_forms_of_rounds_that_there_are_not_or_are_elsewhere_store_nothing(stage: Stage):
    await stage.imports(NUMBER)
    ada, _question = await stage.person("Ada"), await stage.quiz()
    elsewhere = await asked_elsewhere(stage)
    for round_id in (1, elsewhere, 2**63 - 1, 2**63, 10**30):
        form = opened(await ada.opens())
        said = await ada.sends(form, "4", round_id=round_id)
        assert any(words in said for words in ("isn't here any more", "doesn't work any more", "out of date"))
    assert await stage.bot.answers(elsewhere) == {}
    await stage.stored({})


async def test_more_than_a_field_takes_is_refused(stage: Stage):
    await stage.imports(SHORT)
    ada, _question = await stage.person("Ada"), await stage.quiz()
    form = opened(await ada.opens())
    assert "300 characters" in await ada.sends(form, "x" * 301, unchecked=True)
    assert "300 characters" in await ada.sends(form, "x" * 3_000, unchecked=True)
    assert "Please type an answer first." in await ada.sends(form, " \t\u200b", unchecked=True)
    await stage.stored({})
    assert "isn't it" in await ada.sends(form, "x" * 300)
