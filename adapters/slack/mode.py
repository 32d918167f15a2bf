"""How the settings want Slack to be served: with whose tokens, and which way what happens comes in."""

from dataclasses import dataclass

from adapters.slack.settings import SlackSettings
from bot.domain.errors import BadInput
from bot.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Mode:
    """What the settings add up to.

    Attributes:
        bot_token: that of the one workspace; empty where each has its own, from an installation.
        app_token: for Socket Mode; empty where Slack posts to ``/slack/events``.
        signing_secret: what proves that Slack posted it.
    """

    bot_token: str
    app_token: str
    signing_secret: str

    @property
    def many(self) -> bool:
        """Whether any workspace may install the bot."""
        return not self.bot_token

    @property
    def sockets(self) -> bool:
        """Whether the bot connects to Slack, instead of Slack to the bot."""
        return bool(self.app_token)


def mode_of(settings: SlackSettings) -> Mode:
    """The mode that the settings are for.

    Raises:
        BadInput: something is missing, or is no such token.
    """
    bot, app, secret = (
        one.get_secret_value() if one else ""
        for one in (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret)
    )
    if settings.slack_client_id:
        if not secret:
            raise BadInput(_("Set SLACK_SIGNING_SECRET, too: without it anybody could pretend to be Slack."))
        return Mode("", app, secret)
    if not bot:
        raise BadInput(_("Set SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…): docs/slack.md says where from."))
    if bot.startswith("xapp-") or app.startswith("xoxb-"):
        raise BadInput(_("SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-: they are mixed up."))
    if not app and not secret:
        raise BadInput(
            _(
                "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode), too: without the secret "
                "anybody could pretend to be Slack."
            )
        )
    return Mode(bot, app, secret)
