"""What a platform needs before it can be served, as ``quizbot setup`` asks for it; and where secrets are saved."""

import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from bot.domain.errors import BadInput
from bot.domain.typed import typed
from bot.i18n import gettext as _
from bot.system import make_private_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededSecret:
    """A secret that somebody copies from a platform's pages.

    Attributes:
        variable: the setting that it is for, as the environment names it.
        name: what the platform calls it.
        where: the clicks that lead to it.
        try_out: takes it and, by variable, the secrets given before it; tries it on the platform and returns a sentence
            about the result. Raises `BadInput` if it doesn't work: the text says why, and where the right one is.
    """

    variable: str
    name: str
    where: str
    try_out: Callable[[str, Mapping[str, str]], Coroutine[Any, Any, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """The way to a platform: make an app there, copy its secrets, invite the bot.

    Attributes:
        first: how to make the app.
        secrets: what to copy, in the order of the platform's pages.
        afterwards: takes the secrets by variable, and returns the links and commands that come next.
        made: functions that generate the secrets nobody copies, by variable; each is generated once and saved.
        variants: other ways to set up the same platform, by name.
    """

    first: str
    secrets: Sequence[NeededSecret]
    afterwards: Callable[[Mapping[str, str]], Coroutine[Any, Any, str]]
    made: Mapping[str, Callable[[], str]] = field(default_factory=dict)
    variants: "Mapping[str, Callable[[], Setup]]" = field(default_factory=dict)


def last_steps(zone: str, spell: Callable[[str], str]) -> list[str]:
    """Return how to start the bot, and the commands to type in a channel then, as ``spell`` writes them there."""
    commands = (typed("daily set", time="09:00", zone=zone), typed("daily now"))
    return [
        _("Start the bot, and leave it running:\n{command}").format(command="quizbot run"),
        _("Type this in your channel:\n{commands}").format(commands="\n".join(spell(str(one)) for one in commands)),
    ]


def saved_in(settings_file: Path) -> Path:
    """Return the folder of saved secrets: each is in a file that is named like its variable."""
    return settings_file.parent / "secrets"


def save_secret(folder: Path, variable: str, secret: str) -> Path:
    """Save a secret in a file that its owner alone may read, and return the file; an old one is replaced whole.

    Raises:
        BadInput: the file can't be written.
    """
    file = folder / variable
    try:
        make_private_folder(folder)
        number, name = mkstemp(prefix=f".{variable}.", dir=folder)  # made with mode 0600
        try:
            with os.fdopen(number, "w", encoding="utf-8") as opened:
                opened.write(f"{secret}\n")
                opened.flush()
                os.fsync(opened.fileno())
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BadInput(_("{path} can't be written: {reason}").format(path=file, reason=error.strerror)) from None
    return file
