"""A quiz night, from its first word to its podium, as people see it on every platform."""

from datetime import timedelta

from tests.adapters.stages import Stage
from tests.adapters.stages.questions import METRIC


async def test_a_host_starts_a_night_people_answer_and_see_the_podium(stage: Stage):
    await stage.imports(METRIC)
    boss, watcher = await stage.boss(), stage.watcher
    assert "No quiz night is going on here." in await boss.says("/quiz night stop")
    await boss.says("/quiz night start count=1 seconds=30")
    await stage.shows("Quiz night!")
    await stage.shows(METRIC.stem)
    await boss.answers("A")
    assert "A quiz night is going on here already." in await boss.says("/quiz night start")
    assert "The quiz night is over" not in await watcher.sees()
    stage.wait(timedelta(seconds=40))
    await stage.shows("The quiz night is over")


async def test_a_night_is_for_hosts(stage: Stage):
    await stage.imports(METRIC)
    await stage.watcher.says("/quiz night start")
    assert "Quiz night!" not in await stage.watcher.sees()
