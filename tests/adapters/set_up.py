"""``quizbot setup``, run as people run it, with what they paste."""

import asyncio
import io
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import cli
from tests.plain_logs import log_plainly


@dataclass
class Terminal:
    """A terminal in a folder with a settings file, which says where the platforms are."""

    folder: Path
    patch: pytest.MonkeyPatch
    output: pytest.CaptureFixture[str]

    async def sets_up(self, platform: str, *pasted: str) -> tuple[int, str]:
        """Run the command for a platform, or a variant such as ``slack http``; its exit code and what it printed."""
        self.patch.setattr(
            sys, "argv", ["quizbot", "setup", *platform.split(), "--config", str(self.folder / "quizbot.toml")]
        )
        self.patch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in pasted)))
        self.output.readouterr()
        code = await asyncio.to_thread(_exit_code)
        log_plainly()  # or later tests would log to what stood for stderr in this one
        printed = self.output.readouterr()
        for line in filter(None, pasted):
            assert line not in printed.out + printed.err, "nobody reads a secret over a shoulder, nor in a log"
        return code, printed.out + printed.err

    def saved(self) -> dict[str, str]:
        """The secrets that are saved, by variable; each is its owner's alone."""
        folder = self.folder / "secrets"
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} <= {0o600}
        return {file.name: file.read_text("utf-8").strip() for file in files}


def _exit_code() -> int:
    try:
        cli.main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def terminal_in(
    folder: Path, patch: pytest.MonkeyPatch, output: pytest.CaptureFixture[str], **addresses: str
) -> Terminal:
    """Make a terminal; ``addresses`` are the settings that say where a platform is."""
    for name in list(os.environ):
        if name.startswith(("QUIZBOT_", "DISCORD_", "SLACK_")):
            patch.delenv(name)
    lines = [f'{name} = "{value}"' for name, value in {"zone": "Europe/Berlin", **addresses}.items()]
    (folder / "quizbot.toml").write_text("\n".join(lines), encoding="utf-8")
    return Terminal(folder, patch, output)
