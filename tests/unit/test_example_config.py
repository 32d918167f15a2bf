"""The example of a settings file and the operator guide say what the program really has."""

import re
import tomllib
from pathlib import Path

import pytest

from bot import settings
from bot.settings import Settings, adapter_kinds

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config" / "quizbot.example.toml"
GUIDE = ROOT / "docs" / "operator-guide.md"

SECRETS = {
    "web_secret",
    "discord_token",
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "slack_client_secret",
    "slack_token_key",
}
FIELDS = {name: field for kind in (Settings, *adapter_kinds()) for name, field in kind.model_fields.items()}
SET_LATER = re.compile(r"^# (?=\w+ = )", re.MULTILINE)


def uncommented() -> str:
    return SET_LATER.sub("", EXAMPLE.read_text(encoding="utf-8"))


def test_the_example_as_it_is_changes_nothing() -> None:
    assert tomllib.loads(EXAMPLE.read_text(encoding="utf-8")) == {}


def test_the_example_names_every_setting_but_the_secrets() -> None:
    assert set(tomllib.loads(uncommented())) == set(FIELDS) - SECRETS


def test_the_example_shows_the_defaults() -> None:
    shown = tomllib.loads(uncommented())
    defaults = {
        name: field.default for name, field in FIELDS.items() if name not in SECRETS and field.default_factory is None
    }
    assert {name: str(shown[name]) for name in defaults} == {name: str(value) for name, value in defaults.items()}


def test_the_example_can_be_used_as_a_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for field in FIELDS.values():
        monkeypatch.delenv(str(field.alias), raising=False)
    file = tmp_path / "quizbot.toml"
    file.write_text(uncommented(), encoding="utf-8")

    loaded = settings.load(file)

    assert loaded.web_port == 8080
    assert loaded.zone == "Europe/Berlin"


def test_the_example_names_the_variable_of_every_setting() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert [str(field.alias) for field in FIELDS.values() if str(field.alias) not in text] == []


def test_the_operator_guide_lists_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]*) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(rows) == {str(field.alias) for field in FIELDS.values()}
    for field in FIELDS.values():
        if field.default is not None and field.default_factory is None:
            assert rows[str(field.alias)].strip() == f"`{field.default}`"
