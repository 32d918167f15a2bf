"""views.*: modals and home tabs."""

import json
from typing import Any

from tests.platforms.slack import blockkit
from tests.platforms.slack.api.base import ApiError, Call, method
from tests.platforms.slack.surfaces import Json, View

MAX_BYTES = 250_000
MAX_PUSHED = 2


@method("views.open", tier=4)
def open_view(call: Call) -> Json:
    content = _content(call, "modal")
    user = call.server.triggers.exchange(call.need("trigger_id"))
    for one in user.modals:
        one.open = False
    view = call.server.views.make(user, content)
    user.modals.append(view)
    return {"view": view.as_json()}


@method("views.push", tier=4)
def push(call: Call) -> Json:
    content = _content(call, "modal")
    user = call.server.triggers.exchange(call.need("trigger_id"))
    below = user.modal
    if below is None:
        raise ApiError("not_found")
    if sum(one.open and one.root_id == below.root_id for one in user.modals) > MAX_PUSHED:
        raise ApiError("push_limit_reached")
    view = call.server.views.make(user, content, below.root_id)
    user.modals.append(view)
    return {"view": view.as_json()}


@method("views.update", tier=4)
def update(call: Call) -> Json:
    view = _known(call)
    content = _content(call, view.content["type"])
    _unchanged(call, view)
    call.server.views.fill(view, content)
    return {"view": view.as_json()}


@method("views.publish", tier=4)
def publish(call: Call) -> Json:
    user = call.user("user_id")
    content = _content(call, "home")
    if user.home is None:
        user.home = call.server.views.make(user, content)
    else:
        _unchanged(call, user.home)
        call.server.views.fill(user.home, content)
    return {"view": user.home.as_json()}


def _content(call: Call, kind: str) -> Json:
    view: Any = call.args.get("view")
    found = blockkit.view_problems(view)
    if not found and view["type"] != kind:
        found.note(f"must be a {kind}", "/view/type")
    if found:
        raise ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {one}" for one in found]})
    if len(json.dumps(view).encode()) > MAX_BYTES:
        raise ApiError("view_too_large")
    return view


def _known(call: Call) -> View:
    for view in call.server.views.by_id.values():
        if view.id == call.args.get("view_id") or (
            call.args.get("external_id") and view.content.get("external_id") == call.args["external_id"]
        ):
            if view.team is call.team and view.open:
                return view
            break
    raise ApiError("not_found")


def _unchanged(call: Call, view: View) -> None:
    if call.args.get("hash") not in {None, view.hash}:
        raise ApiError("hash_conflict")
