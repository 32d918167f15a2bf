"""``quizbot setup discord`` leads somebody who has never made a bot to one that runs."""

import asyncio
import os
import pty
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from adapters.discord.settings import DiscordSettings
from bot.settings import load
from tests.adapters.set_up import Terminal, terminal_in
from tests.patience import until
from tests.platforms.discord import DiscordServer


@pytest.fixture
def terminal(
    server: DiscordServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    addresses = {"discord_api_base": server.api_base, "discord_gateway_url": server.gateway_url}
    return terminal_in(tmp_path, monkeypatch, capsys, **addresses)


async def test_it_ends_with_an_invitation_and_with_what_to_type(terminal: Terminal, server: DiscordServer) -> None:
    code, printed = await terminal.sets_up("discord", server.token)
    assert code == 0
    for part in (
        "https://discord.com/developers/applications",
        "The token works. The application is called Quizbot.",
        f"https://discord.com/oauth2/authorize?client_id={server.world.application_id}&",
        "permissions=117824",
        "quizbot run",
        "/daily set time:09:00 zone:Europe/Berlin",
        "/daily now",
    ):
        assert part in printed


async def test_another_way_than_the_only_one_is_refused(terminal: Terminal) -> None:
    code, printed = await terminal.sets_up("discord http")
    assert code != 0
    assert "There is only one way to set up discord: quizbot setup discord" in printed


async def test_the_bot_finds_what_was_saved(terminal: Terminal, server: DiscordServer) -> None:
    await terminal.sets_up("discord", server.token)
    assert terminal.saved() == {"DISCORD_TOKEN": server.token}
    found = load(terminal.folder / "quizbot.toml").of(DiscordSettings)
    assert found.is_wanted
    assert found.discord_token
    assert found.discord_token.get_secret_value() == server.token


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        ("1234567890123456789", "That is an Application ID."),
        ("ab" * 32, "That is the Public Key."),
        ("not-a-token-of-anybody", "Discord doesn't know this DISCORD_TOKEN. Make a new one"),
    ],
)
async def test_a_wrong_token_is_explained_and_asked_for_again(
    terminal: Terminal, server: DiscordServer, pasted: str, told: str
) -> None:
    code, printed = await terminal.sets_up("discord", pasted, server.token)
    assert code == 0
    assert told in printed
    assert "Reset Token" in printed
    assert terminal.saved() == {"DISCORD_TOKEN": server.token}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"bot_require_code_grant": True}, "Requires OAuth2 Code Grant"),
        ({"interactions_endpoint_url": "https://quiz.example.org/interactions"}, "Interactions Endpoint URL"),
    ],
)
async def test_a_setting_that_would_keep_the_bot_from_working_is_named(
    terminal: Terminal, server: DiscordServer, changed: dict[str, object], told: str
) -> None:
    server.world.application.update(changed)
    code, printed = await terminal.sets_up("discord", server.token)
    assert code == 130
    assert told in printed
    assert terminal.saved() == {}


async def test_whoever_only_pastes_wrong_ones_is_not_asked_for_ever(terminal: Terminal) -> None:
    code, printed = await terminal.sets_up("discord", *(f"wrong-{number}-token" for number in range(9)))
    assert code == 1
    assert "None of these worked." in printed
    assert terminal.saved() == {}


async def test_a_second_run_keeps_what_was_there(terminal: Terminal, server: DiscordServer) -> None:
    await terminal.sets_up("discord", server.token)
    code, printed = await terminal.sets_up("discord", "")
    assert code == 0
    assert "Press Enter to keep it" in printed
    assert terminal.saved() == {"DISCORD_TOKEN": server.token}


async def test_a_token_that_was_reset_meanwhile_is_replaced(terminal: Terminal, server: DiscordServer) -> None:
    await terminal.sets_up("discord", server.token)
    server.reset_token()
    code, printed = await terminal.sets_up("discord", "", server.token)
    assert code == 0
    assert "Discord doesn't know this DISCORD_TOKEN" in printed
    assert "Nothing was pasted." in printed
    assert terminal.saved() == {"DISCORD_TOKEN": server.token}


async def test_a_variable_that_hides_what_is_saved_is_named(
    terminal: Terminal, server: DiscordServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "an-old-one")
    _code, printed = await terminal.sets_up("discord", server.token)
    assert "DISCORD_TOKEN is also set in the environment, which wins over what was saved." in printed


async def test_where_discord_cannot_be_reached_it_says_so(terminal: Terminal, server: DiscordServer) -> None:
    settings = terminal.folder / "quizbot.toml"
    settings.write_text('discord_api_base = "http://127.0.0.1:9/api/v10"', encoding="utf-8")
    code, printed = await terminal.sets_up("discord", server.token)
    assert code == 130
    assert "Discord can't be reached at http://127.0.0.1:9/api/v10" in printed
    assert "Traceback" not in printed


_PROGRAM = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from bot.cli import main; main()"
"""As a shell starts it for somebody at a terminal; what a shell starts in the background is deaf to Ctrl-C."""


def sleeps(pid: int) -> bool:
    """Whether a process waits for input: a signal that comes right before is noticed only after somebody typed."""
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "S"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals like this")
async def test_ctrl_c_at_a_real_terminal_loses_nothing_and_shows_nothing(
    terminal: Terminal, server: DiscordServer
) -> None:
    await terminal.sets_up("discord", server.token)
    command = [sys.executable, "-c", _PROGRAM, "setup", "discord", "--config", str(terminal.folder / "quizbot.toml")]
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    os.set_blocking(ours, False)
    shown = ""

    async def prompts(times: int) -> bool:
        nonlocal shown
        with suppress(OSError):  # nothing to read, or its end
            shown += os.read(ours, 65_536).decode()
        return shown.count("hidden while you paste it") >= times

    async def waits() -> bool:
        return sleeps(process.pid)

    async def ended() -> bool:
        await prompts(0)
        return process.returncode is not None

    try:
        await until(lambda: prompts(1), "a prompt")
        os.write(ours, b"a-wrong-one-by-mistake\n")
        await until(lambda: prompts(2), "another prompt")
        await until(waits, "its waiting for input")
        process.send_signal(signal.SIGINT)
        await until(ended, "its end")
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        os.close(ours)
    assert process.returncode == 130
    assert "a-wrong-one-by-mistake" not in shown
    assert server.token not in shown
    assert "Stopped. What was saved is still there." in shown
    assert terminal.saved() == {"DISCORD_TOKEN": server.token}
