"""What can be set about Slack. Nothing of Slack's SDK is imported here: every command of the program reads this."""

from typing import ClassVar

from pydantic import Field, SecretStr

from bot.settings import AdapterSettings, Address


class SlackSettings(AdapterSettings):
    """The tokens of one workspace, or the app that many workspaces install, and where Slack is reached."""

    adapter: ClassVar[str] = "slack"

    slack_bot_token: SecretStr | None = Field(None, alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr | None = Field(None, alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr | None = Field(None, alias="SLACK_SIGNING_SECRET")
    slack_client_id: str = Field("", alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr | None = Field(None, alias="SLACK_CLIENT_SECRET")
    slack_token_key: SecretStr | None = Field(None, alias="SLACK_TOKEN_KEY")
    slack_api_base: Address = Field("https://slack.com/api/", alias="SLACK_API_BASE")

    @property
    def is_wanted(self) -> bool:
        """Whether there is a token, or an app that workspaces install by themselves."""
        return self.slack_bot_token is not None or bool(self.slack_client_id)
