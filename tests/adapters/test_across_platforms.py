"""One league over Discord and Slack, and one person with an account on each, through one process."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.adapters.stages.both import stages
from tests.adapters.stages.discord import DiscordStage
from tests.adapters.stages.questions import METRIC
from tests.adapters.stages.slack import SlackStage
from tests.adapters.stages.stage import Stage
from tests.all_settings import settings_of

Both = tuple[DiscordStage, SlackStage]

_CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4})+")


@pytest.fixture
async def both(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Both]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    shutil.copy(migrated_file, tmp_path / "quizbot.db")

    def settings(**tokens: str) -> Settings:
        url = f"sqlite+aiosqlite:///{tmp_path}/quizbot.db"
        return settings_of(
            database_url=url, web_host="127.0.0.1", web_port=0, var_dir=tmp_path / "var", zone="Europe/Berlin", **tokens
        )

    async with stages(settings) as opened:
        yield opened


def code_in(text: str) -> str:
    found = _CODE.search(text)
    assert found, text
    return found[0]


async def test_a_server_and_a_workspace_play_in_one_league_and_part_again(both: Both) -> None:
    discord, slack = both
    grace, linus = await discord.boss(), await slack.boss()
    invited = await grace.says("/quiz league invite")
    assert "/league join code:" in invited
    proposed = await linus.says(f"/quiz league join {code_in(invited)}")
    assert "You are about to join the league Study group" in proposed
    assert "Slack group plays in the league Study group now" in await grace.says("/quiz league confirm")
    await discord.imports(METRIC)
    for stage, name, answer in ((discord, "Ada", "Recall"), (slack, "Bob", "Accuracy")):
        asked, person = await stage.daily(), await stage.person(name)
        await person.answers(asked.letter(answer))
    for stage in both:
        assert await points(stage) == {"ada": 10, "bob": 0}
    assert "Study group, Slack group" in await linus.says("/quiz league show")
    assert "This space has its own league again." in await linus.insists("/quiz league leave", "Leave it")
    assert await points(discord) == {"ada": 10}
    assert await points(slack) == {"bob": 0}


async def points(stage: Stage) -> dict[str, float]:
    """By name in small letters: until Slack is asked for a name, the account's stands there."""
    return {name.casefold(): number for name, number in (await stage.points()).items()}


async def test_one_person_on_both_is_one_player_until_they_part(both: Both) -> None:
    discord, _slack = both
    await discord.imports(METRIC)
    people = [await stage.person("Ada") for stage in both]
    for stage, ada in zip(both, people, strict=True):
        await ada.answers((await stage.daily()).letter("Recall"))
    given = await people[0].says("/quiz link")
    assert "/link code:" in given
    assert "Ada (Study group)" in await people[1].says(f"/quiz link {code_in(given)}")
    assert "You said yes." in await people[1].says("/quiz link confirm")
    assert "Ada (Slack group)" in await people[0].says("/quiz link")
    linked = await people[0].says("/quiz link confirm")
    assert "You are one player now: Ada (Study group), Ada (Slack group)." in linked
    for ada in people:
        assert "2 of 2 right" in await ada.says("/quiz stats")
    assert "This account plays for itself again" in await people[1].says("/quiz unlink")
    for ada in people:
        assert "1 of 1 right" in await ada.says("/quiz stats")
