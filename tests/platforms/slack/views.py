"""Views and the triggers that open them.

https://docs.slack.dev/surfaces/modals says how long a trigger_id lives and what an acknowledgement may ask for,
https://docs.slack.dev/reference/methods/views.open which errors there are.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.platforms.slack.api.base import ApiError
from tests.platforms.slack.surfaces import Json, View, with_ids

if TYPE_CHECKING:
    from tests.platforms.slack.people import User
    from tests.platforms.slack.server import SlackServer

TRIGGER_LIFETIME = timedelta(seconds=3)


@dataclass(slots=True, eq=False)
class Triggers:
    """The trigger_ids; each opens one view, within its lifetime: at Slack, three seconds."""

    server: "SlackServer"
    lifetime: timedelta
    _issued: dict[str, tuple["User", datetime]] = field(default_factory=dict)
    _exchanged: set[str] = field(default_factory=set)

    def issue(self, user: "User") -> str:
        """Return a new trigger_id for what a person does now."""
        trigger = f"{self.server.next_id('1337')}.{user.team.id}.abc"
        self._issued[trigger] = (user, self.server.clock.now())
        return trigger

    def exchange(self, trigger: str) -> "User":
        """Use a trigger_id up, and return its person; ApiError if it can't be used, or not any more."""
        if trigger not in self._issued:
            raise ApiError("invalid_trigger_id")
        if trigger in self._exchanged:
            raise ApiError("exchanged_trigger_id")
        user, issued = self._issued[trigger]
        if self.server.clock.now() - issued > self.lifetime:
            raise ApiError("expired_trigger_id")
        self._exchanged.add(trigger)
        return user


@dataclass(slots=True, eq=False)
class Views:
    """All views, by id."""

    server: "SlackServer"
    by_id: dict[str, View] = field(default_factory=dict)

    def make(self, user: "User", content: Json, root_id: str | None = None) -> View:
        """Make a view for a person."""
        view_id = self.server.next_id("V")
        view = View(view_id, user, {}, "", root_id or view_id)
        self.by_id[view_id] = view
        self.fill(view, content)
        return view

    def fill(self, view: View, content: Json) -> None:
        """Replace a view's content; what the person entered is dropped."""
        view.content = content | {"blocks": with_ids(content["blocks"])}
        view.hash = f"{self.server.next_ts()}.hash"
        view.errors = {}
        view.user.chosen.pop(view.id, None)

    def complaints(self, view: View, payload: Json) -> list[str]:
        """Return what Slack would refuse in the acknowledgement of a view's submission."""
        if payload.get("response_action") != "errors":
            return []
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        errors = payload.get("errors") or {}
        found = [] if errors else ["errors without any"]
        return found + [f"an error for {name!r}, which is no input" for name in errors if name not in inputs]

    def obey(self, view: View, payload: Json) -> None:
        """Do what the acknowledgement of a view's submission asks for."""
        action = payload.get("response_action")
        if action == "errors":
            view.errors = payload["errors"]
        elif action == "update":
            self.fill(view, payload["view"])
        elif action == "push":
            view.user.modals.append(self.make(view.user, payload["view"], view.root_id))
        elif action == "clear":
            for one in view.user.modals:
                one.open = False
        else:
            view.open = False
