"""Settings: a file, the environment on top, and secrets that nobody gets to see."""

import os
import subprocess
import sys

import pytest

from adapters.discord.settings import DiscordSettings
from bot.cli.serve import wanted
from bot.domain.errors import BadInput
from bot.settings import load, save_secret

SECRET = "s3cret-s3cret-s3cret"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith(("QUIZBOT_", "DISCORD_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_defaults():
    settings = load()
    assert settings.database_url == "sqlite+aiosqlite:///var/quizbot.db"
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8080)
    assert settings.of(DiscordSettings).discord_token is None


def test_the_environment_wins_over_the_file(here, monkeypatch):
    file = write(here / "config" / "quizbot.toml", 'web_port = 8090\nweb_host = "::1"\n')
    assert load().web_port == 8090
    monkeypatch.setenv("QUIZBOT_WEB_PORT", "9000")
    assert (load().web_port, load().web_host) == (9000, "::1")
    other = write(here / "other.toml", "web_port = 1234")
    monkeypatch.delenv("QUIZBOT_WEB_PORT")
    monkeypatch.setenv("QUIZBOT_CONFIG", str(other))
    assert load().web_port == 1234
    assert load(file).web_port == 8090


def test_only_our_own_names_count_in_the_environment(monkeypatch):
    """LANGUAGE and the like belong to the system."""
    for name, value in {"LANGUAGE": "de_DE:de", "ZONE": "x", "WEB_PORT": "1", "LOG_LEVEL": "loud"}.items():
        monkeypatch.setenv(name, value)
    assert (load().language, load().web_port) == ("en", 8080)


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch):
    for name in ("DISCORD_TOKEN", "QUIZBOT_WEB_SECRET", "QUIZBOT_WEB_PORT", "SLACK_BOT_TOKEN"):
        monkeypatch.setenv(name, "")
    settings = load()
    assert (settings.of(DiscordSettings).discord_token, settings.web_secret, settings.web_port) == (None, None, 8080)


def test_a_secret_may_stand_in_a_file_of_its_own(here, monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(write(here / "secrets" / "token", f"{SECRET}\n")))
    settings = load()
    assert settings.of(DiscordSettings).discord_token.get_secret_value() == SECRET
    assert SECRET not in f"{settings!r} {settings} {settings.adapters}"
    monkeypatch.setenv("DISCORD_TOKEN", "the variable itself wins")
    assert load().of(DiscordSettings).discord_token.get_secret_value() == "the variable itself wins"


def test_a_saved_secret_is_found_beside_the_settings_file(here, monkeypatch):
    save_secret(here / "config" / "secrets", "DISCORD_TOKEN", SECRET)
    save_secret(here / "etc" / "secrets", "DISCORD_TOKEN", f"{SECRET}-of-another-bot")
    other = write(here / "etc" / "quizbot.toml", "")

    def token(settings):
        return settings.of(DiscordSettings).discord_token.get_secret_value()

    assert token(load()) == SECRET
    assert token(load(other)) == f"{SECRET}-of-another-bot"
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(write(here / "elsewhere" / "token", "the file that is named wins")))
    assert token(load()) == "the file that is named wins"
    monkeypatch.setenv("DISCORD_TOKEN", "the variable itself wins")
    assert token(load()) == "the variable itself wins"


def test_a_saved_secret_that_is_no_text_is_named(here):
    save_secret(here / "config" / "secrets", "DISCORD_TOKEN", SECRET)
    (here / "config" / "secrets" / "DISCORD_TOKEN").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match=r"secrets/DISCORD_TOKEN can't be read: it isn't text"):
        load()


def test_a_saved_secret_that_cannot_be_opened_is_named(here):
    """As where somebody else saved it, or Docker made a folder of a file that wasn't there."""
    (here / "config" / "secrets" / "DISCORD_TOKEN").mkdir(parents=True)
    with pytest.raises(BadInput, match=r"secrets/DISCORD_TOKEN can't be read: Is a directory"):
        load()


def test_saving_a_secret_replaces_it_whole_or_not_at_all(here, monkeypatch):
    folder = here / "config" / "secrets"
    save_secret(folder, "DISCORD_TOKEN", SECRET)

    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadInput, match="DISCORD_TOKEN can't be written: No space left on device"):
        save_secret(folder, "DISCORD_TOKEN", "another")
    assert {file.name: file.read_text() for file in folder.iterdir()} == {"DISCORD_TOKEN": f"{SECRET}\n"}


def test_a_secret_file_that_is_missing_is_named(here, monkeypatch):
    monkeypatch.setenv("QUIZBOT_WEB_SECRET_FILE", str(here / "none"))
    with pytest.raises(BadInput, match=r"QUIZBOT_WEB_SECRET_FILE.*No such file"):
        load()


@pytest.mark.parametrize("name", ["web_secret", "discord_token", "slack_bot_token"])
def test_a_secret_in_the_settings_file_is_refused_and_not_repeated(here, name):
    file = write(here / "quizbot.toml", f'{name} = "{SECRET}"')
    with pytest.raises(BadInput, match="environment") as refused:
        load(file)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIZBOT_WEB_PORT", "99999"),
        ("QUIZBOT_WEB_PORT", "high"),
        ("QUIZBOT_WEB_SECRET", "short"),
        ("QUIZBOT_LOG_LEVEL", "loud"),
        ("QUIZBOT_ZONE", "Mars/Olympus"),
        ("QUIZBOT_DATABASE_URL", f"mysql://u:{SECRET}@h/x"),
        ("QUIZBOT_DATABASE_URL", SECRET),
        ("QUIZBOT_DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("QUIZBOT_DATABASE_URL", f"postgresql+asyncpg://user:{SECRET}"),
    ],
)
def test_a_value_that_does_not_fit_is_named_and_not_repeated(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInput, match=name) as refused:
        load()
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("web_prot = 1", "web_prot isn't a setting. Did you mean web_port?"),
        ("nonsense = 1", "nonsense isn't a setting. Check its spelling."),
        ("web_port = ", "isn't valid TOML"),
        ('web_port = "high"', "(?i)web_port"),
    ],
)
def test_a_mistake_in_the_file_is_named(here, text, message):
    with pytest.raises(BadInput, match=message):
        load(write(here / "quizbot.toml", text))


def test_a_file_that_cannot_be_read_is_named(here):
    with pytest.raises(BadInput, match="no settings file at"):
        load(here / "none.toml")
    (here / "latin.toml").write_bytes(b'zone = "\xe9"')
    with pytest.raises(BadInput, match=r"latin.toml"):
        load(here / "latin.toml")


def test_reading_the_settings_loads_no_platforms_library(here):
    """Every command reads them, and most need none."""
    program = (
        "import sys, bot.settings; bot.settings.load(); "
        "print(sorted({'discord', 'slack_bolt', 'slack_sdk'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=here, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("variables", "names"),
    [
        ({}, ["web"]),
        ({"DISCORD_TOKEN": "x"}, ["web", "discord"]),
        ({"SLACK_BOT_TOKEN": "x"}, ["web", "slack"]),
        ({"SLACK_APP_TOKEN": "x"}, ["web"]),
        ({"SLACK_CLIENT_ID": "x", "DISCORD_TOKEN": "x"}, ["web", "discord", "slack"]),
    ],
)
def test_a_platform_is_served_once_its_token_is_set(monkeypatch, variables, names):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert wanted(load()) == names


def test_all_mistakes_are_named_at_once_those_in_adapters_settings_too(here, monkeypatch):
    monkeypatch.setenv("QUIZBOT_LOG_FORMAT", "loud")
    monkeypatch.setenv("DISCORD_GATEWAY_URL", "gateway")
    file = write(here / "quizbot.toml", 'web_prot = 1\nslack_api_base = "slack"')
    with pytest.raises(BadInput) as refused:
        load(file)
    address = "write a whole address, such as http://127.0.0.1:4700/api/v10"
    assert str(refused.value).split("; ") == [
        "QUIZBOT_LOG_FORMAT: use text or json.",
        f"DISCORD_GATEWAY_URL: {address}",
        f"SLACK_API_BASE: {address}",
        "web_prot isn't a setting. Did you mean web_port?",
    ]


@pytest.mark.parametrize("contact", ["help@example.org", "https://example.org/help?to=us"])
def test_an_operators_contact_is_an_address_that_people_can_use(monkeypatch, contact):
    monkeypatch.setenv("QUIZBOT_OPERATOR_CONTACT", contact)
    assert load().operator is None
    monkeypatch.setenv("QUIZBOT_OPERATOR_NAME", "Study Hall")
    assert load().operator.contact == contact


@pytest.mark.parametrize(
    "contact",
    [
        "me",
        "me@home",
        "@example.org",
        "a@b@example.org",
        "http://example.org",
        "javascript:alert(1)",
        "a b@example.org",
    ],
)
def test_a_contact_that_nobody_could_use_is_refused(monkeypatch, contact):
    monkeypatch.setenv("QUIZBOT_OPERATOR_CONTACT", contact)
    with pytest.raises(BadInput, match="QUIZBOT_OPERATOR_CONTACT: write an email address"):
        load()


def test_the_policy_has_an_address_once_the_bot_has_a_public_one(monkeypatch):
    monkeypatch.setenv("QUIZBOT_OPERATOR_NAME", "Study Hall")
    monkeypatch.setenv("QUIZBOT_OPERATOR_CONTACT", "help@example.org")
    assert load().operator.privacy == ""
    monkeypatch.setenv("QUIZBOT_PUBLIC_URL", "https://quiz.example.org/")
    assert load().operator.privacy == "https://quiz.example.org/privacy"
