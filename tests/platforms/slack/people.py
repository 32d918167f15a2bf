"""People in a workspace."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.platforms.slack.acting import Acting
from tests.platforms.slack.surfaces import Json, Message, View

if TYPE_CHECKING:
    from tests.platforms.slack.workspace import Team


@dataclass(slots=True, eq=False, repr=False)
class User(Acting):
    """Somebody in a workspace; `Acting` has what they can do.

    https://docs.slack.dev/reference/objects/user-object: a primary owner is an owner and an admin, and a guest of one
    channel is a guest, too.

    Attributes:
        ephemerals: messages that only they see, oldest first, without deleted ones.
        home: the app's home tab as it was last published for them.
        home_team: the workspace that they belong to, if they only share a channel with this one.
        modals: every modal that was opened for them; the last open one is on top.
        chosen: what they have put into inputs but may not have submitted, by surface.
    """

    team: "Team"
    id: str
    name: str
    admin: bool = False
    owner: bool = False
    primary_owner: bool = False
    guest: bool = False
    single_channel_guest: bool = False
    deleted: bool = False
    is_bot: bool = False
    home_team: str = ""
    tz: str = "Europe/Berlin"
    locale: str = "en-US"
    ephemerals: list[Message] = field(default_factory=list)
    home: View | None = None
    modals: list[View] = field(default_factory=list)
    chosen: dict[str, Json] = field(default_factory=dict)

    @property
    def handle(self) -> str:
        """The person's name after an @."""
        return self.name.lower().replace(" ", ".")

    @property
    def modal(self) -> View | None:
        """The open modal on top, or None."""
        return next((one for one in reversed(self.modals) if one.open), None)

    async def sees(self, text: str) -> Message:
        """Wait for a message only to them that shows the text, and return the newest such message."""
        return await self.team.server.shown(text, lambda: self.ephemerals)

    def as_json(self, *, locale: bool = False) -> Json:
        """Return the person as the Web API shows them."""
        offset = datetime.now(ZoneInfo(self.tz)).utcoffset()
        shown: Json = {
            "id": self.id,
            "team_id": self.home_team or self.team.id,
            "name": self.handle,
            "deleted": self.deleted,
            "real_name": self.name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {
                "real_name": self.name,
                "real_name_normalized": self.name,
                "display_name": self.name,
                "display_name_normalized": self.name,
                "team": self.team.id,
            },
            "is_admin": self.admin or self.owner or self.primary_owner,
            "is_owner": self.owner or self.primary_owner,
            "is_primary_owner": self.primary_owner,
            "is_restricted": self.guest or self.single_channel_guest,
            "is_ultra_restricted": self.single_channel_guest,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1_700_000_000,
        }
        if organisation := self.team.organisation:
            # https://docs.slack.dev/reference/objects/user-object#enterprise_grid_user_objects
            shown["enterprise_user"] = {
                "id": self.id,
                "enterprise_id": organisation.id,
                "enterprise_name": organisation.name,
                "is_admin": False,
                "is_owner": False,
                "teams": [self.team.id],
            }
        return shown | ({"locale": self.locale} if locale else {})
