"""The bot's own settings, and the sections that adapters add."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, ClassVar, Self, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from pydantic import AfterValidator, Field, PrivateAttr, SecretStr, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from typing_extensions import override
from tzlocal import get_localzone_name

from bot.domain.errors import BadInput
from bot.domain.limits import Limit, Limits, parse_allowance
from bot.domain.operators import Operator
from bot.i18n import LANGUAGES, known_language
from bot.i18n import gettext as _


def _an_address(value: str) -> str:
    if not value.startswith(("http://", "https://", "ws://", "wss://")):
        raise ValueError(_("write a whole address, such as http://127.0.0.1:4700/api/v10"))
    return value


Address = Annotated[str, AfterValidator(_an_address)]
"""The address of a platform's server."""


class Section(BaseSettings):
    """A section of settings: each has an alias for the environment, and a name for the file."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        env_prefix="QUIZBOT_",  # or LANGUAGE and ZONE, which are the system's, would count
        env_ignore_empty=True,
    )

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment alone: `bot.settings.load` reads the file."""
        return init_settings, env_settings


class AdapterSettings(Section, ABC):
    """The base class of an adapter's settings.

    A package names its class under the entry-point group ``quizbot.settings``. It is read at every start, whether the
    adapter runs or not, so its module imports nothing of the platform.
    """

    adapter: ClassVar[str]
    """The adapter's name, as ``--adapter`` knows it."""
    saved: ClassVar[tuple[str, ...]] = ()
    """Variables that ``quizbot setup`` saves along with the secrets, although they aren't secret themselves."""

    @property
    @abstractmethod
    def is_wanted(self) -> bool:
        """Whether so much is set that ``quizbot run`` serves the platform without being told to."""

    def tables(self) -> Sequence[sa.Table]:
        """The tables that the adapter keeps in the bot's database, beside the bot's own: `restore` lets them pass."""
        return ()


A = TypeVar("A", bound=AdapterSettings)


def listed(value: str) -> list[str]:
    """Split a setting's value at commas or spaces."""
    return value.replace(",", " ").split()


def _local_zone() -> str:
    try:
        return get_localzone_name() or "UTC"
    except ZoneInfoNotFoundError:
        return "UTC"


class Settings(Section):
    """The bot's own settings, together with those of the adapters."""

    database_url: str = Field("sqlite+aiosqlite:///var/quizbot.db", alias="QUIZBOT_DATABASE_URL")
    web_host: str = Field("127.0.0.1", alias="QUIZBOT_WEB_HOST")
    web_port: int = Field(8080, alias="QUIZBOT_WEB_PORT", ge=0, le=65535)
    web_secret: SecretStr | None = Field(None, alias="QUIZBOT_WEB_SECRET", min_length=16)
    public_url: str = Field("", alias="QUIZBOT_PUBLIC_URL")
    trusted_proxy: str = Field("", alias="QUIZBOT_TRUSTED_PROXY")
    web_names: str = Field("", alias="QUIZBOT_WEB_NAMES")
    operator_name: str = Field("", alias="QUIZBOT_OPERATOR_NAME", max_length=100)
    operator_contact: str = Field("", alias="QUIZBOT_OPERATOR_CONTACT", max_length=200)
    session_days: int = Field(30, alias="QUIZBOT_SESSION_DAYS", ge=1)
    var_dir: Path = Field(Path("var"), alias="QUIZBOT_VAR_DIR")
    zone: str = Field(default_factory=_local_zone, alias="QUIZBOT_ZONE")
    language: str = Field("en", alias="QUIZBOT_LANGUAGE")
    late_grace_minutes: int = Field(120, alias="QUIZBOT_LATE_GRACE_MINUTES", ge=0)
    log_level: str = Field("info", alias="QUIZBOT_LOG_LEVEL", pattern="^(?i:debug|info|warning|error)$")
    log_format: str = Field("text", alias="QUIZBOT_LOG_FORMAT", pattern="^(?i:text|json)$")
    retention_days: int = Field(30, alias="QUIZBOT_RETENTION_DAYS", ge=0)
    limit_asks: str = Field("5/30s", alias="QUIZBOT_LIMIT_ASKS")
    limit_channel_asks: str = Field("10/1m", alias="QUIZBOT_LIMIT_CHANNEL_ASKS")
    limit_open_questions: int = Field(10, alias="QUIZBOT_LIMIT_OPEN_QUESTIONS", ge=1)
    limit_teams: str = Field("3/20m", alias="QUIZBOT_LIMIT_TEAMS")
    limit_codes: str = Field("5/2m", alias="QUIZBOT_LIMIT_CODES")
    limit_codes_held: int = Field(3, alias="QUIZBOT_LIMIT_CODES_HELD", ge=1)
    limit_wrong_codes: str = Field("10/6m", alias="QUIZBOT_LIMIT_WRONG_CODES")
    limit_changes: str = Field("20/10s", alias="QUIZBOT_LIMIT_CHANGES")
    limit_messages: str = Field("20/1s", alias="QUIZBOT_LIMIT_MESSAGES")
    limit_forms: str = Field("5/3s", alias="QUIZBOT_LIMIT_FORMS")
    limit_suggestions: str = Field("10/2h", alias="QUIZBOT_LIMIT_SUGGESTIONS")
    limit_waiting_suggestions: int = Field(100, alias="QUIZBOT_LIMIT_WAITING_SUGGESTIONS", ge=1)
    limit_previews: str = Field("20/2s", alias="QUIZBOT_LIMIT_PREVIEWS")
    limit_joins: str = Field("60/1s", alias="QUIZBOT_LIMIT_JOINS")
    limit_people_per_address: int = Field(60, alias="QUIZBOT_LIMIT_PEOPLE_PER_ADDRESS", ge=1)
    _adapters: tuple[AdapterSettings, ...] = PrivateAttr(())

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

    @field_validator(*(f"limit_{limit.value}" for limit in Limit))
    @classmethod
    def _an_allowance(cls, value: str) -> str:
        try:
            parse_allowance(value)
        except BadInput as error:
            raise ValueError(str(error)) from None
        return value

    @field_validator("language")
    @classmethod
    def _a_known_language(cls, value: str) -> str:
        code = known_language(value)
        if code is None:
            raise ValueError(_("use one of {languages}.").format(languages=", ".join(LANGUAGES)))
        return code

    @field_validator("public_url")
    @classmethod
    def _a_web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError(_("write a whole address, such as https://quiz.example.org"))
        return value

    @field_validator("operator_contact")
    @classmethod
    def _an_email_or_web_address(cls, value: str) -> str:
        user, at, host = value.partition("@")
        is_email = bool(user and at and "." in host) and "@" not in host
        if value and (not (is_email or value.startswith("https://")) or value.split() != [value]):
            raise ValueError(_("write an email address, or a web address that begins with https://"))
        return value

    @field_validator("trusted_proxy")
    @classmethod
    def _addresses_or_networks(cls, value: str) -> str:
        try:
            for part in listed(value):
                ip_network(part, strict=False)
        except ValueError:
            raise ValueError(_("write addresses or networks, such as 127.0.0.1 or 10.0.0.0/8")) from None
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
        """The address where people open the web pages: the one set, else the one this machine listens on."""
        return (self.public_url or f"http://{self.web_host}:{self.web_port}").rstrip("/")

    @property
    def operator(self) -> Operator | None:
        """Who runs the bot; None unless both name and contact are set."""
        if not (self.operator_name and self.operator_contact):
            return None
        privacy = f"{self.site_url}/privacy" if self.public_url else ""
        return Operator(name=self.operator_name, contact=self.operator_contact, privacy=privacy)

    @property
    def is_https(self) -> bool:
        """Whether people open the web pages over HTTPS."""
        return self.site_url.startswith("https:")

    @property
    def proxies(self) -> list[str]:
        """Addresses and networks of reverse proxies whose headers are believed."""
        return listed(self.trusted_proxy)

    @property
    def own_names(self) -> list[str]:
        """Additional host names that the HTTP server answers to."""
        return listed(self.web_names)

    @property
    def session_lasts(self) -> timedelta:
        """How long somebody who doesn't come back stays signed in to the web room."""
        return timedelta(days=self.session_days)

    @property
    def limits(self) -> Limits:
        """How much people may do at once."""
        written = {limit: parse_allowance(getattr(self, f"limit_{limit.value}")) for limit in Limit}
        return Limits(
            allowances={limit: allowance for limit, allowance in written.items() if allowance},
            people_per_address=self.limit_people_per_address,
            codes_held=self.limit_codes_held,
            open_questions=self.limit_open_questions,
            waiting_suggestions=self.limit_waiting_suggestions,
        )

    @property
    def retention(self) -> timedelta:
        """How long the data of a space that the bot left is kept."""
        return timedelta(days=self.retention_days)

    @property
    def late_grace(self) -> timedelta:
        """How late a daily question may still be asked after downtime."""
        return timedelta(minutes=self.late_grace_minutes)

    @property
    def adapters(self) -> tuple[AdapterSettings, ...]:
        """The settings of each adapter that brings some, by the adapter's name."""
        return self._adapters

    def of(self, kind: type[A]) -> A:
        """Return the settings of an adapter.

        Raises:
            LookupError: these settings were made without them.
        """
        for one in self._adapters:
            if isinstance(one, kind):
                return one
        raise LookupError(f"there are no settings of {kind.adapter}")

    def beside(self, *adapters: AdapterSettings) -> Self:
        """Return a copy of the settings with these adapters' settings replaced."""
        copied = self.model_copy()
        by_name = {one.adapter: one for one in (*self._adapters, *adapters)}
        copied._adapters = tuple(by_name[name] for name in sorted(by_name))  # noqa: SLF001 - a copy of its own
        return copied
