"""What ``quizbot run`` refuses, ``quizbot doctor`` finds."""

import importlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bot.cli import serve
from bot.settings import load


async def _imported(_core):
    pass


@pytest.fixture
def taken(monkeypatch):
    """Start a program that says this to everybody, at the port of the settings."""
    servers = []

    def take(says):
        class Says(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(says)

            def log_message(self, *_args):
                pass

        servers.append(server := HTTPServer(("127.0.0.1", 0), Says))
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        monkeypatch.setenv("QUIZBOT_WEB_PORT", str(server.server_port))

    yield take
    for server in servers:
        server.shutdown()
        server.server_close()


def a_foreign_program(here, monkeypatch, take):
    take(b"another program")
    return "is taken by another program"


def an_address_of_another_machine(here, monkeypatch, take):
    monkeypatch.setenv("QUIZBOT_WEB_HOST", "192.0.2.1")
    monkeypatch.setenv("QUIZBOT_WEB_SECRET", "s3cret-s3cret-s3cret")
    return "192.0.2.1 isn't an address of this machine"


def an_open_address_without_a_secret(here, monkeypatch, take):
    monkeypatch.setenv("QUIZBOT_WEB_HOST", "0.0.0.0")  # noqa: S104 - refused
    return "set QUIZBOT_WEB_SECRET too"


def a_file_in_place_of_the_folder(here, monkeypatch, take):
    (here / "file").write_text("")
    monkeypatch.setenv("QUIZBOT_VAR_DIR", str(here / "file"))
    return "The session key can't be stored in"


def no_folder_for_the_database(here, monkeypatch, take):
    monkeypatch.setenv("QUIZBOT_DATABASE_URL", "sqlite+aiosqlite:////proc/no/quizbot.db")
    return "/proc/no can't be written"


def an_unknown_variable(here, monkeypatch, take):
    monkeypatch.setenv("QUIZBOT_PORT", "8080")
    return "QUIZBOT_PORT isn't a setting. Did you mean QUIZBOT_WEB_PORT?"


def a_package_that_is_missing(here, monkeypatch, take):
    def missing(name, package=None):
        if name == "adapters.slack":
            raise ModuleNotFoundError(name="slack_bolt")
        return found(name, package)

    found = importlib.import_module
    monkeypatch.setattr("importlib.metadata.import_module", missing)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "x")
    return "the package slack_bolt is missing"


@pytest.mark.parametrize(
    "trouble",
    [
        a_foreign_program,
        an_address_of_another_machine,
        an_open_address_without_a_secret,
        a_file_in_place_of_the_folder,
        no_folder_for_the_database,
        an_unknown_variable,
        a_package_that_is_missing,
    ],
)
def test_the_doctor_finds_what_a_start_refuses(run, here, monkeypatch, taken, trouble):
    monkeypatch.setattr(serve, "import_starter_bank", _imported)  # takes a second, and refuses nothing
    monkeypatch.setenv("QUIZBOT_LOG_LEVEL", "error")
    monkeypatch.setenv("QUIZBOT_WEB_PORT", "0")
    says = trouble(here, monkeypatch, taken)
    refused, checked = run("run"), run("doctor")
    assert (refused.code, checked.code) == (1, 1)
    assert says in refused.err
    (line,) = [line for line in checked.out.splitlines() if says in line]
    assert line.startswith(("PROBLEM", "        "))


def test_the_doctor_lets_a_quizbot_have_the_port(run, here, taken):
    taken(b"alive\n")
    (port,) = [one for one in run("doctor", "--json").json["checks"] if one["name"] == "web room"]
    assert port["ok"]
    assert "is in use by a Quizbot that runs" in port["found"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUIZBOT_SERVICE_HOST", "10.0.0.1"),
        ("QUIZBOT_PORT", "tcp://10.0.0.1:80"),
        ("QUIZBOT_PORT_80_TCP_ADDR", "10.0.0.1"),
        ("QUIZBOT_POSTGRESQL_SERVICE_HOST", "10.0.0.2"),
        ("QUIZBOT_POSTGRESQL_SERVICE_PORT_TCP_POSTGRESQL", "5432"),
        ("QUIZBOT_POSTGRESQL_PORT_5432_TCP_PROTO", "tcp"),
        ("QUIZBOT_NONSENSE", ""),
        ("QUIZBOT_CONFIG", ""),
    ],
)
def test_what_kubernetes_sets_and_what_is_empty_is_no_mistake(here, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    assert load().web_port == 8080
