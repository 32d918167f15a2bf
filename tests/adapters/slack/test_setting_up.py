"""``quizbot setup slack`` leads somebody who has never made an app to one that runs."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from yarl import URL

from adapters.slack.creating import creation_link
from adapters.slack.manifest import refused_fields
from adapters.slack.settings import SlackSettings, mode_of
from adapters.slack.web_api.oauth import SCOPES
from bot.settings import load
from tests.adapters.set_up import Terminal, terminal_in
from tests.platforms.slack import Organisation, SlackServer, Team

BEGINNINGS = ("Open this link.", "On the page “Basic Information”", "Choose “Install App”")


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(scopes=SCOPES) as server:
        yield server


@pytest.fixture
def team(slack: SlackServer) -> Team:
    return slack.add_team("Study")


@pytest.fixture
def terminal(
    slack: SlackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return terminal_in(tmp_path, monkeypatch, capsys, slack_api_base=slack.api_base)


async def test_it_ends_with_what_to_type(terminal: Terminal, slack: SlackServer, team: Team) -> None:
    code, printed = await terminal.sets_up("slack", slack.app.app_token, team.bot_token)
    assert code == 0
    positions = [printed.index(part) for part in BEGINNINGS]
    assert positions == sorted(positions)
    for part in (
        "The token works: Socket Mode connects.",
        "The token works, in the workspace Study.",
        "quizbot run",
        "/quiz daily set 09:00 Europe/Berlin\n/quiz daily now",
    ):
        assert part in printed


async def test_the_bot_finds_what_was_saved(terminal: Terminal, slack: SlackServer, team: Team) -> None:
    await terminal.sets_up("slack", slack.app.app_token, team.bot_token)
    assert terminal.saved() == {"SLACK_APP_TOKEN": slack.app.app_token, "SLACK_BOT_TOKEN": team.bot_token}
    found = load(terminal.folder / "quizbot.toml").of(SlackSettings)
    assert found.is_wanted
    assert mode_of(found).sockets


async def test_tokens_that_are_mixed_up_are_told_apart(terminal: Terminal, slack: SlackServer, team: Team) -> None:
    pasted = (team.bot_token, slack.app.app_token, slack.app.app_token, team.bot_token)
    code, printed = await terminal.sets_up("slack", *pasted)
    assert code == 0
    assert "An app-level token begins with xapp-. Find it under “Basic Information”" in printed
    assert "A bot token begins with xoxb-. Find it under “Install App”" in printed


@pytest.mark.parametrize("error", ["invalid_auth", "missing_scope", "socket_mode_disabled"])
async def test_an_app_token_that_slack_refuses_is_explained(
    terminal: Terminal, slack: SlackServer, team: Team, error: str
) -> None:
    slack.fail_next(error, "apps.connections.open")
    code, printed = await terminal.sets_up("slack", slack.app.app_token, slack.app.app_token, team.bot_token)
    assert code == 0
    assert f"Slack doesn't accept this token ({error})." in printed
    assert "connections:write" in printed


async def test_a_bot_token_that_was_revoked_is_explained(terminal: Terminal, slack: SlackServer, team: Team) -> None:
    revoked = team.bot_token
    team.grant.refusal = "token_revoked"
    code, printed = await terminal.sets_up("slack", slack.app.app_token, revoked)
    assert code == 130
    assert "Slack doesn't accept this token (token_revoked). Copy the one that “Install App” shows now" in printed
    assert terminal.saved() == {"SLACK_APP_TOKEN": slack.app.app_token}


async def test_a_token_for_a_whole_organisation_is_explained(terminal: Terminal, slack: SlackServer) -> None:
    wide = slack.install_everywhere(slack.add_team("Lab", organisation=Organisation()), SCOPES)
    _code, printed = await terminal.sets_up("slack", slack.app.app_token, wide.token)
    assert "This token is for a whole Slack organization." in printed
    assert "SLACK_BOT_TOKEN" not in terminal.saved()


async def test_an_app_for_many_workspaces_that_would_win_is_named(
    terminal: Terminal, slack: SlackServer, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", slack.app.client_id)
    _code, printed = await terminal.sets_up("slack", slack.app.app_token, team.bot_token)
    assert "SLACK_CLIENT_ID is also set. Remove it" in printed


async def test_missing_scopes_are_named(terminal: Terminal, slack: SlackServer, team: Team) -> None:
    team.grant.scopes -= {"reactions:read"}
    _code, printed = await terminal.sets_up("slack", slack.app.app_token, team.bot_token)
    assert "the app lacks reactions:read. Under “App Manifest” paste config/slack-manifest.yaml" in printed


async def test_a_second_run_goes_on_where_the_first_stopped(terminal: Terminal, slack: SlackServer, team: Team) -> None:
    code, printed = await terminal.sets_up("slack", slack.app.app_token)
    assert code == 130
    assert "To go on: quizbot setup slack" in printed
    code, printed = await terminal.sets_up("slack", "", team.bot_token)
    assert code == 0
    assert BEGINNINGS[0] not in printed
    assert set(terminal.saved()) == {"SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"}


async def test_where_slack_is_out_of_order_it_says_so(terminal: Terminal, slack: SlackServer) -> None:
    slack.fail_next(500, "apps.connections.open")
    code, printed = await terminal.sets_up("slack", slack.app.app_token)
    assert code == 130
    assert "Slack answered 500" in printed


async def test_a_command_of_ones_own_is_in_the_link_and_at_the_end(
    terminal: Terminal, slack: SlackServer, team: Team
) -> None:
    with (terminal.folder / "quizbot.toml").open("a", encoding="utf-8") as settings:
        settings.write('\nslack_command = "/study-quiz"\n')
    code, printed = await terminal.sets_up("slack", slack.app.app_token, team.bot_token)
    assert code == 0
    assert "/study-quiz daily set 09:00 Europe/Berlin\n/study-quiz daily now" in printed
    manifest = json.loads(URL(creation_link("/study-quiz")).query["manifest_json"])
    assert [one["command"] for one in manifest["features"]["slash_commands"]] == ["/study-quiz"]


def test_the_link_makes_an_app_from_our_manifest() -> None:
    """The address is documented: https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests."""
    link = URL(creation_link())
    assert (link.host, link.path, link.query["new_app"]) == ("api.slack.com", "/apps", "1")
    manifest = link.query["manifest_json"]
    assert json.loads(manifest)["settings"]["socket_mode_enabled"] is True
    assert refused_fields(manifest) == []
    assert len(str(link)) < 8_000
