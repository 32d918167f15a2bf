"""Questions with blanks: a field for each in one form, the same on every platform."""

from bot.services.banks.correcting import accept_answer
from bot.testing import blanks
from tests.adapters.stages import Stage
from tests.adapters.stages.questions import BLANKS, IN_GENERAL
from tests.adapters.test_every_platform_holds import asked_elsewhere, hostile, on_one_line
from tests.adapters.test_typed_on_every_platform import opened

RIGHT = ("Recall", "precision")


async def test_blanks_are_asked_filled_in_and_revealed(stage: Stage):
    await stage.imports(BLANKS)
    ada, bob, cy = [await stage.person(name) for name in ("Ada", "Bob", "Cy")]
    question = await stage.quiz("gaps")
    assert "____ (1) is the share" in question.text.replace("`", "")
    assert "and ____ (2) the share" in question.text.replace("`", "")
    form = opened(await ada.opens())
    assert "Blank 1" in form.text
    assert "Blank 2" in form.text
    assert "(1) Recall, (2) precision (you typed precison): all right! 10 points." in await ada.sends(
        form, "Recall", "precison"
    )
    told = await bob.types("specificity", " Precision. ")
    assert "(1) specificity, (2) Precision.: partly right, 5 points. Not right: (1)." in told
    assert "The right answers are (1) recall or sensitivity, (2) precision." in told
    assert IN_GENERAL in told
    assert "(1) left blank, (2) accuracy: not this time." in await cy.types("", "accuracy")
    assert "not this time" not in await stage.watcher.sees()
    await stage.closes()
    result = (await stage.result()).text
    assert "Right answers: (1) recall or sensitivity, (2) precision" in result
    assert "specificity" in result
    assert "2 (67%)" in result
    assert await stage.points() == {"Ada": 10, "Bob": 5, "Cy": 0}


async def test_the_form_holds_what_stands_and_empty_blanks_take_it_back(stage: Stage):
    await stage.imports(BLANKS)
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    assert "Please type an answer first." in await ada.types("", " ")
    assert "Saved: (1) left blank, (2) accuracy." in await ada.types("", "accuracy")
    form = opened(await ada.opens())
    assert "accuracy" in form.text
    assert "Changed to (1) f-score, (2) accuracy." in await ada.sends(form, "f-score", "accuracy")
    assert "Taken back" in await ada.types("", "")
    await stage.stored({})
    assert "Changed to (1) Recall, (2) precision." in await ada.types(*RIGHT)
    await stage.closes()
    assert await stage.points() == {"Ada": 10}


async def test_a_form_that_was_opened_before_a_restart_is_taken_after_it(stage: Stage):
    await stage.imports(BLANKS)
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    form = opened(await ada.opens())
    await stage.restart()
    assert "Saved: (1) Recall, (2) precision." in await ada.sends(form, *RIGHT)
    assert "Changed to (1) Recall, (2) left blank." in await ada.types("Recall", "")


async def test_a_question_that_has_closed_meanwhile_says_so_in_private(stage: Stage):
    await stage.imports(BLANKS)
    ada, question = await stage.person("Ada"), await stage.daily()
    form = opened(await ada.opens())
    await stage.closes()
    late = await ada.sends(form, "Recall", "accuracy")
    assert "That came too late for points; (1) Recall, (2) accuracy would have been partly right." in late
    said = await ada.opens(question)
    assert isinstance(said, str)
    assert "This question has closed. The right answers are (1) recall" in said
    assert await stage.bot.answers(question.round_id) == {}


async def test_forms_with_too_long_texts_or_of_other_rounds_store_nothing(stage: Stage):
    await stage.imports(BLANKS)
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    form = opened(await ada.opens())
    assert "300 characters" in await ada.sends(form, "Recall", "x" * 301, unchecked=True)
    elsewhere = await asked_elsewhere(stage)
    for round_id in (1, elsewhere, 2**63):
        said = await ada.sends(opened(await ada.opens()), *RIGHT, round_id=round_id)
        assert any(words in said for words in ("isn't here any more", "doesn't work any more", "out of date"))
    assert await stage.bot.answers(elsewhere) == {}
    await stage.stored({})


async def test_five_blanks_have_five_fields(stage: Stage):
    await stage.imports(blanks(", ".join(["____"] * 5) + ".", *([text] for text in "abcde")))
    ada = await stage.person("Ada")
    await stage.quiz()
    form = opened(await ada.opens())
    assert [f"Blank {number}" in form.text for number in range(1, 7)] == [True] * 5 + [False]
    assert "partly right, 6 points. Not right: (2), (4)." in await ada.sends(form, *"axcxe")


async def test_what_is_typed_is_shown_as_typed_and_pings_nobody(stage: Stage):
    text = hostile(stage)
    stem = f"{text} ____ and ____"
    await stage.imports(blanks(stem, ["x"], ["y"]))
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    form = opened(await ada.opens())
    assert text in on_one_line(form.text)
    assert f"Saved: (1) {text}, (2) {text}." in on_one_line(await ada.sends(form, text, text))
    assert text in on_one_line(opened(await ada.opens()).text)
    await stage.closes()
    assert "Right answers: (1) x, (2) y" in (await stage.result()).text
    assert stage.pings() == []


async def test_nothing_that_is_sent_before_the_close_tells_what_is_right(stage: Stage):
    await stage.imports(BLANKS)
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    assert "Saved: (1) recal, (2) x." in await ada.types("recal", "x")
    await ada.opens()
    secrets = [str(one) for one in BLANKS.accepted]
    assert [secret for secret in (*secrets, IN_GENERAL) if secret in stage.sent()] == []


async def test_a_text_that_is_accepted_later_renews_the_result(stage: Stage):
    await stage.imports(BLANKS)
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close")
    await ada.types("hit rate", "precision")
    await stage.closes()
    assert await stage.points() == {"Ada": 5}
    asked = await stage.bot.newest_round(stage.channel)
    await accept_answer(stage.bot.app, asked.question_id, "1: hit rate", reason="", actor="test")
    await stage.shows("recall, sensitivity or hit rate")
    assert await stage.points() == {"Ada": 10}
