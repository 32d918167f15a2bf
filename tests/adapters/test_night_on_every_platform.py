"""A quiz night, from its first word to its podium, as people see it on every platform."""

import html
import re
from datetime import timedelta

from tests.adapters.stages import Stage
from tests.adapters.stages.questions import METRIC
from tests.patience import until


async def test_a_host_starts_a_night_people_answer_and_see_the_podium(stage: Stage, platform: str):
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
    assert f"1. {boss.name}, Points" in await podium_picture(stage, platform)


async def podium_picture(stage: Stage, platform: str) -> str:
    """What the picture of the newest message shows, in words."""

    async def look() -> str:
        podium = (await stage.bot.posts(stage.channel, stage.watcher.id))[-1]
        seen = await stage.look(stage.watcher, podium)
        if platform == "web":
            return html.unescape("".join(re.findall(r'<img[^>]* alt="([^"]*)"', seen.source)))
        return "".join(seen.pictures)

    return await until(look, "the picture of the podium")


async def test_a_night_is_for_hosts(stage: Stage):
    await stage.imports(METRIC)
    await stage.watcher.says("/quiz night start")
    assert "Quiz night!" not in await stage.watcher.sees()
