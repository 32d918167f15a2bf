"""``quizbot setup slack http`` leads to an app that reaches the bot by HTTP, and that any workspace can install."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from yarl import URL

from adapters.slack.creating import creation_link
from adapters.slack.doctor import HTTP_MANIFEST
from adapters.slack.manifest import refused_fields
from adapters.slack.settings import SlackSettings, mode_of
from bot.settings import load
from tests.adapters.set_up import Terminal, terminal_in
from tests.platforms.slack import SlackServer

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # the SDK still uses it

SITE = "https://quiz.example.net"
WAY = "slack http"


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        yield server


@pytest.fixture
def terminal(
    slack: SlackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    return terminal_in(tmp_path, monkeypatch, capsys, slack_api_base=slack.api_base, public_url=f"{SITE}/")


@pytest.fixture
def pasted(slack: SlackServer) -> tuple[str, str, str]:
    return slack.app.client_id, slack.app.client_secret, slack.app.signing_secret


def settings(terminal: Terminal) -> SlackSettings:
    return load(terminal.folder / "quizbot.toml").of(SlackSettings)


async def test_it_ends_with_the_link_that_installs_it_and_what_to_type(
    terminal: Terminal, pasted: tuple[str, str, str]
) -> None:
    code, printed = await terminal.sets_up(WAY, *pasted)
    assert code == 0
    parts = (
        "Both are right: Slack knows this app.",
        "Created SLACK_TOKEN_KEY",
        "quizbot run",
        "“Event Subscriptions”",
        f"{SITE}/slack/install",
        "/quiz daily set 09:00 Europe/Berlin\n/quiz daily now",
    )
    positions = [printed.index(part) for part in parts]
    assert positions == sorted(positions)


async def test_the_bot_finds_what_was_saved(terminal: Terminal, pasted: tuple[str, str, str]) -> None:
    await terminal.sets_up(WAY, *pasted)
    mode = mode_of(settings(terminal))
    assert (mode.many, mode.sockets, mode.signing_secret) == (True, False, pasted[2])
    assert settings(terminal).slack_client_id == pasted[0]


async def test_a_second_run_keeps_the_key_that_encrypts_the_tokens(
    terminal: Terminal, pasted: tuple[str, str, str]
) -> None:
    await terminal.sets_up(WAY, *pasted)
    before = terminal.saved()
    code, printed = await terminal.sets_up(WAY, "", "", "")
    assert code == 0
    assert terminal.saved() == before
    assert "Made" not in printed


async def test_what_the_settings_file_says_wins_over_what_was_saved(
    terminal: Terminal, pasted: tuple[str, str, str]
) -> None:
    await terminal.sets_up(WAY, *pasted)
    with (terminal.folder / "quizbot.toml").open("a", encoding="utf-8") as file:
        file.write('\nslack_client_id = "1.2"\n')
    assert settings(terminal).slack_client_id == "1.2"
    _code, printed = await terminal.sets_up(WAY, *pasted)
    assert "SLACK_CLIENT_ID is also in the settings file, which wins over what was saved." in printed


async def test_a_secret_of_another_app_is_refused_by_slack_and_explained(
    terminal: Terminal, pasted: tuple[str, str, str]
) -> None:
    code, printed = await terminal.sets_up(WAY, pasted[0], "another-secret", *pasted[1:])
    assert code == 0
    assert "Slack doesn't accept this Client Secret (bad_client_secret). Copy" in printed


async def test_an_id_of_another_app_is_found_with_the_secret_and_pasted_anew_in_a_second_run(
    terminal: Terminal, pasted: tuple[str, str, str]
) -> None:
    code, printed = await terminal.sets_up(WAY, "1.2", pasted[1])
    assert code == 130
    assert "Slack doesn't know the Client ID above. Press Ctrl-C, start again" in printed
    code, _printed = await terminal.sets_up(WAY, *pasted)
    assert code == 0
    assert settings(terminal).slack_client_id == pasted[0]


@pytest.mark.parametrize(
    ("at", "wrong", "told"),
    [(0, "A0QUIZBOT", "A Client ID is two numbers"), (2, "77-or-so", "A Signing Secret has 32 letters and digits.")],
)
async def test_mixed_up_secrets_are_explained(
    terminal: Terminal, pasted: tuple[str, str, str], at: int, wrong: str, told: str
) -> None:
    code, printed = await terminal.sets_up(WAY, *pasted[:at], wrong, *pasted[at:])
    assert code == 0
    assert told in printed


async def test_without_an_address_it_says_which_setting_is_missing(terminal: Terminal) -> None:
    (terminal.folder / "quizbot.toml").write_text("", encoding="utf-8")
    code, printed = await terminal.sets_up(WAY)
    assert code != 0
    assert "Set QUIZBOT_PUBLIC_URL" in printed


async def test_an_unknown_variant_is_refused_and_the_known_ones_are_named(terminal: Terminal) -> None:
    code, printed = await terminal.sets_up("slack telepathy")
    assert code != 0
    assert "Choose one of these: http." in printed


async def test_it_warns_that_socket_mode_would_win(
    terminal: Terminal, slack: SlackServer, pasted: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", slack.app.app_token)
    _code, printed = await terminal.sets_up(WAY, *pasted)
    assert "SLACK_APP_TOKEN is also set." in printed


def test_the_link_makes_an_app_that_posts_to_this_address() -> None:
    manifest = URL(creation_link("/quiz", HTTP_MANIFEST, SITE)).query["manifest_json"]
    assert json.loads(manifest)["settings"]["event_subscriptions"]["request_url"] == f"{SITE}/slack/events"
    assert "example.org" not in manifest
    assert refused_fields(manifest) == []
