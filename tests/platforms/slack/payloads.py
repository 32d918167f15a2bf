"""The payloads that Slack sends to an app, field by field as its documentation shows them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.platforms.slack.surfaces import Json, Message, Surface, View

if TYPE_CHECKING:
    from tests.platforms.slack.people import User
    from tests.platforms.slack.workspace import Channel, Team


def event(team: "Team", event: Json, event_id: str, at: float) -> Json:
    """Return an event in the envelope of the Events API."""
    stamped = {"event_ts": f"{at:.6f}", **event}
    return {
        "token": team.app.verification_token,
        "team_id": team.id,
        "context_team_id": team.id,
        **({"enterprise_id": team.enterprise_id} if team.enterprise_id else {}),
        "context_enterprise_id": team.enterprise_id,
        "api_app_id": team.app.id,
        "event": stamped,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(at),
        "authorizations": [
            {
                "enterprise_id": team.enterprise_id,
                "team_id": team.id,
                "user_id": team.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def slash_command(
    user: "User", channel: "Channel", command: str, text: str, trigger_id: str, response_url: str
) -> Json:
    """A typed command: the one payload that is flat, and a form in HTTP mode."""
    team = user.team
    return team.named_organisation | {
        "token": team.app.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.direct else "privategroup" if channel.private else channel.name,
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": text,
        "api_app_id": team.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def block_actions(
    user: "User",
    surface: Surface,
    actions: Sequence[Json],
    values: Json,
    trigger_id: str,
    response_url: str | None,
) -> Json:
    """A click, or a choice in a menu."""
    payload = _interaction("block_actions", user) | {"trigger_id": trigger_id, "actions": list(actions)}
    if isinstance(surface, View):
        container = {"type": "view", "view_id": surface.id}
        return payload | {"container": container, "view": surface.as_json(values)}
    private = surface.ephemeral_to is not None
    payload["container"] = {
        "type": "message",
        "message_ts": surface.ts,
        "channel_id": surface.channel.id,
        "is_ephemeral": private,
    }
    if surface.thread_ts:
        payload["container"]["thread_ts"] = surface.thread_ts
    payload |= {"channel": _channel(surface.channel), "state": {"values": values}, "response_url": response_url}
    return payload if private else payload | {"message": surface.as_json()}


def message_shortcut(user: "User", message: Message, callback_id: str, trigger_id: str, response_url: str) -> Json:
    """A shortcut from a message's menu."""
    return _interaction("message_action", user) | {
        "callback_id": callback_id,
        "action_ts": message.ts,
        "trigger_id": trigger_id,
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": _channel(message.channel),
        "message": message.as_json(),
    }


def global_shortcut(user: "User", callback_id: str, trigger_id: str, action_ts: str) -> Json:
    """A shortcut from the lightning menu, which belongs to no channel."""
    more = {"callback_id": callback_id, "trigger_id": trigger_id, "action_ts": action_ts}
    return _interaction("shortcut", user) | more


def view_submission(user: "User", view: View, values: Json, trigger_id: str) -> Json:
    """A modal that was submitted.

    https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload: it doesn't say when, and has
    response_urls only for inputs that choose a channel.
    """
    more = {"trigger_id": trigger_id, "view": view.as_json(values), "response_urls": []}
    return _interaction("view_submission", user) | more


def view_closed(user: "User", view: View) -> Json:
    """A modal that was closed without submitting."""
    return _interaction("view_closed", user) | {"view": view.as_json(), "is_cleared": False}


def _interaction(kind: str, user: "User") -> Json:
    team, organisation = user.team, user.team.organisation
    return {
        "type": kind,
        "token": team.app.verification_token,
        "api_app_id": team.app.id,
        "team": {"id": team.id, "domain": team.domain, **team.named_organisation},
        "enterprise": {"id": organisation.id, "name": organisation.name} if organisation else None,
        "is_enterprise_install": False,
        "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": user.home_team or team.id},
    }


def _channel(channel: "Channel") -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.direct else channel.name}
