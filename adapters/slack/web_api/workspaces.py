"""Know the workspaces that the bot is in: their Web API, and their spaces."""

import time
from collections.abc import Callable

import structlog
from cachetools import TTLCache
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.common.spaces import Spaces
from adapters.slack.web_api.installations import Installations, Installed
from adapters.slack.web_api.workspace import Access, Revoked, Workspace, explained
from bot.application import Application
from bot.domain.identity import Member, Space, SpaceId
from bot.i18n import gettext as _
from bot.ports import MessengerError
from bot.services.platforms.arriving import greet_host
from bot.services.turns import Turns

ADAPTER = "slack"

_TRUSTED_S = 30.0
"""How long tokens and spaces are remembered before they are read again: another process may have changed them."""
_MOST_TRUSTED = 20_000

_log = structlog.get_logger(__name__)


class NotInstalled(MessengerError):
    """There is no token for the workspace."""


class Workspaces:
    """Every workspace by its team id, opened when it is first needed."""

    def __init__(self, app: Application, now: Callable[[], float] = time.monotonic) -> None:
        """Prepare without contacting Slack; call `open` before anything else."""
        self._app = app
        self._access: Access | None = None
        self._installations: Installations | None = None
        self._open: dict[str, tuple[Installed, Workspace]] = {}
        self._trusted: TTLCache[str, Workspace] = TTLCache(_MOST_TRUSTED, _TRUSTED_S, timer=now)
        self._spaces = Spaces(app, ADAPTER, lasts=_TRUSTED_S, now=now)
        self._turns = Turns()
        self._comings = Turns()

    def open(self, access: Access, installations: Installations) -> None:
        """Make the workspaces reachable."""
        self._access, self._installations = access, installations

    async def of(self, team_id: str) -> Workspace:
        """Return the workspace with this team id.

        Raises:
            NotInstalled: the bot isn't in it.
            MessengerError: Slack can't be asked.
        """
        if trusted := self._trusted.get(team_id):  # every event asks
            return trusted
        async with self._turns.of(team_id):
            return self._trusted.get(team_id) or await self._looked_up(team_id)

    async def _looked_up(self, team_id: str) -> Workspace:
        if self._access is None or self._installations is None:
            raise MessengerError(_("The Slack adapter isn't started."))
        installed, workspace = self._open.get(team_id, (None, None))
        found = await self._installations.find(team_id)
        if found is None:
            raise NotInstalled(_("I'm not installed in the Slack workspace {team}.").format(team=team_id))
        if workspace is None or found != installed:
            workspace = await open_workspace(self._access, found)
        self._open[team_id] = found, workspace
        self._trusted[team_id] = workspace
        return workspace

    async def of_space(self, space_id: SpaceId) -> Workspace:
        """Return the workspace of a space; raises the same errors as `of`."""
        try:
            space = await self._spaces.by_id(space_id)
        except LookupError as error:
            raise NotInstalled(f"space {space_id} is gone") from error
        return await self.of(space.external_id)

    async def space(self, team_id: str) -> Space | None:
        """Return a workspace's space; None if the bot isn't in it."""
        found = await self._spaces.of(team_id)
        return found if found is not None and found.left_at is None else None

    async def meet(self, team_id: str) -> Space:
        """Return the space of a workspace that sent an event; make it if its installation hasn't done so yet.

        Raises:
            NotInstalled: the bot isn't in it.
            MessengerError: Slack can't be asked.
        """
        return await self.space(team_id) or await self.arrive(team_id)

    async def arrive(self, team_id: str) -> Space:
        """Record that the bot joined a workspace (again); whoever installed it is in charge, if that is known."""
        async with self._comings.of(team_id):
            workspace = await self._reopen(team_id)
            space = await self._spaces.arrive(team_id, workspace.name, welcomes=False)
            if workspace.installer:
                await greet_host(self._app, space, Member(space_id=space.id, external_id=workspace.installer, name=""))
            return space

    async def _depart(self, team_id: str, refused: Installed | None) -> None:
        """Record that the bot was removed from a workspace, unless it has been installed again meanwhile."""
        self._close(team_id)
        self._spaces.forget(team_id)
        if self._installations is None or await self._installations.forget(refused, team_id):
            await self._spaces.depart(team_id)

    async def forget_installer(self, team_id: str, user_id: str) -> None:
        """Forget who installed the bot, if it was the person who wants to be forgotten."""
        if self._installations is not None:
            await self._installations.forget_installer(team_id, user_id)
            self._close(team_id)

    async def reconcile(self) -> None:
        """Notice the workspaces that removed the bot while it was away."""
        for space in await self._spaces.present():
            await self.recheck(space.external_id)

    async def recheck(self, team_id: str) -> None:
        """Find out whether the bot is still in a workspace, and record it if it isn't."""
        async with self._comings.of(team_id):
            refused = None
            try:
                refused = await self._installed(team_id)
                await self._reopen(team_id)
            except (Revoked, NotInstalled) as error:
                _log.warning("token_refused", team=team_id, reason=str(error))
                if isinstance(error, NotInstalled) or error.for_good:
                    await self._depart(team_id, refused)
            except MessengerError as error:
                _log.warning("workspace_not_reached", team=team_id, reason=str(error))

    async def removed(self, team_id: str) -> None:
        """Record that a workspace removed the bot, unless Slack's message comes late and the bot is installed again.

        Raises:
            MessengerError: Slack can't be asked whether the bot is still removed.
        """
        async with self._comings.of(team_id):
            refused = await self._installed(team_id)
            try:
                await self._reopen(team_id)
            except (Revoked, NotInstalled):
                await self._depart(team_id, refused)

    async def _installed(self, team_id: str) -> Installed | None:
        return await self._installations.find(team_id) if self._installations is not None else None

    async def _reopen(self, team_id: str) -> Workspace:
        self._close(team_id)
        return await self.of(team_id)

    def _close(self, team_id: str) -> None:
        self._open.pop(team_id, None)
        self._trusted.pop(team_id, None)


def require_one_workspace(who: AsyncSlackResponse) -> None:
    """Check that a token is for a single workspace; ``who`` is the response of ``auth.test``.

    Raises:
        MessengerError: it is for an organisation.
    """
    if who.get("is_enterprise_install"):
        raise MessengerError(
            _("This token is for a whole Slack organization. Install the app in one workspace, and use its token.")
        )


async def open_workspace(access: Access, installed: Installed) -> Workspace:
    """Ask Slack which workspace a token is for.

    Raises:
        Revoked: Slack doesn't accept the token.
        MessengerError: Slack can't be asked, or the token is for a whole organisation.
    """
    client = access.client(installed.token)
    with explained():
        who = await client.auth_test()
    require_one_workspace(who)
    return Workspace(
        team_id=str(who["team_id"]),
        name=str(who["team"]),
        bot_user=str(who["user_id"]),
        url=str(who["url"]),
        client=client,
        gate=access.gate,
        installer=installed.installer,
    )
