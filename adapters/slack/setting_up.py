"""``quizbot setup slack``: the way to the tokens of Socket Mode that Slack accepts."""

from collections.abc import Mapping
from functools import partial

from adapters.slack.creating import connected, creation_link, in_private, where_set
from adapters.slack.doctor import MANIFEST, missing_scopes
from adapters.slack.setting_up_http import http_way
from adapters.slack.settings import SlackSettings
from adapters.slack.text.spelling import spelled, use_command
from adapters.slack.web_api.workspace import Closed, Refused, Revoked, explained
from adapters.slack.web_api.workspaces import require_one_workspace
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.ports import MessengerError
from bot.settings import NeededSecret, Settings, Setup, last_steps

_APP_TOKEN, _BOT_TOKEN = "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"


def way(loaded: Settings) -> Setup:
    """Return the way to Slack."""
    settings = loaded.of(SlackSettings)
    return Setup(
        first=_(
            "Open this link. Slack asks for your workspace, and shows what the app may do: choose “Next”, then "
            "“Create”.\n{link}"
        ).format(link=creation_link(settings.slack_command)),
        secrets=(
            NeededSecret(
                variable=_APP_TOKEN,
                name=_("App-level token (xapp-…)"),
                where=_(
                    "On the page “Basic Information”, under “App-Level Tokens”, choose “Generate Token and Scopes”. "
                    "Type any name, add the scope connections:write, choose “Generate”, and copy the token."
                ),
                try_out=partial(_try_app_token, settings),
            ),
            NeededSecret(
                variable=_BOT_TOKEN,
                name=_("Bot user OAuth token (xoxb-…)"),
                where=_(
                    "Choose “Install App” on the left, then “Install to …”, and allow it. Copy the “Bot User OAuth "
                    "Token”."
                ),
                try_out=partial(_try_bot_token, settings),
            ),
        ),
        afterwards=partial(_afterwards, settings, loaded.zone),
        variants={"http": partial(http_way, loaded, settings)},
    )


async def _try_app_token(settings: SlackSettings, token: str, _before: Mapping[str, str]) -> str:
    if not token.startswith("xapp-"):
        raise BadInput(
            _("An app-level token begins with xapp-. Find it under “Basic Information”, “App-Level Tokens”.")
        )
    async with connected(settings) as access:
        try:
            with explained():
                await access.client("").apps_connections_open(app_token=token)
        except (Revoked, Refused, Closed) as error:
            raise BadInput(
                _(
                    "Slack doesn't accept this token ({code}). Generate one with the scope connections:write, and "
                    "check that Socket Mode is on."
                ).format(code=error.code)
            ) from None
        except MessengerError as error:
            raise BadInput(str(error)) from None
    return _("The token works: Socket Mode connects.")


async def _try_bot_token(settings: SlackSettings, token: str, _before: Mapping[str, str]) -> str:
    if not token.startswith("xoxb-"):
        raise BadInput(_("A bot token begins with xoxb-. Find it under “Install App”, “Bot User OAuth Token”."))
    async with connected(settings) as access:
        try:
            with explained():
                answer = await access.client(token).auth_test()
            require_one_workspace(answer)
        except (Revoked, Refused, Closed) as error:
            raise BadInput(
                _(
                    "Slack doesn't accept this token ({code}). Copy the one that “Install App” shows now; installing "
                    "the app again may change it."
                ).format(code=error.code)
            ) from None
        except MessengerError as error:
            raise BadInput(str(error)) from None
    if missing := missing_scopes(answer):
        raise BadInput(
            _(
                "The token works, but the app lacks {scopes}. Under “App Manifest” paste config/{file}, save, and "
                "install the app again."
            ).format(scopes=", ".join(missing), file=MANIFEST)
        )
    return _("The token works, in the workspace {name}.").format(name=answer["team"])


async def _afterwards(settings: SlackSettings, zone: str, _secrets: Mapping[str, str]) -> str:
    use_command(settings.slack_command)
    lines = [*last_steps(zone, spelled), in_private()]
    if settings.slack_client_id:
        too = _(
            "SLACK_CLIENT_ID is also set. Remove it, or the bot will use the workspaces' own tokens instead of this "
            "one."
        )
        lines.insert(0, f"{too} {where_set()}")
    return "\n\n".join(lines)
