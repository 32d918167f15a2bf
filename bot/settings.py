"""Settings: defaults, then a TOML file, then the environment; read once into one frozen value."""

import os
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from tzlocal import get_localzone_name

from bot.domain.errors import BadInput
from bot.i18n import gettext as _

DEFAULT_FILE = Path("config/quizbot.toml")


def _local_zone() -> str:
    try:
        return get_localzone_name() or "UTC"
    except ZoneInfoNotFoundError:
        return "UTC"


class Settings(BaseSettings):
    """All that can be set. Names in the environment are the aliases; in the file, the names in lower case."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        env_prefix="QUIZBOT_",  # or LANGUAGE and ZONE, which are the system's, would count
        env_ignore_empty=True,
    )

    database_url: str = Field("sqlite+aiosqlite:///var/quizbot.db", alias="QUIZBOT_DATABASE_URL")
    web_host: str = Field("127.0.0.1", alias="QUIZBOT_WEB_HOST")
    web_port: int = Field(8080, alias="QUIZBOT_WEB_PORT", ge=0, le=65535)
    web_secret: SecretStr | None = Field(None, alias="QUIZBOT_WEB_SECRET", min_length=16)
    public_url: str = Field("", alias="QUIZBOT_PUBLIC_URL")
    var_dir: Path = Field(Path("var"), alias="QUIZBOT_VAR_DIR")
    zone: str = Field(default_factory=_local_zone, alias="QUIZBOT_ZONE")
    language: str = Field("en", alias="QUIZBOT_LANGUAGE")
    late_grace_minutes: int = Field(120, alias="QUIZBOT_LATE_GRACE_MINUTES", ge=0)
    log_level: str = Field("info", alias="QUIZBOT_LOG_LEVEL", pattern="^(?i:debug|info|warning|error)$")
    log_format: str = Field("text", alias="QUIZBOT_LOG_FORMAT", pattern="^(?i:text|json)$")
    retention_days: int = Field(30, alias="QUIZBOT_RETENTION_DAYS", ge=0)
    discord_token: SecretStr | None = Field(None, alias="DISCORD_TOKEN")
    discord_api_base: str = Field("https://discord.com/api/v10", alias="DISCORD_API_BASE")
    discord_gateway_url: str = Field("wss://gateway.discord.gg/", alias="DISCORD_GATEWAY_URL")
    discord_hide_reactions: bool = Field(False, alias="DISCORD_HIDE_REACTIONS")
    slack_bot_token: SecretStr | None = Field(None, alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, alias="SLACK_SIGNING_SECRET")
    slack_client_id: str = Field("", alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, alias="SLACK_CLIENT_SECRET")
    slack_token_key: SecretStr | None = Field(None, alias="SLACK_TOKEN_KEY")
    slack_api_base: str = Field("https://slack.com/api/", alias="SLACK_API_BASE")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        try:
            url = make_url(value)
        except (ArgumentError, ValueError):  # such as a port that isn't a number, which may well be a password
            url = make_url("unknown://")
        kept = url.database not in {None, "", ":memory:"}  # what is in memory alone, no second connection sees
        if url.drivername != "postgresql+asyncpg" and not (url.drivername == "sqlite+aiosqlite" and kept):
            raise ValueError(_("write it like sqlite+aiosqlite:///FILE or postgresql+asyncpg://USER@HOST/NAME"))
        return value

    @field_validator("public_url")
    @classmethod
    def _a_web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError(_("write a whole address, such as https://quiz.example.org"))
        return value

    @field_validator("discord_api_base", "discord_gateway_url", "slack_api_base")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://", "ws://", "wss://")):
            raise ValueError(_("write a whole address, such as http://127.0.0.1:4700/api/v10"))
        return value

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(_("there is no such time zone: write it like Europe/Berlin")) from None
        return value

    @property
    def site_url(self) -> str:
        """Where people open the web pages: as set, else the address that this machine listens on."""
        return (self.public_url or f"http://{self.web_host}:{self.web_port}").rstrip("/")

    @property
    def retention(self) -> timedelta:
        """How long the data of a place that the bot left is kept."""
        return timedelta(days=self.retention_days)

    @property
    def late_grace(self) -> timedelta:
        """How late a daily question may still be asked after downtime."""
        return timedelta(minutes=self.late_grace_minutes)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


_SECRETS = (
    "QUIZBOT_WEB_SECRET",
    "DISCORD_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_SECRET",
    "SLACK_TOKEN_KEY",
)


def load(file: Path | None = None) -> Settings:
    """Read the settings: ``file``, else the one ``QUIZBOT_CONFIG`` names, else `DEFAULT_FILE` where it exists.

    Raises:
        BadInput: a file is missing or can't be read, or a value doesn't fit; secrets are never repeated.
    """
    named = file or (Path(os.environ["QUIZBOT_CONFIG"]) if os.environ.get("QUIZBOT_CONFIG") else None)
    if named is not None and not named.is_file():
        raise BadInput(_("There is no settings file at {path}.").format(path=named))
    _check_file(named or DEFAULT_FILE)
    config = {**Settings.model_config, "toml_file": named or DEFAULT_FILE}
    configured = type("Settings", (Settings,), {"model_config": config, "__module__": __name__})
    try:
        settings: Settings = configured(**_secrets_from_files())
    except ValidationError as error:
        raise BadInput("; ".join(_in_words(problem) for problem in error.errors(include_input=False))) from None
    return settings


def _check_file(path: Path) -> None:
    if not path.is_file():
        return
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(_("{path} isn't valid TOML: {reason}").format(path=path, reason=error)) from None
    except OSError as error:
        raise BadInput(_("{path} can't be read: {reason}").format(path=path, reason=error.strerror)) from None
    aliases = {name: field.alias or "" for name, field in Settings.model_fields.items()}
    for name in values:
        secret = aliases.get(name, name)
        if secret in _SECRETS:
            raise BadInput(
                _("{path}: {name} is a secret: set it in the environment, as {secret} or {secret}_FILE.").format(
                    path=path, name=name, secret=secret
                )
            )


def _secrets_from_files() -> dict[str, Any]:
    found = {}
    for name in _SECRETS:
        path = os.environ.get(f"{name}_FILE")
        if path and not os.environ.get(name):
            try:
                found[name] = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise BadInput(
                    _("{name}_FILE: {path} can't be read ({reason}).").format(
                        name=name, path=path, reason=error.strerror
                    )
                ) from None
    return found


def _in_words(problem: Any) -> str:  # noqa: ANN401 - pydantic's own dictionary
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return _("{name} isn't a setting: look for a slip of the pen.").format(name=name)
    if name in _EXPLAINED:
        return f"{name}: {_EXPLAINED[name]()}"
    return f"{name}: {str(problem['msg']).removeprefix('Value error, ')}"


_EXPLAINED = {
    "QUIZBOT_WEB_SECRET": lambda: _("use at least 16 characters, for instance from: openssl rand -hex 32"),
    "QUIZBOT_LOG_LEVEL": lambda: _("use debug, info, warning or error."),
    "QUIZBOT_LOG_FORMAT": lambda: _("use text or json."),
    "QUIZBOT_WEB_PORT": lambda: _("use a number from 0 to 65535."),
    "QUIZBOT_LATE_GRACE_MINUTES": lambda: _("use a whole number of minutes, 0 or more."),
    "QUIZBOT_RETENTION_DAYS": lambda: _("use a whole number of days, 0 or more."),
}
