"""Who Bolt is in the workspace that something comes from."""

from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.authorization.authorize_result import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.slack.web_api.failures import Revoked
from adapters.slack.web_api.workspaces import NotInstalled, Workspaces


class InWorkspaces(AsyncAuthorize):
    """Takes what comes from a workspace with the bot in it; all else is nobody's.

    Bolt's own for many workspaces takes a database or a Slack that can't be asked for a bot that isn't installed, and
    has what came acknowledged. Here that is an error, so that it comes again.
    """

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - Bolt's hook
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,  # noqa: ARG002 - as above
        actor_enterprise_id: str | None = None,  # noqa: ARG002 - as above
        actor_team_id: str | None = None,  # noqa: ARG002 - as above
        actor_user_id: str | None = None,  # noqa: ARG002 - as above
    ) -> AuthorizeResult | None:
        """The bot in a workspace; None where it isn't installed.

        Raises:
            MessengerError: Slack can't be asked, or the token not be read.
        """
        try:
            workspace = await self._workspaces.of(team_id or "")
        except (NotInstalled, Revoked):
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.team_id,
            bot_user_id=workspace.bot_user,
            bot_token=workspace.client.token,
        )
