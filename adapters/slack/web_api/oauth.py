"""Install the bot into many workspaces: ``/slack/install`` leads to Slack, which leads back with a code for a token."""

import structlog
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.slack.settings import SlackSettings
from adapters.slack.web_api.stores import STATE_LASTS_S, Stores, open_stores
from adapters.slack.web_api.workspaces import Workspaces
from bot.domain.errors import BadInput, QuizbotError
from bot.i18n import gettext as _

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


def flow(settings: SlackSettings, client: AsyncWebClient, stores: Stores, workspaces: Workspaces) -> AsyncOAuthFlow:
    """Make Bolt's installation flow; at its end the bot arrives in the workspace."""

    async def success(args: AsyncSuccessArgs) -> BoltResponse:
        team_id = args.installation.team_id
        try:
            if team_id is None:
                raise BadInput("an installation for a whole organisation")
            await workspaces.arrive(team_id)
        except QuizbotError as error:
            _log.warning("installation_incomplete", team=team_id, reason=str(error))
            return await failure(
                AsyncFailureArgs(
                    request=args.request,
                    reason="not_a_workspace" if team_id is None else "storage_error",
                    error=error,
                    suggested_status_code=400 if team_id is None else 500,
                    settings=args.settings,
                    default=args.default,
                )
            )
        return await args.default.success(args)

    async def failure(args: AsyncFailureArgs) -> BoltResponse:
        return await args.default.failure(args)

    secret = settings.slack_client_secret
    return AsyncOAuthFlow(
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
