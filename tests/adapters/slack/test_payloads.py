"""The form of payloads: all that Slack's documentation shows is taken, and a misfit is named without a quote."""

from typing import Any

import pytest

from adapters.slack.payloads import misfit

Json = dict[str, Any]

USER = {"id": "U1", "username": "ada", "name": "ada", "team_id": "T1"}
WHO: Json = {"team": {"id": "T1", "domain": "study"}, "user": USER, "enterprise": None, "trigger_id": "1.2.x"}
CHANNEL = {"id": "C1", "name": "ml"}
ACTIONS = [{"type": "button", "block_id": "b", "action_id": "pick:0", "value": "7:0", "action_ts": "1772524800.000123"}]
IN_MESSAGE = {"type": "message", "message_ts": "1.2", "channel_id": "C1", "is_ephemeral": False}
PRESS: Json = WHO | {
    "type": "block_actions",
    "channel": CHANNEL,
    "container": IN_MESSAGE,
    "actions": ACTIONS,
    "message": {"type": "message", "ts": "1.2", "text": "Which?"},
    "state": {"values": {}},
    "response_url": "https://hooks.slack.com/actions/T1/1/x",
}
TICKED = {"round:7:choose": {"choose": {"type": "checkboxes", "selected_options": [{"value": "1"}]}}}
TYPED = {"field0": {"field0": {"type": "plain_text_input", "value": None}}}
VIEW: Json = {"id": "V1", "type": "modal", "callback_id": "typed_answer", "private_metadata": "1 C1 "}
SUBMITTED: Json = WHO | {"type": "view_submission", "view": VIEW | {"state": {"values": TYPED}}, "response_urls": []}
COMMAND: Json = {
    "command": "/quiz",
    "text": "",
    "trigger_id": "1.2.x",
    "user_id": "U1",
    "user_name": "ada",
    "team_id": "T1",
    "team_domain": "study",
    "channel_id": "C1",
    "channel_name": "ml",
}
SHORTCUT: Json = WHO | {
    "type": "message_action",
    "callback_id": "make_question",
    "channel": CHANNEL,
    "message_ts": "1.2",
    "message": {"type": "message", "user": "U2", "ts": "1.2", "text": "What?"},
}
REACTED = {
    "type": "reaction_added",
    "user": "U1",
    "reaction": "one",
    "item_user": "U2",
    "event_ts": "1772524800.000200",
    "item": {"type": "message", "channel": "C1", "ts": "1.2"},
}


def happened(event: Json, **more: Any) -> Json:
    """An event as Slack wraps it."""
    to = {"enterprise_id": None, "team_id": "T1", "user_id": "U0", "is_bot": True, "is_enterprise_install": False}
    return {"type": "event_callback", "team_id": "T1", "event": event, "authorizations": [to], "event_id": "Ev1"} | more


def without(payload: Json, *names: str) -> Json:
    """The payload without some of its parts."""
    return {name: part for name, part in payload.items() if name not in names}


@pytest.mark.parametrize(
    "payload",
    [
        PRESS,
        PRESS | {"state": {"values": TICKED}},
        *(PRESS | {"state": state} for state in ({"values": []}, {"values": {"b": []}}, [], {}, None)),
        without(PRESS, "state", "message") | {"container": IN_MESSAGE | {"is_ephemeral": True}},
        PRESS | {"view": None, "message": None},
        without(PRESS, "channel", "message", "state", "response_url")
        | {"container": {"type": "view", "view_id": "V1"}, "view": {"type": "home", "state": {"values": []}}},
        PRESS | {"team": None, "enterprise": {"id": "E1", "name": "Org"}, "is_enterprise_install": True},
        PRESS | {"actions": [without(ACTIONS[0], "value")]},
        SUBMITTED,
        *(SUBMITTED | {"view": VIEW | {"state": state}} for state in ({"values": []}, {"values": {}}, [], {})),
        SUBMITTED | {"team": None, "user": {"id": "U1", "name": "ada", "team_id": "T1"}},
        WHO | {"type": "view_closed", "view": VIEW, "is_cleared": False},
        COMMAND,
        COMMAND | {"enterprise_id": "", "enterprise_name": "", "is_enterprise_install": "false"},
        SHORTCUT,
        WHO | {"type": "shortcut", "callback_id": "x", "action_ts": "1.2"},
        happened(REACTED),
        happened(REACTED | {"type": "reaction_removed", "item": {"type": "file", "file": "F1"}}),
        happened(REACTED, is_ext_shared_channel=True, context_team_id="T2", team_id="T2"),
        happened({"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "event_ts": "1.2"}),
        happened({"type": "channel_archive", "channel": "C1", "user": "U1"}),
        happened({"type": "channel_left", "channel": "C1", "actor_id": "U1"}),
        happened({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": ["U0"]}}),
        happened({"type": "app_uninstalled"}, team_id=None),
        without(happened({"type": "team_access_revoked", "team_ids": ["T1"]}, enterprise_id="E1"), "team_id"),
        happened({"type": "something_new", "channel": {"id": "C1"}, "user": {"id": "U1"}}),
        {"type": "url_verification", "token": "x", "challenge": "y"},
        {"ssl_check": "1", "token": "x"},
    ],
)
def test_what_slack_sends_has_its_form(payload: Json) -> None:
    assert misfit(payload) == ""


@pytest.mark.parametrize(
    ("payload", "place"),
    [
        (without(PRESS, "trigger_id"), "block_actions: trigger_id"),
        (PRESS | {"actions": []}, "block_actions: actions"),
        (PRESS | {"state": {"values": ["x"]}}, "block_actions: state.values"),
        (PRESS | {"event": {"type": []}, "user": {"id": "U 1"}}, "block_actions: user"),
        (PRESS | {"event": []}, "block_actions: event"),
        (PRESS | {"type": "something_new", "user": {"id": "U 1"}}, "payload: user"),
        ({"type": ["block_actions"]}, "payload: type"),
        (SUBMITTED | {"view": VIEW | {"state": None}}, "view_submission: view.state"),
        (without(COMMAND, "user_id"), "command: user_id"),
        *((COMMAND | {part: "x"}, f"command: {part}") for part in ("user", "team", "channel")),
        (COMMAND | {"container": "x"}, "command: container"),
        (happened(REACTED | {"item": None}), "reaction_added: item"),
        (happened({"type": []}), "event_callback: event.type"),
    ],
)
def test_what_slack_would_not_send_is_named_and_not_quoted(payload: Json, place: str) -> None:
    assert misfit(payload).startswith(place)


def test_an_event_beside_a_press_is_not_read() -> None:
    assert misfit(PRESS | {"event": {"type": []}}) == ""
