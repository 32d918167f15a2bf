"""Read the settings: the file first, the environment on top; secrets from the environment or files of their own."""

import os
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr, ValidationError
from pydantic_settings import EnvSettingsSource

from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.settings.setting_up import saved_in
from bot.settings.values import AdapterSettings, Section, Settings

DEFAULT_FILE = Path("config/quizbot.toml")

_PREFIX = "QUIZBOT_"
_CONFIG = "QUIZBOT_CONFIG"
_OF_KUBERNETES = re.compile(r"_(?:SERVICE_(?:HOST|PORT)|PORT_[0-9])")
"""What Kubernetes sets in every container beside a service whose name begins with quizbot, as quizbot-postgresql."""

S = TypeVar("S", bound=Section)


def load(file: Path | None = None) -> Settings:
    """Read the settings: ``file``, else the one ``QUIZBOT_CONFIG`` names, else `DEFAULT_FILE` where it exists.

    Raises:
        BadInput: a file is missing or can't be read, a value doesn't fit, or a name of the file or a variable that
            begins with ``QUIZBOT_`` isn't a setting; secrets are never repeated.
    """
    named = _named(file)
    if named is not None and not named.is_file():
        raise BadInput(_("There is no settings file at {path}.").format(path=named))
    kinds = adapter_kinds()
    sections: list[type[Section]] = [Settings, *kinds]
    aliases = {name: alias for kind in sections for name, alias in _aliases(kind).items()}
    secrets = [alias for kind in sections for alias in _secrets(kind)]
    values = _in_file(named or DEFAULT_FILE, aliases, secrets)
    given = {aliases[name]: value for name, value in values.items() if name in aliases}
    given |= _from_files(secrets, secrets_folder(file))
    given = _from_files([name for kind in kinds for name in kind.saved], secrets_folder(file)) | given
    problems: list[str] = []
    core = _section(Settings, given, problems)
    adapters = [_section(kind, given, problems) for kind in kinds]
    problems += [_unknown(name, aliases) for name in values if name not in aliases]
    variables = {*aliases.values(), *(f"{name}_FILE" for name in secrets), _CONFIG}
    problems += [_unknown(name, variables) for name in _ours_in_environment() if name not in variables]
    if core is None or problems:
        raise BadInput("; ".join(problems))
    return core.beside(*(one for one in adapters if one is not None))


def _named(file: Path | None) -> Path | None:
    return file or (Path(os.environ[_CONFIG]) if os.environ.get(_CONFIG) else None)


def secrets_folder(file: Path | None = None) -> Path:
    """Return the folder beside the settings file, read or not, where ``quizbot setup`` saves secrets."""
    return saved_in(_named(file) or DEFAULT_FILE)


def adapter_kinds() -> list[type[AdapterSettings]]:
    """Return the settings classes of the installed adapters, sorted by name."""
    return [plugin.load() for plugin in sorted(entry_points(group="quizbot.settings"), key=lambda plugin: plugin.name)]


def _ours_in_environment() -> list[str]:
    """Return the variables that somebody meant for the bot; an empty one counts as not set."""
    found = (name for name, value in os.environ.items() if name.startswith(_PREFIX) and value)
    return sorted(name for name in found if not (_OF_KUBERNETES.search(name) or os.environ[name].startswith("tcp://")))


def _unknown(name: str, known: Collection[str]) -> str:
    meant = get_close_matches(name.removeprefix(_PREFIX), [one.removeprefix(_PREFIX) for one in known], n=1)
    if not meant:
        return _("{name} isn't a setting. Check its spelling.").format(name=name)
    full = next(one for one in known if one.removeprefix(_PREFIX) == meant[0])
    return _("{name} isn't a setting. Did you mean {meant}?").format(name=name, meant=full)


def _aliases(kind: type[Section]) -> dict[str, str]:
    """Map each setting's name in the file to its name in the environment."""
    named = {name: field.alias or name for name, field in kind.model_fields.items()}
    return named | {alias: alias for alias in named.values()}


def _secrets(kind: type[Section]) -> list[str]:
    return [field.alias or name for name, field in kind.model_fields.items() if field.annotation == SecretStr | None]


def _section(kind: type[S], given: Mapping[str, Any], problems: list[str]) -> S | None:
    """Build one section from file and environment; None, with the problems, if its values don't fit."""
    own = set(_aliases(kind).values())
    in_environment = EnvSettingsSource(kind)()
    try:
        return kind(**{name: given[name] for name in given if name in own} | in_environment)
    except ValidationError as error:
        problems += [_in_words(problem) for problem in error.errors(include_input=False)]
        return None


def _in_file(path: Path, aliases: Mapping[str, str], secrets: Iterable[str]) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(_("{path} isn't valid TOML: {reason}").format(path=path, reason=error)) from None
    except OSError as error:
        raise BadInput(_("{path} can't be read: {reason}").format(path=path, reason=error.strerror)) from None
    for name in values:
        secret = aliases.get(name, name)
        if secret in secrets:
            raise BadInput(
                _("{path}: {name} is a secret: set it in the environment, as {secret} or {secret}_FILE.").format(
                    path=path, name=name, secret=secret
                )
            )
    return values


def _from_files(secrets: Iterable[str], saved: Path) -> dict[str, Any]:
    """Read each secret that isn't in the environment from the file named there, else from the one that was saved."""
    found = {}
    for name in secrets:
        named = os.environ.get(f"{name}_FILE")
        if os.environ.get(name):
            continue
        path = Path(named) if named else saved / name
        try:
            found[name] = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            if isinstance(error, FileNotFoundError) and not named:
                continue
            reason = error.strerror if isinstance(error, OSError) else _("it isn't text")
            text = _("{name}_FILE: {path} can't be read ({reason}).") if named else _("{path} can't be read: {reason}")
            raise BadInput(text.format(name=name, path=path, reason=reason)) from None
    return found


def _in_words(problem: Any) -> str:  # noqa: ANN401 - pydantic's own dictionary
    name = ".".join(str(part) for part in problem["loc"])
    if name in _EXPLAINED:
        return f"{name}: {_EXPLAINED[name]()}"
    return f"{name}: {str(problem['msg']).removeprefix('Value error, ')}"


_EXPLAINED = {
    "QUIZBOT_WEB_SECRET": lambda: _("use at least 16 characters, for instance from: openssl rand -hex 32"),
    "QUIZBOT_LOG_LEVEL": lambda: _("use debug, info, warning or error."),
    "QUIZBOT_LOG_FORMAT": lambda: _("use text or json."),
    "QUIZBOT_WEB_PORT": lambda: _("use a number from 0 to 65535."),
    "QUIZBOT_LATE_GRACE_MINUTES": lambda: _("use a whole number of minutes, 0 or more."),
    "QUIZBOT_SESSION_DAYS": lambda: _("use a whole number of days, 1 or more."),
    "QUIZBOT_RETENTION_DAYS": lambda: _("use a whole number of days, 0 or more."),
}
