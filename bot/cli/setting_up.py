"""``quizbot setup``: ask for what a platform needs, try each secret out there, save it, and say what comes next."""

import asyncio
import getpass
import os
import sys
from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import SecretStr

from bot import logs, settings
from bot.cli.console import out
from bot.cli.options import ConfigOption
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings import NeededSecret, Settings, Setup, save_secret, secrets_folder

_ENOUGH = 5
"""How often somebody may give a wrong secret: whoever pipes wrong ones in must not wait for ever."""


def setup(
    platform: Annotated[str, typer.Argument(help="The platform to set up.", show_default=False)],
    variant: Annotated[str, typer.Argument(help="Another way to connect, if the platform has one, such as http.")] = "",
    config: ConfigOption = None,
) -> None:
    """Set up a platform: asks for what it needs, tries it out and saves it."""
    way, known = _way(platform, variant, config)
    try:
        secrets = _ask_for_all(way, known, secrets_folder(config))
        _warn_of_settings_file(_found(settings.load(config), platform), secrets)
        _say("", asyncio.run(way.afterwards(secrets)))
    except (KeyboardInterrupt, EOFError):
        _stop(f"{platform} {variant}".strip())


def _way(platform: str, variant: str, config: Path | None) -> tuple[Setup, dict[str, str]]:
    """Return the way to a platform and, by variable, the values it asks for or generates that are set already.

    Raises:
        BadInput: there is no such platform or variant, a package for it isn't installed, or a setting is missing.
    """
    loaded = settings.load(config)
    logs.configure("warning", as_json=False)
    plugins = {plugin.name: plugin for plugin in entry_points(group="quizbot.setups")}
    if platform not in plugins:
        text = _("“{name}” can't be set up here. Choose one of these: {names}.")
        raise BadInput(text.format(name=platform, names=", ".join(sorted(plugins))))
    try:
        way: Setup = plugins[platform].load()(loaded)
    except ModuleNotFoundError as missing:
        text = _("{name} can't be set up: the package {package} is missing. Install quizbot with [{name}].")
        raise BadInput(text.format(name=platform, package=missing.name)) from missing
    if variant:
        if not way.variants:
            text = _("There is only one way to set up {name}: {command}")
            raise BadInput(text.format(name=platform, command=f"quizbot setup {platform}"))
        if variant not in way.variants:
            text = _("“{name}” can't be set up here. Choose one of these: {names}.")
            raise BadInput(text.format(name=variant, names=", ".join(way.variants)))
        way = way.variants[variant]()
    found = _found(loaded, platform)
    wanted = [*(one.variable for one in way.secrets), *way.made]
    return way, {variable: found[variable] for variable in wanted if found[variable]}


def _found(loaded: Settings, platform: str) -> dict[str, str]:
    """Return a platform's settings as the bot finds them, by variable; empty where one isn't set."""
    section = next(one for one in loaded.adapters if one.adapter == platform)
    values = {str(field.alias): getattr(section, name) for name, field in type(section).model_fields.items()}
    return {variable: _plain(value) for variable, value in values.items()}


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value or "")


def _ask_for_all(way: Setup, known: dict[str, str], folder: Path) -> dict[str, str]:
    secrets: dict[str, str] = {}
    if not any(one.variable in known for one in way.secrets):
        _say(_("Press Ctrl-C to stop at any time; what was saved stays."), "", f"1. {way.first}")
    for number, secret in enumerate(way.secrets, start=2):
        _say("", f"{number}. {secret.where}")
        before = known.get(secret.variable, "")
        given = _ask(secret, before, secrets)
        if given != before:
            file = save_secret(folder, secret.variable, given)
            _say(_("Saved in {file}.").format(file=file))
        _warn_of_environment(secret.variable, changed=given != before)
        secrets[secret.variable] = given
    for variable in (one for one in way.made if one not in known):
        file = save_secret(folder, variable, way.made[variable]())
        _say(
            "", _("Created {name} and saved it in {file}. Keep a copy somewhere safe.").format(name=variable, file=file)
        )
    return secrets


def _ask(secret: NeededSecret, known: str, before: Mapping[str, str]) -> str:
    """Ask until a secret works; nothing typed keeps the known one, if that works."""
    works = known if known and _works(secret, known, before) else ""
    if works:
        _say(_("One is set already. Press Enter to keep it, or paste another."))
    for _attempt in range(_ENOUGH):
        given = _hidden(_("{name}, hidden while you paste it: ").format(name=secret.name)) or works
        if not given:
            _say(_("Nothing was pasted."))
        elif given == works or _works(secret, given, before):
            return given
    raise BadInput(_("None of these worked. What was saved is still there. Start again once you have the right one."))


def _works(secret: NeededSecret, given: str, before: Mapping[str, str]) -> bool:
    """Try a secret out, and say what came of it."""
    try:
        _say(asyncio.run(secret.try_out(given, before)))
    except BadInput as error:
        _say(str(error))
        return False
    return True


def _hidden(prompt: str) -> str:
    """Read a line that the terminal doesn't show; from a pipe, just a line.

    Raises:
        EOFError: there is none.
    """
    if sys.stdin.isatty():
        return getpass.getpass(prompt).strip()
    _say(prompt)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def _warn_of_environment(variable: str, *, changed: bool) -> None:
    """Say that a variable hides what was saved."""
    found = _in_environment(variable)
    if found and changed:
        text = _("{name} is also set in the environment, which wins over what was saved. Remove it there.")
        _say(text.format(name=found))


def _in_environment(variable: str) -> str | None:
    return next((name for name in (variable, f"{variable}_FILE") if os.environ.get(name)), None)


def _warn_of_settings_file(found: Mapping[str, str], secrets: Mapping[str, str]) -> None:
    """Say which of the bot's settings, as they are ``found`` now, hides what was saved."""
    for variable, given in secrets.items():
        if found[variable] != given and not _in_environment(variable):
            text = _("{name} is also in the settings file, which wins over what was saved. Remove it there.")
            _say("", text.format(name=variable))


def _stop(platform: str) -> NoReturn:
    text = _("Stopped. What was saved is still there. To go on: {command}")
    _say("", text.format(command=f"quizbot setup {platform}"))
    sys.exit(130)


def _say(*lines: str) -> None:
    for line in lines:
        out.print(line, markup=False, highlight=False)
