"""Adds workspaces, installs the app in them by OAuth, uninstalls it and revokes its tokens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from aiohttp import web

from tests.platforms.slack.identity import Grant, Organisation
from tests.platforms.slack.workspace import Team

if TYPE_CHECKING:
    from tests.platforms.slack.delivery import Delivery
    from tests.platforms.slack.people import User
    from tests.platforms.slack.server import SlackServer


@dataclass(slots=True)
class Code:
    """The code that an installation in the browser ends with; the app exchanges it for a token."""

    team: Team
    installer: "User"
    scopes: frozenset[str]
    issued: datetime
    redirect_uri: str | None
    used: bool = False
    for_organisation: bool = False


class Installing:
    """The part of a `SlackServer` that workspaces and installations go through."""

    codes: dict[str, Code]

    def add_team(
        self: "SlackServer",
        name: str = "Study group",
        *,
        scopes: Collection[str] | None = None,
        installed: bool = True,
        organisation: Organisation | None = None,
    ) -> Team:
        """Add a workspace; the app is installed in it unless ``installed`` is false."""
        team = Team(self, self.next_id("T"), name, name.lower().replace(" ", "-"), self.next_id("B"), organisation)
        self.teams[team.id] = team
        if installed:
            self.install(team, self.scopes if scopes is None else scopes)
        return team

    def install(self: "SlackServer", team: Team, scopes: Collection[str]) -> Grant:
        """Grant the app these scopes in a workspace; a valid token stays the same, as at Slack."""
        if team.grant is None or team.grant.refusal:
            team.grant = Grant(f"xoxb-{team.id}-{self.next_id('')}", team, frozenset(scopes))
            self.grants[team.grant.token] = team.grant
        team.grant.scopes = frozenset(scopes)
        return team.grant

    def install_everywhere(self: "SlackServer", team: Team, scopes: Collection[str]) -> Grant:
        """Grant the app these scopes in the organisation of a workspace."""
        assert team.organisation is not None
        token = f"xoxb-{team.organisation.id}-{self.next_id('')}"
        self.grants[token] = Grant(token, team, frozenset(scopes), organisation=team.organisation)
        return self.grants[token]

    def oauth_code(
        self: "SlackServer",
        team: Team,
        installer: "User | None" = None,
        *,
        scopes: Collection[str] | None = None,
        redirect_uri: str | None = None,
        for_organisation: bool = False,
    ) -> str:
        """Return a code, as if somebody had just agreed to the installation."""
        code = self.next_id("code-")
        granted = frozenset(self.scopes if scopes is None else scopes)
        self.codes[code] = Code(team, installer or team.someone, granted, self.clock.now(), redirect_uri)
        self.codes[code].for_organisation = for_organisation
        return code

    async def authorize(self: "SlackServer", request: web.Request) -> web.Response:
        """Serve the page where people agree to install: they agree at once, for ``team`` or for the first workspace."""
        query = request.query
        team = self.teams.get(query.get("team", "")) or next(iter(self.teams.values()))
        code = self.oauth_code(team, scopes=query["scope"].split(","), redirect_uri=query.get("redirect_uri"))
        answer = urlencode({"code": code, "state": query.get("state", "")})
        raise web.HTTPFound(f"{query['redirect_uri']}?{answer}")

    async def uninstall(self: "SlackServer", team: Team) -> "Delivery":
        """Let an admin remove the app; two events tell the bot, and the first is returned."""
        self._end(team, "account_inactive")
        uninstalled = await self.event(team, {"type": "app_uninstalled"})
        await self.event(team, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot.id]}})
        return uninstalled

    async def revoke(self: "SlackServer", token: str) -> "Delivery":
        """Let somebody revoke a bot token."""
        team = self.grants[token].team
        self._end(team, "token_revoked")
        return await self.event(team, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot.id]}})

    def _end(self, team: Team, refusal: str) -> Any:
        if team.grant is None:
            raise AssertionError(f"the app isn't installed in {team.name}")
        team.grant.refusal = refusal
