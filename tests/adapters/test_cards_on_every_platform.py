"""Cards: turned over in private, judged with a button, and revealed to all, the same everywhere.

Private replies may have buttons, and go when a client is closed: https://docs.slack.dev/reference/methods/chat.postEphemeral
and https://docs.discord.com/developers/interactions/receiving-and-responding (flag EPHEMERAL).
"""

from dataclasses import replace

from bot.domain.drafts import QuestionDraft
from tests.adapters.stages import Stage
from tests.adapters.stages.questions import CARD, IN_GENERAL
from tests.adapters.test_every_platform_holds import asked_elsewhere, hostile, on_one_line

BACK = "too large overshoots"


async def test_a_card_is_turned_over_in_private_judged_and_revealed(stage: Stage):
    await stage.imports(CARD)
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    question = await stage.quiz()
    assert "This isn't scored." in question.text
    back = await ada.turns()
    assert BACK in back.text
    assert "How well did you know it?" in back.text
    assert "Saved: knew it. This question isn't scored." in await ada.judges(back, "Knew it")
    assert "Saved: didn't know." in await bob.judges(await bob.turns(), "Didn't know")
    assert BACK not in await stage.watcher.sees()
    await stage.stored({"Ada": "knew it", "Bob": "didn't know"})
    await stage.closes()
    result = (await stage.result()).text
    assert BACK in result
    assert IN_GENERAL in result
    assert result.count("1 (50%)") == 2
    assert "Ada" not in result
    assert await stage.points() == {}


async def test_the_same_word_twice_is_saved_once_and_the_first_stands(stage: Stage):
    await stage.imports(CARD)
    ada, _question = await stage.person("Ada"), await stage.quiz()
    back = await ada.turns()
    for _time in range(2):
        assert "Saved: almost. This question isn't scored." in await ada.judges(back, "Almost")
    assert "Your first answer stands." in await ada.judges(back, "Knew it")
    assert BACK in (await ada.turns()).text
    await stage.stored({"Ada": "almost"})


async def test_a_series_lets_people_change_their_mind_until_the_close(stage: Stage):
    await stage.imports(CARD)
    ada, _question = await stage.person("Ada"), await stage.daily("reveal=at_close cards=yes")
    back = await ada.turns()
    assert "Saved: didn't know. You can change it" in await ada.judges(back, "Didn't know")
    assert "Changed to almost." in await ada.judges(back, "Almost")
    await stage.stored({"Ada": "almost"})
    await stage.closes()
    assert "your answer stands" in await ada.judges(back, "Knew it")
    await stage.stored({"Ada": "almost"})


async def test_the_button_and_those_below_the_back_outlive_a_restart(stage: Stage):
    await stage.imports(CARD)
    ada, question = await stage.person("Ada"), await stage.daily("reveal=at_close cards=yes")
    back = await ada.turns()
    await stage.restart()
    assert "Saved: almost." in await ada.judges(back, "Almost")
    assert "Changed to knew it." in await ada.judges(await ada.turns(question), "Knew it")


async def test_nothing_that_is_sent_before_somebody_asks_tells_the_back(stage: Stage):
    await stage.imports(CARD)
    ada, question = await stage.person("Ada"), await stage.daily("reveal=at_close cards=yes")
    assert BACK not in question.source
    assert [secret for secret in (BACK, IN_GENERAL) if secret in stage.sent()] == []
    await ada.turns()
    assert BACK in stage.sent()
    assert IN_GENERAL not in stage.sent()
    assert BACK not in (await stage.question()).source


async def test_a_card_of_ones_own_is_turned_over_by_its_owner(stage: Stage):
    await stage.imports(CARD)
    ada = await stage.person("Ada")
    await ada.says("/quiz private=yes cards")
    back = await ada.turns(await ada.question())
    assert "Saved: knew it." in await ada.judges(back, "Knew it")


async def test_a_back_is_shown_as_it_is_written_and_pings_nobody(stage: Stage):
    text = hostile(stage)
    await stage.imports(QuestionDraft(line=1, stem=text, choices=(), back=text, kind="card"))
    ada, _question = await stage.person("Ada"), await stage.quiz()
    assert text in on_one_line((await ada.turns()).text)
    await stage.closes()
    assert text in on_one_line((await stage.result()).text)
    assert stage.pings() == []


async def test_forged_words_and_rounds_are_refused_kindly(stage: Stage):
    await stage.imports(CARD)
    ada, _question = await stage.person("Ada"), await stage.quiz()
    back = await ada.turns()
    for position in (3, 99):
        assert "buttons below the back" in await ada.judges(back, "Knew it", position=position)
    elsewhere = await asked_elsewhere(stage)
    for round_id in (1, elsewhere, 2**63 - 1, 2**63, 10**18):
        said = await ada.judges(back, "Knew it", round_id=round_id)
        assert any(words in said for words in ("isn't here any more", "doesn't work any more", "out of date"))
    assert await stage.bot.answers(elsewhere) == {}
    await stage.stored({})


async def test_a_long_back_has_its_buttons_all_the_same(stage: Stage):
    await stage.imports(replace(CARD, back="\n\n".join(f"Paragraph {number}: " + "x " * 150 for number in range(15))))
    ada, _question = await stage.person("Ada"), await stage.quiz()
    back = await ada.turns()
    assert "Paragraph 0" in back.text
    assert "Saved: knew it." in await ada.judges(back, "Knew it")
