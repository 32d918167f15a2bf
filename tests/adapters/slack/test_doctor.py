"""The doctor looks at everything that Slack needs, and says how to mend each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import doctor
from adapters.slack.settings import SlackSettings
from bot.resources import resource

Bot = Any  # the fixtures' classes: test folders aren't packages


async def found(bot: Bot) -> dict[str, Any]:
    return {check.name: check for check in await bot.adapter.check()}


async def test_all_is_well(bot: Bot) -> None:
    await bot.says("daily set 09:00 Europe/Berlin")
    checks = await found(bot)
    assert [name for name, check in checks.items() if not check.ok] == []
    assert set(checks) == {"slack manifest", "slack connection", "slack Study", "slack channel #study"}


async def test_a_missing_scope_is_named(bot: Bot) -> None:
    bot.team.grant.scopes -= {"reactions:read"}
    check = (await found(bot))["slack Study"]
    assert not check.ok
    assert "reactions:read" in check.found
    assert "manifest" in check.mend


async def test_a_channel_that_the_bot_left_is_named(bot: Bot) -> None:
    await bot.says("daily set 09:00 Europe/Berlin")
    bot.channel.members.remove(bot.team.bot.id)
    check = (await found(bot))["slack channel #study"]
    assert not check.ok
    assert "/invite" in check.mend


async def test_an_archived_channel_is_named(bot: Bot) -> None:
    await bot.says("daily set 09:00 Europe/Berlin")
    bot.channel.archived = True
    assert (await found(bot))["slack channel #study"].found == "archived"


@pytest.mark.parametrize(
    ("error", "name"), [("invalid_auth", "slack connection"), ("not_allowed_token_type", "slack connection")]
)
async def test_a_wrong_app_token_is_named(bot: Bot, error: str, name: str) -> None:
    bot.server.fail_next(error, "apps.connections.open")
    check = (await found(bot))[name]
    assert not check.ok
    assert "SLACK_APP_TOKEN" in check.mend


async def test_a_token_that_is_not_accepted_is_named(bot: Bot) -> None:
    bot.team.grant.refusal = "token_revoked"
    check = (await found(bot))["slack"]
    assert not check.ok
    assert "token" in check.found


async def test_over_http_it_says_what_to_set_in_the_app(start: Callable[..., Any]) -> None:
    bot = await start(http=True)
    checks = await found(bot)
    assert "/slack/events" in checks["slack entrance"].found
    assert checks["slack manifest"].ok


async def test_each_mode_has_its_manifest_looked_at(
    start: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / doctor.HTTP_MANIFEST).write_text("features: [", encoding="utf-8")
    monkeypatch.setattr(doctor, "resource", lambda _folder, name: tmp_path / name)
    check = (await found(await start(http=True)))["slack manifest"]
    assert not check.ok
    assert "config/slack-manifest-http.yaml" in check.mend


async def test_with_no_workspace_yet_it_says_where_to_install(start: Callable[..., Any]) -> None:
    bot = await start(oauth=True)
    assert "/slack/install" in (await found(bot))["slack"].found


async def test_what_is_missing_in_the_settings_is_one_line(bot: Bot) -> None:
    without = bot.settings.of(SlackSettings).model_copy(update={"slack_app_token": None})
    object.__setattr__(bot.app, "settings", bot.settings.beside(without))
    _manifest, check = await bot.adapter.check()
    assert not check.ok
    assert "SLACK_APP_TOKEN" in check.found


async def test_a_field_that_slack_refuses_in_the_manifest_is_named(
    bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = resource("config", doctor.MANIFEST).read_text(encoding="utf-8")
    too_long = manifest.replace("Make a quiz question", "Make this a quiz question")
    (tmp_path / doctor.MANIFEST).write_text(too_long, encoding="utf-8")
    monkeypatch.setattr(doctor, "resource", lambda _folder, name: tmp_path / name)
    check = (await found(bot))["slack manifest"]
    assert not check.ok
    assert check.found == "features.shortcuts.0.name: String should have at most 24 characters"
    assert "config/slack-manifest.yaml" in check.mend
