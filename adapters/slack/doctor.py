"""``quizbot doctor`` for Slack: tokens, scopes, the connection, and the channels that have a series."""

from collections.abc import Sequence

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.manifest import refused_fields
from adapters.slack.settings import Mode, SlackSettings, mode_of
from adapters.slack.web_api import oauth
from adapters.slack.web_api.installations import Installations, Installed
from adapters.slack.web_api.oauth import SCOPES
from adapters.slack.web_api.pace import Gate
from adapters.slack.web_api.workspace import Access, Closed, Revoked, Workspace, error_code, explained
from adapters.slack.web_api.workspaces import ADAPTER, open_workspace
from bot.application import Application, Check
from bot.domain.errors import BadInput
from bot.domain.identity import Space
from bot.i18n import gettext as _
from bot.ports import MessengerError
from bot.resources import resource
from bot.services.platforms.arriving import spaces_of

_WITHIN_S = 8.0
_NAME = "slack"
MANIFEST, HTTP_MANIFEST = "slack-manifest.yaml", "slack-manifest-http.yaml"


async def check(app: Application) -> Sequence[Check]:
    """Check everything that Slack needs, without starting the adapter."""
    file = MANIFEST if app.settings.of(SlackSettings).slack_app_token else HTTP_MANIFEST
    return [_manifest(file), *await _connected(app)]


def _manifest(file: str) -> Check:
    """Check the app's manifest: Slack refuses it as a whole, and doesn't always say for which field."""
    refused = refused_fields(resource("config", file).read_text(encoding="utf-8"))
    found = "; ".join(refused) or _("Slack accepts every field")
    mend = _("Correct these fields of config/{file}, and paste it again.").format(file=file)
    return Check(name="slack manifest", ok=not refused, found=found, mend=mend)


async def _connected(app: Application) -> list[Check]:
    try:
        settings = app.settings.of(SlackSettings)
        mode = mode_of(settings)
        stores = oauth.stores_of(settings, app.settings.database_url) if mode.many else None
    except BadInput as error:
        return [Check(name=_NAME, ok=False, found=str(error), mend="docs/slack.md")]
    async with ClientSession(timeout=ClientTimeout(total=_WITHIN_S)) as session:
        access = Access(session, Gate(), settings.slack_api_base)
        checks = [_entrance(mode) if not mode.sockets else await _connection(mode, access)]
        if stores is None:
            return [*checks, *await _one(app, access, mode)]
        try:
            await stores.make_tables()
            return [*checks, *await _many(app, access, stores.installations)]
        finally:
            await stores.engine.dispose()


def _entrance(mode: Mode) -> Check:
    found = _("HTTP mode: enter the address …/slack/events in the app's settings")
    return Check(name="slack entrance", ok=bool(mode.signing_secret), found=found)


async def _connection(mode: Mode, access: Access) -> Check:
    try:
        await access.client("").apps_connections_open(app_token=mode.app_token)
    except (SlackApiError, ClientError, OSError, TimeoutError) as error:
        found = error_code(error) if isinstance(error, SlackApiError) else repr(error)
        mend = _("Switch Socket Mode on, and make an app-level token with connections:write for SLACK_APP_TOKEN.")
        return Check(name="slack connection", ok=False, found=found, mend=mend)
    return Check(name="slack connection", ok=True, found=_("Socket Mode connects"))


async def _one(app: Application, access: Access, mode: Mode) -> list[Check]:
    try:
        workspace = await open_workspace(access, Installed(mode.bot_token))
    except MessengerError as error:
        mend = _("Install the app again, and set the new token that it shows.")
        return [Check(name=_NAME, ok=False, found=str(error), mend=mend)]
    spaces = [space for space in await spaces_of(app, ADAPTER) if space.external_id == workspace.team_id]
    return [await _scopes(workspace), *await _channels(app, workspace, spaces)]


async def _many(app: Application, access: Access, installations: Installations) -> list[Check]:
    checks = []
    for space in await spaces_of(app, ADAPTER):
        try:
            installed = await installations.find(space.external_id)
            if installed is None:
                raise Revoked("not_authed")
            workspace = await open_workspace(access, installed)
        except MessengerError as error:
            mend = _("Open /slack/install once more, as an admin of that workspace.")
            checks.append(Check(name=f"slack {space.name}", ok=False, found=str(error), mend=mend))
            continue
        checks += [await _scopes(workspace), *await _channels(app, workspace, [space])]
    return checks or [Check(name=_NAME, ok=True, found=_("installed in no workspace yet: open /slack/install"))]


async def _scopes(workspace: Workspace) -> Check:
    with explained():
        answer = await workspace.client.auth_test()
    missing = missing_scopes(answer)
    found = _("all permissions granted") if not missing else _("missing: {scopes}").format(scopes=", ".join(missing))
    mend = _("Update the app's manifest from config/slack-manifest.yaml, and install the app again.")
    return Check(name=f"slack {workspace.name}", ok=not missing, found=found, mend=mend)


def missing_scopes(answer: AsyncSlackResponse) -> list[str]:
    """Return the permissions that a token lacks, as the answer to a call with it says."""
    granted = str(answer.headers.get("x-oauth-scopes", "")).replace(" ", "").split(",")
    return sorted(set(SCOPES) - set(granted))


async def _channels(app: Application, workspace: Workspace, spaces: Sequence[Space]) -> list[Check]:
    checks = []
    for space in spaces:
        series = await app.storage.read(lambda unit, space=space: unit.schedules.all(space.id))  # type: ignore[misc]  # mypy can't infer a lambda's default
        checks += [await _channel(workspace, channel) for channel in sorted({one.channel for one in series})]
    return checks


async def _channel(workspace: Workspace, channel: str) -> Check:
    name = f"slack channel {channel}"
    try:
        info = (await workspace.ask(workspace.client.conversations_info, {"channel": channel}))["channel"]
    except Closed as error:
        return Check(name=name, ok=False, found=error.code, mend=str(error))
    except MessengerError as error:
        return Check(name=name, ok=False, found=str(error), mend=_("Try again in a moment."))
    name = f"slack channel #{info.get('name') or channel}"
    if info.get("is_archived"):
        return Check(name=name, ok=False, found=_("archived"), mend=_("Unarchive it, or stop its daily question."))
    if not info.get("is_member"):
        mend = _("Invite the bot there: /invite @Quizbot")
        return Check(name=name, ok=False, found=_("the bot isn't in it"), mend=mend)
    return Check(name=name, ok=True, found=_("the bot is in it"))
