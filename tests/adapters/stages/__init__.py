"""The platforms as stages: a bot that runs as in production, and people in front of it, in the words of people.

    async with open_stage("discord", folder, migrated) as stage:
        ada, boss = await stage.person("Ada"), await stage.person("Grace", host=True)
        await stage.imports(draft)
        assert "The daily question is set" in await boss.says("/quiz daily set 09:00 Europe/Berlin")
        await boss.says("/quiz daily now")
        question = await stage.question()
        assert "right" in await ada.answers(question.letter("Recall"))
        await stage.closes()
        assert "Ada: 10 points" in (await stage.result()).text

What differs by nature is in ``stage.lacks``, with the reason.
"""

import shutil
from contextlib import AbstractAsyncContextManager
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.settings import Settings
from tests.adapters.stages.stage import Form, Person, Seen, Stage
from tests.all_settings import settings_of

__all__ = ["PLATFORMS", "Form", "Person", "Seen", "Stage", "open_stage"]

PLATFORMS = ("web", "discord", "slack")


def open_stage(platform: str, folder: Path, migrated: Path) -> AbstractAsyncContextManager[Stage]:
    """A stage with nobody on it.

    Args:
        platform: one of `PLATFORMS`.
        folder: where the database is kept.
        migrated: an SQLite file with all tables and nothing in them.
    """
    shutil.copy(migrated, folder / "quizbot.db")

    def settings(**more: Any) -> Settings:
        return settings_of(
            database_url=f"sqlite+aiosqlite:///{folder}/quizbot.db",
            web_host="127.0.0.1",
            web_port=0,
            var_dir=folder / "var",
            zone="Europe/Berlin",
            **more,
        )

    module = import_module(f"tests.adapters.stages.{platform}")
    opened: AbstractAsyncContextManager[Stage] = module.stage(settings)
    return opened
