"""What the adapter uses of slack-bolt and slack_sdk beyond their documentation is there, as it was.

The versions are capped at the next minor one in pyproject.toml. Before raising them, run this file: each failure says
what the adapter needs, and what to look at.
"""

import ast
import inspect
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.slack import adapter
from adapters.slack.web_api.installations import _SECRET_COLUMNS
from adapters.slack.web_api.pace import PACES

ROOT = Path(__file__).parents[3]

INTERNALS = {
    "slack_bolt.adapter.socket_mode.async_internals.send_async_response": "socket_mode.py acknowledges with it",
    "slack_bolt.adapter.socket_mode.internals.build_headers": "socket_mode.py tells Bolt of repeated events with it",
    "slack_sdk.socket_mode.async_client.AsyncBaseSocketModeClient": "socket_mode.Link is one, to be acknowledged on",
    "slack_sdk.socket_mode.request.SocketModeRequest": "socket_mode.py reads envelopes with it",
    "slack_sdk.proxy_env_variable_loader.load_http_proxy_from_env": "adapter.py finds the proxy that slack_sdk uses",
    "slack_bolt.adapter.aiohttp.to_aiohttp_response": "entrance.py serves HTTP mode with it",
}
"""What isn't part of the documented packages, and what it is needed for."""
DOCUMENTED = {
    *("slack_bolt.app", "slack_bolt.authorization", "slack_bolt.context", "slack_bolt.middleware", "slack_bolt.oauth"),
    *("slack_bolt.request", "slack_bolt.response", "slack_sdk.errors", "slack_sdk.http_retry", "slack_sdk.oauth"),
    *("slack_sdk.signature", "slack_sdk.web"),
}
"""The packages that docs.slack.dev/tools/bolt-python and docs.slack.dev/tools/python-slack-sdk tell of."""
PARAMETERS = {
    send_async_response: ["client", "req", "bolt_resp", "start_time"],
    build_headers: ["req"],
    AsyncBoltRequest.__init__: ["self", "body", "query", "headers", "context", "mode"],
    AsyncApp.async_dispatch: ["self", "req"],
    AsyncAuthorize.__call__: [
        *("self", "context", "enterprise_id", "team_id", "user_id"),
        *("actor_enterprise_id", "actor_team_id", "actor_user_id"),
    ],
}


def imported() -> Iterator[str]:
    """What the adapter imports of the two packages."""
    for path in sorted(Path(adapter.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("slack_"):
                yield from (f"{node.module}.{name.name}" for name in node.names)


def is_documented(name: str) -> bool:
    return ".".join(name.split(".")[:2]) in DOCUMENTED


def test_every_internal_that_is_used_is_named_here() -> None:
    assert {name for name in imported() if not is_documented(name)} == set(INTERNALS)


@pytest.mark.parametrize("name", INTERNALS)
def test_every_internal_is_still_there(name: str) -> None:
    module, _dot, attribute = name.rpartition(".")
    try:
        found = getattr(import_module(module), attribute, None)
    except ImportError:
        found = None
    assert found is not None, f"{name} is gone: {INTERNALS[name]}. Keep the cap, or bring that part into the adapter."


@pytest.mark.parametrize("function", PARAMETERS, ids=lambda one: one.__qualname__)
def test_every_function_takes_what_it_took(function: Any) -> None:
    assert list(inspect.signature(function).parameters) == PARAMETERS[function], "see who calls or overrides it"


def test_an_app_keeps_an_authorize_object_as_it_is() -> None:
    """`entrance.InWorkspaces` is one: wrapped as a function, it would be asked with other parameters."""

    class Ours(AsyncAuthorize):
        pass

    ours = Ours()  # type: ignore[no-untyped-call]  # Bolt's classes have no types here
    app = AsyncApp(signing_secret="x", authorize=ours)  # type: ignore[arg-type]  # noqa: S106 - of no app
    assert app._async_authorize is ours


def test_the_store_has_the_tables_and_columns_that_are_changed() -> None:
    """`installations.InstallationStore` encrypts columns."""
    engine = create_async_engine("sqlite+aiosqlite://")
    store = AsyncSQLAlchemyInstallationStore("client", engine)
    assert (store.client_id, store.engine) == ("client", engine)
    needed = {"client_id", "team_id", "user_id", "bot_token", "installed_at", "id"}
    assert needed <= set(store.installations.c.keys())
    columns = (column.name for table in (store.bots, store.installations) for column in table.c)
    secret = {name for name in columns if "token" in name}
    plain = {"bot_token_expires_at", "user_token_expires_at", "token_type"}
    assert secret - plain <= set(_SECRET_COLUMNS), "a new column holds a token: encrypt it, too"


def test_an_envelope_is_read_by_its_names() -> None:
    envelope = {"type": "events_api", "envelope_id": "1", "payload": {}, "retry_attempt": 1, "retry_reason": "timeout"}
    request = SocketModeRequest.from_dict(envelope)
    assert request is not None
    assert build_headers(request) == {"x-slack-retry-num": "1", "x-slack-retry-reason": "timeout"}


@pytest.mark.parametrize("method", PACES)
def test_a_method_of_the_client_is_named_as_its_pace_is(method: str) -> None:
    """`Workspace.call` looks the pace up by the method's own name."""
    assert getattr(AsyncWebClient(), method).__name__ == method


@pytest.mark.parametrize("package", ["slack-bolt", "slack-sdk"])
def test_versions_are_capped_at_the_next_minor_one(package: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (wanted,) = [one for one in project["optional-dependencies"]["slack"] if one.startswith(package)]
    lowest, _comma, capped = wanted.removeprefix(f"{package}>=").partition(",<")
    major, minor = lowest.split(".")[:2]
    assert capped == f"{major}.{int(minor) + 1}"
    assert version(package).rpartition(".")[0] == lowest, "what is tested is what is allowed"
