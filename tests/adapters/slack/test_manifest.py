"""The manifest asks for what the code uses, and for nothing else; and Slack accepts every field of it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from adapters.slack import adapter, drafting
from adapters.slack.commands import COMMANDS_HEARD
from adapters.slack.entrance import EVENTS as EVENTS_AT
from adapters.slack.manifest import refused_fields
from adapters.slack.web_api.oauth import REDIRECT, SCOPES
from adapters.slack.web_api.pace import PACES
from tests.platforms.slack.api import METHODS
from tests.platforms.slack.scopes import EVENT_SCOPES

ROOT = Path(__file__).parents[3]
TEXT, HTTP_TEXT = ((ROOT / "config" / f"slack-manifest{mode}.yaml").read_text("utf-8") for mode in ("", "-http"))
MANIFEST: dict[str, Any] = yaml.safe_load(TEXT)
HTTP_MANIFEST: dict[str, Any] = yaml.safe_load(HTTP_TEXT)
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
TREES = [ast.parse(path.read_text("utf-8")) for path in sorted(Path(adapter.__file__).parent.rglob("*.py"))]


def methods() -> Iterator[str]:
    """The Web API methods that the code names: attributes of a ``client``."""
    for tree in TREES:
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and ast.unparse(node.value).split(".")[-1] == "client"
                and "_" in node.attr
            ):
                yield node.attr


CALLED = sorted(set(methods()) - {"base_url"})
KNOWN = {name.replace(".", "_"): method for name, method in METHODS.items()}
KNOWN["files_upload_v2"] = METHODS["files.getUploadURLExternal"]
ELSEWHERE = {"commands", "files:read"}
"""Scopes of what is no method: typed commands, and a file's own address."""


def test_the_scopes_are_those_that_an_installation_asks_for() -> None:
    assert MANIFEST["oauth_config"]["scopes"]["bot"] == sorted(SCOPES) == list(SCOPES)


def test_the_events_are_those_that_are_listened_to() -> None:
    listened = {
        node.args[0].value
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("bolt.event")
        and isinstance(node.args[0], ast.Constant)
    }
    heard = {name.partition(".")[0] for name in EVENTS}  # a subscription to message.im brings events named message
    assert listened <= heard
    assert heard - listened == {
        "channel_archive",
        "channel_deleted",
        "channel_left",
        "group_archive",
        "group_deleted",
        "group_left",
    }


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_its_scope(event: str) -> None:
    needed = EVENT_SCOPES[event]
    assert not needed or set(needed) & set(SCOPES)


def test_there_are_calls_to_look_at() -> None:
    assert {"chat_postMessage", "users_info", "views_publish"} <= set(CALLED)


@pytest.mark.parametrize("method", sorted(set(CALLED) - {"apps_connections_open"}))
def test_every_call_has_its_scope(method: str) -> None:
    needed = KNOWN[method].scopes
    assert not needed or set(needed) & set(SCOPES)


@pytest.mark.parametrize("scope", SCOPES)
def test_no_scope_is_asked_for_in_vain(scope: str) -> None:
    by_calls = {one for method in CALLED for one in KNOWN[method].scopes}
    by_events = {one for event in EVENTS for one in EVENT_SCOPES[event]}
    assert scope in by_calls | by_events | ELSEWHERE


def test_every_call_that_is_made_often_goes_at_slacks_pace() -> None:
    now_and_then = {"apps_connections_open", "auth_revoke", "auth_test", "files_upload_v2"}
    assert set(CALLED) - set(PACES) == now_and_then
    assert set(PACES) <= set(CALLED)


@pytest.mark.parametrize("method", sorted(set(PACES) - {"chat_postMessage"}))
def test_a_pace_stays_within_its_tier_in_every_minute(method: str) -> None:
    pace, a_minute = PACES[method], {2: 20, 3: 50, 4: 100}[KNOWN[method].tier]
    assert pace.burst + 60 / pace.interval <= a_minute


def test_the_shortcut_and_the_command_are_those_that_are_listened_to() -> None:
    features = MANIFEST["features"]
    assert [one["callback_id"] for one in features["shortcuts"]] == [drafting.SHORTCUT]
    assert [one["command"] for one in features["slash_commands"]] == list(COMMANDS_HEARD)
    assert all(one["should_escape"] is True for one in features["slash_commands"])


def addresses(manifest: object) -> Iterator[str]:
    """Every address in a manifest."""
    if isinstance(manifest, dict):
        manifest = list(manifest.values())
    if isinstance(manifest, list):
        for one in manifest:
            yield from addresses(one)
    elif isinstance(manifest, str) and manifest.startswith("https:"):
        yield manifest


def without_addresses(manifest: dict[str, Any]) -> Any:
    """A manifest without its addresses, and without the choice between the modes."""
    left = yaml.safe_load(yaml.safe_dump(manifest))
    left["oauth_config"].pop("redirect_urls", None)
    for one in (*left["features"]["slash_commands"], *left["settings"].values()):
        if isinstance(one, dict):
            one.pop("url", None)
            one.pop("request_url", None)
    del left["settings"]["socket_mode_enabled"]
    return left


def test_in_both_modes_the_app_is_the_same() -> None:
    assert without_addresses(HTTP_MANIFEST) == without_addresses(MANIFEST)
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert HTTP_MANIFEST["settings"]["socket_mode_enabled"] is False


def test_the_addresses_are_those_that_the_bot_serves() -> None:
    """The manifest's own comment says in how many places an operator puts theirs."""
    home = "https://quiz.example.org"
    assert sorted(addresses(HTTP_MANIFEST)) == [*[f"{home}{EVENTS_AT}"] * 4, f"{home}{REDIRECT}"]
    assert "five places" in HTTP_TEXT
    assert list(addresses(MANIFEST)) == []


@pytest.mark.parametrize("text", [TEXT, HTTP_TEXT], ids=["Socket Mode", "HTTP mode"])
def test_slack_takes_the_manifest(text: str) -> None:
    """Names and lengths are those of Slack's own schema: https://github.com/slackapi/manifest-schema."""
    assert refused_fields(text) == []


CHANGED = {
    "display_information.name": ("  name: Quizbot", f"  name: {36 * 'x'}"),
    "display_information.description": ("  description: A question every", f"  description: {140 * 'x'}"),
    "display_information.long_description": ("    Studying for", "  other: >-\n    Learning for"),
    "display_information.background_color": ("#1f4e5f", "green"),
    "display_information.short_description": ("  name: Quizbot", "  name: Quizbot\n  short_description: unknown"),
    "features.bot_user.display_name": ("    display_name: Quizbot", f"    display_name: {81 * 'x'}"),
    "features.shortcuts.0.name": ("Make a quiz question", "Make this a quiz question"),
    "features.shortcuts.0.type": ("type: message", "type: messages"),
    "features.shortcuts.0.description": ("description: Drafts", f"description: {151 * 'x'}"),
    "features.slash_commands.0.command": ("command: /quiz", "command: quiz"),
    "features.slash_commands.0.usage_hint": ("usage_hint: ", f"usage_hint: {1_001 * 'x'} # "),
    "oauth_config.scopes.bots": ("    bot:\n", "    bots:\n"),
    "settings.event_subscriptions.bot_events.0": ("- app_home_opened", f"- {51 * 'x'}"),
    "settings.interactivity.is_enabled": ("is_enabled: true", 'is_enabled: "yes"'),
    "settings.event_subscriptions.request_url": ("socket_mode_enabled: true", "socket_mode_enabled: false"),
}


@pytest.mark.parametrize("field", CHANGED)
def test_a_field_that_slack_refuses_is_named(field: str) -> None:
    """A limit of 24 for a shortcut's name is also reported in https://github.com/agentconnect-md/agentconnect/pull/179.

    That unknown fields are refused is reported in https://github.com/derive-to/derive/pull/597.
    """
    before, after = CHANGED[field]
    assert before in TEXT
    assert refused_fields(TEXT.replace(before, after))[0].startswith(f"{field}: ")


def test_a_manifest_that_is_not_yaml_is_no_crash() -> None:
    (found,) = refused_fields("features: [")
    assert found.startswith("not YAML: ")
