"""Whoever wants it is reminded of today's question in private before they lose their streak, the same everywhere."""

from datetime import timedelta

from bot.testing import draft
from tests.adapters.stages import Stage
from tests.patience import until


async def test_a_reminder_reaches_one_person_and_leads_to_the_question(stage: Stage):
    await stage.imports(draft("Monday?"), draft("Tuesday?"))
    ada, bob = await stage.person("Ada"), await stage.person("Bob")
    monday = await stage.daily("days=all")
    assert "two hours before" in await ada.says("/quiz reminders on")
    assert "I remind you" in await ada.says("/quiz reminders")
    for person in (ada, bob):
        await person.answers("A", to=monday)
    stage.wait(timedelta(hours=23, minutes=30))  # to half past nine in Berlin

    async def tuesday() -> bool:
        return (await stage.question()).round_id != monday.round_id

    await until(tuesday, "the next question")
    stage.wait(timedelta(hours=12, minutes=31))

    async def reminded() -> bool:
        return "Today's question is still open" in await ada.hears()

    await until(reminded, "a reminder")
    heard = await ada.hears()
    assert (await stage.bot.space()).name in heard
    assert "1 day in a row" in heard
    assert "reminders off" in heard or "reminders turn" in heard
    assert "To the question" in stage.sent()
    assert "Answer by" in heard
    assert "still open" not in await bob.hears()
    assert "won't remind" in await ada.says("/quiz reminders off")
    assert stage.pings() == []
