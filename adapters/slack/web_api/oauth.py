"""Install the bot into many workspaces: ``/slack/install`` leads to Slack, which leads back with a code for a token."""

from collections.abc import Sequence
from contextlib import suppress

import structlog
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.web.async_client import AsyncWebClient
from typing_extensions import override
from yarl import URL

from adapters.slack.install_pages import BROKEN, ORGANISATION, installed, policy, reason_code, refused
from adapters.slack.settings import SlackSettings
from adapters.slack.web_api.stores import STATE_LASTS_S, Stores, open_stores
from adapters.slack.web_api.workspace import explained
from adapters.slack.web_api.workspaces import Workspaces
from bot.domain.errors import BadInput, QuizbotError
from bot.domain.operators import Operator
from bot.i18n import gettext as _
from bot.ports import MessengerError

INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "reactions:read",
    "reactions:write",
    "usergroups:read",
    "users:read",
)
"""The permissions that the bot asks for, as in `config/slack-manifest.yaml`: no more than it needs."""

_log = structlog.get_logger(__name__)


def stores_of(settings: SlackSettings, database_url: str) -> Stores:
    """Open the stores of an app that many workspaces install.

    Raises:
        BadInput: a setting is missing or unusable.
    """
    if settings.slack_client_secret is None:
        raise BadInput(_("Set SLACK_CLIENT_SECRET, too: it goes with SLACK_CLIENT_ID."))
    if settings.slack_token_key is None:
        raise BadInput(_("Set SLACK_TOKEN_KEY: it encrypts the workspaces' tokens in the database."))
    return open_stores(settings.slack_client_id, settings.slack_token_key.get_secret_value(), database_url)


def flow(
    settings: SlackSettings, client: AsyncWebClient, stores: Stores, workspaces: Workspaces, operator: Operator | None
) -> AsyncOAuthFlow:
    """Make Bolt's installation flow; at its end the bot arrives in the workspace.

    An installation for a whole organisation is refused: its token is revoked and never stored.
    """

    async def success(args: AsyncSuccessArgs) -> BoltResponse:
        made = args.installation
        if made.is_enterprise_install or made.team_id is None:
            _log.warning("organisation_refused", enterprise=made.enterprise_id)
            with suppress(MessengerError), explained():
                await client.auth_revoke(token=made.bot_token)
            return _refused(ORGANISATION, 400, operator)
        try:
            space = await workspaces.arrive(made.team_id)
        except QuizbotError as error:
            _log.warning("installation_incomplete", team=made.team_id, reason=str(error))
            return _refused(BROKEN, 500, operator)
        page = installed(space.name, app_id=made.app_id or "", team_id=made.team_id, operator=operator)
        return _shown(200, page)

    async def failure(args: AsyncFailureArgs) -> BoltResponse:
        reason = reason_code(args.reason)
        _log.info("not_installed", reason=reason)
        return _refused(reason, args.suggested_status_code, operator)

    secret = settings.slack_client_secret
    return _Flow(
        client=client,
        settings=AsyncOAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            scopes=list(SCOPES),
            user_scopes=[],
            install_path=INSTALL,
            install_page_rendering_enabled=False,  # Slack's Marketplace wants a redirect
            redirect_uri_path=REDIRECT,
            callback_options=AsyncCallbackOptions(success=success, failure=failure),
            authorization_url=str(URL(client.base_url).join(URL("/oauth/v2/authorize"))),
            installation_store=stores.installations,
            installation_store_bot_only=True,
            state_store=stores.states,
            state_expiration_seconds=STATE_LASTS_S,
        ),
    )


class _Flow(AsyncOAuthFlow):
    """Bolt's flow, with a page for the visitor whatever goes wrong."""

    @override
    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """Finish an installation."""
        try:
            return await super().handle_callback(request)
        except Exception as error:  # noqa: BLE001 - the traceback is logged, and the visitor gets a page
            _log.exception("installation_failed")
            return await self.failure_handler(
                AsyncFailureArgs(
                    request=request,
                    reason=BROKEN,
                    error=error,
                    suggested_status_code=500,
                    settings=self.settings,
                    default=self.default_callback_options,
                )
            )


def _refused(reason: str, status: int, operator: Operator | None) -> BoltResponse:
    return _shown(status, refused(reason, start=INSTALL, operator=operator))


def _shown(status: int, page: str) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy(),
        "Cache-Control": "no-store",
        "Set-Cookie": OAuthStateUtils().build_set_cookie_for_deletion(),
    }
    return BoltResponse(status=status, body=page, headers=headers)
