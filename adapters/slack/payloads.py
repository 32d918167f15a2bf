"""The shape of Slack's payloads: the parts that the adapter reads, and their types.

Bolt and the listeners trust every payload to have the shape that Slack gives it. A signed payload of any other shape is
refused before it reaches them.
"""

from typing import Annotated, Any, NotRequired

from pydantic import BeforeValidator, Field, InstanceOf, StringConstraints, TypeAdapter, ValidationError
from typing_extensions import TypedDict

_Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
_IdOrNone = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,64}$")] | None
_Stamp = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,11}(\.[0-9]*)?$")]
_Rest = InstanceOf[dict[str, Any]]
"""An object of any shape."""
_Empty = BeforeValidator(lambda found: {} if found == [] else found)
"""Slack now and then writes a map without entries as an empty list."""
_LONGEST_WHERE = 200


class _Owner(TypedDict):
    """A team, enterprise, channel or container; some payloads have none, or leave out its id."""

    id: NotRequired[_IdOrNone]


class _User(TypedDict):
    id: _Id
    username: NotRequired[str | None]
    name: NotRequired[str | None]
    team_id: NotRequired[_IdOrNone]


class _Authorization(TypedDict, total=False):
    team_id: _IdOrNone
    enterprise_id: _IdOrNone


class _Any(TypedDict, total=False):
    """What Bolt reads of every payload, and what is alike in all of them."""

    type: str | None
    command: str
    team_id: _IdOrNone
    enterprise_id: _IdOrNone
    channel_id: _IdOrNone
    enterprise: _Owner | _IdOrNone
    authorizations: list[_Authorization] | None
    response_url: str | None
    thread_ts: str | None


class _Origin(_Any, total=False):
    """A payload that may name who sent it and where as an id or as an object."""

    user_id: _IdOrNone
    team: _Owner | _IdOrNone
    channel: _Owner | _IdOrNone
    user: _User | _IdOrNone


class _Parts(TypedDict, total=False):
    """What a payload is about, where the adapter doesn't read it."""

    event: _Rest
    view: _Rest | None
    message: _Rest | None


class _Unlisted(_Origin, _Parts):
    """A payload of a type that isn't listed below."""


class _Command(_Any, _Parts):
    trigger_id: str
    user_id: _Id
    user_name: NotRequired[str | None]
    text: NotRequired[str | None]
    user: NotRequired[_User | None]
    team: NotRequired[_Owner | None]
    channel: NotRequired[_Owner | None]
    container: NotRequired[_Owner | None]


class _Interaction(_Any):
    user_id: NotRequired[_IdOrNone]
    user: _User
    team: NotRequired[_Owner | None]
    channel: NotRequired[_Owner | None]
    container: NotRequired[_Owner | None]


class _Option(TypedDict):
    value: str


class _Element(TypedDict, total=False):
    value: str | None
    selected_option: _Option | None
    selected_options: list[_Option] | None


class _State(TypedDict, total=False):
    values: Annotated[dict[str, Annotated[dict[str, _Element], _Empty]], _Empty]


class _Action(TypedDict):
    action_id: str
    action_ts: str
    block_id: str
    value: NotRequired[str | None]


class _Press(_Interaction, _Parts):
    trigger_id: str
    actions: Annotated[list[_Action], Field(min_length=1)]
    state: NotRequired[Annotated[_State | None, _Empty]]


class _View(TypedDict):
    type: str
    callback_id: str
    private_metadata: str
    state: Annotated[_State, _Empty]


class _Submission(_Interaction):
    trigger_id: str
    view: _View
    event: NotRequired[_Rest]
    message: NotRequired[_Rest | None]


class _Message(TypedDict):
    text: NotRequired[str | None]


class _Shortcut(_Interaction):
    callback_id: str
    trigger_id: str
    event: NotRequired[_Rest]
    view: NotRequired[_Rest | None]
    message: _Message


class _Event(TypedDict):
    type: str


class _Callback(_Origin):
    event: _Event
    view: NotRequired[_Rest | None]
    message: NotRequired[_Rest | None]


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


_FORMS: dict[str, TypeAdapter[Any]] = {
    "payload": TypeAdapter(_Unlisted),
    "command": TypeAdapter(_Command),
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


def misfit(payload: dict[str, Any]) -> str:
    """Return where a payload lacks the shape that Slack gives its type; empty if it has that shape.

    A payload of a type that isn't listed above needs only what Bolt reads of every payload.
    """
    kind = _kind(payload)
    try:
        _FORMS[kind].validate_python(payload)
        if kind == "event_callback":
            kind = payload["event"]["type"]
            if form := _EVENTS.get(kind):
                form.validate_python(payload["event"])
    except ValidationError as error:
        where = ".".join(map(str, error.errors(include_input=False)[0]["loc"]))
        return f"{kind}: {where}"[:_LONGEST_WHERE]
    return ""


def _kind(payload: dict[str, Any]) -> str:
    kind = "command" if "command" in payload else payload.get("type")
    return kind if isinstance(kind, str) and kind in _FORMS else "payload"
