"""``quizbot setup slack http``: set up an app that reaches the bot by HTTP, and that any workspace can install."""

from collections.abc import Mapping
from functools import partial
from string import hexdigits

from cryptography.fernet import Fernet

from adapters.slack.creating import connected, creation_link, in_private, where_set
from adapters.slack.doctor import HTTP_MANIFEST
from adapters.slack.settings import SlackSettings
from adapters.slack.text.spelling import spelled, use_command
from adapters.slack.web_api.oauth import INSTALL
from adapters.slack.web_api.workspace import Closed, Refused, explained
from bot.domain.errors import BadInput
from bot.i18n import gettext as _
from bot.ports import MessengerError
from bot.settings import NeededSecret, Settings, Setup, last_steps

_ID, _SECRET, _SIGNING, _KEY = "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "SLACK_TOKEN_KEY"
_SECRETS_LENGTH = 32
_NO_CODE = "none"


def http_way(loaded: Settings, settings: SlackSettings) -> Setup:
    """Return the way to Slack in HTTP mode.

    Raises:
        BadInput: the bot has no address that Slack can reach.
    """
    site = loaded.public_url.rstrip("/")
    if not site.startswith("https://"):
        raise BadInput(
            _("Set QUIZBOT_PUBLIC_URL to the address where Slack can reach this bot, such as https://quiz.example.org.")
        )
    return Setup(
        first=_(
            "Open this link. Slack asks for your workspace, and shows what the app may do: choose “Next”, then "
            "“Create”.\n{link}"
        ).format(link=creation_link(settings.slack_command, HTTP_MANIFEST, site)),
        secrets=(
            NeededSecret(
                variable=_ID,
                name=_("Client ID"),
                where=_("On the page “Basic Information”, under “App Credentials”, copy the “Client ID”."),
                try_out=_try_id,
            ),
            NeededSecret(
                variable=_SECRET,
                name=_("Client Secret"),
                where=_("Below it, choose “Show” next to “Client Secret”, and copy the secret."),
                try_out=partial(_try_secret, settings),
            ),
            NeededSecret(
                variable=_SIGNING,
                name=_("Signing Secret"),
                where=_("Below that, do the same with the “Signing Secret”."),
                try_out=_try_signing_secret,
            ),
        ),
        made={_KEY: lambda: Fernet.generate_key().decode()},
        afterwards=partial(_afterwards, settings, site, loaded.zone),
    )


async def _try_id(given: str, _before: Mapping[str, str]) -> str:
    if not (given.isascii() and given.replace(".", "", 1).isdigit()):
        raise BadInput(_("A Client ID is two numbers with a dot between them. Find it under “App Credentials”."))
    return _("It will be tested together with the Client Secret.")


async def _try_secret(settings: SlackSettings, given: str, before: Mapping[str, str]) -> str:
    """Exchange a code that doesn't exist: Slack only gets to reject the code if the app and its secret are right.

    https://docs.slack.dev/reference/methods/oauth.v2.access lists the errors.
    """
    async with connected(settings) as access:
        try:
            with explained():
                await access.client("").oauth_v2_access(client_id=before[_ID], client_secret=given, code=_NO_CODE)
        except (Refused, Closed) as error:
            if error.code == "invalid_client_id":
                raise BadInput(
                    _("Slack doesn't know the Client ID above. Press Ctrl-C, start again, and paste the right one.")
                ) from None
            if error.code != "invalid_code":
                raise BadInput(
                    _("Slack doesn't accept this Client Secret ({code}). Copy the secret again.").format(
                        code=error.code
                    )
                ) from None
        except MessengerError as error:
            raise BadInput(str(error)) from None
    return _("Both are right: Slack knows this app.")


async def _try_signing_secret(given: str, _before: Mapping[str, str]) -> str:
    if len(given) != _SECRETS_LENGTH or not set(given) <= set(hexdigits):
        raise BadInput(_("A Signing Secret has 32 letters and digits. Find it under “App Credentials”."))
    return _("It will be tested when the bot runs and Slack contacts it.")


async def _afterwards(settings: SlackSettings, site: str, zone: str, _secrets: Mapping[str, str]) -> str:
    use_command(settings.slack_command)
    start, commands = last_steps(zone, spelled)
    lines = [
        start,
        _(
            "In the app's settings, choose “Event Subscriptions”, then “Retry” next to the Request URL. Once Slack "
            "shows “Verified”, it can reach the bot and the Signing Secret is right."
        ),
        _("Install the bot into a workspace: {link}").format(link=f"{site}{INSTALL}"),
        commands,
        in_private(),
    ]
    if settings.slack_app_token is not None:
        too = _("SLACK_APP_TOKEN is also set. Remove it, or the bot will use Socket Mode instead.")
        lines.insert(0, f"{too} {where_set()}")
    return "\n\n".join(lines)
