"""The form of Slack's payloads: those parts that the adapter reads, and their types.

Bolt and the listeners read a payload as if it came from Slack. A signed payload of any other form is
refused before it reaches them.
"""

from typing import Annotated, Any, NotRequired

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError
from typing_extensions import TypedDict

_Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
_Stamp = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,11}(\.[0-9]*)?$")]
_Rest = dict[str, Any]
"""Something with fields that nobody reads."""


class _Owner(TypedDict):
    """A team or channel; some interactions have none, or don't name it."""

    id: NotRequired[_Id | None]


class _User(TypedDict):
    id: _Id
    username: NotRequired[str | None]
    name: NotRequired[str | None]
    team_id: NotRequired[_Id | None]


class _Authorization(TypedDict, total=False):
    team_id: _Id | None
    enterprise_id: _Id | None


class _Payload(TypedDict, total=False):
    """What Bolt reads of every payload, whatever its type."""

    type: str | None
    command: str
    team_id: _Id | None
    enterprise_id: _Id | None
    user_id: _Id | None
    channel_id: _Id | None
    team: _Owner | _Id | None
    enterprise: _Owner | _Id | None
    channel: _Owner | _Id | None
    user: _User | _Id | None
    authorizations: list[_Authorization] | None
    event: _Rest
    view: _Rest
    message: _Rest | None
    response_url: str | None
    thread_ts: str | None


class _Command(TypedDict):
    trigger_id: str
    user_id: _Id
    user_name: NotRequired[str | None]
    text: NotRequired[str | None]


class _Interaction(TypedDict):
    user: _User
    team: NotRequired[_Owner | None]
    channel: NotRequired[_Owner | None]
    container: NotRequired[_Owner | None]


class _Option(TypedDict):
    value: str


class _Element(TypedDict, total=False):
    value: str | None
    selected_options: list[_Option] | None


class _State(TypedDict):
    values: dict[str, dict[str, _Element]]


class _Action(TypedDict):
    action_id: str
    action_ts: str
    block_id: str
    value: NotRequired[str | None]


class _Press(_Interaction):
    trigger_id: str
    actions: Annotated[list[_Action], Field(min_length=1)]
    state: NotRequired[_State | None]


class _View(TypedDict):
    type: str
    callback_id: str
    private_metadata: str
    state: _State


class _Submission(_Interaction):
    trigger_id: str
    view: _View


class _Message(TypedDict):
    text: NotRequired[str | None]


class _Shortcut(_Interaction):
    callback_id: str
    trigger_id: str
    message: _Message


class _Event(TypedDict):
    type: str


class _Callback(TypedDict):
    team_id: _Id
    event: _Event


class _Item(TypedDict):
    type: str
    channel: NotRequired[_Id]
    ts: NotRequired[str]


class _Reaction(TypedDict):
    user: _Id
    reaction: str
    event_ts: _Stamp
    item: _Item


class _Opened(TypedDict):
    user: _Id
    tab: NotRequired[str]


class _OfChannel(TypedDict):
    channel: _Id


class _Tokens(TypedDict, total=False):
    bot: list[str] | None


class _Revoked(TypedDict, total=False):
    tokens: _Tokens | None


_PAYLOAD, _COMMAND = TypeAdapter(_Payload), TypeAdapter(_Command)
_TYPES: dict[str | None, TypeAdapter[Any]] = {
    "block_actions": TypeAdapter(_Press),
    "view_submission": TypeAdapter(_Submission),
    "message_action": TypeAdapter(_Shortcut),
    "event_callback": TypeAdapter(_Callback),
}
_EVENTS: dict[str, TypeAdapter[Any]] = {
    **dict.fromkeys(("reaction_added", "reaction_removed"), TypeAdapter(_Reaction)),
    **dict.fromkeys(("channel_archive", "channel_deleted", "channel_left"), TypeAdapter(_OfChannel)),
    **dict.fromkeys(("group_archive", "group_deleted", "group_left"), TypeAdapter(_OfChannel)),
    "app_home_opened": TypeAdapter(_Opened),
    "tokens_revoked": TypeAdapter(_Revoked),
}


def is_slacks(payload: dict[str, Any]) -> bool:
    """Whether a payload has the form that Slack gives to its kind; of other kinds, the form that Bolt can read."""
    try:
        _PAYLOAD.validate_python(payload)
        if "command" in payload:
            _COMMAND.validate_python(payload)
        elif found := _TYPES.get(payload.get("type")):
            found.validate_python(payload)
            event = payload.get("event") or {}
            if of_event := _EVENTS.get(event.get("type", "")):
                of_event.validate_python(event)
    except ValidationError:
        return False
    return True
