"""Questions that people write in a form: stored, asked, edited and suggested, the same everywhere."""

import pytest

from bot.domain.writing import LONGEST
from tests.adapters.stages import Form, Stage
from tests.adapters.test_every_platform_holds import hostile, on_one_line

STEM = "Which service stores objects in buckets?"
ANSWERS = "Amazon EBS\n* Amazon S3\n> Buckets are its unit."


@pytest.fixture(autouse=True)
def _with_forms(stage: Stage) -> None:
    if reason := stage.lacks.get("forms"):
        pytest.skip(reason)


def opened(form: Form | str, *texts: str) -> Form:
    """The form that was opened, with these texts in it, and nothing said instead."""
    assert isinstance(form, Form), form
    assert [text for text in texts if text not in form.text] == []
    return form


async def test_a_host_writes_a_question_corrects_it_has_it_asked_and_edits_it(stage: Stage):
    boss, ada = await stage.boss(), await stage.person("Ada")
    form = opened(await boss.asks("/quiz question add kind=choice bank='Our own'"))
    told = await boss.fills_in(form, kind="choice", question=STEM, answers="Amazon EBS\nAmazon S3", topic="storage")
    assert "Which choice is right? Put * in front of it." in told
    await stage.restart()
    form = await boss.corrects(form)
    told = await boss.fills_in(form, kind="choice", question=STEM, answers=ANSWERS, topic="storage")
    for words in ("Stored!", STEM, "Right answer: ", "Buckets are its unit.", "in the bank “Our own”", "storage"):
        assert words in told, told
    question = await stage.quiz("storage")
    assert "is right! 10 points." in await ada.answers(question.letter("Amazon S3"))

    form = opened(await boss.asks(button="Edit it"), STEM, "* Amazon S3", "> Buckets are its unit.")
    told = await boss.fills_in(form, kind="number", question="How many nines?", answers="11 ± 1", topic="storage")
    for words in ("Stored!", "How many nines?", "Right answer: 11 ± 1"):
        assert words in told
    assert STEM in (await stage.question()).text  # the round that is open keeps its question
    await stage.closes()
    assert "Right answer: " in (await stage.result()).text
    assert "How many nines?" in (await stage.quiz("storage")).text
    assert stage.pings() == []


async def test_a_member_suggests_a_host_decides_and_the_member_hears_of_it(stage: Stage):
    boss, ada = await stage.boss(), await stage.person("Ada")
    for stem in ("How many bits has a byte?", "How many bytes has a bit?", "How many nibbles has a byte?"):
        form = opened(await ada.asks("/quiz question suggest kind=number"))
        told = await ada.fills_in(form, kind="number", question=stem, answers="8 bit")
        assert "Thank you! The hosts will see your question:" in told
        assert "Right answer: 8 bit" in told
    told = await boss.says("/quiz question suggestions")
    for words in ("1. Ada: Number", "How many bits has a byte?", "2. Ada: Number", "8 bit"):
        assert words in told
    await stage.restart()
    assert "Stored!" in await boss.clicks("Accept 1")
    assert "The suggestion is gone." in await boss.clicks("Decline 2")
    form = opened(await boss.asks(button="Change 3"), "How many nibbles has a byte?", "8 bit")
    told = await boss.fills_in(form, kind="number", question="How many nibbles has a byte?", answers="2")
    assert "Right answer: 2" in told
    for button in ("Accept 1", "Decline 2"):
        assert "This suggestion isn't waiting any more" in await boss.clicks(button)
    assert "No suggestions are waiting." in await boss.says("/quiz question suggestions")
    await stage.bot.settled()
    heard = await ada.hears()
    for words in ("took it: How many bits", "didn't take it this time: How many bytes", "took it: How many nibbles"):
        assert words in on_one_line(heard)
    assert "isn't it" in await ada.types("4", to=await stage.quiz())


async def test_whoever_is_no_host_stores_and_decides_nothing(stage: Stage):
    boss = await stage.boss()
    form = opened(await stage.watcher.asks("/quiz question suggest"))
    await stage.watcher.fills_in(form, kind="true_false", question="It is.", answers="true")
    await boss.says("/quiz question suggestions")
    form = opened(await stage.watcher.asks("/quiz question suggest"))
    for told in (
        await stage.watcher.asks("/quiz question add"),
        await stage.watcher.clicks("Accept 1", of=boss),
        await stage.watcher.clicks("Decline 1", of=boss),
        await stage.watcher.fills_in(form, "/quiz question add", kind="true_false", question="No.", answers="true"),
    ):
        assert "Only a host can do that." in str(told)
    assert "1. Watcher" in await boss.says("/quiz question suggestions")


async def test_forged_forms_are_refused_kindly(stage: Stage):
    boss = await stage.boss()
    for forged, said in (
        (f"/quiz question edit id={2**63}", "There is no question"),
        ("/quiz question edit id=7", "There is no question 7."),
        ("/quiz question add suggestion=7", "isn't waiting any more"),
        ("/quiz question add bank=<b>", "can't be a bank's name"),
        ("/nonsense", "I don't know “/nonsense”."),
        ("/quiz leaderboard", ""),
    ):
        form = opened(await boss.asks("/quiz question add"))
        told = await boss.fills_in(form, forged, kind="number", question="?", answers="1")
        assert said in told
        assert "broke" not in told
    form = opened(await boss.asks("/quiz question add"))
    told = await boss.fills_in(form, "/quiz question add", kind="poem", question="x" * (LONGEST + 9), answers="")
    assert "Choose what kind" in told
    assert "broke" not in told


async def test_hostile_texts_are_shown_as_written_and_ping_nobody(stage: Stage):
    text, boss = hostile(stage), await stage.boss()
    for command, done in (("add", "Stored!"), ("suggest", "Thank you!")):
        form = opened(await boss.asks(f"/quiz question {command}"))
        told = await boss.fills_in(form, kind="choice", question=text, answers=f"* {text}\nb", explanation=text)
        assert done in told
        assert text in on_one_line(told)
    assert text in on_one_line(await boss.says("/quiz question suggestions"))
    assert stage.pings() == []
