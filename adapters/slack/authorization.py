"""Who Bolt is in the one workspace that a token in the settings is for."""

from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.authorization.authorize_result import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext

from adapters.slack.workspace import Workspace


class OneWorkspace(AsyncAuthorize):
    """Takes what comes from the workspace; whatever says that it comes from another is nobody's."""

    def __init__(self, workspace: Workspace) -> None:
        self._team_id = workspace.team_id
        self._result = AuthorizeResult(
            enterprise_id=None,
            team_id=workspace.team_id,
            bot_user_id=workspace.bot_user,
            bot_token=workspace.client.token,
        )

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - Bolt's hook
        enterprise_id: str | None,  # noqa: ARG002 - as above
        team_id: str | None,
        user_id: str | None,  # noqa: ARG002 - as above
        actor_enterprise_id: str | None = None,  # noqa: ARG002 - as above
        actor_team_id: str | None = None,  # noqa: ARG002 - as above
        actor_user_id: str | None = None,  # noqa: ARG002 - as above
    ) -> AuthorizeResult | None:
        """The bot, known since the start."""
        return self._result if team_id == self._team_id else None
