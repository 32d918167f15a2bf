"""OAuth, and what workspaces tell the app when they leave."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.testing import FakeClock
from tests.platforms.slack import SlackServer

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")  # the SDK still uses it


async def exchange(slack: SlackServer, code: str):
    client = AsyncWebClient(base_url=slack.api_base)
    return await client.oauth_v2_access(client_id=slack.app.client_id, client_secret=slack.app.client_secret, code=code)


async def test_a_code_becomes_a_token_of_its_workspace(slack: SlackServer):
    slack.add_team("First")
    second = slack.add_team("Second", installed=False)
    ada = second.add_user("Ada")
    answer = await exchange(slack, slack.oauth_code(second, ada, scopes=["chat:write", "commands"]))
    assert answer["access_token"] == second.bot_token
    assert (answer["team"]["id"], answer["authed_user"]["id"]) == (second.id, ada.id)
    assert answer["scope"] == "chat:write,commands"
    who = await AsyncWebClient(second.bot_token, base_url=slack.api_base).auth_test()
    assert (who["team"], who["bot_id"]) == ("Second", second.bot_id)


async def test_a_code_is_good_once_and_for_ten_minutes(still: SlackServer, clock: FakeClock):
    team = still.add_team(installed=False)
    code, late = still.oauth_code(team), still.oauth_code(team)
    await exchange(still, code)
    with pytest.raises(SlackApiError, match="code_already_used"):
        await exchange(still, code)
    clock.advance(minutes=11)
    with pytest.raises(SlackApiError, match="invalid_code"):
        await exchange(still, late)


async def test_the_page_of_an_installation_sends_people_back_with_a_code(slack: SlackServer):
    team = slack.add_team(installed=False)
    back = {"scope": "chat:write", "state": "s1", "redirect_uri": "http://127.0.0.1/done"}
    async with slack.session.get(f"{slack.address}/oauth/v2/authorize", params=back, allow_redirects=False) as response:
        location = response.headers["Location"]
    code = next(iter(slack.codes))
    assert location == f"http://127.0.0.1/done?code={code}&state=s1"
    assert slack.codes[code].team is team


async def test_bolts_own_flow_installs_the_app(slack: SlackServer, tmp_path: Path):
    team = slack.add_team(installed=False)
    store = FileInstallationStore(base_dir=str(tmp_path), client_id=slack.app.client_id)
    settings = AsyncOAuthSettings(
        client_id=slack.app.client_id,
        client_secret=slack.app.client_secret,
        scopes=["chat:write", "commands"],
        redirect_uri="http://127.0.0.1/done",
        authorization_url=f"{slack.address}/oauth/v2/authorize",
        installation_store=store,
        state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(tmp_path)),
        install_page_rendering_enabled=False,
    )
    flow = AsyncOAuthFlow(settings=settings, client=AsyncWebClient(base_url=slack.api_base))
    start = await flow.handle_installation(AsyncBoltRequest(body="", headers={}))
    async with slack.session.get(start.headers["location"][0], allow_redirects=False) as response:
        back = urlsplit(response.headers["Location"]).query
    cookie = start.headers["set-cookie"][0].partition(";")[0]
    end = await flow.handle_callback(AsyncBoltRequest(body="", query=back, headers={"cookie": cookie}))
    installed = await store.async_find_bot(enterprise_id=None, team_id=team.id)
    assert end.status == 200
    assert installed.bot_token == team.bot_token
    assert installed.bot_scopes == ["chat:write", "commands"]


async def test_two_events_tell_of_the_end(slack: SlackServer):
    team = slack.add_team()
    with slack.held():
        await slack.uninstall(team)
    assert [one.payload["event"]["type"] for one in slack.deliveries] == ["app_uninstalled", "tokens_revoked"]
    assert [one.withheld for one in slack.deliveries] == [None, None]


async def test_an_app_that_was_removed_hears_nothing_more(slack: SlackServer):
    team = slack.add_team()
    channel, ada = team.add_channel("study"), team.add_user("Ada")
    with slack.held():
        await slack.uninstall(team)
    assert (await ada.slash("/quiz", "", channel)).withheld == "not installed in Study group"
