"""The Slack adapter: builds its parts, starts them and stops them."""

import logging
from collections.abc import Sequence

from aiohttp import ClientSession, ClientTimeout, web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.proxy_env_variable_loader import load_http_proxy_from_env
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override

from adapters.common.background import Background
from adapters.common.fetching import Reach
from adapters.slack import doctor
from adapters.slack.entrance import EVENTS, Intake, InWorkspaces, add_events_route, add_install_routes
from adapters.slack.listeners import listen
from adapters.slack.messenger import SlackMessenger
from adapters.slack.replying import Parts
from adapters.slack.settings import Mode, SlackSettings, mode_of
from adapters.slack.socket_mode import Line, SocketMode
from adapters.slack.text.spelling import spelled, use_command
from adapters.slack.web_api import oauth
from adapters.slack.web_api.channels import Channels
from adapters.slack.web_api.installations import Installed, OneInstallation
from adapters.slack.web_api.pace import Gate, Pauses
from adapters.slack.web_api.people import People
from adapters.slack.web_api.stores import Stores
from adapters.slack.web_api.workspace import Access, Revoked
from adapters.slack.web_api.workspaces import ADAPTER, Workspaces, open_workspace
from bot.application import Adapter, Application, Check
from bot.domain.errors import BadInput
from bot.domain.introductions import Introduction
from bot.i18n import gettext as _
from bot.ports import MessengerError
from bot.services.rounds.reacting import read_back_all

_CALL_WITHIN_S = 8.0
_HOSTS = ("files.slack.com", "hooks.slack.com", "slack.com")
"""The hosts where Slack keeps files and takes replies to a response_url."""


class SlackAdapter(Adapter):
    """`bot.application.Adapter` for Slack."""

    name = ADAPTER
    messenger: SlackMessenger

    def __init__(self, app: Application, pauses: Pauses | None = None, gate: Gate | None = None) -> None:
        """Set up without contacting Slack; the default pauses and gate keep to Slack's limits."""
        self._app = app
        self._pauses = pauses or Pauses()
        self._gate = gate or Gate()
        self._background = Background()
        self._workspaces = Workspaces(app)
        self._people = People(app, self._pauses)
        self.messenger = SlackMessenger(app, self._workspaces, self._people, self._background, self._pauses)
        self._session: ClientSession | None = None
        self._reach: Reach | None = None
        self._stores: Stores | None = None
        self._intake: Intake | None = None
        self._sockets: SocketMode | None = None
        self._team_id = ""

    @override
    async def start(self, site: web.Application) -> None:
        """Find the workspaces, catch up with them, and start taking events."""
        settings = self._app.settings.of(SlackSettings)
        mode = mode_of(settings)
        use_command(settings.slack_command)
        self._away()
        self._session = ClientSession(timeout=ClientTimeout(total=_CALL_WITHIN_S))
        access = Access(self._session, self._gate, settings.slack_api_base)
        client = _bolt_client(access)
        flow = await self._open(mode, settings, access, client)
        bolt = AsyncApp(
            name="quizbot",
            logger=_bolt_logger(),
            request_verification_enabled=False,  # the entrance has done it
            client=client,
            oauth_flow=flow,
            authorize=InWorkspaces(self._workspaces),  # type: ignore[arg-type]  # Bolt takes its own kind, too
            user_facing_authorize_error_message=_("I'm not installed in this workspace."),
            process_before_response=True,  # an acknowledgement waits for its listener alone, not for a timer
        )
        self._reach = _reach(settings)
        listen(bolt, self._parts(self._reach))
        self._intake = Intake(bolt, self._language_of)
        await self._workspaces.reconcile()
        if mode.sockets:
            line = Line(client=client, session=self._session, app_token=mode.app_token)
            self._sockets = SocketMode(line, self._intake, self._away, self._back)
            await self._sockets.start()
        else:
            add_events_route(site, self._intake, mode.signing_secret)
        if flow is not None:
            add_install_routes(site, flow, self._app.settings.language)
        invitation = f"{self._app.site_url}{oauth.INSTALL}" if flow is not None else ""
        self._app.introductions["Slack"] = Introduction(spell=spelled, invitation=invitation)
        self._heard_from_here_on()
        await read_back_all(self._app, ADAPTER, self.messenger)

    def _language_of(self, team_id: str, user_id: str) -> str:
        return self._people.language(team_id, user_id) or self._app.settings.language

    async def _open(
        self, mode: Mode, settings: SlackSettings, access: Access, client: AsyncWebClient
    ) -> AsyncOAuthFlow | None:
        """Open the workspaces; return the way to install into more, if there is one."""
        if not mode.many:
            try:
                workspace = await open_workspace(access, Installed(mode.bot_token))
            except MessengerError as error:
                raise BadInput(_why_not(error)) from None
            self._team_id = workspace.team_id
            self._workspaces.open(access, OneInstallation(workspace.team_id, mode.bot_token))
            await self._workspaces.arrive(workspace.team_id)
            return None
        self._stores = oauth.stores_of(settings, self._app.settings.database_url)
        await self._stores.make_tables()
        self._workspaces.open(access, self._stores.installations)
        return oauth.flow(settings, client, self._stores, self._workspaces, self._app.settings.operator)

    def _parts(self, reach: Reach) -> Parts:
        return Parts(
            app=self._app,
            reach=reach,
            workspaces=self._workspaces,
            people=self._people,
            channels=Channels(),
            messenger=self.messenger,
            background=self._background,
        )

    def _away(self) -> None:
        """Note that no events arrive."""
        self._app.absences.begin(ADAPTER)

    def _heard_from_here_on(self) -> None:
        self._app.absences.end(ADAPTER, lost_until=self._app.clock.now())

    def _back(self) -> None:
        """Handle a new connection: read the reactions given while there was none."""
        self._heard_from_here_on()
        self._background.start(read_back_all(self._app, ADAPTER, self.messenger), "reading reactions back")

    @override
    def greeting(self, address: str) -> str:
        """Return the lines that say how Slack is connected, printed at the start."""
        lines = [] if self._sockets else [_("Slack posts to {address}").format(address=f"{address}{EVENTS}")]
        if self._stores is not None:
            lines.append(_("Install the bot into a workspace: {link}").format(link=f"{address}{oauth.INSTALL}"))
        return "\n".join(lines or [_("Connected to Slack.")])

    @override
    async def stop(self) -> None:
        """Finish running work, then close."""
        await self.messenger.counts.stop()
        if self._sockets is not None:
            await self._sockets.stop()
        if self._intake is not None:
            await self._intake.finish(self._pauses.finish)
        await self._background.finish(self._pauses.finish)
        if self._reach is not None:
            await self._reach.close()
        if self._session is not None:
            await self._session.close()
        if self._stores is not None:
            await self._stores.engine.dispose()

    @override
    async def problem(self) -> str | None:
        """Say why Slack can't be served now; None if it can."""
        if self._intake is None:
            return _("not started")
        if self._team_id and await self._workspaces.space(self._team_id) is None:
            return _("the workspace removed the bot")
        return self._sockets.problem() if self._sockets else None

    @override
    async def check(self) -> Sequence[Check]:
        """Check tokens, scopes, the connection and channels."""
        return await doctor.check(self._app)


def _reach(settings: SlackSettings) -> Reach:
    """Return the client for files and response_urls."""
    base = settings.slack_api_base
    is_slacks = base == SlackSettings.model_fields["slack_api_base"].default
    return Reach(_HOSTS, None if is_slacks else base, proxy=load_http_proxy_from_env(), within=_CALL_WITHIN_S)


def _bolt_logger() -> logging.Logger:
    """Return Bolt's logger, without its hints for app developers."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)
    return logger


def _bolt_client(access: Access) -> AsyncWebClient:
    """Return the client for Bolt's own calls: whose token it is, and where to connect."""
    return AsyncWebClient(
        base_url=access.base_url,
        session=access.session,
        retry_handlers=[AsyncConnectionErrorRetryHandler(), AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
    )


def _why_not(error: MessengerError) -> str:
    if isinstance(error, Revoked):
        return _(
            "Slack doesn't accept SLACK_BOT_TOKEN: copy it (xoxb-…) from OAuth & Permissions, after installing the app."
        )
    return str(error)
