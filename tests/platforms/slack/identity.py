"""The app's identity, and what each workspace allows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.platforms.slack.workspace import Team


@dataclass(frozen=True, slots=True)
class App:
    """One Slack app, as its settings pages show it."""

    id: str = "A0QUIZBOT"
    client_id: str = "111.222"
    client_secret: str = "client-secret"
    signing_secret: str = "8f742231b10e8888abcd990001115a5f"
    verification_token: str = "verification-token"
    app_token: str = "xapp-1-A0QUIZBOT-1-aaaa"
    app_scopes: frozenset[str] = frozenset({"connections:write"})


@dataclass(frozen=True, slots=True)
class Organisation:
    """What several workspaces of Enterprise Grid belong to: https://docs.slack.dev/enterprise-grid/."""

    id: str = "E0000001"
    name: str = "Study Inc."


@dataclass(slots=True, eq=False)
class Grant:
    """A bot token: what one workspace allows the app, or an organisation for all of its workspaces.

    Attributes:
        organisation: the organisation that it is for, rather than for ``team`` alone.
        refusal: the error that every call with it gets after the token was revoked or the app uninstalled.
    """

    token: str
    team: "Team"
    scopes: frozenset[str]
    refusal: str | None = None
    organisation: Organisation | None = None

    def allows(self, alternatives: Iterable[str]) -> bool:
        """Whether one of these scopes was granted; without any, a call is allowed."""
        wanted = set(alternatives)
        return not wanted or bool(wanted & self.scopes)

    def __str__(self) -> str:
        return ",".join(sorted(self.scopes))
